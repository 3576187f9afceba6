#pragma once
#include <memory>

#include "app/record.h"
#include "domain/series.h"
#include "store/record_store.h"

/// What the use cases of records share.
namespace pilar::app {

/// The record with hashes in the place of the persons that were named.
NewRecord with_hashed_persons(const Context& context, NewRecord record);
/// The row of a new record, whose persons are hashed; its first_hash is what a repeated send is recognised by.
store::StoredRecord stored_form(const Reference& reference, const NewRecord& record, Instant received_at);
/// A flagged record's id follows from what it says, so that sending it twice is still one record.
Uuid flagged_id(const Uuid& id, const Hash& content);

/// The reference this facility's rows are prepared for, or a newer one.
std::shared_ptr<const Reference> reference_for(Context& context, store::Write& write);
/// A version that records name must be installed; anything else is a Bug.
const InstalledVersion& version_of(const Reference& reference, VersionKey key);

/// The problem of a photo that the facility does not have; empty where all are there.
std::optional<Problem> missing_photo(store::Tx& tx, FacilityKey facility, const Instrument& form, const Answers& answers);
/// The answers' photos belong to a record from now on. Staff may see those of an instrument for the public as late as its comments.
void use_photos(store::Tx& tx, FacilityKey facility, const Instrument& form, Day day, const Answers& answers);

/// What a stored row adds to its cells, given its answers; none where it is voided.
std::vector<Delta> deltas_of(const Reference& reference, const store::StoredRecord& record, const Answers& answers);
std::vector<Delta> deltas_of(const Reference& reference, const store::StoredRecord& record);
void add_stored(store::Write& write, const Reference& reference, const store::StoredRecord& record, int sign);

/// Empty where the scope has the right (WriteRecords or CorrectRecords) over records of that unit.
std::optional<Problem> check_may(const Reference& reference, const Scope& scope, Right right, FacilityKey facility, UnitKey unit);

}  // namespace pilar::app
