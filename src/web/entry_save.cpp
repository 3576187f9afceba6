#include "web/entry_save.h"

#include "i18n/words/answer.h"
#include "i18n/words/entry.h"
#include "web/photo_field.h"

namespace pilar::web {

SentEntry save_entry(const Visit& visit, const EntryRequest& entry, const Uuid& id, const http::Fields& fields) {
  const auto& pack = entry.version->form;
  auto typed = read_typed(visit, *entry.node, pack, fields);
  auto problems = take_photos(visit, *visit.scope, entry.node->key, pack, typed.answers);
  auto form = entry_of(visit, entry, typed, id);
  auto record = judge_entry(visit, typed, form, Right::WriteRecords);
  if (!record) add_other_problems(problems, record.error());
  auto hints = record ? entry_hints(visit, *record) : std::string();
  auto saved = problems.empty() ? app::save_record(visit.context, *visit.scope, *std::move(record)) : std::unexpected(problems);
  count_record(*visit.desk, saved, nullptr);
  if (!saved)
    for (auto& problem : saved.error())
      if (problem.message == Msg::RecordIdConflict) problem = {Problem::Kind::Conflict, Msg::EntrySentBefore, "", {}};
  return {std::move(typed), std::move(form), std::move(saved), std::move(hints)};
}

}  // namespace pilar::web
