#include "app/demo.h"

#include <gtest/gtest.h>

#include <set>

#include "app/account.h"
#include "app/instrument.h"
#include "app/result.h"
#include "app/upkeep.h"
#include "i18n/messages.h"
#include "store/audit_store.h"
#include "store/cell_store.h"
#include "store/migrate.h"
#include "store/record_store.h"
#include "support/test_store.h"

using namespace pilar;
using namespace pilar::app;

namespace {

constexpr Instant kNow{1'790'000'000'000'000};  // 21 September 2026

/// A store of its own in memory, with the shipped instruments and the demonstration.
struct Stage {
  Stage() {
    refresh_reference(context);
    install_shipped_instruments(context, Scope(Role::Administrator, {0}, "test"));
    const auto result = make_demo(context, "rahasia-untuk-uji");
    EXPECT_TRUE(result);
    if (result) made = *result;
  }

  FixedClock clock{kNow};
  std::unique_ptr<store::Database> db = store::open({.url = "sqlite::memory:"}, clock);
  ReferenceHolder reference{};
  Context context{*db, clock, reference, SigningKey{{9}}};
  Demo made{};
};

Stage& stage() {
  static Stage once;
  return once;
}

FacilityKey place(const char* code) {
  const auto* node = stage().reference.get()->organisation.find(code);
  EXPECT_NE(node, nullptr) << code;
  return node->key;
}

MeasureReading rating(FacilityKey at, Month from, Month to) {
  const Scope scope(Role::Reader, place("cabang-contoh"), "test");
  const auto view = read_result(stage().context, scope, {.instrument = "kessan", .place = at, .from = from, .to = to});
  EXPECT_TRUE(view);
  return view ? view->measures.front() : MeasureReading{};
}

/// The texts of all records of a store, whatever their order.
std::multiset<std::string> records_of(Stage& one) {
  std::multiset<std::string> all;
  for (const auto& node : one.reference.get()->organisation.nodes())
    one.db->read([&](store::Tx& tx) {
      store::each_facility_record(tx, node.key, [&](const store::StoredRecord& record) {
        all.insert(text(record.id) + std::to_string(record.unit.value) + "@" + std::to_string(record.at.micros) + record.answers);
      });
    });
  return all;
}

}  // namespace

TEST(Demo, TheSameDayGivesTheSameAnswers) {
  Stage again;
  const auto first = records_of(stage()), second = records_of(again);
  EXPECT_EQ(first.size(), stage().made.records) << "no id was drawn twice";
  EXPECT_EQ(first, second);
}

TEST(Demo, NoAnswerIsFromTheFutureAndAllAreCounted) {
  const auto today = civil_day(kNow, Zone::Wib);
  for (const auto& node : stage().reference.get()->organisation.nodes()) {
    stage().db->read([&](store::Tx& tx) {
      store::each_facility_record(tx, node.key, [&](const store::StoredRecord& record) {
        EXPECT_LE(record.at, kNow);
        EXPECT_LE(record.day, today);
        EXPECT_EQ(record.channel, Channel::Demo);
      });
      EXPECT_FALSE(store::check_chain(tx, node.key).broken);
    });
    EXPECT_TRUE(recount(stage().context, node.key, 3).empty()) << node.name;
  }
}

TEST(Demo, OneFacilityImprovesAndOneHasABadMonth) {
  const Month running = month_of(civil_day(kNow, Zone::Wib));
  const auto before = rating(place("melati-contoh"), {running.value - 13}, {running.value - 6}).rating.mean;
  const auto after = rating(place("melati-contoh"), {running.value - 6}, {running.value + 1}).rating.mean;
  ASSERT_TRUE(before && after);
  EXPECT_GT(*after - *before, 0.15);
  const auto dip = rating(place("kenanga-contoh"), {running.value - 4}, {running.value - 3}).rating.mean;
  const auto usual = rating(place("kenanga-contoh"), {running.value - 12}, {running.value - 4}).rating.mean;
  ASSERT_TRUE(dip && usual);
  EXPECT_LT(*dip, *usual - 0.2);
}

TEST(Demo, TheAccountsSignIn) {
  ASSERT_EQ(stage().made.accounts.size(), 3U);
  for (const auto& account : stage().made.accounts)
    EXPECT_TRUE(sign_in(stage().context, account.login, "rahasia-untuk-uji")) << account.login;
}

TEST(Demo, AStoreWithContentIsLeftAlone) {
  const auto refused = make_demo(stage().context, "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().message, Msg::DemoNotEmpty);
}

TEST(Demo, AClosedAccountMayNotSignIn) {
  Stage own;
  ASSERT_TRUE(close_account(own.context, "sari"));
  EXPECT_FALSE(sign_in(own.context, "sari", "rahasia-untuk-uji"));
  EXPECT_TRUE(sign_in(own.context, "admin", "rahasia-untuk-uji"));
  EXPECT_FALSE(close_account(own.context, "tidak-ada"));
}
