#pragma once
#include <memory>

#include "app/record.h"
#include "domain/series.h"
#include "store/record_store.h"

/// What the use cases of records share.
namespace pilar::app {

/// The row of a new record; its first_hash is what a repeated send is recognised by.
store::StoredRecord stored_form(const Reference& reference, const NewRecord& record, Instant received_at);
/// A flagged record's id follows from what it says, so that sending it twice is still one record.
Uuid flagged_id(const Uuid& id, const Hash& content);

/// The reference this facility's rows are prepared for, or a newer one.
std::shared_ptr<const Reference> reference_for(Context& context, store::Write& write);
/// A version that records name must be installed; anything else is a Bug.
const InstalledVersion& version_of(const Reference& reference, VersionKey key);

void add_deltas(store::Write& write, const InstalledVersion& version, Day day, UnitKey unit, const Answers& answers, int sign);
/// The cells of a stored row; none where it is voided.
void add_stored(store::Write& write, const Reference& reference, const store::StoredRecord& record, int sign);

/// Empty where the scope may write records of the facility.
std::optional<Problem> check_may_write(Context& context, const Scope& scope, FacilityKey facility);

}  // namespace pilar::app
