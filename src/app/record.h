#pragma once
#include <exception>
#include <functional>
#include <optional>
#include <string>

#include "app/context.h"
#include "domain/access.h"
#include "domain/record.h"

namespace pilar::app {

/// A filled instrument on its way into the store; its answers have been judged by check_answers.
struct NewRecord {
  Uuid id;
  FacilityKey facility;
  UnitKey unit;
  VersionKey version;
  Instant at;
  Channel channel = Channel::Public;
  Answers answers;
};

struct Saved {
  Uuid id;
  std::int32_t revision = 1;
  bool repeated = false;  ///< the same record was here before; nothing was added
  RecordState state = RecordState::Valid;
  bool operator==(const Saved&) const = default;
};

/// Exactly one of the two is meaningful: the result (or what the user can put right), or what the world did to us.
using OnSaved = std::move_only_function<void(Result<Saved>, std::exception_ptr)>;

/// Times outside are problems: later than now by more than a clock's error, or before 1990.
std::optional<Problem> check_time(Instant at, Instant now, Zone zone);

/// Moments among the answers that are later than now by more than a clock's error, each with its item: what has not happened cannot be
/// recorded. An item that may lie ahead (Item::may_lie_ahead) is let pass.
Problems check_moments(const Instrument& form, const Answers& answers, Instant now, Zone zone);

/// Adds a record with its cells and its audit line, and calls back when all of it is on disk. The same id with the same first
/// content is accepted again and adds nothing, also after a later correction. The same id with other content is refused, except
/// through Channel::Public, where it is kept as a flagged record of its own: a cached page can hand one id to two people. Nothing is added,
/// corrected or voided in a locked month (app/period_lock.h), a Conflict that says who locked it and whom to ask.
void submit_record(Context& context, const Scope& scope, NewRecord record, OnSaved done);
/// The same, waiting. Rethrows Faults.
Result<Saved> save_record(Context& context, const Scope& scope, NewRecord record);

struct Correction {
  FacilityKey facility;
  Uuid id;
  std::int32_t expected_revision = 1;  ///< what the editor saw; another one is a Conflict
  UnitKey unit;
  VersionKey version;
  Instant at;
  Answers answers;
  std::string reason;
};
/// Replaces the content; the earlier one is kept as a revision and its cells are taken back.
Result<Saved> correct_record(Context& context, const Scope& scope, const Correction& correction);
void submit_correction(Context& context, const Scope& scope, const Correction& correction, OnSaved done);

/// Takes the record out of every sum; it stays readable with its reason.
Result<Saved> void_record(Context& context, const Scope& scope, FacilityKey facility, const Uuid& id, std::int32_t expected_revision,
                          const std::string& reason);

}  // namespace pilar::app
