#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "store/statements.h"
#include "support/test_store.h"

namespace pilar::store_test {

using namespace pilar::store;
using namespace pilar::test;

class Store : public StoreTest {};
PILAR_BOTH_ENGINES(Store);

constexpr const char* kCountCells = "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM cell";
constexpr const char* kCountAudit = "SELECT COUNT(*) FROM audit_line";

const std::vector<Delta> kOne{{SeriesKey{1}, 0, Cell::count()}};

AuditLine line(std::string action) { return {Instant{5}, "cli", std::move(action), "record:x"}; }

TEST_P(Store, EveryStatementIsValid) {
  std::vector<std::string> names;
  for (const auto* sql : all_statements()) {
    EXPECT_NO_THROW(db().check(*sql)) << sql->name;
    names.emplace_back(sql->name);
  }
  EXPECT_GT(names.size(), 20U);
  std::ranges::sort(names);
  EXPECT_TRUE(std::ranges::adjacent_find(names) == names.end()) << "two statements share a name";
}

TEST_P(Store, AWrongStatementIsAFaultThatNamesIt) {
  try {
    db().check({"test.wrong", "SELECT no_such_column FROM cell"});
    FAIL() << "it was accepted";
  } catch (const Fault& fault) {
    EXPECT_NE(std::string(fault.what()).find("test.wrong"), std::string::npos);
    EXPECT_FALSE(fault.retryable);
  }
  EXPECT_EQ(number("test.count", kCountCells), 0) << "the connection works on";
}

TEST_P(Store, EveryTypeComesBackAsItWent) {
  const std::uint8_t bytes[] = {0, 1, 255, 0};
  const std::string text("Puskesmas \xC3\xA9 'kutip' \n", 22);
  db().shared([&](Tx& tx) {
    tx.run({"test.make", "CREATE TABLE kinds (i BIGINT, r DOUBLE PRECISION, t TEXT, b BLOB)",
            "CREATE TABLE kinds (i BIGINT, r DOUBLE PRECISION, t TEXT, b BYTEA)"},
           {});
    constexpr Sql kInsert{"test.insert", "INSERT INTO kinds (b, t, r, i) VALUES ($4, $3, $2, $1)"};
    EXPECT_EQ(tx.run(kInsert, {param(std::numeric_limits<std::int64_t>::min()), 0.1, std::string_view(text), Blob(bytes)}), 1);
    EXPECT_EQ(tx.run(kInsert, {std::monostate{}, std::monostate{}, std::monostate{}, std::monostate{}}), 1);
    EXPECT_EQ(tx.run(kInsert, {param(std::int64_t{0}), -0.0, std::string_view(), Blob()}), 1);
  });
  int rows = 0;
  db().read([&](Tx& tx) {
    tx.each({"test.read", "SELECT i, r, t, b FROM kinds ORDER BY CASE WHEN i IS NULL THEN 2 WHEN i = 0 THEN 3 ELSE 1 END"}, {},
            [&](const Row& row) {
              ++rows;
              for (int column = 0; column < 4; ++column) EXPECT_EQ(row.is_null(column), rows == 2) << rows << "," << column;
              if (rows == 1) {
                EXPECT_EQ(row.i64(0), std::numeric_limits<std::int64_t>::min());
                EXPECT_EQ(row.real(1), 0.1);
                EXPECT_EQ(row.text(2), text);
                EXPECT_TRUE(std::ranges::equal(row.blob(3), bytes));
              } else {
                EXPECT_EQ(row.i64(0), 0);
                EXPECT_TRUE(row.text(2).empty());
                EXPECT_TRUE(row.blob(3).empty());
              }
            });
  });
  EXPECT_EQ(rows, 3);
}

TEST_P(Store, ABodyThatThrowsLeavesNothing) {
  db().write(kFirst, [](Write& write) {
    write.add(Day{100}, UnitKey{1}, kOne, 1);
    write.audit(line("record.add"));
  });
  EXPECT_THROW(db().write(kFirst,
                          [](Write& write) {
                            write.tx().run({"test.mark", "INSERT INTO month_dirty (facility, month) VALUES (1, 999)"}, {});
                            write.add(Day{100}, UnitKey{1}, kOne, 1);
                            write.audit(line("record.add"));
                            throw std::runtime_error("no");
                          }),
               std::runtime_error);
  EXPECT_EQ(number("test.cells", kCountCells), 1);
  EXPECT_EQ(number("test.audit", kCountAudit), 1);
  EXPECT_EQ(number("test.marks", "SELECT COUNT(*) FROM month_dirty WHERE month = 999"), 0);
}

}  // namespace pilar::store_test
