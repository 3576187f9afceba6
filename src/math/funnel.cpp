#include "math/funnel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "base/result.h"
#include "math/distribution.h"

namespace pilar::math {
namespace {

constexpr double kTail95 = 0.025, kTail998 = 0.001;
constexpr double kWinsorised = 0.1;

/// One group on the scale on which z is taken.
struct Scaled {
  double y = 0, centre = 0, s = 0;  ///< value, target and standard error
};

Scaled scaled(const FunnelGroup& group, FunnelKind kind, FunnelMethod method, double target) {
  const double value = group.numerator / group.denominator;
  const bool proportion = kind == FunnelKind::Proportion;
  if (method == FunnelMethod::Arcsine) {
    const auto turned = [&](double x) { return proportion ? std::asin(std::sqrt(x)) : std::sqrt(x); };
    return {turned(value), turned(target), 1 / (2 * std::sqrt(group.denominator))};
  }
  const double spread = proportion ? target * (1 - target) : target;
  return {value, target, std::sqrt(spread / group.denominator)};
}

double turned_back(double x, FunnelKind kind, FunnelMethod method) {
  if (method != FunnelMethod::Arcsine) return x;
  if (kind != FunnelKind::Proportion) return x > 0 ? x * x : 0;
  const double quarter_turn = std::acos(0.0);
  const double s = std::sin(std::clamp(x, 0.0, quarter_turn));
  return s * s;
}

double clipped(double x, FunnelKind kind) {
  return std::clamp(x, 0.0, kind == FunnelKind::Proportion ? 1.0 : std::numeric_limits<double>::infinity());
}

/// Quantile type 7 of sorted values.
double type7(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1), below = std::floor(place);
  const auto i = static_cast<std::size_t>(below);
  return i + 1 < sorted.size() ? sorted[i] + (place - below) * (sorted[i + 1] - sorted[i]) : sorted[i];
}

std::optional<double> dispersion(std::vector<double> z) {
  if (z.empty()) return {};
  std::sort(z.begin(), z.end());
  const double low = type7(z, kWinsorised), high = type7(z, 1 - kWinsorised);
  double sum = 0;
  for (const double one : z) sum += std::clamp(one, low, high) * std::clamp(one, low, high);
  return sum / static_cast<double>(z.size());
}

std::optional<double> between_variance(const std::vector<Scaled>& groups, std::optional<double> phi) {
  if (!phi || groups.size() < 2) return {};
  double weights = 0, squares = 0;
  for (const auto& group : groups) {
    const double w = 1 / (group.s * group.s);
    weights += w;
    squares += w * w;
  }
  const auto count = static_cast<double>(groups.size());
  return std::max(0.0, (count * *phi - (count - 1)) / (weights - squares / weights));
}

FunnelSignal signal_of(double low_tail, double high_tail) {
  if (low_tail < kTail998) return FunnelSignal::Low998;
  if (high_tail < kTail998) return FunnelSignal::High998;
  if (low_tail < kTail95) return FunnelSignal::Low95;
  return high_tail < kTail95 ? FunnelSignal::High95 : FunnelSignal::None;
}

void judge(FunnelPoint& point, double low_tail, double high_tail) {
  point.p = std::min(1.0, 2 * std::min(low_tail, high_tail));
  point.signal = signal_of(low_tail, high_tail);
}

struct Limits {
  double lower95 = 0, upper95 = 0, lower99_8 = 0, upper99_8 = 0;
};
/// By denominator: groups of one size share their limits, which take longest.
using LimitsOf = std::map<double, Limits>;

const Limits& exact_limits(LimitsOf& known, const CountLaw& law, double denominator, FunnelKind kind) {
  const auto [at, is_new] = known.try_emplace(denominator);
  if (!is_new) return at->second;
  const auto limit = [&](double p) { return clipped(law.interpolated_quantile(p) / denominator, kind); };
  at->second = {limit(kTail95), limit(1 - kTail95), limit(kTail998), limit(1 - kTail998)};
  return at->second;
}

void draw_exact(FunnelPoint& point, LimitsOf& known, const FunnelGroup& group, FunnelKind kind, double target) {
  const auto law = law_on_target(group, kind, target);
  const auto& limits = exact_limits(known, law, group.denominator, kind);
  point.lower95 = limits.lower95;
  point.upper95 = limits.upper95;
  point.lower99_8 = limits.lower99_8;
  point.upper99_8 = limits.upper99_8;
  judge(point, law.at_most(group.numerator), law.at_least(group.numerator));
}

void draw_normal(FunnelPoint& point, const Scaled& on, double s, FunnelKind kind, FunnelMethod method) {
  const auto limit = [&](double p) { return clipped(turned_back(on.centre + normal_quantile(p) * s, kind, method), kind); };
  point.lower95 = limit(kTail95);
  point.upper95 = limit(1 - kTail95);
  point.lower99_8 = limit(kTail998);
  point.upper99_8 = limit(1 - kTail998);
  if (s > 0)
    judge(point, normal_cdf((on.y - on.centre) / s), normal_tail((on.y - on.centre) / s));
  else if (on.y != on.centre)
    judge(point, on.y < on.centre ? 0 : 1, on.y < on.centre ? 1 : 0);
}

}  // namespace

