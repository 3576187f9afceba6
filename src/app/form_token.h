#pragma once
#include <expected>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/id.h"
#include "base/time.h"

namespace pilar::app {

/// What a public form page knows about itself, carried signed in the page instead of in a session. It holds the id of the
/// record to be, so that sending twice is one record, and it names nobody.
struct FormToken {
  FacilityKey facility;
  UnitKey unit;
  VersionKey version;
  Uuid record;
  Instant issued_at;
  bool operator==(const FormToken&) const = default;
};

enum class TokenFault : std::uint8_t { Forged, Expired };

/// A page left open longer than this is asked to be sent again, with what was typed kept.
inline constexpr std::int64_t kFormTokenMicros = 24LL * 3600 * 1'000'000;

std::string seal(const SigningKey& key, const FormToken& token);
std::expected<FormToken, TokenFault> open_token(const SigningKey& key, std::string_view text, Instant now);

/// What a participant keeps: eight letters and digits that say nothing about the answer, "K7QF-2M9X".
std::string receipt_of(const Uuid& record);

}  // namespace pilar::app
