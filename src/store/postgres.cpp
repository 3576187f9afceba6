#include <libpq-fe.h>

#include <charconv>
#include <cmath>
#include <cstring>
#include <deque>
#include <unordered_map>

#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "store/connection.h"
#include "store/transaction.h"

namespace pilar::store {
namespace {

// pg_type.dat of PostgreSQL: the object ids of the built-in types never change.
constexpr Oid kBool = 16, kName = 19, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25, kFloat8 = 701, kVarchar = 1043;
constexpr std::size_t kMaxQueued = 200;  // both sides' buffers hold so many small statements and answers

struct FinishConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ConnectionHandle = std::unique_ptr<PGconn, FinishConnection>;
using ResultHandle = std::unique_ptr<PGresult, ClearResult>;

/// Conflicts (class 40), a server that is going away, starting or full (57P, 53), a broken connection (08).
bool is_retryable(std::string_view state) {
  return state.empty() || state.starts_with("40") || state.starts_with("57P") || state.starts_with("53") || state.starts_with("08");
}

std::string_view state_of(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state != nullptr ? state : "";
}

template <class T>
T big_endian(const char* bytes) {
  std::make_unsigned_t<T> value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i)
    value = static_cast<std::make_unsigned_t<T>>((value << 8U) | static_cast<unsigned char>(bytes[i]));
  return static_cast<T>(value);
}

/// A row in the binary format.
class PostgresRow final : public Row {
 public:
  PostgresRow(const PGresult* result, int row, const char* name) : result_(result), row_(row), name_(name) {}
  bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
  std::int64_t i64(int column) const override {
    if (is_null(column)) return 0;
    const char* bytes = PQgetvalue(result_, row_, column);
    switch (PQftype(result_, column)) {
      case kInt8:
        return big_endian<std::int64_t>(bytes);
      case kInt4:
        return big_endian<std::int32_t>(bytes);
      case kInt2:
        return big_endian<std::int16_t>(bytes);
      case kBool:
        return bytes[0] != 0 ? 1 : 0;
      default:
        throw Bug(std::string(name_) + ": column " + std::to_string(column) + " is no integer; a sum needs CAST(... AS BIGINT)");
    }
  }
  double real(int column) const override {
    if (is_null(column)) return 0;
    if (PQftype(result_, column) != kFloat8) return static_cast<double>(i64(column));
    const auto bits = big_endian<std::int64_t>(PQgetvalue(result_, row_, column));
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
  }
  std::string_view text(int column) const override {
    const auto type = PQftype(result_, column);
    if (type != kText && type != kVarchar && type != kName)
      throw Bug(std::string(name_) + ": column " + std::to_string(column) + " is no text");
    return bytes_of(column);
  }
  Blob blob(int column) const override {
    const auto bytes = bytes_of(column);
    return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
  }

 private:
  std::string_view bytes_of(int column) const {
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }
  const PGresult* result_;
  int row_;
  const char* name_;
};

/// Parameters as libpq wants them: numbers as text, so that the server gives them the type of their place; bytes in binary.
class Arguments {
 public:
  explicit Arguments(Params params) {
    values_.reserve(params.size());
    for (const auto& p : params) std::visit([this](const auto& v) { append(v); }, p);
  }
  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void append(std::monostate) { push(nullptr, 0, 0); }
  void append(std::int64_t v) { keep(std::to_string(v)); }
  void append(double v) {
    if (std::isnan(v)) return keep("NaN");
    if (std::isinf(v)) return keep(v > 0 ? "Infinity" : "-Infinity");
    keep(json::number_text(v));
  }
  void append(std::string_view v) { push(v.data() != nullptr ? v.data() : "", v.size(), 1); }
  void append(Blob v) { push(v.empty() ? "" : reinterpret_cast<const char*>(v.data()), v.size(), 1); }
  void keep(std::string text) { push(kept_.emplace_back(std::move(text)).c_str(), 0, 0); }
  void push(const char* value, std::size_t length, int format) {
    values_.push_back(value);
    lengths_.push_back(static_cast<int>(length));
    formats_.push_back(format);
  }
  std::vector<const char*> values_;
  std::vector<int> lengths_, formats_;
  std::deque<std::string> kept_;
};

/// Always in pipeline mode: statements without a result wait in the queue until one is needed, so that savepoints and
/// upserts cost no round trip of their own.
class PostgresConnection final : public Connection {
 public:
  using Tx::each, Tx::run, Tx::later;
  PostgresConnection(const DatabaseOptions& options, Driver::Role role) : options_(options), role_(role) { connect(); }

  Engine engine() const override { return Engine::Postgres; }

