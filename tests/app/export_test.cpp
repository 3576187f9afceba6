#include "app/export.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "app/record.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/command.h"
#include "interchange/xlsx_reader.h"
#include "support/shipped_store.h"

namespace pilar::export_test {

using namespace pilar::app;

class ExportTest : public test::ShippedStoreTest {
 protected:
  ExportTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'790'000'000'000'000});  // 21 September 2026
    refresh_reference(context_);
  }

  void save(int days_ago, const RawAnswers& raw) {
    const auto* version = context_.reference.get()->latest("kessan");
    const Instant at{clock_.now().micros - days_ago * 86'400'000'000LL};
    const auto answers = check_answers(version->form, raw, civil_day(at, Zone::Wib), false);
    ASSERT_TRUE(answers);
    EXPECT_TRUE(save_record(context_, scope_, {make_uuid(at), test::kFirst, {1}, version->version, at, Channel::Staff, *answers}));
  }

  Result<std::int64_t> write(const ExportQuery& query, std::string& out) {
    const auto table = export_table(context_, Lang::Id, scope_, query);
    if (!table) return std::unexpected(table.error());
    write_csv(*table, CsvHead::Without, [&](std::string_view bytes) { out += bytes; });
    std::int64_t count = 0;
    table->rows([&](std::span<const TableCell>) { ++count; });
    return count;
  }

  ReferenceHolder reference_;
  Context context_;
  Scope scope_{Role::QualityLead, test::kFirst, "account:1"};
  Month from_{(2026 - 1970) * 12 + 6}, to_{(2026 - 1970) * 12 + 9};  // July to September 2026
};
PILAR_BOTH_ENGINES(ExportTest);

std::size_t lines(const std::string& text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')); }

TEST_P(ExportTest, WritesARecordALineWithItsKindsOfEmpty) {
  save(0, {{"nilai", {{"baik"}, {}}}, {"sikap_rapi", {{}, Empty::NotObserved}}, {"pesan", {{"=1+1, \"kutip\""}, {}}}});
  std::string out;
  const auto count = write({"kessan", test::kFirst, from_, to_}, out);
  ASSERT_TRUE(count);
  EXPECT_EQ(*count, 1);
  EXPECT_EQ(lines(out), 2U);
  EXPECT_TRUE(
      out.starts_with("\xEF\xBB\xBF"
                      "facility,unit,day,at,id,revision,state,version,nilai,penjamin,"));
  for (const char* part : {",baik,", "F1,", ",valid,2,", "(not observed)", "(not asked)", "\"'=1+1, \"\"kutip\"\"\""})
    EXPECT_NE(out.find(part), std::string::npos) << part << '\n' << out;
}

TEST_P(ExportTest, KeepsToThePeriodAndPagesThroughEverything) {
  for (int i = 0; i < 1100; ++i) save(i % 60, {{"nilai", {{"cukup"}, {}}}});
  save(200, {{"nilai", {{"cukup"}, {}}}});
  std::string out;
  EXPECT_EQ(write({"kessan", test::kFirst, from_, to_}, out), 1100);
  EXPECT_EQ(lines(out), 1101U);
}

TEST_P(ExportTest, IsTheSameTableAsAWorkbook) {
  save(0, {{"nilai", {{"baik"}, {}}}, {"pesan", {{"=1+1, \"kutip\""}, {}}}});
  const auto table = export_table(context_, Lang::Id, scope_, {"kessan", test::kFirst, from_, to_});
  ASSERT_TRUE(table);
  EXPECT_EQ(table->notes[1].second, "Juli–September 2026");
  const auto path = std::filesystem::temp_directory_path() / ("pilar-export-" + text(make_uuid(clock_.now())) + ".xlsx");
  write_xlsx(*table, path);
  const auto book = XlsxBook::open(path);
  std::filesystem::remove(path);
  ASSERT_TRUE(book);
  const auto rows = book->rows(0);
  ASSERT_TRUE(rows);
  std::vector<std::string> last;
  while ((*rows)->next() == TableReader::Step::Row) last.assign((*rows)->fields().begin(), (*rows)->fields().end());
  EXPECT_EQ((*rows)->line(), 8) << "the caption, four notes, a blank row, the titles, one record";
  EXPECT_EQ(last[0], "F1");
  EXPECT_EQ(last[2], "2026-09-21");
  EXPECT_EQ(last[5], "1");
  EXPECT_NE(std::ranges::find(last, "=1+1, \"kutip\""), last.end()) << "a text stays a text";
}

TEST_P(ExportTest, NothingIsATableWithoutRows) {
  std::string out;
  EXPECT_EQ(write({"kessan", test::kFirst, from_, to_}, out), 0);
  EXPECT_EQ(lines(out), 1U);
}

TEST_P(ExportTest, RefusesWhatItMayNotOrCannot) {
  std::string out;
  EXPECT_EQ(write({"tidak-ada", test::kFirst, from_, to_}, out).error().front().kind, Problem::Kind::NotFound);
  EXPECT_EQ(write({"kessan", {99}, from_, to_}, out).error().front().kind, Problem::Kind::NotFound);
  EXPECT_EQ(write({"kessan", test::kSecond, from_, to_}, out).error().front().kind, Problem::Kind::Forbidden);
  EXPECT_EQ(write({"kessan", test::kFirst, to_, from_}, out).error().front().message, Msg::ExportBadPeriod);
  EXPECT_EQ(out, "");
}

}  // namespace pilar::export_test
