// What the disk and SQLite give without Pilar:
//   pilar_bare fsync FOLDER    milliseconds of one small write with fsync, the median of 200
//   pilar_bare copy FROM TO    inserts FROM's rows into TO's tables, of the same schema and empty, by the C interface alone
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

constexpr int kRowsAtOnce = 1000;

int time_fsync(const std::string& folder) {
  const auto path = folder + "/fsync-probe";
  const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) throw std::runtime_error("cannot write " + path);
  const std::string page(4096, 'x');
  std::vector<double> millis;
  for (int i = 0; i < 200; ++i) {
    const auto start = Clock::now();
    if (::write(file, page.data(), page.size()) < 0 || ::fsync(file) != 0) throw std::runtime_error("fsync failed");
    millis.push_back(seconds_since(start) * 1000);
  }
  ::close(file);
  ::unlink(path.c_str());
  std::ranges::sort(millis);
  std::cout << "fsync_ms=" << millis[millis.size() / 2] << '\n';
  return 0;
}

struct CloseDb {
  void operator()(sqlite3* db) const { sqlite3_close(db); }
};
struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
struct FreeValue {
  void operator()(sqlite3_value* value) const { sqlite3_value_free(value); }
};
using Db = std::unique_ptr<sqlite3, CloseDb>;
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;
using Value = std::unique_ptr<sqlite3_value, FreeValue>;

Db open(const std::string& path) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  Db db(raw);
  if (code != SQLITE_OK) throw std::runtime_error("cannot open " + path);
  sqlite3_busy_timeout(raw, 10'000);
  return db;
}
void run(const Db& db, const char* text) {
  if (sqlite3_exec(db.get(), text, nullptr, nullptr, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db.get()));
}
Statement prepare(const Db& db, const std::string& text) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(db.get(), text.c_str(), -1, &raw, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db.get()));
  return Statement(raw);
}

struct Table {
  std::string insert;
  int columns = 0;
  std::vector<Value> values{};
};

Table read(const Db& db, const std::string& name, const std::string& order) {
  const auto select = prepare(db, "SELECT * FROM " + name + " ORDER BY " + order);
  Table table;
  table.columns = sqlite3_column_count(select.get());
  table.insert = "INSERT INTO " + name + " VALUES (?";
  for (int i = 1; i < table.columns; ++i) table.insert += ", ?";
  table.insert += ")";
  while (sqlite3_step(select.get()) == SQLITE_ROW)
    for (int i = 0; i < table.columns; ++i) table.values.emplace_back(sqlite3_value_dup(sqlite3_column_value(select.get(), i)));
  return table;
}

/// Rows inserted, in transactions of kRowsAtOnce.
std::size_t write(const Db& db, const Table& table) {
  const auto insert = prepare(db, table.insert);
  std::size_t rows = 0;
  for (std::size_t at = 0; at < table.values.size(); ++rows) {
    if (rows % kRowsAtOnce == 0) run(db, rows == 0 ? "BEGIN" : "COMMIT; BEGIN");
    for (int i = 1; i <= table.columns; ++i) sqlite3_bind_value(insert.get(), i, table.values[at++].get());
    if (sqlite3_step(insert.get()) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db.get()));
    sqlite3_reset(insert.get());
  }
  if (rows > 0) run(db, "COMMIT");
  return rows;
}

int copy(const std::string& from_path, const std::string& to_path) {
  const auto from = open(from_path), to = open(to_path);
  const auto records = read(from, "record", "facility, at"), cells = read(from, "cell", "facility, day, unit, series, bucket");
  run(to, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000");
  const auto start = Clock::now();
  const auto rows = write(to, records);
  write(to, cells);
  const auto seconds = seconds_since(start);
  std::cout << "rows=" << rows << " seconds=" << seconds << " per_second=" << static_cast<double>(rows) / seconds << '\n';
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  try {
    if (words.size() == 2 && words[0] == "fsync") return time_fsync(words[1]);
    if (words.size() == 3 && words[0] == "copy") return copy(words[1], words[2]);
    throw std::runtime_error("fsync FOLDER, or copy FROM TO");
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
