#include "math/spc_signals.h"

#include <algorithm>
#include <cmath>

#include "math/distribution.h"

namespace pilar::math {
namespace {

/// The least k with P(X <= k) >= 0.05 for n fair coins.
std::size_t fair_coin_quantile(std::size_t n) {
  constexpr double kTail = 0.05;
  constexpr std::size_t kExact = 1000;  // 2^-n is still a normal number
  const auto coins = static_cast<double>(n);
  if (n <= kExact) {
    double probability = std::ldexp(1.0, -static_cast<int>(n)), sum = probability;
    std::size_t k = 0;
    while (sum < kTail * (1 - 1e-12)) {
      probability *= (coins - static_cast<double>(k)) / static_cast<double>(k + 1);
      sum += probability;
      ++k;
    }
    return k;
  }
  std::size_t below = 0, reached = n / 2;
  while (reached - below > 1) {
    const auto middle = below + (reached - below) / 2;
    (binomial_cdf(static_cast<double>(middle), coins, 0.5) >= kTail ? reached : below) = middle;
  }
  return reached;
}

/// Labels while they are being given: a later call overrules an earlier one.
class Labels {
 public:
  explicit Labels(std::span<const SpcPlace> places) : places_(places), causes_(places.size(), SpecialCause::Common) {}

  /// Every maximal stretch of at least `length` points whose neighbours are joined; give(first, last) labels it.
  template <class Joined, class Give>
  void stretches(std::size_t length, Joined joined, Give give) {
    for (std::size_t first = 0; first < places_.size();) {
      auto last = first;
      while (last + 1 < places_.size() && joined(last, last + 1)) ++last;
      if (last - first + 1 >= length) give(first, last);
      first = last + 1;
    }
  }

  /// Runs on one side of the centre line; a point on it breaks them.
  void shift(std::size_t length, SpecialCause high, SpecialCause low) {
    const auto one_side = [&](std::size_t a, std::size_t b) { return places_[a].side != 0 && places_[a].side == places_[b].side; };
    stretches(length, one_side, [&](std::size_t first, std::size_t last) {
      if (places_[first].side != 0) put(first, last, places_[first].side > 0 ? high : low);
    });
  }

  /// Points that only rise or only fall; one that turns from the one to the other counts in both and speaks of the later.
  void trend(std::size_t length, SpecialCause up, SpecialCause down) {
    for (std::size_t first = 0; first + 1 < places_.size();) {
      const int rising = way(first);
      auto last = first + 1;
      while (last + 1 < places_.size() && way(last) == rising) ++last;
      if (rising != 0 && last - first + 1 >= length) put(first, last, rising > 0 ? up : down);
      first = last;
    }
  }

  /// In any `window` neighbours, `needed` or more that reach(place) on one side: labels those. `all_on_side`: the others must at least
  /// stand on that side.
  template <class Reach>
  void crowd(std::size_t window, std::size_t needed, bool all_on_side, Reach reach, SpecialCause high, SpecialCause low) {
    for (std::size_t first = 0; first + window <= places_.size(); ++first)
      for (const int side : {1, -1}) {
        const auto part = places_.subspan(first, window);
        const auto far = std::ranges::count_if(part, [&](const auto& place) { return reach(place) == side; });
        const bool stray = all_on_side && std::ranges::any_of(part, [&](const auto& place) { return place.side != side; });
        if (far >= static_cast<std::ptrdiff_t>(needed) && !stray) put_where(first, window, reach, side, side > 0 ? high : low);
      }
  }

  template <class Reach>
  void put_where(std::size_t first, std::size_t count, Reach reach, int side, SpecialCause cause) {
    for (std::size_t i = first; i < first + count; ++i)
      if (reach(places_[i]) == side) causes_[i] = cause;
  }
  void put(std::size_t first, std::size_t last, SpecialCause cause) {
    for (auto i = first; i <= last; ++i) causes_[i] = cause;
  }
  void outside(SpcRules rules) {
    for (std::size_t i = 0; i < places_.size(); ++i)
      if (places_[i].beyond3 != 0) causes_[i] = spc_outside(places_[i], rules);
  }
  /// 1 where the next point is higher, -1 where it is lower, 0 where it is the same.
  int way(std::size_t i) const { return (places_[i + 1].y > places_[i].y) - (places_[i + 1].y < places_[i].y); }
  std::vector<SpecialCause> take() && { return std::move(causes_); }

