#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/json.h"
#include "base/result.h"
#include "base/time.h"

namespace pilar {

/// Four ways of having no answer, never confused with each other or with zero.
enum class Empty : std::uint8_t { NotAsked, Blank, NotObserved, NotApplicable };

struct Code {
  std::int32_t value = 0;  ///< the option's code, which is also its bucket
  bool operator==(const Code&) const = default;
};
using Codes = std::vector<std::int32_t>;  ///< ascending, without repetition
struct TimeOfDay {
  std::int32_t minutes = 0;  ///< since midnight
  bool operator==(const TimeOfDay&) const = default;
};
struct Photo {
  std::string hash;  ///< lower-case SHA-256 of the stored picture
  bool operator==(const Photo&) const = default;
};

using Answer = std::variant<Empty, Code, Codes, Decimal, Day, TimeOfDay, Instant, std::string, Photo>;
/// One answer per item of the instrument version, in its order.
using Answers = std::vector<Answer>;

/// Canonical JSON text: a positional array. Blank is null; the other empties are {"not":"asked"}, {"not":"observed"},
/// {"not":"applicable"}; codes and decimals are numbers, codes of several choices an array, a day "2026-11-21", a time
/// "08:15", an instant {"at":micros}, a photo {"photo":"hash"}, text a string.
std::string to_canonical(const Answers& answers);
/// Reads canonical text; anything else is a Fault, because only we wrote it.
Answers from_canonical(std::string_view text);

}  // namespace pilar
