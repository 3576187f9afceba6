#pragma once
#include <optional>
#include <vector>

#include "app/indicator.h"
#include "app/integrity.h"
#include "app/result.h"

// The parts of looking at a facility's month; nothing else includes it.
namespace pilar::app::integrity {

/// What is looked at.
struct Subject {
  Context& context;
  const Scope& scope;
  const Reference& reference;
  const Node& node;
  const KamusView& kamus;
  Month month{}, running{};

  bool is_over() const { return month < running; }
};

/// Which good way a measure's share has, and where its target lies: cases counted so that more is better.
struct Goal {
  bool flipped = false;
  std::optional<double> target{};  ///< in (0,1], that of the facility where it has its own

  math::Share of(const Share& share) const;
};
/// Empty of what is no share, or has no good way.
std::optional<Goal> goal_of(const Subject& subject, const InstalledVersion& version, const Measure& measure);

/// MonthEnd, JustOver, OverDenominator, TooGood: of the measures of one instrument.
void look_at_measures(const Subject& subject, const InstalledVersion& version, std::vector<FoundSign>& out);
/// CopiedMonth, RoundNumbers, Unusual: of the figures that the cells of one instrument hold.
void look_at_figures(const Subject& subject, const InstalledVersion& version, std::vector<FoundSign>& out);
/// Speed, Seconds, Duplicates, Rule, RoundNumbers: of the month's records of one instrument, at most `left` of them; returns how many it
/// looked at.
std::int64_t look_at_records(const Subject& subject, const InstalledVersion& version, std::int64_t left, std::vector<FoundSign>& out);

}  // namespace pilar::app::integrity
