#include "app/place_import.h"

#include <gtest/gtest.h>

#include <chrono>

#include "app/organisation.h"
#include "app/place.h"
#include "app/place_list.h"
#include "app/place_upload.h"
#include "app/survey_link.h"
#include "i18n/words/place.h"
#include "i18n/words/place_page.h"
#include "store/audit_store.h"
#include "support/shipped_store.h"

namespace pilar::place_import_test {

using namespace pilar::app;

constexpr std::string_view kOffices =
    "jenis,kode,nama,induk\n"
    "Kantor cabang,cabang,Cabang Contoh,kedeputian\n"
    "Kedeputian wilayah,kedeputian,Kedeputian Contoh,penjamin\n"
    "payer,penjamin,Penjamin Contoh,\n"
    "Dinas kesehatan kabupaten/kota,kab,Dinas Kab,prov\n"
    "Province health office,prov,Dinas Prov,\n";
constexpr std::string_view kFacility =
    "kode,nama,tipe,induk,dinas,zona,mulai,kode_bpjs,kemampuan,desa,unit\n"
    "melati,Puskesmas Melati,Puskesmas,cabang,kab,WITA,31/01/2026,0123,rawat inap; Pharmacy,Sukamaju (35.07.08.2001); Sukasari,Poli Umum; "
    "Pustu Sari [pustu]\n";

class PlaceImportTest : public test::ShippedStoreTest {
 protected:
  PlaceImportTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});
    refresh_reference(context_);
  }
  static PlaceSheet sheet(std::string_view text) {
    auto read = read_place_bytes(std::string(text));
    EXPECT_TRUE(read) << say(Lang::En, read.error().front());
    return *std::move(read);
  }
  PlaceImportReport check(std::string_view text) { return check_place_import(context_, operator_, sheet(text)); }
  PlaceImportReport run(std::string_view text) {
    auto report = run_place_import(context_, operator_, sheet(text), [](std::int64_t) {});
    EXPECT_TRUE(report);
    for (const auto& fault : report->faults) ADD_FAILURE() << fault.line << " " << fault.column << ": " << say(Lang::En, fault.problem);
    return *std::move(report);
  }
  /// The only fault of the text, whose other rows are good.
  PlaceImportFault only_fault(std::string_view text) {
    const auto report = check(text);
    EXPECT_EQ(report.faults.size(), 1U);
    return report.faults.empty() ? PlaceImportFault{} : report.faults.front();
  }
  const Organisation& tree() { return (kept_ = reference_.get())->organisation; }
  const Node& node(std::string_view code) { return *tree().find(code); }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  std::shared_ptr<const Reference> kept_;
};

TEST_P(PlaceImportTest, ATreeComesInWhateverTheOrderOfItsRows) {
  const auto before = number("nodes", "SELECT COUNT(*) FROM organisation");
  EXPECT_EQ(check(kOffices).added, 5);
  EXPECT_EQ(number("nodes", "SELECT COUNT(*) FROM organisation"), before) << "a check writes nothing";
  EXPECT_EQ(run(kOffices).added, 5);
  EXPECT_EQ(run(kFacility).added, 1);
  const auto& melati = node("melati");
  EXPECT_EQ(melati.facility_type, "puskesmas");
  EXPECT_EQ(melati.zone, Zone::Wita);
  EXPECT_EQ(iso(melati.valid_from), "2026-01-31");
  EXPECT_TRUE(tree().is_under(melati.key, node("penjamin").key));
  EXPECT_TRUE(tree().is_under(melati.key, node("prov").key));
  const auto view = read_place(context_, operator_, melati.key).value();
  EXPECT_EQ(view.facts.capabilities, (std::vector<std::string>{"farmasi", "rawat_inap"}));
  EXPECT_EQ(view.facts.villages.size(), 2U);
  EXPECT_EQ(view.facts.codes.at("bpjs"), "0123");
  const auto units = tree().units(melati.key);
  ASSERT_EQ(units.size(), 2U);
  EXPECT_EQ(units[1].kind, UnitKind::Pustu);
  EXPECT_GT(view.open_links, 0);
  db().read([&](store::Tx& tx) { EXPECT_FALSE(store::check_chain(tx, melati.key).broken); });
}

TEST_P(PlaceImportTest, TheSameFileAgainChangesNothingAndSoDoesAnExport) {
  run(kOffices);
  run(kFacility);
  const auto lines = number("lines", "SELECT COUNT(*) FROM audit_line");
  const auto again = run(kFacility);
  EXPECT_EQ(again.same, 1);
  EXPECT_EQ(again.added + again.changed, 0);
  for (const auto lang : {Lang::Id, Lang::En}) {
    std::vector<const Node*> places;
    const auto reference = reference_.get();
    for (const auto& one : reference->organisation.nodes()) places.push_back(&one);
    std::string text;
    write_csv(place_table(lang, reference, places, load_place_facts(context_, operator_)), CsvHead::Without,
              [&](std::string_view bytes) { text += bytes; });
    const auto report = run(text);
    EXPECT_EQ(report.same, static_cast<std::int64_t>(places.size()));
    EXPECT_EQ(report.rows, report.same);
  }
  EXPECT_EQ(number("lines", "SELECT COUNT(*) FROM audit_line"), lines);
}

