#include "app/record_detail.h"

#include <algorithm>

#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/answer.h"
#include "i18n/words/entry.h"
#include "i18n/words/result.h"

namespace pilar::app {
namespace {

const InstalledVersion* known_version(const Reference& reference, VersionKey key) {
  const auto* version = reference.find(key);
  require(version != nullptr, "the version of a record is known");
  return version;
}

RecordContent content_of(const RecordDetail& detail, const store::StoredRevision& row) {
  const auto* version = known_version(*detail.reference, row.version);
  return {version, row.revision, row.unit, row.at, row.state, detail.is_hidden ? Answers{} : from_canonical(row.answers)};
}

RecordContent current_content(const RecordDetail& detail) {
  const auto& row = detail.record;
  return {detail.version, row.revision, row.unit, row.at, row.state, detail.answers};
}

void add_changes(RecordDetail& detail, const std::vector<store::StoredRevision>& revisions) {
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    const auto& row = revisions[i];
    auto after = i + 1 < revisions.size() ? content_of(detail, revisions[i + 1]) : current_content(detail);
    detail.changes.push_back({content_of(detail, row), std::move(after), row.replaced_at, row.actor, row.reason});
  }
}

std::vector<std::string> people_of(const RecordDetail& detail) {
  std::vector<std::string> who;
  if (detail.author) who.push_back(*detail.author);
  for (const auto& change : detail.changes) who.push_back(change.actor);
  for (const auto& note : detail.notes) who.push_back(note.actor);
  return who;
}

bool had_a_hand_in(const RecordDetail& detail, const std::string& actor) {
  return detail.author == actor || std::ranges::any_of(detail.changes, [&](const RecordChange& change) { return change.actor == actor; });
}

Problems check_note(const Scope& scope, const RecordDetail& detail, const NewNote& note) {
  using Kind = Problem::Kind;
  const bool checks = note.kind == store::NoteKind::Checked;
  const auto right = checks ? Right::CorrectRecords : Right::WriteRecords;
  if (detail.is_hidden) return {{Kind::Forbidden, Msg::NoteNotHere, "", {}}};
  if (!scope.may(right, detail.reference->organisation, detail.node->key, detail.record.unit))
    return {{Kind::Forbidden, Msg::AccessMayNotWrite, "", {}}};
  if (checks && detail.record.state == RecordState::Voided) return {{Kind::Conflict, Msg::NoteVoided, "", {}}};
  if (checks && had_a_hand_in(detail, scope.actor())) return {{Kind::Forbidden, Msg::NoteOwn, "", {}}};
  if (!checks && trim(note.text).empty()) return {{Kind::Invalid, Msg::NoteMissing, "text", {}}};
  if (!is_utf8(note.text)) return {{Kind::Invalid, Msg::AnswerBadText, "text", {}}};
  if (code_points(note.text) > kLongestNote) return {{Kind::Invalid, Msg::NoteLong, "text", {std::to_string(kLongestNote)}}};
  return {};
}

}  // namespace

Result<RecordDetail> read_record(Context& context, const Scope& scope, std::string_view instrument, FacilityKey facility, const Uuid& id) {
  RecordDetail detail;
  detail.reference = context.reference.get();
  const auto& organisation = detail.reference->organisation;
  detail.node = organisation.find(facility);
  if (detail.node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "place");
  if (!scope.may(Right::ReadRecords, organisation, facility)) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "place");
  std::optional<store::StoredRecord> record;
  std::vector<store::StoredRevision> revisions;
  context.db.read([&](store::Tx& tx) {
    record = store::find_record(tx, facility, id);
    revisions = store::load_revisions(tx, facility, id);
    detail.author = store::find_author(tx, facility, id);
    detail.notes = store::load_notes(tx, facility, id);
  });
  if (!record) return refuse(Problem::Kind::NotFound, Msg::RecordNotFound, "id");
  detail.version = known_version(*detail.reference, record->version);
  if (detail.version->form.key != instrument) return refuse(Problem::Kind::NotFound, Msg::RecordNotFound, "id");
  if (!scope.may(Right::ReadRecords, organisation, facility, record->unit))
    return refuse(Problem::Kind::Forbidden, Msg::AccessOwnUnit, "unit");
  detail.record = *std::move(record);
  detail.unit = organisation.find_unit(facility, detail.record.unit);
  detail.is_hidden = detail.version->form.is_public;
  if (!detail.is_hidden) detail.answers = from_canonical(detail.record.answers);
  add_changes(detail, revisions);
  detail.names = audit_names(context, people_of(detail));
  return detail;
}

Result<void> add_note(Context& context, const Scope& scope, const RecordDetail& detail, const NewNote& note) {
  if (auto problems = check_note(scope, detail, note); !problems.empty()) return std::unexpected(std::move(problems));
  const auto now = context.clock.now();
  const auto& id = detail.record.id;
  const store::StoredNote row{note.id, note.kind, detail.record.revision, now, scope.actor(), std::string(trim(note.text))};
  const bool checks = note.kind == store::NoteKind::Checked;
  context.db.write(detail.node->key, [&](store::Write& write) {
    if (!store::insert_note(write.tx(), detail.node->key, id, row)) return;
    write.audit({now, scope.actor(), checks ? "record.check" : "record.note", "record:" + text(id), {}});
  });
  return {};
}

}  // namespace pilar::app
