#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/indicator.h"
#include "domain/yearly.h"

/// The yearly targets (sasaran) of a facility and what was reached towards them.
namespace pilar::app {

/// Who set a number, and by what. `at` and `actor` say who entered it here.
struct YearlyOrigin {
  YearlyKind kind = YearlyKind::Projected;
  std::string set_by{}, source{};
  Instant at{};
  std::string actor{};
};

/// When a report speaks: its day and the minute within it, as report_cell keeps them.
struct ReportMoment {
  Day day{};
  std::int32_t minute = 0;
  auto operator<=>(const ReportMoment&) const = default;
};
/// "20768.1260", and back.
std::string text(const ReportMoment& moment);
std::optional<ReportMoment> parse_report_moment(std::string_view text);

/// One number that was set.
struct YearlyNumber {
  Decimal value{};
  ReportMoment moment{};
  std::optional<YearlyOrigin> origin{};  ///< empty: it came through the instrument's own form
  std::string form_source{};             ///< what a required text of that form says, for who may read records; may be empty
};

/// One sasaran that the facility needs, at one unit.
struct YearlyLine {
  const InstalledVersion* version = nullptr;
  const Item* item = nullptr;
  UnitKey unit{};               ///< 0: the whole facility
  const Unit* place = nullptr;  ///< null for the whole facility
  std::vector<YearlyNumber> numbers{};      ///< of the year, the one in force first
  std::optional<YearlyNumber> last_year{};  ///< what held at the end of the year before
  std::vector<Words> uses{};                ///< indicators and measures that cannot be computed without it

  bool is_missing() const { return numbers.empty(); }
  /// "spm/sasaran_balita/0": names the line in a form.
  std::string key() const;
};

/// A coverage at the end of a month.
struct CourseMonth {
  Month month{};
  bool running = false;                 ///< not over yet: shown, not judged
  std::optional<std::int64_t> reached{};  ///< in this month; empty: not collected
  bool any = false;                     ///< whether anything was collected since the beginning of the year
  int gaps = 0;                         ///< months before the end of this one, and it, that were not collected; the running one is none
  MeasureReading reading{};             ///< cumulative
  std::optional<double> expected{};     ///< expected_by() the end of this month; empty without a target
  std::optional<bool> on_the_way{};     ///< empty where there is no value, no target, or the month runs
};

/// A coverage through the year.
struct YearlyCourse {
  const InstalledVersion* version = nullptr;
  const KamusLine* line = nullptr;               ///< the indicator in use that it is; null: a measure of the instrument only
  std::unique_ptr<const Measure> measure{};      ///< with the indicator's title and the target in force
  bool has_target_number = false;                ///< whether a sasaran is there at all
  std::vector<CourseMonth> months{};             ///< from January to the running month, at most twelve; none of a year to come
  /// The last month with a value and a verdict; null where there is none.
  const CourseMonth* judged() const;
};

struct YearlyView {
  KamusView kamus{};
  int year = 1970;
  int running_year = 1970;  ///< a later one is planned: its numbers count from its first day on
  Instant as_of{};
  std::vector<YearlyLine> lines{};      ///< missing ones first, then by instrument, item and unit
  std::vector<YearlyCourse> courses{};  ///< of the lines' items, in the order of the instruments

  const Node& node() const { return *kamus.node; }
  std::size_t missing() const;
  /// Missing lines that last year had a number for.
  std::vector<const YearlyLine*> copyable() const;
};

struct YearlyQuery {
  FacilityKey facility{};
  int year = 1970;
  bool all = false;                ///< every sasaran of every instrument, needed or not
  std::vector<UnitKey> units{};    ///< these too, with or without numbers; else the whole facility where no unit has any
};
/// A year further back than this is not offered.
inline constexpr int kYearsBack = 4;
/// Problem: the year is not offered; from kYearsBack years ago to newest_yearly().
Result<void> check_yearly_year(int year, Day today);

/// A sasaran is needed where an indicator in use is computed over it, where the facility reported what was reached towards it in that
/// year, or where it had a number that year or the year before. A bounded number of statements: they grow with the instruments that
/// have yearly targets. Problems: those of read_kamus_of, a place that is no facility, a year that is not offered.
Result<YearlyView> read_yearly(Context& context, const Scope& scope, const YearlyQuery& query);

}  // namespace pilar::app
