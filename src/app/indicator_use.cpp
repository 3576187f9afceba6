#include "app/indicator_use.h"

namespace pilar::app {

void NetworkUses::gather(store::Tx& tx, std::span<const FacilityKey> facilities) {
  gather_uses(tx, facilities, {});
  gather_targets(tx, facilities, {});
}

void NetworkUses::gather(store::Tx& tx, std::span<const FacilityKey> facilities, const KamusLine& line) {
  if (!line.profile().mandatory) gather_uses(tx, facilities, line.entry->id);
  gather_targets(tx, facilities, line.entry->id);
}

void NetworkUses::gather_uses(store::Tx& tx, std::span<const FacilityKey> facilities, std::optional<IndicatorKey> only) {
  store::each_use(tx, facilities, only, [&](FacilityKey facility, const store::StoredUse& use) {
    uses_.insert_or_assign(uses_.end(), Where{facility, use.indicator}, use);  // they come in this order
  });
}

void NetworkUses::gather_targets(store::Tx& tx, std::span<const FacilityKey> facilities, std::optional<IndicatorKey> only) {
  store::each_target(tx, facilities, only, [&](FacilityKey facility, const store::StoredTarget& target) {
    targets_[{facility, target.indicator}].push_back(target);
  });
}

bool NetworkUses::uses(const KamusLine& line, const Node& facility, Day today, Day before) const {
  if (!line.version->published || !is_for(line.profile(), facility.facility_type)) return false;
  if (line.profile().mandatory) return true;
  const auto use = uses_.find({facility.key, line.entry->id});
  if (use == uses_.end()) return false;
  return use->second.from <= today && use->second.from < before && (!use->second.to || today < *use->second.to);
}

std::optional<Decimal> NetworkUses::target(const KamusLine& line, FacilityKey facility, Day today) const {
  std::optional<Decimal> own;
  if (const auto targets = targets_.find({facility, line.entry->id}); targets != targets_.end())
    for (const auto& target : targets->second)
      if (target.from <= today) own = target.target;
  if (own) return own;
  if (line.profile().target) return line.profile().target;
  return line.measure == nullptr ? std::nullopt : line.measure->target;
}

}  // namespace pilar::app
