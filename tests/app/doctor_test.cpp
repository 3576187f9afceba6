#include "app/doctor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "app/account.h"
#include "app/record.h"
#include "app/upkeep.h"
#include "i18n/messages.h"
#include "support/postgres_server.h"
#include "support/shipped_store.h"

namespace pilar::doctor_test {

using namespace pilar::app;

constexpr std::int64_t kDayMicros = 86'400'000'000LL;

class DoctorTest : public test::ShippedStoreTest {
 protected:
  DoctorTest()
      : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords},
        folder_(std::filesystem::temp_directory_path() / "pilar-doctor") {
    clock_.set({1'790'000'000'000'000});
    refresh_reference(context_);
    refresh_reference(context_);
    std::filesystem::create_directories(folder_);
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
    for (int day = 0; day < 100; day += 4) save(day);
  }
  ~DoctorTest() override { std::filesystem::remove_all(folder_); }

  void save(int days_ago) {
    const auto* version = context_.reference.get()->latest("kunjungan-bulanan");
    const Instant at{clock_.now().micros - days_ago * kDayMicros};
    const Answers answers{Decimal::whole(days_ago), Decimal::whole(1), Decimal::whole(days_ago + 1)};
    const Scope team(Role::QualityLead, test::kFirst, "account:1");
    EXPECT_TRUE(save_record(context_, team, {make_uuid(at), test::kFirst, {1}, version->version, at, Channel::Staff, answers}));
  }

  /// Meddles behind the program's back.
  void meddle(const char* name, const char* text, const char* postgres = nullptr) {
    db().shared([&](store::Tx& tx) { EXPECT_GT(tx.run({name, text, postgres}, {}), 0) << name; });
  }

  Examined look(std::string_view key) {
    const auto all = examine({context_, folder_.string(), folder_.string() + "/backups"}, checks());
    const auto at = std::ranges::find_if(all, [&](const auto& one) { return one.check->key == key; });
    EXPECT_NE(at, all.end()) << key;
    return *at;
  }
  Health health(std::string_view key) { return look(key).health; }

  ReferenceHolder reference_;
  Context context_;
  std::filesystem::path folder_;
};
PILAR_BOTH_ENGINES(DoctorTest);

TEST_P(DoctorTest, ASoundStoreIsSound) {
  const bool on_server = GetParam() == store::Engine::Postgres;
  if (on_server) {
    EXPECT_EQ(health("durable"), Health::Fail) << "a server that does not wait for the disk";
    test::PostgresServer::instance().sync_to_disk(true);
  }
  for (const auto& one : examine({context_, folder_.string(), ""}, checks())) {
    const bool set_up = one.check->key == "accounts" || one.check->key == "disk";
    EXPECT_TRUE(set_up || one.health == Health::Ok) << one.check->key;
    EXPECT_FALSE(say(Lang::Id, one.check->advice).empty());
  }
  if (on_server) test::PostgresServer::instance().sync_to_disk(false);
}

TEST_P(DoctorTest, ACellThatDisagreesIsFoundAndMendedByARebuild) {
  fold_step(context_, 100);
  meddle("test.cell", "UPDATE cell SET n = n + 1 WHERE facility = 1");
  EXPECT_EQ(health("cells"), Health::Fail);
  rebuild_facility(context_, test::kFirst);
  EXPECT_EQ(health("cells"), Health::Ok);
  EXPECT_EQ(health("months"), Health::Ok);
}

TEST_P(DoctorTest, AMonthThatDisagreesIsFoundAndMendedByARebuild) {
  EXPECT_GT(fold_step(context_, 100), 0U);
  EXPECT_EQ(health("months"), Health::Ok);
  meddle("test.month", "DELETE FROM cell_month WHERE facility = 1");
  EXPECT_EQ(health("months"), Health::Fail);
  rebuild_facility(context_, test::kFirst);
  EXPECT_EQ(health("months"), Health::Ok);
}

/// Cells that come out of a rebuild as they were leave no trace in the batch; their months must be read all the same.
TEST_P(DoctorTest, ARebuildThatChangesNothingLosesNoMonth) {
  EXPECT_GT(fold_step(context_, 100), 0U);
  rebuild_facility(context_, test::kFirst);
  EXPECT_EQ(health("months"), Health::Ok) << "before the months are folded again";
  EXPECT_GT(fold_step(context_, 100), 0U);
  EXPECT_EQ(health("months"), Health::Ok);
  EXPECT_EQ(health("cells"), Health::Ok);
}

TEST_P(DoctorTest, AChangedAuditLineIsFound) {
  meddle("test.audit", "UPDATE audit_line SET actor = 'orang-lain' WHERE facility = 1 AND seq = 3");
  const auto trails = look("trails");
  EXPECT_EQ(trails.health, Health::Fail);
  ASSERT_FALSE(trails.findings.empty());
  EXPECT_NE(say(Lang::Id, trails.findings.front().what).find("3"), std::string::npos);
}

TEST_P(DoctorTest, AClockThatStandsBehindTheRecordsIsFound) {
  clock_.set({clock_.now().micros - 2 * kDayMicros});
  EXPECT_EQ(health("clock"), Health::Fail);
}

TEST_P(DoctorTest, WhatIsMissingAroundTheDataIsFound) {
  EXPECT_EQ(health("accounts"), Health::Warn);
  EXPECT_EQ(health("backups"), Health::Warn) << "there is none";
  EXPECT_EQ(health("folder"), Health::Ok);
  std::filesystem::permissions(folder_, std::filesystem::perms::others_read, std::filesystem::perm_options::add);
  EXPECT_EQ(health("folder"), Health::Warn);
  ASSERT_TRUE(create_account(context_, Scope(Role::Administrator, kEverywhere, "test"),
                             {"admin", "Admin", "rahasia-untuk-uji", Role::Administrator, test::kFirst}));
  EXPECT_EQ(health("accounts"), Health::Ok);
}

TEST_P(DoctorTest, AFolderThatIsGoneIsAFailedCheckAndNoCrash) {
  std::filesystem::remove_all(folder_);
  EXPECT_EQ(health("disk"), Health::Fail);
}

TEST_P(DoctorTest, SeriesThatWaitAreSaid) {
  meddle("test.fill", "INSERT INTO series_fill (facility, series, from_day) VALUES (1, 1, 2147483647)");
  EXPECT_EQ(health("fills"), Health::Warn);
}

}  // namespace pilar::doctor_test
