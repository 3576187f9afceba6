#include "math/spc_lines.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "math/count_law.h"
#include "math/distribution.h"

namespace pilar::math {
namespace {

constexpr double kD2 = 1.128;  // mean range of two values of the normal law, in sigma
constexpr double kD4 = 3.267;  // upper limit of their range / its mean
constexpr double kTimePower = 3.6;  // makes exponential times nearly normal
constexpr double kEndless = std::numeric_limits<double>::infinity();

using Series = std::vector<std::optional<double>>;

/// The mean, about the first value: equal values have exactly that mean.
std::optional<double> mean_of(std::span<const double> values) {
  if (values.empty()) return {};
  long double sum = 0;
  for (const double value : values) sum += static_cast<long double>(value) - values.front();
  return static_cast<double>(values.front() + sum / static_cast<long double>(values.size()));
}

std::optional<double> median_of(std::vector<double> values) {
  if (values.empty()) return {};
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  const double below = *std::max_element(values.begin(), middle);
  return below + (*middle - below) / 2;
}

/// One phase on its way to its lines.
struct Work {
  std::span<const SpcValue> phase;
  SpcBaseline baseline;
  bool screen, exact;
  SpcPhaseLines out{};

  bool counts(std::size_t i) const {
    const bool within = i >= baseline.skip && (baseline.count == 0 || i - baseline.skip < baseline.count);
    return within && !phase[i].excluded;
  }

  std::vector<double> base_values() const {
    std::vector<double> values;
    for (std::size_t i = 0; i < phase.size(); ++i)
      if (counts(i) && out.y[i]) values.push_back(*out.y[i]);
    return values;
  }

  /// A gap has no range to either side; an excluded point is passed over.
  std::vector<double> base_ranges(const Series& series) const {
    std::vector<double> ranges;
    std::optional<double> before;
    for (std::size_t i = 0; i < phase.size(); ++i) {
      if (!counts(i)) continue;
      if (before && series[i]) ranges.push_back(std::abs(*series[i] - *before));
      before = series[i];
    }
    return ranges;
  }

  /// Mean moving range / 1.128.
  std::optional<double> short_term_sigma(const Series& series) {
    auto ranges = base_ranges(series);
    auto mean = mean_of(ranges);
    if (mean && screen) {
      std::erase_if(ranges, [&](double range) { return range >= kD4 * *mean; });
      if (const auto screened = mean_of(ranges))
        mean = screened;
      else
        out.kept_unscreened = true;
    }
    if (!mean) return {};
    return *mean / kD2;
  }

  void centre(const std::optional<double>& value) {
    for (auto& line : out.lines) line.centre = value;
  }

