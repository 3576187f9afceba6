#include "store/formula_store.h"

#include <array>

#include "store/key_list.h"

namespace pilar::store {
namespace {

constexpr Sql kFormulas{"record_formula.all", "SELECT key, facility, instrument, content FROM record_formula ORDER BY key, facility"};
constexpr Sql kInsertFormula{"record_formula.insert",
                             "INSERT INTO record_formula (key, facility, instrument, content) VALUES ($1, $2, $3, $4)"};
// Both wait for the running batches of the facilities, as series_fill.everywhere does.
constexpr Sql kFillsOfOne{"record_formula.fill_one",
                          "INSERT INTO series_fill (facility, series, from_day) "
                          "SELECT facility, $1, 2147483647 FROM facility_head WHERE facility = $2",
                          "INSERT INTO series_fill (facility, series, from_day) "
                          "SELECT facility, $1, 2147483647 FROM facility_head WHERE facility = $2 FOR UPDATE"};
constexpr Sql kFillsOfOthers{"record_formula.fill_others",
                             "INSERT INTO series_fill (facility, series, from_day) SELECT facility, $1, 2147483647 FROM facility_head h "
                             "WHERE NOT EXISTS (SELECT 1 FROM record_formula f WHERE f.key = $2 AND f.facility = h.facility)",
                             "INSERT INTO series_fill (facility, series, from_day) SELECT facility, $1, 2147483647 FROM facility_head h "
                             "WHERE NOT EXISTS (SELECT 1 FROM record_formula f WHERE f.key = $2 AND f.facility = h.facility) "
                             "ORDER BY facility FOR UPDATE OF h"};
constexpr Sql kCountUnfilled{
    "record_formula.unfilled",
    "SELECT COUNT(DISTINCT f.facility) FROM series_fill f JOIN organisation o ON o.id = f.facility "
    "WHERE o.kind = 'facility' AND f.series IN (SELECT value FROM json_each($1))",
    "SELECT COUNT(DISTINCT f.facility) FROM series_fill f JOIN organisation o ON o.id = f.facility "
    "WHERE o.kind = 'facility' AND f.series = ANY (ARRAY(SELECT value::int FROM json_array_elements_text($1::text::json)))"};

constexpr std::array kFormulaAll{&kFormulas, &kInsertFormula, &kFillsOfOne, &kFillsOfOthers, &kCountUnfilled};

}  // namespace

std::vector<StoredFormula> load_formulas(Tx& tx) {
  std::vector<StoredFormula> all;
  tx.each(kFormulas, {}, [&](const Row& row) {
    all.push_back({std::string(row.text(0)), row.key<FacilityKey>(1), row.key<InstrumentKey>(2), std::string(row.text(3))});
  });
  return all;
}

void insert_formula(Tx& tx, const StoredFormula& formula) {
  tx.run(kInsertFormula, {Param(std::string_view(formula.key)), param(formula.facility), param(formula.instrument),
                          Param(std::string_view(formula.content))});
}

void insert_formula_fills(Tx& tx, SeriesKey series, const StoredFormula& formula) {
  if (formula.facility.value == 0)
    tx.run(kFillsOfOthers, {param(series), Param(std::string_view(formula.key))});
  else
    tx.run(kFillsOfOne, {param(series), param(formula.facility)});
}

std::int64_t count_unfilled(Tx& tx, const std::vector<SeriesKey>& series) {
  std::int64_t n = 0;
  const auto keys = json_list(series);
  tx.each(kCountUnfilled, {Param(std::string_view(keys))}, [&](const Row& row) { n = row.i64(0); });
  return n;
}

std::span<const Sql* const> formula_statements() { return kFormulaAll; }

}  // namespace pilar::store
