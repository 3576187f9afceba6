#include "web/entry_pages.h"

#include <array>

#include "app/draft.h"
#include "app/entry.h"
#include "base/hash.h"
#include "base/text.h"
#include "domain/tally.h"
#include "i18n/messages.h"
#include "i18n/words/entry.h"
#include "i18n/words/queue.h"
#include "web/entry_address.h"
#include "web/entry_form.h"
#include "web/entry_read.h"
#include "web/entry_save.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/photo_field.h"
#include "web/photo_pages.h"
#include "web/question.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::int64_t kStillNowMicros = 3600LL * 1'000'000;

http::Reply refuse_entry(const Visit& visit, const Problem& problem) { return problem_reply(visit, {problem}); }

/// The form of this visit's instrument and place, or the page that says what is missing.
std::expected<EntryRequest, http::Reply> find_entry(const Visit& visit) {
  auto found = read_entry_request(visit);
  if (!found) return std::unexpected(refuse_entry(visit, found.error().front()));
  return *std::move(found);
}

EntryFormPage form_page_of(const Visit& visit, const EntryRequest& entry) {
  EntryFormPage page{entry.version->form, *entry.node};
  const auto today = civil_day(visit.context.clock.now(), entry.node->zone);
  page.units = app::units_to_fill(visit.reference->organisation, *visit.scope, *entry.node, today);
  page.action = "/isi/" + entry.version->form.key;
  page.usual = app::read_usual(visit.context, *visit.scope, *entry.version, entry.node->key, today);
  return page;
}

http::Reply draw_page(const Visit& visit, const EntryRequest& entry, const EntryFormPage& page, int status) {
  const auto lang = visit.lang;
  const auto& form = entry.version->form;
  auto frame = staff_page(visit, Place::Entry, form.title.in(lang));
  frame.entry = true;
  frame.place = entry.node->name + (form.mark.empty() ? "" : " · " + form.mark.in(lang));
  frame.path = {{words(lang, Msg::EntryTitle), entry_href("", *entry.node)}};
  if (find_tally(form))
    frame.actions = [&](html::Out& o) {
      draw_link_button(o, {words(lang, Msg::TallyOpen), entry_href(form.key + "/hitung", *entry.node)});
    };
  tell_saved(visit, *entry.node, frame);
  return html_page(status, draw_staff_page(frame, [&](html::Out& o) { draw_entry_form(o, visit, page); }));
}

/// What an earlier visit left in the draft.
void resume(const Visit& visit, const EntryRequest& entry, const store::StoredDraft& draft, EntryFormPage& page) {
  const auto fields = http::parse_form(draft.fields);
  if (!fields) return;
  const auto typed = read_typed(visit, *entry.node, page.form, *fields);
  page.id = draft.id;
  page.unit = typed.unit;
  page.at = typed.at;
  page.typed = typed.answers;
  page.turn = draft.turn;
}

std::string first_time(const Visit& visit, const Node& node) {
  const auto given = visit.request.param("waktu");
  return local_text(parse_local(given, node.zone).value_or(visit.context.clock.now()), node.zone);
}

http::Reply get_entry(const Visit& visit) {
  auto entry = find_entry(visit);
  if (!entry) return entry.error();
  const auto wanted = visit.request.param("draf");
  const auto id = parse_uuid(wanted);
  const auto draft = id ? app::find_draft(visit.context, *visit.person, entry->node->key, *id) : std::nullopt;
  if (!wanted.empty() && !draft) return refuse_entry(visit, {Problem::Kind::NotFound, Msg::DraftUnknown, "", {}});
  if (draft) use_version_of(*draft, *visit.reference, *entry);
  auto page = form_page_of(visit, *entry);
  page.id = make_uuid(visit.context.clock.now());
  page.at = first_time(visit, *entry->node);
  page.unit = unit_named(visit, *entry->node, visit.request.param("unit"));
  if (!page.unit && page.units.units.empty()) page.unit = UnitKey{};
  if (!page.unit && !page.units.whole && page.units.units.size() == 1) page.unit = page.units.units.front()->key;
  page.fresh = !draft;
  if (draft) resume(visit, *entry, *draft, page);
  return draw_page(visit, *entry, page, 200);
}

