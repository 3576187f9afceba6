#include "web/try_limit.h"

namespace pilar::web {
namespace {
constexpr std::size_t kMostNames = 10'000;
constexpr std::int64_t kMinuteMicros = 60'000'000;
}  // namespace

std::int64_t TryLimit::minutes_to_wait(const std::string& name, Instant now) {
  const std::scoped_lock hold(lock_);
  const auto at = tries_.find(name);
  if (at == tries_.end() || at->second.made < most_) return 0;
  const auto left = at->second.first.micros + window_micros_ - now.micros;
  if (left <= 0) tries_.erase(at);
  return left <= 0 ? 0 : (left + kMinuteMicros - 1) / kMinuteMicros;
}

bool TryLimit::count(const std::string& name, Instant now) {
  const std::scoped_lock hold(lock_);
  if (tries_.size() >= kMostNames)
    std::erase_if(tries_, [&](const auto& entry) { return now.micros - entry.second.first.micros > window_micros_; });
  if (tries_.size() >= kMostNames) tries_.clear();  // a flood of names within one window
  auto& tries = tries_[name];
  if (tries.made == 0 || is_over(tries, now)) tries = {0, now};
  return ++tries.made == most_;
}

int TryLimit::tries(const std::string& name, Instant now) {
  const std::scoped_lock hold(lock_);
  const auto at = tries_.find(name);
  return at == tries_.end() || is_over(at->second, now) ? 0 : at->second.made;
}

void TryLimit::forget(const std::string& name) {
  const std::scoped_lock hold(lock_);
  tries_.erase(name);
}

}  // namespace pilar::web
