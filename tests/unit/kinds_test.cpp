#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "domain/bins.h"
#include "domain/person.h"
#include "domain/reading.h"
#include "domain/record.h"
#include "domain/report.h"
#include "domain/series.h"
#include "i18n/messages.h"
#include "interchange/pack.h"

namespace pilar::kinds_test {
constexpr FacilityKey kHere{1}, kThere{2};

/// A form with one item of each kind of series.
std::string pack(std::string_view items, std::string_view measures = "", std::string_view is_public = "no") {
  return "instrument: uji\nversion: 1\ntitle: {id: Uji, en: Test}\npurpose: {id: Uji, en: Test}\nsource: uji\npillar: ppk\npublic: " +
         std::string(is_public) + "\nsections:\n  - key: a\n    title: {id: A, en: A}\n    items:\n" + std::string(items) +
         (measures.empty() ? "" : "measures:\n" + std::string(measures));
}

std::vector<std::string> faults(const std::string& text) {
  const auto form = read_pack(text, "uji.yaml");
  std::vector<std::string> out;
  if (!form)
    for (const auto& problem : form.error()) out.push_back(std::string(key_of(problem.message)));
  return out;
}

constexpr std::string_view kWait =
    "      - key: tunggu\n        type: number\n        digits: 1\n        unit: menit\n        distribution: yes\n"
    "        label: {id: Tunggu, en: Wait}\n";

Answer first_answer(const std::string& text, std::string_view item) {
  const auto form = read_pack(pack(item), "uji.yaml");
  EXPECT_TRUE(form);
  const auto answers = check_answers(*form, {{form->items.front().key, {{text}, {}}}}, Day{20'000}, false);
  return answers ? answers->front() : Answer{Empty::Blank};
}

constexpr std::string_view kPerson = "      - key: pasien\n        type: person\n        label: {id: Pasien, en: Patient}\n";

TEST(Bins, TheDocumentedExamplesHold) {
  for (const auto& [value, bin] : {std::pair(0, 0), {-5, 0}, {1, 1}, {2, 33}, {3, 51}, {4, 65}, {3600, 379}}) EXPECT_EQ(bin_of(value), bin);
  EXPECT_EQ(bin_of(Cell::kMaxValue), 1 + static_cast<int>(std::floor(32 * std::log2(1e12))));
  EXPECT_EQ(middle_of_bin(bin_of(7)), 7) << "a bin with one whole number stands for it";
}

RC_GTEST_PROP(Bins, RiseWithTheValueAndStandWithinHalfABin, ()) {
  const auto value = *rc::gen::inRange<std::int64_t>(1, Cell::kMaxValue);
  const auto bin = bin_of(value);
  RC_ASSERT(bin_of(value + (value < Cell::kMaxValue ? 1 : 0)) >= bin);
  RC_ASSERT(std::abs(bin - 1 - 32 * std::log2(static_cast<double>(value))) < 1 + 1e-6);
  RC_ASSERT(std::abs(middle_of_bin(bin) / static_cast<double>(value) - 1) <= std::exp2(1.0 / 64) - 1 + 1e-9);
}

RC_GTEST_PROP(Bins, AQuantileIsNearTheObservationOfItsRank, ()) {
  auto values = *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 100'000)));
  const auto percent = *rc::gen::inRange(1, 101);
  std::map<std::int32_t, Cell> bins{{kBucketNotObserved, Cell::count(99)}};
  for (const auto value : values) bins[bin_of(value)] = bins[bin_of(value)] + Cell::of(value);
  std::ranges::sort(values);
  const auto rank = (static_cast<std::int64_t>(values.size()) * percent + 99) / 100;
  const auto exact = static_cast<double>(values[static_cast<std::size_t>(rank - 1)]);
  const auto read = quantile_of(bins, percent / 100.0);
  RC_ASSERT(read.has_value());
  RC_ASSERT(std::abs(*read - exact) <= exact * 0.0111);
}

TEST(Bins, NothingHasNoQuantile) { EXPECT_FALSE(quantile_of({{kBucketNotApplicable, Cell::count(3)}}, 0.5)); }

TEST(Kinds, AMinuteRisesWithinTheDayInEveryZone) {
  for (const auto zone : {Zone::Wib, Zone::Wita, Zone::Wit}) {
    const Day day{20'000};
    const auto start = start_of(day, zone);
    const auto first = report_minute(day, start);
    EXPECT_GT(first, 0);
    EXPECT_EQ(report_minute(day, {start.micros + 61'000'000}), first + 1);
    EXPECT_EQ(report_minute(day, {start.micros + 1439LL * 60'000'000}), first + 1439);
  }
}

TEST(Kinds, DurationsCountInBinsAndByTheirLimit) {
  const auto form = read_pack(pack(kWait,
                                   "  - key: tunggu\n    type: duration\n    title: {id: Tunggu, en: Wait}\n    items: tunggu\n"
                                   "    within: 60\n    target: 80\n"),
                              "uji.yaml");
  ASSERT_TRUE(form);
  auto series = series_of(*form);
  ASSERT_EQ(series.size(), 3U);
  EXPECT_EQ(series[2].key, "tunggu<=60");
  for (std::size_t i = 0; i < series.size(); ++i) series[i].id = SeriesKey{static_cast<std::int32_t>(i)};
  Sums sums;
  for (const int minutes : {10, 20, 30, 60, 61, 600})
    for (const auto& delta : observe(*form, series, {Decimal::whole(minutes)}, 0))
      sums.add(series[static_cast<std::size_t>(delta.series.value)].key, delta.bucket, delta.cell);
  const auto reading = read_measure(*form, form->measures.front(), sums);
  EXPECT_EQ(reading.share.numerator, 4) << "sixty is within sixty";
  EXPECT_EQ(reading.share.denominator, 6);
  EXPECT_EQ(reading.duration.n, 6);
  EXPECT_NEAR(reading.duration.median.value_or(0), 30, 0.34);
  EXPECT_NEAR(reading.duration.p90.value_or(0), 600, 6.7);
  EXPECT_NEAR(reading.duration.mean.value_or(0), 781.0 / 6, 1e-9);
}

TEST(Kinds, WhatAddsUpInAnotherWayIsAnotherSeries) {
  const auto plain = read_pack(pack("      - key: orang\n        type: number\n        label: {id: Orang, en: People}\n"), "uji.yaml");
  const auto state = read_pack(
      pack("      - key: orang\n        type: number\n        aggregation: state\n        label: {id: Orang, en: People}\n"), "uji.yaml");
  const auto binned = read_pack(
      pack("      - key: orang\n        type: number\n        distribution: yes\n        label: {id: Orang, en: People}\n"), "uji.yaml");
  ASSERT_TRUE(plain && state && binned);
  EXPECT_NE(series_of(*plain)[1].definition, series_of(*state)[1].definition);
  EXPECT_NE(series_of(*plain)[1].definition, series_of(*binned)[1].definition);
  EXPECT_EQ(series_of(*state)[1].aggregation, Aggregation::State);
}

TEST(Kinds, APackSaysWhatIsWrong) {
  using Found = std::vector<std::string>;
  EXPECT_EQ(faults(pack("      - key: orang\n        type: number\n        aggregation: stae\n        label: {id: Orang, en: People}\n")),
            (Found{"PackNeedsWordNear"}));
  EXPECT_EQ(faults(pack("      - key: orang\n        type: number\n        aggregation: state\n        distribution: yes\n"
                        "        label: {id: Orang, en: People}\n")),
            (Found{"PackNotForKept"}));
  EXPECT_EQ(faults(pack(kPerson, "", "yes")), (Found{"PackPersonPublic"}));
  const auto measure = [](std::string_view rest) {
    return "  - key: tunggu\n    type: duration\n    title: {id: Tunggu, en: Wait}\n    items: tunggu\n" + std::string(rest);
  };
  EXPECT_EQ(faults(pack(kWait, measure(""))), Found{});
  EXPECT_EQ(faults(pack(kWait, measure("    target: 80\n"))), (Found{"PackTargetWithin"}));
  EXPECT_EQ(faults(pack(kWait, measure("    within: 1.25\n"))), (Found{"PackBadLimit"}));
  EXPECT_EQ(faults(pack(kWait, measure("    within: -1\n"))), (Found{"PackBadLimit"}));
  EXPECT_EQ(faults(pack("      - key: tunggu\n        type: number\n        label: {id: Tunggu, en: Wait}\n", measure(""))),
            (Found{"PackNoDistribution"}));
}

TEST(Persons, SpacesAndCapitalsMakeNoOtherPerson) {
  EXPECT_EQ(first_answer("3273 0101.0190-0001", kPerson), (Answer{NamedPerson{"3273010101900001"}}));
  EXPECT_EQ(first_answer("rm-12A4", kPerson), (Answer{NamedPerson{"rm12a4"}}));
  for (const auto* no_person : {"ada", "(given)", "12", "Siti Aminah", "---"})
    EXPECT_EQ(first_answer(no_person, kPerson), Answer{Empty::Blank});
}

TEST(Persons, AreHashedByFacilityAndKey) {
  const auto hashed = [](std::uint8_t key, FacilityKey facility) {
    Answers answers{NamedPerson{"3273010101900001"}, Code{1}};
    hash_persons(answers, SigningKey{{key}}, facility);
    return answers;
  };
  const auto one = hashed(7, kHere);
  EXPECT_EQ(one, hashed(7, kHere));
  EXPECT_NE(one, hashed(7, kThere));
  EXPECT_NE(one, hashed(8, kHere));
  EXPECT_EQ(one[1], Answer{Code{1}});
  const auto text = to_canonical(one);
  EXPECT_EQ(text.find("3273"), std::string::npos);
  EXPECT_EQ(from_canonical(text), one);
  EXPECT_THROW((void)to_canonical({NamedPerson{"3273010101900001"}}), Bug) << "a name is never stored";
}

TEST(Persons, CountOnceInTheCellOfTheEarliestMention) {
  const auto mention = [](std::uint8_t person, int day, int unit, std::int64_t n) {
    return Mention{kHere, {5}, {0}, {{person}}, {day}, {unit}, n};
  };
  std::vector<Mention> mentions{mention(1, 9, 2, 1), mention(1, 3, 4, 1),  mention(1, 3, 4, -1),
                                mention(2, 8, 1, 2), mention(2, 8, 1, -1), mention(1, 9, 1, 1)};
  merge(mentions);
  EXPECT_EQ(mentions.size(), 3U);
  const auto cells = first_mentions(mentions);
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_EQ(cells[0].key, (CellKey{kHere, {9}, {1}, {5}, 0}));
  EXPECT_EQ(cells[1].key, (CellKey{kHere, {8}, {1}, {5}, 0}));
}

TEST(Reports, AStateIsTheLatestOfEachUnitAndATargetThatOfItsYear) {
  const auto all = [](FacilityKey, UnitKey) { return true; };
  const auto day = [](int year, int month, int of) { return make_day(year, month, of).value(); };
  Reports reports;
  const auto add = [&](FacilityKey facility, int unit, Day when, std::int32_t minute, std::int64_t value) {
    reports.add("orang", {facility, when, {unit}, {1}, minute}, Cell::of(value));
  };
  add(kHere, 1, day(2025, 3, 1), 700, 100);
  add(kHere, 1, day(2025, 3, 1), 600, 999);
  add(kHere, 1, day(2025, 5, 1), 600, 120);
  add(kThere, 2, day(2025, 4, 1), 600, 50);
  const auto at = [&](Day last) { return reports.total("orang", Aggregation::State, last, all); };
  EXPECT_EQ(at(day(2025, 2, 28)).n, 0);
  EXPECT_EQ(at(day(2025, 3, 31)).sum, 100) << "the later minute of the day";
  EXPECT_EQ(at(day(2025, 4, 30)).sum, 150) << "units add up";
  EXPECT_EQ(at(day(2026, 1, 1)).sum, 170) << "months do not";
  EXPECT_EQ(at(day(2026, 1, 1)).n, 2);
  const auto target = [&](Day last) { return reports.total("orang", Aggregation::YearlyTarget, last, all).sum; };
  EXPECT_EQ(target(day(2025, 1, 1)), 170) << "it holds for the whole year";
  EXPECT_EQ(target(day(2026, 1, 1)), 0);
  reports.add("dua", {kHere, day(2025, 1, 1), {1}, {2}, 5}, Cell::of(3) + Cell::of(4));
  EXPECT_EQ(reports.total("dua", Aggregation::State, day(2025, 1, 1), all).sum, 4) << "the mean of one minute, half away from zero";
  EXPECT_EQ(reports.total("orang", Aggregation::State, day(2026, 1, 1), [](FacilityKey f, UnitKey) { return f == kThere; }).sum, 50);
}

}  // namespace pilar::kinds_test
