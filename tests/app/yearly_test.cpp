#include "app/yearly.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/audit.h"
#include "app/organisation.h"
#include "app/period_lock.h"
#include "app/record.h"
#include "app/result.h"
#include "app/yearly_office.h"
#include "app/yearly_save.h"
#include "i18n/messages.h"
#include "i18n/words/answer.h"
#include "i18n/words/period.h"
#include "i18n/words/sasaran.h"
#include "support/shipped_store.h"

namespace pilar::yearly_test {

using namespace pilar::app;

constexpr std::string_view kCoverageKamus = R"(kamus: uji
indicators:
  - key: cakupan-salin
    version: 1
    title: {id: Persalinan terlayani, en: Deliveries served}
    source: uji
    aim: {id: Semua, en: All}
    definition: {id: Definisi, en: Definition}
    type: hasil
    area: ukm
    facility_types: [puskesmas]
    mandatory: yes
    formula: persalinan/cakupan
    numerator: {id: Dilayani, en: Served}
    target: 90
    responsible: {id: Bidan, en: Midwife}
    efforts:
      - {what: {id: Kunjungan, en: Visits}, who: {id: Bidan, en: Midwife}}
)";
constexpr const char* kTarget = "persalinan/sasaran/0";

class YearlyTest : public test::ShippedStoreTest {
 protected:
  YearlyTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords, {}, SigningKey{{8}}} {
    clock_.set({1'795'219'200'000'000});  // 21 November 2026, 07.00 WIB
    refresh_reference(context_);
    district_ = add({.kind = NodeKind::District, .code = "kab", .name = "Dinas"});
    melati_ = add({.parent = district_, .code = "melati", .name = "Melati", .facility_type = "puskesmas", .units = {"Poli", "Posyandu"}});
    mawar_ = add({.parent = district_, .code = "mawar", .name = "Mawar", .facility_type = "puskesmas"});
    rs_ = add({.parent = district_, .code = "rs", .name = "RS", .facility_type = "rs"});
    const auto installed = install_kamus(context_, operator_, kCoverageKamus, "uji.yaml");
    if (!installed) ADD_FAILURE() << say(Lang::En, installed.error().front()) << " " << installed.error().front().field;
  }

  FacilityKey add(const NewPlace& place) {
    auto wanted = place;
    wanted.valid_from = Day{10'000};
    return add_place(context_, operator_, wanted).value();
  }
  static Scope team(FacilityKey facility) { return {Role::QualityLead, facility, "account:1"}; }
  static Day day(int year, int month, int of) { return make_day(year, month, of).value(); }

  YearlyView read(FacilityKey facility, int year = 2026, bool all = false) {
    auto view = read_yearly(context_, team(facility), {.facility = facility, .year = year, .all = all});
    EXPECT_TRUE(view) << say(Lang::En, view.error().front());
    return view ? *std::move(view) : YearlyView{};
  }
  static const YearlyLine* line(const YearlyView& view, std::string_view key) {
    const auto at = std::ranges::find(view.lines, key, &YearlyLine::key);
    return at == view.lines.end() ? nullptr : &*at;
  }
  static YearlyEdit edit(std::string value, std::optional<ReportMoment> seen = {}, YearlyKind kind = YearlyKind::Projected) {
    return {kTarget, seen, std::move(value), kind, "Pusdatin", "SK 12"};
  }
  Result<std::size_t> save(FacilityKey facility, std::vector<YearlyEdit> edits, int year = 2026) {
    return save_yearly(context_, team(facility), facility, year, edits);
  }
  static std::string fields(const Problems& problems) {
    std::string out;
    for (const auto& problem : problems) out += problem.field + " ";
    return out;
  }

  /// So many deliveries in a month.
  void serve(FacilityKey facility, Day when, int count, UnitKey unit = {}) {
    const auto& form = *reference_.get()->latest("persalinan");
    const Instant at{start_of(when, Zone::Wib).micros + 600 * 60'000'000LL};
    RawAnswers raw;
    raw["isi"].values = {"capaian"};
    raw["capaian"].values = {std::to_string(count)};
    const auto answers = check_answers(form.form, raw, when, false);
    ASSERT_TRUE(answers);
    ASSERT_TRUE(save_record(context_, operator_, {make_uuid(at), facility, unit, form.version, at, Channel::Staff, *answers}));
  }
  /// The year's target as the result page counts with it.
  std::int64_t denominator(FacilityKey facility) {
    const auto view = read_result(context_, team(facility),
                                  {.instrument = "persalinan", .place = facility, .period = {day(2026, 11, 1), day(2026, 12, 1)}});
    EXPECT_TRUE(view);
    return view ? view->measures.front().share.denominator : -1;
  }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  FacilityKey district_, melati_, mawar_, rs_;
};
PILAR_BOTH_ENGINES(YearlyTest);

TEST_P(YearlyTest, WhatAnIndicatorInUseIsComputedOverIsNeeded) {
  const auto view = read(melati_);
  ASSERT_EQ(view.lines.size(), 1U) << "of sixteen and more sasaran only the one that is used";
  EXPECT_EQ(view.lines.front().key(), kTarget);
  EXPECT_TRUE(view.lines.front().is_missing());
  ASSERT_EQ(view.lines.front().uses.size(), 1U);
  EXPECT_EQ(view.lines.front().uses.front().id, "Persalinan terlayani");
  EXPECT_EQ(view.missing(), 1U);
  EXPECT_TRUE(read(rs_).lines.empty()) << "the indicator is not meant for hospitals";
  EXPECT_GT(read(rs_, 2026, true).lines.size(), 15U) << "every sasaran can be shown";
  EXPECT_FALSE(read_yearly(context_, team(melati_), {.facility = melati_, .year = 2028})) << "nobody plans that far";
  EXPECT_FALSE(read_yearly(context_, team(melati_), {.facility = melati_, .year = 2020}));
  EXPECT_FALSE(read_yearly(context_, team(mawar_), {.facility = melati_, .year = 2026}));
}

TEST_P(YearlyTest, ANumberIsARecordOfItsInstrumentAndSaysWhereItComesFrom) {
  const auto saved = save(melati_, {edit("1.200")});
  ASSERT_TRUE(saved) << say(Lang::En, saved.error().front()) << " " << fields(saved.error());
  EXPECT_EQ(*saved, 1U);
  EXPECT_EQ(denominator(melati_), 1200);
  const auto view = read(melati_);
  const auto* one = line(view, kTarget);
  ASSERT_NE(one, nullptr);
  ASSERT_EQ(one->numbers.size(), 1U);
  const auto& number = one->numbers.front();
  EXPECT_EQ(number.value, Decimal::whole(1200));
  EXPECT_EQ(number.moment.day, day(2026, 11, 21));
  ASSERT_TRUE(number.origin);
  EXPECT_EQ(number.origin->kind, YearlyKind::Projected);
  EXPECT_EQ(number.origin->set_by, "Pusdatin");
  EXPECT_EQ(number.origin->source, "SK 12");
  EXPECT_EQ(number.origin->actor, "account:1");
  EXPECT_EQ(number.origin->at, clock_.now());
  EXPECT_EQ(view.missing(), 0U);
  const auto trail = list_audit(context_, operator_, {.facility = melati_, .action = "sasaran.set"});
  ASSERT_TRUE(trail);
  ASSERT_EQ(trail->lines.size(), 1U);
  EXPECT_EQ(trail->lines.front().line.subject, "year:2026");
  const auto records = list_audit(context_, operator_, {.facility = melati_, .action = "record.add"});
  ASSERT_TRUE(records);
  EXPECT_EQ(records->lines.size(), 1U);
}

TEST_P(YearlyTest, ALaterNumberReplacesTheEarlierEvenInTheSameMinute) {
  ASSERT_TRUE(save(melati_, {edit("1200")}));
  const auto seen = line(read(melati_), kTarget)->numbers.front().moment;
  const auto saved = save(melati_, {edit("1000", seen, YearlyKind::Counted)});
  ASSERT_TRUE(saved) << say(Lang::En, saved.error().front());
  EXPECT_EQ(denominator(melati_), 1000) << "not the mean of both";
  const auto view = read(melati_);
  const auto& numbers = line(view, kTarget)->numbers;
  ASSERT_EQ(numbers.size(), 2U);
  EXPECT_EQ(numbers[0].value, Decimal::whole(1000));
  EXPECT_EQ(numbers[0].origin->kind, YearlyKind::Counted);
  EXPECT_EQ(numbers[1].value, Decimal::whole(1200)) << "the earlier one stays in the history";
  const auto late = save(melati_, {edit("900", seen)});
  ASSERT_FALSE(late) << "somebody was faster";
  EXPECT_EQ(late.error().front().kind, Problem::Kind::Conflict);
  EXPECT_EQ(late.error().front().message, Msg::SasaranChanged);
  const auto blind = save(melati_, {edit("900")});
  ASSERT_FALSE(blind);
  EXPECT_EQ(blind.error().front().message, Msg::SasaranChanged);
}

TEST_P(YearlyTest, WhatIsWrongIsSaidBesideItsLineAndNothingIsSaved) {
  EXPECT_EQ(save(melati_, {edit("")}).error().front().message, Msg::SasaranNoNumber);
  EXPECT_EQ(fields(save(melati_, {edit("seribu")}).error()), std::string(kTarget) + " ");
  EXPECT_EQ(save(melati_, {edit("seribu")}).error().front().message, Msg::AnswerNotANumber);
  EXPECT_EQ(fields(save(melati_, {edit("0")}).error()), std::string(kTarget) + " ") << "below what the item allows";
  EXPECT_EQ(fields(save(melati_, {edit("12,5")}).error()), std::string(kTarget) + " ") << "people are whole";
  auto nobody = edit("1200");
  nobody.set_by = " ";
  nobody.source.clear();
  EXPECT_EQ(fields(save(melati_, {nobody}).error()), std::string(kTarget) + "/set_by " + kTarget + "/source ");
  auto unknown = edit("1200");
  unknown.key = "persalinan/tidakada/0";
  EXPECT_EQ(save(melati_, {unknown}).error().front().message, Msg::SasaranUnknown);
  auto long_words = edit("1200");
  long_words.set_by = std::string(kLongestOrigin + 1, 'a');
  EXPECT_EQ(save(melati_, {long_words}).error().front().message, Msg::SasaranOriginLong);
  auto whole = edit("500");
  whole.key = "spm/sasaran_balita/0";
  EXPECT_FALSE(save(melati_, {whole, edit("")})) << "all of it or nothing";
  EXPECT_TRUE(read(melati_).lines.front().is_missing());
  EXPECT_EQ(read(melati_).lines.size(), 1U);
  EXPECT_FALSE(save(melati_, {edit("1"), edit("2")})) << "a line is set once";
  EXPECT_EQ(save(melati_, {}).value(), 0U);
}

TEST_P(YearlyTest, ANumberFromTheInstrumentsOwnFormCountsAndShowsWhatItSays) {
  const auto& form = *reference_.get()->latest("persalinan");
  const Instant at{start_of(day(2026, 1, 5), Zone::Wib).micros + 600 * 60'000'000LL};
  RawAnswers raw;
  raw["isi"].values = {"sasaran"};
  raw["sasaran"].values = {"1300"};
  raw["sumber_sasaran"].values = {"Rapat Dinas"};
  const auto answers = check_answers(form.form, raw, day(2026, 1, 5), false);
  ASSERT_TRUE(answers);
  ASSERT_TRUE(save_record(context_, operator_, {make_uuid(at), melati_, {}, form.version, at, Channel::Staff, *answers}));
  auto view = read(melati_);
  const auto& number = line(view, kTarget)->numbers.front();
  EXPECT_EQ(number.value, Decimal::whole(1300));
  EXPECT_FALSE(number.origin);
  EXPECT_EQ(number.form_source, "Rapat Dinas");
  const auto narrow = read_yearly(context_, Scope(Role::Surveyor, melati_, "account:3"), {.facility = melati_, .year = 2026});
  ASSERT_TRUE(narrow);
  EXPECT_EQ(line(*narrow, kTarget)->numbers.front().form_source, "") << "texts of records are for who may read records";
  ASSERT_TRUE(save(melati_, {edit("1250", number.moment)}));
  view = read(melati_);
  EXPECT_EQ(line(view, kTarget)->numbers.front().value, Decimal::whole(1250));
  EXPECT_EQ(line(view, kTarget)->numbers.back().form_source, "Rapat Dinas");
}

TEST_P(YearlyTest, SeveralNumbersOfOneSourceAreOneRecord) {
  auto toddlers = edit("1600"), elderly = edit("700"), other = edit("80");
  toddlers.key = "spm/sasaran_balita/0";
  elderly.key = "spm/sasaran_usia_lanjut/0";
  other.key = "spm/sasaran_diabetes/0";
  other.source = "Pendataan";
  const auto saved = save(melati_, {toddlers, elderly, other});
  ASSERT_TRUE(saved) << say(Lang::En, saved.error().front()) << " " << fields(saved.error());
  EXPECT_EQ(*saved, 3U);
  const auto records = list_audit(context_, operator_, {.facility = melati_, .action = "record.add"});
  EXPECT_EQ(records->lines.size(), 2U);
  const auto view = read(melati_);
  EXPECT_EQ(view.lines.size(), 4U) << "what has a number is needed, and the indicator's";
  EXPECT_TRUE(view.lines.front().is_missing()) << "missing ones first";
  EXPECT_EQ(line(view, "spm/sasaran_usia_lanjut/0")->numbers.front().value, Decimal::whole(700));
  EXPECT_EQ(line(view, "spm/sasaran_diabetes/0")->numbers.front().origin->source, "Pendataan");
}

TEST_P(YearlyTest, ACourseTellsZeroFromNotCollectedAndIsJudgedByTheLine) {
  serve(melati_, day(2026, 1, 31), 100);
  serve(melati_, day(2026, 2, 28), 0);
  serve(melati_, day(2026, 4, 30), 300);
  serve(melati_, day(2025, 12, 31), 999);  // of another year
  auto view = read(melati_);
  ASSERT_EQ(view.courses.size(), 1U);
  EXPECT_FALSE(view.courses.front().has_target_number);
  EXPECT_EQ(view.courses.front().judged(), nullptr) << "without a sasaran there is nothing to judge";
  ASSERT_TRUE(save(melati_, {edit("1200")}));
  view = read(melati_);
  const auto& course = view.courses.front();
  ASSERT_NE(course.line, nullptr);
  EXPECT_EQ(course.measure->title.id, "Persalinan terlayani");
  ASSERT_EQ(course.months.size(), 11U) << "up to the running month";
  EXPECT_EQ(course.months[0].reached, 100);
  EXPECT_EQ(course.months[1].reached, 0) << "a zero is a value";
  EXPECT_FALSE(course.months[2].reached) << "March was not collected";
  EXPECT_EQ(course.months[2].reading.share.numerator, 100);
  EXPECT_EQ(course.months[3].reading.share.numerator, 400);
  EXPECT_EQ(course.months[3].reading.share.denominator, 1200);
  EXPECT_EQ(course.months[3].gaps, 1);
  // Target 90 %: 7.5 % by January, 30 % by April, 37.5 % by May.
  EXPECT_DOUBLE_EQ(course.months[0].expected.value(), 7.5);
  EXPECT_EQ(course.months[0].on_the_way, true) << "100 of 1200 is 8.3 %";
  EXPECT_EQ(course.months[1].on_the_way, false);
  EXPECT_EQ(course.months[3].on_the_way, true) << "400 of 1200 is 33.3 %";
  EXPECT_EQ(course.months[4].on_the_way, false);
  EXPECT_TRUE(course.months[10].running);
  EXPECT_FALSE(course.months[10].on_the_way) << "the running month is not judged";
  ASSERT_NE(course.judged(), nullptr);
  EXPECT_EQ(course.judged()->month, month_of(day(2026, 10, 1)));
}

TEST_P(YearlyTest, ACoverageAboveAHundredPerCentIsNeverCapped) {
  serve(melati_, day(2026, 3, 31), 1112);
  ASSERT_TRUE(save(melati_, {edit("647")}));
  const auto view = read(melati_);
  const auto& month = view.courses.front().months[2];
  EXPECT_EQ(month.reading.share.numerator, 1112);
  EXPECT_TRUE(is_over(month.reading.share));
  EXPECT_NEAR(month.reading.share.value().value(), 1.7187, 0.0001);
}

TEST_P(YearlyTest, LastYearsNumbersAreCopiedAsProjectionsThatSaySo) {
  ASSERT_TRUE(save(melati_, {edit("1150", {}, YearlyKind::Counted)}, 2025));
  const auto old = read(melati_, 2025);
  EXPECT_EQ(line(old, kTarget)->numbers.front().moment.day, day(2025, 12, 31)) << "a year that is over";
  auto view = read(melati_);
  ASSERT_TRUE(view.lines.front().last_year);
  EXPECT_EQ(view.lines.front().last_year->value, Decimal::whole(1150));
  EXPECT_TRUE(view.lines.front().is_missing()) << "last year's number does not hold this year";
  EXPECT_EQ(view.copyable().size(), 1U);
  const auto copied = copy_last_year(context_, team(melati_), melati_, 2026, Lang::Id);
  ASSERT_TRUE(copied) << say(Lang::En, copied.error().front());
  EXPECT_EQ(*copied, 1U);
  view = read(melati_);
  const auto& number = line(view, kTarget)->numbers.front();
  EXPECT_EQ(number.value, Decimal::whole(1150));
  EXPECT_EQ(number.origin->kind, YearlyKind::Projected) << "a count of last year is no count of this one";
  EXPECT_EQ(number.origin->set_by, "Pusdatin");
  EXPECT_NE(number.origin->source.find("2025"), std::string::npos);
  EXPECT_EQ(copy_last_year(context_, team(melati_), melati_, 2026, Lang::Id).value(), 0U) << "nothing is left to copy";
}

TEST_P(YearlyTest, TheNextYearIsPlannedAndCountsFromItsFirstDay) {
  ASSERT_TRUE(save(melati_, {edit("1150", {}, YearlyKind::Counted)}));
  const auto planned = read(melati_, 2027);
  EXPECT_TRUE(planned.courses.empty() || planned.courses.front().months.empty()) << "nothing was reached in a year to come";
  ASSERT_EQ(planned.copyable().size(), 1U);
  ASSERT_TRUE(copy_last_year(context_, team(melati_), melati_, 2027, Lang::Id));
  auto next = read(melati_, 2027);
  EXPECT_EQ(line(next, kTarget)->numbers.front().moment.day, day(2027, 1, 1));
  const auto again = save(melati_, {edit("1300", line(next, kTarget)->numbers.front().moment)}, 2027);
  ASSERT_TRUE(again) << say(Lang::En, again.error().front());
  next = read(melati_, 2027);
  ASSERT_EQ(line(next, kTarget)->numbers.size(), 2U);
  EXPECT_EQ(line(next, kTarget)->numbers.front().value, Decimal::whole(1300));
  EXPECT_EQ(denominator(melati_), 1150) << "this year counts with its own";
  clock_.set(start_of(day(2026, 9, 30), Zone::Wib));
  EXPECT_FALSE(read_yearly(context_, team(melati_), {.facility = melati_, .year = 2027})) << "before October there is no planning";
  clock_.set(Instant{start_of(day(2027, 1, 1), Zone::Wib).micros + 8 * 3'600'000'000LL});
  const auto running = read(melati_, 2027);
  EXPECT_EQ(line(running, kTarget)->numbers.front().value, Decimal::whole(1300)) << "the plan holds";
  ASSERT_TRUE(save(melati_, {edit("1310", line(running, kTarget)->numbers.front().moment)}, 2027));
  EXPECT_EQ(line(read(melati_, 2027), kTarget)->numbers.front().value, Decimal::whole(1310)) << "and is replaced like any other";
}

TEST_P(YearlyTest, ALockedMonthTakesNoNumberOfItsYear) {
  const Scope head(Role::Head, melati_, "account:5");
  ASSERT_TRUE(lock_period(context_, head, melati_, month_of(day(2025, 12, 1)), "Tutup buku"));
  const auto refused = save(melati_, {edit("1150")}, 2025);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().message, Msg::PeriodLockedByHead);
  EXPECT_EQ(refused.error().front().field, kTarget) << "said beside its line";
  EXPECT_TRUE(read(melati_, 2025).lines.front().is_missing());
  EXPECT_TRUE(save(melati_, {edit("1200")})) << "the running year is open";
}

TEST_P(YearlyTest, UnitsHaveNumbersOfTheirOwnAndAddUp) {
  auto first = edit("400"), second = edit("300");
  first.key = "persalinan/sasaran/1";
  second.key = "persalinan/sasaran/2";
  ASSERT_TRUE(save(melati_, {first, second}));
  const auto view = read(melati_);
  ASSERT_EQ(view.lines.size(), 2U) << "the facility as a whole needs none besides";
  EXPECT_EQ(line(view, "persalinan/sasaran/2")->place->name, "Posyandu");
  EXPECT_EQ(denominator(melati_), 700);
  const Scope officer({Grant{Role::Officer, melati_, UnitKey{1}}}, "account:2");
  auto own = edit("450", line(view, "persalinan/sasaran/1")->numbers.front().moment);
  own.key = "persalinan/sasaran/1";
  auto others = edit("450", line(view, "persalinan/sasaran/2")->numbers.front().moment);
  others.key = "persalinan/sasaran/2";
  const std::vector<YearlyEdit> mine{own}, theirs{others};
  EXPECT_FALSE(save_yearly(context_, officer, melati_, 2026, theirs)) << "another unit's";
  EXPECT_TRUE(save_yearly(context_, officer, melati_, 2026, mine));
  EXPECT_EQ(denominator(melati_), 750);
}

TEST_P(YearlyTest, OnlyWhoEntersRecordsThereSetsThem) {
  const std::vector<YearlyEdit> edits{edit("1200")};
  EXPECT_FALSE(save_yearly(context_, Scope(Role::Surveyor, melati_, "account:3"), melati_, 2026, edits));
  EXPECT_FALSE(save_yearly(context_, Scope(Role::DistrictOffice, mawar_, "account:3"), melati_, 2026, edits));
  EXPECT_FALSE(save_yearly(context_, team(mawar_), melati_, 2026, edits));
  EXPECT_TRUE(read(melati_).lines.front().is_missing());
  EXPECT_TRUE(save_yearly(context_, team(melati_), melati_, 2026, edits));
}

TEST_P(YearlyTest, AnOfficeSeesWhichSasaranAreMissing) {
  const Scope office(Role::DistrictOffice, district_, "account:4");
  const auto read_office = [&](int year = 2026) {
    auto view = read_yearly_office(context_, office, district_, year);
    EXPECT_TRUE(view);
    std::map<std::string, std::pair<std::size_t, std::size_t>> out;
    for (const auto& row : view->rows) out[row.node->code] = {row.needed, row.missing.size()};
    return out;
  };
  using Pair = std::pair<std::size_t, std::size_t>;
  auto rows = read_office();
  EXPECT_EQ(rows["melati"], Pair(1, 1));
  EXPECT_EQ(rows["mawar"], Pair(1, 1));
  EXPECT_EQ(rows["rs"], Pair(0, 0)) << "needs none";
  ASSERT_TRUE(save(melati_, {edit("1200")}));
  rows = read_office();
  EXPECT_EQ(rows["melati"], Pair(1, 0));
  EXPECT_EQ(rows["mawar"], Pair(1, 1));
  serve(rs_, day(2026, 10, 31), 20);
  EXPECT_EQ(read_office()["rs"], Pair(1, 1)) << "who serves towards a sasaran needs it";
  auto last_year = edit("700");
  last_year.key = "spm/sasaran_usia_lanjut/0";
  ASSERT_TRUE(save(mawar_, {last_year}, 2025));
  EXPECT_EQ(read_office()["mawar"], Pair(2, 2)) << "it had one last year";
  EXPECT_EQ(read_office(2025)["mawar"], Pair(2, 1));
  EXPECT_FALSE(read_yearly_office(context_, team(melati_), district_, 2026)) << "a facility does not see its office";
}

TEST_P(YearlyTest, MarksInANumberPartGroupsOrDigits) {
  EXPECT_EQ(parse_yearly_number("1.250", 0), Decimal::whole(1250));
  EXPECT_EQ(parse_yearly_number("12,000", 0), Decimal::whole(12'000)) << "an English reader's thousands";
  EXPECT_EQ(parse_yearly_number(" 1250 ", 0), Decimal::whole(1250));
  EXPECT_EQ(parse_yearly_number("12,5", 1), parse_decimal("12.5"));
  EXPECT_EQ(parse_yearly_number("12.5", 1), parse_decimal("12.5"));
  EXPECT_FALSE(parse_yearly_number("seribu", 0));
  EXPECT_FALSE(parse_yearly_number("", 0));
}

}  // namespace pilar::yearly_test
