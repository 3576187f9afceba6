#pragma once
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace pilar {

/// Counts durations by size. Any thread may add; a reader sees each count whole, though not all of the same moment.
class Histogram {
 public:
  /// Upper bounds in microseconds, each included; longer ones count beyond the last.
  static constexpr std::array<std::int64_t, 13> kBounds{500,     1'000,   2'500,   5'000,     10'000,    25'000,    50'000,
                                                        100'000, 250'000, 500'000, 1'000'000, 2'500'000, 10'000'000};
  /// counts[i] up to kBounds[i] and above the bound before; the last one beyond them all.
  struct Counts {
    std::array<std::uint64_t, kBounds.size() + 1> counts{};
    std::int64_t micros = 0;  ///< all together

    Counts& operator+=(const Counts& other) {
      for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += other.counts[i];
      micros += other.micros;
      return *this;
    }
    std::uint64_t total() const {
      std::uint64_t sum = 0;
      for (const auto count : counts) sum += count;
      return sum;
    }
  };

  void add(std::int64_t micros) {
    std::size_t at = 0;
    while (at < kBounds.size() && micros > kBounds[at]) ++at;
    counts_[at].fetch_add(1, std::memory_order_relaxed);
    micros_.fetch_add(micros, std::memory_order_relaxed);
  }
  Counts read() const {
    Counts out;
    for (std::size_t i = 0; i < counts_.size(); ++i) out.counts[i] = counts_[i].load(std::memory_order_relaxed);
    out.micros = micros_.load(std::memory_order_relaxed);
    return out;
  }

 private:
  std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> counts_{};
  std::atomic<std::int64_t> micros_{0};
};

}  // namespace pilar