  void each(const Sql& sql, Params params, const OnRow& on_row) override {
    send(sql, params);
    queue_.back().on_row = &on_row;
    queue_.back().at_once = sql.is_bounded;
    finish();
  }
  std::int64_t run(const Sql& sql, Params params) override {
    send(sql, params);
    return finish();
  }
  void later(const Sql& sql, Params params) override {
    send(sql, params);
    if (queue_.size() >= kMaxQueued) finish();
  }
  void each_of(const Sql& sql, std::span<const Params> asked, const OnKeyedRow& on_row) override {
    for (std::size_t from = 0; from < asked.size(); from += kMaxQueued) {
      const auto part = asked.subspan(from, std::min(asked.size() - from, kMaxQueued));
      std::vector<OnRow> visits;
      visits.reserve(part.size());
      for (std::size_t i = 0; i < part.size(); ++i) {
        send(sql, part[i]);
        queue_.back().on_row = &visits.emplace_back([&on_row, place = from + i](const Row& row) { on_row(place, row); });
      }
      finish();
    }
  }
  void end_read() override {
    send(kTxCommit, {});
    sync();
  }
  void check(const Sql& sql) override {
    require_idle();
    if (!prepare(sql)) return;
    finish();
  }

  void script(const std::string& name, const std::string& text) override {
    require_idle();
    if (!queue_.empty()) finish();
    PQexitPipelineMode(handle_.get());
    const ResultHandle result(PQexec(handle_.get(), text.c_str()));
    const auto status = PQresultStatus(result.get());
    PQenterPipelineMode(handle_.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) fail(name.c_str(), result.get());
  }

  bool is_lost() const override { return !handle_ || PQstatus(handle_.get()) != CONNECTION_OK; }
  void restore() override {
    if (is_lost()) connect();
  }

 private:
  /// What the server still owes an answer to.
  struct Pending {
    const char* name;
    bool prepares;                  ///< a preparation, not a run
    const OnRow* on_row = nullptr;  ///< who wants its rows
    bool at_once = false;           ///< all of them in one result
  };

  void connect() {
    handle_.reset();
    prepared_.clear();
    queue_.clear();
    synced_ = false;
    // Later words win, so the address may say otherwise.
    const char* words[] = {"connect_timeout", "tcp_user_timeout", "application_name", "dbname", "client_encoding", nullptr};
    const char* values[] = {"5", "30000", "pilar", options_.url.c_str(), "UTF8", nullptr};
    handle_.reset(PQconnectdbParams(words, values, 1));
    if (is_lost()) throw Fault("connect to PostgreSQL", message(), true);
    PQsetNoticeProcessor(handle_.get(), [](void*, const char* text) { log::write(log::Level::Debug, "store.notice", text); }, nullptr);
    if (role_ == Driver::Role::Writer) {
      judge_server();
      // A writer names its rows by key. A table that was small when it was last analysed would be scanned all the same.
      setting("SET enable_seqscan = off");
    }
    // Every statement here is short: compiling one would cost more than running it.
    setting("SET jit = off");
    if (!options_.durable) setting("SET synchronous_commit = off");
    require(PQenterPipelineMode(handle_.get()) == 1, "an idle connection enters pipeline mode");
  }

  void judge_server() {
    if (options_.allow_unsafe_server) return;
    for (const char* name : {"fsync", "synchronous_commit", "full_page_writes"})
      if (setting("SHOW " + std::string(name)) == "off")
        throw Fault("connect to PostgreSQL",
                    std::string("its setting ") + name +
                        " is off, so a power cut loses acknowledged records; turn it on, or allow an unsafe server");
  }

  std::string setting(const std::string& text) {
    const ResultHandle result(PQexec(handle_.get(), text.c_str()));
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(text.c_str(), result.get());
    return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
  }

  std::string message() const { return std::string(trim(handle_ ? PQerrorMessage(handle_.get()) : "out of memory")); }

  [[noreturn]] void fail(const char* name, const PGresult* result) const {
    const auto state = state_of(result);
    const char* text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    throw Fault(name, text != nullptr ? std::string(text) + " (" + std::string(state) + ")" : message(), is_lost() || is_retryable(state));
  }

  void sent(int ok, const char* name) {
    if (ok == 1) return;
    const auto why = message();
    handle_.reset();  // what is half sent cannot be taken back
    queue_.clear();
    throw Fault(name, why, true);
  }

  /// A callback that uses its transaction again would read the other statement's rows.
  void require_idle() const { require(!reading_, "a statement ends before the next one begins"); }

  /// True when a preparation was sent; it travels with what follows.
  bool prepare(const Sql& sql) {
    const char* text = sql.postgres != nullptr ? sql.postgres : sql.text;
    const auto found = prepared_.find(sql.name);
    if (found != prepared_.end()) {
      require(found->second == text, "a statement's name is its own");
      return false;
    }
    sent(PQsendPrepare(handle_.get(), sql.name, text, 0, nullptr), sql.name);
    prepared_.emplace(sql.name, text);
    queue_.push_back({sql.name, true});
    return true;
  }

