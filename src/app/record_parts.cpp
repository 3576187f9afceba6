#include "app/record_parts.h"

#include <algorithm>

#include "i18n/messages.h"

namespace pilar::app {
namespace {

/// What a repeated send is recognised by. A public page does not know when it was filled in, so its time is left out.
Hash first_hash(const NewRecord& record, const std::string& canonical) {
  const auto at = record.channel == Channel::Public ? 0 : record.at.micros;
  return sha256(std::to_string(record.version.value) + "|" + std::to_string(record.unit.value) + "|" + std::to_string(at) + "|", canonical);
}

}  // namespace

store::StoredRecord stored_form(const Reference& reference, const NewRecord& record, Instant received_at) {
  const auto* node = reference.organisation.find(record.facility);
  require(node != nullptr, "a record's facility is known");
  store::StoredRecord row;
  row.facility = record.facility;
  row.id = record.id;
  row.instrument = version_of(reference, record.version).instrument;
  row.version = record.version;
  row.unit = record.unit;
  row.day = civil_day(record.at, node->zone);
  row.at = record.at;
  row.received_at = received_at;
  row.channel = record.channel;
  row.answers = to_canonical(record.answers);
  row.first_hash = first_hash(record, row.answers);
  return row;
}

Uuid flagged_id(const Uuid& id, const Hash& content) {
  const auto hash = sha256(as_text(id.bytes), as_text(content));
  Uuid out = id;
  std::copy_n(hash.begin(), 10, out.bytes.begin() + 6);
  out.bytes[6] = static_cast<std::uint8_t>(0x80 | (out.bytes[6] & 0x0F));  // version 8: made from a hash
  out.bytes[8] = static_cast<std::uint8_t>(0x80 | (out.bytes[8] & 0x3F));
  return out;
}

std::shared_ptr<const Reference> reference_for(Context& context, store::Write& write) {
  auto reference = context.reference.get();
  if (write.catalogue() <= reference->generation) return reference;
  reference = load_reference(write.tx());
  context.reference.set(reference);
  return reference;
}

const InstalledVersion& version_of(const Reference& reference, VersionKey key) {
  const auto* version = reference.find(key);
  require(version != nullptr, "a record names an installed version");
  return *version;
}

void add_deltas(store::Write& write, const InstalledVersion& version, Day day, UnitKey unit, const Answers& answers, int sign) {
  write.add(day, unit, observe(version.form, version.series, answers), sign);
}

void add_stored(store::Write& write, const Reference& reference, const store::StoredRecord& record, int sign) {
  if (record.state != RecordState::Voided)
    add_deltas(write, version_of(reference, record.version), record.day, record.unit, from_canonical(record.answers), sign);
}

std::optional<Problem> check_may_write(Context& context, const Scope& scope, FacilityKey facility) {
  if (scope.may(Right::WriteRecords, context.reference.get()->organisation, facility)) return {};
  return Problem{Problem::Kind::Forbidden, Msg::AccessMayNotWrite, "facility", {}};
}

}  // namespace pilar::app
