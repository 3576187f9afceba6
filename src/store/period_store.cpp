#include "store/period_store.h"

#include <array>

namespace pilar::store {
namespace {

constexpr Sql kPeriodActs{"period_act.of_facility",
                          "SELECT seq, act, month, until_at, place, at, actor, reason FROM period_act WHERE facility = $1 ORDER BY seq"};
constexpr Sql kInsertPeriodAct{"period_act.insert",
                               "INSERT INTO period_act (facility, seq, act, month, until_at, place, at, actor, reason) "
                               "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr Sql kSending{"month_sending.find",
                       "SELECT facility, enabled, day, hour, settled, at, actor FROM month_sending WHERE facility = $1"};
constexpr Sql kPutSending{"month_sending.put",
                          "INSERT INTO month_sending (facility, enabled, day, hour, looked_at, settled, at, actor) "
                          "VALUES ($1, $2, $3, $4, 0, $5, $6, $7) ON CONFLICT (facility) DO UPDATE SET enabled = excluded.enabled, "
                          "day = excluded.day, hour = excluded.hour, looked_at = 0, at = excluded.at, actor = excluded.actor"};
constexpr Sql kDueSendings{
    "month_sending.due",
    "SELECT facility, enabled, day, hour, settled, at, actor FROM month_sending WHERE enabled = 1 AND looked_at < $1 "
    "ORDER BY looked_at, facility LIMIT $2"};
constexpr Sql kMarkSending{"month_sending.mark", "UPDATE month_sending SET looked_at = $2, settled = $3 WHERE facility = $1"};

constexpr std::array kPeriodAll{&kPeriodActs, &kInsertPeriodAct, &kSending, &kPutSending, &kDueSendings, &kMarkSending};

StoredSending sending_of(const Row& row) {
  return {row.key<FacilityKey>(0), row.i64(1) != 0,         row.i32(2), row.i32(3), Month{row.i32(4)},
          Instant{row.i64(5)},     std::string(row.text(6))};
}

}  // namespace

std::vector<StoredPeriodAct> load_period_acts(Tx& tx, FacilityKey facility) {
  std::vector<StoredPeriodAct> all;
  tx.each(kPeriodActs, {param(facility)}, [&](const Row& row) {
    all.push_back({row.i32(0), static_cast<PeriodAct>(row.i32(1)), Month{row.i32(2)}, Instant{row.i64(3)}, row.key<FacilityKey>(4),
                   Instant{row.i64(5)}, std::string(row.text(6)), std::string(row.text(7))});
  });
  return all;
}

void insert_period_act(Tx& tx, FacilityKey facility, const StoredPeriodAct& act) {
  tx.run(kInsertPeriodAct,
         {param(facility), param(act.seq), param(static_cast<std::int64_t>(act.act)), param(act.month.value), param(act.until.micros),
          param(act.place), param(act.at.micros), Param(std::string_view(act.actor)), Param(std::string_view(act.reason))});
}

std::optional<StoredSending> find_sending(Tx& tx, FacilityKey facility) {
  std::optional<StoredSending> found;
  tx.each(kSending, {param(facility)}, [&](const Row& row) { found = sending_of(row); });
  return found;
}

void put_sending(Tx& tx, const StoredSending& sending) {
  tx.run(kPutSending, {param(sending.facility), param(sending.enabled ? 1 : 0), param(sending.day), param(sending.hour),
                       param(sending.settled.value), param(sending.at.micros), Param(std::string_view(sending.actor))});
}

std::vector<StoredSending> load_due_sendings(Tx& tx, Instant before, std::int64_t limit) {
  std::vector<StoredSending> all;
  tx.each(kDueSendings, {param(before.micros), param(limit)}, [&](const Row& row) { all.push_back(sending_of(row)); });
  return all;
}

void mark_sending(Tx& tx, FacilityKey facility, Instant looked_at, Month settled) {
  tx.run(kMarkSending, {param(facility), param(looked_at.micros), param(settled.value)});
}

std::span<const Sql* const> period_statements() { return kPeriodAll; }

}  // namespace pilar::store
