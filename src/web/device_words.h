#pragma once
#include <string>
#include <string_view>

namespace pilar::web {

/// What people call the program and the device that a User-Agent header names: "Firefox, Android". One of the two where only that
/// is known, nothing where neither is. Source: RFC 9110, section 10.1.5, and the names that browsers send.
std::string device_of(std::string_view user_agent);

}  // namespace pilar::web
