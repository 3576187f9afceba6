#include <gtest/gtest.h>

#include "app/import_jobs.h"
#include "app/import_run.h"
#include "app/organisation.h"
#include "base/embedded.h"
#include "i18n/messages.h"
#include "i18n/words/answer.h"
#include "i18n/words/files.h"
#include "i18n/words/home.h"
#include "i18n/words/import.h"
#include "i18n/words/job.h"
#include "support/site_fixture.h"
#include "support/workbook_bytes.h"

namespace pilar::import_page_test {
const std::string kFile =
    "Tanggal;Rawat Jalan;Rawat Inap;Catatan\r\n"
    "31/10/2026;1.120;3;baik\r\n"
    "30/09/2026;2.099;x;<b>tebal</b>\r\n";

std::string whole_of(http::Reply reply) {
  if (!reply.next_chunk) return reply.body;
  std::string out;
  for (auto piece = reply.next_chunk(); !piece.empty(); piece = reply.next_chunk()) out += piece;
  return out;
}

class ImportPageTest : public test::SiteTest {
 protected:
  ImportPageTest() : SiteTest("ketua") {
    place_ =
        app::add_place(context_, operator_, {{}, NodeKind::Facility, "melati", "Puskesmas Melati", "puskesmas", Zone::Wib, {}, {}, false})
            .value();
    add_person("ketua", Role::QualityLead, place_);
    add_person("lain", Role::QualityLead, test::kSecond);
    add_person("admin", Role::Administrator, place_);
  }
  http::Reply bring(const std::string& content, const std::string& login = "ketua", const std::string& token = {}) {
    return upload("/impor", {{"csrf", token.empty() ? csrf(login) : token}, {"tempat", "melati"}},
                  {"berkas", "kunjungan.csv", "text/csv", content}, login);
  }
  std::string version_of(const std::string& href) {
    return std::to_string(app::load_import(context_, operator_, parse_uuid(href.substr(7)).value()).value().version);
  }
  /// How kFile is read.
  Form setup_of(const std::string& href) {
    return {{"version", version_of(href)},
            {"kode", "utf-8"},
            {"pemisah", ";"},
            {"baris", "1"},
            {"desimal", ","},
            {"tanggal", "h"},
            {"instrumen", "kunjungan-bulanan"},
            {"faskes", "t:melati"},
            {"waktu", "k:Tanggal"},
            {"unit", ""},
            {"jam", ""},
            {"kunci", "Tanggal"},
            {"butir.rawat_jalan", "k:Rawat Jalan"},
            {"butir.rawat_inap", "k:Rawat Inap"},
            {"aksi", "periksa"}};
  }
  void work() {
    Uuid process;
    process.bytes.fill(1);
    while (app::job_step(context_, app::job_kinds(), process, {})) continue;
  }

  FacilityKey place_;
};

TEST_P(ImportPageTest, TheEmptyPageSaysWhatToDo) {
  const auto page = get("/impor");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find(say(Lang::Id, Msg::ImportNone)), std::string::npos);
  EXPECT_NE(page.body.find("enctype=\"multipart/form-data\""), std::string::npos);
  EXPECT_NE(get("/pekerjaan").body.find(std::string(say(Lang::Id, Msg::JobsNone)).substr(0, 20)), std::string::npos);
  EXPECT_EQ(get("/impor/profil").status, 200);
}