  /// Limits of point i at centre -+ 1, 2 and 3 times sigma, within [least, most].
  void limits(std::size_t i, double middle, double sigma, double least, double most) {
    auto& line = out.lines[i];
    line.limits = true;
    for (std::size_t k = 0; k < line.low.size(); ++k) {
      const double distance = static_cast<double>(k + 1) * sigma;
      line.low[k] = std::max(least, middle - distance);
      line.high[k] = std::min(most, middle + distance);
    }
  }
  /// Limits of point i, of which `n` cases or areas follow the law.
  void exact_limits(std::size_t i, const CountLaw& law, double n) {
    auto& line = out.lines[i];
    line.limits = true;
    for (std::size_t k = 0; k < line.low.size(); ++k) {
      line.low[k] = law.interpolated_quantile(kSigmaTails[k]) / n;
      line.high[k] = law.interpolated_quantile(1 - kSigmaTails[k]) / n;
    }
    if (const auto count = phase[i].value) line.tails = SpcTails{law.at_most(*count), law.at_least(*count)};
  }
  void limits_everywhere(double middle, double sigma, double least) {
    for (std::size_t i = 0; i < phase.size(); ++i) limits(i, middle, sigma, least, kEndless);
  }
};

void individuals(Work& work) {
  const auto mean = mean_of(work.base_values());
  work.centre(mean);
  work.out.sigma = work.short_term_sigma(work.out.y);
  if (mean && work.out.sigma) work.limits_everywhere(*mean, *work.out.sigma, -kEndless);
}

void moving_ranges(Work& work) {
  std::optional<double> before;
  for (auto& y : work.out.y) {
    const auto here = y;
    y = before && here ? std::optional(std::abs(*here - *before)) : std::nullopt;
    before = here;
  }
  const auto mean = mean_of(work.base_values());
  work.centre(mean);
  if (!mean) return;
  work.out.sigma = *mean / kD2;
  work.limits_everywhere(*mean, *mean * (kD4 - 1) / 3, 0);
}

void times(Work& work) {
  for (auto& y : work.out.y)
    if (y) y = std::pow(*y, 1 / kTimePower);
  individuals(work);
  const auto back = [](double value) { return value > 0 ? std::pow(value, kTimePower) : 0; };
  for (std::size_t i = 0; i < work.phase.size(); ++i) {
    work.out.y[i] = work.phase[i].value;
    auto& line = work.out.lines[i];
    if (line.centre) line.centre = back(*line.centre);
    for (std::size_t k = 0; k < line.low.size(); ++k) {
      line.low[k] = back(line.low[k]);
      line.high[k] = back(line.high[k]);
    }
  }
}

/// p and u: sum of numerators / sum of denominators.
std::optional<double> pooled_rate(const Work& work) {
  long double above = 0, below = 0;
  for (std::size_t i = 0; i < work.phase.size(); ++i) {
    if (!work.counts(i) || !work.out.y[i]) continue;
    above += *work.phase[i].value;
    below += work.phase[i].n;
  }
  if (below <= 0) return {};
  return static_cast<double>(above / below);
}

/// Laney's factor: the short-term sigma of the points in units of their own standard error.
std::optional<double> laney_factor(Work& work, double rate, double unit) {
  Series z(work.phase.size());
  for (std::size_t i = 0; i < z.size(); ++i)
    if (work.out.y[i]) z[i] = unit > 0 ? (*work.out.y[i] - rate) / (unit / std::sqrt(work.phase[i].n)) : 0;
  return work.short_term_sigma(z);
}

/// The pooled rate, half an event away from none and from all.
double guarded(const Work& work, double rate, bool proportion) {
  double whole = 0;
  for (std::size_t i = 0; i < work.phase.size(); ++i)
    if (work.counts(i) && work.out.y[i]) whole += work.phase[i].n;
  const double least = 0.5 / (whole + 1);
  return proportion ? std::clamp(rate, least, 1 - least) : std::max(rate, least);
}

bool is_small(double n, double rate, bool proportion) {
  return n * rate < kSpcFewestExpected || (proportion && n * (1 - rate) < kSpcFewestExpected);
}

/// The lines of every point around the pooled rate; exact ones where cases are few.
void rate_limits(Work& work, double rate, double sigma, bool proportion, bool exact) {
  const double law_rate = guarded(work, rate, proportion);
  for (std::size_t i = 0; i < work.phase.size(); ++i) {
    const double n = work.phase[i].n;
    if (n <= 0) continue;
    if (exact && is_small(n, rate, proportion))
      work.exact_limits(i, proportion ? CountLaw::binomial(n, law_rate) : CountLaw::poisson(n * law_rate), n);
    else
      work.limits(i, rate, sigma / std::sqrt(n), 0, proportion ? 1 : kEndless);
  }
}

void rates(Work& work, bool proportion, bool laney) {
  for (std::size_t i = 0; i < work.phase.size(); ++i)
    if (work.out.y[i]) *work.out.y[i] /= work.phase[i].n;
  const auto rate = pooled_rate(work);
  work.centre(rate);
  if (!rate) return;
  const double unit = std::sqrt(proportion ? *rate * (1 - *rate) : *rate);
  if (laney) {
    work.out.sigma_z = laney_factor(work, *rate, unit);
    if (!work.out.sigma_z) return;
  }
  const double sigma = unit * work.out.sigma_z.value_or(1);
  work.out.sigma = sigma;
  rate_limits(work, *rate, sigma, proportion, work.exact && !laney);
}

void counts(Work& work) {
  const auto mean = mean_of(work.base_values());
  work.centre(mean);
  if (!mean) return;
  work.out.sigma = std::sqrt(*mean);
  if (!work.exact || *mean >= kSpcFewestExpected) return work.limits_everywhere(*mean, *work.out.sigma, 0);
  const double law_mean = std::max(*mean, 0.5 / static_cast<double>(work.base_values().size()));
  for (std::size_t i = 0; i < work.phase.size(); ++i) work.exact_limits(i, CountLaw::poisson(law_mean), 1);
}

void cases_between(Work& work) {
  const auto mean = mean_of(work.base_values());
  work.centre(median_of(work.base_values()));
  if (!mean) return;
  work.out.sigma = std::sqrt(*mean * (*mean + 1));
  work.limits_everywhere(*mean, *work.out.sigma, 0);
}

/// Mean of the standard deviation of n values of the normal law, in sigma.
double c4(double n) { return std::sqrt(2 / (n - 1)) * std::exp(log_gamma(n / 2) - log_gamma((n - 1) / 2)); }

/// What the subgroups of the baseline say.
struct Within {
  std::optional<double> mean{};  ///< of all values
  std::optional<double> sd{};    ///< mean standard deviation when all are of one size, else pooled
  bool one_size = true;
};

Within within(const Work& work) {
  long double values = 0, weighted = 0, degrees = 0, squares = 0;
  std::vector<double> deviations;
  std::optional<double> size;
  Within found;
  for (std::size_t i = 0; i < work.phase.size(); ++i) {
    if (!work.out.y[i]) continue;
    const auto& [mean, n, sd, excluded, weak] = work.phase[i];
    if (size && *size != n) found.one_size = false;
    size = n;
    if (!work.counts(i)) continue;
    values += n;
    weighted += static_cast<long double>(n) * *mean;
    if (n < 2) continue;
    degrees += n - 1;
    squares += static_cast<long double>(n - 1) * sd * sd;
    deviations.push_back(sd);
  }
  if (values > 0) found.mean = static_cast<double>(weighted / values);
  if (degrees > 0) found.sd = found.one_size ? mean_of(deviations) : static_cast<double>(std::sqrt(squares / degrees));
  return found;
}

void subgroups(Work& work, bool of_means) {
  const auto found = within(work);
  work.centre(of_means ? found.mean : found.sd);
  if (found.sd && found.one_size && !work.phase.empty()) {
    const auto n = std::find_if(work.phase.begin(), work.phase.end(), [](const auto& point) { return point.value.has_value(); })->n;
    work.out.sigma = *found.sd / c4(n);
  } else {
    work.out.sigma = found.sd;
  }
  for (std::size_t i = 0; i < work.phase.size(); ++i) {
    const double n = work.phase[i].n;
    if (!of_means && n < 2) work.out.y[i].reset();
    if (!of_means) work.out.y[i] = work.out.y[i] ? std::optional(work.phase[i].sd) : std::nullopt;
    if (!found.sd || n < 2) continue;
    if (of_means)
      work.limits(i, *found.mean, *found.sd / (c4(n) * std::sqrt(n)), -kEndless, kEndless);
    else
      work.limits(i, *found.sd, *found.sd * std::sqrt(1 - c4(n) * c4(n)) / c4(n), 0, kEndless);
  }
}

void draw(SpcChart chart, Work& work) {
  switch (chart) {
    case SpcChart::Run:
      return work.centre(median_of(work.base_values()));
    case SpcChart::I:
      return individuals(work);
    case SpcChart::Mr:
      return moving_ranges(work);
    case SpcChart::P:
    case SpcChart::Pp:
      return rates(work, true, chart == SpcChart::Pp);
    case SpcChart::U:
    case SpcChart::Up:
      return rates(work, false, chart == SpcChart::Up);
    case SpcChart::C:
      return counts(work);
    case SpcChart::G:
      return cases_between(work);
    case SpcChart::T:
      return times(work);
    case SpcChart::Xbar:
    case SpcChart::S:
      return subgroups(work, chart == SpcChart::Xbar);
  }
}

}  // namespace

SpcPhaseLines spc_lines(std::span<const SpcValue> phase, SpcBaseline baseline, const SpcOptions& options) {
  const auto chart = options.chart;
  const bool screens = options.screen && (chart == SpcChart::I || chart == SpcChart::Pp || chart == SpcChart::Up);
  Work work{phase, baseline, screens, options.exact_small};
  work.out.lines.resize(phase.size());
  work.out.y.reserve(phase.size());
  for (const auto& point : phase) work.out.y.push_back(point.n > 0 ? point.value : std::nullopt);
  draw(chart, work);
  return std::move(work.out);
}

}  // namespace pilar::math
