#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/decimal.h"

/// Costs of support units charged to the production units that they work for. Exact; whole rupiah add up to their total.
namespace pilar::math {

enum class AllocationMethod : std::uint8_t {
  Direct,              ///< by the use of production units alone
  StepDown,            ///< support units are closed one after another and never receive again
  DoubleDistribution,  ///< each support unit's own cost to all others, then what it received to production units
  Reciprocal           ///< support units charge each other in full: simultaneous equations
};

/// Rupiah, not negative. `use`: one row a support unit, one column a support unit then a production unit; what a unit uses of itself
/// does not count.
struct Allocation {
  std::vector<std::int64_t> support{}, production{};
  std::vector<std::vector<Decimal>> use{};
  std::vector<std::size_t> order{};  ///< StepDown: every support unit once
};

/// A step of StepDown or DoubleDistribution: what a unit gives away, to support units then production units.
struct AllocationStep {
  std::size_t from = 0;
  double amount = 0;
  std::vector<double> charged{};
};

struct Allocated {
  std::vector<std::int64_t> result{};        ///< a production unit; adds up to all costs
  std::vector<AllocationStep> steps{};
  std::vector<double> gross_support_cost{};  ///< Reciprocal: own cost and what the others charge
};

/// A support unit whose cost cannot go anywhere.
struct Unused {
  std::size_t support = 0;
};

/// The position of the first support unit that cannot be charged on, or the costs. A unit without any cost needs no user.
/// Sources: Horngren, Datar and Rajan, Cost Accounting, ch. 15; double distribution as in Indonesian hospital costing.
/// Worked example: Castleford Engineering -> reciprocal 8,187,025 and 5,565,125.
struct AllocationOutcome {
  std::optional<Unused> unused{};
  Allocated costs{};
};
AllocationOutcome allocate(const Allocation& input, AllocationMethod method);

}  // namespace pilar::math
