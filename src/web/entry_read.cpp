#include "web/entry_read.h"

#include <algorithm>

#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/entry.h"
#include "i18n/words/integrity.h"
#include "i18n/words/result.h"
#include "web/entry_address.h"
#include "web/entry_form.h"
#include "web/entry_hints.h"
#include "web/words.h"

namespace pilar::web {
namespace {

const app::InstalledVersion* numbered(const app::Reference& reference, InstrumentKey instrument, std::string_view number) {
  const auto wanted = parse_int(number);
  const auto found = std::ranges::find_if(
      reference.versions, [&](const app::InstalledVersion& one) { return one.instrument == instrument && wanted == one.form.version; });
  return found == reference.versions.end() ? nullptr : &*found;
}

std::string_view value_in(const http::Fields& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &http::Fields::value_type::first);
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace

Result<EntryRequest> read_entry_request(const Visit& visit) {
  const auto* latest = visit.reference->latest(visit.args.at(0));
  if (latest == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownInstrument, "", {std::string(visit.args.at(0))});
  const auto* node = entry_place(visit);
  if (node == nullptr) {
    const bool named = !visit.field(kPlaceField).empty() || !visit.request.param("tempat").empty();
    return refuse(named ? Problem::Kind::Forbidden : Problem::Kind::NotFound, named ? Msg::EntryMayNotHere : Msg::EntryPickPlace);
  }
  const auto* version = numbered(*visit.reference, latest->instrument, visit.field(kVersionField));
  return EntryRequest{version == nullptr ? latest : version, node};
}

void use_version_of(const store::StoredDraft& draft, const app::Reference& reference, EntryRequest& entry) {
  const auto fields = http::parse_form(draft.fields);
  if (!fields) return;
  if (const auto* version = numbered(reference, entry.version->instrument, value_in(*fields, kVersionField))) entry.version = version;
}

std::optional<UnitKey> unit_named(const Visit& visit, const Node& node, std::string_view code) {
  if (code == "-") return UnitKey{};
  const auto* unit = code.empty() ? nullptr : visit.reference->organisation.find_unit(node.key, code);
  return unit == nullptr ? std::nullopt : std::optional(unit->key);
}

Typed read_typed(const Visit& visit, const Node& node, const Instrument& form, const http::Fields& fields) {
  return {unit_named(visit, node, value_in(fields, kUnitField)), std::string(value_in(fields, kAtField)),
          read_entry_answers(form, fields, node.zone)};
}

app::EntryForm entry_of(const Visit& visit, const EntryRequest& entry, const Typed& typed, const Uuid& id) {
  const auto at = parse_local(typed.at, entry.node->zone).value_or(visit.context.clock.now());
  return {id, entry.node->key, typed.unit.value_or(UnitKey{}), entry.version->version, at, with_points(entry.version->form, typed.answers)};
}

Result<app::NewRecord> judge_entry(const Visit& visit, const Typed& typed, const app::EntryForm& form, Right right) {
  auto record = app::check_entry(visit.context, *visit.scope, form, right);
  auto problems = record ? Problems{} : std::move(record.error());
  const auto* node = visit.reference->organisation.find(form.facility);
  if (!parse_local(typed.at, node->zone)) problems.insert(problems.begin(), {Problem::Kind::Invalid, Msg::EntryAtWrong, "at", {}});
  if (!typed.unit) {
    std::erase_if(problems, [](const Problem& problem) { return problem.field == "unit"; });
    problems.insert(problems.begin(), {Problem::Kind::Invalid, Msg::EntryUnitMissing, "unit", {}});
  }
  if (problems.empty() && !is_checked(visit)) {
    const auto* version = visit.reference->find(form.version);
    problems = rule_problems(version->form, broken_rules(version->form, record->answers, civil_day(form.at, node->zone)));
  }
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return record;
}

std::string entry_hints(const Visit& visit, const app::NewRecord& record) {
  const auto* version = visit.reference->find(record.version);
  const auto* node = visit.reference->organisation.find(record.facility);
  const auto day = civil_day(record.at, node->zone);
  const auto usual = app::read_usual(visit.context, *visit.scope, *version, record.facility, day);
  return hints_query(app::odd_figures(version->form, record.answers, record.unit, usual), broken_rules(version->form, record.answers, day));
}

void tell_saved(const Visit& visit, const Node& node, StaffPage& frame) {
  const auto id = parse_uuid(visit.request.param("tersimpan"));
  const auto* version = visit.reference->latest(visit.request.param("instrumen"));
  if (!id || version == nullptr) return;
  frame.notice = words(visit.lang, Msg::EntrySaved) + " " + version->form.title.in(visit.lang);
  std::string look;
  for (const auto& hint : told_hints(visit.lang, version->form, visit.request.param("cek"))) look += " " + hint;
  if (!look.empty()) frame.notice += ". " + say(visit.lang, Msg::EntryLookAgain, {look});
  if (!visit.scope->may(Right::ReadRecords, visit.reference->organisation, node.key)) return;
  frame.notice_more = [lang = visit.lang, href = record_href(version->form.key, *id, node)](html::Out& o) {
    o.text(" ");
    o.el("a", {{"href", href}}, say(lang, Msg::EntrySee));
  };
}

}  // namespace pilar::web
