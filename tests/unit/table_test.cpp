#include "interchange/table.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/hash.h"
#include "base/id.h"
#include "base/result.h"
#include "base/text.h"
#include "interchange/xlsx_reader.h"

namespace pilar::table_test {
using Kind = TableColumn::Kind;
const Instant kMorning{1'795'223'700'000'000};  // 2026-11-21 08:15 WIB

Table small_table(std::vector<std::vector<TableCell>> rows) {
  Table table{
      .caption = "Hasil: [KESSAN] 'Poli'",
      .notes = {{"Tempat", "Puskesmas Melati"}},
      .columns = {
          {"Unit"}, {"Nilai", Kind::Number, 1, "menit"}, {"Bagian", Kind::Percent, 1}, {"Hari", Kind::Day}, {"Saat", Kind::Moment}}};
  table.rows = [rows = std::move(rows)](const OnTableRow& give) {
    for (const auto& row : rows) give(row);
  };
  return table;
}

std::string csv_of(const Table& table, CsvHead head) {
  std::string out;
  write_csv(table, head, [&](std::string_view bytes) { out += bytes; });
  return out;
}

class Workbook {
 public:
  explicit Workbook(const Table& table) : path_(std::filesystem::temp_directory_path() / ("pilar-" + text(make_uuid(kMorning)) + ".xlsx")) {
    write_xlsx(table, path_);
  }
  ~Workbook() { std::filesystem::remove(path_); }
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;
  XlsxBook open() const { return XlsxBook::open(path_).value(); }
  std::vector<std::vector<std::string>> rows(std::size_t sheet = 0) const {
    const auto book = open();
    const auto reader = book.rows(sheet).value();
    std::vector<std::vector<std::string>> out;
    while (reader->next() == TableReader::Step::Row) out.emplace_back(reader->fields().begin(), reader->fields().end());
    return out;
  }

 private:
  std::string path_;
};

const std::vector<TableCell> kRow{std::string("Poli \"Umum\", KIA"), parse_decimal("12.5").value(), parse_decimal("0.864").value(),
                                  parse_day("2026-11-21").value(), ZonedTime{kMorning, Zone::Wib}};

TEST(Table, WritesCsvWithAndWithoutItsHead) {
  const auto table = small_table({kRow, {{}, {}, {}, {}, {}}});
  EXPECT_EQ(csv_of(table, CsvHead::Without),
            "\xEF\xBB\xBFUnit,Nilai (menit),Bagian,Hari,Saat\r\n"
            "\"Poli \"\"Umum\"\", KIA\",12.5,0.864,2026-11-21,2026-11-21T08:15:00+07:00\r\n,,,,\r\n");
  EXPECT_TRUE(csv_of(table, CsvHead::With).starts_with("\xEF\xBB\xBFHasil: [KESSAN] 'Poli'\r\nTempat,Puskesmas Melati\r\n\r\nUnit,"));
}

TEST(Table, WritesAWorkbookThatReadsBackTheSame) {
  const Workbook written(small_table({kRow}));
  EXPECT_EQ(written.open().sheets().front().name, "Hasil   KESSAN  'Poli");
  EXPECT_EQ(written.rows(),
            (std::vector<std::vector<std::string>>{{"Hasil: [KESSAN] 'Poli'"},
                                                   {"Tempat", "Puskesmas Melati"},
                                                   {"Unit", "Nilai (menit)", "Bagian", "Hari", "Saat"},
                                                   {"Poli \"Umum\", KIA", "12.5", "0.864", "2026-11-21", "2026-11-21T08:15:00"}}));
}

TEST(Table, TextsNeverBecomeFormulas) {
  Table table{.columns = {{"Pesan"}}};
  const std::vector<std::string> texts{"=1+1",
                                       "@SUM(A1)",
                                       "+62812",
                                       "-",
                                       "=HYPERLINK(\"http://x\")",
                                       "a\x01"
                                       "b",
                                       "<&>\"'",
                                       "{=1}",
                                       "http://x"};
  table.rows = [&](const OnTableRow& give) {
    for (const auto& words : texts) give(std::vector<TableCell>{words});
  };
  std::vector<std::vector<std::string>> wanted{{"Pesan"}};
  for (const auto& words : texts) wanted.push_back({words});
  EXPECT_EQ(Workbook(table).rows(), wanted);
  EXPECT_NE(csv_of(table, CsvHead::Without).find("\r\n'=1+1\r\n"), std::string::npos);
}

TEST(Table, NothingIsAWorkbookWithTitles) {
  EXPECT_EQ(Workbook(small_table({})).rows().size(), 3U);
  EXPECT_THROW(write_xlsx(small_table({}), "/nowhere/at/all.xlsx"), Fault);
}

TEST(Table, LongTextsAreCutAndSayIt) {
  Table table{.columns = {{"Pesan"}}};
  table.rows = [](const OnTableRow& give) {
    std::string words;
    for (int i = 0; i < 40'000; ++i) words += "é";
    give(std::vector<TableCell>{words});
  };
  const auto cut = Workbook(table).rows()[1][0];
  EXPECT_EQ(code_points(cut), 32'767U);
  EXPECT_TRUE(cut.ends_with("é…"));
}

TEST(Table, SheetNamesAreCleaned) {
  EXPECT_EQ(clean_sheet_name("a/b:c"), "a b c");
  EXPECT_EQ(clean_sheet_name("''"), "Pilar");
  EXPECT_EQ(clean_sheet_name(""), "Pilar");
  EXPECT_EQ(code_points(clean_sheet_name(std::string(20, 'x').append("ééééééééééééééééééé"))), 31U);
}

}  // namespace pilar::table_test
