#include "store/writer.h"

#include <condition_variable>
#include <future>
#include <mutex>

#include "store/group_commit.h"
#include "store/migrate.h"
#include "store/transaction.h"
#include "store/watched.h"

namespace pilar::store {
namespace {

/// Read connections, opened when they are first needed.
class Readers {
 public:
  Readers(Driver& driver, StatementBook& book, unsigned count) : driver_(driver), book_(book), left_(std::max(count, 1U)) {}

  std::unique_ptr<Connection> take() {
    std::unique_lock lock(mutex_);
    some_.wait(lock, [&] { return !idle_.empty() || left_ > 0; });
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
    --left_;
    lock.unlock();
    try {
      return watch(driver_.connect(Driver::Role::Reader), book_);
    } catch (...) {
      give_back(nullptr);
      throw;
    }
  }

  /// Null when it was lost: another may then be opened in its place.
  void give_back(std::unique_ptr<Connection> connection) {
    {
      const std::lock_guard lock(mutex_);
      if (connection && !connection->is_lost())
        idle_.push_back(std::move(connection));
      else
        ++left_;
    }
    some_.notify_one();
  }

 private:
  Driver& driver_;
  StatementBook& book_;
  std::mutex mutex_;
  std::condition_variable some_;
  std::vector<std::unique_ptr<Connection>> idle_;
  unsigned left_;
};

/// A read connection for the length of a scope.
struct Lease {
  explicit Lease(Readers& pool) : readers(pool), connection(pool.take()) {}
  ~Lease() { readers.give_back(std::move(connection)); }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  Readers& readers;
  std::unique_ptr<Connection> connection;
};

class EngineDatabase final : public Database {
 public:
  EngineDatabase(std::unique_ptr<Driver> driver, const DatabaseOptions& options)
      : driver_(std::move(driver)),
        readers_(*driver_, book_, options.readers) {
    const unsigned wanted = options.writers == 0 ? 2 : options.writers;
    const unsigned writers = driver_->engine() == Engine::Sqlite ? 1 : wanted;
    for (unsigned i = 0; i < writers; ++i)
      writers_.push_back(std::make_unique<GroupCommit>(watch(driver_->connect(Driver::Role::Writer), book_), options.max_batch));
  }

  Engine engine() const override { return driver_->engine(); }

  void read(const std::function<void(Tx&)>& body) override {
    const Lease lease(readers_);
    in_snapshot(*lease.connection, [&] { body(*lease.connection); });
  }

  void submit(FacilityKey facility, Body body, Done done) override {
    const auto place = std::hash<FacilityKey>{}(facility) % writers_.size();
    writers_[place]->submit(facility, std::move(body), std::move(done));
  }

  void shared(const std::function<void(Tx&)>& body) override {
    std::promise<void> promise;
    auto future = promise.get_future();
    writers_.front()->submit_shared(body, keep(std::move(promise)));
    future.get();
  }

  void check(const Sql& sql) override {
    const Lease lease(readers_);
    lease.connection->check(sql);
  }

  void copy_to(const std::string& path, const OnShare& progress) override { driver_->copy_to(path, progress); }

  StoreStats stats() const override {
    StoreStats all;
    all.statements = book_.read();
    all.log_bytes = driver_->log_bytes();
    for (const auto& writer : writers_) writer->add_to(all);
    return all;
  }

  /// The promise moves along, so that it outlives the waiter's waking up.
  static Done keep(std::promise<void> promise) {
    return [promise = std::move(promise)](const std::exception_ptr& error) mutable {
      if (error)
        promise.set_exception(error);
      else
        promise.set_value();
    };
  }

 private:
  std::unique_ptr<Driver> driver_;
  StatementBook book_;
  Readers readers_;
  std::vector<std::unique_ptr<GroupCommit>> writers_;
};

}  // namespace

Uuid Row::uuid(int column) const {
  Uuid id;
  const auto bytes = blob(column);
  require(bytes.size() == id.bytes.size(), "a stored UUID has 16 bytes");
  std::copy_n(bytes.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

void Database::write(FacilityKey facility, Body body) {
  std::promise<void> promise;
  auto future = promise.get_future();
  submit(facility, std::move(body), EngineDatabase::keep(std::move(promise)));
  future.get();
}

std::unique_ptr<Driver> make_driver(const DatabaseOptions& options) {
  const std::string_view url = options.url;
  if (url.starts_with("sqlite:")) return make_sqlite_driver(options);
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) return make_postgres_driver(options);
  throw Fault("open the database", "its address begins with neither sqlite: nor postgresql://");
}

std::unique_ptr<Database> open(const DatabaseOptions& options, const Clock& clock) {
  auto driver = make_driver(options);
  if (options.url == "sqlite::memory:") migrate(*driver, clock);
  require_current_schema(*driver);
  return std::make_unique<EngineDatabase>(std::move(driver), options);
}

}  // namespace pilar::store
