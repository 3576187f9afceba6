#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "base/time.h"

namespace pilar::web {

/// So many tries under one name within a window close the name for the rest of it. Counted by what is tried (a sign-in name, a
/// form); by address only where passwords are guessed, with a larger number, because a whole clinic sits behind one.
class TryLimit {
 public:
  TryLimit(int most, int window_minutes) : most_(most), window_micros_(window_minutes * 60'000'000LL) {}

  /// 0 when it may be tried now.
  std::int64_t minutes_to_wait(const std::string& name, Instant now);
  /// True when this try closed the name.
  bool count(const std::string& name, Instant now);
  /// Tries that count now.
  int tries(const std::string& name, Instant now);
  void forget(const std::string& name);

 private:
  struct Tries {
    int made = 0;
    Instant first{};
  };
  bool is_over(const Tries& tries, Instant now) const { return now.micros - tries.first.micros > window_micros_; }

  int most_;
  std::int64_t window_micros_;
  std::mutex lock_;
  std::map<std::string, Tries> tries_;
};

}  // namespace pilar::web
