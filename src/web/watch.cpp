#include "web/watch.h"

#include <algorithm>

namespace pilar::web {

void Watch::end(std::size_t route, int status, std::int64_t micros) {
  --in_flight_;
  auto& counts = routes_.at(route);
  const auto* known = std::ranges::find(kStatuses, status);
  ++counts.by_status.at(static_cast<std::size_t>(known - kStatuses.begin()));
  counts.times.add(micros);
}

void Watch::remember(Incident incident) {
  ++incident_count_;
  const std::scoped_lock hold(mutex_);
  incidents_.push_front(std::move(incident));
  if (incidents_.size() > kMostIncidents) incidents_.pop_back();
}

void Watch::upkeep(Instant at, std::string fault) {
  const std::scoped_lock hold(mutex_);
  upkeep_ = {at, std::move(fault)};
}

Watch::RouteCounts Watch::route(std::size_t index) const {
  const auto& counts = routes_.at(index);
  RouteCounts out;
  std::ranges::transform(counts.by_status, out.by_status.begin(), [](const auto& count) { return count.load(); });
  out.times = counts.times.read();
  return out;
}

std::vector<Incident> Watch::incidents() const {
  const std::scoped_lock hold(mutex_);
  return {incidents_.begin(), incidents_.end()};
}

Watch::Upkeep Watch::upkeep() const {
  const std::scoped_lock hold(mutex_);
  return upkeep_;
}

}  // namespace pilar::web
