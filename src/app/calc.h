#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "base/json.h"
#include "i18n/messages.h"

/// Every statistical and financial method as one function from JSON to JSON, the same for the command, the API and the page.
namespace pilar::calc {

struct Method;

/// All methods, in the order in which they are listed.
std::span<const Method* const> methods();
std::string_view name(const Method& method);
std::string_view summary(const Method& method, Lang lang);  ///< one line
/// The input as JSON Schema (draft 2020-12) with units ("x-unit"), outputs ("x-output") and sources ("x-source").
json::Value schema(const Method& method);
/// Nothing when there is no such method.
const Method* find(std::string_view name);

struct Answer {
  json::Value body{};     ///< the result with its "warnings", or {"error":{"code","field","message"}}
  int exit_code = 0;      ///< of the command: 0, or 2 for input that makes no sense
  int http_status = 200;  ///< or 404 unknown method, 413 too large, 422 input that makes no sense
};

inline constexpr std::size_t kMaxBytes = 64U << 20U;

/// Runs a method on the text of a JSON object. `lang` is the language of messages; codes, keys and numbers do not depend on it.
Answer run(std::string_view method, std::string_view text, Lang lang);
/// The answer to "there is no such method", which names the nearest.
Answer unknown_method(std::string_view method, Lang lang);

}  // namespace pilar::calc
