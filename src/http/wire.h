#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "http/message.h"

namespace pilar::http {

/// How the other end knows where the body stops.
enum class Framing : std::uint8_t {
  Length,   ///< Content-Length
  Chunked,  ///< a streamed body, HTTP/1.1
  Close,    ///< a streamed body to an HTTP/1.0 client: the end of the connection
  None,     ///< 204 and 304 have no body
};

/// "Sat, 21 Nov 2026 01:15:00 GMT". Source: RFC 9110, 5.6.7.
std::string http_date(Instant at);

/// Status line and headers with the empty line after them. Throws Bug when a header has CR, LF or NUL, is no token,
/// or is one that the server sets itself.
std::string reply_head(const Reply& reply, Framing framing, bool keep_alive, std::string_view date);

}  // namespace pilar::http
