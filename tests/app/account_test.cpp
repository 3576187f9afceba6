#include "app/account.h"

#include <gtest/gtest.h>

#include "app/api_token.h"
#include "app/job.h"
#include "app/organisation.h"
#include "app/sign_in.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/page.h"
#include "i18n/words/result.h"
#include "store/audit_store.h"
#include "store/draft_store.h"
#include "store/job_store.h"
#include "support/test_store.h"

namespace pilar::account_test {

using namespace pilar::app;

constexpr std::string_view kSecret = "kata sandi yang panjang";

class AccountTest : public test::StoreTest {
 protected:
  AccountTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});
    refresh_reference(context_);
  }

  store::AccountKey add(const std::string& login, Role role, FacilityKey place = test::kFirst) {
    const auto added = create_account(context_, operator_, {login, login, std::string(kSecret), role, place});
    EXPECT_TRUE(added) << say(Lang::En, added.error().front());
    return *added;
  }
  Scope scope_of(const std::string& login) {
    const auto token = sign_in(context_, login, kSecret);
    EXPECT_TRUE(token);
    return find_person(context_, *token)->scope;
  }
  store::GrantKey first_role(store::AccountKey account) {
    store::GrantKey key;
    db().read([&](store::Tx& tx) { key = store::load_grants(tx, account).at(0).key; });
    return key;
  }
  /// What the audit trail tells of this action.
  std::vector<store::AuditLine> told(std::string_view action, FacilityKey facility = test::kFirst) {
    std::vector<store::AuditLine> lines;
    db().read([&](store::Tx& tx) {
      for (auto& stored : store::load_audit(tx, facility, 0, 1000))
        if (stored.line.action == action) lines.push_back(std::move(stored.line));
      EXPECT_FALSE(store::check_chain(tx, facility).broken);
    });
    return lines;
  }
  template <class T>
  static Message message(const Result<T>& result) {
    EXPECT_FALSE(result);
    return result ? Msg::PageNotFound : result.error().front().message;
  }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
};

TEST_P(AccountTest, RolesAddUpAndTheAuditTrailTellsOfThem) {
  const auto key = add("sari", Role::Officer);
  ASSERT_TRUE(give_role(context_, operator_, "sari", {Role::InternalAuditor, test::kSecond}));
  const auto scope = scope_of("sari");
  ASSERT_EQ(scope.grants().size(), 2U);
  const auto& organisation = reference_.get()->organisation;
  EXPECT_TRUE(scope.may(Right::ReadAudit, organisation, test::kSecond));
  EXPECT_FALSE(scope.may(Right::ReadAudit, organisation, test::kFirst));
  ASSERT_EQ(told("account.add").size(), 1U);
  EXPECT_EQ(told("account.add").front().actor, "cli");
  ASSERT_EQ(told("role.give").size(), 2U);
  EXPECT_EQ(told("role.give").back().subject, "account:" + std::to_string(key.value));
  EXPECT_EQ(told("role.give").back().detail, R"({"role":"auditor_internal","place":2})");
  EXPECT_EQ(message(give_role(context_, operator_, "sari", {Role::Officer, test::kFirst})), Msg::AccessGrantTwice);
}

TEST_P(AccountTest, TheTrailSaysHowLongARoleHolds) {
  const auto today = civil_day(clock_.now(), Zone::Wib);
  add("sari", Role::Officer);
  ASSERT_TRUE(give_role(context_, operator_, "sari", {Role::InternalAuditor, test::kFirst, {}, today, Day{today.value + 30}}));
  EXPECT_EQ(told("role.give").back().detail,
            R"({"role":"auditor_internal","place":1,"from":")" + iso(today) + R"(","until":")" + iso(Day{today.value + 29}) + "\"}");
}

TEST_P(AccountTest, ARoleEndsAtOnceAndCountsNoMore) {
  const auto key = add("sari", Role::Officer);
  const auto token = sign_in(context_, "sari", kSecret).value();
  ASSERT_TRUE(end_role(context_, operator_, first_role(key)));
  const auto person = find_person(context_, token);
  ASSERT_TRUE(person) << "still signed in, but with nothing to see";
  EXPECT_TRUE(person->scope.grants().empty());
  EXPECT_EQ(message(end_role(context_, operator_, first_role(key))), Msg::AccessGrantUnknown);
  EXPECT_EQ(told("role.end").size(), 1U);
}

TEST_P(AccountTest, OfTwoAdministratorsWhoDemoteEachOtherOneStays) {
  const auto first = add("satu", Role::Administrator), second = add("dua", Role::Administrator);
  const auto one = scope_of("satu"), two = scope_of("dua");
  ASSERT_TRUE(end_role(context_, one, first_role(second)));
  EXPECT_EQ(message(end_role(context_, two, first_role(first))), Msg::AccessLastAdministrator);
  EXPECT_EQ(message(close_account(context_, operator_, "satu")), Msg::AccessLastAdministrator);
  EXPECT_EQ(message(close_account(context_, one, "satu")), Msg::AccessNotOneself);
  EXPECT_TRUE(close_account(context_, one, "dua"));
}

