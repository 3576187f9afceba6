#include "store/record_store.h"

#include <algorithm>
#include <array>

namespace pilar::store {
namespace {

constexpr Sql kInsertRecord{
    "record.insert",
    "INSERT INTO record (facility, id, instrument, version, unit, day, at, received_at, channel, state, revision, answers, "
    "first_hash, changed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (facility, id) DO NOTHING"};
constexpr Sql kAppendRecord{
    "record.append",
    "INSERT INTO record (facility, id, instrument, version, unit, day, at, received_at, channel, state, revision, answers, "
    "first_hash, changed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"};

constexpr Sql kFindRecord{"record.find",
                          "SELECT facility, id, instrument, version, unit, day, at, received_at, channel, state, revision, answers, "
                          "first_hash, changed FROM record WHERE facility = $1 AND id = $2"};

constexpr Sql kKeepRevision{
    "record.keep_revision",
    "INSERT INTO record_revision (facility, id, revision, version, unit, day, at, state, answers, replaced_at, actor, reason) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"};

constexpr Sql kReplaceRecord{"record.replace",
                             "UPDATE record SET version = $3, unit = $4, day = $5, at = $6, state = $7, revision = $8, answers = $9, "
                             "changed = $10 WHERE facility = $1 AND id = $2 AND revision = $8 - 1"};

constexpr Sql kRevisions{"record.revisions",
                         "SELECT revision, version, unit, day, at, state, answers, replaced_at, actor, reason FROM record_revision "
                         "WHERE facility = $1 AND id = $2 ORDER BY revision"};

constexpr Sql kPage{
    "record.page",
    "SELECT facility, id, instrument, version, unit, day, at, received_at, channel, state, revision, answers, first_hash, changed "
    "FROM record WHERE facility = $1 AND instrument = $2 AND day >= $3 AND day < $4 "
    "AND (day, unit, id) > ($5, $6, $7) ORDER BY day, unit, id LIMIT $8"};

constexpr Sql kUnitPage{
    "record.unit_page",
    "SELECT facility, id, instrument, version, unit, day, at, received_at, channel, state, revision, answers, first_hash, changed "
    "FROM record WHERE facility = $1 AND instrument = $2 AND day >= $3 AND day < $4 "
    "AND unit = $9 AND (day, unit, id) > ($5, $6, $7) ORDER BY day, unit, id LIMIT $8"};

constexpr Sql kLastDay{"record.last_day", "SELECT MAX(day) FROM record WHERE facility = $1 AND instrument = $2 AND day < $3"};

constexpr Sql kOfFacility{
    "record.of_facility",
    "SELECT facility, id, instrument, version, unit, day, at, received_at, channel, state, revision, answers, first_hash, changed "
    "FROM record WHERE facility = $1 AND id > $2 ORDER BY id LIMIT $3"};

constexpr Sql kChanged{"record.changed",
                       "SELECT facility, id, instrument, version, unit, day, at, received_at, channel, state, revision, answers, "
                       "first_hash, changed FROM record WHERE facility = $1 AND (changed, id) > ($2, $3) ORDER BY changed, id LIMIT $4"};

constexpr Sql kCountRecords{"record.count",
                            "SELECT COUNT(*) FROM record WHERE facility = $1 AND instrument = $2 AND day >= $3 AND day < $4"};

constexpr std::array kRecordAll{&kInsertRecord, &kAppendRecord, &kFindRecord, &kKeepRevision, &kReplaceRecord, &kRevisions,
                                &kPage,         &kUnitPage,     &kLastDay,    &kOfFacility,   &kChanged,       &kCountRecords};

Hash hash_of(Blob blob) {
  Hash out{};
  std::copy_n(blob.begin(), std::min(blob.size(), out.size()), out.begin());
  return out;
}

StoredRecord record_of(const Row& row) {
  StoredRecord r;
  r.facility = row.key<FacilityKey>(0);
  r.id = row.uuid(1);
  r.instrument = row.key<InstrumentKey>(2);
  r.version = row.key<VersionKey>(3);
  r.unit = row.key<UnitKey>(4);
  r.day = {row.i32(5)};
  r.at = {row.i64(6)};
  r.received_at = {row.i64(7)};
  r.channel = static_cast<Channel>(row.i32(8));
  r.state = static_cast<RecordState>(row.i32(9));
  r.revision = row.i32(10);
  r.answers = row.text(11);
  r.first_hash = hash_of(row.blob(12));
  r.changed = row.i64(13);
  return r;
}

std::int64_t number(RecordState state) { return static_cast<std::int64_t>(state); }

/// As the statements that insert it name them; borrowed from the record.
std::array<Param, 14> columns_of(const StoredRecord& r) {
  return {param(r.facility),
          param(r.id),
          param(r.instrument),
          param(r.version),
          param(r.unit),
          param(r.day.value),
          param(r.at.micros),
          param(r.received_at.micros),
          param(static_cast<std::int64_t>(r.channel)),
          param(number(r.state)),
          param(r.revision),
          Param(std::string_view(r.answers)),
          Param(Blob(r.first_hash)),
          param(r.changed)};
}

}  // namespace

bool insert_record(Tx& tx, const StoredRecord& record) { return tx.run(kInsertRecord, columns_of(record)) == 1; }

void append_record(Tx& tx, const StoredRecord& record) { tx.later(kAppendRecord, columns_of(record)); }

std::optional<StoredRecord> find_record(Tx& tx, FacilityKey facility, const Uuid& id) {
  std::optional<StoredRecord> found;
  tx.each(kFindRecord, {param(facility), param(id)}, [&](const Row& row) { found = record_of(row); });
  return found;
}

std::vector<std::optional<StoredRecord>> find_records(Tx& tx, std::span<const StoredRecord> wanted) {
  std::vector<std::array<Param, 2>> names;
  names.reserve(wanted.size());
  for (const auto& record : wanted) names.push_back({param(record.facility), param(record.id)});
  std::vector<std::optional<StoredRecord>> found(wanted.size());
  tx.each_of(kFindRecord, std::vector<Params>(names.begin(), names.end()),
             [&](std::size_t i, const Row& row) { found[i] = record_of(row); });
  return found;
}

void replace_record(Tx& tx, const StoredRecord& before, const StoredRecord& after, Instant at, const std::string& actor,
                    const std::string& reason) {
  require(before.facility == after.facility && before.id == after.id && after.revision == before.revision + 1,
          "a revision follows its record");
  tx.run(kKeepRevision,
         {param(before.facility), param(before.id), param(before.revision), param(before.version), param(before.unit),
          param(before.day.value), param(before.at.micros), param(number(before.state)), Param(std::string_view(before.answers)),
          param(at.micros), Param(std::string_view(actor)), Param(std::string_view(reason))});
  const auto changed = tx.run(kReplaceRecord, {param(after.facility), param(after.id), param(after.version), param(after.unit),
                                               param(after.day.value), param(after.at.micros), param(number(after.state)),
                                               param(after.revision), Param(std::string_view(after.answers)), param(after.changed)});
  require(changed == 1, "the replaced record is the one that was read");
}

std::vector<StoredRevision> load_revisions(Tx& tx, FacilityKey facility, const Uuid& id) {
  std::vector<StoredRevision> all;
  tx.each(kRevisions, {param(facility), param(id)}, [&](const Row& row) {
    all.push_back({row.i32(0), row.key<VersionKey>(1), row.key<UnitKey>(2), Day{row.i32(3)}, Instant{row.i64(4)},
                   static_cast<RecordState>(row.i32(5)), std::string(row.text(6)), Instant{row.i64(7)}, std::string(row.text(8)),
                   std::string(row.text(9))});
  });
  return all;
}

std::vector<StoredRecord> load_records(Tx& tx, FacilityKey facility, InstrumentKey instrument, const RecordPage& page) {
  const auto day = page.after ? page.after->day.value : page.from.value;
  const auto unit = page.after ? page.after->unit.value : -1;
  const auto id = page.after ? page.after->id : Uuid{};
  // Once more by the day alone: SQLite finds its place in the index by that and not by all three together.
  const auto from = std::max(page.from.value, day);
  std::vector<Param> params{param(facility), param(instrument), param(from), param(page.to.value),
                            param(day),      param(unit),       param(id),   param(page.limit)};
  if (page.unit) params.push_back(param(*page.unit));
  std::vector<StoredRecord> out;
  tx.each(page.unit ? kUnitPage : kPage, Params(params), [&](const Row& row) { out.push_back(record_of(row)); });
  return out;
}

void each_record(Tx& tx, FacilityKey facility, InstrumentKey instrument, Day from, Day to,
                 const std::function<void(const StoredRecord&)>& visit, const std::optional<UnitKey>& unit) {
  RecordPage page{from, to, unit, {}, 1000};
  for (;;) {
    auto records = load_records(tx, facility, instrument, page);
    for (const auto& record : records) visit(record);
    if (static_cast<std::int64_t>(records.size()) < page.limit) return;
    page.after = std::move(records.back());
  }
}

std::vector<StoredRecord> load_changed_records(Tx& tx, FacilityKey facility, std::int64_t changed, const std::optional<Uuid>& after,
                                               std::int64_t limit) {
  constexpr Uuid kLast{{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}};
  const auto id = after.value_or(kLast);
  std::vector<StoredRecord> out;
  tx.each(kChanged, {param(facility), param(changed), param(id), param(limit)}, [&](const Row& row) { out.push_back(record_of(row)); });
  return out;
}

std::int64_t count_records(Tx& tx, FacilityKey facility, InstrumentKey instrument, Day from, Day to) {
  std::int64_t count = 0;
  tx.each(kCountRecords, {param(facility), param(instrument), param(from.value), param(to.value)},
          [&](const Row& row) { count = row.i64(0); });
  return count;
}

std::optional<Day> last_record_day(Tx& tx, FacilityKey facility, InstrumentKey instrument, Day before) {
  std::optional<Day> last;
  tx.each(kLastDay, {param(facility), param(instrument), param(before.value)}, [&](const Row& row) {
    if (!row.is_null(0)) last = Day{row.i32(0)};
  });
  return last;
}

void each_facility_record(Tx& tx, FacilityKey facility, const std::function<void(const StoredRecord&)>& visit) {
  constexpr std::int64_t kPageSize = 1000;
  std::optional<Uuid> after;  // no bytes come before every id, the one of all zeros too
  for (std::int64_t found = kPageSize; found == kPageSize;) {
    found = 0;
    tx.each(kOfFacility, {param(facility), after ? param(*after) : Param(Blob()), param(kPageSize)}, [&](const Row& row) {
      const auto record = record_of(row);
      after = record.id;
      ++found;
      visit(record);
    });
  }
}

std::span<const Sql* const> record_statements() { return kRecordAll; }

}  // namespace pilar::store
