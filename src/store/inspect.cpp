#include "store/inspect.h"

namespace pilar::store {
namespace {

constexpr Sql kIntegrity{"inspect.integrity", "PRAGMA integrity_check(10)", "SELECT 'ok'"};
constexpr Sql kOrphans{"inspect.orphans", "SELECT COUNT(*) FROM pragma_foreign_key_check", "SELECT CAST(0 AS BIGINT)"};
constexpr Sql kNewest{"inspect.newest", "SELECT MAX(received_at) FROM record"};
constexpr Sql kDurable{
    "inspect.durable", "SELECT 1",
    "SELECT CASE WHEN current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off' THEN 1 ELSE 0 END"};

constexpr const Sql* kInspectAll[] = {&kIntegrity, &kOrphans, &kNewest, &kDurable};

}  // namespace

std::vector<std::string> check_integrity(Tx& tx) {
  std::vector<std::string> wrong;
  tx.each(kIntegrity, {}, [&](const Row& row) {
    if (row.text(0) != "ok") wrong.emplace_back(row.text(0));
  });
  return wrong;
}

std::int64_t count_orphans(Tx& tx) {
  std::int64_t count = 0;
  tx.each(kOrphans, {}, [&](const Row& row) { count = row.i64(0); });
  return count;
}

std::optional<Instant> newest_record(Tx& tx) {
  std::optional<Instant> newest;
  tx.each(kNewest, {}, [&](const Row& row) {
    if (!row.is_null(0)) newest = Instant{row.i64(0)};
  });
  return newest;
}

bool is_durable(Tx& tx) {
  bool durable = false;
  tx.each(kDurable, {}, [&](const Row& row) { durable = row.i64(0) != 0; });
  return durable;
}

std::vector<std::string> check_file(const std::string& path) {
  DatabaseOptions options;
  options.url = "sqlite:" + path;
  const auto connection = make_driver(options)->connect(Driver::Role::Reader);
  auto wrong = check_integrity(*connection);
  if (wrong.empty() && count_orphans(*connection) > 0) wrong.emplace_back("rows point to rows that are not there");
  return wrong;
}

std::span<const Sql* const> inspect_statements() { return kInspectAll; }

}  // namespace pilar::store
