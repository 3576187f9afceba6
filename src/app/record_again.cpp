#include "app/record_again.h"

#include "store/record_store.h"

namespace pilar::app {
namespace {

/// The record, where its last change was this actor's, for this reason, on this revision.
std::optional<store::StoredRecord> changed_so(Context& context, const Scope& scope, FacilityKey facility, const Uuid& id,
                                              std::int32_t expected_revision, const std::string& reason) {
  std::optional<store::StoredRecord> record;
  std::vector<store::StoredRevision> revisions;
  context.db.read([&](store::Tx& tx) {
    record = store::find_record(tx, facility, id);
    if (record) revisions = store::load_revisions(tx, facility, id);
  });
  if (!record || record->revision != expected_revision + 1 || revisions.empty()) return {};
  const auto& last = revisions.back();
  if (last.revision != expected_revision || last.actor != scope.actor() || last.reason != reason) return {};
  return record;
}

}  // namespace

std::optional<Saved> find_repeated(Context& context, const Scope& scope, const Correction& correction) {
  const auto record = changed_so(context, scope, correction.facility, correction.id, correction.expected_revision, correction.reason);
  if (!record || record->state == RecordState::Voided || record->unit != correction.unit || record->version != correction.version ||
      record->at != correction.at || record->answers != to_canonical(correction.answers))
    return {};
  return Saved{record->id, record->revision, true, record->state};
}

std::optional<Saved> find_repeated_voiding(Context& context, const Scope& scope, FacilityKey facility, const Uuid& id,
                                           std::int32_t expected_revision, const std::string& reason) {
  const auto record = changed_so(context, scope, facility, id, expected_revision, reason);
  if (!record || record->state != RecordState::Voided) return {};
  return Saved{record->id, record->revision, true, record->state};
}

}  // namespace pilar::app
