#include "store/indicator_store.h"

#include <algorithm>
#include <array>

#include "store/key_list.h"
#include "store/network_cell.h"

namespace pilar::store {
namespace {

constexpr Sql kOfOwner{"indicator.of_owner",
                       "SELECT i.indicator, i.owner, i.key, v.number, v.state, v.content, v.saved_at, v.actor, v.reason "
                       "FROM indicator i JOIN indicator_version v ON v.indicator = i.indicator WHERE i.owner = $1 "
                       "ORDER BY i.indicator, v.number"};
constexpr Sql kShared{"indicator.shared",
                      "SELECT i.indicator, i.owner, i.key, v.number, v.state, v.content, v.saved_at, v.actor, v.reason "
                      "FROM indicator i JOIN indicator_version v ON v.indicator = i.indicator LEFT JOIN organisation o ON o.id = i.owner "
                      "WHERE o.id IS NULL OR o.kind <> 'facility' ORDER BY i.indicator, v.number"};
constexpr Sql kFind{"indicator.find", "SELECT indicator FROM indicator WHERE owner = $1 AND key = $2"};
constexpr Sql kInsertIndicator{
    "indicator.insert",
    "INSERT INTO indicator (indicator, owner, key) SELECT COALESCE(MAX(indicator), 0) + 1, $1, $2 FROM indicator "
    "RETURNING indicator"};
constexpr Sql kPutVersion{"indicator.put_version",
                          "INSERT INTO indicator_version (indicator, number, state, content, saved_at, actor, reason) "
                          "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (indicator, number) DO UPDATE SET state = excluded.state, "
                          "content = excluded.content, saved_at = excluded.saved_at, actor = excluded.actor, reason = excluded.reason"};
constexpr Sql kTagSets{"tag_set.all", "SELECT content FROM tag_set ORDER BY key"};
constexpr Sql kPutTagSet{"tag_set.put",
                         "INSERT INTO tag_set (key, content) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET content = excluded.content"};
constexpr Sql kUses{"indicator_use.of_facility",
                    "SELECT indicator, from_day, to_day, responsible FROM indicator_use WHERE facility = $1 ORDER BY indicator"};
constexpr Sql kPutUse{"indicator_use.put",
                      "INSERT INTO indicator_use (facility, indicator, from_day, to_day, responsible) VALUES ($1, $2, $3, $4, $5) "
                      "ON CONFLICT (facility, indicator) DO UPDATE SET from_day = excluded.from_day, to_day = excluded.to_day, "
                      "responsible = excluded.responsible"};
constexpr Sql kTargets{"indicator_target.of_facility",
                       "SELECT indicator, from_day, target FROM indicator_target WHERE facility = $1 ORDER BY indicator, from_day"};
constexpr Sql kPutTarget{"indicator_target.put",
                         "INSERT INTO indicator_target (facility, indicator, from_day, target) VALUES ($1, $2, $3, $4) "
                         "ON CONFLICT (facility, indicator, from_day) DO UPDATE SET target = excluded.target"};

constexpr Sql kUsesOfSome{"indicator_use.of_some",
                          "SELECT u.facility, u.indicator, u.from_day, u.to_day, u.responsible FROM json_each($1) f "
                          "CROSS JOIN indicator_use u ON u.facility = f.value ORDER BY u.facility, u.indicator",
                          "SELECT u.facility, u.indicator, u.from_day, u.to_day, u.responsible FROM indicator_use u "
                          "WHERE u.facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json))) "
                          "ORDER BY u.facility, u.indicator"};
constexpr Sql kTargetsOfSome{"indicator_target.of_some",
                             "SELECT t.facility, t.indicator, t.from_day, t.target FROM json_each($1) f "
                             "CROSS JOIN indicator_target t ON t.facility = f.value ORDER BY t.facility, t.indicator, t.from_day",
                             "SELECT t.facility, t.indicator, t.from_day, t.target FROM indicator_target t "
                             "WHERE t.facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json))) "
                             "ORDER BY t.facility, t.indicator, t.from_day"};
constexpr Sql kOneUseOfSome{"indicator_use.one_of_some",
                            "SELECT u.facility, u.indicator, u.from_day, u.to_day, u.responsible FROM json_each($1) f "
                            "CROSS JOIN indicator_use u ON u.facility = f.value AND u.indicator = $2 ORDER BY u.facility",
                            "SELECT u.facility, u.indicator, u.from_day, u.to_day, u.responsible FROM indicator_use u "
                            "WHERE u.facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json))) "
                            "AND u.indicator = $2 ORDER BY u.facility"};
constexpr Sql kUsesOfIndicator{"indicator_use.of_indicator",
                               "SELECT facility, indicator, from_day, to_day, responsible FROM indicator_use WHERE indicator = $1 "
                               "ORDER BY facility",
                               nullptr, /*is_bounded=*/true};
constexpr Sql kOneTargetOfSome{"indicator_target.one_of_some",
                               "SELECT t.facility, t.indicator, t.from_day, t.target FROM json_each($1) f "
                               "CROSS JOIN indicator_target t ON t.facility = f.value AND t.indicator = $2 ORDER BY t.facility, t.from_day",
                               "SELECT t.facility, t.indicator, t.from_day, t.target FROM indicator_target t "
                               "WHERE t.facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json))) "
                               "AND t.indicator = $2 ORDER BY t.facility, t.from_day"};

constexpr std::array kIndicatorAll{
    &kOfOwner, &kShared,  &kFind,      &kInsertIndicator, &kPutVersion,    &kTagSets,      &kPutTagSet,       &kUses,
    &kPutUse,  &kTargets, &kPutTarget, &kUsesOfSome,      &kTargetsOfSome, &kOneUseOfSome, &kOneTargetOfSome, &kUsesOfIndicator};

StoredIndicator indicator_at(const Row& row) {
  return {row.key<IndicatorKey>(0),
          row.key<FacilityKey>(1),
          std::string(row.text(2)),
          row.i32(3),
          static_cast<IndicatorState>(row.i32(4)),
          std::string(row.text(5)),
          Instant{row.i64(6)},
          std::string(row.text(7)),
          std::string(row.text(8))};
}

}  // namespace

std::vector<StoredIndicator> load_indicators(Tx& tx, FacilityKey owner) {
  std::vector<StoredIndicator> all;
  tx.each(kOfOwner, {param(owner)}, [&](const Row& row) { all.push_back(indicator_at(row)); });
  return all;
}

std::vector<StoredIndicator> load_shared_indicators(Tx& tx) {
  std::vector<StoredIndicator> all;
  tx.each(kShared, {}, [&](const Row& row) { all.push_back(indicator_at(row)); });
  return all;
}

std::optional<IndicatorKey> find_indicator(Tx& tx, FacilityKey owner, std::string_view key) {
  std::optional<IndicatorKey> found;
  tx.each(kFind, {param(owner), Param(key)}, [&](const Row& row) { found = row.key<IndicatorKey>(0); });
  return found;
}

IndicatorKey insert_indicator(Tx& tx, FacilityKey owner, std::string_view key) {
  IndicatorKey made;
  tx.each(kInsertIndicator, {param(owner), Param(key)}, [&](const Row& row) { made = row.key<IndicatorKey>(0); });
  return made;
}

void put_indicator_version(Tx& tx, IndicatorKey indicator, const StoredIndicator& version) {
  tx.run(kPutVersion, {param(indicator), param(version.number), param(static_cast<std::int64_t>(version.state)),
                       Param(std::string_view(version.content)), param(version.saved_at.micros), Param(std::string_view(version.actor)),
                       Param(std::string_view(version.reason))});
}

std::vector<std::string> load_tag_sets(Tx& tx) {
  std::vector<std::string> all;
  tx.each(kTagSets, {}, [&](const Row& row) { all.emplace_back(row.text(0)); });
  return all;
}

void put_tag_set(Tx& tx, std::string_view key, std::string_view content) { tx.run(kPutTagSet, {Param(key), Param(content)}); }

std::vector<StoredUse> load_uses(Tx& tx, FacilityKey facility) {
  std::vector<StoredUse> all;
  tx.each(kUses, {param(facility)}, [&](const Row& row) {
    StoredUse use{row.key<IndicatorKey>(0), Day{row.i32(1)}, {}, std::string(row.text(3))};
    if (!row.is_null(2)) use.to = Day{row.i32(2)};
    all.push_back(std::move(use));
  });
  return all;
}

void each_use(Tx& tx, std::span<const FacilityKey> facilities, std::optional<IndicatorKey> only,
              const std::function<void(FacilityKey, const StoredUse&)>& visit) {
  const auto take = [&](const Row& row) {
    StoredUse use{row.key<IndicatorKey>(1), Day{row.i32(2)}, {}, std::string(row.text(4))};
    if (!row.is_null(3)) use.to = Day{row.i32(3)};
    visit(row.key<FacilityKey>(0), use);
  };
  if (only && facilities.size() > kFewFacilities)
    return tx.each(kUsesOfIndicator, {param(*only)}, [&](const Row& row) {
      if (std::ranges::binary_search(facilities, row.key<FacilityKey>(0))) take(row);
    });
  const auto places = json_list(facilities);
  if (only) return tx.each(kOneUseOfSome, {Param(std::string_view(places)), param(*only)}, take);
  tx.each(kUsesOfSome, {Param(std::string_view(places))}, take);
}

void put_use(Tx& tx, FacilityKey facility, const StoredUse& use) {
  tx.run(kPutUse, {param(facility), param(use.indicator), param(use.from.value), param(use.to), Param(std::string_view(use.responsible))});
}

std::vector<StoredTarget> load_targets(Tx& tx, FacilityKey facility) {
  std::vector<StoredTarget> all;
  tx.each(kTargets, {param(facility)},
          [&](const Row& row) { all.push_back({row.key<IndicatorKey>(0), Day{row.i32(1)}, parse_decimal(row.text(2))}); });
  return all;
}

void each_target(Tx& tx, std::span<const FacilityKey> facilities, std::optional<IndicatorKey> only,
                 const std::function<void(FacilityKey, const StoredTarget&)>& visit) {
  const auto places = json_list(facilities);
  const auto take = [&](const Row& row) {
    visit(row.key<FacilityKey>(0), {row.key<IndicatorKey>(1), Day{row.i32(2)}, parse_decimal(row.text(3))});
  };
  if (only) return tx.each(kOneTargetOfSome, {Param(std::string_view(places)), param(*only)}, take);
  tx.each(kTargetsOfSome, {Param(std::string_view(places))}, take);
}

void put_target(Tx& tx, FacilityKey facility, const StoredTarget& target) {
  const auto written = target.target ? text(*target.target) : std::string();
  tx.run(kPutTarget, {param(facility), param(target.indicator), param(target.from.value), Param(std::string_view(written))});
}

std::span<const Sql* const> indicator_statements() { return kIndicatorAll; }

}  // namespace pilar::store
