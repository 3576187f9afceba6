#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace pilar {

inline constexpr int kCodeDigits = 6;
inline constexpr std::int64_t kCodeStepSeconds = 30;

/// The HOTP value of a counter: HMAC-SHA-1 of the secret, cut to `digits` (1..9) decimal digits, zeros in front kept.
/// Source: RFC 4226, section 5.3. Example: secret "12345678901234567890", counter 1, 8 digits is "94287082" (RFC 6238, B).
std::string one_time_code(std::string_view secret, std::int64_t counter, int digits = kCodeDigits);
/// Steps of 30 seconds since 1970. Source: RFC 6238, section 4.
std::int64_t code_step(Instant at);
/// The step whose code this is: that of `now`, the one before or the one after, and later than `used`, the last one that
/// was accepted. Blanks in the code are left out. Empty when it is none of them. Compares in constant time.
std::optional<std::int64_t> find_code_step(std::string_view secret, std::string_view code, Instant now, std::int64_t used);
/// Base32 in upper case without padding (RFC 4648, section 6), as authenticators take a typed key.
std::string base32(std::string_view bytes);
/// Empty when the text is not base32; blanks and lower case are taken.
std::string decode_base32(std::string_view text);

}  // namespace pilar