TEST_P(ImportPageTest, AFileGoesFromTheDoorToTheRecordsAndBack) {
  const auto brought = bring(kFile);
  ASSERT_EQ(brought.status, 303) << brought.body;
  const auto href = place_of(brought);
  auto page = get(href);
  ASSERT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("31 Okt 2026"), std::string::npos) << "the date as understood";
  EXPECT_NE(page.body.find("&lt;b&gt;tebal"), std::string::npos);
  EXPECT_EQ(page.body.find("<b>tebal"), std::string::npos);
  const auto started = post(href, setup_of(href));
  ASSERT_EQ(started.status, 303) << started.body;
  page = get(href);
  EXPECT_EQ(header_of(page, "Refresh"), "2") << "it asks for itself again while the job runs";
  work();
  page = get(href);
  EXPECT_EQ(header_of(page, "Refresh"), "");
  EXPECT_NE(page.body.find("C3"), std::string::npos);
  EXPECT_NE(page.body.find(say(Lang::Id, Msg::ImportSave, {"1"})), std::string::npos);
  const auto file = get(href + "/berkas");
  EXPECT_NE(whole_of(get(href + "/berkas")).find("30/09/2026;2.099;x;<b>tebal</b>;"), std::string::npos);
  EXPECT_NE(header_of(file, "Content-Disposition").find("attachment"), std::string::npos);
  ASSERT_EQ(post(href + "/simpan", {{"version", version_of(href)}}).status, 303);
  work();
  EXPECT_EQ(number("test.records", "SELECT COUNT(*) FROM record WHERE state = 1"), 1);
  EXPECT_NE(get("/impor").body.find(say(Lang::Id, Msg::ImportCounts, {"1", "0", "0", "1"})), std::string::npos);
  EXPECT_EQ(get(href + "/batalkan").status, 200);
  EXPECT_EQ(post(href + "/batalkan", {{"version", "1"}}).status, 409) << "an old page undoes nothing";
  ASSERT_EQ(post(href + "/batalkan", {{"version", version_of(href)}}).status, 303);
  work();
  EXPECT_EQ(number("test.records", "SELECT COUNT(*) FROM record WHERE state = 1"), 0);
  EXPECT_NE(get(href).body.find(say(Lang::Id, Msg::ImportUndoneTitle)), std::string::npos);
  EXPECT_NE(get("/pekerjaan").body.find("kunjungan.csv"), std::string::npos);
}

TEST_P(ImportPageTest, TheHomePageTellsOfRefusedRowsAndOfWorkThatEnded) {
  const auto tells = [&](const std::string& words, const std::string& login = "ketua") {
    return get("/beranda", login).body.find(words) != std::string::npos;
  };
  const std::string refused(say(Lang::Id, Msg::HomeImport, {"kunjungan.csv", "1"}));
  const std::string undone(say(Lang::Id, Msg::HomeJobDone, {"Pembatalan impor kunjungan.csv"}));
  EXPECT_FALSE(tells("kunjungan.csv"));
  const auto href = place_of(bring(kFile));
  ASSERT_EQ(post(href, setup_of(href)).status, 303);
  work();
  EXPECT_TRUE(tells(refused)) << get("/beranda").body;
  EXPECT_TRUE(tells("href=\"" + href + "\"")) << "one click from its cure";
  EXPECT_TRUE(tells(refused, "admin")) << "whoever may put it right";
  EXPECT_FALSE(tells(refused, "lain"));
  clock_.set({clock_.now().micros + 1'000'000});
  ASSERT_EQ(post(href + "/simpan", {{"version", version_of(href)}}).status, 303);
  work();
  EXPECT_TRUE(tells(refused)) << "saved without that row";
  EXPECT_FALSE(tells("/pekerjaan/")) << "the work that ended is told of once";
  clock_.set({clock_.now().micros + 1'000'000});
  ASSERT_EQ(post(href + "/batalkan", {{"version", version_of(href)}}).status, 303);
  work();
  EXPECT_FALSE(tells(refused));
  EXPECT_TRUE(tells(undone));
  EXPECT_FALSE(tells(undone, "admin")) << "not the admin's work";
  get(href);
  EXPECT_FALSE(tells(undone)) << "the owner has looked at it";
}

TEST_P(ImportPageTest, WorkThatFailedIsToldOfUntilItsOwnerHasSeenWhyOrAWeekHasPassed) {
  const auto href = place_of(bring(kFile));
  auto setup = setup_of(href);
  for (auto& [name, value] : setup)
    if (name == "waktu") value.clear();
  ASSERT_EQ(post(href, setup).status, 303);
  work();
  const std::string failed(say(Lang::Id, Msg::HomeJobFailed, {"Pemeriksaan impor kunjungan.csv"}));
  const auto home = get("/beranda").body;
  EXPECT_NE(home.find(failed), std::string::npos) << home;
  const auto at = home.find("/pekerjaan/");
  ASSERT_NE(at, std::string::npos);
  const auto job = home.substr(at, std::string("/pekerjaan/").size() + 36);
  get(job, "admin");
  EXPECT_NE(get("/beranda").body.find(failed), std::string::npos) << "somebody else looked";
  get(job);
  EXPECT_EQ(get("/beranda").body.find(failed), std::string::npos);
}

