#include "app/sign_in.h"

#include <gtest/gtest.h>

#include <thread>

#include "app/account.h"
#include "app/api_token.h"
#include "app/invitation.h"
#include "app/people.h"
#include "app/second_factor.h"
#include "base/one_time_code.h"
#include "i18n/words/access.h"
#include "i18n/words/page.h"
#include "i18n/words/people.h"
#include "store/audit_store.h"
#include "store/sign_in_store.h"
#include "support/test_store.h"

namespace pilar::sign_in_test {

using namespace pilar::app;

constexpr std::string_view kSecret = "kata sandi yang panjang", kOther = "sandi lain yang panjang";
constexpr std::int64_t kMinute = 60'000'000, kHour = 60 * kMinute, kDay = 24 * kHour;

class SignInTest : public test::StoreTest {
 protected:
  SignInTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({kStart});
    refresh_reference(context_);
  }
  void add(const std::string& login, Role role = Role::Officer, FacilityKey place = test::kFirst) {
    ASSERT_TRUE(create_account(context_, operator_, {login, "Nama " + login, std::string(kSecret), role, place}));
  }
  std::string session(const std::string& login) { return sign_in(context_, login, kSecret, "Firefox, Android").value(); }
  Person person(const std::string& token) { return find_person(context_, token).value(); }
  void pass(std::int64_t micros) { clock_.set({clock_.now().micros + micros}); }
  std::string code(const std::string& key) { return one_time_code(decode_base32(key), code_step(clock_.now())); }
  /// Signs in, switches the second factor on and returns its key and printed codes.
  std::pair<std::string, std::vector<std::string>> protect(const std::string& login) {
    const auto key = new_factor_key();
    return {key, switch_on_second_factor(context_, person(session(login)), key, code(key)).value()};
  }
  std::int32_t version(const std::string& login) { return load_person(context_, operator_, login)->account.version; }
  std::vector<store::AuditLine> told(std::string_view action) {
    std::vector<store::AuditLine> lines;
    db().read([&](store::Tx& tx) {
      for (auto& stored : store::load_audit(tx, test::kFirst, 0, 1000))
        if (stored.line.action == action) lines.push_back(std::move(stored.line));
    });
    return lines;
  }
  template <class T>
  static Message message(const Result<T>& result) {
    EXPECT_FALSE(result);
    return result ? Msg::PageNotFound : result.error().front().message;
  }

  static constexpr std::int64_t kStart = 1'795'219'200'000'000;
  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
};

TEST_P(SignInTest, AnInvitationLeadsInOnce) {
  const auto invited = invite_person(context_, operator_, {"sari", "Sari", "", Role::Officer, test::kFirst});
  ASSERT_TRUE(invited);
  EXPECT_FALSE(sign_in(context_, "sari", ""));
  EXPECT_EQ(find_invitee(context_, invited->token)->name, "Sari");
  EXPECT_EQ(message(accept_invitation(context_, invited->token, "pendek")), Msg::AccountShortPassword);
  ASSERT_TRUE(accept_invitation(context_, invited->token, kSecret));
  EXPECT_EQ(message(accept_invitation(context_, invited->token, kOther)), Msg::InvitationOver) << "a replayed link";
  EXPECT_FALSE(find_invitee(context_, invited->token));
  EXPECT_FALSE(person(session("sari")).must_change) << "she chose it herself";
  EXPECT_EQ(told("account.password").front().actor, told("account.password").front().subject);
}

TEST_P(SignInTest, AnInvitationEndsAfterSevenDaysAndWithTheAccount) {
  const auto late = invite_person(context_, operator_, {"sari", "Sari", "", Role::Officer, test::kFirst})->token;
  pass(7 * kDay);
  EXPECT_EQ(message(accept_invitation(context_, late, kSecret)), Msg::InvitationOver);
  const auto closed = invite_person(context_, operator_, {"budi", "Budi", "", Role::Officer, test::kFirst})->token;
  ASSERT_TRUE(close_account(context_, operator_, "budi"));
  EXPECT_EQ(message(accept_invitation(context_, closed, kSecret)), Msg::InvitationOver);
  EXPECT_EQ(message(reset_password(context_, operator_, "budi")), Msg::PeopleIsClosed);
  EXPECT_EQ(message(accept_invitation(context_, "", kSecret)), Msg::InvitationOver);
}

