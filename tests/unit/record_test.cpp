#include "domain/record.h"

#include <gtest/gtest.h>

#include "domain/series.h"
#include "i18n/messages.h"

namespace pilar::record_test {
constexpr Day kToday{20'000};

expression::Program program(const std::vector<Item>& items, std::string_view source, expression::Type type, int self = -1) {
  auto made = expression::compile(source, symbols_of(items, items.size()), type, self);
  EXPECT_TRUE(made) << source;
  return made ? *made : expression::Program{};
}

Item choice(std::string key, std::vector<Option> options) {
  Item item;
  item.key = std::move(key);
  item.kind = ItemKind::Choice;
  item.label = {"Pertanyaan " + item.key, "Question " + item.key};
  item.options = std::move(options);
  return item;
}

Item number(std::string key, int digits = 0) {
  Item item;
  item.key = std::move(key);
  item.kind = ItemKind::Number;
  item.label = {"Angka", "Number"};
  item.digits = digits;
  return item;
}

/// visit kind; days in bed only for inpatients; weight with one digit; BMI-like calculation; comment.
Instrument sample() {
  Instrument form;
  form.key = "contoh";
  form.sections.push_back({"a", {"A", "A"}, {}, 1});
  auto visit =
      choice("kunjungan", {{"jalan", 1, {"Jalan", "Out"}}, {"inap", 2, {"Inap", "In"}}, {"lain", 9, {"Tidak berlaku", "n/a"}, true}});
  visit.required = true;
  form.items.push_back(visit);
  auto days = number("hari");
  days.relevance = program(form.items, "${kunjungan} = 'inap'", expression::Type::Boolean);
  days.required = true;
  days.low = Decimal::whole(1);
  days.by = {0};
  form.items.push_back(days);
  auto weight = number("berat", 1);
  weight.may_be_not_observed = true;
  form.items.push_back(weight);
  form.items[2].constraint = program(form.items, ". < 300", expression::Type::Boolean, 2);
  form.items[2].constraint_message = {"Berat di bawah 300 kg.", "Weight below 300 kg."};
  Item twice = number("ganda", 1);
  twice.kind = ItemKind::Calculation;
  twice.calculation = program(form.items, "${berat} * 2", expression::Type::Number);
  form.items.push_back(twice);
  Item comment;
  comment.key = "komentar";
  comment.max_length = 5;
  form.items.push_back(comment);
  return form;
}

RawAnswers raw(std::initializer_list<std::pair<const char*, const char*>> fields) {
  RawAnswers out;
  for (const auto& [key, value] : fields) out[key].values.emplace_back(value);
  return out;
}

std::vector<std::pair<std::string, std::string>> problems(const Result<Answers>& result) {
  std::vector<std::pair<std::string, std::string>> out;
  if (!result)
    for (const auto& problem : result.error()) out.emplace_back(problem.field, key_of(problem.message));
  return out;
}

using Found = std::vector<std::pair<std::string, std::string>>;

TEST(CheckAnswers, KeepsTheFourEmptiesApart) {
  RawAnswers in = raw({{"kunjungan", "jalan"}});
  in["berat"].empty = Empty::NotObserved;
  const auto answers = check_answers(sample(), in, kToday, false);
  ASSERT_TRUE(answers);
  EXPECT_EQ(to_canonical(*answers), R"([1,{"not":"asked"},{"not":"observed"},null,null])");
  EXPECT_EQ(from_canonical(to_canonical(*answers)), *answers);
}

TEST(CheckAnswers, CalculatesAndReadsExactNumbers) {
  const auto answers =
      check_answers(sample(), raw({{"kunjungan", "inap"}, {"hari", "3"}, {"berat", "60.5"}, {"komentar", " baik "}}), kToday, false);
  ASSERT_TRUE(answers);
  EXPECT_EQ(to_canonical(*answers), R"([2,{"n":3},{"n":60.5},{"n":121},"baik"])");
}

TEST(CheckAnswers, ReportsEverythingWrongTogether) {
  const auto found = problems(
      check_answers(sample(), raw({{"kunjungan", "inap"}, {"hari", "0"}, {"berat", "300.0"}, {"komentar", "enam huruf"}, {"harii", "2"}}),
                    kToday, false));
  EXPECT_EQ(
      found,
      (Found{
          {"harii", "AnswerUnknownItem"}, {"hari", "AnswerTooSmall"}, {"berat", "AnswerConstraint"}, {"komentar", "AnswerTextTooLong"}}));
}

TEST(CheckAnswers, RefusesBadValuesWithoutLosingTheOthers) {
  const auto form = sample();
  EXPECT_EQ(problems(check_answers(form, {}, kToday, false)), (Found{{"kunjungan", "AnswerChooseRequired"}}));
  EXPECT_EQ(problems(check_answers(form, raw({{"kunjungan", "terbang"}}), kToday, false)), (Found{{"kunjungan", "AnswerNotAnOption"}}));
  EXPECT_EQ(problems(check_answers(form, raw({{"kunjungan", "jalan"}, {"berat", "60.55"}}), kToday, false)),
            (Found{{"berat", "AnswerTooManyDigits"}}));
  EXPECT_EQ(problems(check_answers(form, raw({{"kunjungan", "jalan"}, {"berat", "1e99"}}), kToday, false)),
            (Found{{"berat", "AnswerNotANumber"}}));
  EXPECT_EQ(problems(check_answers(form, raw({{"kunjungan", "jalan"}, {"komentar", "\xff"}}), kToday, false)),
            (Found{{"komentar", "AnswerBadText"}}));
  EXPECT_EQ(problems(check_answers(form, raw({{"kunjungan", "jalan"}, {"ganda", "1"}}), kToday, false)),
            (Found{{"ganda", "AnswerCalculated"}}));
  RawAnswers not_allowed;
  not_allowed["kunjungan"].empty = Empty::NotObserved;
  EXPECT_EQ(problems(check_answers(form, not_allowed, kToday, false)), (Found{{"kunjungan", "AnswerEmptyNotAllowed"}}));
}

TEST(CheckAnswers, AFormWithoutAnyAnswerIsNoRecord) {
  auto form = sample();
  form.items[0].required = false;
  EXPECT_EQ(problems(check_answers(form, {}, kToday, true)), (Found{{"", "AnswerNothing"}}));
  EXPECT_TRUE(check_answers(form, raw({{"komentar", "baik"}}), kToday, true));
  RawAnswers unseen;
  unseen["berat"].empty = Empty::NotObserved;
  EXPECT_TRUE(check_answers(form, unseen, kToday, false)) << "not observed is something said";
}

TEST(CheckAnswers, APageWithoutScriptIsForgiven) {
  const auto in = raw({{"kunjungan", "jalan"}, {"hari", "3"}, {"berat", "60,5"}});
  EXPECT_EQ(problems(check_answers(sample(), in, kToday, false)), (Found{{"hari", "AnswerNotRelevant"}, {"berat", "AnswerNotANumber"}}));
  const auto forgiven = check_answers(sample(), in, kToday, true);
  ASSERT_TRUE(forgiven);
  EXPECT_EQ(to_canonical(*forgiven), R"([1,{"not":"asked"},{"n":60.5},{"n":121},null])");
}

TEST(CheckAnswers, AConstraintSpeaksItsOwnWords) {
  const auto form = sample();
  const auto result = check_answers(form, raw({{"kunjungan", "jalan"}, {"berat", "301"}}), kToday, false);
  ASSERT_FALSE(result);
  EXPECT_EQ(say(Lang::Id, result.error().front(), form), "Berat di bawah 300 kg.");
  EXPECT_EQ(say(Lang::En, result.error().front(), form), "Weight below 300 kg.");
}

TEST(Series, OneRecordAddsToItsItemsAndBreakdowns) {
  const auto form = sample();
  auto series = series_of(form);
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < series.size(); ++i) {
    series[i].id = {static_cast<std::int32_t>(i + 1)};
    keys.push_back(series[i].key);
  }
  EXPECT_EQ(keys, (std::vector<std::string>{"#", "kunjungan", "hari", "hari@kunjungan=jalan", "hari@kunjungan=inap", "hari@kunjungan=lain",
                                            "berat", "ganda", "komentar"}));
  const auto answers = check_answers(form, raw({{"kunjungan", "inap"}, {"hari", "3"}, {"berat", "60.5"}}), kToday, false);
  ASSERT_TRUE(answers);
  std::vector<std::tuple<std::string, std::int32_t, std::int64_t, std::int64_t, std::int64_t>> seen;
  for (const auto& delta : observe(form, series, *answers, 0))
    seen.emplace_back(keys[static_cast<std::size_t>(delta.series.value - 1)], delta.bucket, delta.cell.n, delta.cell.sum,
                      delta.cell.sumsq_low);
  EXPECT_EQ(seen, (decltype(seen){{"#", 0, 1, 0, 0},
                                  {"kunjungan", 2, 1, 2, 4},
                                  {"hari", 0, 1, 3, 9},
                                  {"hari@kunjungan=inap", 0, 1, 3, 9},
                                  {"berat", 0, 1, 605, 366'025},
                                  {"ganda", 0, 1, 1210, 1'464'100}}));
}

TEST(Series, NotApplicableIsCountedApart) {
  const auto form = sample();
  auto series = series_of(form);
  const auto answers = check_answers(form, raw({{"kunjungan", "lain"}}), kToday, false);
  ASSERT_TRUE(answers);
  const auto deltas = observe(form, series, *answers, 0);
  ASSERT_EQ(deltas.size(), 2U);
  EXPECT_EQ(deltas[1].bucket, 9);
  EXPECT_EQ(deltas[1].cell, Cell::count());
}

TEST(Series, MeaningDecidesTheDefinition) {
  const auto form = sample();
  auto mended = form;
  mended.items[0].label.id = "pertanyaan, Kunjungan.";
  EXPECT_NE(form.items[0].label.id, mended.items[0].label.id);
  EXPECT_EQ(series_of(form)[1].definition, series_of(mended)[1].definition) << "case and punctuation keep the series";
  auto reworded = form;
  reworded.items[0].label.id = "Apa jenis kunjungannya";
  EXPECT_NE(series_of(form)[1].definition, series_of(reworded)[1].definition);
  auto recoded = form;
  recoded.items[0].options[0].code = 3;
  EXPECT_NE(series_of(form)[1].definition, series_of(recoded)[1].definition);
  EXPECT_EQ(series_of(form)[6].definition, series_of(recoded)[6].definition) << "other items keep theirs";
}

TEST(Cell, SquaresSurviveRupiah) {
  Cell total;
  for (int i = 0; i < 1000; ++i) total = total + Cell::of(Cell::kMaxValue);
  const auto expected = static_cast<Int128>(Cell::kMaxValue) * Cell::kMaxValue * 1000;
  EXPECT_TRUE(total.sumsq() == expected);
  EXPECT_TRUE(fold(total).sumsq() == expected);
  EXPECT_TRUE((total - total).is_zero());
  EXPECT_TRUE(fold(-Cell::of(3)).sumsq() == -9);
  EXPECT_GE(fold(-Cell::of(3)).sumsq_low, 0);
}

TEST(CanonicalAnswers, ReadBackAsTheyWereHoweverTheyAreSpaced) {
  const Answers answers{Empty::Blank,
                        Empty::NotAsked,
                        Empty::NotObserved,
                        Empty::NotApplicable,
                        Code{7},
                        Codes{},
                        Codes{1, 20},
                        *parse_decimal("-12.50"),
                        Day{20718},
                        TimeOfDay{495},
                        Instant{1'790'000'000'000'001},
                        std::string("a, \"b\" \\ ]}"),
                        std::string("plain"),
                        std::string(),
                        Photo{std::string(64, 'f')}};
  const auto written = to_canonical(answers);
  EXPECT_EQ(from_canonical(written), answers);
  EXPECT_EQ(from_canonical("[1, [2, 3], {\"n\": 4.5}, {\"not\": \"asked\"}, null]"),
            (Answers{Code{1}, Codes{2, 3}, *parse_decimal("4.5"), Empty::NotAsked, Empty::Blank}));
  EXPECT_EQ(from_canonical("[]"), Answers{});
  for (std::size_t i = 0; i < answers.size(); ++i) {
    std::vector<bool> wanted(answers.size());
    wanted[i] = true;
    const auto some = from_canonical(written, wanted);
    ASSERT_EQ(some.size(), answers.size()) << i;
    EXPECT_EQ(some[i], answers[i]) << i;
  }
  const auto last =
      from_canonical(R"([4,"a \"]}, \\",[1,2],{"n":1},{"not":"asked"},null,5])", {false, false, false, false, false, false, true});
  EXPECT_EQ(last, (Answers{Empty::Blank, Empty::Blank, Empty::Blank, Empty::Blank, Empty::Blank, Empty::Blank, Code{5}}));
  for (const auto* damaged : {"", "[", "[1", "[1,]", "[1]x", "[1.5]", "[{\"not\":\"said\"}]", "[{\"n\":\"1\"}]", "{}", "[\"a]"})
    EXPECT_THROW(from_canonical(damaged), Fault) << damaged;
}

}  // namespace pilar::record_test
