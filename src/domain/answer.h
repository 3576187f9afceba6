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
/// {"not":"applicable"}. A code is a number, several codes an array, a text a string; the rest name their kind: {"n":12.5},
/// {"d":"2026-11-21"}, {"t":"08:15"}, {"at":microseconds}, {"photo":"hash"}.
std::string to_canonical(const Answers& answers);
/// Reads canonical text; anything else is a Fault, because only we wrote it.
Answers from_canonical(std::string_view text);

}  // namespace pilar
