#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>

namespace pilar::http {

/// What all bodies of a server may hold in memory together; bytes.
struct BodyMemory {
  explicit BodyMemory(std::size_t allowed) : most(allowed) {}
  std::size_t most;
  std::atomic<std::size_t> held{0};
};

/// What one body takes of it, given back in the end. The beginning of each is free, so that forms are still taken while large bodies
/// are held.
class Held {
 public:
  explicit Held(BodyMemory& memory) : memory_(memory) {}
  ~Held() { memory_.held -= mine_; }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

  /// The body is so long now; false when there is not so much left.
  bool take(std::size_t bytes) {
    const auto counted = bytes - std::min(bytes, kFree);
    if (counted > mine_) {
      const auto more = counted - mine_;
      const auto together = memory_.held += more;
      if (together > memory_.most) {
        memory_.held -= more;
        return false;
      }
    } else {
      memory_.held -= mine_ - counted;
    }
    mine_ = counted;
    return true;
  }

 private:
  static constexpr std::size_t kFree = std::size_t{64} * 1024;
  BodyMemory& memory_;
  std::size_t mine_ = 0;
};

}  // namespace pilar::http
