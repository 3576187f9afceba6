#include "app/import_report.h"

#include <gtest/gtest.h>

#include <numeric>

#include "base/text.h"
#include "i18n/words/answer.h"

namespace pilar::import_report_test {

using namespace pilar::app;

TEST(ImportReport, AMillionFaultsAreCountedAndTheReportStaysSmall) {
  constexpr std::int64_t kFaults = 1'000'000;
  constexpr std::size_t kColumns = 20;
  std::vector<ImportFault> kinds;
  for (std::size_t i = 0; i < kColumns; ++i)
    kinds.push_back({0, "Kolom " + std::to_string(i), "C2", {Problem::Kind::Invalid, Msg::AnswerNotANumber, "", {"banyak"}}});
  ImportReport report;
  for (std::int64_t i = 0; i < kFaults; ++i) {
    auto fault = kinds[static_cast<std::size_t>(i) % kColumns];
    fault.line = i / 2 + 2;
    report.note(std::move(fault));
  }
  const auto counted = std::accumulate(report.groups.begin(), report.groups.end(), std::int64_t{0},
                                       [](std::int64_t sum, const ImportFaultGroup& group) { return sum + group.count; });
  EXPECT_EQ(counted, kFaults);
  EXPECT_EQ(report.groups.size(), kColumns);
  EXPECT_EQ(report.faults.size(), ImportReport::kMostFaults);
  for (const auto& group : report.groups) EXPECT_EQ(group.lines.size(), ImportReport::kMostLines);
  EXPECT_LT(json::print(to_json(report)).size(), 500'000U);
}

TEST(ImportReport, KindsAndTextsAreBoundedToo) {
  ImportReport report;
  const std::string much(100'000, 'x');
  for (int i = 0; i < 2000; ++i)
    report.note({i + 2, std::to_string(i) + much, "C2", {Problem::Kind::Invalid, Msg::AnswerNotANumber, "", {much}}});
  EXPECT_EQ(report.groups.size(), ImportReport::kMostGroups);
  EXPECT_EQ(report.faults.size(), ImportReport::kMostFaults);
  EXPECT_LT(json::print(to_json(report)).size(), 2'000'000U);
}

TEST(ImportReport, AShortenedTextKeepsWholeLetters) {
  EXPECT_EQ(shortened("antre"), "antre");
  const std::string fits(kMostText, 'a');
  EXPECT_EQ(shortened(fits), fits);
  for (std::size_t before = 0; before < 4; ++before) {
    std::string text(before, 'a');
    for (std::size_t i = 0; i < kMostText; ++i) text += "\xC3\xA9";
    const auto cut = shortened(text);
    EXPECT_LE(cut.size(), kMostText);
    EXPECT_GT(cut.size(), kMostText - 8);
    EXPECT_TRUE(is_utf8(cut)) << before;
    EXPECT_TRUE(cut.ends_with("…"));
  }
}

}  // namespace pilar::import_report_test
