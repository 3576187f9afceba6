#include <algorithm>

#include "app/validation.h"
#include "app/validation_reading.h"
#include "base/text.h"
#include "domain/reason.h"
#include "i18n/words/access.h"
#include "i18n/words/validation.h"
#include "store/record_note_store.h"
#include "store/record_store.h"

// What the second person sees and does, and what comes of it.
namespace pilar::app {
namespace {

const KamusLine* line_of(const KamusView& kamus, IndicatorKey indicator) {
  const auto at = std::ranges::find_if(kamus.lines, [&](const KamusLine& line) { return line.entry->id == indicator; });
  return at == kamus.lines.end() ? nullptr : &*at;
}

ValidationView view_of(const KamusView& kamus, const Scope& scope, store::StoredValidation row,
                       std::vector<store::StoredValidated> records) {
  ValidationView view;
  view.reference = kamus.reference;
  view.node = kamus.node;
  view.row = std::move(row);
  view.records = std::move(records);
  const auto* line = line_of(kamus, view.row.indicator);
  if (line != nullptr) {
    view.key = line->entry->key();
    view.title = line->profile().title;
  }
  view.reading = compare_validated(*kamus.reference, line, view.records);
  view.may_begin = may_validate(scope, kamus.reference->organisation, kamus.node->key);
  return view;
}

/// Judges the answers by the form of the first filling; pictures, which nobody compares, are those of the record.
Result<Answers> second_answers(Context& context, const ValidationView& view, const store::StoredValidated& one, RawAnswers typed) {
  const auto* version = view.reference->find(one.version);
  require(version != nullptr, "the version of a drawn record is known");
  const auto first = from_canonical(one.answers);
  for (std::size_t i = 0; i < version->form.items.size(); ++i)
    if (const auto* photo = std::get_if<Photo>(&first.at(i))) typed[version->form.items[i].key] = {{photo->hash}, {}};
  auto answers = check_answers(version->form, typed, civil_day(one.at, view.node->zone), /*forgiving=*/true);
  if (answers) hash_persons(*answers, context.person_key, view.node->key);
  return answers;
}

/// Writes the fate of one record, and closes the validation behind the last.
Result<void> finish(Context& context, const Scope& scope, const ValidationView& view, store::StoredValidated one) {
  one.done_at = context.clock.now();
  one.actor = scope.actor();
  bool done = false;
  context.db.write(view.node->key, [&](store::Write& write) {
    auto& tx = write.tx();
    const auto now = store::find_validation(tx, view.node->key, view.row.id);
    done = now && !now->closed_at && store::finish_validated(tx, view.node->key, view.row.id, one);
    if (!done) return;
    const auto rows = store::load_validated(tx, view.node->key, view.row.id);
    const auto waits = [](const store::StoredValidated& row) { return row.state == store::ValidatedState::Waiting; };
    const bool last = std::ranges::none_of(rows, waits);
    if (last) store::close_validation(tx, view.node->key, view.row.id, one.done_at);
    write.audit({one.done_at, scope.actor(), last ? "validation.close" : "validation.fill", "record:" + text(one.record), ""});
  });
  if (!done) return refuse(Problem::Kind::Conflict, Msg::ValidationRowDone);
  return {};
}

}  // namespace

const store::StoredValidated* ValidationView::find(std::int32_t place) const {
  const auto at = std::ranges::find(records, place, &store::StoredValidated::place);
  return at == records.end() ? nullptr : &*at;
}

Result<ValidationView> read_validation(Context& context, const Scope& scope, FacilityKey facility, const Uuid& id) {
  const auto kamus = read_kamus_of(context, scope, facility);
  if (!kamus) return std::unexpected(kamus.error());
  std::optional<store::StoredValidation> row;
  std::vector<store::StoredValidated> records;
  std::map<std::int32_t, std::int32_t> revisions;
  context.db.read([&](store::Tx& tx) {
    row = store::find_validation(tx, facility, id);
    if (!row) return;
    records = store::load_validated(tx, facility, id);
    for (const auto& one : records)
      if (const auto record = store::find_record(tx, facility, one.record))
        revisions[one.place] = record->state == RecordState::Voided ? 0 : record->revision;
  });
  if (!row || kamus->node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ValidationUnknown);
  auto view = view_of(*kamus, scope, *std::move(row), std::move(records));
  view.revisions = std::move(revisions);
  if (!scope.may(Right::ReadRecords, kamus->reference->organisation, facility)) view.reading.differences.clear();
  return view;
}

Result<std::vector<ValidationView>> list_validations(Context& context, const Scope& scope, const KamusView& kamus, Month from, Month to) {
  require(kamus.node != nullptr, "validations belong to a facility");
  const auto facility = kamus.node->key;
  if (!scope.may(Right::ReadResults, kamus.reference->organisation, facility))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "facility");
  std::vector<ValidationView> views;
  context.db.read([&](store::Tx& tx) {
    for (auto& row : store::load_validations(tx, facility, from, to)) {
      auto records = store::load_validated(tx, facility, row.id);
      views.push_back(view_of(kamus, scope, std::move(row), std::move(records)));
      views.back().reading.differences.clear();
    }
  });
  return views;
}

