#include "web/try_limit.h"

namespace pilar::web {
namespace {
constexpr std::size_t kMostNames = 10'000;
}  // namespace

std::int64_t TryLimit::minutes_to_wait(const std::string& name, Instant now) {
  const std::scoped_lock hold(lock_);
  const auto at = tries_.find(name);
  if (at == tries_.end() || at->second.made < most_) return 0;
  const auto left = at->second.first.micros + window_micros_ - now.micros;
  if (left <= 0) tries_.erase(at);
  return left <= 0 ? 0 : left / 60'000'000 + 1;
}

void TryLimit::count(const std::string& name, Instant now) {
  const std::scoped_lock hold(lock_);
  if (tries_.size() >= kMostNames) tries_.clear();
  auto& tries = tries_[name];
  if (tries.made == 0 || now.micros - tries.first.micros > window_micros_) tries = {0, now};
  ++tries.made;
}

void TryLimit::forget(const std::string& name) {
  const std::scoped_lock hold(lock_);
  tries_.erase(name);
}

}  // namespace pilar::web