TEST_P(ImportPageTest, AFileBroughtAgainWithoutFaultsIsNoWorkAnyMore) {
  const auto first = place_of(bring(kFile));
  ASSERT_EQ(post(first, setup_of(first)).status, 303);
  work();
  clock_.set({clock_.now().micros + 60'000'000});
  auto mended = kFile;
  mended.replace(mended.find(";x;"), 3, ";2;");
  const auto second = place_of(bring(mended));
  ASSERT_EQ(post(second, setup_of(second)).status, 303);
  work();
  EXPECT_EQ(get("/beranda").body.find(say(Lang::Id, Msg::HomeImport, {"kunjungan.csv", "1"})), std::string::npos);
}

TEST_P(ImportPageTest, AWrongSettingKeepsThePageAndSaysWhy) {
  const auto href = place_of(bring(kFile));
  const auto started = post(href, {{"version", version_of(href)},
                                   {"instrumen", "kunjungan-bulanan"},
                                   {"faskes", "t:melati"},
                                   {"waktu", ""},
                                   {"butir.rawat_jalan", "k:Rawat Jalan"},
                                   {"aksi", "periksa"}});
  ASSERT_EQ(started.status, 303);
  work();
  const auto page = get(href);
  EXPECT_NE(page.body.find(say(Lang::Id, Msg::ImportNoTime)), std::string::npos);
  EXPECT_EQ(post(href, {{"version", "1"}, {"aksi", "baca"}}).status, 409);
}

TEST_P(ImportPageTest, BadFilesAndForgedFormsAreRefusedInWords) {
  EXPECT_NE(bring("").body.find(say(Lang::Id, Msg::ImportEmptyFile)), std::string::npos);
  EXPECT_EQ(bring("PK\x03\x04 nothing").status, 422);
  EXPECT_EQ(bring(kFile, "ketua", "palsu").status, 403);
  EXPECT_EQ(bring(kFile, "lain").status, 403) << "not her place";
  const auto href = place_of(bring(kFile));
  EXPECT_EQ(get(href, "lain").status, 404);
  EXPECT_EQ(get("/impor/x").status, 404);
  EXPECT_EQ(get("/pekerjaan/x").status, 404);
}

TEST_P(ImportPageTest, AWorkbookGoesInWithItsSerialDatesFormulasAndMergedCells) {
  // Days as serials and as text, a computed formula and one never computed, a merged cell, a title above the names.
  const auto workbook = test::workbook_bytes({
      .sheet_data =
          R"(<row r="1"><c r="A1" t="str"><v>Rekap kunjungan</v></c></row>)"
          R"(<row r="2"><c r="A2" t="str"><v>Tanggal</v></c><c r="B2" t="str"><v>Rawat Jalan</v></c><c r="C2" t="str"><v>Rawat Inap</v></c></row>)"
          R"(<row r="3"><c r="A3" s="1"><v>45961</v></c><c r="B3"><f>100+20</f><v>120</v></c><c r="C3"><v>3</v></c></row>)"
          R"(<row r="4"><c r="A4" t="str"><v>30/09/2025</v></c><c r="B4"><v>99</v></c><c r="C4"><v>2</v></c></row>)"
          R"(<row r="5"><c r="A5" s="1"><v>45900</v></c><c r="B5"><f>B3*2</f></c><c r="C5"><v>1</v></c></row>)"
          R"(<row r="6"><c r="A6" s="1"><v>45869</v></c><c r="B6"><v>7</v></c></row>)"
          R"(<row r="7"><c r="A7"><v>45838</v></c><c r="B7"><v>8</v></c><c r="C7"><v>0</v></c></row>)",
      .behind = R"(<mergeCells><mergeCell ref="B6:C6"/></mergeCells>)",
      .styles = R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>)",
  });
  const auto brought = bring(workbook);
  ASSERT_EQ(brought.status, 303) << brought.body;
  const auto href = place_of(brought);
  EXPECT_NE(get(href).body.find("31 Okt 2025"), std::string::npos) << "a serial read as the day it is";
  ASSERT_EQ(post(href, {{"version", version_of(href)},
                        {"lembar", "Isian"},
                        {"baris", "2"},
                        {"tanggal", "h"},
                        {"instrumen", "kunjungan-bulanan"},
                        {"faskes", "t:melati"},
                        {"waktu", "k:Tanggal"},
                        {"kunci", "Tanggal"},
                        {"butir.rawat_jalan", "k:Rawat Jalan"},
                        {"butir.rawat_inap", "k:Rawat Inap"},
                        {"aksi", "periksa"}})
                .status,
            303);
  work();
  const auto page = get(href).body;
  EXPECT_NE(page.find(say(Lang::Id, Msg::ImportSave, {"3"})), std::string::npos) << page << "one with a number that has lost its format";
  EXPECT_NE(page.find(say(Lang::Id, Msg::XlsxFormula)), std::string::npos) << "a formula that was never computed";
  EXPECT_NE(page.find(say(Lang::Id, Msg::XlsxMerged, {"B6"})), std::string::npos) << "a merged cell";
  ASSERT_EQ(post(href + "/simpan", {{"version", version_of(href)}}).status, 303);
  work();
  EXPECT_EQ(number("test.records", "SELECT COUNT(*) FROM record WHERE state = 1"), 3);
}

