#include "app/record_parts.h"

#include <algorithm>

#include "app/photo.h"
#include "app/record_list.h"
#include "i18n/words/access.h"
#include "i18n/words/answer.h"
#include "store/photo_store.h"

namespace pilar::app {
namespace {

/// What a repeated send is recognised by. A public page does not know when it was filled in, so its time is left out.
Hash first_hash(const NewRecord& record, const std::string& canonical) {
  const auto at = record.channel == Channel::Public ? 0 : record.at.micros;
  return sha256(std::to_string(record.version.value) + "|" + std::to_string(record.unit.value) + "|" + std::to_string(at) + "|", canonical);
}

}  // namespace

NewRecord with_hashed_persons(const Context& context, NewRecord record) {
  hash_persons(record.answers, context.person_key, record.facility);
  return record;
}

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

Uuid flagged_id(const Uuid& id, const Hash& content) { return hashed_uuid(id, sha256(as_text(id.bytes), as_text(content))); }

std::shared_ptr<const Reference> reference_for(Context& context, store::Write& write) {
  auto reference = context.reference.get();
  if (write.catalogue() <= reference->generation) return reference;
  reference = reference_in(context, write.tx());
  context.reference.set(reference);
  return reference;
}

const InstalledVersion& version_of(const Reference& reference, VersionKey key) {
  const auto* version = reference.find(key);
  require(version != nullptr, "a record names an installed version");
  return *version;
}

std::vector<Delta> deltas_of(const Reference& reference, const store::StoredRecord& record, const Answers& answers) {
  if (record.state == RecordState::Voided) return {};
  const auto& version = version_of(reference, record.version);
  const auto minute = report_minute(record.day, record.at);
  auto deltas = observe(version.form, version.series, answers, minute);
  const auto count = [&](const std::vector<Series>& series) {
    if (!series.empty()) std::ranges::move(observe(version.form, series, answers, minute), std::back_inserter(deltas));
  };
  count(version.counted);
  if (const auto own = version.counted_at.find(record.facility); own != version.counted_at.end()) count(own->second);
  return deltas;
}

std::vector<Delta> deltas_of(const Reference& reference, const store::StoredRecord& record) {
  return deltas_of(reference, record, from_canonical(record.answers));
}

std::optional<Problem> missing_photo(store::Tx& tx, FacilityKey facility, const Instrument& form, const Answers& answers) {
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto* photo = std::get_if<Photo>(&answers[i]);
    if (photo == nullptr) continue;
    const auto hash = parse_photo_hash(photo->hash);
    if (!hash || !store::has_photo(tx, facility, *hash))
      return Problem{Problem::Kind::Invalid, Msg::AnswerPhotoUnknown, form.items.at(i).key, {}};
  }
  return {};
}

void use_photos(store::Tx& tx, FacilityKey facility, const Instrument& form, Day day, const Answers& answers) {
  const Day opens{day.value + (form.is_public ? kCommentDays : 0)};
  for (const auto& answer : answers)
    if (const auto* photo = std::get_if<Photo>(&answer))
      if (const auto hash = parse_photo_hash(photo->hash)) store::use_photo(tx, facility, *hash, opens);
}

void add_stored(store::Write& write, const Reference& reference, const store::StoredRecord& record, int sign) {
  write.add(record.day, record.unit, deltas_of(reference, record), sign);
}

std::optional<Problem> check_may(const Reference& reference, const Scope& scope, Right right, FacilityKey facility, UnitKey unit) {
  if (scope.may(right, reference.organisation, facility, unit)) return {};
  if (!scope.may(right, reference.organisation, facility)) return Problem{Problem::Kind::Forbidden, Msg::AccessMayNotWrite, "facility", {}};
  return Problem{Problem::Kind::Forbidden, Msg::AccessOwnUnit, "unit", {}};
}

}  // namespace pilar::app
