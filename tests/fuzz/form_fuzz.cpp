// Forms: whatever is read can be written and read again as the same fields.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "http/message.h"

using namespace pilar::http;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto fields = parse_form(text);
  if (!fields) return 0;
  std::string again;
  for (const auto& [name, value] : *fields) {
    if (!pilar::is_utf8(name) || !pilar::is_utf8(value)) std::abort();
    again += percent_encode(name) + "=" + percent_encode(value) + "&";
  }
  if (parse_form(again) != fields) std::abort();
  return 0;
}
