#include "domain/chart_mark.h"

#include <gtest/gtest.h>

namespace pilar::chart_mark_test {
const Day kToday = parse_day("2026-11-21").value();

ChartMark action(std::int32_t number = 1) {
  return {.number = number,
          .formula = "kessan/nilai",
          .kind = ChartMarkKind::Action,
          .day = parse_day("2026-04-06").value(),
          .text = "Loket kedua"};
}
ChartMark rebase(const char* day, std::int32_t of) {
  auto mark = action(0);
  mark.kind = ChartMarkKind::Rebase;
  mark.day = parse_day(day).value();
  mark.action = of;
  return mark;
}
ChartMark baseline(const char* from, const char* to) {
  auto mark = action(0);
  mark.kind = ChartMarkKind::Baseline;
  mark.day = first_day(parse_month(from).value());
  mark.to = parse_month(to);
  return mark;
}
std::string wrong_fields(const ChartMark& mark, std::span<const ChartMark> others = {}) {
  std::string out;
  for (const auto& problem : check_chart_mark(mark, others, kToday)) out += problem.field + " ";
  return out;
}

TEST(ChartMark, AnEventNeedsADayAndAText) {
  EXPECT_EQ(wrong_fields(action()), "");
  auto mark = action();
  mark.text.clear();
  mark.day = Day{kToday.value + 1};
  EXPECT_EQ(wrong_fields(mark), "day text ");
  mark = action();
  mark.text = std::string(kLongestMark + 1, 'a');
  EXPECT_EQ(wrong_fields(mark), "text ");
}

TEST(ChartMark, ALinkIsAPageAndNothingABrowserRuns) {
  auto mark = action();
  for (const char* good : {"", "/komentar?tempat=melati", "https://contoh.test/sk.pdf"}) {
    mark.link = good;
    EXPECT_EQ(wrong_fields(mark), "") << good;
  }
  for (const char* bad : {"javascript:alert(1)", "//contoh.test", "/\\contoh.test", "sk.pdf", "https://a b"}) {
    mark.link = bad;
    EXPECT_EQ(wrong_fields(mark), "link ") << bad;
  }
}

TEST(ChartMark, ABaselineHasTwelveMonthsThatAreOverAndNobodyElseHas) {
  EXPECT_EQ(wrong_fields(baseline("2025-01", "2025-12")), "");
  EXPECT_EQ(wrong_fields(baseline("2025-01", "2025-11")), "to ");
  EXPECT_EQ(wrong_fields(baseline("2025-01", "2024-12")), "to ");
  EXPECT_EQ(wrong_fields(baseline("2025-01", "2026-11")), "to ") << "the running month";
  auto other = baseline("2025-06", "2026-05");
  other.number = 4;
  EXPECT_EQ(wrong_fields(baseline("2025-01", "2025-12"), std::span(&other, 1)), "day ");
}

TEST(ChartMark, NewLinesNeedTheActionThatChangedTheProcess) {
  const std::vector<ChartMark> others{action(7)};
  EXPECT_EQ(wrong_fields(rebase("2026-05-01", 7), others), "");
  EXPECT_EQ(wrong_fields(rebase("2026-05-01", 0), others), "action ");
  EXPECT_EQ(wrong_fields(rebase("2026-05-01", 8), others), "action ");
  auto taken = others;
  taken.push_back(rebase("2026-05-01", 7));
  taken.back().number = 9;
  EXPECT_EQ(wrong_fields(rebase("2026-05-01", 7), taken), "day ");
}

TEST(ChartMark, DecidesTheLinesOfItsOwnChartAlone) {
  ChartMarks marks;
  marks.marks = {action(1), baseline("2025-01", "2025-12"), rebase("2026-05-01", 1)};
  marks.breaks = {{"kessan/nilai", first_day(Month{24'320}), 2, {}, true}, {"kessan/nilai", first_day(Month{24'321}), 3, {}, false}};
  const auto choice = marks.choice("kessan/nilai");
  EXPECT_EQ(choice.baselines, (std::vector{MonthRange{parse_month("2025-01").value(), parse_month("2025-12").value()}}));
  EXPECT_EQ(choice.starts, (std::vector{parse_month("2026-05").value(), Month{24'320}}));
  EXPECT_TRUE(marks.choice("skm/ikm").starts.empty());
  EXPECT_EQ(marks.of("kessan/nilai").size(), 3U);
  EXPECT_TRUE(marks.of("skm/ikm").empty());
}

TEST(ChartMark, AUnitSeesEventsOfTheWholeFacilityButHasLinesOfItsOwn) {
  std::vector<ChartMark> all{rebase("2026-05-01", 1), action(1)};
  all.push_back(action(3));
  all.back().unit = UnitKey{2};
  EXPECT_EQ(marks_for(all, {}).size(), 2U);
  EXPECT_EQ(marks_for(all, {}).front().kind, ChartMarkKind::Action) << "by day";
  EXPECT_EQ(marks_for(all, UnitKey{2}).size(), 2U) << "its own and the event of the facility";
}

TEST(ChartMark, AProfileChangesItsMeaningByWhatIsCounted) {
  Indicator before, after;
  before.formula = after.formula = "kessan/nilai";
  after.target = Decimal::whole(90);
  after.title = {"Judul baru", ""};
  EXPECT_FALSE(changes_meaning(before, after));
  after.exclusion = {"Pasien rujukan", ""};
  EXPECT_TRUE(changes_meaning(before, after));
}

}  // namespace pilar::chart_mark_test
