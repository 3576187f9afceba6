#include "store/record_note_store.h"

#include <array>

namespace pilar::store {
namespace {

constexpr Sql kAuthorInsert{"record_author.insert",
                            "INSERT INTO record_author (facility, id, actor) VALUES ($1, $2, $3) ON CONFLICT (facility, id) DO NOTHING"};
constexpr Sql kAuthorFind{"record_author.find", "SELECT actor FROM record_author WHERE facility = $1 AND id = $2"};
constexpr Sql kByAuthor{"record_author.of_actor", "SELECT id FROM record_author WHERE facility = $1 AND actor = $2"};
constexpr Sql kAuthors{"record_author.of_instrument",
                       "SELECT a.id, a.actor FROM record r JOIN record_author a ON a.facility = r.facility AND a.id = r.id "
                       "WHERE r.facility = $1 AND r.instrument = $2 AND r.day >= $3 AND r.day < $4"};
constexpr Sql kNoteInsert{"record_note.insert",
                          "INSERT INTO record_note (facility, record, id, kind, revision, at, actor, text) "
                          "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (facility, record, id) DO NOTHING"};
constexpr Sql kNotes{"record_note.of_record",
                     "SELECT id, kind, revision, at, actor, text FROM record_note WHERE facility = $1 AND record = $2 ORDER BY at, id"};

constexpr std::array kNoteAll{&kAuthorInsert, &kAuthorFind, &kByAuthor, &kAuthors, &kNoteInsert, &kNotes};

}  // namespace

void insert_author(Tx& tx, FacilityKey facility, const Uuid& record, const std::string& actor) {
  tx.later(kAuthorInsert, {param(facility), param(record), Param(std::string_view(actor))});
}

std::optional<std::string> find_author(Tx& tx, FacilityKey facility, const Uuid& record) {
  std::optional<std::string> found;
  tx.each(kAuthorFind, {param(facility), param(record)}, [&](const Row& row) { found = row.text(0); });
  return found;
}

void each_by_author(Tx& tx, FacilityKey facility, const std::string& actor, const std::function<void(const Uuid&)>& visit) {
  tx.each(kByAuthor, {param(facility), Param(std::string_view(actor))}, [&](const Row& row) { visit(row.uuid(0)); });
}

std::map<Uuid, std::string> load_authors(Tx& tx, FacilityKey facility, InstrumentKey instrument, Day from, Day to) {
  std::map<Uuid, std::string> authors;
  tx.each(kAuthors, {param(facility), param(instrument), param(from.value), param(to.value)},
          [&](const Row& row) { authors.emplace(row.uuid(0), row.text(1)); });
  return authors;
}

bool insert_note(Tx& tx, FacilityKey facility, const Uuid& record, const StoredNote& note) {
  return tx.run(kNoteInsert,
                {param(facility), param(record), param(note.id), param(static_cast<std::int64_t>(note.kind)), param(note.revision),
                 param(note.at.micros), Param(std::string_view(note.actor)), Param(std::string_view(note.text))}) == 1;
}

std::vector<StoredNote> load_notes(Tx& tx, FacilityKey facility, const Uuid& record) {
  std::vector<StoredNote> notes;
  tx.each(kNotes, {param(facility), param(record)}, [&](const Row& row) {
    notes.push_back({row.uuid(0), static_cast<NoteKind>(row.i32(1)), row.i32(2), Instant{row.i64(3)}, std::string(row.text(4)),
                     std::string(row.text(5))});
  });
  return notes;
}

std::span<const Sql* const> record_note_statements() { return kNoteAll; }

}  // namespace pilar::store
