#include "store/watched.h"

#include <chrono>
#include <unordered_map>

#include "store/transaction.h"

namespace pilar::store {
namespace {

/// Adds the time of its scope to an entry, also when the statement fails.
class Timed {
 public:
  explicit Timed(StatementBook::Entry& entry) : entry_(entry) {}
  ~Timed() {
    const auto passed = std::chrono::steady_clock::now() - begun_;
    entry_.count.fetch_add(1, std::memory_order_relaxed);
    entry_.nanos.fetch_add(std::chrono::duration_cast<std::chrono::nanoseconds>(passed).count(), std::memory_order_relaxed);
  }
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;

 private:
  StatementBook::Entry& entry_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

class WatchedConnection final : public Connection {
 public:
  using Tx::each, Tx::run, Tx::later;
  WatchedConnection(std::unique_ptr<Connection> inner, StatementBook& book) : inner_(std::move(inner)), book_(book) {}

  Engine engine() const override { return inner_->engine(); }
  void each(const Sql& sql, Params params, const OnRow& on_row) override {
    const Timed timed(entry(sql));
    inner_->each(sql, params, on_row);
  }
  std::int64_t run(const Sql& sql, Params params) override {
    const Timed timed(entry(sql));
    return inner_->run(sql, params);
  }
  void later(const Sql& sql, Params params) override {
    const Timed timed(entry(sql));
    inner_->later(sql, params);
  }
  void each_of(const Sql& sql, std::span<const Params> asked, const OnKeyedRow& on_row) override {
    const Timed timed(entry(sql));
    inner_->each_of(sql, asked, on_row);
  }
  void end_read() override {
    const Timed timed(entry(kTxCommit));
    inner_->end_read();
  }
  void script(const std::string& name, const std::string& text) override { inner_->script(name, text); }
  void check(const Sql& sql) override { inner_->check(sql); }
  bool is_lost() const override { return inner_->is_lost(); }
  void restore() override { inner_->restore(); }
  void maintain() override { inner_->maintain(); }

 private:
  StatementBook::Entry& entry(const Sql& sql) {
    const auto known = entries_.find(sql.name);
    if (known != entries_.end()) return *known->second;
    auto& made = book_.entry(sql.name);
    entries_.emplace(sql.name, &made);
    return made;
  }

  std::unique_ptr<Connection> inner_;
  StatementBook& book_;
  std::unordered_map<std::string_view, StatementBook::Entry*> entries_;  ///< spares the book's lock; a name is a literal
};

}  // namespace

StatementBook::Entry& StatementBook::entry(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto at = entries_.find(name);
  return at != entries_.end() ? at->second : entries_[std::string(name)];
}

std::vector<StatementStats> StatementBook::read() const {
  const std::lock_guard lock(mutex_);
  std::vector<StatementStats> all;
  for (const auto& [name, entry] : entries_) all.push_back({name, entry.count.load(), entry.nanos.load() / 1000});
  return all;
}

std::unique_ptr<Connection> watch(std::unique_ptr<Connection> connection, StatementBook& book) {
  return std::make_unique<WatchedConnection>(std::move(connection), book);
}

}  // namespace pilar::store
