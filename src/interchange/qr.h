#pragma once
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace pilar {

/// A QR code as a square of modules, without the quiet zone of four modules that a drawing must leave around it.
struct QrCode {
  std::size_t size = 0;       ///< modules on a side, 21..177
  std::vector<bool> dark{};   ///< size x size, row by row
  bool is_dark(std::size_t row, std::size_t column) const { return dark.at(row * size + column); }
};

/// The smallest code of the text (ISO/IEC 18004, bytes, error correction M: readable with about 15 % of it dirty).
/// Empty when the text is empty, holds NUL or does not fit the largest code (2331 bytes).
std::optional<QrCode> make_qr(std::string_view text);

}  // namespace pilar
