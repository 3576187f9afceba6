#include "app/demo_month.h"

#include <algorithm>
#include <array>

#include "app/demo_answers.h"

namespace pilar::app::demo {
namespace {

constexpr std::int64_t kMinuteMicros = 60LL * 1'000'000;
constexpr int kSkmAnswers = 40;
/// Sunday first: Mondays are the fullest; Sundays belong to whoever is open all week.
constexpr std::array<int, 7> kWeek{0, 27, 20, 18, 17, 14, 8}, kWholeWeek{6, 24, 18, 17, 16, 13, 9};
/// By hour of the day, from 07: the queue is longest between nine and ten; small practices open again in the evening.
constexpr std::array<int, 14> kMorning{6, 20, 26, 20, 13, 8, 5, 2, 0, 0, 0, 0, 0, 0},
    kTwice{0, 12, 16, 12, 8, 4, 0, 0, 0, 4, 14, 18, 10, 2};
constexpr int kFirstHour = 7;
/// Percent of a usual month, January first.
constexpr std::array<int, 12> kYear{105, 100, 94, 91, 100, 98, 96, 100, 102, 104, 105, 95};

/// A version 7 UUID whose time is `at` and whose other bits come from the dice.
Uuid draw_id(Instant at, Dice& dice) {
  Uuid id;
  auto millis = static_cast<std::uint64_t>(at.micros / 1000);
  for (int i = 5; i >= 0; --i, millis >>= 8U) id.bytes.at(static_cast<std::size_t>(i)) = static_cast<std::uint8_t>(millis);
  for (std::size_t i = 6; i < id.bytes.size(); ++i) id.bytes.at(i) = static_cast<std::uint8_t>(dice.next());
  id.bytes[6] = static_cast<std::uint8_t>(0x70U | (id.bytes[6] & 0x0FU));
  id.bytes[8] = static_cast<std::uint8_t>(0x80U | (id.bytes[8] & 0x3FU));
  return id;
}

std::size_t weekday_of(Day day) { return static_cast<std::size_t>((day.value + 4) % 7); }  // 1970-01-01 was a Thursday

class MonthWriter {
 public:
  MonthWriter(const Chapter& chapter, const Reference& reference)
      : chapter_(chapter),
        character_(chapter.character),
        reference_(reference),
        dice_(static_cast<std::uint64_t>(chapter.facility.value) * 1'000'003U +
              static_cast<std::uint64_t>(month_of(chapter.days.from).value)),
        whole_week_(character_.type == "rs"),
        two_sessions_(character_.type.starts_with("klinik") || character_.type.starts_with("praktik")) {
    for (auto day = chapter.days.from; day < chapter.days.to; ++day.value)
      day_weights_.push_back((whole_week_ ? kWholeWeek : kWeek).at(weekday_of(day)));
    // The first of a month may be a Sunday, and today.
    if (std::ranges::all_of(day_weights_, [](int weight) { return weight == 0; })) std::ranges::fill(day_weights_, 1);
  }

  std::vector<NewRecord> write() {
    write_kessan();
    if (month_of(chapter_.days.from).value % 3 == 2) write_skm();
    write_visits();
    return std::move(records_);
  }

 private:
  /// The running month has only its share yet.
  int so_far(int of_a_month) const {
    const auto whole = period_of(month_of(chapter_.days.from));
    return of_a_month * (chapter_.days.to.value - chapter_.days.from.value) / (whole.to.value - whole.from.value);
  }

  int seasonal(int usual) const { return usual * kYear.at(static_cast<std::size_t>(month_of(chapter_.days.from).value % 12)) / 100; }

  Day draw_day() { return {chapter_.days.from.value + static_cast<std::int32_t>(dice_.pick(day_weights_))}; }

  /// Not later than now.
  Instant draw_time(Day day) {
    const auto hour = kFirstHour + static_cast<std::int64_t>(dice_.pick(two_sessions_ ? kTwice : kMorning));
    const Instant at{start_of(day, Zone::Wib).micros + (hour * 60 + dice_.between(0, 59)) * kMinuteMicros};
    return std::min(at, chapter_.now);
  }

  bool is_silent(std::string_view unit, Day day) const {
    const auto today = civil_day(chapter_.now, Zone::Wib);
    return unit == character_.silent_unit && day.value > today.value - kSilentDays;
  }

  /// A unit that answers on that day, by its weight.
  std::size_t draw_unit(Day day) {
    auto weights = unit_weights(character_);
    for (std::size_t i = 0; i < weights.size(); ++i)
      if (is_silent(character_.units[i], day)) weights[i] = 0;
    return dice_.pick(weights);
  }

  void add(const InstalledVersion& version, std::size_t unit, Day day, Answers answers) {
    const auto at = draw_time(day);
    const UnitKey key{static_cast<std::int32_t>(unit) + 1};
    records_.push_back({draw_id(at, dice_), chapter_.facility, key, version.version, at, Channel::Demo, std::move(answers)});
  }

  void write_kessan() {
    const auto& version = *reference_.latest("kessan");
    const auto month = seasonal(character_.answers) + static_cast<int>(dice_.between(-character_.answers / 16, character_.answers / 16));
    const auto count = so_far(month);
    for (const auto rating : draw_ratings(count, good_share(character_, chapter_.months_ago, count), dice_)) {
      const auto day = draw_day();
      const auto unit = draw_unit(day);
      const Person person{character_, chapter_.months_ago, day, rating, character_.units[unit] == "Rawat Inap"};
      add(version, unit, day, kessan_answers(version.form, person, dice_));
    }
  }

  void write_skm() {
    const auto& version = *reference_.latest("skm");
    const auto count = so_far(std::min(kSkmAnswers, character_.answers));
    const auto good = good_share(character_, chapter_.months_ago, count);
    for (const auto rating : draw_ratings(count, good, dice_)) {
      const auto day = draw_day();
      const auto unit = draw_unit(day);
      add(version, unit, day, skm_answers(version.form, {character_, chapter_.months_ago, day, rating}, good, dice_));
    }
  }

  /// Visits are written down when the month is over, dated on its last day; those of the units add up to the facility's.
  void write_visits() {
    if (chapter_.months_ago == 0) return;
    const bool odd = chapter_.months_ago == kOddMonth;
    if (odd && character_.story == Story::NotFilled) return;
    const auto& version = *reference_.latest("kunjungan-bulanan");
    const Day last{chapter_.days.to.value - 1};
    const auto weights = unit_weights(character_);
    std::int64_t all = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
      if (!is_ward(i)) all += weights[i];
    for (std::size_t i = 0; i < weights.size(); ++i) {
      auto visits = is_ward(i) ? std::int64_t{0} : std::int64_t{seasonal(character_.visits)} * weights[i] / all;
      if (!is_ward(i) && visits > 30) visits += dice_.between(-visits / 14, visits / 14);
      if (odd && character_.story == Story::Mistyped) visits /= 10;
      const auto stays = is_ward(i) ? character_.stays + dice_.between(-character_.stays / 9, character_.stays / 9) : 0;
      add(version, i, last, visit_answers(version.form, visits, stays, last));
    }
  }

  bool is_ward(std::size_t unit) const { return character_.units[unit] == "Rawat Inap"; }

  const Chapter& chapter_;
  const Character& character_;
  const Reference& reference_;
  Dice dice_;
  bool whole_week_, two_sessions_;
  std::vector<int> day_weights_;
  std::vector<NewRecord> records_;
};

}  // namespace

std::vector<NewRecord> records_of(const Chapter& chapter, const Reference& reference) { return MonthWriter(chapter, reference).write(); }

}  // namespace pilar::app::demo
