#include <cstdint>
#include <cstdlib>

#include "i18n/messages.h"
#include "interchange/kamus.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto kamus = pilar::read_kamus({reinterpret_cast<const char*>(data), size}, "fuzz.yaml");
  if (kamus) {
    // What was read is written so that it reads again.
    for (const auto& one : kamus->indicators)
      if (!pilar::read_indicator(one.content, "again") || !pilar::read_indicator(pilar::write_indicator(one), "again")) std::abort();
    for (const auto& set : kamus->tag_sets)
      if (!pilar::read_tag_set(set.content, "again")) std::abort();
    return 0;
  }
  if (kamus.error().empty()) std::abort();
  for (const auto& problem : kamus.error())
    if (!problem.field.starts_with("fuzz.yaml:") || say(pilar::Lang::Id, problem).empty()) std::abort();
  return 0;
}