TEST_P(ImportPageTest, AMergedDayOrUnitIsRefusedAndNeverTakenForNone) {
  const app::NewPlace mawar{{}, NodeKind::Facility, "mawar", "Puskesmas Mawar", "puskesmas", Zone::Wib, {}, {"Farmasi"}, false};
  add_person("mawar", Role::QualityLead, app::add_place(context_, operator_, mawar).value());
  const std::string numbers = R"(<c><v>5</v></c><c><v>1</v></c></row>)", unit = R"(<c t="str"><v>Farmasi</v></c>)";
  const auto workbook = test::workbook_bytes({
      .sheet_data =
          R"(<row r="1"><c t="str"><v>Tanggal</v></c><c t="str"><v>Poli</v></c><c t="str"><v>Rawat Jalan</v></c><c t="str"><v>Rawat Inap</v></c></row>)"
          R"(<row r="2"><c s="1"><v>45961</v></c>)" +
          unit + numbers + R"(<row r="3"><c r="A3" s="1"/>)" + unit + numbers + R"(<row r="4"><c s="1"><v>45900</v></c>)" + unit + numbers +
          R"(<row r="5"><c s="1"><v>45869</v></c><c r="B5"/>)" + numbers,
      .behind = R"(<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B4:B5"/></mergeCells>)",
      .styles = R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>)",
  });
  const auto href = place_of(upload("/impor", {{"csrf", csrf("mawar")}, {"tempat", "mawar"}},
                                    {"berkas", "gabung.xlsx", "application/octet-stream", workbook}, "mawar"));
  ASSERT_FALSE(href.empty());
  Form setup{{"version", version_of(href)},
             {"lembar", "Isian"},
             {"baris", "1"},
             {"tanggal", "h"},
             {"instrumen", "kunjungan-bulanan"},
             {"faskes", "t:mawar"},
             {"waktu", "k:Tanggal"},
             {"unit", "k:Poli"},
             {"kunci", "Tanggal"},
             {"kunci", "Poli"},
             {"butir.rawat_jalan", "k:Rawat Jalan"},
             {"butir.rawat_inap", "k:Rawat Inap"},
             {"aksi", "periksa"}};
  ASSERT_EQ(post(href, setup, "mawar").status, 303);
  work();
  const auto page = get(href, "mawar").body;
  for (const auto& part :
       {say(Lang::Id, Msg::ImportSave, {"2"}), say(Lang::Id, Msg::XlsxMerged, {"A2"}), say(Lang::Id, Msg::XlsxMerged, {"B4"})})
    EXPECT_NE(page.find(part), std::string::npos) << part << page;
  const auto import = app::load_import(context_, operator_, parse_uuid(href.substr(7)).value()).value();
  EXPECT_EQ(app::report_from_json(import.report).faults.size(), 2U) << "each cell is told once";
}

TEST_P(ImportPageTest, NumbersOfDaysWithoutAFormatAreShownAsTheDaysTheyAre) {
  const std::string rows =
      R"(<row r="1"><c t="str"><v>Tanggal</v></c><c t="str"><v>Rawat Jalan</v></c><c t="str"><v>Rawat Inap</v></c></row>)"
      R"(<row r="2"><c><v>44499</v></c><c><v>45961</v></c><c><v>3</v></c></row>)";
  const auto brought = bring(test::workbook_bytes({.sheet_data = rows, .properties = "date1904=\"1\""}));
  ASSERT_EQ(brought.status, 303) << brought.body;
  const auto page = get(place_of(brought)).body;
  EXPECT_NE(page.find("31 Okt 2025"), std::string::npos) << "counted from 1904, as the workbook says";
  EXPECT_NE(page.find("45.961"), std::string::npos) << "a number of visits stays one";
}

