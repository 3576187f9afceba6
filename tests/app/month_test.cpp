#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "app/import_batch.h"
#include "app/month_change.h"
#include "app/month_sending.h"
#include "app/month_unit.h"
#include "app/organisation.h"
#include "app/period_lock.h"
#include "app/place.h"
#include "app/record.h"
#include "app/record_batch.h"
#include "app/record_parts.h"
#include "app/upkeep.h"
#include "base/hash.h"
#include "i18n/messages.h"
#include "i18n/words/page.h"
#include "i18n/words/period.h"
#include "store/facility_head.h"
#include "store/indicator_store.h"
#include "store/instrument_store.h"
#include "store/organisation_store.h"
#include "support/shipped_store.h"

namespace pilar::month_test {

using namespace pilar::app;

constexpr std::int64_t kMonthDayMicros = 86'400'000'000, kMonthHourMicros = 3'600'000'000;

constexpr std::string_view kMonthKamus = R"(kamus: uji
indicators:
  - key: hasil-darah
    version: 1
    title: {id: Hasil darah, en: Blood results}
    source: uji
    aim: {id: Cepat, en: Quick}
    definition: {id: Definisi, en: Definition}
    type: proses
    area: ukp
    level: unit
    formula: laboratorium/lama_darah
    numerator: {id: Cepat, en: Quick}
    target: 50
    responsible: {id: Kepala lab, en: Head of laboratory}
    efforts:
      - {what: {id: Pantau, en: Watch}, who: {id: Analis, en: Analyst}}
)";

