#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/db.h"

namespace pilar::store {

/// How a sample is drawn and judged at a place and below it; kEverywhere: the one that comes with the program.
struct StoredValidationRule {
  FacilityKey place{};
  std::int32_t percent = 0, least = 0, threshold = 0;
  std::string source, mark;
  Instant at{};
  std::string actor;
};
std::vector<StoredValidationRule> load_validation_rules(Tx& tx);
void put_validation_rule(Tx& tx, const StoredValidationRule& rule);

/// One validation of an indicator's month by a second person.
struct StoredValidation {
  Uuid id;
  IndicatorKey indicator;
  Month month;
  std::int32_t version = 1;  ///< of the profile
  InstrumentKey instrument;
  std::string seed;
  std::int32_t population = 0, percent = 0, least = 0, threshold = 0;
  Instant begun_at{};
  std::string actor;
  std::optional<Instant> closed_at{};
};
void insert_validation(Tx& tx, FacilityKey facility, const StoredValidation& validation);
std::optional<StoredValidation> find_validation(Tx& tx, FacilityKey facility, const Uuid& id);
/// Of the months [from, to), the latest month and the latest beginning first.
std::vector<StoredValidation> load_validations(Tx& tx, FacilityKey facility, Month from, Month to);
/// Nothing where it was closed before.
void close_validation(Tx& tx, FacilityKey facility, const Uuid& id, Instant at);

enum class ValidatedState : std::uint8_t { Waiting = 1, Filled = 2, NotFound = 3 };
/// One record of a sample, as it was when it was drawn, and what became of it.
struct StoredValidated {
  std::int32_t place = 1;  ///< in the order of the draw
  Uuid record;
  std::int32_t revision = 1;
  VersionKey version;
  UnitKey unit;
  Instant at{};
  std::string answers;
  ValidatedState state = ValidatedState::Waiting;
  std::string second;  ///< canonical; empty unless filled in again
  Instant done_at{};
  std::string actor, reason;
};
void insert_validated(Tx& tx, FacilityKey facility, const Uuid& validation, const StoredValidated& one);
/// In the order of the draw.
std::vector<StoredValidated> load_validated(Tx& tx, FacilityKey facility, const Uuid& validation);
/// Keeps what the second person found; false, and nothing written, when it no longer waits.
bool finish_validated(Tx& tx, FacilityKey facility, const Uuid& validation, const StoredValidated& one);

std::span<const Sql* const> validation_statements();

}  // namespace pilar::store
