#include "store/migrate.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>

#include "base/embedded.h"
#include "base/log.h"
#include "base/text.h"
#include "store/transaction.h"

namespace pilar::store {
namespace {

constexpr Sql kSchemaFind{"schema.find", "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'",
                          "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() "
                          "AND table_name = 'schema_migration'"};
constexpr Sql kSchemaList{"schema.list", "SELECT number, name, checksum FROM schema_migration ORDER BY number"};
constexpr Sql kSchemaInsert{"schema.insert", "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)"};
constexpr Sql kSchemaLock{"schema.lock", "SELECT 1", "SELECT pg_advisory_xact_lock(7020002)"};
constexpr const char* kSchemaTable =
    "CREATE TABLE IF NOT EXISTS schema_migration (number {{i32}} NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum {{blob}} NOT NULL, "
    "applied_at {{i64}} NOT NULL){{table}};";

constexpr const Sql* kMigrateAll[] = {&kSchemaFind, &kSchemaList, &kSchemaInsert, &kSchemaLock};

struct Mark {
  std::string_view name, sqlite, postgres;
};
constexpr Mark kMarks[] = {
    {"i32", "INTEGER", "INTEGER"}, {"i64", "INTEGER", "BIGINT"}, {"real", "REAL", "DOUBLE PRECISION"},
    {"blob", "BLOB", "BYTEA"},     {"table", " STRICT", ""},     {"clustered", " STRICT, WITHOUT ROWID", ""},
};

std::vector<Migration> read_migrations() {
  constexpr std::string_view kFolder = "migrations/";
  std::vector<Migration> all;
  for (const auto& [name, bytes] : embedded_files()) {
    if (!name.starts_with(kFolder) || !name.ends_with(".sql")) continue;
    const auto stem = name.substr(kFolder.size(), name.size() - kFolder.size() - 4);
    const auto number = static_cast<int>(parse_int(stem.substr(0, 4)).value_or(0));
    all.push_back({number, std::string(stem), std::string(bytes), sha256(bytes)});
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  for (std::size_t i = 0; i < all.size(); ++i)
    require(all[i].number > (i == 0 ? 0 : all[i - 1].number), "migrations are named by their numbers, each of its own");
  return all;
}

/// Which steps the store has run, after comparing them with what this program has.
struct Applied {
  std::set<int> numbers{};
  int unknown = 0;  ///< steps that only a newer program has

  SchemaState state() const { return {static_cast<int>(numbers.size()) + unknown, static_cast<int>(migrations().size()), unknown > 0}; }
  bool has(const Migration& step) const { return numbers.contains(step.number); }
};

Applied applied(Tx& tx) {
  bool found = false;
  tx.each(kSchemaFind, {}, [&](const Row& row) { found = row.i64(0) > 0; });
  Applied out;
  if (!found) return out;
  tx.each(kSchemaList, {}, [&](const Row& row) {
    const auto& known = migrations();
    const auto step = std::ranges::find(known, row.i32(0), &Migration::number);
    if (step == known.end()) {
      ++out.unknown;
      return;
    }
    if (!std::ranges::equal(row.blob(2), step->checksum))
      throw Fault("check the schema", "step " + std::string(row.text(1)) + " was changed after it had run");
    out.numbers.insert(step->number);
  });
  return out;
}

Applied applied(Driver& driver) {
  const auto connection = driver.connect(Driver::Role::Reader);
  Applied out;
  in_snapshot(*connection, [&] { out = applied(*connection); });
  return out;
}

bool is_missing_file(const DatabaseOptions& options) {
  return options.url.starts_with("sqlite:") && !std::filesystem::exists(options.url.substr(7));
}

[[noreturn]] void refuse_newer(const SchemaState& state) {
  throw Fault("check the schema", "the store's schema is at step " + std::to_string(state.current) + ", this program knows only " +
                                      std::to_string(state.known) + ": use a newer pilar");
}

/// Runs the next step that is missing; returns its number, or 0 when there is none.
int migrate_one(Connection& connection, const Clock& clock) {
  int done = 0;
  in_transaction(connection, [&] {
    connection.run(kSchemaLock, {});
    connection.script("schema.table", expand_marks(kSchemaTable, connection.engine()));
    const auto there = applied(connection);
    if (there.unknown > 0) refuse_newer(there.state());
    const auto step = std::ranges::find_if(migrations(), [&](const Migration& one) { return !there.has(one); });
    if (step == migrations().end()) return;
    connection.script(step->name, expand_marks(step->text, connection.engine()));
    connection.run(kSchemaInsert, {param(step->number), std::string_view(step->name), Blob(step->checksum), param(clock.now().micros)});
    done = step->number;
  });
  return done;
}

}  // namespace

std::span<const Sql* const> migrate_statements() { return kMigrateAll; }

const std::vector<Migration>& migrations() {
  static const auto all = read_migrations();
  return all;
}

std::string expand_marks(const std::string& text, Engine engine) {
  std::string out;
  std::size_t from = 0;
  for (auto at = text.find("{{"); at != std::string::npos; at = text.find("{{", from)) {
    const auto end = text.find("}}", at);
    require(end != std::string::npos, "a mark is closed");
    const auto name = std::string_view(text).substr(at + 2, end - at - 2);
    const auto mark = std::ranges::find(kMarks, name, &Mark::name);
    require(mark != std::end(kMarks), "a mark is known");
    out.append(text, from, at - from).append(engine == Engine::Sqlite ? mark->sqlite : mark->postgres);
    from = end + 2;
  }
  return out.append(text, from);
}

SchemaState schema_state(Tx& tx) { return applied(tx).state(); }

SchemaState schema_state(const DatabaseOptions& options) {
  if (is_missing_file(options)) return Applied{}.state();
  return applied(*make_driver(options)).state();
}

std::vector<Migration> plan(const DatabaseOptions& options) {
  const auto there = is_missing_file(options) ? Applied{} : applied(*make_driver(options));
  if (there.unknown > 0) refuse_newer(there.state());
  std::vector<Migration> missing;
  std::ranges::copy_if(migrations(), std::back_inserter(missing), [&](const Migration& step) { return !there.has(step); });
  return missing;
}

std::vector<Migration> migrate(Driver& driver, const Clock& clock) {
  const auto connection = driver.connect(Driver::Role::Migrator);
  std::vector<Migration> ran;
  for (int step = migrate_one(*connection, clock); step != 0; step = migrate_one(*connection, clock)) {
    ran.push_back(*std::ranges::find(migrations(), step, &Migration::number));
    log::info("store.migrate", "step=" + ran.back().name);
  }
  return ran;
}

std::vector<Migration> migrate(const DatabaseOptions& options, const Clock& clock) { return migrate(*make_driver(options), clock); }

void require_current_schema(Driver& driver) {
  const auto state = applied(driver).state();
  if (state.is_newer()) refuse_newer(state);
  if (state.current < state.known)
    throw Fault("check the schema", "the store's schema is at step " + std::to_string(state.current) + " of " +
                                        std::to_string(state.known) + ": run `pilar migrate`");
}

}  // namespace pilar::store
