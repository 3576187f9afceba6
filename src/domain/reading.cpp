#include "domain/reading.h"

#include <algorithm>
#include <cmath>

#include "math/distribution.h"
#include "math/proportion.h"

namespace pilar {
namespace {

constexpr double kLevel = 0.95;

/// Exact total of a numeric item's cells.
std::optional<Decimal> total_of(const Item& item, const Sums::Buckets& buckets) {
  const auto at = buckets.find(0);
  if (at == buckets.end() || at->second.n == 0) return {};
  return Decimal::make(at->second.sum, item.digits);
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

/// t interval of a mean from exact sums, clipped to [low, high].
std::optional<math::Interval> mean_interval(const Cell& cell, double low, double high) {
  if (cell.n < 2) return {};
  const auto n = static_cast<double>(cell.n);
  // n * sumsq - sum^2 is exact, so that equal answers give a variance of exactly 0.
  const auto spread = static_cast<Int128>(cell.n) * cell.sumsq() - static_cast<Int128>(cell.sum) * cell.sum;
  const double variance = static_cast<double>(spread) / (n * (n - 1));
  const double mean = static_cast<double>(cell.sum) / n;
  const double half = math::t_quantile(0.5 + kLevel / 2, n - 1) * std::sqrt(variance / n);
  return math::Interval{std::max(low, mean - half), std::min(high, mean + half)};
}

RatingReading read_rating(const Item& item, const Sums::Buckets& buckets) {
  const auto all = counted_options(item, buckets);
  RatingReading out;
  out.n = all.n;
  out.mean = mean_of(all, 0);
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

std::int64_t sum_of(const Sums& sums, std::string_view key) {
  const auto& buckets = sums.of(key);
  const auto at = buckets.find(0);
  return at == buckets.end() ? 0 : at->second.sum;
}

Share read_ratio(const Measure& measure, const Sums& sums) {
  Share share{sum_of(sums, measure.numerator), sum_of(sums, measure.denominator)};
  if (measure.complement) share.numerator = share.denominator - share.numerator;
  return share;
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
  } else if (const auto at = buckets.find(item.kind == ItemKind::Multiple ? kBucketAnswered : 0); at != buckets.end()) {
    out.answered = at->second.n;
    if (is_numeric(item.kind)) out.mean = mean_of(at->second, item.digits);
  }
  if (is_numeric(item.kind)) out.total = total_of(item, buckets);
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
      out.share = read_ratio(measure, sums);
      break;
    case MeasureKind::Sum:
      require(first != nullptr, "a sum names its item");
      out.total = total_of(*first, sums.of(first->key));
      break;
  }
  return out;
}

std::string breakdown_key(std::string_view item_key, std::string_view by_item_key, std::string_view option_key) {
  return std::string(item_key) + "@" + std::string(by_item_key) + "=" + std::string(option_key);
}

}  // namespace pilar
