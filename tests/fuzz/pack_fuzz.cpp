#include <cstdint>
#include <cstdlib>

#include "i18n/messages.h"
#include "interchange/pack.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto pack = pilar::read_pack({reinterpret_cast<const char*>(data), size}, "fuzz.yaml");
  if (pack) return 0;
  if (pack.error().empty()) std::abort();
  for (const auto& problem : pack.error())
    if (!problem.field.starts_with("fuzz.yaml:") || say(pilar::Lang::Id, problem).empty()) std::abort();
  return 0;
}
