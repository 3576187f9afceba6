#pragma once
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/password.h"
#include "store/writer.h"

namespace pilar::test {

/// A new, empty store of an engine; removed with the object.
class TestStore {
 public:
  explicit TestStore(store::Engine engine);
  ~TestStore();
  TestStore(const TestStore&) = delete;
  TestStore& operator=(const TestStore&) = delete;
  store::DatabaseOptions options{};

 private:
  std::string folder_{};
};

/// Runs on both engines, on a migrated store with the facilities 1, 2 and 3.
class StoreTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  StoreTest();
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
