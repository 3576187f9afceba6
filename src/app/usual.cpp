#include "app/usual.h"

#include <algorithm>
#include <cmath>

#include "app/result_series.h"
#include "store/cell_store.h"

namespace pilar::app {
namespace {

bool is_usual_kind(const Item& item) {
  return item.kind == ItemKind::Number && item.aggregation == Aggregation::Flow && !item.distribution;
}

}  // namespace

UsualFigures read_usual(Context& context, const Scope& scope, const InstalledVersion& version, FacilityKey facility, Day day) {
  UsualFigures out;
  if (version.form.is_public) return out;
  const auto reference = context.reference.get();
  const auto names = series_names(*reference, version, {});
  std::map<SeriesKey, const Item*> items;
  for (const auto& [key, name] : names.names)
    if (const auto* item = version.form.find(name); item != nullptr && is_usual_kind(*item)) items.emplace(key, item);
  if (items.empty()) return out;
  std::vector<SeriesKey> keys;
  for (const auto& [key, item] : items) keys.push_back(key);
  std::map<std::pair<UnitKey, std::string>, std::vector<double>> earlier;
  const auto month = month_of(day);
  context.db.read([&](store::Tx& tx) {
    earlier.clear();
    store::each_month_cell(tx, facility, {month.value - kUsualMonths}, month, keys, [&](const store::CellRow& row) {
      const auto* item = items.at(row.series);
      if (row.cell.n == 1) earlier[{row.unit, item->key}].push_back(static_cast<double>(row.cell.sum) / std::pow(10.0, item->digits));
    });
  });
  for (const auto& [where, figures] : earlier) {
    const bool may = scope.may(Right::WriteRecords, reference->organisation, facility, where.first) ||
                     scope.may(Right::ReadResults, reference->organisation, facility, where.first);
    if (const auto usual = usual_of(figures); may && usual) out.emplace(where, *usual);
  }
  return out;
}

std::vector<OddFigure> odd_figures(const Instrument& form, const Answers& answers, UnitKey unit, const UsualFigures& usual) {
  std::vector<OddFigure> out;
  for (std::size_t i = 0; i < std::min(answers.size(), form.items.size()); ++i) {
    const auto* value = std::get_if<Decimal>(&answers[i]);
    const auto known = usual.find({unit, form.items[i].key});
    if (value == nullptr || known == usual.end()) continue;
    if (const auto odd = oddness_of(value->to_double(), known->second)) out.push_back({&form.items[i], *odd, known->second});
  }
  return out;
}

}  // namespace pilar::app
