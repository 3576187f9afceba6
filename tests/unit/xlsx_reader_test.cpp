#include "interchange/xlsx_reader.h"

#include <gtest/gtest.h>

#include "i18n/messages.h"
#include "interchange/xlsx_value.h"
#include "support/workbook_bytes.h"

namespace pilar::xlsx_reader_test {

using test::WorkbookText;
using xlsx::DaySystem;
using xlsx::NumberKind;

using Rows = std::vector<std::vector<std::string>>;

struct Read {
  Rows rows;
  std::vector<std::int64_t> lines;
  std::vector<std::string> unreadable;  ///< "row:column key"
  std::string refused;                  ///< key of the message
  bool operator==(const Read&) const = default;
};

Read read(const Result<XlsxBook>& book, std::size_t sheet = 0) {
  Read out;
  if (!book) out.refused = key_of(book.error().front().message);
  if (!book) return out;
  const auto rows = book->rows(sheet);
  if (!rows) out.refused = key_of(rows.error().front().message);
  if (!rows) return out;
  for (auto step = (*rows)->next(); step != TableReader::Step::End; step = (*rows)->next()) {
    if (step == TableReader::Step::Refused) {
      out.refused = key_of((*rows)->problem().message);
      return out;
    }
    out.rows.emplace_back((*rows)->fields().begin(), (*rows)->fields().end());
    out.lines.push_back((*rows)->line());
    for (const auto& [column, problem] : (*rows)->unreadable())
      out.unreadable.push_back(std::to_string((*rows)->line()) + ":" + column_letters(column) + " " + std::string(key_of(problem.message)));
  }
  return out;
}

Read read(const WorkbookText& text) { return read(XlsxBook::of_bytes(test::workbook_bytes(text))); }
Read read_rows(const std::string& sheet_data) { return read(WorkbookText{.sheet_data = sheet_data}); }
std::string refused_bytes(std::string bytes) { return read(XlsxBook::of_bytes(std::move(bytes))).refused; }

std::string number(std::string_view value, NumberKind kind = NumberKind::Plain, DaySystem days = DaySystem::From1900) {
  return xlsx::text_of_number(value, kind, days);
}

TEST(XlsxValue, NumbersAreWhatASpreadsheetShows) {
  EXPECT_EQ(number("3174012345678900"), "3174012345678900");
  EXPECT_EQ(number("0.30000000000000004"), "0.3");
  EXPECT_EQ(number("12.5"), "12.5");
  EXPECT_EQ(number("-1E-3"), "-0.001");
  EXPECT_EQ(number("1.5E20"), "1.5e+20");
  EXPECT_EQ(number("0"), "0");
  EXPECT_EQ(number("abc"), "abc");
  EXPECT_EQ(number("1e999"), "1e999");
}

/// Serial numbers as Excel shows them.
TEST(XlsxValue, DaysOfBothSystems) {
  EXPECT_EQ(number("1", NumberKind::Date), "1900-01-01");
  EXPECT_EQ(number("59", NumberKind::Date), "1900-02-28");
  EXPECT_EQ(number("60", NumberKind::Date), "60") << "1900-02-29 never was";
  EXPECT_EQ(number("61", NumberKind::Date), "1900-03-01");
  EXPECT_EQ(number("46387", NumberKind::Date), "2026-12-31");
  EXPECT_EQ(number("44925", NumberKind::Date, DaySystem::From1904), "2026-12-31");
  EXPECT_EQ(number("46387.34375", NumberKind::Moment), "2026-12-31T08:15:00");
  EXPECT_EQ(number("46387.999999", NumberKind::Moment), "2027-01-01T00:00:00") << "rounded to the second";
  EXPECT_EQ(number("46387.34375", NumberKind::Date), "2026-12-31");
  EXPECT_EQ(number("0.34375", NumberKind::Clock), "08:15");
  EXPECT_EQ(number("1.135416666666667", NumberKind::Elapsed), "27:15");
  EXPECT_EQ(number("-1", NumberKind::Date), "-1");
  EXPECT_EQ(number("99999999", NumberKind::Date), "99999999");
}

TEST(XlsxValue, ANumberWithoutItsFormatCountsDays) {
  const auto read = [](std::string_view text, DaySystem system = DaySystem::From1900) {
    const auto time = xlsx::time_of_serial(text, system);
    return time ? iso(*time) : std::string();
  };
  EXPECT_EQ(read("45961"), "2025-10-31");
  EXPECT_EQ(read(" 45961.34375 "), "2025-10-31T08:15:00");
  EXPECT_EQ(read("44499", DaySystem::From1904), "2025-10-31");
  for (const std::string_view none : {"", "x", "0", "-5", "2025", "120", "122025", "20251031", "1e300", "31/10/2025"})
    EXPECT_EQ(read(none), "") << none;
}

TEST(XlsxValue, KindsOfFormats) {
  const auto kind = [](std::string_view code) { return xlsx::kind_of_format(code); };
  EXPECT_EQ(xlsx::kind_of_format(std::int64_t{14}), NumberKind::Date);
  EXPECT_EQ(xlsx::kind_of_format(std::int64_t{0}), NumberKind::Plain);
  EXPECT_EQ(kind("dd/mm/yyyy"), NumberKind::Date);
  EXPECT_EQ(kind("[$-421]dd\\ mmmm\\ yyyy;@"), NumberKind::Date);
  EXPECT_EQ(kind("dd/mm/yyyy hh:mm"), NumberKind::Moment);
  EXPECT_EQ(kind("mm:ss"), NumberKind::Clock);
  EXPECT_EQ(kind("[h]:mm"), NumberKind::Elapsed);
  EXPECT_EQ(kind("mmm"), NumberKind::Date);
  for (const char* plain : {"General", "#,##0.00", "0.00E+00", "\"hari \"0", "[Red]0;[Blue]-0", "_(* #,##0_)", "[$Rp-421]#,##0", ""})
    EXPECT_EQ(kind(plain), NumberKind::Plain) << plain;
}

TEST(XlsxValue, Escapes) {
  EXPECT_EQ(xlsx::unescape("a_x000D__x0041_b"), "a\rAb");
  EXPECT_EQ(xlsx::unescape("_x00_"), "_x00_");
  EXPECT_EQ(xlsx::unescape("_xZZZZ_"), "_xZZZZ_");
}

TEST(XlsxReader, ReadsEveryKindOfCell) {
  const auto got = read({
      .sheet_data =
          R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><r><t>dua</t></r><r><t> tiga</t></r></is></c></row>)"
          R"(<row r="3"><c r="A3"><v>12.5</v></c><c r="B3" s="1"><v>46387</v></c><c r="C3" t="b"><v>1</v></c></row>)"
          R"(<row r="4"><c r="A4" t="str"><f>A1&amp;"x"</f><v>satux</v></c><c r="B4"><f>1+1</f><v>2</v></c></row>)",
      .texts = "<si><r><t>sa</t></r><r><t>tu</t></r><rPh><t>baca</t></rPh></si>",
      .styles = R"(<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>)"
                R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>)",
  });
  EXPECT_EQ(got.refused, "");
  EXPECT_EQ(got.rows, (Rows{{"satu", "", "dua tiga"}, {"12.5", "2026-12-31", "TRUE"}, {"satux", "2", ""}}));
  EXPECT_EQ(got.lines, (std::vector<std::int64_t>{1, 3, 4}));
}

