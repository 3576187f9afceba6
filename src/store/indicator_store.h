#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/id.h"
#include "base/time.h"
#include "store/db.h"

namespace pilar::store {

enum class IndicatorState : std::uint8_t { Draft = 1, Published = 2 };

/// One version of an entry of the kamus indikator.
struct StoredIndicator {
  IndicatorKey indicator;
  FacilityKey owner;
  std::string key;
  std::int32_t number = 1;
  IndicatorState state = IndicatorState::Published;
  std::string content;
  Instant saved_at;
  std::string actor, reason;
};

/// Every version of the entries this place keeps, by entry, the oldest first.
std::vector<StoredIndicator> load_indicators(Tx& tx, FacilityKey owner);
/// The same of all places that are no facilities, and of those for every place.
std::vector<StoredIndicator> load_shared_indicators(Tx& tx);
std::optional<IndicatorKey> find_indicator(Tx& tx, FacilityKey owner, std::string_view key);
/// Gives the entry the next free number; inside Database::shared.
IndicatorKey insert_indicator(Tx& tx, FacilityKey owner, std::string_view key);
/// Writes that version, over the draft of the same number where there is one.
void put_indicator_version(Tx& tx, IndicatorKey indicator, const StoredIndicator& version);

std::vector<std::string> load_tag_sets(Tx& tx);  ///< their contents, by key
void put_tag_set(Tx& tx, std::string_view key, std::string_view content);

/// Which indicators a facility uses or used.
struct StoredUse {
  IndicatorKey indicator;
  Day from;
  std::optional<Day> to{};
  std::string responsible{};
};
std::vector<StoredUse> load_uses(Tx& tx, FacilityKey facility);
void put_use(Tx& tx, FacilityKey facility, const StoredUse& use);
/// Of all these facilities, which ascend, in one statement: of every indicator, or of one; of one at many facilities by the index, not one
/// by one.
void each_use(Tx& tx, std::span<const FacilityKey> facilities, std::optional<IndicatorKey> only,
              const std::function<void(FacilityKey, const StoredUse&)>& visit);

struct StoredTarget {
  IndicatorKey indicator;
  Day from;
  std::optional<Decimal> target{};  ///< empty: that of the profile again
};
/// By indicator, the oldest first.
std::vector<StoredTarget> load_targets(Tx& tx, FacilityKey facility);
void put_target(Tx& tx, FacilityKey facility, const StoredTarget& target);
/// Of all these facilities in one statement, each indicator's oldest first: of every indicator, or of one.
void each_target(Tx& tx, std::span<const FacilityKey> facilities, std::optional<IndicatorKey> only,
                 const std::function<void(FacilityKey, const StoredTarget&)>& visit);

std::span<const Sql* const> indicator_statements();

}  // namespace pilar::store
