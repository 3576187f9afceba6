#include "app/integrity.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/audit.h"
#include "app/organisation.h"
#include "app/record.h"
#include "app/upkeep.h"
#include "app/usual.h"
#include "i18n/messages.h"
#include "i18n/words/integrity.h"
#include "support/shipped_store.h"

namespace pilar::integrity_test {

using namespace pilar::app;

/// What a facility's figures show, and what its people say about it.
class IntegrityTest : public test::ShippedStoreTest {
 protected:
  IntegrityTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords, {}, SigningKey{{8}}} {
    clock_.set({1'795'219'200'000'000});  // 21 November 2026, 07.00 WIB
    refresh_reference(context_);
    district_ = add({.kind = NodeKind::District, .code = "kab", .name = "Dinas"});
    melati_ = add({.parent = district_, .code = "melati", .name = "Melati", .facility_type = "puskesmas", .units = {"Umum", "Farmasi"}});
    mawar_ = add({.parent = district_, .code = "mawar", .name = "Mawar", .facility_type = "puskesmas"});
  }

  FacilityKey add(const NewPlace& place) {
    auto wanted = place;
    wanted.valid_from = Day{10'000};
    return add_place(context_, operator_, wanted).value();
  }

  void enter(std::string_view instrument, UnitKey unit, Day day, const std::map<std::string, std::string>& values) {
    const auto* version = reference_.get()->latest(instrument);
    RawAnswers raw;
    for (const auto& [key, value] : values) raw[key].values = {value};
    const auto answers = check_answers(version->form, raw, day, false);
    ASSERT_TRUE(answers) << say(Lang::En, answers.error().front());
    const Instant at{start_of(day, Zone::Wib).micros + 9 * 3'600'000'000LL};
    ASSERT_TRUE(save_record(context_, operator_, {make_uuid(at), melati_, unit, version->version, at, Channel::Api, *answers}));
  }
  void enter_broken() {
    enter("kbk", {}, *parse_day("2026-10-31"),
          {{"terdaftar", "400"},
           {"kontak", "61"},
           {"rujukan", "12"},
           {"non_spesialistik", "0"},
           {"dm", "230"},
           {"dm_terkendali", "118"},
           {"ht", "214"},
           {"ht_terkendali", "97"}});
  }

  IntegrityView october(const Scope& scope) {
    auto view = read_integrity(context_, scope, melati_, kOctober);
    EXPECT_TRUE(view) << say(Lang::En, view.error().front());
    return view ? *std::move(view) : IntegrityView{};
  }
  static const FoundSign* find(const IntegrityView& view, SignKind kind) {
    const auto at = std::ranges::find(view.signs, kind, &FoundSign::kind);
    return at == view.signs.end() ? nullptr : &*at;
  }
  Scope lead() const { return {Role::QualityLead, melati_, "account:1"}; }
  store::StoredCount count() {
    const auto office = read_office_integrity(context_, Scope(Role::DistrictOffice, district_, "account:9"), district_, kOctober).value();
    const auto row = std::ranges::find(office.rows, melati_, [](const IntegrityRow& one) { return one.node->key; });
    EXPECT_TRUE(row->count.has_value());
    return row->count.value_or(store::StoredCount{});
  }

  /// Every step that the server makes in its rounds.
  void count_all() {
    for (std::optional<FacilityKey> after = FacilityKey{0}; after;) after = count_signs_step(context_, *after);
  }
  void later() { clock_.set({clock_.now().micros + 1'000'000}); }

  static constexpr Month kOctober{12 * 56 + 9};  // months since January 1970
  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  FacilityKey district_, melati_, mawar_;
};
PILAR_BOTH_ENGINES(IntegrityTest);

TEST_P(IntegrityTest, AFacilityWithoutRecordsHasNoSigns) {
  EXPECT_TRUE(october(lead()).signs.empty());
  EXPECT_FALSE(read_integrity(context_, lead(), mawar_, kOctober)) << "another facility";
  EXPECT_FALSE(read_integrity(context_, lead(), melati_, {kOctober.value + 2})) << "a month that has not begun";
  EXPECT_FALSE(read_integrity(context_, operator_, district_, kOctober)) << "no facility";
}

TEST_P(IntegrityTest, ABrokenRuleIsShownWithItsRecordAndLookedInto) {
  enter_broken();
  const auto view = october(lead());
  const auto* sign = find(view, SignKind::Rule);
  ASSERT_NE(sign, nullptr);
  EXPECT_EQ(sign->sign.severity, Severity::High);
  EXPECT_EQ(sign->rule->key, "prolanis_terdaftar");
  EXPECT_EQ(sign->first.x, 1);
  ASSERT_EQ(sign->records.size(), 1U);
  EXPECT_FALSE(sign->checked);
  const auto key = sign->key();
  const Scope officer(Role::Officer, melati_, "account:2");
  const auto refused = check_sign(context_, officer, melati_, kOctober, key, "benar");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().message, Msg::IntegrityMayNotCheck);
  EXPECT_FALSE(check_sign(context_, lead(), melati_, kOctober, key, "  ")) << "without a reason";
  EXPECT_FALSE(check_sign(context_, lead(), melati_, kOctober, key + "x", "benar")) << "no such sign";
  ASSERT_TRUE(check_sign(context_, lead(), melati_, kOctober, key, "Sudah diperiksa, benar"));
  const auto after = october(lead());
  ASSERT_TRUE(find(after, SignKind::Rule)->checked);
  EXPECT_EQ(find(after, SignKind::Rule)->checked->reason, "Sudah diperiksa, benar");
  enter_broken();
  EXPECT_FALSE(find(october(lead()), SignKind::Rule)->checked) << "other evidence is another sign";
}

TEST_P(IntegrityTest, AnOfficeSeesCountsAsTheyWereWhenTheyWereMade) {
  enter_broken();
  const Scope office(Role::DistrictOffice, district_, "account:9");
  const auto before = read_office_integrity(context_, office, district_, kOctober).value();
  ASSERT_EQ(before.rows.size(), 2U);
  EXPECT_FALSE(before.rows[0].count || before.rows[1].count) << "nobody has looked yet";
  EXPECT_EQ(count_signs(context_, office, district_, kOctober).value(), 2U);
  EXPECT_EQ(count().high, 1);
  EXPECT_EQ(count().looked, 0);
  EXPECT_EQ(count().as_of, clock_.now());
  const auto key = find(october(lead()), SignKind::Rule)->key();
  ASSERT_TRUE(check_sign(context_, lead(), melati_, kOctober, key, "Sudah diperiksa, benar"));
  EXPECT_EQ(count().high, 0);
  EXPECT_EQ(count().looked, 1);
  EXPECT_FALSE(read_office_integrity(context_, lead(), district_, kOctober)) << "the office is above the facility";
}

TEST_P(IntegrityTest, TheMonthThatIsOverIsCountedByItselfWhereItsDataChanged) {
  const Scope office(Role::DistrictOffice, district_, "account:9");
  const auto first = clock_.now();
  count_all();
  EXPECT_EQ(count().high, 0);
  EXPECT_EQ(count().as_of, first);
  enter_broken();
  while (fold_step(context_, 50) > 0) continue;
  later();
  count_all();
  EXPECT_EQ(count().high, 1);
  EXPECT_EQ(count().as_of, clock_.now());
  const auto rows = read_office_integrity(context_, office, district_, kOctober).value().rows;
  const auto mawar = std::ranges::find(rows, mawar_, [](const IntegrityRow& one) { return one.node->key; });
  ASSERT_TRUE(mawar->count);
  EXPECT_EQ(mawar->count->as_of, first) << "nothing changed there";
  const auto counted = clock_.now();
  later();
  count_all();
  EXPECT_EQ(count().as_of, counted) << "nor here since";
  const auto waiting = count_waiting_facilities(context_, office, district_, kOctober).value();
  EXPECT_EQ(waiting.all, 1);
  EXPECT_EQ(waiting.high, 1);
  const Scope theirs(Role::QualityLead, mawar_, "account:4");
  EXPECT_EQ(count_waiting_facilities(context_, theirs, mawar_, kOctober).value().all, 0);
  EXPECT_FALSE(count_waiting_facilities(context_, theirs, district_, kOctober)) << "the office is above the facility";
}

TEST_P(IntegrityTest, AStepCountsAFewFacilities) {
  for (int i = 0; i < 2 * static_cast<int>(kCountedAStep); ++i)
    add({.parent = district_, .code = "f" + std::to_string(i), .name = "Faskes " + std::to_string(i), .facility_type = "puskesmas"});
  const Scope office(Role::DistrictOffice, district_, "account:9");
  const auto counted = [&] {
    const auto rows = read_office_integrity(context_, office, district_, kOctober).value().rows;
    return static_cast<std::size_t>(std::ranges::count_if(rows, [](const IntegrityRow& row) { return row.count.has_value(); }));
  };
  auto before = district_;  // there are facilities behind it alone
  for (std::size_t steps = 1; steps <= 2; ++steps) {
    const auto came_to = count_signs_step(context_, before);
    ASSERT_TRUE(came_to);
    EXPECT_EQ(counted(), steps * kCountedAStep);
    before = *came_to;
  }
  ASSERT_TRUE(count_signs_step(context_, before));
  EXPECT_EQ(counted(), 2 * kCountedAStep + 2);
}

TEST_P(IntegrityTest, AnswersOfParticipantsAreNeverNamed) {
  for (int i = 0; i < 30; ++i) {
    const bool same = i >= 12;
    enter("kessan", same ? UnitKey{1} : UnitKey{2}, Day{parse_day("2026-10-02")->value + (same ? 0 : i)},
          {{"nilai", same ? "sangat_baik" : "baik"}, {"pesan", same ? "Baik sekali" : "Pesan nomor " + std::to_string(i)}});
  }
  const auto view = october(lead());
  const auto* sign = find(view, SignKind::Duplicates);
  ASSERT_NE(sign, nullptr);
  EXPECT_EQ(sign->first.x, 18);
  EXPECT_EQ(sign->unit, UnitKey{1});
  EXPECT_TRUE(sign->records.empty());
  const Scope pharmacy({Grant{Role::Officer, melati_, UnitKey{2}}}, "account:3");
  if (pharmacy.may(Right::ReadResults, view.reference->organisation, melati_, UnitKey{1})) return;
  const auto theirs = read_integrity(context_, pharmacy, melati_, kOctober);
  if (theirs) { EXPECT_EQ(find(*theirs, SignKind::Duplicates), nullptr) << "another unit's"; }
}

TEST_P(IntegrityTest, AFigureIsComparedWithTheMonthsBefore) {
  const std::vector<int> visits{110, 118, 121, 125, 119, 123};
  for (std::size_t i = 0; i < visits.size(); ++i)
    enter("kunjungan-bulanan", UnitKey{1}, first_day({kOctober.value - 6 + static_cast<std::int32_t>(i)}),
          {{"rawat_jalan", std::to_string(visits[i])}, {"rawat_inap", "0"}});
  const auto& version = *reference_.get()->latest("kunjungan-bulanan");
  const auto usual = read_usual(context_, lead(), version, melati_, first_day(kOctober));
  ASSERT_TRUE(usual.contains({UnitKey{1}, "rawat_jalan"}));
  EXPECT_EQ(usual.at({UnitKey{1}, "rawat_jalan"}).median, 120);
  EXPECT_TRUE(read_usual(context_, Scope(Role::QualityLead, mawar_, "account:4"), version, melati_, first_day(kOctober)).empty());
  enter("kunjungan-bulanan", UnitKey{1}, first_day(kOctober), {{"rawat_jalan", "1210"}, {"rawat_inap", "0"}});
  const auto view = october(lead());
  const auto* sign = find(view, SignKind::Unusual);
  ASSERT_NE(sign, nullptr);
  EXPECT_EQ(sign->oddness, Oddness::TenTimes);
  EXPECT_EQ(sign->figure, 1210);
  EXPECT_EQ(sign->item->key, "rawat_jalan");
}

}  // namespace pilar::integrity_test
