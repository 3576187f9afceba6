#include "app/draft.h"

#include "i18n/words/access.h"
#include "i18n/words/entry.h"
#include "store/record_store.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kDayMicros = 86'400LL * 1'000'000;

Instant days_ago(const Context& context, std::int64_t days) { return {context.clock.now().micros - days * kDayMicros}; }

/// The row could not be saved: the same content of the same turn was kept before, or somebody else was here.
Result<std::int32_t> explain(store::Tx& tx, const Person& person, const NewDraft& draft) {
  const auto kept = store::find_draft(tx, draft.facility, draft.id);
  const bool is_own = kept && kept->account == person.account;
  if (is_own && kept->turn == draft.seen_turn + 1 && kept->fields == draft.fields) return kept->turn;
  return refuse(Problem::Kind::Conflict, Msg::DraftElsewhere, "id");
}

Result<void> mark(Context& context, const Person& person, FacilityKey facility, const Uuid& id, const std::optional<Instant>& at) {
  bool marked = false;
  context.db.write(facility, [&](store::Write& write) { marked = store::mark_draft(write.tx(), facility, id, person.account, at); });
  if (!marked) return refuse(Problem::Kind::NotFound, Msg::DraftUnknown, "id");
  return {};
}

}  // namespace

Result<std::int32_t> keep_draft(Context& context, const Person& person, const NewDraft& draft) {
  const auto reference = context.reference.get();
  if (!person.scope.may(Right::WriteRecords, reference->organisation, draft.facility))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotWrite, "facility");
  const auto now = context.clock.now();
  const store::StoredDraft row{draft.facility, draft.id, person.account, draft.instrument, draft.fields, draft.seen_turn + 1, now, now};
  Result<std::int32_t> result = row.turn;
  context.db.write(draft.facility, [&](store::Write& write) {
    result = row.turn;
    if (store::find_record(write.tx(), draft.facility, draft.id))
      result = refuse(Problem::Kind::Conflict, Msg::DraftSent, "id");
    else if (!store::save_draft(write.tx(), row))
      result = explain(write.tx(), person, draft);
  });
  return result;
}

std::vector<store::StoredDraft> list_drafts(Context& context, const Person& person, std::int64_t days) {
  std::vector<store::StoredDraft> drafts;
  context.db.read([&](store::Tx& tx) { drafts = store::load_drafts(tx, person.account, days_ago(context, days)); });
  return drafts;
}

std::optional<store::StoredDraft> find_draft(Context& context, const Person& person, FacilityKey facility, const Uuid& id) {
  std::optional<store::StoredDraft> draft;
  context.db.read([&](store::Tx& tx) { draft = store::find_draft(tx, facility, id); });
  if (draft && draft->account != person.account) return {};
  return draft;
}

Result<void> throw_draft(Context& context, const Person& person, FacilityKey facility, const Uuid& id) {
  return mark(context, person, facility, id, context.clock.now());
}

Result<void> take_back_draft(Context& context, const Person& person, FacilityKey facility, const Uuid& id) {
  return mark(context, person, facility, id, std::nullopt);
}

std::int64_t expire_drafts(Context& context, std::int64_t days) {
  std::int64_t removed = 0;
  context.db.shared([&](store::Tx& tx) { removed = store::delete_old_drafts(tx, days_ago(context, days), days_ago(context, 1)); });
  return removed;
}

}  // namespace pilar::app
