#include "store/month_report_store.h"

#include <array>

#include "store/key_list.h"

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

constexpr Sql kActsOfSome{"month_report.of_some",
                          "SELECT r.facility, r.month, r.seq, r.act, r.at, r.actor, r.reason FROM json_each($1) f "
                          "CROSS JOIN month_report r ON r.facility = f.value AND r.month = $2 ORDER BY r.facility, r.seq",
                          "SELECT r.facility, r.month, r.seq, r.act, r.at, r.actor, r.reason FROM month_report r "
                          "WHERE r.facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json))) "
                          "AND r.month = $2 ORDER BY r.facility, r.seq"};
constexpr Sql kValuesOfSome{
    "month_report_value.of_some",
    "SELECT v.facility, v.month, v.seq, v.indicator, v.version, v.numerator, v.denominator, v.value, v.collected FROM json_each($1) f "
    "CROSS JOIN month_report_value v ON v.facility = f.value AND v.month = $2 ORDER BY v.facility, v.seq, v.indicator",
    "SELECT v.facility, v.month, v.seq, v.indicator, v.version, v.numerator, v.denominator, v.value, v.collected "
    "FROM month_report_value v WHERE v.facility = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json))) "
    "AND v.month = $2 ORDER BY v.facility, v.seq, v.indicator"};

constexpr std::array kMonthReportAll{&kActs,          &kInsertAct,         &kValues,          &kInsertValue, &kMonthNotes,  &kPutNote,
                                     &kWaitingMonths, &kBeginWaitingMonth, &kEndWaitingMonth, &kActsOfSome,  &kValuesOfSome};

std::optional<std::int64_t> whole_at(const Row& row, int column) {
  if (row.is_null(column)) return {};
  return row.i64(column);
}
/// An act and a value whose columns begin at this one.
StoredMonthAct act_at(const Row& row, int at) {
  return {Month{row.i32(at)},
          row.i32(at + 1),
          static_cast<MonthAct>(row.i32(at + 2)),
          Instant{row.i64(at + 3)},
          std::string(row.text(at + 4)),
          std::string(row.text(at + 5))};
}
StoredMonthValue value_at(const Row& row, int at) {
  StoredMonthValue value{Month{row.i32(at)},
                         row.i32(at + 1),
                         row.key<IndicatorKey>(at + 2),
                         row.i32(at + 3),
                         whole_at(row, at + 4),
                         whole_at(row, at + 5),
                         {},
                         row.i32(at + 7) != 0};
  if (!row.is_null(at + 6)) value.value = row.real(at + 6);
  return value;
}
Param whole_param(const std::optional<std::int64_t>& value) { return value ? Param(*value) : Param{}; }

}  // namespace

std::vector<StoredMonthAct> load_month_acts(Tx& tx, FacilityKey facility, Month from, Month to) {
  std::vector<StoredMonthAct> all;
  tx.each(kActs, {param(facility), param(from.value), param(to.value)}, [&](const Row& row) { all.push_back(act_at(row, 0)); });
  return all;
}

void each_month_act(Tx& tx, std::span<const FacilityKey> facilities, Month month,
                    const std::function<void(FacilityKey, const StoredMonthAct&)>& visit) {
  const auto places = json_list(facilities);
  tx.each(kActsOfSome, {Param(std::string_view(places)), param(month.value)},
          [&](const Row& row) { visit(row.key<FacilityKey>(0), act_at(row, 1)); });
}

void insert_month_act(Tx& tx, FacilityKey facility, const StoredMonthAct& act) {
  tx.run(kInsertAct, {param(facility), param(act.month.value), param(act.seq), param(static_cast<std::int64_t>(act.act)),
                      param(act.at.micros), Param(std::string_view(act.actor)), Param(std::string_view(act.reason))});
  tx.run(act.act == MonthAct::Send ? kBeginWaitingMonth : kEndWaitingMonth, {param(facility), param(act.month.value)});
}

std::vector<StoredMonthValue> load_month_values(Tx& tx, FacilityKey facility, Month from, Month to) {
  std::vector<StoredMonthValue> all;
  tx.each(kValues, {param(facility), param(from.value), param(to.value)}, [&](const Row& row) { all.push_back(value_at(row, 0)); });
  return all;
}

void each_month_value(Tx& tx, std::span<const FacilityKey> facilities, Month month,
                      const std::function<void(FacilityKey, const StoredMonthValue&)>& visit) {
  const auto places = json_list(facilities);
  tx.each(kValuesOfSome, {Param(std::string_view(places)), param(month.value)},
          [&](const Row& row) { visit(row.key<FacilityKey>(0), value_at(row, 1)); });
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
