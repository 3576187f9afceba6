#pragma once
#include <optional>
#include <span>
#include <vector>

namespace pilar::math {

/// One item of a questionnaire. A correlation is empty when one side does not vary.
struct ItemReliability {
  double mean = 0;
  std::optional<double> sd{};                      ///< divisor n - 1
  std::optional<double> item_total_r{};            ///< with the sum of all items, itself included
  std::optional<double> corrected_item_total_r{};  ///< with the sum of the others
  std::optional<double> alpha_if_deleted{};        ///< empty also when fewer than two items are left
};

struct Reliability {
  std::optional<double> alpha{};      ///< empty with fewer than two items or respondents, or when the total does not vary
  std::optional<double> std_alpha{};  ///< from the mean correlation; empty also when an item does not vary
  std::optional<double> average_r{};
  std::vector<ItemReliability> items{};
};

/// Internal consistency of `rows` (respondents x items, complete, of one length; items worded in reverse already turned).
/// alpha = k/(k-1) (1 - sum of item variances / variance of the total); standardised: k r / (1 + (k-1) r), r the mean correlation.
/// Source: Cronbach (1951), Psychometrika 16:297-334; as alpha() of the R package psych.
/// Worked example: the attitude data of R (30 x 7) -> alpha 0.84, standardised 0.84, mean r 0.43.
Reliability reliability(std::span<const std::vector<double>> rows);

/// The correlation of n pairs that chance exceeds, on both sides together, with probability 1 - level: t / sqrt(n - 2 + t^2).
/// Empty for n < 3. Worked example: n 30 at 95 % -> 0.361, the printed table of r.
std::optional<double> critical_r(std::size_t n, double level);

}  // namespace pilar::math
