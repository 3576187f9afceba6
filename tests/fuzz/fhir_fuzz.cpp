#include <cstdint>
#include <string_view>

#include "interchange/fhir.h"
#include "interchange/pack.h"

/// Any JSON is a Questionnaire, a response, or refused; a pack that comes out of it is read without a fault of ours.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pilar;
  auto parsed = json::parse({reinterpret_cast<const char*>(data), size});
  const auto* value = std::get_if<json::Value>(&parsed);
  if (value == nullptr) return 0;
  if (const auto pack = fhir::pack_from(*value)) {
    const auto form = read_pack(*pack, "fuzz.yaml");
    if (form) (void)fhir::questionnaire(*form);
    if (form) (void)fhir::record_from(*value, [&](std::string_view, int) { return &*form; });
  }
  static const Instrument empty;
  (void)fhir::record_from(*value, [](std::string_view, int) { return &empty; });
  return 0;
}
