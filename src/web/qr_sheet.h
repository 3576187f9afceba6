#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "web/forms.h"
#include "web/route.h"

namespace pilar::web {

/// A QR code as a drawing, quiet zone included; `words` stand for it where it cannot be seen. Nothing when the text is too long.
void draw_qr(html::Out& o, std::string_view text, std::string_view words);

/// "https://mutu.example.go.id" as this request was addressed, for what is printed. Empty when the Host header is none a
/// browser would send.
std::string site_address(const http::Request& request);
/// The host of such an address without scheme and port: "mutu.example.go.id", "[::1]".
std::string host_of(const std::string& site);

/// Cards to cut out, one for each survey link.
struct QrCard {
  std::string unit{};   ///< empty: the facility as a whole
  std::string title{};  ///< of the instrument
  std::string name{};   ///< of the link, the end of its address
};
struct QrSheet {
  const Node& facility;
  std::string site{};  ///< from site_address
  std::vector<QrCard> cards{};
  std::vector<Filter> filters{};
};
/// One card fills its page; several stand two by three on A4 with lines to cut along.
std::string draw_qr_sheet(const Visit& visit, const QrSheet& sheet);

}  // namespace pilar::web