/// One facility with one indicator on the level of units, under an office; it is 21 November 2026, 07.00 WIB.
class MonthTest : public test::ShippedStoreTest {
 protected:
  MonthTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords, {}, SigningKey{{8}}} {
    clock_.set({1'795'219'200'000'000});
    refresh_reference(context_);
    district_ = add({.kind = NodeKind::District, .code = "kab", .name = "Dinas Kab"});
    melati_ = add({.parent = district_, .code = "melati", .name = "Melati", .facility_type = "puskesmas"});
    const auto installed = install_kamus(context_, operator_, kMonthKamus, "uji.yaml");
    EXPECT_TRUE(installed) << (installed ? "" : say(Lang::En, installed.error().front()));
    indicator_ = reference_.get()->indicators.front().id;
    db().shared([&](store::Tx& tx) { store::put_use(tx, melati_, {indicator_, Day{20'000}, {}, ""}); });
  }

  FacilityKey add(const NewPlace& place) {
    auto wanted = place;
    wanted.valid_from = Day{10'000};
    return add_place(context_, operator_, wanted).value();
  }
  UnitKey add_unit(const char* name) {
    UnitKey key;
    context_.db.shared([&](store::Tx& tx) {
      key = store::insert_unit(tx, {melati_, {}, name, name, Day{10'000}});
      store::advance_generation(tx);
    });
    refresh_reference(context_);
    return key;
  }
  Scope head() const { return {Role::Head, melati_, "account:1"}; }
  Scope team() const { return {Role::QualityLead, melati_, "account:2"}; }
  Scope office() const { return {Role::DistrictOffice, district_, "account:3"}; }
  static Month month(const char* text) { return parse_month(text).value(); }

  NewRecord record(int days_ago, int minutes, UnitKey unit = {}) {
    const auto& lab = *reference_.get()->latest("laboratorium");
    const Instant at{clock_.now().micros - days_ago * kMonthDayMicros};
    const auto moment = [&](int after) { return iso({at.micros + after * 60'000'000LL}, Zone::Wib); };
    RawAnswers raw;
    raw["jenis"].values = {"darah"};
    raw["diterima"].values = {moment(-600)};
    raw["dilaporkan"].values = {moment(-600 + minutes)};
    return {make_uuid(at),
            melati_,
            unit,
            lab.version,
            at,
            Channel::Staff,
            check_answers(lab.form, raw, civil_day(clock_.now(), Zone::Wib), false).value()};
  }
  Saved examine(int days_ago, int minutes, UnitKey unit = {}) {
    const auto saved = save_record(context_, operator_, record(days_ago, minutes, unit));
    EXPECT_TRUE(saved) << (saved ? "" : say(Lang::En, saved.error().front()));
    return saved.value_or(Saved{});
  }
  Message refusal(const Result<Saved>& result) { return result ? Msg::PageNotFound : result.error().front().message; }
  MonthCard card(const char* wanted) {
    const auto reports = read_month_reports(context_, team(), melati_, month("2026-11"));
    return *reports.value().find(month(wanted));
  }
  RowFate import_one(const NewRecord& one) {
    std::promise<RowFate> fate;
    submit_import(context_, operator_, melati_, {one}, {make_uuid(clock_.now()), "berkas.csv", true},
                  [&](const BatchFates& done, std::exception_ptr) { fate.set_value(done.fates.front()); });
    return fate.get_future().get();
  }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  FacilityKey district_, melati_;
  IndicatorKey indicator_;
};
PILAR_BOTH_ENGINES(MonthTest);

TEST_P(MonthTest, NothingIsWrittenInALockedMonth) {
  const auto october = examine(30, 60);
  const auto november = examine(3, 60);
  ASSERT_TRUE(lock_period(context_, head(), melati_, month("2026-10"), "Laporan triwulan"));
  const auto added = save_record(context_, operator_, record(30, 90));
  ASSERT_EQ(refusal(added), Msg::PeriodLockedByHead);
  const auto& problem = added.error().front();
  EXPECT_EQ(problem.field, "at");
  EXPECT_EQ(problem.kind, Problem::Kind::Conflict);
  EXPECT_NE(say(Lang::Id, problem).find("Oktober 2026"), std::string::npos);
  EXPECT_NE(say(Lang::En, problem).find("October 2026"), std::string::npos);
  EXPECT_NE(say(Lang::Id, problem).find("Laporan triwulan"), std::string::npos);
  EXPECT_EQ(refusal(void_record(context_, operator_, melati_, october.id, 1, "uji")), Msg::PeriodLockedByHead);
  const auto moved = record(30, 60);
  const Correction into{melati_, november.id, 1, {}, moved.version, moved.at, moved.answers, "uji"};
  EXPECT_EQ(refusal(correct_record(context_, operator_, into)), Msg::PeriodLockedByHead) << "nor moved into it";
  const Correction out{melati_, october.id, 1, {}, moved.version, record(3, 60).at, moved.answers, "uji"};
  EXPECT_EQ(refusal(correct_record(context_, operator_, out)), Msg::PeriodLockedByHead) << "nor moved out of it";
  EXPECT_EQ(import_one(record(30, 90)), RowFate::Locked);
  EXPECT_EQ(import_one(record(3, 90)), RowFate::Added);
  examine(3, 80);
  EXPECT_TRUE(recount(context_, melati_, 3).empty()) << "what was refused left nothing in the cells";
}

TEST_P(MonthTest, ARecordThatIsThereIsRecognisedAlsoBehindALock) {
  const auto one = record(30, 60);
  ASSERT_TRUE(save_record(context_, operator_, one));
  ASSERT_TRUE(lock_period(context_, head(), melati_, month("2026-10"), "uji"));
  const auto again = save_record(context_, operator_, one);
  ASSERT_TRUE(again) << "its answer was lost, and the device sends it again";
  EXPECT_TRUE(again->repeated);
  std::promise<BatchResult> answer;
  submit_batch(context_, operator_, melati_, {one, record(31, 60)}, "uji",
               [&](const Result<BatchResult>& done, std::exception_ptr) { answer.set_value(done.value_or(BatchResult{})); });
  const auto batch = answer.get_future().get();
  EXPECT_EQ(batch.repeated, 1);
  EXPECT_EQ(batch.added, 0);
  EXPECT_EQ(batch.locked, std::vector<std::size_t>{1});
}

TEST_P(MonthTest, AnImportTellsBeforehandWhatIsLocked) {
  ASSERT_TRUE(lock_period(context_, head(), melati_, month("2026-10"), "uji"));
  const auto reference = reference_.get();
  db().read([&](store::Tx& tx) {
    const LockedMonths period{store::load_period_lock(tx, melati_), clock_.now()};
    EXPECT_EQ(fate_of(tx, *reference, operator_, stored_form(*reference, record(30, 60), clock_.now()), {}, period), RowFate::Locked);
    EXPECT_EQ(fate_of(tx, *reference, operator_, stored_form(*reference, record(3, 60), clock_.now()), {}, period), RowFate::Added);
    const auto problem = check_period(context_, tx, melati_, make_day(2026, 10, 20).value());
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->message, Msg::PeriodLockedByHead);
    EXPECT_FALSE(check_period(context_, tx, melati_, make_day(2026, 11, 2).value()));
  });
}

TEST_P(MonthTest, ALockIsOpenedForDaysAndClosesByItself) {
  ASSERT_TRUE(lock_period(context_, head(), melati_, month("2026-10"), "uji"));
  EXPECT_FALSE(lock_period(context_, head(), melati_, month("2026-09"), "uji")) << "locked already";
  EXPECT_FALSE(lock_period(context_, head(), melati_, month("2026-11"), "uji")) << "not over";
  EXPECT_FALSE(open_period(context_, head(), melati_, month("2026-10"), 0, "uji"));
  EXPECT_FALSE(open_period(context_, head(), melati_, month("2026-10"), 3, "  ")) << "without a reason";
  ASSERT_TRUE(open_period(context_, head(), melati_, month("2026-10"), 2, "Data susulan"));
  examine(30, 60);
  EXPECT_EQ(refusal(save_record(context_, operator_, record(60, 60))), Msg::PeriodLockedByHead) << "September stays locked";
  clock_.set({clock_.now().micros + 2 * kMonthDayMicros + 1'000'000});
  EXPECT_EQ(refusal(save_record(context_, operator_, record(32, 60))), Msg::PeriodLockedByHead) << "two days are over";
  ASSERT_TRUE(open_period(context_, head(), melati_, month("2026-09"), 5, "uji"));
  examine(60, 60);
  ASSERT_TRUE(close_period(context_, head(), melati_));
  EXPECT_EQ(refusal(save_record(context_, operator_, record(32, 60))), Msg::PeriodLockedByHead);
  EXPECT_FALSE(close_period(context_, head(), melati_)) << "nothing is open";
  const auto view = read_period(context_, team(), melati_);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->events.size(), 4U) << "every act stays";
  EXPECT_FALSE(view->may_lock) << "the quality team asks the head";
}

TEST_P(MonthTest, WhatAnOfficeLockedOnlyItOpens) {
  EXPECT_FALSE(lock_period(context_, team(), melati_, month("2026-09"), "uji"));
  ASSERT_TRUE(lock_period(context_, office(), melati_, month("2026-09"), "Laporan kabupaten"));
  ASSERT_TRUE(lock_period(context_, head(), melati_, month("2026-10"), "uji"));
  EXPECT_EQ(refusal(save_record(context_, operator_, record(30, 60))), Msg::PeriodLockedByHead);
  const auto old = save_record(context_, operator_, record(60, 60));
  ASSERT_EQ(refusal(old), Msg::PeriodLockedByOffice);
  EXPECT_NE(say(Lang::Id, old.error().front()).find("Dinas Kab"), std::string::npos) << "whom to ask";
  EXPECT_TRUE(open_period(context_, head(), melati_, month("2026-10"), 1, "uji"));
  const auto refused = open_period(context_, head(), melati_, month("2026-09"), 1, "uji");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().message, Msg::PeriodMayNotOpen);
  ASSERT_TRUE(open_period(context_, office(), melati_, month("2026-09"), 1, "uji"));
  examine(60, 60);
}

TEST_P(MonthTest, AReportSendsItselfOnceItsTimeHasComeAndItIsReady) {
  clock_.set({1'795'219'200'000'000 + 10 * kMonthDayMicros});  // 1 December 2026, 07.00 WIB
  ASSERT_TRUE(set_month_sending(context_, team(), melati_, {.enabled = true, .day = 3, .hour = 8}));
  EXPECT_FALSE(set_month_sending(context_, team(), melati_, {.enabled = true, .day = 31, .hour = 24}));
  EXPECT_FALSE(set_month_sending(context_, Scope(Role::Officer, melati_, "account:9"), melati_, {}));
  EXPECT_EQ(send_due_months(context_, 10), 0U) << "not yet";
  clock_.set({clock_.now().micros + 2 * kMonthDayMicros + 2 * kMonthHourMicros});  // 3 December, 09.00
  EXPECT_EQ(send_due_months(context_, 10), 0U) << "nothing is filled in";
  EXPECT_EQ(card("2026-11").state, MonthState::Empty);
  examine(20, 60);
  EXPECT_EQ(send_due_months(context_, 10), 0U) << "looked at a moment ago";
  clock_.set({clock_.now().micros + 2 * kMonthHourMicros});
  EXPECT_EQ(send_due_months(context_, 10), 1U);
  const auto sent = card("2026-11");
  EXPECT_EQ(sent.state, MonthState::Sent);
  ASSERT_EQ(sent.events.size(), 1U);
  EXPECT_EQ(sent.events.front().actor, kSentByItself) << "everybody sees who did it";
  ASSERT_TRUE(decide_month(context_, team(), melati_, month("2026-11"), MonthStep::Withdraw, "keliru"));
  clock_.set({clock_.now().micros + 2 * kMonthHourMicros});
  EXPECT_EQ(send_due_months(context_, 10), 0U) << "who took it back decides";
}

TEST_P(MonthTest, AMissedTargetWithoutWordsIsNotSentByItself) {
  examine(30, 400);
  ASSERT_TRUE(set_month_sending(context_, team(), melati_, {.enabled = true, .day = 3, .hour = 8}));
  EXPECT_EQ(send_due_months(context_, 10), 0U);
  ASSERT_TRUE(save_month_note(context_, team(), melati_, month("2026-10"), indicator_, {"Alat rusak", "Perbaiki"}));
  clock_.set({clock_.now().micros + 2 * kMonthHourMicros});
  EXPECT_EQ(send_due_months(context_, 10), 1U);
  ASSERT_TRUE(set_month_sending(context_, team(), melati_, {.enabled = false, .day = 3, .hour = 8}));
  EXPECT_FALSE(read_month_sending(context_, team(), melati_)->enabled);
}

TEST_P(MonthTest, OfTwoWhoSetAutomaticSendingTheSecondIsTold) {
  ASSERT_TRUE(set_month_sending(context_, team(), melati_, {.enabled = true, .day = 3, .hour = 8}, Instant{}));
  const auto first = read_month_sending(context_, team(), melati_)->at;
  EXPECT_EQ(first, clock_.now());
  clock_.set({clock_.now().micros + kMonthHourMicros});
  const auto late = set_month_sending(context_, team(), melati_, {.enabled = false, .day = 7, .hour = 9}, Instant{});
  ASSERT_FALSE(late) << "it was typed over nothing";
  EXPECT_EQ(late.error().front().kind, Problem::Kind::Conflict);
  EXPECT_EQ(read_month_sending(context_, team(), melati_)->day, 3);
  EXPECT_EQ(send_due_months(context_, 10), 0U) << "the round that looks leaves the setting as it is";
  EXPECT_TRUE(set_month_sending(context_, team(), melati_, {.enabled = true, .day = 7, .hour = 9}, first));
  EXPECT_FALSE(set_month_sending(context_, team(), melati_, {.enabled = true, .day = 8, .hour = 9}, first));
  EXPECT_EQ(read_month_sending(context_, team(), melati_)->day, 7);
}

TEST_P(MonthTest, OfTwoWhoWriteOneAnalysisTheSecondIsTold) {
  const auto october = month("2026-10");
  const auto save = [&](const char* words, std::optional<Instant> seen) {
    return save_month_note(context_, team(), melati_, october, indicator_, {words, "Perbaiki"}, seen);
  };
  ASSERT_TRUE(save("Alat rusak", Instant{}));
  const auto first = card("2026-10").notes.at(indicator_);
  EXPECT_EQ(first.at, clock_.now());
  clock_.set({clock_.now().micros + kMonthHourMicros});
  const auto late = save("Listrik padam", Instant{});
  ASSERT_FALSE(late) << "it was typed over nothing";
  EXPECT_EQ(late.error().front().kind, Problem::Kind::Conflict);
  EXPECT_EQ(card("2026-10").notes.at(indicator_).analysis, "Alat rusak");
  EXPECT_TRUE(save("Alat rusak dan listrik padam", first.at));
  EXPECT_FALSE(save("Alat rusak saja", first.at));
  EXPECT_TRUE(save("Apa pun yang ada", std::nullopt));
}

TEST_P(MonthTest, ALateChangeIsTheNextRevisionAndSaysWhatItReaches) {
  examine(60, 60);
  examine(30, 60);
  for (const char* one : {"2026-09", "2026-10"}) ASSERT_TRUE(send_month(context_, team(), melati_, month(one)));
  ASSERT_TRUE(decide_month(context_, office(), melati_, month("2026-09"), MonthStep::Accept, ""));
  EXPECT_EQ(card("2026-09").revision, 1);
  EXPECT_TRUE(read_month_effects(context_, team(), melati_, month("2026-09")).value().empty());
  EXPECT_FALSE(send_month(context_, team(), melati_, month("2026-09"))) << "nothing changed since";
  examine(60, 90);
  EXPECT_EQ(card("2026-09").state, MonthState::Accepted);
  EXPECT_EQ(card("2026-09").changed, std::vector<IndicatorKey>{indicator_});
  const auto effects = read_month_effects(context_, team(), melati_, month("2026-09"));
  ASSERT_TRUE(effects);
  ASSERT_EQ(effects->size(), 1U);
  EXPECT_EQ(effects->front().indicator, indicator_);
  const auto changed = list_changed_months(context_, office(), district_, month("2026-10"), 3);
  ASSERT_EQ(changed.rows.size(), 1U) << "October is sent and not accepted";
  EXPECT_EQ(changed.rows.front().node->code, "melati");
  EXPECT_EQ(changed.rows.front().month, month("2026-09"));
  EXPECT_TRUE(list_changed_months(context_, office(), district_, month("2026-10"), 1).rows.empty())
      << "months further back are not asked for";
  EXPECT_TRUE(list_changed_months(context_, team(), melati_, month("2026-10"), 3).rows.empty()) << "a facility accepts nothing";
  EXPECT_FALSE(effects->front().adds_up);
  EXPECT_TRUE(effects->front().reports.empty()) << "October's value does not rest on September";
  ASSERT_TRUE(send_month(context_, team(), melati_, month("2026-09"))) << "its next revision";
  EXPECT_EQ(card("2026-09").revision, 2);
  EXPECT_EQ(card("2026-09").state, MonthState::Sent) << "the office looks at it again";
  EXPECT_TRUE(card("2026-09").changed.empty());
  examine(30, 90);
  ASSERT_TRUE(send_month(context_, team(), melati_, month("2026-10"))) << "also while the first one still waits";
  EXPECT_EQ(list_waiting_months(context_, office()).rows.size(), 2U);
}

TEST_P(MonthTest, AUnitHasACardForWhatItFillsIn) {
  const auto lab = add_unit("Laboratorium"), ward = add_unit("Ruang rawat"), pharmacy = add_unit("Farmasi");
  examine(60, 60, lab);
  examine(30, 60, lab);
  examine(60, 60, ward);
  const auto reports = read_month_reports(context_, team(), melati_, month("2026-11"));
  ASSERT_TRUE(reports);
  const auto units = read_unit_months(context_, team(), *reports);
  ASSERT_TRUE(units);
  EXPECT_TRUE(units->unfilled.empty());
  const auto state = [&](UnitKey unit, const char* wanted) {
    for (const auto* one : units->of(month(wanted)))
      if (one->unit->key == unit) return one->state;
    return MonthState::Returned;
  };
  EXPECT_EQ(state(lab, "2026-10"), MonthState::Complete);
  EXPECT_EQ(state(ward, "2026-10"), MonthState::Empty) << "it filled in September and not October";
  EXPECT_EQ(state(ward, "2026-09"), MonthState::Complete);
  EXPECT_EQ(state(pharmacy, "2026-10"), MonthState::Returned) << "no card: it never fills this in";
  ASSERT_TRUE(send_month(context_, team(), melati_, month("2026-10")));
  const auto sent = read_month_reports(context_, team(), melati_, month("2026-11"));
  EXPECT_EQ(read_unit_months(context_, team(), *sent)->of(month("2026-10")).front()->state, MonthState::Sent) << "with the facility's";
  EXPECT_FALSE(read_unit_months(context_, Scope(std::vector<Grant>{}, "account:9"), *sent));
}

TEST_P(MonthTest, AGlanceReadsFewMonthsAndSaysTheSame) {
  examine(60, 60);
  examine(30, 400);
  const auto whole = read_month_reports(context_, team(), melati_, month("2026-10"));
  const auto few = read_month_reports(context_, team(), melati_, month("2026-10"), 3);
  ASSERT_TRUE(whole && few);
  ASSERT_EQ(few->cards.size(), 3U);
  for (const auto& card : few->cards) {
    const auto* same = whole->find(card.month);
    ASSERT_NE(same, nullptr);
    EXPECT_EQ(card.state, same->state);
    EXPECT_EQ(card.filled, same->filled);
    EXPECT_EQ(card.unexplained, same->unexplained);
  }
}

}  // namespace pilar::month_test
