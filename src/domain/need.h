#pragma once
#include <cstdint>
#include <optional>

namespace pilar {

/// How many answers a facility owes in a month, and whether it has them.
struct Need {
  enum class State : std::uint8_t {
    VisitsUnknown,  ///< nobody has entered the month's visits; the full minimum is shown as provisional
    NoVisits,       ///< no visit, so no answer is due
    NoMinimum,      ///< fewer visits than the minimum: as many as filled it in, shown as n of v
    Short,          ///< visits >= minimum, answers < minimum: shown, marked as not representative
    Met,
    MoreThanVisits  ///< answers > visits: a data error, one of the two numbers is wrong
  };
  State state = State::VisitsUnknown;
  std::int64_t answers = 0;
  std::optional<std::int64_t> visits{};
  std::optional<std::int64_t> required{};  ///< empty where there is no minimum

  bool operator==(const Need&) const = default;
};

/// KESSAN: at least `minimum` (30) respondents a month per facility; with fewer visits than that in the month, the number of
/// visits that filled it in. Source: BPJS Kesehatan SE 1/2024 on service excellence, as summarised in a published discussion of 9 January
/// 2026; the formal reading is Pilar's own. `visits` is empty when it was not reported.
Need need_of(std::int64_t answers, std::optional<std::int64_t> visits, std::int64_t minimum);

}  // namespace pilar
