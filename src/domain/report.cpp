#include "domain/report.h"

#include <algorithm>
#include <tuple>

#include "base/result.h"

namespace pilar {
namespace {

std::int64_t mean_value(const Cell& cell) {
  const auto twice = 2 * cell.sum + (cell.sum < 0 ? -cell.n : cell.n);
  return twice / (2 * cell.n);
}

}  // namespace

void Reports::add(std::string_view series_key, const CellKey& key, const Cell& cell) {
  if (cell.n <= 0) return;
  auto at = series_.find(series_key);
  if (at == series_.end()) at = series_.emplace(std::string(series_key), decltype(series_)::mapped_type{}).first;
  at->second[{key.facility, key.unit}].push_back({key.day, key.bucket, cell});
}

Cell Reports::total(std::string_view series_key, Aggregation aggregation, Day last, const Within& within) const {
  Cell total;
  const auto at = series_.find(series_key);
  if (at == series_.end()) return total;
  const auto year = year_of(last);
  const auto holds = [&](const Report& report) {
    return aggregation == Aggregation::YearlyTarget ? year.from <= report.day && report.day < year.to : report.day <= last;
  };
  for (const auto& [place, reports] : at->second) {
    if (!within(place.first, place.second)) continue;
    const Report* latest = nullptr;
    for (const auto& report : reports)
      if (holds(report) && (latest == nullptr || std::tie(latest->day, latest->minute) < std::tie(report.day, report.minute)))
        latest = &report;
    if (latest != nullptr) total = total + Cell::of(mean_value(latest->cell));
  }
  return total;
}

Period year_of(Day day) {
  const auto year = civil(day).year;
  const auto from = make_day(year, 1, 1), to = make_day(year + 1, 1, 1);
  require(from && to, "a stored day lies between 1900 and 2199");
  return {*from, *to};
}

}  // namespace pilar