/// Back to an empty form for the next one, or to the list; both say what was saved.
http::Reply lead_on(const Visit& visit, const EntryRequest& entry, const app::EntryForm& form, const std::string& hints) {
  const auto& key = entry.version->form.key;
  const auto saved = "&tersimpan=" + text(form.id) + "&instrumen=" + key + (hints.empty() ? "" : "&cek=" + http::percent_encode(hints));
  if (visit.field(kAgainField).empty()) return redirect(entry_href("", *entry.node, saved));
  auto more = saved;
  if (const auto* unit = visit.reference->organisation.find_unit(entry.node->key, form.unit))
    more += "&unit=" + http::percent_encode(unit->code);
  // Who catches up on last week goes on there.
  if (form.at.micros < visit.context.clock.now().micros - kStillNowMicros) more += "&waktu=" + local_text(form.at, entry.node->zone);
  return redirect(entry_href(key, *entry.node, more));
}

http::Reply post_entry(const Visit& visit) {
  auto entry = find_entry(visit);
  if (!entry) return entry.error();
  auto page = form_page_of(visit, *entry);
  const auto id = parse_uuid(visit.field(kIdField));
  if (!id) return refuse_entry(visit, {Problem::Kind::Invalid, Msg::EntryFormBroken, "", {}});
  auto sent = save_entry(visit, *entry, *id, visit.form);
  if (sent.saved) return lead_on(visit, *entry, sent.form, sent.hints);
  page.id = *id;
  page.unit = sent.typed.unit;
  page.at = sent.typed.at;
  page.typed = std::move(sent.typed.answers);
  page.turn = static_cast<std::int32_t>(parse_int(visit.field(kTurnField)).value_or(0));
  page.problems = sent.saved.error();
  return draw_page(visit, *entry, page, status_of(page.problems));
}

/// The field of a picture chosen in a form, as it looks once the server has it: the script puts it in the place of the old one.
http::Reply post_photo(const Visit& visit) {
  const auto entry = find_entry(visit);
  if (!entry) return entry.error();
  const auto& form = entry->version->form;
  const auto* item = visit.files.size() == 1 ? form.find(visit.files.front().name) : nullptr;
  if (item == nullptr || item->kind != ItemKind::Photo) return refuse_entry(visit, {Problem::Kind::Invalid, Msg::EntryFormBroken, "", {}});
  RawAnswers typed;
  const auto problems = take_photos(visit, *visit.scope, entry->node->key, form, typed);
  PhotoField field{*item};
  field.folder = photo_folder(entry->node->code);
  if (problems.empty()) field.kept = typed.at(item->key).values.front();
  if (!problems.empty()) field.problem = words_of_answer(visit.lang, problems.front(), form);
  html::Out o;
  draw_photo_field(o, visit.lang, field);
  return html_page(problems.empty() ? 200 : 422, o.take());
}

constexpr std::array kEntryRoutes{
    Route{http::Method::Get, "/isi/:arg", May::WriteRecords, Work::Blocking, &get_entry, "The form of an instrument, for staff."},
    Route{http::Method::Post, "/isi/:arg", May::WriteRecords, Work::Blocking, &post_entry, "Saves one record entered by staff.",
          kPhotoFormBytes, nullptr, kEntryMemoryBytes},
    Route{http::Method::Post, "/isi/:arg/foto", May::WriteRecords, Work::Blocking, &post_photo,
          "Keeps a picture chosen in a form before the form is sent, and answers its field.", kPhotoFormBytes, nullptr, kPhotoMemoryBytes},
};

}  // namespace

std::span<const Route> entry_routes() { return kEntryRoutes; }

}  // namespace pilar::web
