#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace pilar {

/// Letters of the text in which somebody says why something was done.
inline constexpr std::size_t kLongestReason = 500;

/// What is wrong with such a text; the problem stands beside `field`.
Problems check_reason(std::string_view reason, std::string field);
/// The same with words of its own for a text that is missing.
Problems check_reason(std::string_view reason, std::string field, Message missing);

}  // namespace pilar
