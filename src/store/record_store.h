#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/id.h"
#include "base/time.h"
#include "domain/record.h"
#include "store/db.h"

namespace pilar::store {

/// A record as stored: its answers still as canonical text, to be read with the instrument version it names.
struct StoredRecord {
  FacilityKey facility;
  Uuid id;
  InstrumentKey instrument;
  VersionKey version;
  UnitKey unit;
  Day day;
  Instant at, received_at;
  Channel channel = Channel::Public;
  RecordState state = RecordState::Valid;
  std::int32_t revision = 1;
  std::string answers;
  Hash first_hash{};
  std::int64_t changed = 0;  ///< Write::next_line() of the transaction that wrote it last; 0: before changes were numbered
};

struct StoredRevision {
  std::int32_t revision = 1;
  VersionKey version;
  UnitKey unit;
  Day day;
  Instant at;
  RecordState state = RecordState::Valid;
  std::string answers;
  Instant replaced_at;
  std::string actor, reason;
};

/// False, and nothing written, when the facility already has a record of this id.
bool insert_record(Tx& tx, const StoredRecord& record);
/// One whose id the facility is known not to have, which costs no round trip: else the transaction fails.
void append_record(Tx& tx, const StoredRecord& record);
std::optional<StoredRecord> find_record(Tx& tx, FacilityKey facility, const Uuid& id);
/// Those with the facilities and ids of these, in their order, in few round trips.
std::vector<std::optional<StoredRecord>> find_records(Tx& tx, std::span<const StoredRecord> wanted);
/// Keeps `before` as a revision and puts `after` (same facility and id, revision one higher) in its place.
void replace_record(Tx& tx, const StoredRecord& before, const StoredRecord& after, Instant at, const std::string& actor,
                    const std::string& reason);
/// Earlier revisions, oldest first.
std::vector<StoredRevision> load_revisions(Tx& tx, FacilityKey facility, const Uuid& id);

/// Where a page of records begins: after this record in the order (day, unit, id).
struct RecordPage {
  Day from, to;  ///< half-open
  std::optional<UnitKey> unit{};
  std::optional<StoredRecord> after{};
  std::int64_t limit = 200;
};
/// Records of one instrument at one facility, whatever their state, ordered by day, unit, id.
std::vector<StoredRecord> load_records(Tx& tx, FacilityKey facility, InstrumentKey instrument, const RecordPage& page);
/// The same, all of them or those of a unit, page by page; each page is its own statement.
void each_record(Tx& tx, FacilityKey facility, InstrumentKey instrument, Day from, Day to,
                 const std::function<void(const StoredRecord&)>& visit, const std::optional<UnitKey>& unit = {});
/// Records whose last change has a number above `changed`, or that number itself and an id above `after`, in this order. Numbers
/// are given under the facility's lock, so that a page never passes over a change that is not committed yet.
std::vector<StoredRecord> load_changed_records(Tx& tx, FacilityKey facility, std::int64_t changed, const std::optional<Uuid>& after,
                                               std::int64_t limit);
/// Records of [from, to), whatever their state.
std::int64_t count_records(Tx& tx, FacilityKey facility, InstrumentKey instrument, Day from, Day to);
/// Day of the latest record before `before`, if there is any.
std::optional<Day> last_record_day(Tx& tx, FacilityKey facility, InstrumentKey instrument, Day before);
/// All records of a facility, whatever the instrument, in no meaningful order, page by page.
void each_facility_record(Tx& tx, FacilityKey facility, const std::function<void(const StoredRecord&)>& visit);

std::span<const Sql* const> record_statements();

}  // namespace pilar::store
