#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/db.h"

namespace pilar::store {

enum class MonthAct : std::uint8_t { Send = 1, Accept = 2, Return = 3, Withdraw = 4 };

/// One act on a facility's indicator report of a month.
struct StoredMonthAct {
  Month month;
  std::int32_t seq = 1;
  MonthAct act = MonthAct::Send;
  Instant at;
  std::string actor, reason;
};
/// In the order in which they happened, month by month; months half-open.
std::vector<StoredMonthAct> load_month_acts(Tx& tx, FacilityKey facility, Month from, Month to);
/// Of one month of all these facilities, in one statement: by facility, in the order in which they happened.
void each_month_act(Tx& tx, std::span<const FacilityKey> facilities, Month month,
                    const std::function<void(FacilityKey, const StoredMonthAct&)>& visit);
/// A report that is sent waits until another act follows.
void insert_month_act(Tx& tx, FacilityKey facility, const StoredMonthAct& act);

/// A value as it was sent.
struct StoredMonthValue {
  Month month;
  std::int32_t seq = 1;
  IndicatorKey indicator;
  std::int32_t version = 1;
  std::optional<std::int64_t> numerator{}, denominator{};
  std::optional<double> value{};
  bool collected = false;
};
/// Of every sending.
std::vector<StoredMonthValue> load_month_values(Tx& tx, FacilityKey facility, Month from, Month to);
/// Of one month of all these facilities, in one statement.
void each_month_value(Tx& tx, std::span<const FacilityKey> facilities, Month month,
                      const std::function<void(FacilityKey, const StoredMonthValue&)>& visit);
void insert_month_values(Tx& tx, FacilityKey facility, std::span<const StoredMonthValue> values);

struct StoredMonthNote {
  Month month;
  IndicatorKey indicator;
  std::string analysis, follow_up;
  Instant at;
  std::string actor;
};
std::vector<StoredMonthNote> load_month_notes(Tx& tx, FacilityKey facility, Month from, Month to);
void put_month_note(Tx& tx, FacilityKey facility, const StoredMonthNote& note);

/// Reports that wait, of all facilities, by facility and month.
struct WaitingMonth {
  FacilityKey facility;
  Month month;
};
std::vector<WaitingMonth> load_waiting_months(Tx& tx);

std::span<const Sql* const> month_report_statements();

}  // namespace pilar::store
