#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/demo_places.h"
#include "app/reference.h"
#include "domain/record.h"

/// The made-up answers of the demonstration: pure functions of a seed and a place.
namespace pilar::app::demo {

/// SplitMix64 (Steele, Lea, Flood 2014): the same sequence on every machine, unlike the standard library's distributions.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::int64_t between(std::int64_t low, std::int64_t high);  ///< both included
  bool chance(int percent) { return between(1, 100) <= percent; }
  /// A position, each as likely as its weight says; at least one weight is above 0.
  std::size_t pick(std::span<const int> weights);
  /// Each as likely as the others; at least one.
  std::string one_of(std::span<const std::string_view> words);

 private:
  std::uint64_t state_;
};

/// Who answers, where and when.
struct Person {
  const Character& facility;
  int months_ago = 0;
  Day day;
  int rating = 4;          ///< 1 to 5: how the visit was as a whole
  bool is_staying = false;  ///< inpatient
};

/// So many ratings of 1 to 5 with this share of 4 and 5, in random order. The parts follow the share, so that no luck of the dice adds
/// to the wobble of the months.
std::vector<int> draw_ratings(int count, double good, Dice& dice);

/// The five moments for hand hygiene (WHO), as the instrument names them.
inline constexpr std::array<std::string_view, 5> kHandMoments{"sebelum_pasien", "sebelum_aseptik", "sesudah_cairan", "sesudah_pasien",
                                                              "sesudah_sekitar"};

/// Answers by the keys of their items, as somebody types them; one a key.
using Typed = std::vector<std::pair<std::string_view, std::string>>;

/// Answers that have passed check_answers, like everybody's.
Answers typed_answers(const Instrument& form, const Typed& fields, Day day);
Answers kessan_answers(const Instrument& form, const Person& person, Dice& dice);
Answers skm_answers(const Instrument& form, const Person& person, double good, Dice& dice);
/// `visits` and `stays` of one unit in one month.
Answers visit_answers(const Instrument& form, std::int64_t visits, std::int64_t stays, Day day);

}  // namespace pilar::app::demo
