#include "app/result_groups.h"

#include <algorithm>

#include "app/month_report.h"
#include "i18n/messages.h"

namespace pilar::app {
namespace {

std::vector<std::string> counted_items(const Measure& measure) {
  auto items = measure.items;
  for (const auto& part : {measure.numerator, measure.denominator})
    if (!part.empty()) items.push_back(part);
  return items;
}

bool is_counted_by(const InstalledVersion& version, const Measure& measure, const Item& by, const Option& option) {
  const auto items = counted_items(measure);
  return !items.empty() && std::ranges::all_of(items, [&](const std::string& item) {
    return std::ranges::find(version.series, breakdown_key(item, by.key, option.key), &Series::key) != version.series.end();
  });
}

Result<ResultGroups> read_by(Context& context, const Scope& scope, const ResultQuery& query, const Measure& measure, const Item& by) {
  ResultGroups out{.by = &by};
  for (const auto& option : by.options) {
    auto one = query;
    one.breakdown = Breakdown{by.key, option.key};
    one.trend_months = 1;
    one.with_marks = one.with_parts = false;
    const auto view = read_result(context, scope, one);
    if (!view) return std::unexpected(view.error());
    for (auto reading : view->measures) {
      if (reading.measure->key != measure.key) continue;
      reading.measure = &measure;
      out.groups.push_back({&option, std::move(reading)});
    }
  }
  return out;
}

}  // namespace

Result<std::vector<ResultGroups>> read_groups(Context& context, const Scope& scope, const ResultQuery& query, std::string_view measure) {
  const auto reference = context.reference.get();
  const auto* version = reference->with_results(query.instrument);
  if (version == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownInstrument, "instrument", {query.instrument});
  const auto found = std::ranges::find(version->form.measures, measure, &Measure::key);
  if (found == version->form.measures.end())
    return refuse(Problem::Kind::NotFound, Msg::ResultUnknownMeasure, "ukuran", {std::string(measure)});
  std::vector<ResultGroups> out;
  for (const auto& by : version->form.items) {
    if (by.kind != ItemKind::Choice) continue;
    if (!std::ranges::all_of(by.options, [&](const Option& option) { return is_counted_by(*version, *found, by, option); })) continue;
    auto groups = read_by(context, scope, query, *found, by);
    if (!groups) return std::unexpected(groups.error());
    groups->reference = reference;
    if (std::ranges::count_if(groups->groups, [](const auto& one) { return count_behind(one.reading) > 0; }) > 1)
      out.push_back(*std::move(groups));
  }
  return out;
}

}  // namespace pilar::app
