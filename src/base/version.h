#pragma once
#include <string_view>

namespace pilar {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace pilar