Problems check_validator(Context& context, const Scope& scope, const ValidationView& view, const store::StoredValidated& one) {
  const auto facility = view.node->key;
  if (!scope.may(Right::WriteRecords, view.reference->organisation, facility, one.unit))
    return one_problem(Problem::Kind::Forbidden, Msg::AccessMayNotWrite);
  if (view.is_closed() || one.state != store::ValidatedState::Waiting) return one_problem(Problem::Kind::Conflict, Msg::ValidationRowDone);
  std::optional<std::string> author;
  std::vector<store::StoredRevision> revisions;
  context.db.read([&](store::Tx& tx) {
    author = store::find_author(tx, facility, one.record);
    revisions = store::load_revisions(tx, facility, one.record);
  });
  const auto corrected = [&](const store::StoredRevision& revision) { return revision.actor == scope.actor(); };
  if (author == scope.actor() || std::ranges::any_of(revisions, corrected))
    return one_problem(Problem::Kind::Forbidden, Msg::ValidationOwn);
  return {};
}

Result<void> fill_validated(Context& context, const Scope& scope, const ValidationView& view, std::int32_t place, const RawAnswers& typed) {
  const auto* one = view.find(place);
  if (one == nullptr) return refuse(Problem::Kind::NotFound, Msg::ValidationUnknown);
  if (auto wrong = check_validator(context, scope, view, *one); !wrong.empty()) return std::unexpected(std::move(wrong));
  const auto answers = second_answers(context, view, *one, typed);
  if (!answers) return std::unexpected(answers.error());
  auto row = *one;
  row.state = store::ValidatedState::Filled;
  row.second = to_canonical(*answers);
  return finish(context, scope, view, std::move(row));
}

Result<void> miss_validated(Context& context, const Scope& scope, const ValidationView& view, std::int32_t place,
                            const std::string& reason) {
  const auto* one = view.find(place);
  if (one == nullptr) return refuse(Problem::Kind::NotFound, Msg::ValidationUnknown);
  if (auto wrong = check_validator(context, scope, view, *one); !wrong.empty()) return std::unexpected(std::move(wrong));
  if (auto wrong = check_reason(reason, "reason", Msg::ValidationNoReason); !wrong.empty()) return std::unexpected(std::move(wrong));
  auto row = *one;
  row.state = store::ValidatedState::NotFound;
  row.reason = trim(reason);
  return finish(context, scope, view, std::move(row));
}

Result<void> end_validation(Context& context, const Scope& scope, const ValidationView& view) {
  if (!may_validate(scope, view.reference->organisation, view.node->key)) return refuse(Problem::Kind::Forbidden, Msg::ValidationMayNot);
  if (view.is_closed()) return refuse(Problem::Kind::Conflict, Msg::ValidationRowDone);
  const auto now = context.clock.now();
  context.db.write(view.node->key, [&](store::Write& write) {
    store::close_validation(write.tx(), view.node->key, view.row.id, now);
    write.audit({now, scope.actor(), "validation.close", "indicator:" + view.key, ""});
  });
  return {};
}

}  // namespace pilar::app