TEST_P(ImportPageTest, HostileWorkbooksAreRefusedInWordsAndLeaveNothing) {
  const auto parts = test::workbook_parts({.sheet_data = "<row><c><v>1</v></c></row>"});
  auto entity = parts, bomb = parts;
  entity.back().second = "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><w>&b;</w>";
  bomb.back().second = "<worksheet><sheetData>" + std::string(40U << 20U, ' ') + "</sheetData></worksheet>";
  const auto whole = test::workbook_bytes({.sheet_data = "<row><c><v>1</v></c></row>"});
  const std::pair<std::string, Message> files[] = {{test::zip_bytes(entity), Msg::XlsxDoctype},
                                                   {test::zip_bytes(bomb), Msg::XlsxBomb},
                                                   {whole.substr(0, whole.size() / 2), Msg::XlsxBroken},
                                                   {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Msg::XlsxLocked}};
  for (const auto& [bytes, message] : files) {
    auto reply = bring(bytes);
    const auto words = say(Lang::Id, message);
    if (reply.status == 303) reply = get(place_of(reply));  // the head was sound, the sheet is not
    EXPECT_NE(reply.body.find(words), std::string::npos) << words;
  }
  EXPECT_EQ(number("test.records", "SELECT COUNT(*) FROM record"), 0);
}

TEST_P(ImportPageTest, OnlyARowOfNamesSaysSoBeforeAndAfterTheCheck) {
  const auto href = place_of(bring("Tanggal;Rawat Jalan;Rawat Inap;Catatan\r\n;;;\r\n"));
  ASSERT_FALSE(href.empty());
  const auto words = say(Lang::Id, Msg::ImportOnlyNames);
  EXPECT_NE(get(href).body.find(words), std::string::npos);
  ASSERT_EQ(post(href, setup_of(href)).status, 303);
  work();
  const auto page = get(href).body;
  EXPECT_NE(page.find(words), std::string::npos) << page;
  EXPECT_EQ(page.find(say(Lang::Id, Msg::ImportNothingNew)), std::string::npos) << "no row is no row that is there already";
}

TEST_P(ImportPageTest, ThreeHundredColumnsGoInFromTheDoorToTheCheck) {
  std::string head = "Tanggal;Rawat Jalan;Rawat Inap", row = "31/10/2025;5;1";
  for (int i = 4; i <= 300; ++i) {
    head += ";Kolom ke-" + std::to_string(i);
    row += ";" + std::to_string(i);
  }
  const auto href = place_of(bring(head + "\r\n" + row + "\r\n"));
  ASSERT_FALSE(href.empty());
  EXPECT_NE(get(href).body.find("Kolom ke-300"), std::string::npos);
  ASSERT_EQ(post(href, setup_of(href)).status, 303);
  work();
  EXPECT_NE(get(href).body.find(say(Lang::Id, Msg::ImportSave, {"1"})), std::string::npos);
  EXPECT_NE(bring(std::string(1200, ';') + "x\r\n").body.find(say(Lang::Id, Msg::CsvManyColumns, {"1"})), std::string::npos);
}

TEST_P(ImportPageTest, RepeatedNamesAndMixedEncodingsSayWhatIsWrong) {
  const auto repeated = place_of(bring("Tanggal;Jumlah;Jumlah\r\n31/10/2025;1;2\r\n"));
  ASSERT_FALSE(repeated.empty());
  EXPECT_NE(get(repeated).body.find("Jumlah (2)"), std::string::npos) << "each column has a name of its own";
  const auto note = say(Lang::Id, Msg::ImportBrokenPlaces, {"1"});
  const auto mixed = place_of(bring("Tanggal;Rawat Jalan;Catatan\r\n31/10/2025;5;caf\xE9\r\n30/09/2025;6;caf\xC3\xA9\r\n"));
  ASSERT_FALSE(mixed.empty());
  EXPECT_NE(get(mixed).body.find(note), std::string::npos) << "one of the two looks wrong, however it is read";
  const auto whole = place_of(bring("Tanggal;Rawat Jalan;Catatan\r\n31/10/2025;5;caf\xC3\xA9\r\n"));
  EXPECT_EQ(get(whole).body.find(note), std::string::npos);
  EXPECT_EQ(number("test.records", "SELECT COUNT(*) FROM record"), 0);
}

