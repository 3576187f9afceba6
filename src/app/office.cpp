#include "app/office.h"

#include <algorithm>
#include <map>

#include "store/facility_head.h"

namespace pilar::app {
namespace {

/// Every facility with the offices above it today, closed ones too: whoever reads another day's tree adds and takes away.
std::map<FacilityKey, std::vector<FacilityKey>> offices_today(const Organisation& organisation, Day today) {
  std::map<FacilityKey, std::vector<FacilityKey>> out;
  for (const auto& node : organisation.nodes())
    if (node.kind != NodeKind::Facility)
      for (const auto facility : organisation.facilities_under(node.key, today)) out[facility].push_back(node.key);
  return out;
}

}  // namespace

std::vector<store::Placing> misplaced_facilities(Context& context) {
  auto wanted = offices_today(context.reference.get()->organisation, civil_day(context.clock.now(), Zone::Wib));
  std::vector<store::Placing> kept;
  context.db.read([&](store::Tx& tx) { kept = store::load_placings(tx); });
  for (const auto& [facility, offices] : kept) {
    const auto at = wanted.try_emplace(facility).first;
    if (at->second == offices) wanted.erase(at);
  }
  std::vector<store::Placing> out;
  for (auto& [facility, offices] : wanted) out.push_back({facility, std::move(offices)});
  return out;
}

void place_facilities(Context& context, std::span<const store::Placing> placings) {
  std::vector<FacilityKey> facilities;
  for (const auto& placing : placings) facilities.push_back(placing.facility);
  context.db.shared([&](store::Tx& tx) {
    store::lock_heads(tx, facilities);
    store::place_facilities(tx, placings);
  });
}

std::size_t rebuild_offices(Context& context) {
  std::vector<FacilityKey> all;
  for (const auto& node : context.reference.get()->organisation.nodes()) all.push_back(node.key);
  std::size_t differences = 0;
  context.db.shared([&](store::Tx& tx) {
    store::lock_heads(tx, all);
    differences = store::load_office_differences(tx, INT32_MAX).size();
    store::clear_offices(tx);
  });
  const auto misplaced = misplaced_facilities(context);
  for (std::span left(misplaced); !left.empty(); left = left.subspan(std::min(kPlacedAtOnce, left.size())))
    place_facilities(context, left.first(std::min(kPlacedAtOnce, left.size())));
  return differences;
}

}  // namespace pilar::app
