#include "app/validation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/indicator_months.h"
#include "app/organisation.h"
#include "app/record.h"
#include "base/hash.h"
#include "i18n/messages.h"
#include "i18n/words/indicator.h"
#include "i18n/words/page.h"
#include "i18n/words/validation.h"
#include "store/audit_store.h"
#include "store/indicator_store.h"
#include "store/record_store.h"
#include "support/shipped_store.h"

namespace pilar::validation_test {

using namespace pilar::app;

constexpr std::string_view kValidationKamus = R"(kamus: uji
indicators:
  - key: hasil-darah
    version: 1
    title: {id: Hasil darah, en: Blood results}
    source: uji
    aim: {id: Cepat, en: Quick}
    definition: {id: Definisi, en: Definition}
    type: proses
    area: ukp
    formula: laboratorium/lama_darah
    numerator: {id: Cepat, en: Quick}
    target: 50
    responsible: {id: Kepala lab, en: Head of laboratory}
    efforts:
      - {what: {id: Pantau, en: Watch}, who: {id: Analis, en: Analyst}}
  - key: kesan
    version: 1
    title: {id: Kesan, en: Impression}
    source: uji
    aim: {id: Baik, en: Good}
    definition: {id: Definisi, en: Definition}
    type: hasil
    area: ukp
    formula: kessan/rating
    numerator: {id: Nilai, en: Rating}
    responsible: {id: Ketua, en: Lead}
    efforts:
      - {what: {id: Pantau, en: Watch}, who: {id: Ketua, en: Lead}}
)";

