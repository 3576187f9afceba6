#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace pilar {

/// How many parts of some work make one step, so that whoever waits for its end waits about as long as is meant, whatever a part costs
/// on this machine and these data.
class Pace {
 public:
  /// A step has 1 to `most` parts and should take `meant`.
  Pace(std::size_t most, std::chrono::microseconds meant) : most_(most), meant_(meant) {}

  std::size_t size() const { return size_; }
  /// A step of so many parts took so long. A few quick ones say little, so that the next is at most twice as large.
  void took(std::size_t parts, std::chrono::microseconds time) {
    if (parts == 0) return;
    const auto each = std::max<std::int64_t>(1, time.count() / static_cast<std::int64_t>(parts));
    size_ = std::clamp(static_cast<std::size_t>(meant_.count() / each), std::size_t{1}, std::min(most_, 2 * size_));
  }

 private:
  std::size_t most_;
  std::chrono::microseconds meant_;
  std::size_t size_ = 1;
};

}  // namespace pilar
