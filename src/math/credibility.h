#pragma once
#include <vector>

namespace pilar::math {

/// One observation of a class: a ratio and its weight (number of members or claims), > 0.
struct ClassYear {
  double ratio = 0, weight = 1;
};

struct Credibility {
  double collective = 0;        ///< mean weighted by credibility; by weight when nothing separates the classes
  double between_variance = 0;  ///< not negative
  double within_variance = 0;
  bool cut_at_zero = false;     ///< the estimate between classes was negative
  std::vector<double> individual_means{}, credibility{}, premium{};
};

/// Buehlmann and Straub (1970), Bull. Swiss Assoc. of Actuaries 70:111-133, with unbiased variances; all weights 1 is Buehlmann's model.
/// At least two classes, each with an observation, and one with two: else a Bug. As cm() of the R package actuar.
/// Worked example: Hachemeister's data -> collective 1683.7, between 89638.7, within 139120026.
Credibility credibility(const std::vector<std::vector<ClassYear>>& classes);

}  // namespace pilar::math
