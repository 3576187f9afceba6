#include "app/change_feed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

#include "app/instrument.h"
#include "app/place.h"
#include "app/record.h"
#include "app/record_batch.h"
#include "support/test_store.h"

namespace pilar::change_feed_test {

using namespace pilar::app;

std::string pack(bool is_public) {
  return std::string(R"(
instrument: )") +
         (is_public ? "umum" : "hitung") + R"(
version: 1
title: {id: Hitungan, en: Count}
purpose: {id: Untuk uji, en: For tests}
source: uji
pillar: ppk
public: )" +
         (is_public ? "yes" : "no") +
         R"(
sections:
  - key: a
    title: {id: A, en: A}
    items:
      - {key: banyak, type: number, label: {id: Banyak, en: Many}}
measures:
  - {key: banyak, type: sum, title: {id: Banyak, en: Many}, items: banyak}
)";
}

using Told = std::map<std::pair<Uuid, std::int32_t>, int>;  ///< how often each revision of each record was told of

class ChangeFeedTest : public test::StoreTest {
 protected:
  ChangeFeedTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'790'000'000'000'000});
    refresh_reference(context_);
    for (const bool is_public : {false, true}) EXPECT_TRUE(install_instrument(context_, operator_, pack(is_public), "uji.yaml"));
  }

  NewRecord record(FacilityKey facility, int many, const char* instrument = "hitung") const {
    const auto* version = context_.reference.get()->latest(instrument);
    return {make_uuid(clock_.now()), facility, {}, version->version, clock_.now(), Channel::Api, {Decimal::whole(many)}};
  }

  Result<Saved> correct(Context& context, const NewRecord& record, std::int32_t expected, int many) {
    return correct_record(context, operator_,
                          {record.facility, record.id, expected, {}, record.version, record.at, {Decimal::whole(many)}, "uji"});
  }

  /// Reads until there is nothing more; the cursor goes through its text, as over the API.
  void drain(ChangeCursor& cursor, Told& told, std::size_t limit) {
    for (bool more = true; more;) {
      const auto page = read_changes(context_, operator_, {kEverywhere, cursor, limit});
      ASSERT_TRUE(page);
      EXPECT_LE(page->changes.size(), limit);
      for (const auto& change : page->changes)
        if (change.record) ++told[{change.record->record.id, change.record->record.revision}];
      cursor = parse_change_cursor(text(page->next, context_.signing_key), context_.signing_key).value();
      EXPECT_EQ(cursor, page->next);
      more = page->more;
    }
  }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
};
PILAR_BOTH_ENGINES(ChangeFeedTest);

TEST_P(ChangeFeedTest, TellsOfEachChangeOnceWhateverThePageHolds) {
  for (const std::size_t limit : {1U, 2U, 3U, 100U}) {
    ChangeCursor cursor;
    Told told;
    drain(cursor, told, limit);
    const auto before = told.size();
    const auto one = record(test::kFirst, 1), two = record(test::kSecond, 2);
    ASSERT_TRUE(save_record(context_, operator_, one));
    ASSERT_TRUE(save_record(context_, operator_, two));
    std::vector<NewRecord> many;
    for (int i = 0; i < 7; ++i) many.push_back(record(test::kFirst, i));
    std::promise<void> done;
    submit_batch(context_, operator_, test::kFirst, many, "import:uji", [&](auto result, auto failed) {
      EXPECT_TRUE(result && !failed);
      done.set_value();
    });
    done.get_future().get();
    drain(cursor, told, limit);
    EXPECT_EQ(told.size(), before + 9);
    ASSERT_TRUE(correct(context_, one, 1, 5));
    ASSERT_TRUE(void_record(context_, operator_, test::kSecond, two.id, 1, "uji"));
    drain(cursor, told, limit);
    EXPECT_EQ((told[{one.id, 2}]), 1);
    EXPECT_EQ((told[{two.id, 2}]), 1);
    for (const auto& [key, times] : told) EXPECT_EQ(times, 1) << text(key.first) << " revision " << key.second;
  }
}

