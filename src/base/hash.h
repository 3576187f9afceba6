#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/time.h"

namespace pilar {

using Hash = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4), so that an independent tool can check an exported chain.
Hash sha256(std::string_view bytes);
Hash sha256(std::string_view first, std::string_view second);
/// Of a stream of any length: `next` gives the bytes that follow, valid until it is called again, and nothing at the end.
Hash sha256(const std::function<std::string_view()>& next);

/// A secret for signing. It has no printing operator on purpose.
struct SigningKey {
  std::array<std::uint8_t, 32> bytes{};
};

/// HMAC-SHA-256 (RFC 2104).
Hash sign(const SigningKey& key, std::string_view message);
/// Compares in constant time.
bool equal(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b);

void fill_random(std::span<std::uint8_t> out);
/// UUID version 7 (RFC 9562) of this moment.
Uuid make_uuid(Instant now);
/// UUID version 8 (RFC 9562) made from a hash: the first six bytes are those of `like`, its time where that is a version 7, so that
/// both stand near each other.
Uuid hashed_uuid(const Uuid& like, const Hash& hash);

/// Base64 for URLs without padding (RFC 4648, section 5).
std::string base64url(std::span<const std::uint8_t> bytes);
/// Empty when the text is not base64url.
std::string decode_base64url(std::string_view text);

inline std::string_view as_text(std::span<const std::uint8_t> bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

}  // namespace pilar
