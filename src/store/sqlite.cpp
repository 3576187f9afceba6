#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>
#include <unordered_map>

#include "store/connection.h"
#include "store/transaction.h"

namespace pilar::store {
namespace {

constexpr int kBusyMillis = 10'000;
// A page is 4 KiB: the log is copied back from 4 MiB on, and from 32 MiB on the writer waits a moment for old readers, so
// that the log can begin anew.
constexpr int kCheckpointPages = 1'000, kRestartPages = 8'192, kRestartMillis = 500;
constexpr int kCopyPages = 4'096;  // between two words about progress

struct CloseDb {
  void operator()(sqlite3* db) const { sqlite3_close(db); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using DbHandle = std::unique_ptr<sqlite3, CloseDb>;
using StatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

[[noreturn]] void fail(sqlite3* db, const std::string& doing) {
  const int code = db != nullptr ? sqlite3_errcode(db) & 0xFF : SQLITE_NOMEM;  // the class of an extended code
  const bool retry = code == SQLITE_BUSY || code == SQLITE_LOCKED;
  throw Fault(doing, db != nullptr ? sqlite3_errmsg(db) : "out of memory", retry);
}

DbHandle open_file(const std::string& path, int flags) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  DbHandle db(raw);
  if (code != SQLITE_OK) throw Fault("open " + path, raw != nullptr ? sqlite3_errmsg(raw) : "out of memory");
  return db;
}

struct Statement {
  StatementHandle handle;
  const char* text = nullptr;
  std::vector<int> places{};  ///< places[k - 1]: where SQLite keeps $k, which it numbers by first appearance
};

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t i64(int column) const override { return sqlite3_column_int64(statement_, column); }
  double real(int column) const override { return sqlite3_column_double(statement_, column); }
  std::string_view text(int column) const override {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {bytes != nullptr ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  Blob blob(int column) const override {
    const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  sqlite3_stmt* statement_;
};

/// Binds without copying: parameters are borrowed for the call, and every call binds them all anew.
struct BindParam {
  sqlite3_stmt* statement;
  int place;
  int operator()(std::monostate) const { return sqlite3_bind_null(statement, place); }
  int operator()(std::int64_t v) const { return sqlite3_bind_int64(statement, place, v); }
  int operator()(double v) const { return sqlite3_bind_double(statement, place, v); }
  int operator()(std::string_view v) const {
    return sqlite3_bind_text64(statement, place, v.data() != nullptr ? v.data() : "", v.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  int operator()(Blob v) const {
    return v.empty() ? sqlite3_bind_zeroblob(statement, place, 0)
                     : sqlite3_bind_blob64(statement, place, v.data(), v.size(), SQLITE_STATIC);
  }
};

class SqliteConnection final : public Connection {
 public:
  using Tx::each, Tx::run;
  SqliteConnection(DbHandle db, Driver::Role role, bool durable) : db_(std::move(db)) {
    sqlite3_busy_timeout(db_.get(), kBusyMillis);
    if (role == Driver::Role::Migrator) enter_wal();
    pragma(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF");
    pragma("PRAGMA foreign_keys = ON");
    pragma("PRAGMA trusted_schema = OFF");
    pragma(role == Driver::Role::Writer ? "PRAGMA cache_size = -16000" : "PRAGMA cache_size = -4000");
    if (role == Driver::Role::Reader) pragma("PRAGMA query_only = ON");
    if (role == Driver::Role::Writer) sqlite3_wal_hook(db_.get(), &SqliteConnection::on_commit, this);
  }
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  Engine engine() const override { return Engine::Sqlite; }

  void each(const Sql& sql, Params params, const OnRow& on_row) override {
    const Running running(*this, sql, params);
    const SqliteRow row(running.statement);
    int code = 0;
    while ((code = sqlite3_step(running.statement)) == SQLITE_ROW) on_row(row);
    if (code != SQLITE_DONE) fail(db_.get(), sql.name);
  }

  std::int64_t run(const Sql& sql, Params params) override {
    const Running running(*this, sql, params);
    int code = 0;
    while ((code = sqlite3_step(running.statement)) == SQLITE_ROW) {}
    if (code != SQLITE_DONE) fail(db_.get(), sql.name);
    return sqlite3_changes64(db_.get());
  }

  void script(const std::string& name, const std::string& text) override {
    if (sqlite3_exec(db_.get(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(db_.get(), name);
  }

  void check(const Sql& sql) override { prepare(sql); }

  void maintain() override {
    if (log_pages_ < checkpoint_at_) return;
    const bool restart = log_pages_ >= kRestartPages;
    if (restart) sqlite3_busy_timeout(db_.get(), kRestartMillis);
    // A reader in the way is no failure: some pages later it is tried again.
    sqlite3_wal_checkpoint_v2(db_.get(), "main", restart ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (restart) sqlite3_busy_timeout(db_.get(), kBusyMillis);
    checkpoint_at_ = log_pages_ + kCheckpointPages;
  }

 private:
  /// A statement at work; ready for its next use when this ends.
  struct Running {
    Running(SqliteConnection& c, const Sql& sql, Params params) : owner(c), statement(nullptr) {
      require(!owner.busy_, "a statement ends before the next one begins");
      statement = owner.bind(sql, params);
      owner.busy_ = true;
    }
    ~Running() {
      sqlite3_reset(statement);
      owner.busy_ = false;
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    SqliteConnection& owner;
    sqlite3_stmt* statement;
  };

  static int on_commit(void* self, sqlite3*, const char*, int pages) {
    auto& connection = *static_cast<SqliteConnection*>(self);
    if (pages < connection.log_pages_) connection.checkpoint_at_ = kCheckpointPages;  // the log began anew
    connection.log_pages_ = pages;
    return SQLITE_OK;
  }

  void pragma(const char* text) { script(text, text); }

  /// The file remembers it. SQLite does not wait when two programs do this at once, so the wait is here.
  void enter_wal() {
    constexpr const char* kEnter = "PRAGMA journal_mode = WAL";
    constexpr int kPauseMillis = 10;
    for (int left = kBusyMillis / kPauseMillis; left > 0; --left) {
      if (sqlite3_exec(db_.get(), kEnter, nullptr, nullptr, nullptr) == SQLITE_OK) return;
      if ((sqlite3_errcode(db_.get()) & 0xFF) != SQLITE_BUSY) break;
      sqlite3_sleep(kPauseMillis);
    }
    fail(db_.get(), kEnter);
  }

  sqlite3_stmt* bind(const Sql& sql, Params params) {
    const auto& statement = prepare(sql);
    if (statement.places.size() != params.size()) throw Bug(std::string(sql.name) + ": wrong number of parameters");
    for (std::size_t i = 0; i < params.size(); ++i)
      if (std::visit(BindParam{statement.handle.get(), statement.places[i]}, params[i]) != SQLITE_OK) fail(db_.get(), sql.name);
    return statement.handle.get();
  }

  const Statement& prepare(const Sql& sql) {
    const auto found = statements_.find(std::string_view(sql.name));
    if (found != statements_.end()) {
      require(found->second.text == sql.text || std::strcmp(found->second.text, sql.text) == 0, "a statement's name is its own");
      return found->second;
    }
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v3(db_.get(), sql.text, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr) != SQLITE_OK) fail(db_.get(), sql.name);
    Statement statement{StatementHandle(raw), sql.text, {}};
    const int count = sqlite3_bind_parameter_count(raw);
    for (int i = 1; i <= count; ++i) {
      const int place = sqlite3_bind_parameter_index(raw, ("$" + std::to_string(i)).c_str());
      if (place == 0) throw Bug(std::string(sql.name) + ": parameters are not $1 to $n");
      statement.places.push_back(place);
    }
    return statements_.emplace(sql.name, std::move(statement)).first->second;
  }

  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
  };

  DbHandle db_;
  std::unordered_map<std::string, Statement, NameHash, std::equal_to<>> statements_;
  bool busy_ = false;
  int log_pages_ = 0, checkpoint_at_ = kCheckpointPages;
};

class SqliteDriver final : public Driver {
 public:
  explicit SqliteDriver(const DatabaseOptions& options) : path_(options.url.substr(7)), durable_(options.durable) {
    if (path_ != ":memory:") return;
    // Several connections must see one store: a file that lives as long as the driver, never synced.
    std::string folder = (std::filesystem::temp_directory_path() / "pilar-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) throw Fault("make a temporary folder", std::generic_category().message(errno));
    temporary_ = folder;
    path_ = folder + "/pilar.db";
    durable_ = false;
  }
  ~SqliteDriver() override {
    std::error_code ignored;
    if (!temporary_.empty()) std::filesystem::remove_all(temporary_, ignored);
  }
  SqliteDriver(const SqliteDriver&) = delete;
  SqliteDriver& operator=(const SqliteDriver&) = delete;

  Engine engine() const override { return Engine::Sqlite; }

  std::unique_ptr<Connection> connect(Role role) override {
    const int create = role == Role::Migrator ? SQLITE_OPEN_CREATE : 0;
    return std::make_unique<SqliteConnection>(open_file(path_, SQLITE_OPEN_READWRITE | create), role, durable_);
  }

  void copy_to(const std::string& path, const OnShare& progress) override {
    if (std::filesystem::exists(path)) throw Fault("copy to " + path, "the file exists already");
    const auto part = path + ".part";
    copy_pages(part, progress);
    std::error_code error;
    std::filesystem::rename(part, path, error);
    if (error) throw Fault("copy to " + path, error.message());
  }

  std::int64_t log_bytes() const override {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(path_ + "-wal", error);
    return error ? 0 : static_cast<std::int64_t>(bytes);
  }

 private:
  void copy_pages(const std::string& part, const OnShare& progress) const {
    const auto from = open_file(path_, SQLITE_OPEN_READWRITE), to = open_file(part, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3_busy_timeout(from.get(), kBusyMillis);
    // The source's own reading transaction is the snapshot, so that writers cannot make the copy begin again.
    if (sqlite3_exec(from.get(), "BEGIN; SELECT COUNT(*) FROM sqlite_schema", nullptr, nullptr, nullptr) != SQLITE_OK)
      fail(from.get(), "copy to " + part);
    auto* backup = sqlite3_backup_init(to.get(), "main", from.get(), "main");
    if (backup == nullptr) fail(to.get(), "copy to " + part);
    int code = SQLITE_OK;
    while ((code = sqlite3_backup_step(backup, kCopyPages)) == SQLITE_OK)
      progress(100 - static_cast<int>(100LL * sqlite3_backup_remaining(backup) / std::max(sqlite3_backup_pagecount(backup), 1)));
    if (sqlite3_backup_finish(backup) != SQLITE_OK || code != SQLITE_DONE) fail(to.get(), "copy to " + part);
  }

  std::string path_, temporary_{};
  bool durable_;
};

}  // namespace

std::unique_ptr<Driver> make_sqlite_driver(const DatabaseOptions& options) { return std::make_unique<SqliteDriver>(options); }

}  // namespace pilar::store
