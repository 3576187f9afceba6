#include "interchange/import_file.h"

#include <gtest/gtest.h>

#include "i18n/messages.h"
#include "interchange/import_guess.h"
#include "interchange/import_profile.h"
#include "interchange/pack.h"
#include "support/bytes.h"
#include "support/workbook_bytes.h"

namespace pilar::import_file_test {
std::string refusal(const Result<ImportFile>& file) { return file ? "accepted" : std::string(key_of(file.error().front().message)); }

std::vector<std::string> first_row(ImportFile& file) {
  auto rows = file.rows_below_names();
  EXPECT_TRUE(rows);
  if (!rows || (*rows)->next() != TableReader::Step::Row) return {};
  return {(*rows)->fields().begin(), (*rows)->fields().end()};
}

TEST(ImportProfile, SaysAllOfItselfAsYaml) {
  ImportProfile profile;
  profile.name = "kunjungan-p-care";
  profile.instrument = "kunjungan-bulanan";
  profile.file = {"Data: 1", Encoding::Windows1252, '\t', 3, ',', DateOrder::MonthFirst};
  profile.key = {"No. \"Kunjungan\"", "Tgl #1"};
  profile.facility = {{}, "melati", {}};
  profile.unit = {"Poli", {}, {{"POLI UMUM", "umum"}, {"yes", "gigi"}}};
  profile.at = {"Tanggal", {}, {}};
  profile.time = "Jam";
  profile.items = {{"rawat_jalan", {"Rawat Jalan", {}, {}}}, {"rawat_inap", {{}, "0", {}}}, {"x", {"null", {}, {{"~", "1"}}}}};
  const auto text = to_yaml(profile);
  const auto read = read_import_profile(text, "p.yaml");
  ASSERT_TRUE(read) << text << say(Lang::En, read.error().front());
  EXPECT_EQ(*read, profile) << text;
  ImportProfile bare;
  bare.name = bare.instrument = "a";
  bare.facility = bare.at = {"x", {}, {}};
  const auto again = read_import_profile(to_yaml(bare), "p.yaml");
  ASSERT_TRUE(again) << to_yaml(bare);
  EXPECT_EQ(*again, bare);
  bare.facility = bare.at = {};
  EXPECT_FALSE(read_import_profile(to_yaml(bare), "p.yaml"));
  const auto draft = read_import_profile(to_yaml(bare), "p.yaml", ProfileNeed::Draft);
  ASSERT_TRUE(draft) << to_yaml(bare);
  EXPECT_EQ(*draft, bare);
}

TEST(ImportProfile, HasANameFromWords) {
  EXPECT_EQ(profile_name("Kunjungan P-Care 2026!"), "kunjungan-p-care-2026");
  EXPECT_EQ(profile_name("…"), "impor");
  EXPECT_LE(profile_name(std::string(200, 'a')).size(), 40U);
}

TEST(ImportFile, ColumnsHaveOneNameEach) {
  auto file = ImportFile::open(test::random_bytes_of("Nama,Nama,,Nilai\na,b,c,1\n"), {});
  ASSERT_TRUE(file);
  EXPECT_EQ(first_row(*file), (std::vector<std::string>{"a", "b", "c", "1"}));
  EXPECT_EQ(file->names(), (std::vector<std::string>{"Nama", "Nama (2)", "Kolom C", "Nilai"}));
}

TEST(ImportFile, IsReadAsItWasRecognised) {
  auto file = ImportFile::open(test::random_bytes_of("Laporan bulan ini;;\n\nNama;Caf\xE9;Jumlah\nIbu Sari;ya;3\n"), {});
  ASSERT_TRUE(file);
  EXPECT_EQ(file->reading().encoding, Encoding::Windows1252);
  EXPECT_EQ(file->reading().separator, ';');
  EXPECT_EQ(file->reading().header_line, 3);
  EXPECT_EQ(first_row(*file).front(), "Ibu Sari");
  EXPECT_EQ(file->names().at(1), "Café");
}

TEST(ImportFile, TellsOfAnotherEncodingHoweverItIsRead) {
  const auto broken = [](const std::string& text, const ImportProfile::Reading& reading) {
    const auto file = ImportFile::open(test::random_bytes_of(text), reading);
    return file ? file->broken_places() : -1;
  };
  const std::string mixed = "Nama;Jumlah\nCaf\xE9;1\nCaf\xC3\xA9;2\n";
  EXPECT_EQ(broken(mixed, {}), 1);
  EXPECT_EQ(broken(mixed, {.encoding = Encoding::Utf8}), 1);
  EXPECT_EQ(broken(mixed, {.encoding = Encoding::Windows1252}), 1);
  EXPECT_EQ(broken("Nama;Jumlah\nCaf\xE9;1\n", {}), 0);
}

TEST(ImportFile, WhatIsSaidHolds) {
  auto file = ImportFile::open(test::random_bytes_of("a;b\nc,d;e\n1,2;3\n"), {.separator = ',', .header_line = 2});
  ASSERT_TRUE(file);
  EXPECT_EQ(first_row(*file), (std::vector<std::string>{"1", "2;3"}));
  EXPECT_EQ(file->names(), (std::vector<std::string>{"c", "d;e"}));
}

TEST(ImportFile, FilesThatAreNoneAreRefused) {
  EXPECT_EQ(refusal(ImportFile::open(test::random_bytes_of(""), {})), "ImportEmptyFile");
  EXPECT_EQ(refusal(ImportFile::open({}, {})), "ImportEmptyFile");
  EXPECT_EQ(refusal(ImportFile::open(test::random_bytes_of("\n\n\n"), {})), "ImportEmptyFile");
  EXPECT_EQ(refusal(ImportFile::open(test::random_bytes_of("PK\x03\x04rest"), {})), "XlsxBroken");
  EXPECT_EQ(refusal(ImportFile::open(test::random_bytes_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest"), {})), "XlsxLocked");
}

TEST(ImportFile, TheFirstSheetThatIsShownAndHoldsATableIsRead) {
  const auto sheet_of = [](const std::string& first, const std::string& state) {
    auto parts = test::workbook_parts({.sheet_data = first, .sheet_state = state});
    parts.back().second =
        R"(<worksheet><sheetData><row r="1"><c t="str"><v>Tanggal</v></c></row><row r="2"><c t="str"><v>x</v></c></row></sheetData></worksheet>)";
    const auto file = ImportFile::open(test::random_bytes_of(test::zip_bytes(parts)), {});
    return file ? file->reading().sheet : std::string(key_of(file.error().front().message));
  };
  const std::string words = R"(<row r="1"><c t="str"><v>Baca dahulu</v></c></row>)";
  const std::string table = words + R"(<row r="2"><c t="str"><v>x</v></c></row>)";
  const std::string shown = R"(state="visible")", hidden = R"(state="hidden")";
  EXPECT_EQ(sheet_of(table, shown), "Isian");
  EXPECT_EQ(sheet_of(words, shown), "Kedua") << "a page of words in front of the data";
  EXPECT_EQ(sheet_of("", shown), "Kedua");
  EXPECT_EQ(sheet_of(words, hidden), "Isian") << "what is hidden is read only when somebody chooses it";
  EXPECT_EQ(sheet_of("", hidden), "ImportEmptyFile");
}

TEST(ImportFile, ThreeHundredColumnsAreFine) {
  std::string head, row;
  for (int i = 0; i < 300; ++i) {
    head += (i == 0 ? "" : ",") + ("kolom " + std::to_string(i));
    row += (i == 0 ? "" : ",") + std::to_string(i);
  }
  auto file = ImportFile::open(test::random_bytes_of(head + "\n" + row + "\n"), {});
  ASSERT_TRUE(file);
  EXPECT_EQ(first_row(*file).size(), 300U);
}

TEST(ImportGuess, KnowsAnOptionByItsNames) {
  Item item;
  item.kind = ItemKind::Choice;
  item.options = {{"jkn", 1, {"Peserta JKN", "JKN member"}}, {"umum", 2, {"Umum / bayar sendiri", "Pays"}}};
  const auto meant = [&](std::string_view text) {
    const auto* option = option_meant(item, text);
    return option == nullptr ? std::string() : option->key;
  };
  EXPECT_EQ(meant("JKN"), "jkn");
  EXPECT_EQ(meant("peserta-jkn "), "jkn");
  EXPECT_EQ(meant("2"), "umum");
  EXPECT_EQ(meant("Pays"), "umum");
  EXPECT_EQ(meant("asuransi"), "");
  EXPECT_EQ(meant(""), "");
  ASSERT_NE(nearest_option(item, "Peserta JKN-KIS"), nullptr);
  EXPECT_EQ(nearest_option(item, "Peserta JKN-KIS")->key, "jkn");
}

TEST(ImportGuess, MatchesColumnsWithItems) {
  Instrument form;
  form.key = "contoh";
  Item jalan, inap;
  jalan.key = "rawat_jalan";
  jalan.kind = inap.kind = ItemKind::Number;
  jalan.label = {"Kunjungan rawat jalan", "Outpatient visits"};
  inap.key = "rawat_inap";
  inap.label = {"Kunjungan rawat inap", "Inpatient stays"};
  form.items = {jalan, inap};
  std::vector<ColumnGuess> columns(5);
  columns[0].name = "No. Kunjungan";
  columns[1].name = "Tgl. Pelayanan";
  columns[1].kind = ColumnGuess::Kind::Date;
  columns[2].name = "RAWAT JALAN";
  columns[3].name = "Outpatient";
  columns[4].name = "Nama Poli";
  const auto profile = guess_profile(form, columns, "melati");
  EXPECT_EQ(profile.facility.fixed, "melati");
  EXPECT_EQ(profile.at.column, "Tgl. Pelayanan");
  EXPECT_EQ(profile.unit.column, "Nama Poli");
  EXPECT_EQ(profile.key, (std::vector<std::string>{"No. Kunjungan"}));
  ASSERT_NE(profile.find("rawat_jalan"), nullptr);
  EXPECT_EQ(profile.find("rawat_jalan")->from.column, "RAWAT JALAN");
  const std::vector<std::string> names{"Rawat Jalan", "Rawat Inap"}, others{"x", "y"};
  EXPECT_GT(fit_of(form, names), fit_of(form, others));
}

}  // namespace pilar::import_file_test
