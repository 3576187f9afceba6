#pragma once
#include <string>
#include <string_view>

#include "app/place_import.h"

namespace pilar::app {

inline constexpr std::size_t kMostPlaceBytes = std::size_t{16} << 20U;

/// Keeps a file for a day, so that what was checked is what will be written. Problems: the file does not read as places
/// (read_place_bytes), no right to manage places anywhere.
Result<Uuid> keep_place_file(Context& context, const Scope& scope, std::string name, std::string_view content);

struct PlaceUpload {
  std::string name{};
  bool workbook = false;
  PlaceSheet sheet{};
};
/// Problem: no such file of this person, or it is a day old.
Result<PlaceUpload> open_place_file(Context& context, const Scope& scope, std::string_view id);

}  // namespace pilar::app
