#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "app/fill.h"
#include "app/indicator.h"
#include "app/instrument.h"
#include "app/record.h"
#include "app/result.h"
#include "app/result_groups.h"
#include "app/today.h"
#include "base/embedded.h"
#include "i18n/messages.h"
#include "support/test_store.h"

namespace pilar::content_test {

using namespace pilar::app;

/// What shipped packs come to in a store: states, yearly targets and what is left out of a denominator.
class ContentTest : public test::StoreTest {
 protected:
  ContentTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});  // 21 November 2026, 07.00 WIB
    refresh_reference(context_);
  }

  void install(const std::string& key) {
    const auto name = "packs/" + key + ".yaml";
    const auto files = embedded_files();
    const auto file = std::ranges::find(files, name, &EmbeddedFile::name);
    ASSERT_NE(file, files.end()) << name;
    ASSERT_TRUE(install_instrument(context_, Scope(Role::Administrator, {0}, "test"), file->bytes, name));
    pack_ = key;
  }
  const InstalledVersion& pack() const { return *reference_.get()->latest(pack_); }

  void enter(int days_ago, const std::map<std::string, std::string>& values) {
    RawAnswers raw;
    for (const auto& [key, value] : values) raw[key] = value == "~" ? RawAnswer{{}, Empty::NotApplicable} : RawAnswer{{value}, {}};
    const Instant at{clock_.now().micros - days_ago * 86'400'000'000LL};
    const auto answers = check_answers(pack().form, raw, civil_day(at, Zone::Wib), false);
    ASSERT_TRUE(answers) << answers.error().front().field << " " << say(Lang::En, answers.error().front());
    EXPECT_TRUE(save_record(context_, scope_, {make_uuid(at), test::kFirst, {1}, pack().version, at, Channel::Staff, *answers}));
  }
  /// The same answer to every question of a kind, except those named.
  void enter_all(int days_ago, ItemKind kind, const std::string& answer, std::map<std::string, std::string> others) {
    for (const auto& item : pack().form.items)
      if (item.kind == kind) others.try_emplace(item.key, answer);
    enter(days_ago, others);
  }

  /// "n/d" of a measure in November 2026, and its percentage to two digits.
  std::string november(const std::string& measure) {
    const auto view = read_result(
        context_, scope_, {.instrument = pack_, .place = test::kFirst, .period = {*parse_day("2026-11-01"), *parse_day("2026-12-01")}});
    if (!view) return "refused";
    const auto found = std::ranges::find_if(view->measures, [&](const auto& one) { return one.measure->key == measure; });
    if (found == view->measures.end()) return "no measure";
    const auto share = found->share;
    const auto value = share.value();
    return std::to_string(share.numerator) + "/" + std::to_string(share.denominator) +
           (value ? " " + std::to_string(std::lround(*value * 10'000)) : "");
  }

  /// "penjamin: jkn=1/2 umum=3/3;": a measure in November 2026 by every item that it is counted by.
  std::string november_by_group(const std::string& measure) {
    const auto all =
        read_groups(context_, scope_,
                    {.instrument = pack_, .place = test::kFirst, .period = {*parse_day("2026-11-01"), *parse_day("2026-12-01")}}, measure);
    if (!all) return "refused " + all.error().front().field;
    std::string out;
    for (const auto& one : *all) {
      out += one.by->key + ":";
      for (const auto& group : one.groups) {
        const auto& share = group.reading.share;
        out += " " + group.option->key + "=" + std::to_string(share.numerator) + "/" + std::to_string(share.denominator);
      }
      out += ";";
    }
    return out;
  }
  static std::string_view text_of(const std::string& name) {
    const auto files = embedded_files();
    return std::ranges::find(files, name, &EmbeddedFile::name)->bytes;
  }

  ReferenceHolder reference_;
  Context context_;
  Scope scope_{Role::QualityLead, test::kFirst, "account:1"};
  std::string pack_;
};
PILAR_BOTH_ENGINES(ContentTest);

// Published PKP sheets: hypertension 6892 of 13344, diabetes 1112 of an estimated 647, which is not cut off at 100 %.
TEST_P(ContentTest, CoverageOfTheMinimumStandardMayExceedItsTarget) {
  install("spm");
  EXPECT_EQ(november("diabetes"), "0/0") << "nothing entered is no 0 %";
  enter(200, {{"isi", "sasaran"}, {"sumber_sasaran", "Proyeksi Dinas"}, {"sasaran_hipertensi", "13344"}, {"sasaran_diabetes", "647"}});
  enter(100, {{"isi", "capaian"}, {"capaian_hipertensi", "6000"}, {"capaian_diabetes", "1000"}});
  enter(3, {{"isi", "capaian"}, {"capaian_hipertensi", "892"}, {"capaian_diabetes", "112"}});
  EXPECT_EQ(november("hipertensi"), "6892/13344 5165");
  EXPECT_EQ(november("diabetes"), "1112/647 17187");
  EXPECT_EQ(november("balita"), "0/0");
}

TEST_P(ContentTest, StaffPresentMayExceedStaffNeeded) {
  install("tenaga");
  const auto report = [&](int days_ago, const char* needed, const char* nurses) {
    std::map<std::string, std::string> values;
    for (const auto& item : pack().form.items)
      if (item.kind == ItemKind::Number) values[item.key] = "0";
    values["perawat_butuh"] = needed;
    values["perawat_ada"] = nurses;
    values["perawat_kompeten"] = "6";
    enter(days_ago, values);
  };
  report(70, "8", "6");
  EXPECT_EQ(november("kecukupan"), "6/8 7500") << "a report holds until the next one";
  report(2, "8", "9");
  EXPECT_EQ(november("kecukupan"), "9/8 11250");
  EXPECT_EQ(november("kompetensi"), "6/9 6667");
  EXPECT_EQ(november("cukup_bidan"), "0/0");
}

TEST_P(ContentTest, TheLatestCheckOfTheBuildingHolds) {
  install("persyaratan-bangunan");
  enter_all(80, ItemKind::YesNo, "tidak", {});
  EXPECT_EQ(november("persyaratan"), "0/24 0");
  enter_all(5, ItemKind::YesNo, "ya", {{"lokasi_parkir", "tidak"}, {"ruang_toilet", "~"}});
  EXPECT_EQ(november("persyaratan"), "22/23 9565");
  EXPECT_EQ(november("jenis"), "5/6 8333");
  EXPECT_EQ(november("syarat_lokasi"), "3/4 7500");
}

TEST_P(ContentTest, WhatPeopleInstalledUnderAShippedNameStaysAndTheProgramStarts) {
  const Scope top(Role::Administrator, kEverywhere, "test");
  const auto files = embedded_files();
  const auto theirs = [&](std::string_view key, const auto& change) {
    const auto name = "packs/" + std::string(key) + ".yaml";
    const auto file = std::ranges::find(files, name, &EmbeddedFile::name);
    ASSERT_NE(file, files.end()) << name;
    std::string yaml(file->bytes);
    change(yaml);
    ASSERT_TRUE(install_instrument(context_, top, yaml, name)) << name;
  };
  theirs("laboratorium", [](std::string& yaml) {
    for (auto at = yaml.find("lama_darah"); at != std::string::npos; at = yaml.find("lama_darah", at + 9))
      yaml.replace(at, 10, "lama_cepat");
  });
  theirs("resep", [](std::string& yaml) { yaml.replace(yaml.find("version: 1"), 10, "version: 7"); });
  const auto count = reference_.get()->versions.size();
  install_shipped_instruments(context_, top);
  const auto reference = reference_.get();
  EXPECT_GT(reference->versions.size(), count) << "the others are there";
  EXPECT_NE(reference->latest("laboratorium")->form.find("lama_cepat"), nullptr) << "theirs stays";
  EXPECT_EQ(reference->latest("resep")->form.version, 7);
  ASSERT_NE(find_left_out(*reference, "laboratorium"), nullptr) << "the same number with other content";
  ASSERT_NE(find_left_out(*reference, "resep"), nullptr) << "a lower number";
  EXPECT_EQ(find_left_out(*reference, "resep")->version, 1);
  EXPECT_EQ(find_left_out(*reference, "kunjungan"), nullptr);
  EXPECT_TRUE(has_other_forms(*reference));
  install_shipped_kamus(context_, top);
  const auto has = [&](std::string_view key) {
    const auto now = reference_.get();
    return std::ranges::any_of(now->indicators, [&](const IndicatorEntry& one) { return one.key() == key; });
  };
  EXPECT_FALSE(has("lab-darah-120")) << "nothing is there that gives its value";
  EXPECT_TRUE(has("resep-benar")) << "the others of the same file are there";
  install_shipped_instruments(context_, top);
  install_shipped_kamus(context_, top);
  EXPECT_EQ(reference_.get()->versions.size(), reference->versions.size()) << "the next start is the same";
}

TEST_P(ContentTest, QualityEffortsAreScoredByStage) {
  install("donabedian");
  enter_all(60, ItemKind::Scale, "belum", {});
  enter_all(1, ItemKind::Scale, "tanpa_bukti", {{"pertemuan", "ada_bukti"}, {"bukti_pertemuan", "Notulen 3 November"}});
  EXPECT_EQ(november("nilai_p1"), "6/12 5000");
  EXPECT_EQ(november("nilai_p2"), "6/10 6000");
  EXPECT_EQ(november("nilai_p3"), "8/16 5000");
  EXPECT_EQ(november("nilai"), "20/38 5263");
  EXPECT_EQ(november("terbukti"), "1/19 526");
}

TEST_P(ContentTest, WhatDoesNotApplyToAFamilyIsInNoDenominator) {
  install("keluarga-sehat");
  enter_all(4, ItemKind::YesNo, "ya", {{"desa", "Sukamaju"}, {"tb", "~"}, {"jiwa", "~"}});
  enter_all(3, ItemKind::YesNo, "ya", {{"desa", "Sukamaju"}, {"tb", "~"}, {"kb", "tidak"}, {"rokok", "tidak"}, {"air", "tidak"}});
  enter_all(2, ItemKind::YesNo, "tidak", {{"desa", "Sukasari"}, {"tb", "~"}});
  EXPECT_EQ(november("sehat"), "1/3 3333");
  EXPECT_EQ(november("pra_sehat"), "1/3 3333") << "8 of 11 is 0.727";
  EXPECT_EQ(november("tidak_sehat"), "1/3 3333");
  EXPECT_EQ(november("jiwa"), "1/2 5000");
  EXPECT_EQ(november("tb"), "0/0");
  EXPECT_EQ(november("rokok"), "1/3 3333");
}

TEST_P(ContentTest, TheMorningShowsWhatIsAnsweredHere) {
  for (const auto* key : {"alur-klinis", "apd", "fornas", "jmpkd", "kessan", "operasi-elektif", "skm"}) install(key);
  const auto shown = [&] {
    std::vector<std::string> keys;
    const auto today = read_today(context_, scope_);
    if (!today) return std::vector<std::string>{"refused"};
    for (const auto& view : today->results) keys.push_back(view.version->form.key);
    return keys;
  };
  EXPECT_EQ(shown(), (std::vector<std::string>{"kessan", "skm"})) << "surveys, also before the first answer";
  install("fornas");
  enter(300, {{"r", "4"}, {"dikecualikan", "0"}, {"sesuai", "3"}});
  EXPECT_EQ(shown(), (std::vector<std::string>{"kessan", "skm", "fornas"}));
  install("apd");
  enter(400, {{"profesi", "perawat"}, {"indikasi", "darah"}, {"patuh", "ya"}});
  EXPECT_EQ(shown(), (std::vector<std::string>{"kessan", "skm", "fornas"})) << "answered more than a year ago";
}

TEST_P(ContentTest, CourtesyIsReadByPayer) {
  install("kessan");
  EXPECT_EQ(november_by_group("ramah"), "") << "nothing to compare yet";
  for (const auto* kept : {"ditepati", "ditepati", "tidak"}) enter(1, {{"nilai", "baik"}, {"penjamin", "jkn"}, {"janji_ramah", kept}});
  EXPECT_EQ(november_by_group("ramah"), "") << "one group is no comparison";
  enter(1, {{"nilai", "baik"}, {"penjamin", "umum"}, {"janji_ramah", "ditepati"}});
  enter(1, {{"nilai", "baik"}, {"penjamin", "umum"}, {"janji_ramah", "tidak_berlaku"}});
  enter(1, {{"nilai", "baik"}, {"janji_ramah", "tidak"}});
  EXPECT_EQ(november_by_group("ramah"), "penjamin: jkn=2/3 umum=1/1;");
  EXPECT_EQ(november("ramah"), "3/5 6000") << "who did not say who pays counts in the whole";
  EXPECT_EQ(november_by_group("janji"), "penjamin: jkn=2/3 umum=1/1;") << "all six promises are counted by payer";
  EXPECT_EQ(november_by_group("sikap"), "") << "the attitudes are not";
  EXPECT_EQ(november_by_group("tiada"), "refused ukuran");
}

// Whoever has answers to the first version reads them by payer too, without entering anything again.
TEST_P(ContentTest, AnswersToTheFirstVersionAreCountedByPayerLater) {
  std::string first(text_of("packs/kessan.yaml"));
  const std::string by = "        by: penjamin\n", version = "version: 2\n";
  ASSERT_NE(first.find(version), std::string::npos);
  first.replace(first.find(version), version.size(), "version: 1\n");
  for (auto at = first.find(by); at != std::string::npos; at = first.find(by)) first.erase(at, by.size());
  ASSERT_TRUE(install_instrument(context_, Scope(Role::Administrator, {0}, "test"), first, "kessan"));
  pack_ = "kessan";
  enter(2, {{"nilai", "baik"}, {"penjamin", "jkn"}, {"janji_ramah", "tidak"}});
  enter(2, {{"nilai", "baik"}, {"penjamin", "umum"}, {"janji_ramah", "ditepati"}});
  EXPECT_EQ(november_by_group("ramah"), "");
  install("kessan");
  EXPECT_EQ(pack().form.version, 2);
  fill_all(context_, {});
  EXPECT_EQ(november_by_group("ramah"), "penjamin: jkn=0/1 umum=1/1;");
  EXPECT_EQ(november("ramah"), "1/2 5000") << "one series goes on through both versions";
}

TEST_P(ContentTest, CasesAreReadByDiagnosisForTreatmentAndMedicinesApart) {
  install("telaah-kasus");
  const auto review = [&](const char* diagnosis, const char* treatment, const char* medicines, const char* whole) {
    std::map<std::string, std::string> values{
        {"diagnosis", diagnosis}, {"terapi", treatment}, {"obat", medicines}, {"teknis", whole}, {"nonteknis", "sesuai"}};
    if (whole != std::string("sesuai")) values["alasan_teknis"] = "alergi";
    enter(1, values);
  };
  review("ispa", "sesuai", "menyimpang", "menyimpang");
  review("ispa", "sesuai", "tanpa_obat", "sesuai");
  review("hipertensi", "beralasan", "sesuai", "beralasan");
  review("hipertensi", "menyimpang", "beralasan", "menyimpang");
  EXPECT_EQ(november("terapi"), "3/4 7500");
  EXPECT_EQ(november("obat"), "2/3 6667") << "a case without medicines is in no denominator";
  EXPECT_EQ(november("teknis"), "2/4 5000");
  EXPECT_EQ(november("menyimpang_terapi"), "1/4 2500");
  EXPECT_EQ(november("menyimpang_obat"), "1/3 3333");
  EXPECT_TRUE(november_by_group("terapi").starts_with("diagnosis: ispa=2/2 hipertensi=1/2 diabetes=0/0 ")) << november_by_group("terapi");
  EXPECT_TRUE(november_by_group("obat").starts_with("diagnosis: ispa=0/1 hipertensi=2/2 ")) << november_by_group("obat");
}

}  // namespace pilar::content_test