TEST_P(PlaceImportTest, OnlyWhatIsSaidChangesAndAHyphenClears) {
  run(kOffices);
  run(kFacility);
  run("kode,nama,tipe,induk\nmawar,Klinik Mawar,klinik_pratama,cabang\n");
  EXPECT_EQ(run("kode,nama,desa,unit\nmelati,Melati Baru,-,poli umum; Farmasi\n").changed, 1);
  const auto& melati = node("melati");
  EXPECT_EQ(melati.name, "Melati Baru");
  EXPECT_EQ(melati.version, 2);
  EXPECT_EQ(melati.zone, Zone::Wita) << "nobody said anything of it";
  EXPECT_EQ(tree().units(melati.key).size(), 3U);
  EXPECT_TRUE(read_place(context_, operator_, melati.key)->facts.villages.empty());
  EXPECT_EQ(run("kode_bpjs,nama\n0123,Melati Lagi\n").changed, 1) << "known by another system's code";
  EXPECT_EQ(run("kode,tutup,gabung_ke\nmawar,2026-11-01,melati\n").changed, 1);
  EXPECT_EQ(node("mawar").successor, node("melati").key);
  EXPECT_EQ(read_place(context_, operator_, node("mawar").key)->open_links, 0);
  EXPECT_EQ(run("kode,tutup\nmawar,-\n").changed, 1);
  EXPECT_FALSE(node("mawar").successor);
}

TEST_P(PlaceImportTest, AMoveKeepsWhereThePlaceStood) {
  run(kOffices);
  run(kFacility);
  run("kode,nama,jenis,induk\ncabang-2,Cabang Dua,Kantor cabang,kedeputian\n");
  EXPECT_EQ(run("kode,induk,pindah_mulai\nmelati,cabang-2,2026-10-01\n").changed, 1);
  const auto melati = node("melati").key;
  EXPECT_EQ(tree().facilities_under(node("cabang").key, parse_day("2026-09-30").value()), std::vector<FacilityKey>{melati});
  EXPECT_EQ(tree().facilities_under(node("cabang-2").key, parse_day("2026-10-01").value()), std::vector<FacilityKey>{melati});
  EXPECT_EQ(only_fault("kode,induk,pindah_mulai\nmelati,cabang,2026-09-01\n").problem.message, Msg::PlaceMoveEarly);
  EXPECT_EQ(only_fault("kode,induk,pindah_mulai\nmelati,cabang,2030-01-01\n").problem.message, Msg::PlaceMoveFuture);
}

TEST_P(PlaceImportTest, ARowIsRefusedWithItsColumnAndTheNearest) {
  run(kOffices);
  const auto typo = only_fault("kode,nama,tipe,induk\nx,X,Puskesmas,cabamg\n");
  EXPECT_EQ(typo.line, 2);
  EXPECT_EQ(typo.column, "induk");
  EXPECT_EQ(say(Lang::En, typo.problem), "There is no place with the code “cabamg”. Nearest: cabang.");
  EXPECT_EQ(only_fault("kode,nama,tipe\nx,X,Puskesmaas\n").problem.args.at(1), "Puskesmas");
  EXPECT_EQ(only_fault("kode,nama,jenis\nx,X,kota\n").problem.message, Msg::PlaceImportBadKind);
  EXPECT_EQ(only_fault("kode,nama,tipe,zona\nx,X,rs,WIP\n").column, "zona");
  EXPECT_EQ(only_fault("kode,nama,tipe,mulai\nx,X,rs,kemarin\n").column, "mulai");
  EXPECT_EQ(only_fault("kode,nama,tipe\n,X,rs\n").problem.message, Msg::PlaceImportNoCode);
  EXPECT_EQ(only_fault("kode,nama,tipe\na b,X,rs\n").column, "kode");
  EXPECT_EQ(only_fault("kode,nama\nx,X\n").column, "tipe") << "a facility needs one";
  EXPECT_EQ(only_fault("kode,nama,jenis\ncabang,X,Faskes\n").problem.message, Msg::PlaceImportOtherKind);
  EXPECT_EQ(only_fault("kode,nama,tipe,kemampuan\nx,X,rs,teleportasi\n").column, "kemampuan");
  EXPECT_EQ(only_fault("kode,nama,tipe,unit\nx,X,rs,Poli [kapal]\n").column, "unit");
  EXPECT_EQ(only_fault("kode,nama,tipe\nx,X,rs\nx,Y,rs\n").problem.args.at(0), "2");
  EXPECT_EQ(only_fault("kode,nama,tipe,kode_bpjs\nx,X,rs,77\ny,Y,rs,77\n").column, "kode_bpjs");
  EXPECT_EQ(check("kode,nama,induk\nkedeputian,K,cabang\n").faults.front().problem.message, Msg::PlaceCycle);
}

