#include "web/sign_in_limit.h"

namespace pilar::web {
namespace {
constexpr int kMostWrong = 5;
constexpr std::int64_t kWindowMicros = 15LL * 60 * 1'000'000;
constexpr std::size_t kMostNames = 10'000;
}  // namespace

std::int64_t SignInLimit::minutes_to_wait(const std::string& login, Instant now) {
  const std::scoped_lock hold(lock_);
  const auto at = tries_.find(login);
  if (at == tries_.end() || at->second.wrong < kMostWrong) return 0;
  const auto left = at->second.first.micros + kWindowMicros - now.micros;
  if (left <= 0) tries_.erase(at);
  return left <= 0 ? 0 : left / 60'000'000 + 1;
}

void SignInLimit::note(const std::string& login, bool right, Instant now) {
  const std::scoped_lock hold(lock_);
  if (right) {
    tries_.erase(login);
    return;
  }
  if (tries_.size() >= kMostNames) tries_.clear();
  auto& tries = tries_[login];
  if (tries.wrong == 0 || now.micros - tries.first.micros > kWindowMicros) tries = {0, now};
  ++tries.wrong;
}

}  // namespace pilar::web
