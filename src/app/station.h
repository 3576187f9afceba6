#pragma once
#include <span>
#include <string_view>

#include "base/result.h"

namespace pilar::app {

/// Where people wait on their way through a facility, and which measure says for how long.
struct Station {
  std::string_view instrument, measure;
  Message words;
};
/// In the order in which a visit passes them. A facility may have no such instrument, and a month no such records.
std::span<const Station> stations();

}  // namespace pilar::app
