#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "domain/control.h"
#include "domain/reading.h"
#include "math/spc.h"

/// Rare events: the distance from one to the next says more than their count a month.
namespace pilar {

/// What happened on one day.
struct EventDay {
  Day day{};
  std::int64_t events = 0, cases = 0;  ///< cases: those without an event too; 0 where there is no denominator
};

/// Whether the measure counts events, and which: of a share the side that is not wanted (the numerator where more is not better), of a
/// sum its total.
bool has_events(const Measure& measure);
/// Charts of distances that are sound for it: g and t of shares, t of sums.
std::span<const math::SpcChart> gap_kinds(const Measure& measure);
/// The day's events; empty where the reading has none, or is no whole number of them.
std::optional<EventDay> event_day(Day day, const MeasureReading& reading);

/// From one day with an event to the next one. Several events of a day are one: their order is not known.
struct EventGap {
  Day day{};               ///< of the event that ends it; of the open one the day it was read
  std::int64_t cases = 0;  ///< without an event, from the day after the last event to the end of this day
  std::int32_t days = 0;   ///< from event to event, at least 1
  bool open = false;       ///< no event yet
};
/// The distances between the days with an event, which are in their order; the one up to `today` is open. What lies before the first
/// event has no beginning and is left out.
std::vector<EventGap> event_gaps(std::span<const EventDay> days, Day today);

/// Distances as a chart judges them. Longer is better where the measure has a good way.
struct GapChart {
  enum class Turn : std::uint8_t { TooShort, Ordinary, Longer, Shorter };
  math::SpcChart kind = math::SpcChart::G;
  math::SpcRules rules = math::SpcRules::Nhs;
  std::vector<EventGap> gaps{};
  math::Spc chart{};          ///< one point a gap
  std::size_t closed = 0;     ///< gaps that have ended
  std::size_t since_start = 0;     ///< of them, since the lines in force began
  std::optional<Month> start{};    ///< where a later phase began; empty: the lines are the first ones
  std::size_t baseline = 0;        ///< of how many gaps the lines in force come
  bool frozen = false;             ///< by the facility, not by the first gaps alone
  bool frozen_too_small = false;   ///< frozen months of the lines in force hold fewer than kSpcFewest gaps: they decide nothing
  Turn turn = Turn::TooShort;
  std::optional<Day> since{};  ///< the first day of the signals that lead up to the last one

  /// Whether the gap has ended and stands in a phase of at least kSpcFewest that have.
  bool is_judged(std::size_t gap) const;
};
/// Limits from the first kSpcFewest gaps of a phase, unless the facility froze months in which as many ended; fewer are drawn without a
/// verdict. New lines begin with the first gap that begins in their month or later: one that spans the change belongs to what was
/// before. Of `choice` the kind is not read. `kind` is G or T.
GapChart gap_chart(math::SpcChart kind, const Measure& measure, std::vector<EventGap> gaps, const ControlChoice& choice);

}  // namespace pilar
