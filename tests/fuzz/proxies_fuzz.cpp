#include <cstdint>
#include <cstdlib>

#include "web/proxies.h"

/// The bytes are a X-Forwarded-For header that a trusted proxy sent.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr std::string_view kTrusted[] = {"10.0.0.0/8", "2001:db8::/32"};
  const std::string text(reinterpret_cast<const char*>(data), size);
  pilar::http::Request request;
  request.peer = "10.0.0.1";
  request.headers = {{"x-forwarded-for", text}, {"x-forwarded-proto", text}};
  pilar::web::Proxies(kTrusted).name_client(request);
  const auto network = pilar::web::parse_network(request.peer);  // whatever was sent, an address came out
  if (!network || network->bits != 128) std::abort();
  if (const auto read = pilar::web::parse_network(text); read && (read->bits < 0 || read->bits > 128)) std::abort();
  return 0;
}
