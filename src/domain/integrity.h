#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "domain/instrument.h"
#include "domain/usual.h"
#include "i18n/named.h"
#include "math/two_proportions.h"

/// Signs that figures were not found but made: pure detectors, each with its evidence and how often chance alone would show as much.
/// A sign is no proof. Thresholds are chosen so that clean months are left alone: tests/unit/integrity_clean_test.cpp counts.
namespace pilar {

enum class SignKind : std::uint8_t {
  MonthEnd,         ///< below the target until the last days, which carry it just over
  JustOver,         ///< many months just over the target, few just under it
  Speed,            ///< more cases in an hour than one person can see
  Seconds,          ///< forms filled in faster than they can be read
  CopiedMonth,      ///< the figures of another month again
  RoundNumbers,     ///< figures that end in 0 or 5
  Duplicates,       ///< the same answers again and again on one day at one unit
  OverDenominator,  ///< more cases than there can be
  TooGood,          ///< exactly 100 per cent month after month
  Unusual,          ///< a figure unlike the months before: ten times, a tenth, digits changed round, far away
  Rule              ///< a validation rule of the instrument is broken
};
enum class Severity : std::uint8_t { High, Middle, Low };

std::span<const NamedValue<SignKind>> sign_kinds();  ///< keys for addresses and files: "akhir-bulan"
std::span<const NamedValue<Severity>> severities();

/// What a detector found.
struct Sign {
  Severity severity = Severity::Middle;
  double chance = 1;  ///< expected number of signs as strong among what was looked at, if nothing is wrong; at most 1
};

/// One day's share of a measure.
struct DayShare {
  Day day;
  math::Share share{};
};
/// The measure stood below its target until the last kLastDays days of the month, and these carry it to at most kJustOver above.
struct MonthEndSign {
  Sign sign{};
  math::Share before{}, last{};
};
inline constexpr std::int32_t kLastDays = 3;
inline constexpr double kJustOver = 0.05;
/// `days` of one month in any order; `target` in (0,1), reached from below: of a measure where less is better, count the other cases.
/// Fisher's exact test, one-sided, of the last days against those before. Sign from 1 in 200 on, high from 1 in 5,000.
std::optional<MonthEndSign> find_month_end(std::span<const DayShare> days, Month month, double target);

/// Months within kNearTarget above the target and below it.
struct JustOverSign {
  Sign sign{};
  std::int64_t over = 0, under = 0;
};
inline constexpr double kNearTarget = 0.02;
/// Caliper test: just over and just under are equally likely, so the months over are binomial with 1/2. Low, from 1 in 1,000 on.
/// Source: Gerber and Malhotra (2008), Quarterly Journal of Political Science 3:313-326. `shares` in [0,1], one a month.
std::optional<JustOverSign> find_just_over(std::span<const double> shares, double target);

/// When a case was seen, and where.
struct CaseMoment {
  UnitKey unit;
  Instant at;
};
struct SpeedSign {
  Sign sign{};
  UnitKey unit;
  Instant hour;  ///< its beginning
  std::int64_t cases = 0;
};
/// 60 minutes at a minute and a half a case; from a case a minute on it is high.
inline constexpr std::int64_t kCasesAnHour = 40, kCasesAMinute = 60;
/// The busiest impossible hour of each unit, by unit. Hours in which all cases bear fewer than kFewestMinutes different minutes are left
/// out: there the time of the case was not known. Hours are those of UTC.
std::vector<SpeedSign> find_speed(std::span<const CaseMoment> cases);
inline constexpr std::size_t kFewestMinutes = 5;

/// A form from its opening to its sending.
struct FilledForm {
  UnitKey unit;
  std::int64_t micros = 0;
  std::size_t answered = 0;  ///< questions answered by hand
};
struct SecondsSign {
  Sign sign{};
  UnitKey unit;
  std::int64_t quick = 0, all = 0;  ///< forms too quick to have been read, of all that were timed
  double median_seconds = 0;        ///< of the quick ones
};
/// Faster than a second an answer, of forms with at least kFewestAnswers. By unit; at least kFewestQuick quick forms that are a fifth of
/// all; high from half on.
/// Source: Zhang and Conrad (2014), Survey Research Methods 8:127-135 (300 ms a word; no question has fewer than four words).
std::vector<SecondsSign> find_seconds(std::span<const FilledForm> forms);
inline constexpr std::size_t kFewestAnswers = 4;
inline constexpr std::int64_t kFewestQuick = 5;

/// The figures of one month, the same ones in the same order every month.
struct MonthFigures {
  Month month;
  std::vector<double> figures{};
};
struct CopySign {
  Sign sign{};
  Month like;                ///< whose figures it has
  std::size_t figures = 0;   ///< that are the same and could well have differed
};
/// Whether the figures of `month` are those of an earlier one. Each figure agrees with the chance math::agreement of its variance about
/// its own level (math::successive_variance); the chances multiply, times the months compared. At least kFewestFigures that agree with
/// less than one half. Sign from 1 in 1,000 on, high from 1 in 10,000. `months` in their order.
std::optional<CopySign> find_copy(std::span<const MonthFigures> months, Month month);
inline constexpr std::size_t kFewestFigures = 3, kFewestMonths = 6;

struct RoundSign {
  Sign sign{};
  std::int64_t round = 0, n = 0;
  bool uneven = false;  ///< found by the other digits, not by 0 and 5
};
/// Whether figures vary enough for their last digit to be anybody's guess: a standard deviation of kLeastDigitSpread. Below it a figure
/// that is always near 50 ends in 0 by itself. (Of a normal law with that spread no last digit is likelier than 10.2 per cent.)
bool has_free_digits(std::span<const std::int64_t> figures);
inline constexpr double kLeastDigitSpread = 5;
/// Exact binomial test of 0 and 5, chi-square of all digits from 50 figures on (math::last_digits); at least kFewestDigits figures. Middle
/// from 1 in 10,000 on, high from 1 in 1,000,000; uneven digits are never more than middle. The chances are multiplied by `looked`: how
/// many items are looked at. `figures` have free digits, each place's by themselves.
std::optional<RoundSign> find_round(std::span<const std::int64_t> figures, std::size_t looked);
inline constexpr std::int64_t kFewestDigits = 15;

/// The answers of a record as a number that is the same for the same answers.
struct AnswerPattern {
  UnitKey unit;
  Day day;
  std::uint64_t pattern = 0;
};
struct DuplicateSign {
  Sign sign{};
  UnitKey unit;
  Day day;
  std::uint64_t pattern = 0;
  std::int64_t same = 0, all = 0;  ///< of the unit's day
};
/// Units' days on which one pattern comes at least kFewestSame times and too often for its share of the other records of the month
/// (smoothed by one for each pattern; at least kFewestOthers of them): binomial, times the units' days looked at. Middle from 1 in 10,000
/// on, high from 1 in 100 million. By day and unit.
std::vector<DuplicateSign> find_duplicates(std::span<const AnswerPattern> records);
inline constexpr std::int64_t kFewestSame = 6, kFewestOthers = 10;

/// More cases than the denominator has. Of a share of the same cases that cannot be and is high; of a coverage that accumulates over a
/// target of the year it may be a target that is too low: middle, high from one and a half times on.
std::optional<Sign> find_over(math::Share share, bool accumulates);

struct TooGoodSign {
  Sign sign{};
  std::size_t months = 0;
  std::int64_t cases = 0;
};
/// `months` end with the one looked at; those without cases are left out. At least kFewestPerfect months in a row without a single failure
/// among so many cases that even a place half-way between the target and 100 per cent (95 at least, 98 without a target) shows this less
/// than once in 1,000; high from once in 10^9. Where the target is 100 per cent, exactly that is asked for and nothing is said.
std::optional<TooGoodSign> find_too_good(std::span<const math::Share> months, std::optional<double> target);
inline constexpr std::size_t kFewestPerfect = 6;

/// How serious an odd figure is: middle for a slip of digits, low for one that is merely far from usual.
Severity severity_of(Oddness oddness);
Severity severity_of(Importance importance);

}  // namespace pilar
