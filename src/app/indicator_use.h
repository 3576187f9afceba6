#pragma once
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "app/indicator.h"
#include "store/indicator_store.h"

namespace pilar::app {

/// Which indicators many facilities use, and with which targets of their own.
class NetworkUses {
 public:
  /// Two statements, however many facilities, which ascend.
  void gather(store::Tx& tx, std::span<const FacilityKey> facilities);
  /// Of this indicator alone; a mandatory one is used without being chosen, so that only targets are read.
  void gather(store::Tx& tx, std::span<const FacilityKey> facilities, const KamusLine& line);

  /// Whether the facility uses it today and began before `before`; a mandatory one it always uses, one for other kinds of facility never.
  bool uses(const KamusLine& line, const Node& facility, Day today, Day before) const;
  /// The facility's own target today, else the line's.
  std::optional<Decimal> target(const KamusLine& line, FacilityKey facility, Day today) const;

 private:
  void gather_uses(store::Tx& tx, std::span<const FacilityKey> facilities, std::optional<IndicatorKey> only);
  void gather_targets(store::Tx& tx, std::span<const FacilityKey> facilities, std::optional<IndicatorKey> only);

  using Where = std::pair<FacilityKey, IndicatorKey>;
  std::map<Where, store::StoredUse> uses_{};
  std::map<Where, std::vector<store::StoredTarget>> targets_{};
};

}  // namespace pilar::app
