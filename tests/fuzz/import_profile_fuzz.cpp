// A profile of an import comes from a file of anybody. What reads must be the same after it was written and read again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "interchange/import_profile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto profile = pilar::read_import_profile({reinterpret_cast<const char*>(data), size}, "fuzz.yaml");
  if (!profile) return 0;
  const auto again = pilar::read_import_profile(pilar::to_yaml(*profile), "again.yaml");
  if (!again || *again != *profile) std::abort();
  return 0;
}