TEST_P(ImportPageTest, AWrongUnitIsOfferedTheNearestAndRefusedWithIt) {
  app::NewPlace mawar{{}, NodeKind::Facility, "mawar", "Puskesmas Mawar", "puskesmas", Zone::Wib, {}, {"Farmasi", "Poli Umum"}, false};
  add_person("mawar", Role::QualityLead, app::add_place(context_, operator_, mawar).value());
  const std::string file =
      "Tanggal;Poli;Rawat Jalan;Rawat Inap\r\n31/10/2025;Famasi;5;1\r\n30/09/2025;Bedah Saraf;6;1\r\n31/08/2025;POLI UMUM;7;1\r\n";
  const auto href =
      place_of(upload("/impor", {{"csrf", csrf("mawar")}, {"tempat", "mawar"}}, {"berkas", "a.csv", "text/csv", file}, "mawar"));
  ASSERT_FALSE(href.empty());
  auto page = get(href, "mawar").body;
  EXPECT_NE(page.find("<option value=\"farmasi\" selected>"), std::string::npos) << "Famasi: a guess to be looked at";
  EXPECT_NE(page.find(say(Lang::Id, Msg::ImportProposed)), std::string::npos);
  EXPECT_EQ(page.find(say(Lang::Id, Msg::ImportTextMeans, {"POLI UMUM"})), std::string::npos) << "understood, however it is written";
  auto setup = setup_of(href);
  setup.insert(setup.begin(), {{"unit.Famasi", "-"}, {"unit.Bedah Saraf", "-"}});
  for (auto& [name, value] : setup) {
    if (name == "faskes") value = "t:mawar";
    if (name == "unit") value = "k:Poli";
  }
  ASSERT_EQ(post(href, setup, "mawar").status, 303);
  work();
  page = get(href, "mawar").body;
  EXPECT_NE(page.find(say(Lang::Id, Msg::RecordUnknownUnit, {"Famasi", "Puskesmas Mawar", "Farmasi"})), std::string::npos) << page;
  EXPECT_NE(page.find(say(Lang::Id, Msg::RecordUnknownUnit, {"Bedah Saraf", "Puskesmas Mawar", ""})), std::string::npos);
  EXPECT_NE(page.find(say(Lang::Id, Msg::ImportSave, {"1"})), std::string::npos);
}

TEST_P(ImportPageTest, SavingThatWasStoppedBeforeItBeganSaysThatNothingIsSavedAndCanBeginAgain) {
  const auto href = place_of(bring(kFile));
  ASSERT_EQ(post(href, setup_of(href)).status, 303);
  work();
  ASSERT_EQ(post(href + "/simpan", {{"version", version_of(href)}}).status, 303);
  const auto job = "/pekerjaan/" + text(app::load_import(context_, operator_, parse_uuid(href.substr(7)).value()).value().job.value());
  ASSERT_EQ(post(job + "/hentikan", {}).status, 303);
  work();
  const auto page = get(href).body;
  EXPECT_EQ(page.find(say(Lang::Id, Msg::ImportNewSaved)), std::string::npos) << "nothing was saved";
  EXPECT_NE(get("/impor").body.find(say(Lang::Id, Msg::ImportStateChecked)), std::string::npos) << "in the list too";
  EXPECT_NE(page.find(say(Lang::Id, Msg::ImportSave, {"1"})), std::string::npos) << page;
  EXPECT_EQ(number("test.records", "SELECT COUNT(*) FROM record"), 0);
  ASSERT_EQ(post(href + "/simpan", {{"version", version_of(href)}}).status, 303);
  work();
  EXPECT_EQ(number("test.valid_records", "SELECT COUNT(*) FROM record WHERE state = 1"), 1);
  EXPECT_NE(get(href).body.find(say(Lang::Id, Msg::ImportSavedWords)), std::string::npos);
}

