#include "math/two_proportions.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/int128.h"
#include "base/result.h"
#include "math/proportion.h"

namespace pilar::math {
namespace {

constexpr double kSlack = 1e-7;  // tables that are equally likely but for rounding
constexpr double kNothing = std::numeric_limits<double>::min();  // below it a product may stand still

double fraction(Share share) { return static_cast<double>(share.x) / static_cast<double>(share.n); }

/// Weight of the tables x, x + step ... relative to the likeliest one, which stands just before them.
class Tables {
 public:
  Tables(double n1, double n2, double total) : n1_(n1), n2_(n2), total_(total) {}

  /// Of x + 1 over that of x.
  double ratio(double x) const { return (n1_ - x) * (total_ - x) / ((x + 1) * (n2_ - total_ + x + 1)); }
  double lowest() const { return std::max(0.0, total_ - n2_); }
  double highest() const { return std::min(n1_, total_); }
  double likeliest() const { return std::clamp(std::floor((n1_ + 1) * (total_ + 1) / (n1_ + n2_ + 2)), lowest(), highest()); }
  /// Calls visit(x, weight) outwards from the likeliest table, whose weight is 1, until nothing is left of the weight.
  template <class Visit>
  void each(Visit visit) const {
    const double middle = likeliest();
    double weight = 1;
    for (double x = middle; x <= highest() && weight >= kNothing; ++x) {
      visit(x, weight);
      weight *= ratio(x);
    }
    weight = 1;
    for (double x = middle; x > lowest() && weight >= kNothing; --x) {
      weight /= ratio(x - 1);
      visit(x - 1, weight);
    }
  }

 private:
  double n1_, n2_, total_;
};

}  // namespace

Interval newcombe(Share first, Share second, double level) {
  const auto wilson_of = [&](Share share) { return wilson(static_cast<double>(share.x), static_cast<double>(share.n), level); };
  const auto one = wilson_of(first), two = wilson_of(second);
  const double p1 = fraction(first), p2 = fraction(second);
  return {p1 - p2 - std::hypot(p1 - one.low, two.high - p2), p1 - p2 + std::hypot(one.high - p1, p2 - two.low)};
}

std::optional<double> chi_square(Share first, Share second) {
  const auto with = first.x + second.x, all = first.n + second.n;
  if (first.n == 0 || second.n == 0 || with == 0 || with == all) return {};
  const auto cross = static_cast<double>(Int128{first.x} * (second.n - second.x) - Int128{second.x} * (first.n - first.x));
  const double rows = static_cast<double>(first.n) * static_cast<double>(second.n);
  const double columns = static_cast<double>(with) * static_cast<double>(all - with);
  return static_cast<double>(all) * (cross / rows) * (cross / columns);
}

double fisher_exact(Share first, Share second) {
  require(first.x <= first.n && second.x <= second.n, "a share is not more than the whole");
  const auto here = static_cast<double>(first.x);
  const Tables tables(static_cast<double>(first.n), static_cast<double>(second.n), static_cast<double>(first.x + second.x));
  double observed = 0, all = 0, as_rare = 0;
  tables.each([&](double x, double weight) {
    if (x == here) observed = weight;
    all += weight;
  });
  tables.each([&](double, double weight) {
    if (weight <= observed * (1 + kSlack)) as_rare += weight;
  });
  return std::min(1.0, as_rare / all);
}

}  // namespace pilar::math