TEST_P(SignInTest, AResetTakesThePasswordTheSessionsAndTheLinkBefore) {
  add("sari");
  const auto token = session("sari");
  const auto first = reset_password(context_, operator_, "sari")->token;
  const auto second = reset_password(context_, operator_, "sari")->token;
  EXPECT_FALSE(find_person(context_, token));
  EXPECT_FALSE(sign_in(context_, "sari", kSecret));
  EXPECT_FALSE(accept_invitation(context_, first, kOther));
  ASSERT_TRUE(accept_invitation(context_, second, kOther));
  EXPECT_TRUE(sign_in(context_, "sari", kOther));
}

TEST_P(SignInTest, SessionsEndByThemselvesAndByTheirOwner) {
  add("sari");
  add("budi");
  const auto here = session("sari"), there = session("sari"), idle = session("sari"), foreign = session("budi");
  pass(context_.sessions.idle_micros - kMinute);
  for (const auto& token : {here, there, foreign}) ASSERT_TRUE(find_person(context_, token));
  pass(2 * kMinute);
  EXPECT_FALSE(find_person(context_, idle));
  auto seen = list_sessions(context_, person(here), here);
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_TRUE(seen.front().is_this);
  EXPECT_EQ(seen.back().device, "Firefox, Android");
  const auto of_budi = list_sessions(context_, person(foreign), foreign).front().id;
  EXPECT_EQ(message(end_session(context_, person(here), of_budi)), Msg::SessionsUnknown) << "another person's";
  ASSERT_TRUE(end_session(context_, person(here), seen.back().id));
  EXPECT_FALSE(find_person(context_, there));
  const auto third = session("sari");
  end_other_sessions(context_, person(here), here);
  EXPECT_FALSE(find_person(context_, third));
  EXPECT_TRUE(find_person(context_, foreign));
  for (std::int64_t used = 0; used < context_.sessions.micros; used += 7 * kHour) {
    pass(7 * kHour);
    find_person(context_, here);
  }
  EXPECT_FALSE(find_person(context_, here)) << "however much it was used";
}

TEST_P(SignInTest, ThePersonsOwnPasswordAsksThePresentOne) {
  add("sari");
  const auto here = session("sari"), there = session("sari");
  EXPECT_EQ(message(change_own_password(context_, person(here), here, "salah salah salah", kOther)), Msg::PasswordPresentWrong);
  EXPECT_EQ(message(change_own_password(context_, person(here), here, kSecret, kSecret)), Msg::PasswordSame);
  ASSERT_TRUE(change_own_password(context_, person(here), here, kSecret, kOther));
  EXPECT_TRUE(find_person(context_, here));
  EXPECT_FALSE(find_person(context_, there));
  EXPECT_TRUE(sign_in(context_, "sari", kOther));
}

TEST_P(SignInTest, TheSecondFactorOpensTheHalfOpenDoorOnce) {
  add("sari");
  const auto key = protect("sari").first;
  const auto half = sign_in(context_, "sari", kSecret).value();
  ASSERT_TRUE(is_half_open(half));
  EXPECT_FALSE(find_person(context_, half)) << "no session yet";
  EXPECT_EQ(message(confirm_sign_in(context_, half, code(key))), Msg::SecondFactorWrong) << "used when it was switched on";
  pass(31'000'000);
  EXPECT_EQ(message(confirm_sign_in(context_, half, "000 000x")), Msg::SecondFactorWrong);
  const auto opened = confirm_sign_in(context_, half, code(key));
  ASSERT_TRUE(opened);
  EXPECT_EQ(person(*opened).login, "sari");
  EXPECT_FALSE(confirm_sign_in(context_, half, code(key))) << "a replayed code";
  const auto old = sign_in(context_, "sari", kSecret).value();
  pass(kHalfOpenMicros + 1);
  EXPECT_EQ(message(confirm_sign_in(context_, old, code(key))), Msg::SignInTooSlow);
  auto forged = sign_in(context_, "sari", kSecret).value();
  forged.back() = forged.back() == 'A' ? 'B' : 'A';
  EXPECT_EQ(message(confirm_sign_in(context_, forged, code(key))), Msg::SignInTooSlow);
  for (const auto* bad : {"tengah.", "tengah.1.1.1.", "tengah.x.y.z.w", ""}) EXPECT_FALSE(find_half_open(context_, bad)) << bad;
}

