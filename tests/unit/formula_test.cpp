#include "domain/formula.h"

#include <gtest/gtest.h>

#include "domain/reading.h"
#include "domain/record.h"
#include "i18n/messages.h"
#include "i18n/words/formula.h"
#include "interchange/kamus.h"
#include "interchange/pack.h"

namespace pilar::formula_test {
constexpr std::string_view kLab = R"(instrument: lab
version: 1
title: {id: Lab, en: Lab}
purpose: {id: Uji, en: Test}
source: uji
pillar: ppk
public: no
sections:
  - key: s
    title: {id: S, en: S}
    items:
      - {key: jenis, type: choice, label: {id: Jenis, en: Kind}, options: [{key: darah, code: 1, label: {id: Darah, en: Blood}}, {key: urine, code: 2, label: {id: Urine, en: Urine}}]}
      - {key: lama, type: number, label: {id: Lama, en: Time}, low: 0, high: 100000, digits: 1}
      - {key: rujuk, type: yesno, label: {id: Rujuk, en: Referred}}
)";

Instrument lab() { return read_pack(kLab, "lab.yaml").value(); }

Formula within_two_hours() {
  Formula out;
  out.over = "lab";
  out.numerator = "${lama} <= 120";
  out.include = "${jenis} = 'darah'";
  out.exclude = "${rujuk} = 'ya'";
  return out;
}

