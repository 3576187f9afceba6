#pragma once
#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace pilar {

/// The life of one imported file. The numbers are stored.
enum class ImportState : std::uint8_t {
  Draft = 1,     ///< it is being said how the file is to be read
  Checking = 2,
  Checked = 3,   ///< nothing is written yet
  Writing = 4,
  Written = 5,   ///< all of it, or as much as was written before somebody stopped it
  Undoing = 6,
  Undone = 7
};

/// "Belum diperiksa", "Sudah diperiksa", ...
Message title(ImportState state);
/// Stable keys: "draft", "checking", ...
std::string_view name(ImportState state);

}  // namespace pilar
