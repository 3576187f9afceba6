#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

/// The made-up places of the demonstration and what is to be found at each of them.
namespace pilar::app::demo {

inline constexpr int kMonths = 24;
/// Melati opened its second counter and the queue from home this many months ago, and has been better since.
inline constexpr int kBetterSince = 8;
/// Kamboja has been getting worse for this many months.
inline constexpr int kWorseSince = 4;
/// The month ago that looks like a fall at Kenanga and is none, that Cempaka has not filled in, and in which Mawar mistyped its visits.
inline constexpr int kOddMonth = 1;
/// The month ago in which data was made (Story::MonthEnd and the following).
inline constexpr int kFaultMonth = 2;
/// No answer came from the silent unit for so many days.
inline constexpr int kSilentDays = 12;

enum class Story : std::uint8_t {
  None,
  Improvement,  ///< better since kBetterSince, with a cause that people name
  FalseAlarm,   ///< one month looks bad and lies within the limits
  Decline,      ///< worse for kWorseSince months
  NotFilled,    ///< one month's visits are missing
  Mistyped,     ///< one month's visits lack a digit, so that there are more answers than visits
  // Data that was made and not found, for the page about the soundness of data, in kFaultMonth:
  MonthEnd,      ///< hand hygiene reaches its target in the last three days
  Speed,         ///< seventy identifications within an hour
  CopiedMonth,   ///< the visits of the month before once more
  RoundNumbers,  ///< visits in tens, every month
  Duplicates,    ///< one answer of a participant two dozen times
  OverTarget,    ///< more women served than there are
  TooGood,       ///< hand hygiene without a single failure in 24 months
  BrokenRule     ///< more Prolanis members than are registered
};

/// What a facility is like.
struct Character {
  std::string_view name, code, type;
  std::vector<std::string_view> units;
  int answers = 30;               ///< KESSAN answers a month
  int visits = 400;               ///< outpatient visits a month
  int stays = 0;                  ///< inpatient stays a month
  int good = 80;                  ///< percent of ratings 4 and 5
  int waiting = 0, manner = 0;    ///< percentage points by which waiting times and the staff's manner are judged better
  Story story = Story::None;
  std::string_view silent_unit{};  ///< the unit without answers in the last kSilentDays; empty: none
};

/// 12 Puskesmas, 6 clinics, 2 practices, 2 hospitals; Puskesmas Melati first.
const std::vector<Character>& characters();

/// Share of ratings 4 and 5 among so many answers in that month, in 0..1. It wobbles as chance would, without ever going beyond it.
double good_share(const Character& facility, int months_ago, int answers);

/// How many of 100 visitors go to each unit.
std::vector<int> unit_weights(const Character& facility);

}  // namespace pilar::app::demo
