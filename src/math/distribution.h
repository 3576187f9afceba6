#pragma once

/// The usual distributions to about 12 significant digits. `cdf` is P(X <= x), `tail` is P(X > x) computed without
/// subtracting from 1, `quantile` inverts cdf for a probability in (0,1). A probability or parameter outside its range
/// is a Bug: judge input first. Source: Boost.Math; checked against R.
namespace pilar::math {

double normal_cdf(double z);
double normal_tail(double z);
double normal_quantile(double p);
/// The z with P(|Z| <= z) = level, level in (0,1): 0.95 gives 1.95996...
double normal_two_sided(double level);

// Student's t; degrees of freedom > 0, also fractional.
double t_cdf(double t, double df);
double t_tail(double t, double df);
double t_quantile(double p, double df);
/// The t with P(|T| <= t) = level, level in (0,1).
double t_two_sided(double level, double df);

double chi_squared_cdf(double x, double df);
double chi_squared_tail(double x, double df);
double chi_squared_quantile(double p, double df);

double f_tail(double f, double df1, double df2);
double f_quantile(double p, double df1, double df2);

// Beta on [0,1], both shapes > 0; its cdf is the regularised incomplete beta function.
double beta_cdf(double x, double a, double b);
double beta_tail(double x, double a, double b);
double beta_quantile(double p, double a, double b);

double gamma_cdf(double x, double shape, double scale);
double gamma_tail(double x, double shape, double scale);
double gamma_quantile(double p, double shape, double scale);

// Binomial: n trials of probability p in [0,1]; k may be any number from -1 to n.
double binomial_cdf(double k, double n, double p);
double binomial_tail(double k, double n, double p);
double binomial_probability(double k, double n, double p);

// Poisson, mean > 0; k >= -1.
double poisson_cdf(double k, double mean);
double poisson_tail(double k, double mean);
double poisson_probability(double k, double mean);

/// log gamma(x) and its first and second derivative, x > 0. std::lgamma writes a global and is not for threads.
double log_gamma(double x);
double digamma(double x);
double trigamma(double x);

}  // namespace pilar::math
