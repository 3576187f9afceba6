#include "domain/validation_rule.h"

#include <gtest/gtest.h>

#include "domain/instrument_change.h"
#include "domain/record.h"
#include "i18n/messages.h"
#include "i18n/words/integrity.h"
#include "interchange/pack.h"

namespace pilar::validation_rule_test {
/// A pack with three numbers, a choice and these rules.
std::string with_rules(const std::string& rules) {
  return "instrument: uji\nversion: 1\ntitle: {id: Uji, en: Test}\npurpose: {id: Uji, en: Test}\nsource: uji\npillar: ppk\n"
         "sections:\n- key: satu\n  title: {id: Satu, en: One}\n  items:\n"
         "  - {key: a, type: number, label: {id: A, en: A}}\n"
         "  - {key: b, type: number, label: {id: B, en: B}}\n"
         "  - {key: c, type: number, label: {id: C, en: C}}\n"
         "  - {key: ada, type: yesno, label: {id: Ada, en: There}}\n"
         "rules:\n" +
         rules;
}

std::string rule(const std::string& members) { return "- {key: r, message: {id: Salah, en: Wrong}, " + members + "}\n"; }

Instrument form_of(const std::string& rules) {
  auto form = read_pack(with_rules(rules), "uji.yaml");
  if (!form)
    for (const auto& problem : form.error()) ADD_FAILURE() << problem.field << " " << say(Lang::En, problem);
  return form ? *std::move(form) : Instrument{};
}

/// Whether the record breaks the only rule.
bool breaks(const std::string& members, const std::map<std::string, std::string>& typed) {
  const auto form = form_of(rule(members));
  RawAnswers raw;
  raw["ada"].values = {"ya"};  // a form without any answer is none
  for (const auto& [key, value] : typed) raw[key].values = {value};
  const auto answers = check_answers(form, raw, Day{20'000}, false);
  EXPECT_TRUE(answers);
  return answers && !broken_rules(form, *answers, Day{20'000}).empty();
}

std::string fault_of(const std::string& rules) {
  const auto form = read_pack(with_rules(rules), "uji.yaml");
  return form ? "none" : std::string(key_of(form.error().front().message));
}

TEST(Validation, EveryOperatorComparesItsSides) {
  struct Case {
    const char* op;
    bool less, equal, more;  // whether 1 to 2, 2 to 2 and 3 to 2 break it
  };
  for (const auto& one : {Case{"=", true, false, true}, Case{"!=", false, true, false}, Case{"<", false, true, true},
                          Case{"<=", false, false, true}, Case{">", true, true, false}, Case{">=", true, false, false}}) {
    const auto members = "left: \"${a}\", operator: \"" + std::string(one.op) + "\", right: \"${b}\"";
    EXPECT_EQ(breaks(members, {{"a", "1"}, {"b", "2"}}), one.less) << one.op;
    EXPECT_EQ(breaks(members, {{"a", "2"}, {"b", "2"}}), one.equal) << one.op;
    EXPECT_EQ(breaks(members, {{"a", "3"}, {"b", "2"}}), one.more) << one.op;
  }
}

TEST(Validation, WhatIsMissingIsSkippedOrCountsAsZero) {
  const auto side = [](const char* strategy) {
    return "left: \"${a} + ${b}\", operator: \"<=\", right: \"${c}\", left_missing: " + std::string(strategy);
  };
  const std::map<std::string, std::string> some{{"a", "5"}, {"c", "3"}}, none{{"c", "-3"}}, no_right{{"a", "5"}, {"b", "5"}};
  EXPECT_FALSE(breaks(side("skip_if_any"), some));
  EXPECT_TRUE(breaks(side("skip_if_all"), some)) << "5 + 0 is more than 3";
  EXPECT_FALSE(breaks(side("skip_if_all"), none));
  EXPECT_TRUE(breaks(side("never_skip"), none)) << "0 is more than -3";
  EXPECT_FALSE(breaks(side("never_skip"), no_right)) << "the other side is skipped";
  EXPECT_TRUE(breaks(side("never_skip") + ", right_missing: never_skip", no_right));
}

TEST(Validation, PairsAreFilledInTogetherOrApart) {
  const std::string both = "left: \"${a}\", operator: compulsory_pair, right: \"${b}\"";
  EXPECT_TRUE(breaks(both, {{"a", "1"}}));
  EXPECT_TRUE(breaks(both, {{"b", "0"}}));
  EXPECT_FALSE(breaks(both, {{"a", "1"}, {"b", "0"}}));
  EXPECT_FALSE(breaks(both, {}));
  const std::string either = "left: \"${a}\", operator: exclusive_pair, right: \"${b}\"";
  EXPECT_TRUE(breaks(either, {{"a", "1"}, {"b", "0"}})) << "0 is an answer";
  EXPECT_FALSE(breaks(either, {{"a", "1"}}));
}

// isViolation() of DHIS2 compares what its strategy leaves of each side: with SKIP_IF_ALL_VALUES_MISSING a part of a sum is a value.
TEST(Validation, ASideOfAPairIsThereAsItsStrategySays) {
  const std::string sum = "left: \"${a} + ${b}\", operator: compulsory_pair, right: \"${c}\"";
  EXPECT_TRUE(breaks(sum, {{"a", "1"}, {"c", "1"}})) << "skip_if_any: half a sum is none";
  EXPECT_FALSE(breaks(sum + ", left_missing: skip_if_all", {{"a", "1"}, {"c", "1"}}));
  EXPECT_TRUE(breaks(sum + ", left_missing: skip_if_all", {{"b", "1"}}));
  EXPECT_TRUE(breaks(sum + ", left_missing: skip_if_all", {{"c", "1"}}));
  EXPECT_FALSE(breaks(sum + ", left_missing: skip_if_all", {}));
  const std::string apart = "left: \"${a} + ${b}\", operator: exclusive_pair, right: \"${c}\"";
  EXPECT_FALSE(breaks(apart, {{"a", "1"}, {"c", "1"}}));
  EXPECT_TRUE(breaks(apart + ", left_missing: skip_if_all", {{"a", "1"}, {"c", "1"}}));
}

TEST(Validation, WhatCannotBeComputedIsNotJudged) {
  EXPECT_FALSE(breaks("left: \"${a} div ${b}\", operator: \"<=\", right: \"1\"", {{"a", "5"}, {"b", "0"}}));
  EXPECT_TRUE(breaks("left: \"if(${ada} = 'ya', 1, 0)\", operator: \"<=\", right: \"${a}\"", {{"a", "0"}}));
}

TEST(Validation, ARuleSaysWhatItReadsAndHowGraveItIs) {
  const auto form = form_of(rule("left: \"${c}\", operator: \"<=\", right: \"${a}\", importance: high"));
  ASSERT_EQ(form.rules.size(), 1U);
  EXPECT_EQ(form.rules.front().importance, Importance::High);
  EXPECT_EQ(form.rules.front().items(), (std::vector<std::size_t>{0, 2}));
  const Problem broken{Problem::Kind::Invalid, Msg::RuleBroken, "c", {"r"}};
  EXPECT_EQ(say(Lang::Id, broken, form), "Salah");
  EXPECT_EQ(say(Lang::En, broken, form), "Wrong");
}

TEST(Validation, FaultsOfRulesAreTold) {
  EXPECT_EQ(fault_of(rule("left: \"${zzzzzz}\", operator: \"<=\", right: \"${a}\"")), "ExpressionUnknownItem");
  EXPECT_EQ(fault_of(rule("left: \"${ada}\", operator: \"<=\", right: \"${a}\"")), "ExpressionNeedsNumber");
  EXPECT_EQ(fault_of(rule("left: \"${b}\", operator: compulsory_pair, right: \"${a}\", left_missing: never_skip")), "PackRulePairMissing");
  EXPECT_EQ(fault_of(rule("left: \"${b}\", operator: \"<=\", right: \"${a}\"") + rule("left: \"${b}\", operator: \"<=\", right: \"${a}\"")),
            "PackNameTwice");
  EXPECT_NE(fault_of("- {key: r, left: \"${a}\", operator: \"=<\", right: \"${b}\", message: {id: S, en: W}}\n"), "none");
  EXPECT_NE(fault_of("- {key: r, left: \"${a}\", operator: \"<=\", message: {id: S, en: W}}\n"), "none");
}

TEST(Validation, AChangedRuleIsAChangeOfTheForm) {
  const auto before = form_of(rule("left: \"${a}\", operator: \"<=\", right: \"${b}\""));
  EXPECT_TRUE(changes_between(before, before).empty());
  const auto changed = changes_between(before, form_of(rule("left: \"${a}\", operator: \"<\", right: \"${b}\"")));
  ASSERT_EQ(changed.size(), 1U);
  EXPECT_EQ(changed[0].of, FormChange::Of::Rule);
  EXPECT_EQ(changed[0].parts, std::vector<FormPart>{FormPart::Rule});
  auto without = before;
  without.rules.clear();
  EXPECT_EQ(changes_between(before, without).front().fate, FormFate::Removed);
  EXPECT_EQ(changes_between(without, before).front().fate, FormFate::Added);
}

}  // namespace pilar::validation_rule_test