TEST(XlsxReader, SaysWhatACellDoesNotHold) {
  const auto got = read({
      .sheet_data = R"(<row r="1"><c r="A1"><f>SUM(B1:B2)</f></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1"><v>7</v></c></row>)"
                    R"(<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row><row r="3"><c r="A3"><v>9</v></c></row>)",
      .behind = R"(<mergeCells><mergeCell ref="B2:C3"/></mergeCells>)",
  });
  EXPECT_EQ(got.unreadable,
            (std::vector<std::string>{"1:A XlsxFormula", "1:B XlsxError", "2:C XlsxMerged", "3:B XlsxMerged", "3:C XlsxMerged"}));
  EXPECT_EQ(got.rows, (Rows{{"", "", "7"}, {"1", "2", ""}, {"9", "", ""}}));
}

TEST(XlsxReader, ListsSheetsWithTheHiddenOnes) {
  const auto book = XlsxBook::of_bytes(test::workbook_bytes({.sheet_data = "", .sheet_state = "state=\"veryHidden\""}));
  ASSERT_TRUE(book);
  ASSERT_EQ(book->sheets().size(), 2U);
  EXPECT_EQ(book->sheets()[0].name, "Isian");
  EXPECT_FALSE(book->sheets()[0].hidden);
  EXPECT_TRUE(book->sheets()[1].hidden);
  EXPECT_TRUE(read(book, 1).rows.empty());
}

TEST(XlsxReader, CountsDaysFrom1904WhereTheBookSaysSo) {
  const auto got = read({.sheet_data = R"(<row><c s="0"><v>44925</v></c></row>)",
                         .styles = R"(<cellXfs><xf numFmtId="14"/></cellXfs>)",
                         .properties = "date1904=\"1\""});
  EXPECT_EQ(got.rows, (Rows{{"2026-12-31"}}));
}

