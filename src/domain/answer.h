#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/hash.h"
#include "base/id.h"
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

/// What was typed to name a person: a card number, letters and digits only. It lives until hash_persons and is never stored.
struct NamedPerson {
  std::string name;
  bool operator==(const NamedPerson&) const = default;
};
/// A keyed hash that stands for a person within one facility.
struct PersonHash {
  std::array<std::uint8_t, 16> hash{};
  auto operator<=>(const PersonHash&) const = default;
};

using Answer = std::variant<Empty, Code, Codes, Decimal, Day, TimeOfDay, Instant, std::string, Photo, NamedPerson, PersonHash>;
/// Blank or not asked: nobody said anything.
bool says_nothing(const Answer& answer);
/// "08:15".
std::string iso(TimeOfDay time);
/// One answer per item of the instrument version, in its order.
using Answers = std::vector<Answer>;

/// Canonical JSON text: a positional array. Blank is null; the other empties are {"not":"asked"}, {"not":"observed"},
/// {"not":"applicable"}. A code is a number, several codes an array, a text a string; the rest name their kind: {"n":12.5},
/// {"d":"2026-11-21"}, {"t":"08:15"}, {"at":microseconds}, {"photo":"hash"}, {"person":"hash"}. A NamedPerson has no such text: a Bug.
std::string to_canonical(const Answers& answers);
/// Reads canonical text; anything else is a Fault, because only we wrote it.
Answers from_canonical(std::string_view text);
/// The same where only some items matter, by their place: the others may come out blank, which is quicker.
Answers from_canonical(std::string_view text, const std::vector<bool>& wanted);

/// Puts hashes in the place of named persons: the first 16 bytes of HMAC-SHA-256 over the facility and the name. The same person has
/// another hash at another facility, so that facilities cannot be joined.
void hash_persons(Answers& answers, const SigningKey& key, FacilityKey facility);

}  // namespace pilar