TEST_P(SignInTest, PrintedCodesStandInOnceEach) {
  add("sari");
  const auto [key, codes] = protect("sari");
  ASSERT_EQ(codes.size(), kRecoveryCodes);
  const auto half = sign_in(context_, "sari", kSecret).value();
  const auto opened = confirm_sign_in(context_, half, codes[3]);
  ASSERT_TRUE(opened);
  EXPECT_FALSE(confirm_sign_in(context_, half, codes[3]));
  const auto me = person(*opened);
  EXPECT_EQ(second_factor_of(context_, me.account).recovery_codes, 9);
  const auto fresh = renew_recovery_codes(context_, me, codes[4]).value();
  EXPECT_FALSE(renew_recovery_codes(context_, me, codes[5])) << "the old paper is void";
  ASSERT_TRUE(switch_off_second_factor(context_, me, fresh.front()));
  EXPECT_FALSE(is_half_open(session("sari")));
}

TEST_P(SignInTest, AnAdministratorMaySwitchTheSecondFactorOff) {
  add("sari");
  add("kepala", Role::Head);
  add("admin", Role::Administrator);
  protect("sari");
  protect("admin");
  const auto head = person(session("kepala")).scope;
  EXPECT_EQ(message(remove_second_factor(context_, head, "admin")), Msg::AccessMayNotManage);
  ASSERT_TRUE(remove_second_factor(context_, head, "sari"));
  EXPECT_EQ(told("second_factor.remove").front().actor, head.actor());
  EXPECT_TRUE(find_person(context_, session("sari")));
}

TEST_P(SignInTest, WhatSomebodyElseChangedMeanwhileIsAConflict) {
  add("sari");
  add("admin", Role::Administrator);
  const auto seen = version("sari");
  ASSERT_TRUE(rename_account(context_, operator_, "sari", "Sari Dewi", seen));
  EXPECT_EQ(message(rename_account(context_, operator_, "sari", "Sari D.", seen)), Msg::PeopleChanged);
  EXPECT_EQ(message(close_account(context_, operator_, "sari", seen)), Msg::PeopleChanged);
  EXPECT_EQ(message(give_role(context_, operator_, "sari", {Role::Head, test::kFirst}, seen)), Msg::PeopleChanged);
  const auto now = version("sari");
  ASSERT_TRUE(give_role(context_, operator_, "sari", {Role::Head, test::kFirst}, now));
  const auto file = load_person(context_, operator_, "sari").value();
  EXPECT_EQ(message(end_role(context_, operator_, file.grants.front().key, now)), Msg::PeopleChanged);
  EXPECT_TRUE(end_role(context_, operator_, file.grants.front().key, file.account.version));
  EXPECT_EQ(message(reopen_account(context_, operator_, "sari")), Msg::PeopleIsOpen);
}

TEST_P(SignInTest, OfTwoAdministratorsWhoDemoteEachOtherAtTheSameMomentOneStays) {
  for (const auto place : {test::kFirst, test::kSecond, test::kThird}) {
    const std::string names[] = {"satu" + std::to_string(place.value), "dua" + std::to_string(place.value)};
    std::vector<store::GrantKey> roles;
    std::vector<Scope> scopes;
    for (const auto& name : names) {
      add(name, Role::Administrator, place);
      roles.push_back(load_person(context_, operator_, name)->grants.front().key);
      scopes.push_back(person(session(name)).scope);
    }
    bool first_won = false, second_won = false;
    {
      const std::jthread first([&] { first_won = end_role(context_, scopes[0], roles[1]).has_value(); });
      const std::jthread second([&] { second_won = end_role(context_, scopes[1], roles[0]).has_value(); });
    }
    EXPECT_NE(first_won, second_won);
    db().read([&](store::Tx& tx) { EXPECT_TRUE(is_administered(tx, reference_.get()->organisation, place, clock_.now())); });
  }
}

