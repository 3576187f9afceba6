#include "domain/need.h"

namespace pilar {

Need need_of(std::int64_t answers, std::optional<std::int64_t> visits, std::int64_t minimum) {
  using State = Need::State;
  if (!visits) return {State::VisitsUnknown, answers, visits, minimum};
  if (answers > *visits) return {State::MoreThanVisits, answers, visits, *visits >= minimum ? std::optional(minimum) : std::nullopt};
  if (*visits == 0) return {State::NoVisits, answers, visits, {}};
  if (*visits < minimum) return {State::NoMinimum, answers, visits, {}};
  return {answers < minimum ? State::Short : State::Met, answers, visits, minimum};
}

}  // namespace pilar
