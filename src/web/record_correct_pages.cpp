#include <array>

#include "app/entry.h"
#include "app/record.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/answer.h"
#include "i18n/words/entry.h"
#include "web/answer_words.h"
#include "web/decision.h"
#include "web/entry_form.h"
#include "web/entry_read.h"
#include "web/frame.h"
#include "web/photo_field.h"
#include "web/record_detail_pages.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// A record whose answers may be read and corrected, or the page that says why not.
std::expected<app::RecordDetail, http::Reply> find_correctable(const Visit& visit) {
  auto detail = find_record_detail(visit);
  if (!detail) return detail;
  if (detail->is_hidden) return std::unexpected(refuse_record(visit, {{Problem::Kind::Forbidden, Msg::RecordPageHidden, "", {}}}));
  if (detail->record.state == RecordState::Voided)
    return std::unexpected(refuse_record(visit, {{Problem::Kind::Conflict, Msg::RecordVoided, "", {}}}));
  if (!visit.scope->may(Right::CorrectRecords, detail->reference->organisation, detail->node->key, detail->record.unit))
    return std::unexpected(refuse_record(visit, {{Problem::Kind::Forbidden, Msg::AccessOwnUnit, "", {}}}));
  return detail;
}

EntryFormPage correction_page(const Visit& visit, const app::RecordDetail& detail) {
  EntryFormPage page{detail.version->form, *detail.node};
  const auto today = civil_day(visit.context.clock.now(), detail.node->zone);
  page.units = app::units_to_fill(detail.reference->organisation, *visit.scope, *detail.node, today, Right::CorrectRecords);
  page.action = detail_href(detail, "/koreksi");
  page.id = detail.record.id;
  page.correcting = Correcting{detail.record.revision, {}};
  return page;
}

http::Reply draw_correction(const Visit& visit, const app::RecordDetail& detail, const EntryFormPage& page, int status) {
  auto frame = staff_page(visit, Place::Instruments, words(visit.lang, Msg::RecordPageCorrectTitle));
  frame.entry = true;
  frame.place = detail.version->form.title.in(visit.lang) + " · " + detail.node->name + " · " + record_name(visit.lang, detail);
  frame.path = {{record_name(visit.lang, detail), detail_href(detail)}};
  return html_page(status, draw_staff_page(frame, [&](html::Out& o) { draw_entry_form(o, visit, page); }));
}

http::Reply get_correction(const Visit& visit) {
  const auto detail = find_correctable(visit);
  if (!detail) return detail.error();
  auto page = correction_page(visit, *detail);
  page.unit = detail->record.unit;
  page.at = local_text(detail->record.at, detail->node->zone);
  page.typed = raw_of(detail->version->form, detail->answers, visit.lang, detail->node->zone);
  return draw_correction(visit, *detail, page, 200);
}

/// What the reader sent beside what stands there now.
http::Reply conflict_page(const Visit& visit, const app::RecordDetail& detail, const app::Correction& mine) {
  const auto lang = visit.lang;
  const auto zone = detail.node->zone;
  Conflict conflict{.title = words(lang, Msg::RecordPageCorrectTitle),
                    .action = detail_href(detail, "/koreksi"),
                    .back = {record_name(lang, detail), detail_href(detail)}};
  conflict.fields.push_back(
      {words(lang, Msg::EntryUnit), unit_words(lang, detail, mine.unit), unit_words(lang, detail, detail.record.unit)});
  conflict.fields.push_back(
      {words(lang, Msg::RecordPageAt), format::moment(lang, mine.at, zone), format::moment(lang, detail.record.at, zone)});
  const auto& items = detail.version->form.items;
  for (std::size_t i = 0; i < items.size(); ++i)
    conflict.fields.push_back({items[i].label.in(lang), answer_words(lang, items[i], mine.answers[i], zone),
                               answer_words(lang, items[i], detail.answers[i], zone)});
  const auto is_photo = [&](const Item* item) { return item != nullptr && item->kind == ItemKind::Photo; };
  for (const auto& [name, value] : visit.form)
    if (name != "csrf" && name != kRevisionField && !is_photo(detail.version->form.find(name))) conflict.hidden.emplace_back(name, value);
  for (std::size_t i = 0; i < items.size(); ++i)
    if (const auto* photo = std::get_if<Photo>(&mine.answers[i])) conflict.hidden.emplace_back(items[i].key, photo->hash);
  conflict.hidden.emplace_back(kRevisionField, std::to_string(detail.record.revision));
  return html_page(409, draw_conflict(visit, conflict));
}

/// A moment given to the minute that is still the record's own keeps its seconds.
Instant moment_of(const Instant& typed, const store::StoredRecord& record, Zone zone) {
  return local_text(typed, zone) == local_text(record.at, zone) ? record.at : typed;
}

http::Reply post_correction(const Visit& visit) {
  const auto detail = find_correctable(visit);
  if (!detail) return detail.error();
  auto page = correction_page(visit, *detail);
  const auto seen = parse_int(visit.field(kRevisionField)).value_or(0);
  auto typed = read_typed(visit, *detail->node, page.form, visit.form);
  const auto reason = std::string(trim(visit.field(kReasonField)));
  page.unit = typed.unit;
  page.at = typed.at;
  page.typed = typed.answers;
  page.correcting = Correcting{static_cast<std::int32_t>(seen), reason};
  page.problems = take_photos(visit, *visit.scope, detail->node->key, page.form, page.typed);
  typed.answers = page.typed;
  auto form = entry_of(visit, {detail->version, detail->node}, typed, detail->record.id);
  form.at = moment_of(form.at, detail->record, detail->node->zone);
  auto record = judge_entry(visit, typed, form, Right::CorrectRecords);
  if (!record) add_other_problems(page.problems, record.error());
  for (auto& problem : check_reason(reason, "reason")) page.problems.push_back(std::move(problem));
  if (!page.problems.empty()) return draw_correction(visit, *detail, page, 422);
  const app::Correction correction{record->facility, record->id, page.correcting->revision,  record->unit,
                                   record->version,  record->at, std::move(record->answers), reason};
  const auto saved = app::correct_record(visit.context, *visit.scope, correction);
  if (saved) return redirect(detail_href(*detail, "", "&sudah=koreksi"));
  if (saved.error().front().message != Msg::RecordChanged) {
    page.problems = saved.error();
    return draw_correction(visit, *detail, page, status_of(page.problems));
  }
  const auto now = find_correctable(visit);
  if (!now) return now.error();
  if (now->version != detail->version) return draw_correction(visit, *now, page, 409);
  return conflict_page(visit, *now, correction);
}

constexpr std::array kCorrectRoutes{
    Route{http::Method::Get, "/catatan/:arg/:arg/koreksi", May::CorrectRecords, Work::Blocking, &get_correction,
          "The form that corrects a record."},
    Route{http::Method::Post, "/catatan/:arg/:arg/koreksi", May::CorrectRecords, Work::Blocking, &post_correction, "Corrects a record.",
          kPhotoFormBytes, nullptr, kEntryMemoryBytes},
};

}  // namespace

std::span<const Route> record_correct_routes() { return kCorrectRoutes; }

}  // namespace pilar::web
