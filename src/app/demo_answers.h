#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "app/record.h"
#include "app/reference.h"

/// The made-up answers of the demonstration: pure functions of a seed and a place.
namespace pilar::app::demo {

/// SplitMix64 (Steele, Lea, Flood 2014): the same sequence on every machine, unlike the standard library's distributions.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::int64_t between(std::int64_t low, std::int64_t high);  ///< both included
  bool chance(int percent) { return between(1, 100) <= percent; }

 private:
  std::uint64_t state_;
};

/// What a facility is like.
struct Character {
  std::string_view name, code, type;
  std::vector<std::string_view> units;
  int answers = 30;          ///< KESSAN answers a month
  int visits = 400;          ///< outpatient visits a month
  int stays = 0;             ///< inpatient stays a month
  int good = 75;             ///< percent of ratings 4 and 5
  int good_later = 75;       ///< the same in the last `kLater` months
  int dip_month = -1;        ///< months ago in which it was much worse; -1: never
  int missing_visits = -1;   ///< months ago whose visits nobody wrote down; -1: never
};
inline constexpr int kMonths = 14, kLater = 7;

const std::vector<Character>& characters();

/// Answers that have passed check_answers, like everybody's.
Answers kessan_answers(const Instrument& form, const Character& facility, int months_ago, Day day, Dice& dice);
Answers skm_answers(const Instrument& form, const Character& facility, int months_ago, Day day, Dice& dice);
Answers visit_answers(const Instrument& form, const Character& facility, std::size_t unit, Day day, Dice& dice);

}  // namespace pilar::app::demo
