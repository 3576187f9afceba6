#pragma once
#include <span>
#include <string_view>

#include "i18n/messages.h"

namespace pilar::app {

/// Where people wait on their way through a facility, and which measure says for how long.
struct Station {
  std::string_view instrument, measure;
  Msg words;
};
/// In the order in which a visit passes them. A facility may have no such instrument, and a month no such records.
std::span<const Station> stations();

}  // namespace pilar::app
