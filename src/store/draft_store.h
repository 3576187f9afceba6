#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/account_store.h"
#include "store/db.h"

namespace pilar::store {

/// A form somebody began and has not sent yet. Its id is the id of the record to be.
struct StoredDraft {
  FacilityKey facility;
  Uuid id;
  AccountKey account;
  InstrumentKey instrument;
  std::string fields;     ///< what was typed, as a form sends it
  std::int32_t turn = 1;  ///< grows with every save
  Instant created_at, changed_at;
  std::optional<Instant> deleted_at{};
};

/// Adds the draft, or replaces one of the same account whose turn is one lower; the row's created_at stays. False, and nothing
/// written, when a draft of this id belongs to somebody else or has another turn.
bool save_draft(Tx& tx, const StoredDraft& draft);
std::optional<StoredDraft> find_draft(Tx& tx, FacilityKey facility, const Uuid& id);
/// Those of the account that were changed since and are not thrown away, the latest first.
std::vector<StoredDraft> load_drafts(Tx& tx, AccountKey account, Instant since);
/// Throws it away, or (without a moment) takes it back. False when the account has no such draft.
bool mark_draft(Tx& tx, FacilityKey facility, const Uuid& id, AccountKey account, const std::optional<Instant>& deleted_at);
/// Whether some draft of the facility, thrown away or not, has a field of exactly this value; the value is of letters and digits.
bool has_draft_with(Tx& tx, FacilityKey facility, std::string_view value);
void delete_draft(Tx& tx, FacilityKey facility, const Uuid& id);
/// Removes drafts changed before a moment and those thrown away before another; returns how many.
std::int64_t delete_old_drafts(Tx& tx, Instant changed_before, Instant thrown_before);

std::span<const Sql* const> draft_statements();

}  // namespace pilar::store