double pooled(std::span<const FunnelGroup> groups) {
  long double above = 0, below = 0;
  for (const auto& group : groups) {
    above += group.numerator;
    below += group.denominator;
  }
  require(below > 0, "the groups have a denominator");
  return static_cast<double>(above / below);
}

CountLaw law_on_target(const FunnelGroup& group, FunnelKind kind, double target) {
  return kind == FunnelKind::Proportion ? CountLaw::binomial(group.denominator, target) : CountLaw::poisson(target * group.denominator);
}

Funnel funnel(std::span<const FunnelGroup> groups, FunnelKind kind, FunnelMethod method, Overdispersion overdispersion,
              std::optional<double> target) {
  Funnel result;
  result.target = target ? *target : pooled(groups);
  std::vector<Scaled> on;
  std::vector<double> z;
  for (const auto& group : groups) {
    on.push_back(scaled(group, kind, method, result.target));
    if (on.back().s > 0) z.push_back((on.back().y - on.back().centre) / on.back().s);
  }
  result.phi = dispersion(z);
  if (z.size() == groups.size()) result.tau2 = between_variance(on, result.phi);
  const double factor = overdispersion == Overdispersion::Multiplicative ? std::max(1.0, result.phi.value_or(1)) : 1;
  const double extra = overdispersion == Overdispersion::Additive ? result.tau2.value_or(0) : 0;
  const bool exact = method == FunnelMethod::Exact && factor == 1 && extra == 0;
  result.normal_used = method == FunnelMethod::Exact && !exact;
  LimitsOf known;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    FunnelPoint point{groups[i].numerator / groups[i].denominator};
    const double s = std::sqrt(factor * on[i].s * on[i].s + extra);
    if (s > 0) point.z = (on[i].y - on[i].centre) / s;
    if (exact)
      draw_exact(point, known, groups[i], kind, result.target);
    else
      draw_normal(point, on[i], s, kind, method);
    result.points.push_back(point);
  }
  return result;
}

std::optional<Heterogeneity> heterogeneity(std::span<const FunnelGroup> groups, FunnelKind kind, std::optional<double> target) {
  const double centre = target ? *target : pooled(groups);
  double sum = 0;
  for (const auto& group : groups) {
    const auto law = law_on_target(group, kind, centre);
    if (law.variance() <= 0) return {};
    sum += (group.numerator - law.mean()) * (group.numerator - law.mean()) / law.variance();
  }
  const double df = static_cast<double>(groups.size()) - (target ? 0 : 1);
  if (df <= 0) return {};
  return Heterogeneity{sum, df, chi_squared_tail(sum, df)};
}

Adjusted adjust(std::span<const double> p) {
  const auto m = static_cast<double>(p.size());
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  Adjusted out{std::vector<double>(p.size()), std::vector<double>(p.size()), std::vector<double>(p.size())};
  double highest = 0, lowest = 1;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const auto i = order[rank];
    out.bonferroni[i] = std::min(1.0, m * p[i]);
    highest = std::max(highest, std::min(1.0, (m - static_cast<double>(rank)) * p[i]));
    out.holm[i] = highest;
  }
  for (auto rank = order.size(); rank-- > 0;) {
    const auto i = order[rank];
    lowest = std::min(lowest, m / static_cast<double>(rank + 1) * p[i]);
    out.benjamini_hochberg[i] = lowest;
  }
  return out;
}

}  // namespace pilar::math
