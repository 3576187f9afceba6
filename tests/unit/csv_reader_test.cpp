#include "interchange/csv_reader.h"

#include <gtest/gtest.h>

#include "i18n/messages.h"
#include "interchange/import_profile.h"
#include "support/bytes.h"

namespace pilar::csv_reader_test {
using Rows = std::vector<std::vector<std::string>>;

struct Read {
  Rows rows;
  std::string refused;  ///< key of the message, or empty
  std::vector<std::int64_t> lines;
};

Read read(const std::string& text, std::size_t piece = 5) {
  CsvReader reader(test::bytes_of(text, piece));
  Read out;
  for (;;) {
    const auto step = reader.next();
    if (step == CsvReader::Step::Refused) out.refused = key_of(reader.problem().message);
    if (step != CsvReader::Step::Row) return out;
    out.rows.emplace_back(reader.fields().begin(), reader.fields().end());
    out.lines.push_back(reader.line());
  }
}

TEST(CsvReader, ReadsQuotesLineEndsAndSeparators) {
  EXPECT_EQ(read("a,b\r\n1,\"x, \"\"y\"\"\"\r\n").rows, (Rows{{"a", "b"}, {"1", "x, \"y\""}}));
  EXPECT_EQ(read("a;b\n1,5;2\n").rows, (Rows{{"a", "b"}, {"1,5", "2"}}));
  EXPECT_EQ(read("a\tb\r1\t2").rows, (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "a,b\n")
                .rows,
            (Rows{{"a", "b"}}));
  EXPECT_EQ(read("a,b\n,x\n").rows, (Rows{{"a", "b"}, {"", "x"}}));
}

TEST(CsvReader, TheSeparatorIsTheOneMostLinesAgreeOn) {
  EXPECT_EQ(read("a|b\n1|2\n").rows, (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n1,5;2,5;3,5\n").rows.front(), (Rows::value_type{"a", "b", "c"}));
  EXPECT_EQ(read("\"x;y;z\",b\n\"x;y;z\",2\n").rows.front(), (Rows::value_type{"x;y;z", "b"}));
  EXPECT_EQ(read("LAPORAN, BULANAN, RAWAT\n\na;b\n1;2\n3;4\n").rows.back(), (Rows::value_type{"3", "4"}));
}

TEST(CsvReader, NothingIsNothing) {
  EXPECT_TRUE(read("").rows.empty());
  EXPECT_TRUE(read("\n\r\n\n").rows.empty());
  EXPECT_EQ(read("a\n\n\nb\n").rows, (Rows{{"a"}, {"b"}}));
  EXPECT_TRUE(read(" \n\t\n;;\n").rows.empty());
  const auto ended = read("a;b\n1;2\n;\n ; \n;;\n3;4\n;\n;\n");
  EXPECT_EQ(ended.rows, (Rows{{"a", "b"}, {"1", "2"}, {"3", "4"}})) << "a spreadsheet writes the empty rows below a table too";
  EXPECT_EQ(ended.lines.back(), 6);
}

TEST(CsvReader, NamesTheLineOfARow) {
  const auto got = read("a,b\n\"two\nlines\",1\n\n3,4\n");
  EXPECT_EQ(got.rows, (Rows{{"a", "b"}, {"two\nlines", "1"}, {"3", "4"}}));
  EXPECT_EQ(got.lines, (std::vector<std::int64_t>{1, 2, 5}));
}

TEST(CsvReader, RefusesWhatIsDamaged) {
  EXPECT_EQ(read("a,b\n1,\"open\n").refused, "CsvOpenQuote");
  EXPECT_EQ(read("a,b\n\"x\"y,2\n").refused, "CsvAfterQuote");
  EXPECT_EQ(read("a\n" + std::string((1U << 20U) + 10, 'x'), 60'000).refused, "CsvLongRow");
  EXPECT_EQ(read("a\n" + std::string(1200, ','), 60'000).refused, "CsvManyColumns");
  EXPECT_EQ(read("a,b\n1,2\n3,\"open").rows.size(), 2U) << "rows before the damage are read";
}

TEST(ImportProfile, TellsItsFaultsTogether) {
  const auto bad = read_import_profile("import: x\ninstrument: y\nkey: [a]\nfacility: {colum: a}\nat: {column: a, fixed: b}\n", "p.yaml");
  ASSERT_FALSE(bad);
  EXPECT_GE(bad.error().size(), 3U);
  EXPECT_EQ(bad.error().front().field.substr(0, 7), "p.yaml:");
  EXPECT_FALSE(read_import_profile("", "p.yaml"));
  const auto good =
      read_import_profile("import: x\ninstrument: y\nkey: [a]\nfacility: {fixed: F1}\nat: {column: t}\nitems: {nilai: n}\n", "p.yaml");
  ASSERT_TRUE(good);
  EXPECT_EQ(good->facility.fixed, "F1");
  EXPECT_EQ(good->items.front().from.column, "n");
}

}  // namespace pilar::csv_reader_test