  void send(const Sql& sql, Params params) {
    require_idle();
    if (synced_) collect();
    if (is_lost()) throw Fault(sql.name, "the connection is lost", true);
    prepare(sql);
    const Arguments a(params);
    sent(PQsendQueryPrepared(handle_.get(), sql.name, a.count(), a.values(), a.lengths(), a.formats(), 1), sql.name);
    queue_.push_back({sql.name, false});
  }

  void sync() {
    sent(PQpipelineSync(handle_.get()), "tx.sync");
    synced_ = true;
  }

  /// The answers of a transaction that only read, for which nobody waited.
  void collect() {
    try {
      finish();
    } catch (const Fault&) {
      if (is_lost()) throw;
    }
  }

  /// Collects every answer that is owed. Returns the rows the last statement changed.
  std::int64_t finish() {
    if (!synced_) sync();
    synced_ = false;
    const auto queue = std::exchange(queue_, {});
    Outcome outcome;
    reading_ = true;
    for (const auto& pending : queue) answer(pending, outcome);
    const ResultHandle sync(PQgetResult(handle_.get()));
    reading_ = false;
    if (outcome.thrown) std::rethrow_exception(outcome.thrown);
    if (outcome.failed) fail(outcome.name, outcome.failed.get());
    if (PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) throw Fault(queue.empty() ? "tx.sync" : queue.back().name, message(), true);
    return outcome.changed;
  }

  struct Outcome {
    ResultHandle failed{};  ///< the first error
    const char* name = nullptr;
    std::exception_ptr thrown{};  ///< by the callback; the rest is read all the same, so that the connection stays usable
    std::int64_t changed = 0;
  };

  void note_failure(const Pending& pending, ResultHandle result, Outcome& outcome) {
    if (pending.prepares) prepared_.erase(pending.name);
    if (outcome.failed || PQresultStatus(result.get()) == PGRES_PIPELINE_ABORTED) return;
    outcome.failed = std::move(result);
    outcome.name = pending.name;
  }

  void answer(const Pending& pending, Outcome& outcome) {
    if (pending.on_row != nullptr && !pending.at_once) PQsetSingleRowMode(handle_.get());
    while (ResultHandle result{PQgetResult(handle_.get())}) {
      const auto status = PQresultStatus(result.get());
      if (status == PGRES_SINGLE_TUPLE || (status == PGRES_TUPLES_OK && pending.at_once)) {
        call(*pending.on_row, result.get(), pending.name, outcome);
      } else if (std::string_view(pending.name) == kTxCommit.name && std::string_view(PQcmdStatus(result.get())) == "ROLLBACK") {
        // The server answers so when a statement had failed before and somebody went on all the same.
        outcome.thrown = std::make_exception_ptr(Fault(pending.name, "a statement of the transaction had failed"));
      } else if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
        parse_count(PQcmdTuples(result.get()), outcome.changed);
      } else {
        note_failure(pending, std::move(result), outcome);
        if (is_lost()) return;
      }
    }
  }

  static void call(const OnRow& on_row, const PGresult* result, const char* name, Outcome& outcome) {
    if (outcome.thrown) return;
    try {
      for (int row = 0, rows = PQntuples(result); row < rows; ++row) on_row(PostgresRow(result, row, name));
    } catch (...) { outcome.thrown = std::current_exception(); }
  }

  static void parse_count(const char* text, std::int64_t& count) {
    count = 0;
    std::from_chars(text, text + std::strlen(text), count);
  }

  DatabaseOptions options_;
  Driver::Role role_;
  ConnectionHandle handle_;
  std::unordered_map<std::string, std::string> prepared_;  ///< name to text
  std::vector<Pending> queue_;
  bool synced_ = false;  ///< the queue's end is marked already
  bool reading_ = false;
};

class PostgresDriver final : public Driver {
 public:
  explicit PostgresDriver(DatabaseOptions options) : options_(std::move(options)) {}
  Engine engine() const override { return Engine::Postgres; }
  std::unique_ptr<Connection> connect(Role role) override { return std::make_unique<PostgresConnection>(options_, role); }
  void copy_to(const std::string& path, const OnShare&) override {
    throw Fault("copy to " + path, "a PostgreSQL store is copied with PostgreSQL's own tools, for example pg_dump or pg_basebackup");
  }

 private:
  DatabaseOptions options_;
};

}  // namespace

std::unique_ptr<Driver> make_postgres_driver(const DatabaseOptions& options) { return std::make_unique<PostgresDriver>(options); }

}  // namespace pilar::store
