#include "store/draft_store.h"

#include <array>

namespace pilar::store {
namespace {

constexpr Sql kDraftSave{
    "draft.save",
    "INSERT INTO draft (facility, id, account, instrument, fields, turn, created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
    "ON CONFLICT (facility, id) DO UPDATE SET fields = excluded.fields, turn = excluded.turn, changed_at = excluded.changed_at, "
    "deleted_at = NULL WHERE draft.account = excluded.account AND draft.turn = excluded.turn - 1"};
constexpr Sql kDraftFind{"draft.find",
                         "SELECT facility, id, account, instrument, fields, turn, created_at, changed_at, deleted_at FROM draft "
                         "WHERE facility = $1 AND id = $2"};
constexpr Sql kDraftsOf{"draft.of_account",
                        "SELECT facility, id, account, instrument, fields, turn, created_at, changed_at, deleted_at FROM draft "
                        "WHERE account = $1 AND changed_at >= $2 AND deleted_at IS NULL ORDER BY changed_at DESC, id"};
constexpr Sql kDraftMark{"draft.mark", "UPDATE draft SET deleted_at = $4 WHERE facility = $1 AND id = $2 AND account = $3"};
constexpr Sql kDraftWith{"draft.with_value",
                         "SELECT 1 FROM draft WHERE facility = $1 AND '&' || fields || '&' LIKE '%=' || $2 || '&%' LIMIT 1"};
constexpr Sql kDraftDelete{"draft.delete", "DELETE FROM draft WHERE facility = $1 AND id = $2"};
constexpr Sql kDraftsDelete{"draft.delete_old", "DELETE FROM draft WHERE changed_at < $1 OR deleted_at < $2"};

constexpr std::array kDraftAll{&kDraftSave, &kDraftFind, &kDraftsOf, &kDraftMark, &kDraftWith, &kDraftDelete, &kDraftsDelete};

StoredDraft draft_of(const Row& row) {
  StoredDraft draft{row.key<FacilityKey>(0),  row.uuid(1), row.key<AccountKey>(2), row.key<InstrumentKey>(3),
                    std::string(row.text(4)), row.i32(5),  {row.i64(6)},           {row.i64(7)}};
  if (!row.is_null(8)) draft.deleted_at = Instant{row.i64(8)};
  return draft;
}

}  // namespace

bool save_draft(Tx& tx, const StoredDraft& draft) {
  return tx.run(kDraftSave, {param(draft.facility), param(draft.id), param(draft.account), param(draft.instrument),
                             Param(std::string_view(draft.fields)), param(draft.turn), param(draft.created_at.micros),
                             param(draft.changed_at.micros)}) == 1;
}

std::optional<StoredDraft> find_draft(Tx& tx, FacilityKey facility, const Uuid& id) {
  std::optional<StoredDraft> found;
  tx.each(kDraftFind, {param(facility), param(id)}, [&](const Row& row) { found = draft_of(row); });
  return found;
}

std::vector<StoredDraft> load_drafts(Tx& tx, AccountKey account, Instant since) {
  std::vector<StoredDraft> all;
  tx.each(kDraftsOf, {param(account), param(since.micros)}, [&](const Row& row) { all.push_back(draft_of(row)); });
  return all;
}

bool mark_draft(Tx& tx, FacilityKey facility, const Uuid& id, AccountKey account, const std::optional<Instant>& deleted_at) {
  return tx.run(kDraftMark, {param(facility), param(id), param(account), deleted_at ? param(deleted_at->micros) : Param{}}) == 1;
}

bool has_draft_with(Tx& tx, FacilityKey facility, std::string_view value) {
  bool has = false;
  tx.each(kDraftWith, {param(facility), Param(value)}, [&](const Row&) { has = true; });
  return has;
}

void delete_draft(Tx& tx, FacilityKey facility, const Uuid& id) { tx.run(kDraftDelete, {param(facility), param(id)}); }

std::int64_t delete_old_drafts(Tx& tx, Instant changed_before, Instant thrown_before) {
  return tx.run(kDraftsDelete, {param(changed_before.micros), param(thrown_before.micros)});
}

std::span<const Sql* const> draft_statements() { return kDraftAll; }

}  // namespace pilar::store
