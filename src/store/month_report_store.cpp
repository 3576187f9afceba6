#include "store/month_report_store.h"

#include <array>

namespace pilar::store {
namespace {

constexpr Sql kActs{"month_report.of_facility",
                    "SELECT month, seq, act, at, actor, reason FROM month_report WHERE facility = $1 AND month >= $2 AND month < $3 "
                    "ORDER BY month, seq"};
constexpr Sql kInsertAct{"month_report.insert",
                         "INSERT INTO month_report (facility, month, seq, act, at, actor, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Sql kValues{"month_report_value.of_facility",
                      "SELECT month, seq, indicator, version, numerator, denominator, value, collected FROM month_report_value "
                      "WHERE facility = $1 AND month >= $2 AND month < $3 ORDER BY month, seq, indicator"};
constexpr Sql kInsertValue{"month_report_value.insert",
                           "INSERT INTO month_report_value (facility, month, seq, indicator, version, numerator, denominator, value, "
                           "collected) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr Sql kMonthNotes{"month_note.of_facility",
                          "SELECT month, indicator, analysis, follow_up, at, actor FROM month_note WHERE facility = $1 AND month >= $2 "
                          "AND month < $3 ORDER BY month, indicator"};
constexpr Sql kPutNote{"month_note.put",
                       "INSERT INTO month_note (facility, month, indicator, analysis, follow_up, at, actor) "
                       "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (facility, month, indicator) DO UPDATE SET "
                       "analysis = excluded.analysis, follow_up = excluded.follow_up, at = excluded.at, actor = excluded.actor"};
constexpr Sql kWaitingMonths{"month_waiting.all", "SELECT facility, month FROM month_waiting ORDER BY facility, month"};
constexpr Sql kBeginWaitingMonth{"month_waiting.insert",
                                 "INSERT INTO month_waiting (facility, month) VALUES ($1, $2) ON CONFLICT (facility, month) DO NOTHING"};
constexpr Sql kEndWaitingMonth{"month_waiting.delete", "DELETE FROM month_waiting WHERE facility = $1 AND month = $2"};

constexpr std::array kMonthReportAll{&kActs,          &kInsertAct,         &kValues,         &kInsertValue, &kMonthNotes, &kPutNote,
                                     &kWaitingMonths, &kBeginWaitingMonth, &kEndWaitingMonth};

std::optional<std::int64_t> whole_at(const Row& row, int column) {
  if (row.is_null(column)) return {};
  return row.i64(column);
}
Param whole_param(const std::optional<std::int64_t>& value) { return value ? Param(*value) : Param{}; }

}  // namespace

std::vector<StoredMonthAct> load_month_acts(Tx& tx, FacilityKey facility, Month from, Month to) {
  std::vector<StoredMonthAct> all;
  tx.each(kActs, {param(facility), param(from.value), param(to.value)}, [&](const Row& row) {
    all.push_back({Month{row.i32(0)}, row.i32(1), static_cast<MonthAct>(row.i32(2)), Instant{row.i64(3)}, std::string(row.text(4)),
                   std::string(row.text(5))});
  });
  return all;
}

void insert_month_act(Tx& tx, FacilityKey facility, const StoredMonthAct& act) {
  tx.run(kInsertAct, {param(facility), param(act.month.value), param(act.seq), param(static_cast<std::int64_t>(act.act)),
                      param(act.at.micros), Param(std::string_view(act.actor)), Param(std::string_view(act.reason))});
  tx.run(act.act == MonthAct::Send ? kBeginWaitingMonth : kEndWaitingMonth, {param(facility), param(act.month.value)});
}

std::vector<StoredMonthValue> load_month_values(Tx& tx, FacilityKey facility, Month from, Month to) {
  std::vector<StoredMonthValue> all;
  tx.each(kValues, {param(facility), param(from.value), param(to.value)}, [&](const Row& row) {
    StoredMonthValue value{Month{row.i32(0)}, row.i32(1), row.key<IndicatorKey>(2), row.i32(3), whole_at(row, 4),
                           whole_at(row, 5),  {},         row.i32(7) != 0};
    if (!row.is_null(6)) value.value = row.real(6);
    all.push_back(value);
  });
  return all;
}

void insert_month_values(Tx& tx, FacilityKey facility, std::span<const StoredMonthValue> values) {
  for (const auto& one : values)
    tx.later(kInsertValue,
             {param(facility), param(one.month.value), param(one.seq), param(one.indicator), param(one.version), whole_param(one.numerator),
              whole_param(one.denominator), one.value ? Param(*one.value) : Param{}, param(one.collected ? 1 : 0)});
}

std::vector<StoredMonthNote> load_month_notes(Tx& tx, FacilityKey facility, Month from, Month to) {
  std::vector<StoredMonthNote> all;
  tx.each(kMonthNotes, {param(facility), param(from.value), param(to.value)}, [&](const Row& row) {
    all.push_back({Month{row.i32(0)}, row.key<IndicatorKey>(1), std::string(row.text(2)), std::string(row.text(3)), Instant{row.i64(4)},
                   std::string(row.text(5))});
  });
  return all;
}

void put_month_note(Tx& tx, FacilityKey facility, const StoredMonthNote& note) {
  tx.run(kPutNote, {param(facility), param(note.month.value), param(note.indicator), Param(std::string_view(note.analysis)),
                    Param(std::string_view(note.follow_up)), param(note.at.micros), Param(std::string_view(note.actor))});
}

std::vector<WaitingMonth> load_waiting_months(Tx& tx) {
  std::vector<WaitingMonth> all;
  tx.each(kWaitingMonths, {}, [&](const Row& row) { all.push_back({row.key<FacilityKey>(0), Month{row.i32(1)}}); });
  return all;
}

std::span<const Sql* const> month_report_statements() { return kMonthReportAll; }

}  // namespace pilar::store
