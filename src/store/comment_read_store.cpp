#include "store/comment_read_store.h"

#include <array>

namespace pilar::store {
namespace {

constexpr Sql kReadInsert{"comment_read.insert",
                          "INSERT INTO comment_read (facility, record, at, actor) VALUES ($1, $2, $3, $4) "
                          "ON CONFLICT (facility, record) DO NOTHING"};
constexpr Sql kReadDelete{"comment_read.delete", "DELETE FROM comment_read WHERE facility = $1 AND record = $2"};
constexpr Sql kReadsDelete{"comment_read.delete_many", "DELETE FROM comment_read WHERE facility = $1 AND at = $2 AND actor = $3"};
constexpr Sql kReads{"comment_read.of_days",
                     "SELECT c.record, c.at, c.actor FROM record r JOIN comment_read c ON c.facility = r.facility AND c.record = r.id "
                     "WHERE r.facility = $1 AND r.instrument = $2 AND r.day >= $3 AND r.day < $4"};

constexpr std::array kReadAll{&kReadInsert, &kReadDelete, &kReadsDelete, &kReads};

}  // namespace

bool insert_comment_read(Tx& tx, FacilityKey facility, const Uuid& record, const CommentRead& read) {
  return tx.run(kReadInsert, {param(facility), param(record), param(read.at.micros), Param(std::string_view(read.actor))}) == 1;
}

bool delete_comment_read(Tx& tx, FacilityKey facility, const Uuid& record) {
  return tx.run(kReadDelete, {param(facility), param(record)}) == 1;
}

std::int64_t delete_comment_reads(Tx& tx, FacilityKey facility, const CommentRead& read) {
  return tx.run(kReadsDelete, {param(facility), param(read.at.micros), Param(std::string_view(read.actor))});
}

std::map<Uuid, CommentRead> load_comment_reads(Tx& tx, FacilityKey facility, InstrumentKey instrument, Period days) {
  std::map<Uuid, CommentRead> reads;
  tx.each(kReads, {param(facility), param(instrument), param(days.from.value), param(days.to.value)},
          [&](const Row& row) { reads.emplace(row.uuid(0), CommentRead{Instant{row.i64(1)}, std::string(row.text(2))}); });
  return reads;
}

std::span<const Sql* const> comment_read_statements() { return kReadAll; }

}  // namespace pilar::store
