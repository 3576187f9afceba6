#pragma once

/// The law of a count: binomial of n trials or Poisson.
namespace pilar::math {

class CountLaw {
 public:
  static CountLaw binomial(double n, double p) { return {n, p, true}; }  ///< n >= 0, p in [0,1]
  static CountLaw poisson(double mean) { return {0, mean, false}; }      ///< mean >= 0

  double mean() const;
  double variance() const;
  double most() const;                    ///< the largest possible count: n, or infinity
  double at_most(double k) const;         ///< P(X <= k); k any number
  double at_least(double k) const;        ///< P(X >= k)
  double probability(double k) const;     ///< P(X = k), k whole and possible
  double quantile(double p) const;        ///< the least whole k with P(X <= k) >= p, p in (0,1)
  /// The quantile between whole counts: r - (P(X <= r) - p) / P(X = r), at least 0.
  /// Source: Spiegelhalter (2005), Statistics in Medicine 24:1185-1202, appendix A.1.1.
  double interpolated_quantile(double p) const;
  /// Probability of all counts that are no likelier than x, with a relative slack of 1e-7: the two-sided p of binom.test and
  /// poisson.test of R. x whole and possible.
  double as_rare_as(double x) const;

 private:
  CountLaw(double n, double parameter, bool bounded) : n_(n), parameter_(parameter), bounded_(bounded) {}
  bool certain() const;  ///< only one count is possible
  double n_, parameter_;
  bool bounded_;
};

}  // namespace pilar::math
