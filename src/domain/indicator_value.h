#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace pilar {

/// What a month's value of an indicator can be. Missing is not zero, and a month without cases is neither.
enum class ValueState : std::uint8_t { Value, Zero, NoCases, NotCollected };

/// A value of an indicator as other programs get it.
struct IndicatorValue {
  std::optional<std::int64_t> numerator{}, denominator{};  ///< of shares and ratios
  std::optional<double> point{};  ///< in the measure's unit, per cent for shares; empty: no cases, or not collected
  bool collected = false;
  std::optional<std::int64_t> n{};  ///< answers, records or reports behind it; empty: not known any more

  ValueState state() const {
    if (!point) return collected ? ValueState::NoCases : ValueState::NotCollected;
    return *point == 0 ? ValueState::Zero : ValueState::Value;
  }
};

/// "value", "zero", "no_cases", "not_collected".
constexpr std::string_view name(ValueState state) {
  switch (state) {
    case ValueState::Value:
      return "value";
    case ValueState::Zero:
      return "zero";
    case ValueState::NoCases:
      return "no_cases";
    case ValueState::NotCollected:
      break;
  }
  return "not_collected";
}

}  // namespace pilar
