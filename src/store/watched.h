#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "store/connection.h"
#include "store/stats.h"

namespace pilar::store {

/// Counts statements by their names, for all connections of a store.
class StatementBook {
 public:
  struct Entry {
    std::atomic<std::uint64_t> count{0};
    std::atomic<std::int64_t> nanos{0};
  };
  /// Lives as long as the book.
  Entry& entry(std::string_view name);
  std::vector<StatementStats> read() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Entry, std::less<>> entries_;
};

/// The connection, with every statement counted and timed in the book, which must outlive it.
std::unique_ptr<Connection> watch(std::unique_ptr<Connection> connection, StatementBook& book);

}  // namespace pilar::store
