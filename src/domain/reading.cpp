#include "domain/reading.h"

#include <algorithm>
#include <cmath>
#include <compare>

#include "base/int128.h"
#include "domain/bins.h"
#include "math/distribution.h"
#include "math/proportion.h"

namespace pilar {
namespace {

constexpr double kLevel = 0.95;

/// All values of an item's cells: one bucket, or the bins of its distribution.
Cell values_of(const Sums::Buckets& buckets) {
  Cell total;
  for (const auto& [bucket, cell] : buckets)
    if (bucket >= 0) total = total + cell;
  return total;
}

/// Exact total of a numeric item's cells, or the number of persons.
std::optional<Decimal> total_of(const Item& item, const Sums::Buckets& buckets) {
  const auto all = values_of(buckets);
  if (all.n == 0) return {};
  return Decimal::make(all.sum, item.digits);
}

std::optional<double> mean_of(const Cell& cell, int digits) {
  if (cell.n == 0) return {};
  return static_cast<double>(cell.sum) / static_cast<double>(cell.n) / std::pow(10.0, digits);
}

/// Sum of the option buckets that count.
Cell counted_options(const Item& item, const Sums::Buckets& buckets) {
  Cell total;
  for (const auto& [code, cell] : buckets) {
    const auto* option = find_option(item, code);
    if (option != nullptr && !option->not_applicable) total = total + cell;
  }
  return total;
}

/// Standard deviation with the divisor n - 1.
std::optional<double> deviation(const Cell& cell) {
  if (cell.n < 2) return {};
  const auto n = static_cast<double>(cell.n);
  // n * sumsq - sum^2 is exact, so that equal answers give a variance of exactly 0.
  const auto spread = static_cast<Int128>(cell.n) * cell.sumsq() - static_cast<Int128>(cell.sum) * cell.sum;
  return std::sqrt(static_cast<double>(spread) / (n * (n - 1)));
}

/// t interval of a mean from exact sums, clipped to [low, high].
std::optional<math::Interval> mean_interval(const Cell& cell, double low, double high) {
  const auto sd = deviation(cell);
  if (!sd) return {};
  const auto n = static_cast<double>(cell.n);
  const double mean = static_cast<double>(cell.sum) / n;
  const double half = math::t_quantile(0.5 + kLevel / 2, n - 1) * *sd / std::sqrt(n);
  return math::Interval{std::max(low, mean - half), std::min(high, mean + half)};
}

RatingReading read_rating(const Item& item, const Sums::Buckets& buckets) {
  const auto all = counted_options(item, buckets);
  RatingReading out;
  out.n = all.n;
  out.mean = mean_of(all, 0);
  out.sd = deviation(all);
  std::vector<std::int32_t> codes;
  for (const auto& option : item.options)
    if (!option.not_applicable) codes.push_back(option.code);
  std::ranges::sort(codes);
  if (codes.empty()) return out;
  out.interval = mean_interval(all, codes.front(), codes.back());
  out.top_two.denominator = all.n;
  for (std::size_t i = codes.size() > 2 ? codes.size() - 2 : 0; i < codes.size(); ++i)
    if (const auto at = buckets.find(codes[i]); at != buckets.end()) out.top_two.numerator += at->second.n;
  return out;
}

math::Skm read_skm(const Instrument& instrument, const Measure& measure, const Sums& sums) {
  std::vector<math::UnsurTotal> totals;
  for (const auto& key : measure.items) {
    const auto* item = instrument.find(key);
    require(item != nullptr, "a measure names items of its instrument");
    const auto all = counted_options(*item, sums.of(key));
    totals.push_back({all.sum, all.n});
  }
  return math::skm(totals, math::SkmForm::MeanOfNrr, {}, math::SkmRegulation::Permenpan14Of2017);
}

Share read_share(const Instrument& instrument, const Measure& measure, const Sums& sums) {
  Share share;
  for (const auto& key : measure.items) {
    const auto* item = instrument.find(key);
    require(item != nullptr, "a measure names items of its instrument");
    share.denominator += counted_options(*item, sums.of(key)).n;
    for (const auto& [code, cell] : sums.of(key)) {
      const auto* option = find_option(*item, code);
      if (option != nullptr && std::ranges::find(measure.positive, option->key) != measure.positive.end()) share.numerator += cell.n;
    }
  }
  return share;
}

/// Over a yearly target, a flow counts from the first day of the year.
Share read_ratio(const Instrument& instrument, const Measure& measure, const Sums& sums) {
  const bool cumulates = is_cumulative(instrument, measure);
  const auto numerator = cumulates ? sums.year_of(measure.numerator) : values_of(sums.of(measure.numerator));
  Share share{numerator.sum, values_of(sums.of(measure.denominator)).sum};
  if (measure.complement) share.numerator = share.denominator - share.numerator;
  return share;
}

DurationReading read_duration(const Item& item, const Sums::Buckets& buckets) {
  const auto all = values_of(buckets);
  DurationReading out{.n = all.n, .mean = mean_of(all, item.digits)};
  const auto quantile = [&](double share) -> std::optional<double> {
    const auto scaled = quantile_of(buckets, share);
    if (!scaled) return {};
    return *scaled / std::pow(10.0, item.digits);
  };
  out.median = quantile(0.5);
  out.p90 = quantile(0.9);
  return out;
}

Share read_within(const Item& item, const Measure& measure, const Sums& sums) {
  if (!measure.within) return {};
  const auto& buckets = sums.of(limit_key(item.key, *measure.within));
  const auto within = buckets.find(kBucketWithin);
  return {within == buckets.end() ? 0 : within->second.n, values_of(buckets).n};
}

/// numerator / denominator, times what the measure says, against the target, exactly.
std::partial_ordering compare_share(const Measure& measure, const Share& share, const Decimal& target) {
  const auto percent = static_cast<Int128>(share.numerator) * measure.per;
  const auto wanted = static_cast<Int128>(target.unscaled()) * share.denominator;
  auto scale = Int128{1};
  for (int digit = 0; digit < target.digits(); ++digit) scale *= 10;
  if (percent * scale < wanted) return std::partial_ordering::less;
  return percent * scale > wanted ? std::partial_ordering::greater : std::partial_ordering::equivalent;
}

/// How the value stands to the target; empty without a value.
std::optional<std::partial_ordering> compare_with(const MeasureReading& reading, const Decimal& target) {
  const auto plain = [&](const std::optional<double>& value) -> std::optional<std::partial_ordering> {
    if (!value) return {};
    return *value <=> target.to_double();
  };
  switch (reading.measure->kind) {
    case MeasureKind::Rating:
      return plain(reading.rating.mean);
    case MeasureKind::Skm:
      if (!reading.skm || !reading.skm->ikm_2dec) return {};
      return *reading.skm->ikm_2dec <=> target;
    case MeasureKind::Sum:
      if (!reading.total) return {};
      return *reading.total <=> target;
    case MeasureKind::Duration:
      if (!reading.measure->within) return plain(reading.duration.median);
      break;
    case MeasureKind::Share:
    case MeasureKind::Ratio:
      break;
  }
  if (reading.share.denominator <= 0) return {};
  return compare_share(*reading.measure, reading.share, target);
}

}  // namespace

void Sums::add(std::string_view series_key, std::int32_t bucket, const Cell& cell) {
  auto at = series_.find(series_key);
  if (at == series_.end()) at = series_.emplace(std::string(series_key), Buckets{}).first;
  auto& sum = at->second[bucket];
  sum = sum + cell;
}

const Sums::Buckets& Sums::of(std::string_view series_key) const {
  static const Buckets none;
  const auto at = series_.find(series_key);
  return at == series_.end() ? none : at->second;
}

void Sums::add_year(std::string_view series_key, const Cell& cell) {
  auto at = year_.find(series_key);
  if (at == year_.end()) at = year_.emplace(std::string(series_key), Cell{}).first;
  at->second = at->second + cell;
}

const Cell& Sums::year_of(std::string_view series_key) const {
  static const Cell none;
  const auto at = year_.find(series_key);
  return at == year_.end() ? none : at->second;
}

std::int64_t Sums::records() const {
  const auto& buckets = of(kRecords);
  const auto at = buckets.find(0);
  return at == buckets.end() ? 0 : at->second.n;
}

std::optional<double> Share::value() const {
  if (denominator == 0) return {};
  return static_cast<double>(numerator) / static_cast<double>(denominator);
}

std::optional<math::Interval> Share::interval() const {
  if (denominator <= 0 || numerator < 0 || numerator > denominator) return {};
  return math::wilson(static_cast<double>(numerator), static_cast<double>(denominator), kLevel);
}

ItemReading read_item(const Instrument& instrument, std::size_t item, const Sums& sums) {
  return read_item(instrument, item, sums, instrument.items[item].key);
}

ItemReading read_item(const Instrument& instrument, std::size_t index, const Sums& sums, std::string_view series_key) {
  const auto& item = instrument.items[index];
  const auto& buckets = sums.of(series_key);
  ItemReading out;
  out.item = index;
  for (const auto& [bucket, cell] : buckets) {
    if (bucket == kBucketNotObserved)
      out.not_observed += cell.n;
    else if (bucket == kBucketNotApplicable)
      out.not_applicable += cell.n;
    else if (const auto* option = find_option(item, bucket))
      (option->not_applicable ? out.not_applicable : out.options[bucket]) += cell.n;
  }
  if (is_coded(item.kind)) {
    const auto all = counted_options(item, buckets);
    out.answered = all.n;
    if (item.kind == ItemKind::Scale) out.mean = mean_of(all, 0);
  } else if (item.kind == ItemKind::Multiple) {
    if (const auto at = buckets.find(kBucketAnswered); at != buckets.end()) out.answered = at->second.n;
  } else {
    const auto all = values_of(buckets);
    out.answered = all.n;
    if (is_numeric(item.kind)) out.mean = mean_of(all, item.digits);
    if (is_numeric(item.kind) || item.kind == ItemKind::Person) out.total = total_of(item, buckets);
  }
  return out;
}

MeasureReading read_measure(const Instrument& instrument, const Measure& measure, const Sums& sums) {
  MeasureReading out;
  out.measure = &measure;
  out.respondents = sums.records();
  const auto* first = measure.items.empty() ? nullptr : instrument.find(measure.items.front());
  switch (measure.kind) {
    case MeasureKind::Rating:
      require(first != nullptr, "a rating names its item");
      out.rating = read_rating(*first, sums.of(first->key));
      break;
    case MeasureKind::Skm:
      out.skm = read_skm(instrument, measure, sums);
      break;
    case MeasureKind::Share:
      out.share = read_share(instrument, measure, sums);
      break;
    case MeasureKind::Ratio:
      out.share = read_ratio(instrument, measure, sums);
      break;
    case MeasureKind::Sum:
      require(first != nullptr, "a sum names its item");
      out.total = total_of(*first, sums.of(first->key));
      out.reports = values_of(sums.of(first->key)).n;
      break;
    case MeasureKind::Duration:
      require(first != nullptr, "a duration names its item");
      out.duration = read_duration(*first, sums.of(first->key));
      out.share = read_within(*first, measure, sums);
      break;
  }
  return out;
}

std::optional<bool> meets_target(const MeasureReading& reading) {
  const auto& measure = *reading.measure;
  const auto better = better_of(measure);
  const auto order = measure.target && better != Better::Neither ? compare_with(reading, *measure.target) : std::nullopt;
  if (!order) return {};
  return better == Better::Lower ? *order <= 0 : *order >= 0;
}

bool is_cumulative(const Instrument& instrument, const Measure& measure) {
  if (measure.kind != MeasureKind::Ratio || measure.numerator.empty()) return false;
  const auto* numerator = instrument.find(measure.numerator);
  const auto* denominator = instrument.find(measure.denominator);
  require(numerator != nullptr && denominator != nullptr, "a measure names items of its instrument");
  return denominator->aggregation == Aggregation::YearlyTarget && !is_kept(numerator->aggregation);
}

bool rests_on_reports(const Instrument& instrument, const Measure& measure) {
  const auto is_report = [&](const std::string& key) {
    const auto* item = key.empty() ? nullptr : instrument.find(key);
    return item != nullptr && is_kept(item->aggregation);
  };
  return std::ranges::any_of(measure.items, is_report) || is_report(measure.numerator) || is_report(measure.denominator);
}

std::string breakdown_key(std::string_view item_key, std::string_view by_item_key, std::string_view option_key) {
  return std::string(item_key) + "@" + std::string(by_item_key) + "=" + std::string(option_key);
}

}  // namespace pilar
