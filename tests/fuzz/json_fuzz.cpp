// Any bytes: either refused, or printed and read back as the same value.
#include <cstdint>
#include <cstdlib>

#include "base/json.h"

using namespace pilar;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto result = json::parse({reinterpret_cast<const char*>(data), size});
  const auto* value = std::get_if<json::Value>(&result);
  if (value == nullptr) return 0;
  for (const auto& text : {json::print(*value), json::pretty(*value)}) {
    const auto again = json::parse(text);
    const auto* same = std::get_if<json::Value>(&again);
    if (same == nullptr || !(*same == *value)) std::abort();
  }
  if (value->is_number()) {
    (void)value->to_int();
    (void)value->to_double();
    (void)value->to_decimal();
  }
  return 0;
}
