#pragma once
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/password.h"
#include "store/writer.h"

namespace pilar::test {

/// Brings an empty store to where tests begin. What it makes depends on nothing but itself.
using StoreContent = void (*)(const store::DatabaseOptions& empty);

/// A new store of an engine, removed with the object: empty, or with a content, which is made once a test program and copied from then on.
class TestStore {
 public:
  explicit TestStore(store::Engine engine, StoreContent content = nullptr);
  ~TestStore();
  TestStore(const TestStore&) = delete;
  TestStore& operator=(const TestStore&) = delete;
  store::DatabaseOptions options{};

 private:
  std::string folder_{}, database_{};  ///< of SQLite, of PostgreSQL
};

/// Migrated, with the facilities 1, 2 and 3.
void three_facilities(const store::DatabaseOptions& empty);

/// Runs on both engines.
class StoreTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  explicit StoreTest(StoreContent content = &three_facilities);
  /// Another program on the same store.
  std::unique_ptr<store::Database> open_again() const { return store::open(store_.options, clock_); }
  store::Database& db() { return *db_; }
  void close() { db_.reset(); }
  void reopen() { db_ = open_again(); }
  /// First column of the first row, or -1 when there is none.
  std::int64_t number(const char* name, const char* text);

  FixedClock clock_{Instant{1'700'000'000'000'000}};
  TestStore store_;
  std::unique_ptr<store::Database> db_;
};

void add_facility(store::Tx& tx, std::int32_t key);
std::string engine_name(const ::testing::TestParamInfo<store::Engine>& info);

/// Of accounts in tests: what guards them is tested by itself.
inline constexpr PasswordCost kQuickPasswords{1, 8192};
inline constexpr FacilityKey kFirst{1}, kSecond{2}, kThird{3};

}  // namespace pilar::test

#define PILAR_BOTH_ENGINES(fixture)                                                                                           \
  INSTANTIATE_TEST_SUITE_P(Engines, fixture, ::testing::Values(pilar::store::Engine::Sqlite, pilar::store::Engine::Postgres), \
                           pilar::test::engine_name)
