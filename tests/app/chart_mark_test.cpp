#include "app/chart_mark.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/event_gap.h"
#include "app/facility_table.h"
#include "app/indicator.h"
#include "app/organisation.h"
#include "app/record.h"
#include "i18n/messages.h"
#include "i18n/words/mark.h"
#include "i18n/words/result.h"
#include "support/shipped_store.h"

namespace pilar::chart_mark_test {

using namespace pilar::app;

constexpr std::int64_t kMarkDay = 86'400'000'000;

/// A facility with two units that lays something down on its control charts.
class ChartMarkTest : public test::ShippedStoreTest {
 protected:
  ChartMarkTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords, {}, SigningKey{{8}}} {
    clock_.set({1'795'219'200'000'000});  // 21 November 2026, 07.00 WIB
    refresh_reference(context_);
    payer_ = add({.kind = NodeKind::Payer, .code = "penjamin", .name = "Penjamin"});
    for (const char* code : {"melati", "mawar", "kenanga"})
      add({.parent = payer_, .code = code, .name = code, .facility_type = "puskesmas", .units = {"Poli Umum", "Farmasi"}});
    melati_ = reference_.get()->organisation.find("melati")->key;
    mawar_ = reference_.get()->organisation.find("mawar")->key;
  }

  FacilityKey add(const NewPlace& place) {
    auto wanted = place;
    wanted.valid_from = Day{10'000};
    return add_place(context_, operator_, wanted).value();
  }
  static Scope lead(FacilityKey facility) { return {Role::QualityLead, facility, "account:1"}; }

  ChartMark action(const char* day = "2026-04-06", UnitKey unit = {}) const {
    return {
        .unit = unit, .formula = "kessan/rating", .kind = ChartMarkKind::Action, .day = parse_day(day).value(), .text = " Loket kedua "};
  }
  std::int32_t save(const ChartMark& mark) {
    const auto saved = save_chart_mark(context_, lead(melati_), melati_, mark);
    EXPECT_TRUE(saved) << (saved ? "" : say(Lang::En, saved.error().front()));
    return saved.value_or(0);
  }
  Message refused(const ChartMark& mark) {
    const auto saved = save_chart_mark(context_, lead(melati_), melati_, mark);
    EXPECT_FALSE(saved);
    return saved ? Msg::MarkStands : saved.error().front().message;
  }
  MarkList list(UnitKey unit = {}) { return read_chart_marks(context_, lead(melati_), melati_, unit, "kessan/rating").value(); }
  ResultView result(std::optional<UnitKey> unit = {}) {
    ResultQuery query{"kessan", melati_, unit, period_of(parse_month("2026-10").value())};
    query.with_marks = true;
    return read_result(context_, lead(melati_), query).value();
  }
  void rate(FacilityKey facility, int times, const char* rating, int days_ago) {
    const auto* version = reference_.get()->latest("kessan");
    for (int i = 0; i < times; ++i) {
      RawAnswers raw;
      raw["nilai"].values = {rating};
      const Instant at{clock_.now().micros - days_ago * kMarkDay};
      const auto answers = check_answers(version->form, raw, civil_day(at, Zone::Wib), false);
      ASSERT_TRUE(answers);
      ASSERT_TRUE(save_record(context_, operator_, {make_uuid(at), facility, {1}, version->version, at, Channel::Staff, *answers}));
    }
  }
  /// A blood test whose result took so long.
  void examine(int days_ago, int minutes) {
    const auto* lab = reference_.get()->latest("laboratorium");
    const Instant at{clock_.now().micros - days_ago * kMarkDay};
    const auto moment = [&](int after) { return iso({at.micros + after * 60'000'000LL}, Zone::Wib); };
    RawAnswers raw;
    raw["jenis"].values = {"darah"};
    raw["diterima"].values = {moment(-600)};
    raw["dilaporkan"].values = {moment(-600 + minutes)};
    const auto answers = check_answers(lab->form, raw, civil_day(clock_.now(), Zone::Wib), false);
    ASSERT_TRUE(answers);
    ASSERT_TRUE(save_record(context_, operator_, {make_uuid(at), melati_, {}, lab->version, at, Channel::Staff, *answers}));
  }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  FacilityKey payer_, melati_, mawar_;
};
PILAR_BOTH_ENGINES(ChartMarkTest);

TEST_P(ChartMarkTest, AMarkIsAddedChangedRemovedAndPutBackWithItsHistory) {
  const auto number = save(action());
  EXPECT_EQ(number, 1);
  ASSERT_EQ(list().marks.size(), 1U);
  EXPECT_EQ(list().standing().front().text, "Loket kedua") << "trimmed";
  auto changed = list().standing().front();
  changed.text = "Loket kedua dibuka";
  changed.link = "/komentar";
  EXPECT_EQ(save(changed), number);
  ASSERT_TRUE(remove_chart_mark(context_, lead(melati_), melati_, number, "salah bulan"));
  EXPECT_TRUE(list().standing().empty());
  EXPECT_FALSE(remove_chart_mark(context_, lead(melati_), melati_, number, "lagi")) << "it is gone already";
  ASSERT_TRUE(restore_chart_mark(context_, lead(melati_), melati_, number));
  EXPECT_FALSE(restore_chart_mark(context_, lead(melati_), melati_, number));
  const auto after = list();
  const auto* history = after.find(number);
  ASSERT_NE(history, nullptr);
  ASSERT_EQ(history->revisions.size(), 4U);
  EXPECT_EQ(history->revisions[0].mark.text, "Loket kedua");
  EXPECT_EQ(history->revisions[2].reason, "salah bulan");
  EXPECT_FALSE(history->revisions[2].stands);
  EXPECT_EQ(history->last().mark.text, "Loket kedua dibuka");
  EXPECT_EQ(history->last().actor, "account:1");
}

TEST_P(ChartMarkTest, OnlyWhoManagesTheIndicatorsOfThePlaceMarksItsCharts) {
  save(action());
  const Scope officer(Role::Officer, melati_, "account:2");
  EXPECT_EQ(save_chart_mark(context_, officer, melati_, action()).error().front().kind, Problem::Kind::Forbidden);
  EXPECT_EQ(save_chart_mark(context_, lead(mawar_), melati_, action()).error().front().kind, Problem::Kind::Forbidden);
  EXPECT_FALSE(remove_chart_mark(context_, officer, melati_, 1, "iseng"));
  EXPECT_FALSE(restore_chart_mark(context_, officer, melati_, 1));
  EXPECT_FALSE(read_chart_marks(context_, lead(mawar_), melati_, {}, "kessan/rating"));
  EXPECT_FALSE(read_chart_marks(context_, officer, melati_, {}, "kessan/rating").value().may_change);
  EXPECT_FALSE(read_chart_marks(context_, operator_, payer_, {}, "kessan/rating")) << "no facility";
  EXPECT_FALSE(read_chart_marks(context_, lead(melati_), melati_, {}, "kessan/tidakada"));
  EXPECT_FALSE(read_chart_marks(context_, lead(melati_), melati_, {99}, "kessan/rating"));
}

TEST_P(ChartMarkTest, NewLinesRestOnAnActionThatStays) {
  auto rebase = action("2026-05-01");
  rebase.kind = ChartMarkKind::Rebase;
  EXPECT_EQ(refused(rebase), Msg::MarkNeedsAction);
  rebase.action = save(action());
  const auto lines = save(rebase);
  EXPECT_EQ(refused(rebase), Msg::MarkMonthTaken);
  EXPECT_EQ(remove_chart_mark(context_, lead(melati_), melati_, rebase.action, "x").error().front().message, Msg::MarkIsNeeded);
  auto audit = list().standing().front();
  audit.kind = ChartMarkKind::Audit;
  EXPECT_EQ(refused(audit), Msg::MarkIsNeeded) << "it would be no action any more";
  EXPECT_EQ(result().marks.choice("kessan/rating").starts, (std::vector{parse_month("2026-05").value()}));
  EXPECT_TRUE(result(UnitKey{1}).marks.choice("kessan/rating").starts.empty()) << "a unit has lines of its own";
  EXPECT_EQ(result(UnitKey{1}).marks.of("kessan/rating").size(), 1U) << "but the event of the facility";
  ASSERT_TRUE(remove_chart_mark(context_, lead(melati_), melati_, lines, "keliru"));
  EXPECT_TRUE(remove_chart_mark(context_, lead(melati_), melati_, rebase.action, "keliru"));
  EXPECT_EQ(restore_chart_mark(context_, lead(melati_), melati_, lines).error().front().message, Msg::MarkNeedsAction);
}

TEST_P(ChartMarkTest, OfTwoWhoChangeOneNoteTheSecondIsTold) {
  save(action());
  auto mark = list().standing().front();
  mark.text = "Satu";
  ASSERT_TRUE(save_chart_mark(context_, lead(melati_), melati_, mark, 1U));
  mark.text = "Dua";
  const auto late = save_chart_mark(context_, lead(melati_), melati_, mark, 1U);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().front().kind, Problem::Kind::Conflict);
  EXPECT_EQ(list().standing().front().text, "Satu");
  EXPECT_TRUE(save_chart_mark(context_, lead(melati_), melati_, mark, 2U));
}

TEST_P(ChartMarkTest, AMarkStaysOnItsChart) {
  save(action());
  auto moved = list().standing().front();
  moved.formula = "skm/skm";
  EXPECT_FALSE(save_chart_mark(context_, lead(melati_), melati_, moved));
  moved = list().standing().front();
  moved.kind = ChartMarkKind::Baseline;
  EXPECT_EQ(refused(moved), Msg::MarkUnknown);
  auto unknown = action();
  unknown.number = 99;
  EXPECT_EQ(refused(unknown), Msg::MarkUnknown);
  unknown = action();
  unknown.formula = "kessan";
  EXPECT_EQ(refused(unknown), Msg::ResultUnknownMeasure);
  unknown = action();
  unknown.unit = UnitKey{99};
  EXPECT_EQ(refused(unknown), Msg::ResultUnknownUnit);
}

TEST_P(ChartMarkTest, AProfileThatCountsSomethingElseBreaksTheLinesOfWhoUsesIt) {
  Indicator profile;
  profile.key = "kesan-baik";
  profile.title = {"Kesan baik", "Good impression"};
  profile.formula = "kessan/rating";
  profile.aim = profile.definition = profile.numerator = profile.responsible = {"isi", ""};
  profile.source = "uji";
  profile.efforts = {{{"Pantau", ""}, {"Tim", ""}}};
  const auto first = save_indicator(context_, lead(melati_), {.owner = melati_, .profile = profile, .publish = true});
  ASSERT_TRUE(first) << say(Lang::En, first.error().front());
  ASSERT_TRUE(use_indicator(context_, lead(melati_), melati_, first->id, {}));
  EXPECT_TRUE(result().marks.breaks.empty());
  const auto seen = read_kamus_of(context_, lead(melati_), melati_).value().find("kesan-baik")->entry->newest().saved_at;
  clock_.set({clock_.now().micros + 60'000'000});
  profile.definition = {"definisi lain", ""};
  profile.valid_from = parse_day("2026-12-01");
  const IndicatorEdit edit{.owner = melati_, .id = first->id, .seen = seen, .profile = profile, .publish = true, .reason = "baru"};
  const auto second = save_indicator(context_, lead(melati_), edit);
  ASSERT_TRUE(second) << say(Lang::En, second.error().front()) << " " << second.error().front().field;
  const auto marks = result().marks;
  ASSERT_EQ(marks.breaks.size(), 1U);
  EXPECT_EQ(marks.breaks[0].version, 2);
  EXPECT_TRUE(marks.breaks[0].new_meaning);
  EXPECT_EQ(marks.choice("kessan/rating").starts, (std::vector{parse_month("2026-12").value()}));
  ASSERT_TRUE(drop_indicator(context_, lead(melati_), melati_, first->id));
  EXPECT_TRUE(result().marks.breaks.empty()) << "nobody uses it here";
}

TEST_P(ChartMarkTest, ABaselineIsFrozenOnceAndReadWhereItIsAskedFor) {
  auto baseline = action("2025-01-01");
  baseline.kind = ChartMarkKind::Baseline;
  baseline.to = parse_month("2025-12");
  save(baseline);
  EXPECT_EQ(refused(baseline), Msg::MarkBaselineTaken);
  EXPECT_EQ(result().marks.choice("kessan/rating").baselines.size(), 1U);
  EXPECT_TRUE(
      read_result(context_, lead(melati_), {"kessan", melati_, {}, period_of(parse_month("2026-10").value())}).value().marks.marks.empty())
      << "only where they are asked for";
}

TEST_P(ChartMarkTest, FacilitiesAreComparedByOneShareOverSomeMonths) {
  rate(melati_, 6, "5", 25);
  rate(melati_, 2, "1", 55);
  rate(mawar_, 4, "4", 25);
  const auto read = [&](const std::string& formula, const char* from, const char* to) {
    return read_facility_shares(context_, Scope(Role::BranchOfficer, payer_, "account:3"), payer_,
                                {formula, parse_month(from).value(), parse_month(to).value()});
  };
  const auto two = read("kessan/rating", "2026-09", "2026-11");
  ASSERT_TRUE(two);
  ASSERT_EQ(two->measures.size(), 1U);
  EXPECT_EQ(two->month, parse_month("2026-10"));
  const auto of = [&](const FacilityTable& table, FacilityKey key) {
    return std::ranges::find_if(table.rows, [&](const FacilityRow& row) { return row.node->key == key; })->readings.front().rating;
  };
  EXPECT_EQ(of(*two, melati_).n, 8);
  EXPECT_EQ(of(*two, melati_).top_two.numerator, 6);
  EXPECT_EQ(of(*two, mawar_).n, 4);
  EXPECT_EQ(of(*read("kessan/rating", "2026-10", "2026-11"), melati_).n, 6);
  EXPECT_FALSE(read("kessan", "2026-10", "2026-11"));
  EXPECT_FALSE(read("skm/skm", "2026-10", "2026-11"));
  EXPECT_FALSE(read("kessan/rating", "2026-11", "2026-11"));
  EXPECT_FALSE(read_facility_shares(context_, lead(melati_), payer_, {"kessan/rating", Month{680}, Month{681}}));
}

TEST_P(ChartMarkTest, FacilitiesAreComparedByTheShareOfTimesWithinALimit) {
  examine(30, 300);
  examine(20, 60);
  examine(10, 60);
  const auto table = read_facility_shares(context_, Scope(Role::BranchOfficer, payer_, "account:3"), payer_,
                                          {"laboratorium/lama_darah", parse_month("2026-10").value(), parse_month("2026-12").value()});
  ASSERT_TRUE(table);
  const auto row = std::ranges::find_if(table->rows, [&](const FacilityRow& one) { return one.node->key == melati_; });
  EXPECT_EQ(row->readings.front().share.numerator, 2);
  EXPECT_EQ(row->readings.front().share.denominator, 3);
}

TEST_P(ChartMarkTest, DaysWithEventsComeFromTheirCells) {
  const auto* lab = reference_.get()->latest("laboratorium");
  const auto& measure = *std::ranges::find(lab->form.measures, "lama_darah", &Measure::key);
  examine(30, 300);
  examine(30, 60);
  examine(20, 60);
  examine(10, 300);
  const ResultQuery query{"laboratorium", melati_, {}, {}};
  const auto days = read_event_days(context_, lead(melati_), query, measure);
  ASSERT_TRUE(days);
  ASSERT_EQ(days->size(), 3U);
  EXPECT_EQ((*days)[0].events, 1);
  EXPECT_EQ((*days)[0].cases, 2);
  const auto gaps = event_gaps(*days, civil_day(clock_.now(), Zone::Wib));
  ASSERT_EQ(gaps.size(), 2U);
  EXPECT_EQ(gaps[0].days, 20);
  EXPECT_EQ(gaps[0].cases, 1);
  EXPECT_FALSE(read_event_days(context_, lead(mawar_), query, measure)) << "of another facility";
  const auto& rating = reference_.get()->latest("kessan")->form.measures.front();
  EXPECT_FALSE(read_event_days(context_, lead(melati_), {"kessan", melati_, {}, {}}, rating)) << "a rating counts no events";
}

}  // namespace pilar::chart_mark_test
