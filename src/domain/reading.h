#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "domain/cell.h"
#include "domain/instrument.h"
#include "domain/series.h"
#include "math/interval.h"
#include "math/skm.h"

namespace pilar {

/// Cells of one instrument summed over some place and period, by series key and bucket.
class Sums {
 public:
  using Buckets = std::map<std::int32_t, Cell>;
  void add(std::string_view series_key, std::int32_t bucket, const Cell& cell);
  const Buckets& of(std::string_view series_key) const;
  /// What accumulated from the first day of the year to the end of the period: the numerator of a yearly target.
  void add_year(std::string_view series_key, const Cell& cell);
  const Cell& year_of(std::string_view series_key) const;
  std::int64_t records() const;  ///< n of the series kRecords
  bool empty() const { return series_.empty(); }

 private:
  std::map<std::string, Buckets, std::less<>> series_;
  std::map<std::string, Cell, std::less<>> year_;
};

/// A share with its denominator: percentages exist only where they are shown.
struct Share {
  std::int64_t numerator = 0, denominator = 0;
  std::optional<double> value() const;               ///< empty when nothing was counted
  std::optional<math::Interval> interval() const;    ///< 95 % Wilson, in [0,1]; only where 0 <= numerator <= denominator
};

/// How one item was answered. Each answer stands in exactly one of the counts.
struct ItemReading {
  std::size_t item = 0;                               ///< index in the instrument
  std::map<std::int32_t, std::int64_t> options{};     ///< answers per option code, those that mean "not applicable" left out
  std::int64_t not_applicable = 0, not_observed = 0;
  std::int64_t answered = 0;                          ///< the denominator: sum of options
  std::optional<double> mean{};                       ///< of codes, for scales; of values, for numbers
  std::optional<Decimal> total{};                     ///< of values, for numbers
};

struct RatingReading {
  std::int64_t n = 0;
  std::optional<double> mean{};                 ///< on the item's scale
  std::optional<double> sd{};                   ///< of the ratings, divisor n - 1; needs n >= 2
  std::optional<math::Interval> interval{};     ///< 95 % t interval of the mean, clipped to the scale; needs n >= 2
  Share top_two;                                ///< answers in the two highest options
};

/// What is known of durations, in the item's own unit.
struct DurationReading {
  std::int64_t n = 0;
  std::optional<double> median{}, p90{};  ///< from logarithmic bins: within 1.1 % (bins.h)
  std::optional<double> mean{};           ///< exact
};

struct MeasureReading {
  const Measure* measure = nullptr;
  RatingReading rating{};              ///< Rating
  std::optional<math::Skm> skm{};      ///< Skm; unsur in the order of measure->items
  std::int64_t respondents = 0;        ///< records behind it
  Share share{};  ///< Share: all items together; Ratio: numerator and denominator (whole numbers); Duration: within the limit
  DurationReading duration{};  ///< Duration
  std::optional<Decimal> total{};  ///< Sum; empty when nothing was entered
  std::int64_t reports = 0;  ///< Sum: numbers behind it; of a state or a yearly target, the units that reported
};

ItemReading read_item(const Instrument& instrument, std::size_t item, const Sums& sums);
/// The same of a breakdown series such as "nilai@penjamin=jkn".
ItemReading read_item(const Instrument& instrument, std::size_t item, const Sums& sums, std::string_view series_key);
MeasureReading read_measure(const Instrument& instrument, const Measure& measure, const Sums& sums);
/// Whether the value is at the measure's target or on the good side of it, compared before any rounding; empty without a target or a
/// value, and where no way is the good one.
std::optional<bool> meets_target(const MeasureReading& reading);
/// Whether the numerator accumulates through the year: a ratio of a flow over a yearly target.
bool is_cumulative(const Instrument& instrument, const Measure& measure);
/// Whether a part of it stands in reports that replace each other: it cannot be added up from days or over months.
bool rests_on_reports(const Instrument& instrument, const Measure& measure);
/// The rating of a breakdown: the measure's item counted only where the Choice item has the option.
std::string breakdown_key(std::string_view item_key, std::string_view by_item_key, std::string_view option_key);

}  // namespace pilar
