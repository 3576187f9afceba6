#pragma once
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace pilar {

/// A surrogate key that cannot be mistaken for another noun's.
template <class Noun>
struct Key {
  std::int32_t value = 0;
  auto operator<=>(const Key&) const = default;
};
using FacilityKey = Key<struct FacilityNoun>;      ///< the owning organisation node
using UnitKey = Key<struct UnitNoun>;              ///< unit within a facility; 0 = the whole facility
using InstrumentKey = Key<struct InstrumentNoun>;  ///< an instrument, all its versions
using VersionKey = Key<struct VersionNoun>;        ///< one version of an instrument
using SeriesKey = Key<struct SeriesNoun>;
using IndicatorKey = Key<struct IndicatorNoun>;  ///< an entry of the kamus indikator, all its versions

/// UUID, version 7 when made here: whoever creates a thing names it, so that a repeated send is recognised.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Uuid&) const = default;
};

/// 36 characters, lower case.
std::string text(const Uuid& id);
/// Accepts 36 characters with hyphens, any case, any version; anything else is empty.
std::optional<Uuid> parse_uuid(std::string_view text);

}  // namespace pilar

template <class Noun>
struct std::hash<pilar::Key<Noun>> {
  std::size_t operator()(pilar::Key<Noun> key) const noexcept { return std::hash<std::int32_t>{}(key.value); }
};
template <>
struct std::hash<pilar::Uuid> {
  std::size_t operator()(const pilar::Uuid& id) const noexcept {
    std::size_t h = 1469598103934665603U;
    for (auto b : id.bytes) h = (h ^ b) * 1099511628211U;
    return h;
  }
};