/// Blood tests of October, half of them too slow, entered by account:5; it is 21 November 2026.
class ValidationTest : public test::ShippedStoreTest {
 protected:
  ValidationTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords, {}, SigningKey{{8}}} {
    clock_.set({1'795'219'200'000'000});
    refresh_reference(context_);
    district_ = add({.kind = NodeKind::District, .code = "kab", .name = "Dinas Kab"});
    melati_ = add({.parent = district_, .code = "melati", .name = "Melati", .facility_type = "puskesmas"});
    const auto installed = install_kamus(context_, operator_, kValidationKamus, "uji.yaml");
    EXPECT_TRUE(installed) << (installed ? "" : say(Lang::En, installed.error().front()) + " " + installed.error().front().field);
    for (const auto& entry : reference_.get()->indicators) {
      if (entry.key() == "hasil-darah") blood_ = entry.id;
      if (entry.key() == "kesan") impression_ = entry.id;
      db().shared([&](store::Tx& tx) { store::put_use(tx, melati_, {entry.id, Day{20'000}, {}, ""}); });
    }
    for (int i = 0; i < 60; ++i) examine(25 + i % 10, i % 2 == 0 ? 60 : 400, i);
  }

  FacilityKey add(const NewPlace& place) {
    auto wanted = place;
    wanted.valid_from = Day{10'000};
    return add_place(context_, operator_, wanted).value();
  }
  static Scope person(Role role, FacilityKey place, const char* actor) { return {role, place, actor}; }
  Scope team() const { return person(Role::QualityLead, melati_, "account:1"); }
  Scope second() const { return person(Role::Officer, melati_, "account:2"); }
  Scope first() const { return person(Role::Officer, melati_, "account:5"); }

  void examine(int days_ago, int minutes, int second) {
    const auto& lab = *reference_.get()->latest("laboratorium");
    const Instant at{clock_.now().micros - days_ago * 86'400'000'000 + second * 1'000'000LL};
    const auto moment = [&](int after) { return iso({at.micros + after * 60'000'000LL}, Zone::Wib); };
    RawAnswers raw;
    raw["jenis"].values = {"darah"};
    raw["diterima"].values = {moment(-600)};
    raw["dilaporkan"].values = {moment(-600 + minutes)};
    const auto answers = check_answers(lab.form, raw, civil_day(clock_.now(), Zone::Wib), false);
    ASSERT_TRUE(answers);
    ASSERT_TRUE(save_record(context_, first(), {make_uuid(at), melati_, {}, lab.version, at, Channel::Staff, *answers}));
  }
  ValidationView view(const Uuid& id) { return read_validation(context_, team(), melati_, id).value(); }
  Uuid begin() { return begin_validation(context_, team(), melati_, blood_, october_).value(); }

  /// What the second person would write, so many minutes away from what the first one wrote.
  RawAnswers again(const store::StoredValidated& one, int off) {
    const auto& form = reference_.get()->find(one.version)->form;
    const auto answers = from_canonical(one.answers);
    const auto at = [&](const char* key) { return std::get<Instant>(answers.at(form.index_of(key).value())); };
    RawAnswers raw;
    raw["jenis"].values = {"darah"};
    raw["diterima"].values = {iso(at("diterima"), Zone::Wib)};
    raw["dilaporkan"].values = {iso({at("dilaporkan").micros + off * 60'000'000LL}, Zone::Wib)};
    return raw;
  }
  std::int64_t records() {
    std::int64_t n = 0;
    db().read([&](store::Tx& tx) {
      n = store::count_records(tx, melati_, reference_.get()->latest("laboratorium")->instrument, Day{0}, Day{100'000});
    });
    return n;
  }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  FacilityKey district_, melati_;
  IndicatorKey blood_, impression_;
  Month october_ = parse_month("2026-10").value();
};
PILAR_BOTH_ENGINES(ValidationTest);

TEST_P(ValidationTest, ASampleIsDrawnByTheRuleAndItsSeedGivesItAgain) {
  const auto id = begin();
  const auto drawn = view(id);
  EXPECT_EQ(drawn.row.population, 60);
  ASSERT_EQ(drawn.records.size(), 6U) << "10 % of 60";
  EXPECT_EQ(drawn.row.threshold, 90);
  std::vector<Uuid> ids, sample;
  db().read([&](store::Tx& tx) {
    store::each_record(tx, melati_, drawn.row.instrument, period_of(october_).from, period_of(october_).to,
                       [&](const store::StoredRecord& record) { ids.push_back(record.id); });
  });
  for (const auto& one : drawn.records) sample.push_back(one.record);
  EXPECT_EQ(draw_sample(drawn.row.seed, ids, 6), sample) << "the draw can be repeated";
  const auto twice = begin_validation(context_, team(), melati_, blood_, october_);
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().front().message, Msg::ValidationIsOpen);
}

TEST_P(ValidationTest, WhatCannotBeValidatedIsRefused) {
  const auto message = [&](const Result<Uuid>& result) { return result ? Msg::PageNotFound : result.error().front().message; };
  EXPECT_EQ(message(begin_validation(context_, second(), melati_, blood_, october_)), Msg::ValidationMayNot);
  EXPECT_EQ(message(begin_validation(context_, team(), melati_, {9999}, october_)), Msg::IndicatorNotInUse);
  EXPECT_EQ(message(begin_validation(context_, team(), melati_, blood_, {october_.value - 3})), Msg::ValidationNoRecords);
  EXPECT_EQ(message(begin_validation(context_, team(), melati_, impression_, october_)), Msg::ValidationPublic);
}

TEST_P(ValidationTest, WhoEnteredARecordDoesNotValidateIt) {
  const auto id = begin();
  const auto drawn = view(id);
  const auto own = fill_validated(context_, first(), drawn, 1, again(drawn.records.front(), 0));
  ASSERT_FALSE(own);
  EXPECT_EQ(own.error().front().message, Msg::ValidationOwn);
  const auto& row = drawn.records.front();
  const auto& lab = *reference_.get()->latest("laboratorium");
  const Correction correction{melati_, row.record, 1, {}, lab.version, row.at, from_canonical(row.answers), "uji"};
  ASSERT_TRUE(correct_record(context_, person(Role::UnitLead, melati_, "account:6"), correction));
  const auto corrector = check_validator(context_, person(Role::UnitLead, melati_, "account:6"), drawn, row);
  ASSERT_FALSE(corrector.empty());
  EXPECT_EQ(corrector.front().message, Msg::ValidationOwn);
  EXPECT_FALSE(fill_validated(context_, person(Role::Actuary, melati_, "account:7"), drawn, 1, again(row, 0)));
  EXPECT_TRUE(fill_validated(context_, second(), drawn, 1, again(row, 0)));
  EXPECT_FALSE(fill_validated(context_, second(), view(id), 1, again(row, 0))) << "once";
  EXPECT_FALSE(fill_validated(context_, second(), view(id), 99, again(row, 0)));
}

TEST_P(ValidationTest, BothAreComparedAnswerByAnswerAndNothingBecomesARecord) {
  const auto before = records();
  const auto id = begin();
  const auto drawn = view(id);
  std::int64_t fast = 0;
  for (const auto& one : drawn.records) {
    // The second person finds the first drawn record's report a minute later, and one document not at all.
    if (one.place == 6)
      ASSERT_TRUE(miss_validated(context_, second(), view(id), 6, "Buku register hilang"));
    else
      ASSERT_TRUE(fill_validated(context_, second(), view(id), one.place, again(one, one.place == 1 ? 1 : 0)));
    const auto& form = reference_.get()->find(one.version)->form;
    const auto answers = from_canonical(one.answers);
    const auto minutes = std::get<Decimal>(answers.at(form.index_of("lama_darah").value())).to_double();
    if (one.place != 6 && minutes <= 120) ++fast;
  }
  const auto done = view(id);
  EXPECT_TRUE(done.is_closed()) << "with the last record";
  EXPECT_EQ(done.reading.filled, 5);
  EXPECT_EQ(done.reading.not_found, 1);
  EXPECT_EQ(done.reading.waiting, 0);
  EXPECT_EQ(done.reading.compared, 15) << "three answers a record; calculations and blanks are not compared";
  EXPECT_EQ(done.reading.same, 14);
  EXPECT_EQ(done.reading.is_good(90), true);
  EXPECT_EQ(done.reading.is_good(94), false);
  ASSERT_EQ(done.reading.differences.size(), 1U);
  EXPECT_EQ(done.reading.differences.front().item->key, "dilaporkan");
  EXPECT_EQ(done.reading.differences.front().row->place, 1);
  EXPECT_EQ(done.reading.kappa.n, 5) << "a minute more changes no verdict, at 60 or at 400 minutes";
  EXPECT_EQ(done.reading.first.numerator, fast);
  EXPECT_EQ(done.reading.first.denominator, 5);
  EXPECT_EQ(done.reading.second.numerator, fast);
  EXPECT_EQ(records(), before) << "second answers are no records";
  const auto months = read_indicator_months(context_, team(), melati_, october_);
  const auto series = std::ranges::find_if(months->series, [&](const IndicatorSeries& one) { return one.line->entry->id == blood_; });
  EXPECT_EQ(series->reading(october_)->share.denominator, 60) << "nor do they count";
  EXPECT_EQ(read_validation(context_, second(), melati_, id)->reading.differences.size(), 1U);
  EXPECT_TRUE(read_validation(context_, person(Role::Actuary, melati_, "account:7"), melati_, id)->reading.differences.empty())
      << "answers are for who may read records";
}

TEST_P(ValidationTest, KappaIsOfHowEachRecordCounts) {
  ASSERT_TRUE(save_validation_rule(context_, team(), melati_, {100, 5, 90, "uji", ""}));
  const auto id = begin();
  const auto drawn = view(id);
  ASSERT_EQ(drawn.records.size(), 60U);
  // Of the 30 fast ones the second person finds 6 to be slow: 24 and 30 agree.
  int turned = 0;
  for (const auto& one : drawn.records) {
    const auto& form = reference_.get()->find(one.version)->form;
    const auto answers = from_canonical(one.answers);
    const bool fast = std::get<Decimal>(answers.at(form.index_of("lama_darah").value())).to_double() <= 120;
    const bool turn = fast && turned < 6;
    if (turn) ++turned;
    ASSERT_TRUE(fill_validated(context_, second(), drawn, one.place, again(one, turn ? 340 : 0)));
  }
  const auto done = view(id);
  ASSERT_TRUE(done.is_closed());
  EXPECT_EQ(done.reading.first.numerator, 30);
  EXPECT_EQ(done.reading.second.numerator, 24);
  EXPECT_NEAR(done.reading.kappa.observed, 0.9, 1e-12);
  EXPECT_NEAR(done.reading.kappa.expected, 0.5, 1e-12);
  ASSERT_TRUE(done.reading.kappa.kappa && done.reading.kappa.ci);
  EXPECT_NEAR(*done.reading.kappa.kappa, 0.8, 1e-12);
  EXPECT_LT(done.reading.kappa.ci->low, 0.8);
  EXPECT_GT(done.reading.kappa.ci->high, 0.8);
  const auto kamus = read_kamus_of(context_, team(), melati_);
  const auto list = list_validations(context_, team(), *kamus, october_, {october_.value + 1});
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 1U);
  EXPECT_NEAR(*list->front().reading.kappa.kappa, 0.8, 1e-12);
}

TEST_P(ValidationTest, OneIsEndedEarlyAndAnotherBegun) {
  const auto id = begin();
  ASSERT_TRUE(fill_validated(context_, second(), view(id), 1, again(view(id).records.front(), 0)));
  EXPECT_FALSE(end_validation(context_, second(), view(id)));
  ASSERT_TRUE(end_validation(context_, team(), view(id)));
  EXPECT_EQ(view(id).reading.waiting, 5) << "said, not hidden";
  EXPECT_FALSE(end_validation(context_, team(), view(id)));
  EXPECT_FALSE(fill_validated(context_, second(), view(id), 2, again(view(id).records.at(1), 0))) << "closed";
  EXPECT_TRUE(begin_validation(context_, team(), melati_, blood_, october_)) << "a new sample after corrections";
}

TEST_P(ValidationTest, OfTwoWhoSetOneRuleTheSecondIsTold) {
  const auto seen = read_validation_rule(context_, team(), melati_)->at;
  ASSERT_NE(seen, clock_.now());
  ASSERT_TRUE(save_validation_rule(context_, team(), melati_, {50, 2, 80, "Melati", ""}, seen));
  const auto late = save_validation_rule(context_, team(), melati_, {60, 2, 80, "Melati", ""}, seen);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().front().kind, Problem::Kind::Conflict);
  const auto now = read_validation_rule(context_, team(), melati_).value();
  EXPECT_EQ(now.rule.percent, 50);
  EXPECT_TRUE(save_validation_rule(context_, team(), melati_, {60, 2, 80, "Melati", ""}, now.at));
  db().read([&](store::Tx& tx) {
    EXPECT_EQ(store::load_audit(tx, melati_, 0, 1000).back().line.detail,
              R"({"was":{"percent":"50","least":"2","threshold":"80"},"is":{"percent":"60","least":"2","threshold":"80"}})");
  });
}

TEST_P(ValidationTest, TheNearestRuleHolds) {
  EXPECT_EQ(read_validation_rule(context_, team(), melati_)->place, kEverywhere);
  EXPECT_EQ(read_validation_rule(context_, team(), melati_)->rule.threshold, 90);
  EXPECT_FALSE(read_validation_rule(context_, team(), melati_)->rule.mark.empty()) << "it is to be confirmed";
  const auto office = person(Role::DistrictOffice, district_, "account:3");
  ASSERT_TRUE(save_validation_rule(context_, office, district_, {20, 10, 95, "Dinas", ""}));
  EXPECT_EQ(read_validation_rule(context_, team(), melati_)->rule.percent, 20);
  ASSERT_TRUE(save_validation_rule(context_, team(), melati_, {50, 2, 80, "Melati", ""}));
  EXPECT_EQ(read_validation_rule(context_, team(), melati_)->rule.percent, 50);
  EXPECT_EQ(read_validation_rule(context_, office, district_)->rule.percent, 20);
  EXPECT_FALSE(save_validation_rule(context_, team(), melati_, {0, 5, 90, "x", ""}));
  EXPECT_FALSE(save_validation_rule(context_, team(), melati_, {10, 5, 90, " ", ""})) << "without a source";
  EXPECT_FALSE(save_validation_rule(context_, team(), district_, {10, 5, 90, "x", ""}));
}

}  // namespace pilar::validation_test
