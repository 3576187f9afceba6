#pragma once
#include <array>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <vector>

#include "store/db.h"

namespace pilar::store {

/// An INSERT of many rows of nine integers, the shape of day cells and of month cells. SQLite runs one row at a time, which
/// is fastest there; PostgreSQL gets rows in a few fixed sizes, so that its statements stay prepared. Lives as long as the
/// program.
class Bulk {
 public:
  using Values = std::array<std::int64_t, 9>;
  /// `head` ends before VALUES; `tail` follows the rows.
  Bulk(const char* name, const char* head, const char* tail);
  Bulk(const Bulk&) = delete;
  Bulk& operator=(const Bulk&) = delete;

  /// In the order given, which should be the order of the primary key.
  void run(Tx& tx, std::span<const Values> rows) const;
  std::span<const Sql* const> statements() const { return statements_; }

 private:
  struct Sized {
    std::size_t rows;
    std::string name, text;
    Sql sql{};
  };
  std::deque<Sized> sizes_;  ///< the largest first; Sql points into the texts, so they must stay where they are
  std::vector<const Sql*> statements_;
};

}  // namespace pilar::store
