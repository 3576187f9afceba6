#include "app/demo_calendar.h"

#include <algorithm>
#include <array>

namespace pilar::app::demo {
namespace {

constexpr std::int64_t kMinuteMicros = 60LL * 1'000'000;
/// Sunday first: Mondays are the fullest; Sundays belong to whoever is open all week.
constexpr std::array<int, 7> kWeek{0, 27, 20, 18, 17, 14, 8}, kWholeWeek{6, 24, 18, 17, 16, 13, 9};
/// By hour of the day, from 07: the queue is longest between nine and ten; small practices open again in the evening.
constexpr std::array<int, 14> kMorning{6, 20, 26, 20, 13, 8, 5, 2, 0, 0, 0, 0, 0, 0},
    kTwice{0, 12, 16, 12, 8, 4, 0, 0, 0, 4, 14, 18, 10, 2};
/// Per cent of an ordinary queue in those hours: it grows behind the arrivals.
constexpr std::array<int, 14> kMorningCrowd{60, 100, 145, 150, 110, 80, 60, 50, 50, 50, 50, 50, 50, 50},
    kTwiceCrowd{50, 80, 110, 110, 80, 60, 50, 50, 50, 60, 100, 130, 110, 60};
constexpr int kFirstHour = 7;

std::size_t weekday_of(Day day) { return static_cast<std::size_t>((day.value + 4) % 7); }  // 1970-01-01 was a Thursday

}  // namespace

Calendar::Calendar(const Chapter& chapter)
    : first_(chapter.days.from),
      whole_week_(chapter.character.type == "rs"),
      two_sessions_(chapter.character.type.starts_with("klinik") || chapter.character.type.starts_with("praktik")) {
  for (auto day = chapter.days.from; day < chapter.days.to; ++day.value)
    day_weights_.push_back((whole_week_ ? kWholeWeek : kWeek).at(weekday_of(day)));
  // The first of a month may be a Sunday, and today.
  if (std::ranges::all_of(day_weights_, [](int weight) { return weight == 0; })) std::ranges::fill(day_weights_, 1);
}

Day Calendar::draw_day(Dice& dice) const { return {first_.value + static_cast<std::int32_t>(dice.pick(day_weights_))}; }

int Calendar::draw_hour(Dice& dice) const { return kFirstHour + static_cast<int>(dice.pick(two_sessions_ ? kTwice : kMorning)); }

int Calendar::crowd(Day day, int hour) const {
  const auto at = static_cast<std::size_t>(std::clamp(hour - kFirstHour, 0, static_cast<int>(kMorningCrowd.size()) - 1));
  const auto usual = (two_sessions_ ? kTwiceCrowd : kMorningCrowd).at(at);
  return weekday_of(day) == 1 ? usual * 120 / 100 : usual;
}

bool Calendar::is_sunday(Day day) const { return weekday_of(day) == 0; }

Instant moment_of(Day day, std::int64_t minutes) { return {start_of(day, Zone::Wib).micros + minutes * kMinuteMicros}; }

Uuid draw_id(Instant at, Dice& dice) {
  Uuid id;
  auto millis = static_cast<std::uint64_t>(at.micros / 1000);
  for (int i = 5; i >= 0; --i, millis >>= 8U) id.bytes.at(static_cast<std::size_t>(i)) = static_cast<std::uint8_t>(millis);
  for (std::size_t i = 6; i < id.bytes.size(); ++i) id.bytes.at(i) = static_cast<std::uint8_t>(dice.next());
  id.bytes[6] = static_cast<std::uint8_t>(0x70U | (id.bytes[6] & 0x0FU));
  id.bytes[8] = static_cast<std::uint8_t>(0x80U | (id.bytes[8] & 0x3FU));
  return id;
}

}  // namespace pilar::app::demo
