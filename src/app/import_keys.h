#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/hash.h"
#include "base/id.h"

namespace pilar::app {

/// Remembers which row of a file had which key first, in bounded memory: 16 bytes a row, up to kMostKeys rows. Later rows are
/// not remembered; the store finds their clashes when they are written.
class ImportKeys {
 public:
  static constexpr std::size_t kMostKeys = std::size_t{2} << 20U;
  struct Seen {
    std::int64_t line = 0;
    bool same = false;  ///< the content too
  };
  /// What an earlier row of this id was; empty for the first, which is remembered.
  std::optional<Seen> add(const Uuid& id, const Hash& content, std::int64_t line);

 private:
  struct Entry {
    std::uint64_t id = 0;  ///< 0: free
    std::uint32_t content = 0, line = 0;
  };
  void grow();
  static std::size_t slot_of(const std::vector<Entry>& table, std::uint64_t id);

  std::vector<Entry> table_{};
  std::size_t used_ = 0;
};

}  // namespace pilar::app