TEST_P(ImportPageTest, AnExportOfPCareIsKnownByItsColumns) {
  const app::NewPlace mawar{
      {}, NodeKind::Facility, "mawar", "Puskesmas Mawar", "puskesmas", Zone::Wib, {}, {"Poli Umum", "Poli Gigi", "KIA-KB"}, false};
  add_person("mawar", Role::QualityLead, app::add_place(context_, operator_, mawar).value());
  const auto files = embedded_files();
  const auto example = std::ranges::find(files, "profiles/p-care/kunjungan.csv", &EmbeddedFile::name);
  ASSERT_NE(example, files.end());
  const auto href = place_of(upload("/impor", {{"csrf", csrf("mawar")}, {"tempat", "mawar"}},
                                    {"berkas", "kunjungan.csv", "text/csv", std::string(example->bytes)}, "mawar"));
  ASSERT_FALSE(href.empty());
  const auto page = get(href, "mawar").body;
  for (const auto& part : {say(Lang::Id, Msg::ImportByProfile, {"p-care-kunjungan"}), std::string("<option value=\"kunjungan\" selected>"),
                           std::string("<option value=\"t:mawar\" selected>"), std::string("<option value=\"kia-kb\" selected>")})
    EXPECT_NE(page.find(part), std::string::npos) << part;
  ASSERT_EQ(post(href, {{"version", version_of(href)}, {"aksi", "periksa"}}, "mawar").status, 303);
  work();
  EXPECT_NE(get(href, "mawar").body.find(say(Lang::Id, Msg::ImportSave, {"40"})), std::string::npos) << get(href, "mawar").body;
}

TEST_P(ImportPageTest, AProfileOfAnotherFacilityIsBroughtAndUsed) {
  const std::string profile =
      "import: rekap\ninstrument: kunjungan-bulanan\nkey: [Tgl]\nfacility: {fixed: tempat-lain}\n"
      "unit: {column: Poli, values: {BP UMUM: umum}}\nat: {column: Tgl}\nitems: {rawat_jalan: RJ, rawat_inap: RI}\n";
  const auto bring_it = [&](const std::string& text, const std::string& name = {}, const std::string& login = "ketua") {
    return upload("/impor/profil/bawa", {{"csrf", csrf(login)}, {"tempat", "melati"}, {"sebagai", name}},
                  {"berkas", "rekap.yaml", "application/yaml", text}, login);
  };
  ASSERT_EQ(bring_it(profile).status, 303);
  ASSERT_EQ(bring_it(profile, "Rekap bulanan").status, 303);
  const auto page = get("/impor/profil?tempat=melati").body;
  EXPECT_NE(page.find("Rekap bulanan"), std::string::npos) << page;
  EXPECT_NE(page.find(">rekap<"), std::string::npos) << "its own name where none was given";
  EXPECT_NE(page.find("id=\"f-baru-1\""), std::string::npos);
  EXPECT_NE(page.find("id=\"f-baru-2\""), std::string::npos) << "each field by itself";
  ASSERT_EQ(post("/impor/profil", {{"tempat", "melati"}, {"nama", "Rekap bulanan"}, {"nomor", "2"}, {"baru-2", "Bulanan"}}).status, 303);
  EXPECT_NE(get("/impor/profil?tempat=melati").body.find(">Bulanan<"), std::string::npos);
  const auto text = get("/impor/profil.yaml?tempat=melati&nama=rekap").body;
  EXPECT_NE(text.find("melati"), std::string::npos) << text;
  EXPECT_EQ(text.find("tempat-lain"), std::string::npos) << "it belongs here now";
  EXPECT_EQ(text.find("BP UMUM"), std::string::npos) << "no unit of here is meant by it";
  const auto imported = place_of(bring("Tgl;Poli;RJ;RI\r\n31/10/2025;;5;1\r\n"));
  ASSERT_FALSE(imported.empty());
  EXPECT_NE(get(imported).body.find("<option value=\"k:RJ\" selected>"), std::string::npos) << "the next file with these columns gets it";

  EXPECT_EQ(bring_it(profile, {}, "lain").status, 403);
  auto other = profile;
  other.replace(other.find("kunjungan-bulanan"), 17, "kunjungan-bulanam");
  const auto unknown = bring_it(other);
  EXPECT_EQ(unknown.status, 404);
  EXPECT_NE(unknown.body.find(say(Lang::Id, Msg::RecordUnknownInstrument, {"kunjungan-bulanam", "kunjungan-bulanan"})), std::string::npos)
      << unknown.body;
  const auto broken = bring_it("import: x\ncolumn: y\n");
  EXPECT_EQ(broken.status, 422);
  EXPECT_NE(broken.body.find("profil:2:1: "), std::string::npos) << broken.body;
  EXPECT_EQ(post("/impor/profil/bawa", {{"tempat", "melati"}}).status, 422) << "no file was chosen";
}