Answers answers(const char* kind, const char* minutes, const char* referred) {
  RawAnswers raw;
  if (*kind != 0) raw["jenis"].values = {kind};
  if (*minutes != 0) raw["lama"].values = {minutes};
  if (*referred != 0) raw["rujuk"].values = {referred};
  return check_answers(lab(), raw, Day{20'000}, false).value();
}

/// Sums of the formula's series over records, read by its measure.
MeasureReading reading(const Formula& formula, const std::vector<Answers>& records, const Measure& measure, const Instrument& form) {
  auto series = formula_series(formula_items(formula, lab()).value());
  std::map<SeriesKey, std::string> names;
  for (std::size_t i = 0; i < series.size(); ++i) {
    series[i].id = SeriesKey{static_cast<std::int32_t>(i + 1)};
    names[series[i].id] = series[i].key == formula_records_key(formula_key(formula)) ? std::string(kRecords) : series[i].key;
  }
  Sums sums;
  for (const auto& record : records)
    for (const auto& delta : observe(lab(), series, record, 0)) sums.add(names.at(delta.series), delta.bucket, delta.cell);
  return read_measure(form, measure, sums);
}

/// The formula's own form, as results read it.
Instrument form_of(const Formula& formula) {
  Instrument out;
  out.items = formula_items(formula, lab()).value();
  return out;
}

std::string faults(const Formula& formula) {
  const auto items = formula_items(formula, lab());
  std::string out;
  if (!items)
    for (const auto& problem : items.error()) out += problem.field + ": " + say(Lang::En, problem) + "\n";
  return out;
}

TEST(Formula, CountsOnlyRecordsThatAreMeantAndKnown) {
  const auto formula = within_two_hours();
  const auto measure = formula_measure(formula);
  const auto form = form_of(formula);
  const auto read = reading(formula,
                            {answers("darah", "60", "tidak"), answers("darah", "120", ""), answers("darah", "120.1", "tidak"),
                             answers("darah", "", "tidak"),    // not known: counts in neither
                             answers("darah", "30", "ya"),     // excluded
                             answers("urine", "30", "tidak"),  // not included
                             answers("", "30", "tidak")},      // kind not known: not included
                            measure, form);
  EXPECT_EQ(read.share.numerator, 2);
  EXPECT_EQ(read.share.denominator, 3);
  EXPECT_EQ(read.respondents, 3);
}

TEST(Formula, HasRatesAveragesSumsAndTimes) {
  Formula formula;
  formula.over = "lab";
  const std::vector<Answers> records{answers("darah", "10", "ya"), answers("urine", "20", "tidak"), answers("darah", "90", "tidak")};
  formula.kind = FormulaKind::Rate;
  formula.numerator = "${rujuk} = 'ya'";
  formula.denominator = "${lama}";
  auto measure = formula_measure(formula);
  measure.target = Decimal::whole(9);
  auto form = form_of(formula);
  auto read = reading(formula, records, measure, form);
  EXPECT_EQ(read.share.numerator, 1);
  EXPECT_EQ(read.share.denominator, 120);  // 8.33 per 1000
  EXPECT_EQ(meets_target(read), std::optional(false));
  measure.target = parse_decimal("8.3").value();
  read = reading(formula, records, measure, form);
  EXPECT_EQ(meets_target(read), std::optional(true));
  EXPECT_FALSE(is_share(measure));
  EXPECT_TRUE(has_share(measure));

  formula.kind = FormulaKind::Mean;
  formula.numerator = "${lama}";
  formula.denominator = "";
  measure = formula_measure(formula);
  form = form_of(formula);
  read = reading(formula, records, measure, form);
  EXPECT_EQ(read.share.value(), std::optional(40.0));

  formula.kind = FormulaKind::Sum;
  measure = formula_measure(formula);
  form = form_of(formula);
  EXPECT_EQ(reading(formula, records, measure, form).total, std::optional(Decimal::whole(120)));

  formula.kind = FormulaKind::Within;
  formula.within = Decimal::whole(20);
  measure = formula_measure(formula);
  form = form_of(formula);
  read = reading(formula, records, measure, form);
  EXPECT_EQ(read.share.numerator, 2);
  EXPECT_EQ(read.share.denominator, 3);

  formula.kind = FormulaKind::Median;
  formula.within.reset();
  measure = formula_measure(formula);
  form = form_of(formula);
  EXPECT_NEAR(reading(formula, records, measure, form).duration.median.value(), 20, 0.3);
}

TEST(Formula, HasNoValueWhereNothingWasCounted) {
  const auto formula = within_two_hours();
  const auto measure = formula_measure(formula);
  const auto form = form_of(formula);
  const auto read = reading(formula, {answers("urine", "5", "")}, measure, form);
  EXPECT_FALSE(read.share.value().has_value());
  EXPECT_EQ(read.respondents, 0);
}

TEST(Formula, NamesEveryFaultWithItsPosition) {
  auto formula = within_two_hours();
  formula.numerator = "${lma} <= 120";
  EXPECT_NE(faults(formula).find("numerator: Character 1:"), std::string::npos) << faults(formula);
  EXPECT_NE(faults(formula).find("Did you mean “lama”?"), std::string::npos) << faults(formula);
  formula = within_two_hours();
  formula.include = "${jenis} = 'drah'";
  EXPECT_NE(faults(formula).find("include: Character"), std::string::npos);
  formula = within_two_hours();
  formula.exclude = "${lama}";
  EXPECT_NE(faults(formula).find("exclude:"), std::string::npos);
  formula = within_two_hours();
  formula.numerator = "date-diff(today(), date('2026-01-01')) > 3";
  EXPECT_EQ(faults(formula), "numerator: An indicator's formula must not use today(): its value would change every day.\n");
  formula = within_two_hours();
  formula.numerator = std::string(10'000, '(');
  EXPECT_NE(faults(formula).find("numerator: This expression is too long"), std::string::npos);
  formula.numerator = std::string(300, '(') + "1" + std::string(300, ')');
  EXPECT_NE(faults(formula).find("Too many brackets"), std::string::npos);
  formula.numerator = "";
  EXPECT_NE(faults(formula).find("numerator: Say what is counted"), std::string::npos);
  formula = within_two_hours();
  formula.kind = FormulaKind::Within;
  EXPECT_NE(faults(formula).find("within: Give the limit"), std::string::npos);
  formula.kind = FormulaKind::Sum;
  formula.denominator = "1";
  EXPECT_NE(faults(formula).find("denominator:"), std::string::npos);
}

TEST(Formula, HasOneNameForWhatCountsTheSame) {
  auto formula = within_two_hours();
  const auto key = formula_key(formula);
  formula.better = Better::Lower;
  EXPECT_EQ(formula_key(formula), key);
  formula.exclude = "";
  EXPECT_NE(formula_key(formula), key);
}

TEST(Formula, StandsInAContentFileInFourWays) {
  const auto file = [](const std::string& how) {
    return "kamus: uji\nindicators:\n  - key: uji\n    version: 1\n    title: {id: Uji, en: Test}\n    type: proses\n    area: ukp\n" + how;
  };
  const auto read = [&](const std::string& how) { return read_kamus(file(how), "uji.yaml"); };
  const auto counted = read(
      "    records: {over: lab, kind: rate, numerator: \"${lama} > 5\", include: \"${jenis} = 'darah'\", per: 500, unit: hari, better: "
      "turun}\n");
  ASSERT_TRUE(counted) << say(Lang::En, counted.error().front());
  const auto& one = counted->indicators.front();
  ASSERT_TRUE(one.counted());
  EXPECT_EQ(one.counted()->per, 500);
  EXPECT_EQ(read_indicator(write_indicator(one), "again").value().records, one.records);
  const auto tally = read("    tally: yes\n");
  ASSERT_TRUE(tally);
  EXPECT_EQ(tally->indicators.front().counted()->include, "${indikator} = 'uji'");
  EXPECT_TRUE(read_indicator(write_indicator(tally->indicators.front()), "again").value().tally);
  const auto sum = read("    sum_of: [a, b]\n");
  ASSERT_TRUE(sum);
  EXPECT_EQ(read_indicator(write_indicator(sum->indicators.front()), "again").value().sum_of, (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(sum->indicators.front().counted());
  for (const auto* wrong : {"", "    tally: yes\n    sum_of: [a]\n", "    formula: lab/x\n    tally: yes\n"}) {
    const auto refused = read(wrong);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().front().message, Msg::PackOneFormula);
  }
}

}  // namespace pilar::formula_test
