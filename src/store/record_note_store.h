#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "domain/record.h"
#include "store/db.h"

namespace pilar::store {

/// Who entered the record by hand ("account:12"). Once a record; a second time changes nothing.
void insert_author(Tx& tx, FacilityKey facility, const Uuid& record, const std::string& actor);
std::optional<std::string> find_author(Tx& tx, FacilityKey facility, const Uuid& record);

/// The ids of the records that somebody entered there, in no meaningful order.
void each_by_author(Tx& tx, FacilityKey facility, const std::string& actor, const std::function<void(const Uuid&)>& visit);

/// Who entered the records of an instrument there in [from, to), by the record.
std::map<Uuid, std::string> load_authors(Tx& tx, FacilityKey facility, InstrumentKey instrument, Day from, Day to);

/// Records of one way in, by one person or of one imported file.
struct RecordSource {
  Channel channel = Channel::Staff;
  std::string actor{};  ///< who entered them by hand or brought the file; empty: nobody is known
  std::string file{};   ///< of an import
  std::int64_t records = 0;
  Instant latest{};     ///< when the last of them came
};
/// Where the records of an instrument there in the period came from, voided ones left out, most first; those of participants are no part.
std::vector<RecordSource> load_record_sources(Tx& tx, FacilityKey facility, InstrumentKey instrument, Period period,
                                              std::optional<UnitKey> unit);

enum class NoteKind : std::uint8_t { Comment = 1, Checked = 2 };
/// What a second person says about a record; never changed.
struct StoredNote {
  Uuid id;
  NoteKind kind = NoteKind::Comment;
  std::int32_t revision = 1;  ///< of the record when it was written
  Instant at;
  std::string actor, text;
};
/// False, and nothing written, when a note of this id is there.
bool insert_note(Tx& tx, FacilityKey facility, const Uuid& record, const StoredNote& note);
/// Oldest first.
std::vector<StoredNote> load_notes(Tx& tx, FacilityKey facility, const Uuid& record);

std::span<const Sql* const> record_note_statements();

}  // namespace pilar::store
