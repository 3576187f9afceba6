#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "domain/reading.h"
#include "math/spc.h"

namespace pilar {

/// A month of one measure; `reading` is null where there is none.
struct ControlMonth {
  Month month;
  bool running = false;  ///< not over yet: without part in lines and rules
  const MeasureReading* reading = nullptr;
};

/// Both months included.
struct MonthRange {
  Month first, last;
  friend bool operator==(const MonthRange&, const MonthRange&) = default;
};

/// How a chart is drawn: as the reader wishes, and as the facility laid down.
struct ControlChoice {
  std::optional<math::SpcChart> kind{};  ///< one of control_kinds(); else the usual one
  math::SpcRules rules = math::SpcRules::Nhs;
  std::vector<MonthRange> baselines{};   ///< frozen: the lines of the phase in which one begins come from these months
  std::vector<Month> starts{};           ///< ascending: months from which on there are lines of their own
};

/// What another kind of chart, or more data, would do better.
enum class ControlAdvice : std::uint8_t {
  None,
  Dispersed,  ///< months differ by more than their counts explain: p' or u'
  Rare,       ///< fewer than one event a month: the distance between events says more
  Exceeds     ///< months above 100 % have no place on a p chart: u
};

/// What has become of a measure, month by month, as its control chart judges it.
struct Control {
  /// TooShort: too few months since the lines began; TooFew: most months have fewer than kControlCases cases; Yearly: it accumulates
  /// through the year and so rises by itself, which limits say nothing about.
  enum class Turn : std::uint8_t { TooShort, TooFew, Yearly, Ordinary, Better, Worse, Changed };

  math::SpcChart kind = math::SpcChart::I, usual = math::SpcChart::I;
  math::SpcRules rules = math::SpcRules::Nhs;
  math::Spc chart{};             ///< one point a month, the running one too; per cent for shares
  std::vector<double> n{};       ///< answers or cases of each month
  std::size_t months = 0;        ///< complete ones with a value
  std::size_t since_start = 0;   ///< of them, since the lines in force began
  std::optional<Month> start{};  ///< where a later phase began; empty: the lines are the first ones
  std::size_t baseline = 0;      ///< of how many months the lines in force come
  bool frozen = false;           ///< by the facility, not by the first months alone
  std::optional<Month> baseline_from{}, baseline_to{};
  std::size_t weak = 0;          ///< complete months with fewer than kControlCases cases: in the lines, never judged
  std::size_t exact = 0;         ///< complete months that are judged by the exact law alone
  std::optional<double> sigma_z{};  ///< Laney's factor of the lines in force, of shares
  ControlAdvice advice = ControlAdvice::None;
  std::optional<Month> last{};   ///< the last complete month with a value
  Turn turn = Turn::TooShort;    ///< of the last month that is judged
  std::optional<Month> since{};  ///< the first month of the signals that lead up to it; empty where it is ordinary
  std::size_t lasting = 0;       ///< for so many months with a value
  std::vector<Month> earlier{};  ///< other months with a signal
  std::size_t crossings = 0, crossings_min = 0;  ///< rules of Anhoej: where the line in force is crossed too rarely; else both 0

  bool is_judged() const { return turn != Turn::TooShort && turn != Turn::TooFew && turn != Turn::Yearly; }
};

/// Fewer complete months are shown without a verdict; so many of the first ones decide the lines of a longer series.
inline constexpr std::size_t kControlMonths = math::kSpcFewest;

/// A month with fewer cases is not judged by itself; where most are such, nothing is.
inline constexpr double kControlCases = 5;
/// Lines of fewer months are called rough.
inline constexpr std::size_t kControlSteady = 20;
/// From this factor of Laney on, p' is said to fit better than p: the limits would be half as wide again.
inline constexpr double kControlDispersed = 1.5;

/// The kinds of chart that are sound for the measure, the usual one first. Ratings are an x-bar chart of the answers' mean, single
/// shares and ratios a p chart, rates a u chart, shares over several questions a p' chart, because the answers of one person hang together;
/// indices, averages and sums are charts of individual values; a sum of events may be read as a c chart, a ratio that may exceed 100 % as a
/// u chart.
std::span<const math::SpcChart> control_kinds(const Measure& measure);
/// "p", "pp" ... as addresses and files spell the kinds and rules; empty for what is no such word.
std::string_view chart_key(math::SpcChart kind);
std::optional<math::SpcChart> parse_chart(std::string_view key);
std::string_view rules_key(math::SpcRules rules);
std::optional<math::SpcRules> parse_rules(std::string_view key);
std::span<const math::SpcRules> all_spc_rules();

/// The good way is better_of(measure). `months` are in their order. Where counts are small, p, u and c charts have exact limits
/// (kSpcFewestExpected). Each phase has its first kControlMonths months as baseline, unless the facility froze another.
Control control_of(const Measure& measure, std::span<const ControlMonth> months, const ControlChoice& choice = {});
/// What stands in its place for a measure that accumulates through the year (is_cumulative): no lines and no verdict.
Control yearly_control(const Measure& measure);

}  // namespace pilar
