#include <cstdint>
#include <cstdlib>

#include "app/settings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto settings = pilar::app::read_settings({}, {reinterpret_cast<const char*>(data), size}, "fuzz.yaml");
  if (!settings) {
    if (settings.error().empty()) std::abort();
    for (const auto& problem : settings.error())
      if (!problem.field.starts_with("fuzz.yaml:") || say(pilar::Lang::Id, problem).empty()) std::abort();
    return 0;
  }
  for (const auto& setting : pilar::app::kSettings) {  // what was taken is what may be taken
    const auto shown = settings->shown(setting.name);
    if (!shown.empty() && setting.kind != pilar::app::SettingKind::Secret && pilar::app::check_value(setting, shown)) std::abort();
  }
  return 0;
}