TEST_P(PlaceImportTest, WhatStandsOnARefusedRowIsRefusedWithIt) {
  const auto report = check("kode,nama,jenis,tipe,induk\npusat,,payer,,\nwilayah,W,region,,pusat\nx,X,,rs,wilayah\ny,Y,,rs,\n");
  EXPECT_EQ(report.refused, 3);
  EXPECT_EQ(report.added, 1);
  EXPECT_EQ(report.fates, (std::vector{PlaceFate::Refused, PlaceFate::Refused, PlaceFate::Refused, PlaceFate::Added}));
}

TEST_P(PlaceImportTest, NobodyImportsWhatIsNotTheirs) {
  run(kOffices);
  run(kFacility);
  const Scope branch(Role::Administrator, node("cabang").key, "account:2");
  const auto theirs = sheet("kode,nama\nmelati,Melati Cabang\n"), others = sheet("kode,nama\nkedeputian,Milik Saya\n");
  EXPECT_EQ(check_place_import(context_, branch, theirs).changed, 1);
  const auto refused = check_place_import(context_, branch, others);
  ASSERT_EQ(refused.refused, 1);
  EXPECT_EQ(refused.faults.front().problem.kind, Problem::Kind::Forbidden);
  const Scope officer(Role::Officer, node("melati").key, "account:3");
  EXPECT_EQ(check_place_import(context_, officer, theirs).refused, 1);
  EXPECT_FALSE(keep_place_file(context_, officer, "x.csv", kFacility));
}

TEST_P(PlaceImportTest, AFileIsKeptForItsOwnerForADay) {
  const auto id = text(keep_place_file(context_, operator_, "tempat.csv", kOffices).value());
  const auto upload = open_place_file(context_, operator_, id);
  ASSERT_TRUE(upload);
  EXPECT_EQ(upload->name, "tempat.csv");
  EXPECT_FALSE(upload->workbook);
  EXPECT_EQ(upload->sheet.lines.size(), 5U);
  EXPECT_FALSE(open_place_file(context_, Scope(Role::Administrator, kEverywhere, "account:9"), id));
  EXPECT_FALSE(open_place_file(context_, operator_, "../etc/passwd"));
  clock_.set({clock_.now().micros + 25LL * 3600 * 1'000'000});
  EXPECT_FALSE(open_place_file(context_, operator_, id));
  EXPECT_FALSE(keep_place_file(context_, operator_, "x", "nama saja\nabc\n"));
  EXPECT_FALSE(keep_place_file(context_, operator_, "x", std::string("PK\x03\x04 rusak")));
}

TEST_P(PlaceImportTest, TheFileComesBackWithItsFaults) {
  const auto lines = sheet("Daftar tempat\n\nkode,nama,tipe,kolom lain\nx,X,rs,1\ny,Y,salah,2\n");
  const auto report = check_place_import(context_, operator_, lines);
  ASSERT_EQ(report.ignored.size(), 1U);
  EXPECT_EQ(report.ignored.front().first, "kolom lain");
  std::string text;
  write_csv(answered_sheet(Lang::Id, lines, report), CsvHead::Without, [&](std::string_view bytes) { text += bytes; });
  EXPECT_NE(text.find("kode,nama,tipe,kolom lain,hasil,kesalahan"), std::string::npos);
  EXPECT_NE(text.find("x,X,rs,1,baru,"), std::string::npos);
  EXPECT_NE(text.find("y,Y,salah,2,ditolak,tipe: "), std::string::npos) << text;
  EXPECT_EQ(check(text).ignored.size(), 1U) << "its own answers are no columns";
}

TEST_P(PlaceImportTest, ANationComesInWithinSeconds) {
  run(kOffices);
  std::string text = "kode,nama,tipe,induk,dinas,kode_bpjs\n";
  constexpr int kMany = 3000;
  for (int i = 0; i < kMany; ++i)
    text += "f" + std::to_string(i) + ",Puskesmas " + std::to_string(i) + ",Puskesmas,cabang,kab,B" + std::to_string(i) + "\n";
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(run(text).added, kMany);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(60));
  EXPECT_EQ(check(text).same, kMany);
  PlaceQuery query{.at = node("cabang").key};
  const auto list = list_places(context_, operator_, query);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->facilities, static_cast<std::size_t>(kMany));
  EXPECT_EQ(list->rows.size(), 50U) << "a page, never all";
  query.words = "B2999";
  EXPECT_EQ(list_places(context_, operator_, query)->all, 1U) << "by the code of another system";
}

PILAR_BOTH_ENGINES(PlaceImportTest);

}  // namespace pilar::place_import_test