TEST_P(ChangeFeedTest, SkipsNothingWhileManyWrite) {
  constexpr int kWriters = 4, kRecords = 40;
  const bool two_programs = GetParam() == store::Engine::Postgres;  // SQLite has one program that writes
  const auto second_db = two_programs ? open_again() : nullptr;
  ReferenceHolder second_reference;
  Context second{two_programs ? *second_db : db(), clock_, second_reference, SigningKey{{7}}};
  refresh_reference(second);
  std::vector<std::vector<NewRecord>> written(kWriters);
  std::atomic<int> open = kWriters;
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w)
    writers.emplace_back([&, w] {
      auto& context = w % 2 == 0 ? context_ : second;
      for (int i = 0; i < kRecords; ++i) {
        const auto one = record(FacilityKey{i % 3 + 1}, w * 1000 + i);
        EXPECT_TRUE(save_record(context, operator_, one));
        EXPECT_TRUE(i % 4 != 0 || correct(context, one, 1, i).has_value());
        written[static_cast<std::size_t>(w)].push_back(one);
      }
      --open;
    });
  ChangeCursor cursor;
  Told told;
  while (open > 0) drain(cursor, told, 5);
  for (auto& writer : writers) writer.join();
  drain(cursor, told, 5);
  for (const auto& [key, times] : told) EXPECT_EQ(times, 1);
  for (const auto& records : written)
    for (std::size_t i = 0; i < records.size(); ++i)
      EXPECT_EQ((told[{records[i].id, i % 4 == 0 ? 2 : 1}]), 1) << "the newest revision of every record arrived, once";
}

TEST_P(ChangeFeedTest, OfThePublicOnlyTheDayIsTold) {
  ChangeCursor cursor;
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(save_record(context_, operator_, record(test::kFirst, i, "umum")));
  const auto page = read_changes(context_, operator_, {test::kFirst, cursor, 100});
  ASSERT_TRUE(page);
  EXPECT_EQ(std::ranges::count_if(page->changes, [](const Change& change) { return change.record.has_value(); }), 1);
  ASSERT_TRUE(save_record(context_, operator_, record(test::kFirst, 9, "umum")));
  const auto first = read_changes(context_, operator_, {test::kFirst, {}, 2});
  ASSERT_TRUE(first && first->next.inside);
  EXPECT_EQ(text(first->next, context_.signing_key).find(text(first->next.inside->id).substr(0, 8)), std::string::npos)
      << "the cursor does not show an id";
}

TEST_P(ChangeFeedTest, TellsOfPlacesThatChanged) {
  ChangeCursor cursor;
  Told told;
  drain(cursor, told, 100);
  const auto* node = context_.reference.get()->organisation.find(test::kSecond);
  ASSERT_TRUE(change_place(context_, operator_, {test::kSecond, node->version},
                           {node->code, "Nama Baru", "puskesmas", node->zone, node->valid_from, {}}));
  const auto page = read_changes(context_, operator_, {kEverywhere, cursor, 100});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->changes.size(), 1U);
  EXPECT_EQ(page->changes.front().place->name, "Nama Baru");
  EXPECT_FALSE(page->changes.front().record);
}

TEST_P(ChangeFeedTest, KeepsToItsScope) {
  const Scope lead(Role::QualityLead, test::kFirst, "account:1");
  EXPECT_FALSE(read_changes(context_, lead, {test::kSecond, {}, 10}));
  EXPECT_FALSE(read_changes(context_, Scope(Role::Machine, test::kFirst, "token:1"), {test::kFirst, {}, 10}));
  ASSERT_TRUE(save_record(context_, operator_, record(test::kSecond, 1)));
  const auto page = read_changes(context_, lead, {test::kFirst, {}, 10});
  ASSERT_TRUE(page);
  for (const auto& change : page->changes) EXPECT_EQ(change.place->key, test::kFirst);
}

TEST(ChangeCursor, RefusesWhatItDidNotMake) {
  const SigningKey key{{7}};
  for (const auto* bad :
       {"", "2", "1.", "1.a", "1.a-b-c-d", "1.a-1.a-2", "1.zzzzzzzzzzzzzzzzz-1", "1~a.b", "1~a.b.c", "1~~", "1.-1", "1.a--"})
    EXPECT_FALSE(parse_change_cursor(bad, key)) << bad;
  EXPECT_TRUE(parse_change_cursor("1", key));
  EXPECT_TRUE(parse_change_cursor("1.a-1", key));
}

}  // namespace pilar::change_feed_test
