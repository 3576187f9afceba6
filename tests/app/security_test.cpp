// What `pilar doctor --security` says of a live configuration.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "app/account.h"
#include "app/api_token.h"
#include "app/demo.h"
#include "app/doctor.h"
#include "i18n/messages.h"
#include "i18n/words/ops.h"
#include "support/test_store.h"

namespace pilar::security_test {

using namespace pilar::app;
namespace fs = std::filesystem;

constexpr std::int64_t kDayMicros = 86'400'000'000LL;

class SecurityTest : public test::StoreTest {
 protected:
  SecurityTest()
      : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords},
        folder_(fs::temp_directory_path() / ("pilar-security-" + std::to_string(::getpid()))) {
    clock_.set({1'790'000'000'000'000});
    refresh_reference(context_);
    fs::create_directories(folder_ / "tls");
    fs::permissions(folder_, fs::perms::owner_all);
  }
  ~SecurityTest() override { fs::remove_all(folder_); }

  void set(std::string_view name, std::string value, Origin origin = Origin::File) {
    settings_.set(name, std::move(value), origin, "test");
  }

  Examined look(std::string_view key) {
    rows_ = security_checks();
    const auto all = examine({context_, folder_.string(), "", &settings_, certificate_}, rows_);
    EXPECT_EQ(all.size(), rows_.size());
    const auto at = std::ranges::find_if(all, [&](const auto& one) { return one.check->key == key; });
    EXPECT_NE(at, all.end()) << key;
    return *at;
  }
  Health health(std::string_view key) { return look(key).health; }

  const Scope system_{Role::Administrator, test::kFirst, "test"};
  ReferenceHolder reference_;
  Context context_;
  fs::path folder_;
  Settings settings_;
  std::optional<ServerCertificate> certificate_;
  std::vector<Check> rows_;
};
PILAR_BOTH_ENGINES(SecurityTest);

TEST_P(SecurityTest, EveryRowExplainsItself) {
  rows_ = security_checks();
  for (const auto& check : rows_) {
    EXPECT_EQ(std::ranges::count(rows_, check.key, &Check::key), 1) << check.key;
    for (const auto lang : {Lang::Id, Lang::En})
      for (const auto message : {check.title, check.why, check.advice}) EXPECT_FALSE(say(lang, message).empty()) << check.key;
  }
  EXPECT_EQ(health("address"), Health::Ok) << "the defaults are safe";
  EXPECT_EQ(health("tls"), Health::Ok);
  EXPECT_EQ(health("limits"), Health::Ok);
}

TEST_P(SecurityTest, AnOpenAddressNeedsTlsOrAProxy) {
  set("address", "0.0.0.0");
  EXPECT_EQ(health("address"), Health::Fail);
  set("insecure-public", "ya");
  EXPECT_EQ(health("address"), Health::Warn);
  set("trusted-proxies", "10.0.0.1");
  EXPECT_EQ(health("address"), Health::Ok);
  set("insecure-public", "tidak");
  set("certificate", "x.crt");
  EXPECT_EQ(health("address"), Health::Ok);
}

TEST_P(SecurityTest, ACertificateIsJudgedByItsDays) {
  const auto now = clock_.now().micros;
  const auto days = [&](std::int64_t from, std::int64_t until) {
    certificate_ = ServerCertificate{{}, {now + from * kDayMicros}, {now + until * kDayMicros}};
    return health("tls");
  };
  EXPECT_EQ(days(-10, 300), Health::Ok);
  EXPECT_EQ(days(-10, 29), Health::Warn);
  EXPECT_EQ(days(-10, -1), Health::Fail);
  EXPECT_EQ(days(2, 300), Health::Fail);
  set("hsts-days", "0");
  EXPECT_EQ(days(-10, 300), Health::Warn);
  certificate_ = ServerCertificate{Problem{Problem::Kind::Conflict, Msg::TlsOtherKey, "--key", {"a", "b"}}, {}, {}};
  EXPECT_EQ(health("tls"), Health::Fail);
}

TEST_P(SecurityTest, KeysAndPasswordsThatOthersCanRead) {
  const auto key = folder_ / "tls" / "server.key", file = folder_ / "pilar.yaml";
  std::ofstream(key) << "key";
  std::ofstream(file) << "database: ...";
  fs::permissions(key, fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(health("secrets"), Health::Ok);
  fs::permissions(key, fs::perms::group_read, fs::perm_options::add);
  EXPECT_EQ(health("secrets"), Health::Fail);
  fs::permissions(key, fs::perms::group_read, fs::perm_options::remove);
  fs::permissions(file, fs::perms::others_read, fs::perm_options::add);
  settings_.set_file(file.string());
  set("database", "postgresql://mutu@db/pilar");
  EXPECT_EQ(health("secrets"), Health::Ok) << "no password stands there";
  set("database", "postgresql://mutu:rahasia@db/pilar");
  const auto found = look("secrets");
  EXPECT_EQ(found.health, Health::Fail);
  for (const auto& finding : found.findings) EXPECT_EQ(say(Lang::Id, finding.what).find("rahasia"), std::string::npos);
  set("database", "postgresql://mutu:rahasia@db/pilar", Origin::Flag);
  EXPECT_EQ(health("secrets"), Health::Warn) << "the list of processes shows it";
}

TEST_P(SecurityTest, TokensAreJudgedByTheirDays) {
  EXPECT_EQ(health("tokens"), Health::Ok);
  const auto issued = create_token(context_, system_, {"simpus", Role::Machine, test::kFirst, 300});
  ASSERT_TRUE(issued);
  EXPECT_EQ(health("tokens"), Health::Ok);
  clock_.set({clock_.now().micros + 100 * kDayMicros});
  EXPECT_EQ(health("tokens"), Health::Warn) << "nobody uses it";
  EXPECT_TRUE(find_token_scope(context_, issued->token));
  clock_.set({clock_.now().micros + 190 * kDayMicros});
  EXPECT_EQ(health("tokens"), Health::Warn) << "it ends soon";
  clock_.set({clock_.now().micros + 20 * kDayMicros});
  EXPECT_EQ(health("tokens"), Health::Ok) << "it has ended";
  ASSERT_TRUE(create_token(context_, system_, {"selamanya", Role::Machine, test::kFirst, 3650}));
  EXPECT_EQ(health("tokens"), Health::Warn);
}

TEST_P(SecurityTest, ATokenThatItsMakerLeftBehindIsNamed) {
  ASSERT_TRUE(create_account(context_, system_, {"kepala", "Kepala", "kata sandi yang panjang", Role::Head, test::kFirst}));
  store::AccountKey key;
  context_.db.read([&](store::Tx& tx) { key = store::find_account(tx, "kepala")->key; });
  ASSERT_TRUE(create_token(context_, Scope(Role::Head, test::kFirst, subject_of(key)), {"simpus", Role::Machine, test::kFirst, 300}));
  EXPECT_EQ(health("tokens"), Health::Ok);
  ASSERT_TRUE(close_account(context_, system_, "kepala"));
  const auto found = look("tokens");
  EXPECT_EQ(found.health, Health::Warn);
  EXPECT_EQ(say(Lang::Id, found.findings.at(0).what), say(Lang::Id, Msg::SecurityTokenLeft, {"simpus", "kepala"}));
}

TEST_P(SecurityTest, EveryAccountOfTheDemonstrationIsNamed) {
  EXPECT_EQ(health("demonstration"), Health::Ok);
  const Scope demo(Role::Administrator, test::kFirst, std::string(kDemoActor));
  const std::string secret = "kata sandi yang panjang";
  for (const char* login : {"kepala", "farmasi"})
    ASSERT_TRUE(create_account(context_, demo, {login, login, secret, Role::Officer, test::kFirst}));
  ASSERT_TRUE(create_account(context_, system_, {"admin", "Orang sungguhan", secret, Role::Administrator, test::kFirst}));
  EXPECT_EQ(health("demonstration"), Health::Warn);
  EXPECT_EQ(look("demonstration").findings.size(), 2U) << "a name alone makes no account of the demonstration";
  for (const char* login : {"kepala", "farmasi"}) ASSERT_TRUE(close_account(context_, system_, login));
  EXPECT_EQ(health("demonstration"), Health::Ok);
}

TEST_P(SecurityTest, LooseLimitsAndAnUnsafeDatabaseAreNamed) {
  set("sign-in-tries", "500");
  EXPECT_EQ(health("limits"), Health::Warn);
  set("session-hours", "8760");
  EXPECT_EQ(look("limits").findings.size(), 2U);
  set("unsafe-database", "ya");
  EXPECT_EQ(health("process"), Health::Fail);
}

}  // namespace pilar::security_test
