#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "domain/control.h"
#include "domain/indicator.h"

/// What is laid down on a control chart: events on its time line, a frozen baseline, and where new lines begin.
namespace pilar {

enum class ChartMarkKind : std::uint8_t { Action = 1, Audit, Incident, Document, Other, Baseline, Rebase };
std::span<const NamedValue<ChartMarkKind>> chart_mark_kinds();
/// An event on the time line; else it decides the lines.
bool is_event(ChartMarkKind kind);

/// One mark on the charts of a measure at a facility, or at one unit of it.
struct ChartMark {
  std::int32_t number = 0;  ///< within the facility; 0 while it is new
  UnitKey unit{};           ///< 0: of the chart of the whole facility
  std::string formula{};    ///< "instrument/measure"
  ChartMarkKind kind = ChartMarkKind::Action;
  Day day{};                       ///< of the event; of the others the first day of their first month
  std::optional<Month> to{};       ///< Baseline: its last month
  std::string text{}, link{};      ///< what happened, or why; an address with more, perhaps empty
  std::int32_t action = 0;         ///< Rebase: the number of the action that changed the process
  friend bool operator==(const ChartMark&, const ChartMark&) = default;
};
inline constexpr std::size_t kLongestMark = 300;

/// What forbids it, each beside its field: `day`, `to`, `text`, `link`, `action`. `others`: the marks that stand on the same chart.
Problems check_chart_mark(const ChartMark& mark, std::span<const ChartMark> others, Day today);

/// A later version of an indicator's profile, from its first day on.
struct ProfileBreak {
  std::string formula{};
  Day day{};
  int version = 2;
  Words title{};
  bool new_meaning = false;  ///< what is counted has changed: the lines begin anew
};
/// Whether values of the two profiles count something else: another formula, definition, numerator, denominator, or who is in or out.
bool changes_meaning(const Indicator& before, const Indicator& after);

/// Everything laid down on the charts of an instrument at a place.
struct ChartMarks {
  std::vector<ChartMark> marks{};  ///< by day
  std::vector<ProfileBreak> breaks{};

  /// The marks of this measure's chart.
  std::vector<ChartMark> of(std::string_view formula) const;
  std::vector<ProfileBreak> breaks_of(std::string_view formula) const;
  /// What they decide about its lines.
  ControlChoice choice(std::string_view formula) const;
};

/// Those of `all` that belong on the chart of this unit (0: of the whole facility): events of the whole facility too, but lines of its
/// own only.
std::vector<ChartMark> marks_for(std::span<const ChartMark> all, UnitKey unit);

}  // namespace pilar
