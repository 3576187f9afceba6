#pragma once
#include <string_view>

#include "base/json.h"
#include "base/result.h"

/// Problems as they are kept in the store: message keys and their arguments, so that each reader gets them in his own language.
namespace pilar::app {

json::Value to_json(const Problem& problem);
json::Array to_json(const Problems& problems);
/// A message that this program does not know any more is left out.
Problems problems_from_json(const json::Value& value);
/// None where the text is empty.
Problems parse_problems(std::string_view text);

}  // namespace pilar::app
