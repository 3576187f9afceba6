#include "interchange/qr.h"

#include <qrencode.h>

#include <memory>
#include <string>

namespace pilar {

std::optional<QrCode> make_qr(std::string_view text) {
  if (text.empty() || text.find('\0') != std::string_view::npos) return {};
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> made(QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M),
                                                             &QRcode_free);
  if (made == nullptr) return {};
  QrCode code;
  code.size = static_cast<std::size_t>(made->width);
  code.dark.reserve(code.size * code.size);
  // The lowest bit of each module's byte is its colour; the others say what it is for.
  for (std::size_t i = 0; i < code.size * code.size; ++i) code.dark.push_back((made->data[i] & 1U) != 0);
  return code;
}

}  // namespace pilar
