#include "interchange/table_guess.h"

#include <gtest/gtest.h>

#include "i18n/words/import.h"
#include "interchange/csv_reader.h"
#include "support/bytes.h"

namespace pilar::table_guess_test {
using Kind = ColumnGuess::Kind;

Result<TableGuess> look_at(const std::string& text, const std::vector<std::string>& wanted = {}) {
  CsvReader file(test::bytes_of(text, 11));
  return recognise(file, wanted);
}

std::string number(std::string_view text, char mark) {
  const auto value = parse_number(text, mark);
  return value ? pilar::text(*value) : "none";
}

std::string moment(std::string_view text, DateOrder order = DateOrder::DayFirst) {
  const auto value = parse_local_time(text, order);
  return value ? iso(*value) : "none";
}

ColumnGuess only_column(const std::vector<std::string>& cells) {
  std::string text = "kode;nilai\n";
  for (const auto& cell : cells) text += "x;" + cell + "\n";
  const auto guess = look_at(text);
  EXPECT_TRUE(guess);
  return guess ? guess->columns[1] : ColumnGuess{};
}

TEST(TypedText, ReadsNumbersByTheirMark) {
  EXPECT_EQ(number("1.234,5", ','), "1234.5");
  EXPECT_EQ(number("1,234.5", '.'), "1234.5");
  EXPECT_EQ(number("1.234", ','), "1234");
  EXPECT_EQ(number("1.234", '.'), "1.234");
  EXPECT_EQ(number("1 234\xC2\xA0"
                   "567,25",
                   ','),
            "1234567.25");
  EXPECT_EQ(number("Rp 1.250.000", ','), "1250000");
  EXPECT_EQ(number("Rp. 1.250.000,00", ','), "1250000");
  EXPECT_EQ(number("-5", ','), "-5");
  for (const char* bad : {"", "-", "12.34", "1.23.456", "1234.567", ",5", "1,", "1,2,3", "0x10", "1,-5", ".123", "12a", "Rp"})
    EXPECT_EQ(number(bad, ','), "none") << bad;
  EXPECT_EQ(number(std::string(100, '9'), ','), "none");
}

TEST(TypedText, ReadsDatesAsPeopleWriteThem) {
  for (const char* same : {"31/12/2026", "31-12-2026", "31.12.2026", "31/12/26", "2026-12-31", "2026/12/31", "31-Dec-26", "31 Des 2026",
                           "31 Desember 2026", "Kamis, 31 Desember 2026", "December 31, 2026", "31-DEC-2026"})
    EXPECT_EQ(moment(same), "2026-12-31") << same;
  EXPECT_EQ(moment("1/2/2026"), "2026-02-01");
  EXPECT_EQ(moment("1/2/2026", DateOrder::MonthFirst), "2026-01-02");
  EXPECT_EQ(moment("5 Agustus 2026"), "2026-08-05");
  EXPECT_EQ(moment("5 Nop 98"), "1998-11-05");
  EXPECT_EQ(moment("2026-12-31T08:15:00"), "2026-12-31T08:15:00");
  EXPECT_EQ(moment("31/12/2026 08:15"), "2026-12-31T08:15:00");
  EXPECT_EQ(moment("31/12/2026 08.15"), "2026-12-31T08:15:00");
  EXPECT_EQ(moment("31 Desember 2026 08:15 WIB"), "2026-12-31T08:15:00");
  EXPECT_EQ(moment("12/31/2026 8:15:30 PM", DateOrder::MonthFirst), "2026-12-31T20:15:30");
  for (const char* bad : {"", "31/02/2026", "2026-13-01", "31/12", "12", "Desember 2026", "1.234.567", "31/12/2026 25:00", "abc def ghi",
                          "31 Ju 2026", "31/12/206", "001/02/2026", "--/--/----", "31/12/2026 x"})
    EXPECT_EQ(moment(bad), "none") << bad;
}

TEST(TypedText, ReadsTheClock) {
  EXPECT_EQ(parse_clock("08:15"), 8 * 3600 + 15 * 60);
  EXPECT_EQ(parse_clock("12:00 AM"), 0);
  EXPECT_EQ(parse_clock("12.30 PM"), 12 * 3600 + 1800);
  EXPECT_EQ(parse_clock("08:15:30.250"), 8 * 3600 + 15 * 60 + 30);
  for (const char* bad : {"", "8", "24:00", "8:60", "8:5", "13:00 PM", "8:15:30:00"}) EXPECT_FALSE(parse_clock(bad)) << bad;
}

TEST(TableGuess, SettlesNumbersOverTheWholeColumn) {
  auto column = only_column({"1,5", "2.000", "3"});
  EXPECT_EQ(column.kind, Kind::Number);
  EXPECT_EQ(column.mark, ',');
  EXPECT_FALSE(column.ambiguous);
  column = only_column({"1.5", "2.000", "3"});
  EXPECT_EQ(column.mark, '.');
  EXPECT_FALSE(column.ambiguous);
  column = only_column({"1.500", "2.000", "3"});
  EXPECT_TRUE(column.ambiguous);
  EXPECT_EQ(column.example, "1.500");
  EXPECT_EQ(column.mark, ',');
  EXPECT_FALSE(only_column({"1500", "3"}).ambiguous);
}

TEST(TableGuess, SettlesDatesAndSaysWhatStaysOpen) {
  auto column = only_column({"01/02/2026", "13/02/2026"});
  EXPECT_EQ(column.kind, Kind::Date);
  EXPECT_EQ(column.order, DateOrder::DayFirst);
  EXPECT_FALSE(column.ambiguous);
  column = only_column({"01/02/2026", "02/13/2026"});
  EXPECT_EQ(column.order, DateOrder::MonthFirst);
  EXPECT_FALSE(column.ambiguous);
  column = only_column({"05/05/2026", "01/02/2026"});
  EXPECT_TRUE(column.ambiguous);
  EXPECT_EQ(column.example, "01/02/2026");
  EXPECT_FALSE(only_column({"2026-02-01", "1 Feb 2026"}).ambiguous);
}

TEST(TableGuess, ADecidedColumnDecidesForTheOthers) {
  const auto guess = look_at("a;b;lahir;kunjungan\n1.500;1,5;01/02/2026;31/01/2026\n");
  ASSERT_TRUE(guess);
  EXPECT_FALSE(guess->columns[0].ambiguous);
  EXPECT_EQ(guess->columns[0].mark, ',');
  EXPECT_FALSE(guess->columns[2].ambiguous);
  const auto torn = look_at("a;b;c\n1.500;1,5;1.5\n");
  ASSERT_TRUE(torn);
  EXPECT_TRUE(torn->columns[0].ambiguous) << "the others do not agree";
}

TEST(TableGuess, TellsKindsWithTheirConfidence) {
  EXPECT_EQ(only_column({"0012", "0013"}).kind, Kind::Text) << "codes";
  EXPECT_EQ(only_column({"", " "}).kind, Kind::Empty);
  EXPECT_EQ(only_column({"", " "}).confidence(), 0);
  EXPECT_EQ(only_column({"08:15", "9:30"}).kind, Kind::Time);
  EXPECT_EQ(only_column({"8.15", "9.30"}).kind, Kind::Number);
  const auto mostly = only_column({"1", "2", "3", "4", "-?-"});
  EXPECT_EQ(mostly.kind, Kind::Number);
  EXPECT_DOUBLE_EQ(mostly.confidence(), 0.8);
  EXPECT_EQ(only_column({"1", "2", "3", "x", "-?-"}).kind, Kind::Text);
}

TEST(TableGuess, FindsTheRowOfNames) {
  const auto titled = look_at("LAPORAN BULANAN;;\nPuskesmas Melati;;\n\nTanggal;Poli;Kunjungan\n2026-01-05;umum;12\n2026-01-06;gigi;7\n");
  ASSERT_TRUE(titled);
  EXPECT_EQ(titled->header_line, 4);
  EXPECT_EQ(titled->rows, 2);
  EXPECT_EQ(titled->columns[2].name, "Kunjungan");
  EXPECT_EQ(look_at("1;2\n3;4\n")->header_line, 0);
  EXPECT_EQ(look_at("1;2\n3;4\n")->columns.size(), 2U);
  EXPECT_EQ(look_at("x;y;z\n2025;2026;catatan\n1;2;3\n", {"2025", "2026"})->header_line, 2) << "the wanted names decide";
  EXPECT_EQ(look_at("a;b\n")->rows, 0);
}

TEST(TableGuess, RefusesNothingAndDamage) {
  EXPECT_EQ(look_at("\n\n").error().front().message, Msg::ImportEmptyFile);
  EXPECT_EQ(look_at("a,b\n1,\"x\n").error().front().message, Msg::CsvOpenQuote);
}

TEST(TableGuess, WideTablesAndRepeatedNames) {
  std::string header, row;
  for (int i = 0; i < 300; ++i) {
    header += (i == 0 ? "" : ";") + std::string("kolom") + std::to_string(i % 299);
    row += (i == 0 ? "" : ";") + std::to_string(i);
  }
  const auto wide = look_at(header + "\n" + row + "\n");
  ASSERT_TRUE(wide);
  EXPECT_EQ(wide->columns.size(), 300U);
  EXPECT_EQ(wide->repeated, (std::vector<std::string>{"kolom0"}));
}

}  // namespace pilar::table_guess_test
