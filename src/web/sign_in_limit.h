#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "base/time.h"

namespace pilar::web {

/// Five wrong passwords for one sign-in name within a quarter of an hour close it for the rest of that time. Counted by name and
/// not by address, because a whole clinic sits behind one.
class SignInLimit {
 public:
  /// 0 when it may be tried now.
  std::int64_t minutes_to_wait(const std::string& login, Instant now);
  void note(const std::string& login, bool right, Instant now);

 private:
  struct Tries {
    int wrong = 0;
    Instant first{};
  };
  std::mutex lock_;
  std::map<std::string, Tries> tries_;
};

}  // namespace pilar::web