TEST_P(SignInTest, TheListShowsWhomTheScopeManagesAndNobodyElse) {
  add("admin", Role::Administrator);
  pass(kMinute);
  add("sari");
  pass(kMinute);
  add("budi_100", Role::Officer, test::kSecond);
  const auto first = person(session("admin")).scope;
  EXPECT_EQ(list_people(context_, first, {}).all, 2);
  EXPECT_EQ(list_people(context_, operator_, {}).all, 3);
  EXPECT_EQ(list_people(context_, operator_, {.place = test::kSecond}).people.at(0).account.login, "budi_100");
  EXPECT_EQ(list_people(context_, operator_, {.words = "NAMA s"}).all, 1);
  EXPECT_EQ(list_people(context_, operator_, {.words = "%"}).all, 0) << "a per cent sign is no wildcard";
  EXPECT_EQ(list_people(context_, operator_, {.words = "i_1"}).all, 1) << "an underscore is no wildcard";
  EXPECT_EQ(list_people(context_, operator_, {.words = "n_s"}).all, 0);
  EXPECT_EQ(list_people(context_, operator_, {.role = Role::Officer}).all, 2);
  EXPECT_EQ(list_people(context_, operator_, {.closed = true}).all, 0);
  ASSERT_TRUE(close_account(context_, operator_, "sari"));
  EXPECT_EQ(list_people(context_, operator_, {.closed = true}).people.at(0).account.login, "sari");
  const auto page = list_people(context_, operator_, {.order = store::AccountOrder::Newest, .offset = 1, .limit = 1});
  EXPECT_EQ(page.people.at(0).account.login, "admin");
  EXPECT_EQ(page.all, 2);
  EXPECT_EQ(message(load_person(context_, first, "budi_100")), Msg::AccountUnknown);
  EXPECT_EQ(list_people(context_, person(session("budi_100")).scope, {}).all, 0) << "an officer manages nobody";
}

TEST_P(SignInTest, ALockOutAndTheTriesBeforeASignInAreTold) {
  add("sari");
  note_lock_out(context_, "sari", 5);
  note_lock_out(context_, "tidak-ada", 5);
  ASSERT_EQ(told("account.lock").size(), 1U);
  EXPECT_EQ(told("account.lock").front().detail, R"({"failed":5})");
  ASSERT_TRUE(sign_in(context_, "sari", kSecret, "", 2));
  EXPECT_EQ(told("account.sign_in").front().detail, R"({"failed":2})");
}

TEST_P(SignInTest, ATokenIsRevokedOnceAndSaysWhenItWasUsed) {
  const auto issued = create_token(context_, operator_, {"alat", Role::Machine, test::kFirst, 30}).value();
  EXPECT_FALSE(list_tokens(context_, operator_).front().used_at);
  ASSERT_TRUE(find_token_scope(context_, issued.token));
  const auto used = list_tokens(context_, operator_).front().used_at;
  ASSERT_TRUE(used);
  pass(30 * kMinute);
  ASSERT_TRUE(find_token_scope(context_, issued.token));
  EXPECT_EQ(list_tokens(context_, operator_).front().used_at, used) << "at most once an hour";
  pass(31 * kMinute);
  ASSERT_TRUE(find_token_scope(context_, issued.token));
  EXPECT_GT(list_tokens(context_, operator_).front().used_at, used);
  add("lain", Role::Head, test::kSecond);
  const auto other = person(session("lain")).scope;
  EXPECT_TRUE(list_tokens(context_, other).empty());
  EXPECT_EQ(message(revoke_token(context_, other, issued.key)), Msg::AccessMayNotGive);
  ASSERT_TRUE(revoke_token(context_, operator_, issued.key));
  EXPECT_FALSE(find_token_scope(context_, issued.token));
  EXPECT_EQ(message(revoke_token(context_, operator_, issued.key)), Msg::TokenUnknown);
}

PILAR_BOTH_ENGINES(SignInTest);

}  // namespace pilar::sign_in_test
