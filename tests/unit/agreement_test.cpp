#include "math/agreement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/hash.h"
#include "domain/validation.h"
#include "i18n/messages.h"
#include "i18n/words/indicator.h"
#include "i18n/words/period.h"

namespace pilar::agreement_test {
math::Agreement agreement_of(const std::vector<std::int64_t>& table) {
  const auto k = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(table.size()))));
  return math::agreement(table, k, 0.95);
}

std::vector<Uuid> made_up_ids(int n) {
  std::vector<Uuid> ids;
  for (int i = 0; i < n; ++i) ids.push_back(hashed_uuid(Uuid{}, sha256("catatan " + std::to_string(i))));
  return ids;
}

// R 4.2.2, vcd 1.4: Kappa(SexualFun) prints value 0.1293, ASE 0.0686; confint() prints -0.005120399 and 0.2637809.
TEST(Agreement, SexualFunOfVcd) {
  const auto read = agreement_of({7, 7, 2, 3, 2, 8, 3, 7, 1, 5, 4, 9, 2, 8, 9, 14});
  EXPECT_EQ(read.n, 91);
  ASSERT_TRUE(read.kappa && read.se && read.ci);
  EXPECT_NEAR(*read.kappa, 0.1293, 0.00005);
  EXPECT_NEAR(*read.se, 0.0686, 0.00005);
  EXPECT_NEAR(read.ci->low, -0.005120399, 5e-10);
  EXPECT_NEAR(read.ci->high, 0.2637809, 5e-8);
}

// Fleiss, Statistical Methods for Rates and Proportions, two raters and 100 subjects: observed 0.89, expected 0.66, kappa 0.68.
TEST(Agreement, FleissTableOfDiagnoses) {
  const auto read = agreement_of({75, 1, 4, 5, 4, 1, 0, 0, 10});
  EXPECT_NEAR(read.observed, 0.89, 1e-12);
  EXPECT_NEAR(read.expected, 0.66, 1e-12);
  ASSERT_TRUE(read.kappa);
  EXPECT_NEAR(*read.kappa, 0.68, 0.005);
}

TEST(Agreement, WhatCannotBeComputedIsLeftOut) {
  EXPECT_FALSE(agreement_of({0, 0, 0, 0}).kappa) << "no cases";
  EXPECT_FALSE(agreement_of({12, 0, 0, 0}).kappa) << "one answer to everything says nothing of chance";
  const auto whole = agreement_of({5, 0, 0, 7});
  ASSERT_TRUE(whole.kappa);
  EXPECT_DOUBLE_EQ(*whole.kappa, 1);
  EXPECT_FALSE(whole.ci) << "an interval without width would promise too much";
  const auto opposite = agreement_of({0, 5, 5, 0});
  ASSERT_TRUE(opposite.kappa);
  EXPECT_DOUBLE_EQ(*opposite.kappa, -1);
}

TEST(Validation, TheSampleIsAShareButNeverTooFew) {
  const ValidationRule rule{10, 5, 90, "uji", ""};
  EXPECT_EQ(sample_size(rule, 0), 0U);
  EXPECT_EQ(sample_size(rule, 3), 3U) << "all where there are few";
  EXPECT_EQ(sample_size(rule, 20), 5U);
  EXPECT_EQ(sample_size(rule, 50), 5U);
  EXPECT_EQ(sample_size(rule, 51), 6U) << "rounded up";
  EXPECT_EQ(sample_size({100, 1, 90, "uji", ""}, 400), 400U);
  EXPECT_TRUE(check_rule(rule).empty());
  EXPECT_EQ(check_rule({0, 0, 101, "uji", ""}).size(), 3U);
}

TEST(Validation, TheSameSeedDrawsTheSameSample) {
  auto ids = made_up_ids(200);
  const auto first = draw_sample("benih", ids, 20);
  std::ranges::reverse(ids);
  EXPECT_EQ(draw_sample("benih", ids, 20), first) << "in whatever order the ids come";
  EXPECT_EQ(std::set<Uuid>(first.begin(), first.end()).size(), 20U) << "without replacement";
  EXPECT_NE(draw_sample("benih lain", ids, 20), first);
  // Over many seeds every record is drawn about equally often.
  std::map<Uuid, int> drawn;
  for (int seed = 0; seed < 500; ++seed)
    for (const auto& id : draw_sample(std::to_string(seed), ids, 20)) ++drawn[id];
  EXPECT_EQ(drawn.size(), 200U);
  for (const auto& [id, times] : drawn) {
    EXPECT_GT(times, 20) << "50 on average, standard deviation 6.7";
    EXPECT_LT(times, 80);
  }
}

TEST(Validation, AnswersThatBothLeftOutAreNotCompared) {
  EXPECT_FALSE(is_compared(Answer(Empty::Blank), Answer(Empty::NotAsked)));
  EXPECT_TRUE(is_compared(Answer(Empty::Blank), Answer(Code{1})));
  EXPECT_TRUE(is_compared(Answer(Empty::NotObserved), Answer(Empty::NotObserved))) << "both looked, and saw nothing";
  EXPECT_EQ(compared_text(Answer(Empty::Blank)), compared_text(Answer(Empty::NotAsked)));
  EXPECT_NE(compared_text(Answer(Code{1})), compared_text(Answer(Decimal::whole(1))));
  AgreementCount count;
  for (int i = 0; i < 9; ++i) count.add("ya", "ya");
  count.add("tidak", "ya");
  EXPECT_EQ(count.pairs(), 10);
  EXPECT_EQ(count.same(), 9);
  ASSERT_TRUE(count.kappa().kappa);
  EXPECT_NEAR(*count.kappa().kappa, 0, 1e-12) << "the second said yes to everything: no better than chance";
}

TEST(Validation, ADayAmongAProblemsArgumentsIsWordedForItsReader) {
  const Problem problem{Problem::Kind::Invalid, Msg::MonthNotOver, "", {day_arg(make_day(2026, 12, 1).value())}};
  EXPECT_NE(say(Lang::Id, problem).find("1 Desember 2026"), std::string::npos);
  EXPECT_NE(say(Lang::En, problem).find("1 December 2026"), std::string::npos);
  const Problem locked{Problem::Kind::Conflict, Msg::PeriodIsLocked, "", {month_arg(month_of(make_day(2026, 5, 1).value()))}};
  EXPECT_NE(say(Lang::Id, locked).find("Mei 2026"), std::string::npos);
  EXPECT_NE(say(Lang::En, locked).find("May 2026"), std::string::npos);
}

}  // namespace pilar::agreement_test
