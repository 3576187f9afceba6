#pragma once
#include <vector>

#include "app/demo_answers.h"
#include "base/id.h"
#include "base/time.h"

namespace pilar::app::demo {

/// One facility in one month.
struct Chapter {
  const Character& character;
  FacilityKey facility;
  int months_ago = 0;
  Period days;  ///< up to today
  Instant now;
  int one_in = 1;  ///< only one in so many visits is in the registers
};

/// When a facility is open in its month, and when people come.
class Calendar {
 public:
  explicit Calendar(const Chapter& chapter);

  /// Fuller after the weekend; Sundays only where somebody is there all week.
  Day draw_day(Dice& dice) const;
  /// The hour in which somebody comes, 0 to 23; the queue is longest between nine and ten.
  int draw_hour(Dice& dice) const;
  /// Per cent of an ordinary hour's queue.
  int crowd(Day day, int hour) const;
  bool is_sunday(Day day) const;

 private:
  Day first_;
  bool whole_week_, two_sessions_;
  std::vector<int> day_weights_{};
};

/// A moment of that day, so many minutes after midnight.
Instant moment_of(Day day, std::int64_t minutes);
/// A version 7 UUID whose time is `at` and whose other bits come from the dice.
Uuid draw_id(Instant at, Dice& dice);

}  // namespace pilar::app::demo
