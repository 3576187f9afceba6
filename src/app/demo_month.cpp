#include "app/demo_month.h"

#include <algorithm>
#include <array>

#include "app/demo_faults.h"
#include "app/demo_observations.h"
#include "app/demo_own_indicators.h"
#include "app/demo_visits.h"
#include "app/demo_yearly.h"

namespace pilar::app::demo {
namespace {

constexpr int kSkmAnswers = 40;
/// Percent of a usual month, January first.
constexpr std::array<int, 12> kYear{105, 100, 94, 91, 100, 98, 96, 100, 102, 104, 105, 95};

class MonthWriter {
 public:
  MonthWriter(const Chapter& chapter, const Reference& reference)
      : chapter_(chapter),
        character_(chapter.character),
        reference_(reference),
        dice_(static_cast<std::uint64_t>(chapter.facility.value) * 1'000'003U +
              static_cast<std::uint64_t>(month_of(chapter.days.from).value)),
        calendar_(chapter) {}

  std::vector<NewRecord> write() {
    write_kessan();
    if (month_of(chapter_.days.from).value % 3 == 2) write_skm();
    write_visits();
    std::ranges::move(registers_of(chapter_, reference_, calendar_, served_), std::back_inserter(records_));
    std::ranges::move(spm_records_of(chapter_, reference_), std::back_inserter(records_));
    std::ranges::move(observations_of(chapter_, reference_, calendar_), std::back_inserter(records_));
    std::ranges::move(daily_counts_of(chapter_, reference_), std::back_inserter(records_));
    std::ranges::move(quality_review_of(chapter_, reference_), std::back_inserter(records_));
    std::ranges::move(faults_of(chapter_, reference_, calendar_), std::back_inserter(records_));
    return std::move(records_);
  }

 private:
  /// The running month has only its share yet.
  int so_far(int of_a_month) const {
    const auto whole = period_of(month_of(chapter_.days.from));
    return of_a_month * (chapter_.days.to.value - chapter_.days.from.value) / (whole.to.value - whole.from.value);
  }

  static int seasonal(int usual, Month month) { return usual * kYear.at(static_cast<std::size_t>(month.value % 12)) / 100; }
  int seasonal(int usual) const { return seasonal(usual, month_of(chapter_.days.from)); }

  Day draw_day() { return calendar_.draw_day(dice_); }

  /// Not later than now.
  Instant draw_time(Day day) {
    const auto hour = calendar_.draw_hour(dice_);
    return std::min(moment_of(day, std::int64_t{hour} * 60 + dice_.between(0, 59)), chapter_.now);
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
    if (chapter_.months_ago == 0) {
      served_ = {so_far(seasonal(character_.visits)), so_far(character_.stays)};
      return;
    }
    const bool odd = chapter_.months_ago == kOddMonth;
    if (odd && character_.story == Story::NotFilled) return;
    const auto& version = *reference_.latest("kunjungan-bulanan");
    const Day last{chapter_.days.to.value - 1};
    const auto weights = unit_weights(character_);
    std::int64_t all = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
      if (!is_ward(i)) all += weights[i];
    const auto month = reported_month();
    auto copied = Dice(static_cast<std::uint64_t>(chapter_.facility.value) * 3'000'017U + static_cast<std::uint64_t>(month.value));
    auto& dice = is_copied() ? copied : dice_;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      auto visits = is_ward(i) ? std::int64_t{0} : std::int64_t{seasonal(character_.visits, month)} * weights[i] / all;
      if (!is_ward(i) && visits > 30) visits += dice.between(-visits / 14, visits / 14);
      const auto stays = is_ward(i) ? character_.stays + dice.between(-character_.stays / 9, character_.stays / 9) : 0;
      served_.visits += visits;
      served_.stays += stays;
      add(version, i, last, visit_answers(version.form, written_down(visits), stays, last));
    }
  }

  /// The month whose visits were copied, and the one they were copied into.
  bool is_copied() const {
    return character_.story == Story::CopiedMonth && (chapter_.months_ago == kFaultMonth || chapter_.months_ago == kFaultMonth + 1);
  }
  Month reported_month() const {
    return {month_of(chapter_.days.from).value - (is_copied() && chapter_.months_ago == kFaultMonth ? 1 : 0)};
  }

  std::int64_t written_down(std::int64_t visits) const {
    if (chapter_.months_ago == kOddMonth && character_.story == Story::Mistyped) return visits / 10;
    return character_.story == Story::RoundNumbers ? (visits + 5) / 10 * 10 : visits;
  }

  bool is_ward(std::size_t unit) const { return character_.units[unit] == "Rawat Inap"; }

  const Chapter& chapter_;
  const Character& character_;
  const Reference& reference_;
  Dice dice_;
  Calendar calendar_;
  Served served_{};
  std::vector<NewRecord> records_;
};

}  // namespace

std::vector<NewRecord> records_of(const Chapter& chapter, const Reference& reference) { return MonthWriter(chapter, reference).write(); }

}  // namespace pilar::app::demo