TEST_P(ImportPageTest, AnotherKeptProfileIsChosenByHandAndCalledByItsName) {
  const std::string head = "import: x\ninstrument: kunjungan-bulanan\nkey: [Tgl]\nfacility: {fixed: melati}\nat: {column: Tgl}\n";
  const auto keep = [&](const std::string& name, const std::string& items) {
    return upload("/impor/profil/bawa", {{"csrf", csrf("ketua")}, {"tempat", "melati"}, {"sebagai", name}},
                  {"berkas", "x.yaml", "application/yaml", head + "items: " + items + "\n"})
        .status;
  };
  ASSERT_EQ(keep("Rekap Bulanan", "{rawat_jalan: RJ, rawat_inap: RI}"), 303);
  ASSERT_EQ(keep("Rekap Terbalik", "{rawat_jalan: RI, rawat_inap: RJ}"), 303);
  ASSERT_EQ(keep("Rekap Kurang", "{rawat_jalan: RJ, rawat_inap: Kolom Lain}"), 303);
  const auto href = place_of(bring("Tgl;RJ;RI\r\n31/10/2026;5;1\r\n"));
  ASSERT_FALSE(href.empty());
  const auto profile = [&] { return app::profile_of(app::load_import(context_, operator_, parse_uuid(href.substr(7)).value()).value()); };
  const auto choose = [&](const std::string& name, const std::string& login = "ketua") {
    return post(href, {{"version", version_of(href)}, {"pakai", name}, {"aksi", "pakai"}}, login);
  };
  EXPECT_TRUE(has(get(href), say(Lang::Id, Msg::ImportByProfile, {"Rekap Bulanan"}))) << "the first whose columns are there";
  auto chosen = choose("Rekap Terbalik");
  ASSERT_EQ(chosen.status, 303) << chosen.body;
  EXPECT_EQ(profile().find("rawat_jalan")->from.column, "RI");
  auto page = get(place_of(chosen));
  EXPECT_TRUE(has(page, say(Lang::Id, Msg::ImportByProfile, {"Rekap Terbalik"})));
  EXPECT_TRUE(has(page, "<option value=\"Rekap Terbalik\" selected>"));
  chosen = choose("Rekap Kurang");
  ASSERT_EQ(chosen.status, 303) << chosen.body;
  EXPECT_EQ(profile().find("rawat_inap"), nullptr) << "left to be chosen";
  EXPECT_TRUE(has(get(place_of(chosen)), say(Lang::Id, Msg::ImportProfileMissing, {"Rekap Kurang", "Kolom Lain"})));
  chosen = choose("-");
  ASSERT_EQ(chosen.status, 303) << chosen.body;
  page = get(place_of(chosen));
  for (const auto* name : {"Rekap Bulanan", "Rekap Terbalik", "Rekap Kurang"})
    EXPECT_FALSE(has(page, say(Lang::Id, Msg::ImportByProfile, {name}))) << name;
  EXPECT_EQ(choose("Tidak Ada").status, 404);
  EXPECT_EQ(choose("Rekap Bulanan", "lain").status, 404);
}

TEST_P(ImportPageTest, AJobIsStoppedFromItsPageAndAnotherPersonCannot) {
  const auto href = place_of(bring(kFile));
  ASSERT_EQ(post(href, {{"version", version_of(href)}, {"aksi", "periksa"}}).status, 303);
  const auto import = app::load_import(context_, operator_, parse_uuid(href.substr(7)).value()).value();
  const auto job = "/pekerjaan/" + text(import.job.value());
  EXPECT_EQ(get(job).status, 200);
  EXPECT_EQ(get(job, "lain").status, 404);
  EXPECT_EQ(get(job, "admin").status, 200);
  EXPECT_EQ(post(job + "/hentikan", {}, "lain").status, 404);
  ASSERT_EQ(post(job + "/hentikan", {}).status, 303);
  work();
  EXPECT_EQ(get(job + "/berkas").status, 404);
  EXPECT_NE(get(href).body.find(say(Lang::Id, Msg::ImportCheck)), std::string::npos) << "it can be checked again";
}

PILAR_BOTH_ENGINES(ImportPageTest);

}  // namespace pilar::import_page_test