TEST_P(AccountTest, WhoHasOpenDutiesIsNotClosedUnlessTheyAreLeft) {
  const auto key = add("sari", Role::QualityLead);
  const auto now = clock_.now();
  const auto id = make_uuid(now);
  db().write(test::kFirst, [&](store::Write& write) {
    EXPECT_TRUE(store::save_draft(write.tx(), {test::kFirst, id, key, {1}, "nilai=4", 1, now, now}));
  });
  const auto refused = close_account(context_, operator_, "sari");
  ASSERT_EQ(message(refused), Msg::AccessOpenDuties);
  EXPECT_EQ(refused.error().front().args, (std::vector<std::string>{"sari", "1", "0"}));
  EXPECT_TRUE(told("account.close").empty());
  db().write(test::kFirst, [&](store::Write& write) { EXPECT_TRUE(store::mark_draft(write.tx(), test::kFirst, id, key, now)); });
  const auto job = new_job(context_, scope_of("sari"), {test::kFirst, "uji", "berkas.csv", {}, {}});
  db().write(test::kFirst, [&](store::Write& write) { store::insert_job(write.tx(), job); });
  EXPECT_EQ(close_account(context_, operator_, "sari").error().front().args, (std::vector<std::string>{"sari", "0", "1"}));
  ASSERT_TRUE(cancel_job(context_, operator_, job.id));
  EXPECT_TRUE(close_account(context_, operator_, "sari")) << "everything is done";
  ASSERT_TRUE(reopen_account(context_, operator_, "sari"));
  db().write(test::kFirst, [&](store::Write& write) { EXPECT_TRUE(store::mark_draft(write.tx(), test::kFirst, id, key, {})); });
  EXPECT_TRUE(close_account(context_, operator_, "sari", {}, "pindah tugas", Duties::AreLeft));
  EXPECT_FALSE(sign_in(context_, "sari", kSecret));
}

TEST_P(AccountTest, AnAdministratorAboveIsEnough) {
  const auto above = add_place(context_, operator_, {{}, NodeKind::Branch, "cabang", "Cabang", "", Zone::Wib, Day{0}, {}, false}).value();
  const auto below =
      add_place(context_, operator_, {above, NodeKind::Facility, "mawar", "Mawar", "puskesmas", Zone::Wib, Day{0}, {}, false}).value();
  add("atas", Role::Administrator, above);
  add("bawah", Role::Administrator, below);
  EXPECT_TRUE(close_account(context_, operator_, "bawah"));
  EXPECT_EQ(message(close_account(context_, operator_, "atas")), Msg::AccessLastAdministrator);
}

TEST_P(AccountTest, NobodyGivesOrTakesWhatIsNotTheirs) {
  add("kepala", Role::Head);
  const auto administrator = add("admin", Role::Administrator);
  add("petugas", Role::Officer);
  add("lain", Role::Officer, test::kSecond);
  const auto head = scope_of("kepala"), officer = scope_of("petugas");
  EXPECT_TRUE(create_account(context_, head, {"baru", "Baru", std::string(kSecret), Role::UnitLead, test::kFirst}));
  EXPECT_EQ(message(create_account(context_, head, {"jahat", "Jahat", std::string(kSecret), Role::Administrator, test::kFirst})),
            Msg::AccessMayNotGive);
  EXPECT_EQ(message(give_role(context_, head, "kepala", {Role::Administrator, test::kFirst})), Msg::AccessMayNotGive);
  EXPECT_EQ(message(give_role(context_, head, "lain", {Role::Officer, test::kSecond})), Msg::AccessMayNotGive);
  EXPECT_EQ(message(end_role(context_, head, first_role(administrator))), Msg::AccessMayNotGive);
  EXPECT_EQ(message(change_password(context_, head, "admin", kSecret)), Msg::AccessMayNotManage) << "that would be a take-over";
  EXPECT_EQ(message(change_password(context_, officer, "kepala", kSecret)), Msg::AccessMayNotManage);
  EXPECT_EQ(message(close_account(context_, head, "lain")), Msg::AccessMayNotManage);
  EXPECT_TRUE(change_password(context_, head, "petugas", "sandi lain yang panjang"));
  EXPECT_EQ(message(create_token(context_, officer, {"alat", Role::Machine, test::kFirst, 30})), Msg::AccessMayNotGive);
  EXPECT_TRUE(create_token(context_, head, {"alat", Role::Machine, test::kFirst, 30}));
  EXPECT_EQ(told("token.add").size(), 1U);
}

TEST_P(AccountTest, APasswordFromSomebodyElseEndsSessionsAndMustBeChanged) {
  add("sari", Role::Officer);
  const auto token = sign_in(context_, "sari", kSecret).value();
  ASSERT_TRUE(change_password(context_, operator_, "sari", "sandi lain yang panjang"));
  EXPECT_FALSE(find_person(context_, token));
  const auto again = sign_in(context_, "sari", "sandi lain yang panjang");
  ASSERT_TRUE(again);
  EXPECT_TRUE(find_person(context_, *again)->must_change);
}

TEST_P(AccountTest, WhatMakesNoSenseIsRefusedBesideItsField) {
  add("sari", Role::Officer);
  EXPECT_EQ(message(give_role(context_, operator_, "sari", {Role::Officer, {99}})), Msg::ResultUnknownPlace);
  EXPECT_EQ(message(give_role(context_, operator_, "sari", {Role::UnitLead, test::kFirst, {77}})), Msg::AccessGrantUnit);
  EXPECT_EQ(message(give_role(context_, operator_, "sari", {Role::Head, test::kFirst, {}, Day{20'000}, Day{20'000}})),
            Msg::AccessGrantPeriod);
  EXPECT_EQ(message(give_role(context_, operator_, "tidak-ada", {Role::Head, test::kFirst})), Msg::AccountUnknown);
  EXPECT_EQ(message(end_role(context_, operator_, {999})), Msg::AccessGrantUnknown);
  const auto wrong = create_account(context_, operator_, {"X y", "", "pendek", Role::Officer, {99}});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().size(), 4U);
  EXPECT_EQ(message(create_account(context_, operator_, {"sari", "Sari", std::string(kSecret), Role::Officer, test::kFirst})),
            Msg::AccountLoginTaken);
}

PILAR_BOTH_ENGINES(AccountTest);

}  // namespace pilar::account_test
