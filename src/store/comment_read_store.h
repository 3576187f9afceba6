#pragma once
#include <map>
#include <span>
#include <string>

#include "base/id.h"
#include "base/time.h"
#include "store/db.h"

namespace pilar::store {

/// Who marked a record's comment as read, and when. It counts for the whole place.
struct CommentRead {
  Instant at;         ///< the same for all that were marked together
  std::string actor;  ///< "account:12"
};

/// False, and nothing written, where somebody has marked it before.
bool insert_comment_read(Tx& tx, FacilityKey facility, const Uuid& record, const CommentRead& read);
/// False where it was not marked.
bool delete_comment_read(Tx& tx, FacilityKey facility, const Uuid& record);
/// Takes back what this actor marked at that moment; how many.
std::int64_t delete_comment_reads(Tx& tx, FacilityKey facility, const CommentRead& read);
/// The marks of an instrument's records of those days, half-open.
std::map<Uuid, CommentRead> load_comment_reads(Tx& tx, FacilityKey facility, InstrumentKey instrument, Period days);

std::span<const Sql* const> comment_read_statements();

}  // namespace pilar::store
