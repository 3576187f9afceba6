#include "store/inspect.h"

#include <algorithm>

namespace pilar::store {
namespace {

constexpr Sql kIntegrity{"inspect.integrity", "PRAGMA integrity_check(10)", "SELECT 'ok'"};
constexpr Sql kOrphans{"inspect.orphans", "SELECT COUNT(*) FROM pragma_foreign_key_check", "SELECT CAST(0 AS BIGINT)"};
constexpr Sql kRows{"inspect.rows",
                    "SELECT 'account', COUNT(*) FROM account UNION ALL "
                    "SELECT 'api_token', COUNT(*) FROM api_token UNION ALL "
                    "SELECT 'audit_line', COUNT(*) FROM audit_line UNION ALL "
                    "SELECT 'facility_head', COUNT(*) FROM facility_head UNION ALL "
                    "SELECT 'instrument', COUNT(*) FROM instrument UNION ALL "
                    "SELECT 'instrument_version', COUNT(*) FROM instrument_version UNION ALL "
                    "SELECT 'organisation', COUNT(*) FROM organisation UNION ALL "
                    "SELECT 'record', COUNT(*) FROM record UNION ALL "
                    "SELECT 'record_revision', COUNT(*) FROM record_revision UNION ALL "
                    "SELECT 'series', COUNT(*) FROM series UNION ALL "
                    "SELECT 'survey_link', COUNT(*) FROM survey_link UNION ALL "
                    "SELECT 'unit', COUNT(*) FROM unit"};
constexpr Sql kNewest{"inspect.newest", "SELECT MAX(received_at) FROM record"};
constexpr Sql kDurable{
    "inspect.durable", "SELECT 1",
    "SELECT CASE WHEN current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off' THEN 1 ELSE 0 END"};

constexpr const Sql* kInspectAll[] = {&kIntegrity, &kOrphans, &kRows, &kNewest, &kDurable};

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

std::vector<TableRows> count_rows(Tx& tx) {
  std::vector<TableRows> tables;
  tx.each(kRows, {}, [&](const Row& row) { tables.push_back({std::string(row.text(0)), row.i64(1)}); });
  std::ranges::sort(tables, {}, &TableRows::table);
  return tables;
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
