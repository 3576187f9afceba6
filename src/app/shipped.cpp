#include "app/shipped.h"

#include <algorithm>

#include "base/embedded.h"
#include "interchange/pack.h"

namespace pilar::app {

const std::vector<Instrument>& shipped_instruments() {
  static const auto packs = [] {
    std::vector<Instrument> out;
    for (const auto& file : embedded_files()) {
      if (!file.name.starts_with("packs/")) continue;
      auto form = read_pack(file.bytes, file.name);
      if (!form) throw Bug("a shipped pack is refused: " + form.error().front().field);
      out.push_back(*std::move(form));
    }
    return out;
  }();
  return packs;
}

const std::vector<ImportProfile>& shipped_profiles() {
  static const auto profiles = [] {
    std::vector<ImportProfile> out;
    for (const auto& file : embedded_files()) {
      if (!file.name.starts_with("profiles/") || !file.name.ends_with(".yaml")) continue;
      auto profile = read_import_profile(file.bytes, file.name);
      if (!profile) throw Bug("a shipped profile is refused: " + profile.error().front().field);
      out.push_back(*std::move(profile));
    }
    return out;
  }();
  return profiles;
}

const Instrument* find_shipped(std::string_view content) {
  const auto& packs = shipped_instruments();
  const auto at = std::ranges::find(packs, content, &Instrument::content);
  return at == packs.end() ? nullptr : &*at;
}

}  // namespace pilar::app