TEST(XlsxReader, RefusesWhatIsDamagedOrHostile) {
  EXPECT_EQ(refused_bytes(""), "XlsxBroken");
  EXPECT_EQ(refused_bytes("PK\x03\x04 not a zip"), "XlsxBroken");
  EXPECT_EQ(refused_bytes(test::zip_bytes({{"a.txt", "x"}})), "XlsxBroken");
  auto cut = test::workbook_bytes({.sheet_data = "<row><c><v>1</v></c></row>"});
  EXPECT_EQ(refused_bytes(cut.substr(0, cut.size() / 2)), "XlsxBroken");
  EXPECT_EQ(read_rows("<row r=\"2\"/><row r=\"1\"/>").refused, "XlsxBrokenRow") << "rows out of order";
  EXPECT_EQ(read_rows("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>").refused, "XlsxBrokenRow");
  EXPECT_EQ(read_rows("<row r=\"1\"><c r=\"A2\"/></row>").refused, "XlsxBrokenRow") << "a cell of another row";
  EXPECT_EQ(read_rows("<row r=\"2000000\"/>").refused, "XlsxBrokenRow");
  EXPECT_EQ(read_rows("<row r=\"1\"><c t=\"s\"><v>5</v></c></row>").refused, "XlsxBrokenRow") << "a shared text that is not there";
  EXPECT_EQ(read_rows("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>").refused, "CsvManyColumns");
  EXPECT_EQ(read_rows("<row r=\"1\"><c r=\"XFD1\" s=\"3\"/><c><v>1</v></c></row>").refused, "CsvManyColumns");
  EXPECT_EQ(read_rows("<row r=\"1\"><c t=\"str\"><v>" + std::string(1'100'000, 'x') + "</v></c></row>").refused, "CsvLongRow");
  EXPECT_EQ(read_rows("<row><c>").refused, "XlsxBroken");
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "<a>";
  EXPECT_EQ(read_rows(deep).refused, "XlsxBroken");
}

TEST(XlsxReader, RefusesBombs) {
  auto parts = test::workbook_parts({.sheet_data = "<row><c><v>1</v></c></row>"});
  auto entity = parts;
  entity.back().second = "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><w>&b;</w>";
  EXPECT_EQ(refused_bytes(test::zip_bytes(entity)), "XlsxDoctype");
  auto blank = parts;
  blank.back().second = "<worksheet><sheetData>" + std::string(40U << 20U, ' ') + "</sheetData></worksheet>";
  EXPECT_EQ(refused_bytes(test::zip_bytes(blank)), "XlsxBomb");
  auto wide_tag = parts;
  wide_tag.back().second = "<worksheet a=\"" + std::string(6U << 20U, 'x') + "\"/>";
  EXPECT_EQ(refused_bytes(test::zip_bytes(wide_tag)), "XlsxBroken");
}

TEST(XlsxReader, NamesOutsideTheFileLeadNowhere) {
  auto parts = test::workbook_parts({.sheet_data = ""});
  for (auto& [name, content] : parts)
    if (name == "xl/_rels/workbook.xml.rels")
      content = "<Relationships><Relationship Id=\"s1\" Type=\"x/worksheet\" Target=\"../../../etc/passwd\"/></Relationships>";
  EXPECT_EQ(refused_bytes(test::zip_bytes(parts)), "XlsxNoPart");
  for (auto& [name, content] : parts)
    if (name == "xl/_rels/workbook.xml.rels")
      content =
          "<Relationships><Relationship Id=\"s1\" Type=\"x/worksheet\" TargetMode=\"External\" Target=\"http://x/\"/></Relationships>";
  EXPECT_EQ(refused_bytes(test::zip_bytes(parts)), "XlsxNoSheet");
}

TEST(XlsxReader, TellsAPasswordFromTheOldFormat) {
  const auto compound = [](const std::string& stream) {
    std::string bytes("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    bytes.resize(2048);
    bytes[30] = 9;  // sectors of 512 bytes
    bytes[48] = 1;  // the directory begins in sector 1
    for (std::size_t i = 0; i < stream.size(); ++i) bytes[1024 + 128 + 2 * i] = stream[i];
    return bytes;
  };
  EXPECT_EQ(refused_bytes(compound("EncryptedPackage")), "XlsxLocked");
  EXPECT_EQ(refused_bytes(compound("Workbook")), "XlsxOld");
  EXPECT_EQ(refused_bytes("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "XlsxLocked");
}

/// A file of another program: openpyxl 3.0.9, with a date, a percent, a formula it never computed and a merged cell.
TEST(XlsxReader, ReadsAFileOfAnotherProgram) {
  const auto got = read(XlsxBook::open(std::string(PILAR_SOURCE) + "/tests/fuzz/seeds/xlsx_fuzz/openpyxl.xlsx"));
  EXPECT_EQ(got.refused, "");
  ASSERT_EQ(got.rows.size(), 4U);
  EXPECT_EQ(got.rows[1], (std::vector<std::string>{"Tanggal", "Unit", "Menit", "Bagian", "Jumlah"}));
  EXPECT_EQ(got.rows[2], (std::vector<std::string>{"2026-11-21", "Poli Umum", "12.5", "0.864", ""}));
  EXPECT_EQ(got.rows[3], (std::vector<std::string>{"2026-11-22T08:15:00", "Poli <Gigi> & KIA", "7", "1", "TRUE"}));
  EXPECT_EQ(got.unreadable, (std::vector<std::string>{"3:E XlsxFormula"}));
}

}  // namespace pilar::xlsx_reader_test