 private:
  std::span<const SpcPlace> places_;
  std::vector<SpecialCause> causes_;
};

void label_nhs(Labels& labels, const SpcOptions& options) {
  labels.shift(options.shift_length, SpecialCause::ShiftHigh, SpecialCause::ShiftLow);
  // A point outside the limits has its own signal and does not count as one of the two.
  const auto near_limit = [](const SpcPlace& place) { return place.beyond3 != 0 ? 0 : int{place.beyond2}; };
  labels.crowd(3, 2, true, near_limit, SpecialCause::TwoOfThreeHigh, SpecialCause::TwoOfThreeLow);
  labels.trend(options.trend_length, SpecialCause::TrendUp, SpecialCause::TrendDown);
}

/// Runs longer than chance allows; points on the centre line are passed over and stay unlabelled.
void label_anhoej(Labels& labels, std::span<const SpcPlace> places, std::size_t longest_max) {
  std::vector<std::size_t> run;
  const auto close = [&] {
    if (run.size() > longest_max)
      for (const auto i : run) labels.put(i, i, places[i].side > 0 ? SpecialCause::ShiftHigh : SpecialCause::ShiftLow);
    run.clear();
  };
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i].side == 0) continue;
    if (!run.empty() && places[run.front()].side != places[i].side) close();
    run.push_back(i);
  }
  close();
}

void label_nelson_patterns(Labels& labels, std::span<const SpcPlace> places) {
  constexpr std::size_t kBeyond = 8, kWithin = 15, kAlternating = 14;
  const auto stretch = [&](std::size_t length, SpecialCause cause, auto holds) {
    labels.stretches(
        length, [&](std::size_t a, std::size_t b) { return holds(a) && holds(b); },
        [&](std::size_t first, std::size_t last) {
          if (holds(first)) labels.put(first, last, cause);
        });
  };
  stretch(kBeyond, SpecialCause::EightBeyond1Sigma, [&](std::size_t i) { return places[i].beyond1 != 0; });
  stretch(kWithin, SpecialCause::FifteenWithin1Sigma, [&](std::size_t i) { return places[i].limits && places[i].beyond1 == 0; });
  for (std::size_t first = 0; first + kAlternating <= places.size();) {
    auto last = first + 1;
    while (last + 1 < places.size() && labels.way(last - 1) * labels.way(last) < 0) ++last;
    if (last - first + 1 >= kAlternating) labels.put(first, last, SpecialCause::FourteenAlternating);
    first = last;
  }
}

void label_western_electric(Labels& labels) {
  constexpr std::size_t kOneSide = 8;
  labels.shift(kOneSide, SpecialCause::EightOneSide, SpecialCause::EightOneSide);
  labels.crowd(
      5, 4, false, [](const SpcPlace& place) { return int{place.beyond1}; }, SpecialCause::FourOfFive1Sigma,
      SpecialCause::FourOfFive1Sigma);
  labels.crowd(
      3, 2, false, [](const SpcPlace& place) { return int{place.beyond2}; }, SpecialCause::TwoOfThree2Sigma,
      SpecialCause::TwoOfThree2Sigma);
}

void label_neighbours(Labels& labels, std::span<const SpcPlace> places, const SpcOptions& options, std::size_t longest_max) {
  constexpr std::size_t kNelsonTrend = 6;
  if (options.rules == SpcRules::Anhoej) label_anhoej(labels, places, longest_max);
  if (options.rules == SpcRules::Nhs) label_nhs(labels, options);
  if (options.rules == SpcRules::Nelson) label_nelson_patterns(labels, places);
  if (options.rules == SpcRules::WesternElectric || options.rules == SpcRules::Nelson) label_western_electric(labels);
  if (options.rules == SpcRules::Nelson) labels.trend(kNelsonTrend, SpecialCause::SixTrend, SpecialCause::SixTrend);
}

}  // namespace

SpcRuns spc_runs(std::span<const SpcPlace> places) {
  SpcRuns runs;
  std::size_t length = 0;
  std::int8_t side = 0;
  for (const auto& place : places) {
    if (place.side == 0) continue;
    ++runs.useful;
    if (side != 0 && place.side != side) {
      ++runs.crossings;
      length = 0;
    }
    side = place.side;
    runs.longest = std::max(runs.longest, ++length);
  }
  if (runs.useful == 0) return runs;
  runs.longest_max = static_cast<std::size_t>(std::lround(std::log2(static_cast<double>(runs.useful)))) + 3;
  runs.crossings_min = fair_coin_quantile(runs.useful - 1);
  return runs;
}

std::vector<SpecialCause> spc_signals(std::span<const SpcPlace> places, const SpcOptions& options, std::size_t longest_max) {
  Labels labels(places);
  if (options.chart != SpcChart::Mr) label_neighbours(labels, places, options, longest_max);
  labels.outside(options.rules);
  return std::move(labels).take();
}

SpecialCause spc_outside(const SpcPlace& place, SpcRules rules) {
  if (place.beyond3 == 0) return SpecialCause::Common;
  if (rules == SpcRules::WesternElectric || rules == SpcRules::Nelson) return SpecialCause::Beyond3Sigma;
  return place.beyond3 > 0 ? SpecialCause::OutsideHigh : SpecialCause::OutsideLow;
}

}  // namespace pilar::math
