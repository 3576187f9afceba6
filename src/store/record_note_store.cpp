#include "store/record_note_store.h"

#include <array>
#include <initializer_list>
#include <limits>

namespace pilar::store {
namespace {

constexpr Sql kAuthorInsert{"record_author.insert",
                            "INSERT INTO record_author (facility, id, actor) VALUES ($1, $2, $3) ON CONFLICT (facility, id) DO NOTHING"};
constexpr Sql kAuthorFind{"record_author.find", "SELECT actor FROM record_author WHERE facility = $1 AND id = $2"};
constexpr Sql kByAuthor{"record_author.of_actor", "SELECT id FROM record_author WHERE facility = $1 AND actor = $2"};
constexpr Sql kAuthors{"record_author.of_instrument",
                       "SELECT a.id, a.actor FROM record r JOIN record_author a ON a.facility = r.facility AND a.id = r.id "
                       "WHERE r.facility = $1 AND r.instrument = $2 AND r.day >= $3 AND r.day < $4"};
constexpr Sql kSources{
    "record_author.sources",
    "SELECT r.channel, a.actor, COUNT(*), MAX(r.received_at) FROM record r "
    "LEFT JOIN record_author a ON a.facility = r.facility AND a.id = r.id "
    "WHERE r.facility = $1 AND r.instrument = $2 AND r.day >= $3 AND r.day < $4 AND r.unit >= $5 AND r.unit <= $6 "
    "AND r.state <> 2 AND r.channel <> 1 AND r.channel <> 4 GROUP BY r.channel, a.actor ORDER BY COUNT(*) DESC, MAX(r.received_at) DESC"};
constexpr Sql kImportedFrom{
    "record_author.imports",
    "SELECT i.owner, i.file_name, COUNT(*), MAX(r.received_at) FROM record r "
    "LEFT JOIN import_record m ON m.facility = r.facility AND m.id = r.id AND m.revision = 0 AND m.undone = 0 "
    "LEFT JOIN import_run i ON i.id = m.import "
    "WHERE r.facility = $1 AND r.instrument = $2 AND r.day >= $3 AND r.day < $4 AND r.unit >= $5 AND r.unit <= $6 "
    "AND r.state <> 2 AND r.channel = 4 GROUP BY i.owner, i.file_name ORDER BY COUNT(*) DESC, MAX(r.received_at) DESC"};
constexpr Sql kNoteInsert{"record_note.insert",
                          "INSERT INTO record_note (facility, record, id, kind, revision, at, actor, text) "
                          "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (facility, record, id) DO NOTHING"};
constexpr Sql kNotes{"record_note.of_record",
                     "SELECT id, kind, revision, at, actor, text FROM record_note WHERE facility = $1 AND record = $2 ORDER BY at, id"};

constexpr std::array kNoteAll{&kAuthorInsert, &kAuthorFind, &kByAuthor, &kAuthors, &kSources, &kImportedFrom, &kNoteInsert, &kNotes};

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

std::vector<RecordSource> load_record_sources(Tx& tx, FacilityKey facility, InstrumentKey instrument, Period period,
                                              std::optional<UnitKey> unit) {
  std::vector<RecordSource> sources;
  const auto from = unit ? unit->value : 0, to = unit ? unit->value : std::numeric_limits<std::int32_t>::max();
  const auto text = [](const Row& row, int column) { return row.is_null(column) ? std::string() : std::string(row.text(column)); };
  const std::initializer_list<Param> which{param(facility),        param(instrument), param(period.from.value),
                                           param(period.to.value), param(from),       param(to)};
  tx.each(kSources, which, [&](const Row& row) {
    sources.push_back({static_cast<Channel>(row.i32(0)), text(row, 1), {}, row.i64(2), Instant{row.i64(3)}});
  });
  tx.each(kImportedFrom, which,
          [&](const Row& row) { sources.push_back({Channel::Import, text(row, 0), text(row, 1), row.i64(2), Instant{row.i64(3)}}); });
  return sources;
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
