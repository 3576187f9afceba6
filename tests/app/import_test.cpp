#include "app/import.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "app/instrument.h"
#include "app/organisation.h"
#include "app/result.h"
#include "app/upkeep.h"
#include "base/embedded.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/answer.h"
#include "support/bytes.h"
#include "support/test_store.h"

namespace pilar::import_test {

using namespace pilar::app;

const std::string kExample = std::string(PILAR_SOURCE) + "/examples/nhs-ae/";

std::string file(const std::string& name) {
  std::ifstream in(kExample + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class ImportTest : public test::StoreTest {
 protected:
  ImportTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'790'000'000'000'000});
    refresh_reference(context_);
    EXPECT_TRUE(install_instrument(context_, top_, file("nhs-ae.yaml"), "nhs-ae.yaml"));
    auto profile = read_import_profile(file("import.yaml"), "import.yaml");
    EXPECT_TRUE(profile);
    profile_ = *profile;
  }

  ImportReport import(const std::string& text, ImportMode mode) {
    auto report = try_import(text, mode);
    EXPECT_TRUE(report) << (report ? "" : say(Lang::En, report.error().front()));
    return report.value_or(ImportReport{});
  }
  Result<ImportReport> try_import(const std::string& text, ImportMode mode, bool corrections = true) {
    auto opened = ImportFile::open(test::random_bytes_of(text), profile_.file);
    if (!opened) return std::unexpected(opened.error());
    ImportOptions options;
    options.mode = mode;
    options.manner = {import_, "berkas.csv", corrections};
    return run_import(context_, top_, profile_, *opened, options);
  }
  /// The next writing is another import.
  void next_import() { import_ = make_uuid({clock_.now().micros + ++imports_ * 1000}); }
  std::int64_t attendances() {
    const auto* node = context_.reference.get()->organisation.find(std::string_view("F1"));
    const auto shown = total(result(node->key, *parse_month("2017-01"), *parse_month("2018-01")), "attendances");
    return parse_int(shown).value_or(-1);
  }

  ResultView result(FacilityKey place, Month from, Month to) {
    auto view = read_result(context_, top_, {"nhs-ae", place, {}, {first_day(from), first_day(to)}, {}, 1});
    EXPECT_TRUE(view);
    return view.value_or(ResultView{});
  }

  static std::string total(const ResultView& view, std::string_view key) {
    for (const auto& reading : view.measures)
      if (reading.measure->key == key) return reading.total ? text(*reading.total) : "none";
    return "no measure";
  }

  ReferenceHolder reference_;
  Context context_;
  Scope top_{Role::Administrator, kEverywhere, "test"};
  ImportProfile profile_;
  Uuid import_{{1}};
  int imports_ = 0;
};

/// Totals and months as counted independently from the published data set.
TEST_P(ImportTest, TheNhsFileGivesItsKnownTotals) {
  const auto csv = file("ae_attendances.csv");
  auto dry = import(csv, ImportMode::DryRun);
  EXPECT_EQ(dry.rows, 12'765);
  EXPECT_EQ(dry.refused, 12'765) << "no organisation is registered yet";
  EXPECT_EQ(dry.unknown_places.size(), 274U);
  const auto england = add_place(context_, top_, {{}, NodeKind::Region, "england", "England", "", Zone::Wib, {}, {}, false});
  ASSERT_TRUE(england);
  std::vector<NewPlace> places;
  for (const auto& code : dry.unknown_places) places.push_back({*england, NodeKind::Facility, code, code, "rs", Zone::Wib, {}, {}, false});
  ASSERT_TRUE(add_places(context_, top_, places));

  dry = import(csv, ImportMode::DryRun);
  EXPECT_EQ(dry.good, 12'765);
  const auto written = import(csv, ImportMode::Write);
  EXPECT_EQ(written.added, 12'765);
  next_import();
  const auto again = import(csv, ImportMode::Write);
  EXPECT_EQ(again.added, 0);
  EXPECT_EQ(again.repeated, 12'765);

  // Sums come from day cells first, then from month cells.
  for (int pass = 0; pass < 2; ++pass) {
    const auto all = result(*england, *parse_month("2016-04"), *parse_month("2019-04"));
    EXPECT_EQ(total(all, "attendances"), "72019402");
    EXPECT_EQ(total(all, "breaches"), "8295237");
    EXPECT_EQ(total(all, "admissions"), "13493280");
    EXPECT_EQ(all.records, 12'765);
    const auto april = result(*england, *parse_month("2016-04"), *parse_month("2016-05"));
    EXPECT_EQ(total(april, "attendances"), "1867781");
    EXPECT_EQ(total(april, "breaches"), "186122");
    while (fold_step(context_, 5000) > 0) continue;
  }
}

TEST_P(ImportTest, EveryFaultNamesItsLineAndColumn) {
  const std::string csv =
      "period,org_code,type,attendances,breaches,admissions\n"
      "2017-03-01,F1,1,100,20,5\n"
      "2017-03-01,F1,9,100,20,5\n"
      "2017-13-01,F1,1,100,20,5\n"
      "2017-04-01,F1,1,10,20,5\n"
      "2017-04-01,F1,1,10\n"
      "2017-04-01,F1,1,,2,x\n";
  const auto report = import(csv, ImportMode::DryRun);
  EXPECT_EQ(report.good, 1);
  EXPECT_EQ(report.refused, 5);
  std::vector<std::pair<std::int64_t, std::string>> found;
  for (const auto& fault : report.faults) found.emplace_back(fault.line, key_of(fault.problem.message));
  EXPECT_EQ(found, (decltype(found){{3, "AnswerNotAnOption"},
                                    {4, "AnswerNotADate"},
                                    {4, "AnswerNotADate"},
                                    {5, "AnswerConstraint"},
                                    {6, "ImportRagged"},
                                    {7, "AnswerRequired"},
                                    {7, "AnswerNotANumber"}}));
}

// The page /sensus asks for a tick; a file is told of, row by row, and taken in.
TEST_P(ImportTest, ADailyCountAboveItsDenominatorIsARemarkAndNoRefusal) {
  const auto files = embedded_files();
  const auto pack = std::ranges::find(files, "packs/sensus-harian.yaml", &EmbeddedFile::name);
  ASSERT_NE(pack, files.end());
  ASSERT_TRUE(install_instrument(context_, top_, pack->bytes, "sensus-harian"));
  const auto profile = read_import_profile(
      "import: sensus\ninstrument: sensus-harian\nkey: [tanggal, indikator]\nfacility: {column: fasilitas}\nat: {column: tanggal}\n"
      "items:\n  indikator: indikator\n  pembilang: pembilang\n  penyebut: penyebut\n",
      "sensus.yaml");
  ASSERT_TRUE(profile) << say(Lang::En, profile.error().front());
  profile_ = *profile;
  const std::string csv =
      "fasilitas,tanggal,indikator,pembilang,penyebut\n"
      "F1,2026-09-01,cuci-alat,4,5\n"
      "F1,2026-09-02,cuci-alat,6,5\n"
      "F1,2026-09-03,cuci-alat,0,0\n"
      "F1,2026-09-04,cuci-alat,1,0\n";
  const auto report = import(csv, ImportMode::DryRun);
  EXPECT_EQ(report.good, 3);
  EXPECT_EQ(report.refused, 1) << "a numerator without any case";
  ASSERT_EQ(report.warnings.size(), 1U);
  EXPECT_EQ(report.warnings.front().example.args, std::vector<std::string>{"pembilang_penyebut"});
  EXPECT_EQ(report.warnings.front().count, 1);
  EXPECT_EQ(import(csv, ImportMode::Write).added, 3);
}

TEST_P(ImportTest, AFileThatDoesNotFitIsRefusedWhole) {
  const auto refused = [&](const std::string& text) {
    const auto report = try_import(text, ImportMode::Write);
    return report ? std::string("accepted") : std::string(key_of(report.error().front().message));
  };
  EXPECT_EQ(refused(""), "ImportEmptyFile");
  EXPECT_EQ(refused("period,org,type,attendances,breaches,admissions\n"), "ImportNoColumn");
  EXPECT_EQ(refused("period,org_code,type,attendances,breaches,admissions\n"), "accepted");
}

const std::string kHead = "period,org_code,type,attendances,breaches,admissions\n";
const std::string kThree = kHead + "2017-03-01,F1,1,100,20,5\n2017-04-01,F1,1,50,2,1\n2017-05-01,F1,1,30,3,2\n";
const std::string kOneChanged = kHead + "2017-03-01,F1,1,100,20,5\n2017-04-01,F1,1,60,2,1\n2017-05-01,F1,1,30,3,2\n";
TEST_P(ImportTest, AChangedRowIsACorrectionThatCanBeLeftOut) {
  EXPECT_EQ(import(kThree, ImportMode::Write).added, 3);
  next_import();
  const auto dry = import(kOneChanged, ImportMode::DryRun);
  EXPECT_EQ(dry.changed, 1);
  EXPECT_EQ(dry.repeated, 2);
  EXPECT_EQ(attendances(), 180) << "a dry run writes nothing";
  const auto left = try_import(kOneChanged, ImportMode::Write, /*corrections=*/false);
  ASSERT_TRUE(left);
  EXPECT_EQ(left->left_out, 1);
  EXPECT_EQ(left->changed, 0);
  EXPECT_EQ(attendances(), 180);
  const auto written = import(kOneChanged, ImportMode::Write);
  EXPECT_EQ(written.changed, 1);
  EXPECT_EQ(written.repeated, 2);
  EXPECT_EQ(attendances(), 190);
  next_import();
  const auto again = import(kOneChanged, ImportMode::Write);
  EXPECT_EQ(again.repeated, 3) << "the same file changes nothing";
  const auto old = import(kThree, ImportMode::Write);
  EXPECT_EQ(old.repeated, 3) << "what a record said once is known";
  EXPECT_EQ(attendances(), 190);
  EXPECT_TRUE(recount(context_, context_.reference.get()->organisation.find(std::string_view("F1"))->key, 10).empty());
}

TEST_P(ImportTest, AnImportIsUndoneAsAWholeAndComesBack) {
  const auto f1 = context_.reference.get()->organisation.find(std::string_view("F1"))->key;
  import(kThree, ImportMode::Write);
  next_import();
  import(kOneChanged, ImportMode::Write);
  const ImportManner second{import_, "berkas.csv", true};
  auto undone = undo_batch(context_, top_, f1, second, {}, 100);
  ASSERT_TRUE(undone);
  EXPECT_EQ(undone->restored, 1);
  EXPECT_EQ(undone->voided, 0);
  EXPECT_EQ(attendances(), 180);
  undone = undo_batch(context_, top_, f1, second, {}, 100);
  EXPECT_EQ(undone->restored + undone->voided, 0) << "nothing twice";
  undone = undo_batch(context_, top_, f1, {Uuid{{1}}, "berkas.csv", true}, {}, 100);
  EXPECT_EQ(undone->voided, 2);
  EXPECT_EQ(undone->kept.size(), 1U) << "the one that was corrected and restored since";
  next_import();
  const auto back = import(kOneChanged, ImportMode::Write);
  EXPECT_EQ(back.added, 2);
  EXPECT_EQ(back.changed, 1);
  EXPECT_EQ(attendances(), 190);
  EXPECT_TRUE(recount(context_, f1, 10).empty());
}

TEST_P(ImportTest, ADayIsNoonAndAMomentIsItself) {
  profile_.at = {"Waktu", {}, {}};
  profile_.file.order = DateOrder::DayFirst;
  const std::string text =
      "Waktu,period,org_code,type,attendances,breaches,admissions\n"
      "01/03/2017,2017-03-01,F1,1,100,20,5\n"
      "01/04/2017 08:57:30,2017-04-01,F1,1,100,20,5\n";
  EXPECT_EQ(import(text, ImportMode::Write).added, 2);
  std::vector<std::string> times;
  db().read([&](store::Tx& tx) {
    tx.each({"test.times", "SELECT at FROM record ORDER BY at"}, {},
            [&](const store::Row& row) { times.push_back(iso(Instant{row.i64(0)}, Zone::Wib)); });
  });
  EXPECT_EQ(times, (std::vector<std::string>{"2017-03-01T12:00:00+07:00", "2017-04-01T08:57:30+07:00"}));
}

TEST_P(ImportTest, TheSameKeyTwiceInAFileIsToldWithItsRow) {
  const auto twice = kHead + "2017-03-01,F1,1,100,20,5\n2017-03-01,F1,1,100,20,5\n2017-03-01,F1,1,101,20,5\n";
  const auto dry = import(twice, ImportMode::DryRun);
  EXPECT_EQ(dry.added, 1);
  EXPECT_EQ(dry.repeated, 1);
  ASSERT_EQ(dry.refused, 1);
  EXPECT_EQ(key_of(dry.faults.front().problem.message), "ImportRepeatedKey");
  EXPECT_EQ(dry.faults.front().line, 4);
  EXPECT_EQ(dry.faults.front().problem.args.front(), "2");
  const auto written = import(twice, ImportMode::Write);
  EXPECT_EQ(written.added, 1);
  EXPECT_EQ(written.repeated, 1);
  EXPECT_EQ(written.refused, 1);
}

TEST_P(ImportTest, AWritingThatWasCutOffGoesOnAndCountsOnce) {
  std::string text = kHead;
  for (int i = 0; i < 600; ++i)
    text += "20" + std::to_string(10 + i / 12 % 10) + "-" + (i % 12 < 9 ? "0" : "") + std::to_string(i % 12 + 1) + "-01,F1," +
            std::to_string(1 + i / 120 % 3) + ",10,1,1\n";
  auto file = ImportFile::open(test::random_bytes_of(text), profile_.file);
  ASSERT_TRUE(file);
  ImportOptions options;
  options.mode = ImportMode::Write;
  options.manner = {import_, "berkas.csv", true};
  ImportProgress kept;
  options.is_due = [] { return true; };
  options.keep = [&](const ImportProgress& progress) { kept = progress; };
  options.go_on = [](std::int64_t rows) { return rows < 256; };
  ASSERT_TRUE(run_import(context_, top_, profile_, *file, options));
  EXPECT_EQ(kept.rows, 256);
  options.from = kept;
  options.go_on = {};
  const auto whole = run_import(context_, top_, profile_, *file, options);
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->rows, 600);
  EXPECT_EQ(whole->added, 360) << "ten years, three kinds";
  EXPECT_EQ(whole->added + whole->repeated, 600);
  options.from = {};
  const auto from_the_start = run_import(context_, top_, profile_, *file, options);
  ASSERT_TRUE(from_the_start);
  EXPECT_EQ(from_the_start->added, 360) << "what this import added, not what this run did";
}

TEST_P(ImportTest, ManyFaultsAreCountedAndBounded) {
  std::string text = kHead;
  for (int i = 0; i < 20'000; ++i) text += "2017-03-01,F1,9,x,20,5\n";
  const auto dry = import(text, ImportMode::DryRun);
  EXPECT_EQ(dry.refused, 20'000);
  EXPECT_EQ(dry.faults.size(), ImportReport::kMostFaults);
  ASSERT_EQ(dry.groups.size(), 2U);
  EXPECT_EQ(dry.groups.front().count, 20'000);
  EXPECT_EQ(dry.groups.front().lines, (std::vector<std::int64_t>{2, 3, 4, 5, 6}));
  EXPECT_EQ(to_json(report_from_json(json::print(to_json(dry)))), to_json(dry));
}

TEST_P(ImportTest, CellsThatHoldHalfAMegabyteAreToldInShort) {
  constexpr std::size_t kRows = 20;
  const std::string much(500'000, 'z');
  std::string text = kHead;
  for (std::size_t i = 0; i < kRows; ++i) text += "2017-0" + std::to_string(1 + i % 9) + "-01," + much + ",1,10,1,1\n";
  for (std::size_t i = 0; i < kRows; ++i) text += "2017-0" + std::to_string(1 + i % 9) + "-01,F1,1," + much + ",1,1\n";
  const auto dry = import(text, ImportMode::DryRun);
  EXPECT_EQ(dry.refused, static_cast<std::int64_t>(2 * kRows));
  ASSERT_GE(dry.faults.size(), 2 * kRows);
  EXPECT_EQ(dry.unknown_places.size(), 1U);
  EXPECT_LT(json::print(to_json(dry)).size(), 200'000U);
  const auto is_told = [](const ImportFault& fault) {
    const auto& args = fault.problem.args;
    return fault.problem.message == Msg::AnswerNotANumber && !args.empty() && args.front().starts_with("zzz") &&
           args.front().ends_with("…");
  };
  EXPECT_EQ(std::ranges::count_if(dry.faults, is_told), static_cast<std::ptrdiff_t>(kRows));
}

TEST_P(ImportTest, NumbersDatesAndNamesAreReadAsPeopleWriteThem) {
  profile_.facility = {"Faskes", {}, {{"Faskes Satu", "F1"}}};
  profile_.at = {"Bulan", {}, {}};
  profile_.key = {"Bulan", "Jenis"};
  profile_.items = {{"period", {"Bulan", {}, {}}},
                    {"type", {"Jenis", {}, {{"UGD besar", "1"}}}},
                    {"attendances", {"Kunjungan", {}, {}}},
                    {"breaches", {"Lewat", {}, {}}},
                    {"admissions", {"Rawat", {}, {}}}};
  const std::string text =
      "Laporan UGD;;;;;\n"
      "Faskes;Bulan;Jenis;Kunjungan;Lewat;Rawat\n"
      "Faskes Satu;01/03/2017;UGD besar;1.234;20;5\n"
      "faskes satu;1 April 2017;ugd BESAR;2.000;13;5\n";
  const auto dry = import(text, ImportMode::Write);
  EXPECT_EQ(dry.added, 2) << (dry.faults.empty() ? "" : say(Lang::En, dry.faults.front().problem));
  EXPECT_EQ(attendances(), 3234);
}

TEST_P(ImportTest, WhatHasNotHappenedAndWhatPrecedesItsStepIsRefusedInItsCell) {
  clock_.set({1'795'219'200'000'000});
  install_shipped_instruments(context_, top_);
  profile_.instrument = "laboratorium";
  profile_.facility = {{}, "F1", {}};
  profile_.at = {"Tanggal", {}, {}};
  profile_.key.clear();
  profile_.file.order = DateOrder::DayFirst;
  profile_.items = {{"jenis", {"Jenis", {}, {}}}, {"diterima", {"Diterima", {}, {}}}, {"dilaporkan", {"Dilaporkan", {}, {}}}};
  const auto report = import(
      "Tanggal;Jenis;Diterima;Dilaporkan\n"
      "20/11/2026 08.00;Darah;20/11/2026 08.00;20/11/2026 09.00\n"
      "20/11/2026 08.00;Urine;20/11/2026 08.00;20/11/2026 07.00\n"
      ";;;\n"
      "20/11/2026 08.00;Dahak;05/01/2031 08.00;05/01/2031 09.00\n",
      ImportMode::DryRun);
  EXPECT_EQ(report.rows, 3) << "an empty row of a spreadsheet is no row";
  EXPECT_EQ(report.added, 1);
  std::vector<std::pair<std::string, std::string>> found;
  for (const auto& fault : report.faults) found.emplace_back(fault.cell, key_of(fault.problem.message));
  EXPECT_EQ(found, (decltype(found){{"D3", "AnswerConstraint"}, {"C5", "AnswerFuture"}, {"D5", "AnswerFuture"}}));
}

TEST_P(ImportTest, ANumberOfADayInATextFileIsToldAsTheDayItMayBe) {
  const auto report = import(kHead + "45961,F1,1,100,20,5\n2017-04-01,F1,1,50,2,1\n", ImportMode::DryRun);
  EXPECT_EQ(report.added, 1);
  ASSERT_FALSE(report.faults.empty());
  const auto& fault = report.faults.front();
  EXPECT_EQ(key_of(fault.problem.message), "ImportSerialDay");
  EXPECT_NE(say(Lang::Id, fault.problem).find("31 Oktober 2025"), std::string::npos) << say(Lang::Id, fault.problem);
}

/// An example of the project: its folder and files, and what its README says of it.
struct Example {
  std::string_view profile, csv, code, instrument, measure;
  std::int64_t rows;
  std::string_view total;
};
constexpr std::array kExamples{
    Example{"simpus/kunjungan.yaml", "simpus/kunjungan.csv", "contoh", "kunjungan-bulanan", "rawat_jalan", 12, "7126"},
    Example{"antrean-online/antrean.yaml", "antrean-online/antrean.csv", "melati-contoh", "kunjungan", "dilayani", 60, "55"},
    Example{"p-care/kunjungan.yaml", "p-care/kunjungan.csv", "melati-contoh", "kunjungan", "dilayani", 40, "40"},
};

std::string example_file(std::string_view name) {
  std::ifstream in(std::string(PILAR_SOURCE) + "/examples/" + std::string(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The files' own sums, counted by hand.
TEST_P(ImportTest, TheExamplesGiveTheirKnownTotals) {
  clock_.set({1'795'219'200'000'000});
  install_shipped_instruments(context_, top_);
  for (const auto& one : kExamples) {
    NewPlace place{{}, NodeKind::Facility, std::string(one.code), std::string(one.csv), "puskesmas", Zone::Wib, {}, {}, false};
    place.units = one.code == "contoh" ? std::vector<std::string>{"Umum", "Gigi", "KIA"}
                                       : std::vector<std::string>{"Poli Umum", "Poli Gigi", "KIA-KB"};
    if (context_.reference.get()->organisation.find(one.code) == nullptr) { ASSERT_TRUE(add_place(context_, top_, place)) << one.csv; }
    const auto profile = read_import_profile(example_file(one.profile), std::string(one.profile));
    ASSERT_TRUE(profile) << one.profile;
    profile_ = *profile;
    next_import();
    const auto key = context_.reference.get()->organisation.find(one.code)->key;
    const auto before = read_result(context_, top_, {std::string(one.instrument), key, {}, {Day{20'000}, Day{21'000}}, {}, 1});
    ASSERT_TRUE(before) << one.csv;
    const auto was = parse_int(total(*before, one.measure)).value_or(0);
    const auto written = import(example_file(one.csv), ImportMode::Write);
    EXPECT_EQ(written.added, one.rows) << (written.faults.empty() ? "" : say(Lang::En, written.faults.front().problem));
    const auto after = read_result(context_, top_, {std::string(one.instrument), key, {}, {Day{20'000}, Day{21'000}}, {}, 1});
    ASSERT_TRUE(after) << one.csv;
    EXPECT_EQ(std::to_string(parse_int(total(*after, one.measure)).value_or(0) - was), one.total) << one.csv;
  }
}

PILAR_BOTH_ENGINES(ImportTest);

}  // namespace pilar::import_test
