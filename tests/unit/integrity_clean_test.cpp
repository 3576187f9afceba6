#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <numbers>
#include <string>
#include <vector>

#include "domain/integrity.h"

namespace pilar::integrity_clean_test {
constexpr int kFacilities = 50, kLooked = 20, kEarlier = 23;  // 1,000 months, each with 23 before it

/// SplitMix64 (Steele, Lea, Flood 2014): the same months on every machine.
class CleanDice {
 public:
  explicit CleanDice(std::uint64_t seed) : state_(seed) {}
  double uniform() { return (static_cast<double>(next() >> 11U) + 0.5) / 9'007'199'254'740'992.0; }
  double normal() { return std::sqrt(-2 * std::log(uniform())) * std::cos(2 * std::numbers::pi * uniform()); }
  int below(int n) { return static_cast<int>(uniform() * n); }
  bool chance(double p) { return uniform() < p; }

 private:
  std::uint64_t next() {
    auto z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  std::uint64_t state_;
};

/// What is found where nothing is wrong.
struct FalseAlarms {
  std::map<std::string, int> all{}, high{};
  int figures = 0;

  void note(const char* what, const Sign& sign) {
    ++all[what];
    if (sign.severity == Severity::High) ++high[what];
  }
};

/// A facility that works as facilities do: a level of its own, seasons, ups and downs beyond chance, full Mondays, good and bad staff.
class CleanFacility {
 public:
  explicit CleanFacility(int number) : dice_(static_cast<std::uint64_t>(number) * 7'919U + 1U) {
    const auto units = 3 + dice_.below(4);
    for (int i = 0; i < units; ++i) usual_.push_back(20 + std::exp(3.2 + 2.2 * dice_.uniform()));
    compliance_ = 0.78 + 0.2 * dice_.uniform();
    observed_ = 20 + dice_.below(40);
    quality_ = 0.75 + 0.2 * dice_.uniform();
  }

  void live(FalseAlarms& found) {
    for (int i = 0; i < kEarlier + kLooked; ++i) {
      const Month month{24'000 + i};
      add_month(month);
      if (i >= kEarlier) look(month, found);
    }
  }

 private:
  double season(Month month) const { return 1 + 0.08 * std::sin(2 * std::numbers::pi * month.value / 12); }

  void add_month(Month month) {
    MonthFigures figures{month, {}};
    for (const auto usual : usual_) {
      const auto mean = usual * season(month) * std::exp(0.06 * dice_.normal());
      figures.figures.push_back(std::max(0.0, std::round(mean + std::sqrt(mean) * dice_.normal())));
    }
    figures_.push_back(std::move(figures));
    days_.clear();
    math::Share whole;
    const auto share = std::clamp(compliance_ + 0.02 * dice_.normal(), 0.0, 0.995);
    for (int left = observed_; left > 0; --left) {
      const math::Share one{dice_.chance(share) ? 1 : 0, 1};
      days_.push_back({{first_day(month).value + dice_.below(30)}, one});
      whole = {whole.x + one.x, whole.n + one.n};
    }
    shares_.push_back(whole);
  }

  void look(Month month, FalseAlarms& found) {
    constexpr double kTarget = 0.85;
    if (const auto one = find_month_end(days_, month, kTarget)) found.note("month end", one->sign);
    std::vector<double> parts;
    for (std::size_t i = shares_.size() - 24; i < shares_.size(); ++i)
      parts.push_back(static_cast<double>(shares_[i].x) / static_cast<double>(shares_[i].n));
    if (const auto one = find_just_over(parts, kTarget)) found.note("just over", one->sign);
    if (const auto one = find_too_good(std::span(shares_).last(24), kTarget)) found.note("too good", one->sign);
    if (const auto one = find_over(shares_.back(), false)) found.note("over denominator", *one);
    const auto window = std::span(figures_).last(24);
    if (const auto one = find_copy(window, month)) found.note("copied month", one->sign);
    look_at_figures(window, found);
    look_at_cases(month, found);
    look_at_answers(month, found);
  }

  void look_at_figures(std::span<const MonthFigures> window, FalseAlarms& found) {
    std::vector<std::int64_t> digits;
    for (std::size_t unit = 0; unit < usual_.size(); ++unit) {
      std::vector<std::int64_t> course;
      std::vector<double> earlier;
      for (const auto& month : window) {
        course.push_back(static_cast<std::int64_t>(month.figures[unit]));
        earlier.push_back(month.figures[unit]);
      }
      if (has_free_digits(course)) digits.insert(digits.end(), course.begin(), course.end());
      const auto now = earlier.back();
      earlier.pop_back();
      ++found.figures;
      if (const auto odd = oddness_of(now, usual_of(earlier).value())) found.note("unusual", {severity_of(*odd), 0});
    }
    if (const auto one = find_round(digits, 1)) found.note("round numbers", one->sign);
  }

  /// Everybody who came, when they came, and how long the form took.
  void look_at_cases(Month month, FalseAlarms& found) {
    std::vector<CaseMoment> cases;
    std::vector<FilledForm> forms;
    for (std::size_t unit = 0; unit < usual_.size(); ++unit)
      for (int left = static_cast<int>(figures_.back().figures[unit]); left > 0; --left) {
        const auto day = first_day(month).value + dice_.below(26);
        const auto minute = 8 * 60 + 240 * (dice_.uniform() + dice_.uniform()) / 2;
        const UnitKey key{static_cast<std::int32_t>(unit) + 1};
        cases.push_back({key, {start_of({day}, Zone::Wib).micros + static_cast<std::int64_t>(minute * 60e6)}});
        const auto seconds = 8 * 4.5 * std::exp(0.5 * dice_.normal());
        forms.push_back({key, static_cast<std::int64_t>(seconds * 1e6), 8});
      }
    for (const auto& one : find_speed(cases)) found.note("speed", one.sign);
    for (const auto& one : find_seconds(forms)) found.note("seconds", one.sign);
  }

  /// Eight questions; three in ten praise everything alike.
  void look_at_answers(Month month, FalseAlarms& found) {
    std::vector<AnswerPattern> answers;
    for (int left = 40 + dice_.below(160); left > 0; --left) {
      std::uint64_t pattern = 0;
      const bool alike = dice_.chance(0.3);
      for (int i = 0; i < 8; ++i)
        pattern = pattern * 4 + (alike || dice_.chance(quality_) ? 3 : static_cast<std::uint64_t>(dice_.below(3)));
      answers.push_back({{1 + dice_.below(static_cast<int>(usual_.size()))}, {first_day(month).value + dice_.below(26)}, pattern});
    }
    for (const auto& one : find_duplicates(answers)) found.note("duplicates", one.sign);
  }

  CleanDice dice_;
  std::vector<double> usual_{};
  double compliance_ = 0.9, quality_ = 0.9;
  int observed_ = 20;
  std::vector<MonthFigures> figures_{};
  std::vector<DayShare> days_{};  ///< of the latest month
  std::vector<math::Share> shares_{};
};

/// Counts are printed, stand in docs/integrity.md, and may not grow.
TEST(IntegrityClean, AThousandCleanMonthsAreLeftAlone) {
  FalseAlarms found;
  for (int i = 0; i < kFacilities; ++i) CleanFacility(i).live(found);
  const std::map<std::string, int> most{{"month end", 1},    {"just over", 3},     {"too good", 1}, {"over denominator", 0},
                                        {"copied month", 0}, {"round numbers", 1}, {"speed", 0},    {"seconds", 0},
                                        {"duplicates", 1},   {"unusual", 12}};
  std::printf("%d clean months, %d figures\n", kFacilities * kLooked, found.figures);
  int high = 0;
  for (const auto& [what, bound] : most) {
    std::printf("  %-17s %3d false alarms, %d of them high\n", what.c_str(), found.all[what], found.high[what]);
    EXPECT_LE(found.all[what], bound) << what;
    high += found.high[what];
  }
  EXPECT_EQ(high, 0) << "high signs are for what hardly happens";
}

}  // namespace pilar::integrity_clean_test
