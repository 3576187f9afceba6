#include "web/offline_pages.h"

#include <array>

#include "base/json.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/entry.h"
#include "i18n/words/page.h"
#include "i18n/words/queue.h"
#include "web/assets.h"
#include "web/entry_address.h"
#include "web/entry_form.h"
#include "web/entry_pages.h"
#include "web/entry_save.h"
#include "web/frame.h"
#include "web/question.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// The words of the page, for the script that fills it in.
std::string queue_words(Lang lang) {
  const auto said = [&](Message message) { return words(lang, message); };
  const auto with = [&](Message message) { return say(lang, message, {"{0}", "{1}"}); };
  return json::print(json::Object{{"draft", said(Msg::QueueDraft)},
                                  {"waiting", said(Msg::QueueWaits)},
                                  {"sent", said(Msg::QueueSent)},
                                  {"refused", said(Msg::QueueIsRefused)},
                                  {"changed", with(Msg::QueueChanged)},
                                  {"next", with(Msg::QueueNext)},
                                  {"receipt", with(Msg::QueueReceipt)},
                                  {"see", said(Msg::EntrySee)},
                                  {"send", said(Msg::QueueSend)},
                                  {"sendAll", said(Msg::QueueSendAll)},
                                  {"continue", said(Msg::DraftsContinue)},
                                  {"mend", said(Msg::QueueMend)},
                                  {"delete", said(Msg::DraftsThrow)},
                                  {"deleted", with(Msg::QueueDeleted)},
                                  {"takeBack", said(Msg::DraftsTakeBack)},
                                  {"export", said(Msg::QueueExport)},
                                  {"sealed", said(Msg::QueueSealed)},
                                  {"empty", said(Msg::QueueEmpty)},
                                  {"others", with(Msg::QueueOthers)},
                                  {"noForms", said(Msg::QueueNoForms)},
                                  {"notPrepared", said(Msg::QueueNotPrepared)},
                                  {"noStore", said(Msg::QueueNoStore)}});
}

http::Reply get_queue(const Visit& visit) {
  const auto lang = visit.lang;
  auto frame = staff_page(visit, Place::Entry, words(lang, Msg::QueueTitle));
  frame.entry = true;
  frame.path = {{words(lang, Msg::EntryTitle), "/isi"}};
  return html_page(200, draw_staff_page(frame, [&](html::Out& o) {
                     o.el("p", {{"class", "lead"}}, say(lang, Msg::QueueLead));
                     o.el("div", {{"data-antrean", frame.account}}, [&] {
                       o.json({{"data-words", true}}, queue_words(lang));
                       draw_card(o, {.title = words(lang, Msg::QueueOnDevice)}, [&] {
                         o.el("p", {{"class", "empty-state"}, {"data-empty", true}}, say(lang, Msg::QueueNeedsScript));
                         o.el("ul", {{"class", "voices queue"}, {"data-entries", true}});
                         o.el("p", {{"class", "note"}, {"data-said", true}, {"role", "status"}});
                       });
                       draw_card(o, {.title = words(lang, Msg::QueueForms), .note = words(lang, Msg::QueueFormsNote)},
                                 [&] { o.el("ul", {{"class", "links"}, {"data-forms", true}}); });
                     });
                   }));
}

/// What a script of this session's person needs to send and to seal. Only pages of our own can read the answer: nothing allows others.
http::Reply get_session(const Visit& visit) {
  return json_reply(200, json::print(json::Object{{"account", std::to_string(visit.person->account.value)},
                                                  {"csrf", visit.csrf},
                                                  {"key", app::device_key(visit.context, *visit.person)}}));
}

http::Reply refuse_entry_json(const Visit& visit, const Problems& problems, const Instrument* form) {
  json::Array all;
  for (const auto& problem : problems) {
    const auto field = entry_field(problem.field);
    all.emplace_back(json::Object{{"field", field},
                                  {"label", form == nullptr ? std::string() : entry_label(visit.lang, *form, field)},
                                  {"words", form == nullptr ? say(visit.lang, problem) : words_of_answer(visit.lang, problem, *form)}});
  }
  return json_reply(status_of(problems), json::print(json::Object{{"problems", std::move(all)}}));
}

/// Saves one record as the form does and answers in JSON: 201, 200 where it was here before, or what is wrong with each field.
http::Reply post_sent(const Visit& visit) {
  const auto entry = read_entry_request(visit);
  if (!entry) return refuse_entry_json(visit, entry.error(), nullptr);
  const auto& form = entry->version->form;
  const auto id = parse_uuid(visit.field(kIdField));
  if (!id) return refuse_entry_json(visit, {{Problem::Kind::Invalid, Msg::EntryFormBroken, "", {}}}, nullptr);
  const auto sent = save_entry(visit, *entry, *id, visit.form);
  if (!sent.saved) return refuse_entry_json(visit, sent.saved.error(), &form);
  const bool may_read = visit.scope->may(Right::ReadRecords, visit.reference->organisation, entry->node->key);
  return json_reply(sent.saved->repeated ? 200 : 201,
                    json::print(json::Object{{"id", text(*id)},
                                             {"repeated", sent.saved->repeated},
                                             {"at", format::moment(visit.lang, visit.context.clock.now(), entry->node->zone)},
                                             {"href", may_read ? record_href(form.key, *id, *entry->node) : std::string()}}));
}

http::Reply get_worker(const Visit& visit) {
  if (auto worker = serve_worker(visit.request)) return *std::move(worker);
  return problem_reply(404, visit.request.path, visit.lang, {{Problem::Kind::NotFound, Msg::PageNotFound, "", {}}});
}

constexpr std::array kOfflineRoutes{
    Route{http::Method::Get, "/antrean", May::SignedIn, Work::Blocking, &get_queue, "Forms that wait on this device for the network."},
    Route{http::Method::Get, "/antrean/sesi", May::SignedIn, Work::Blocking, &get_session,
          "Whose session this is, its mark for forms and the key of what devices keep for its person, as JSON."},
    Route{http::Method::Post, "/isi/:arg/kirim", May::WriteRecords, Work::Blocking, &post_sent,
          "Saves one record that waited on a device and answers its receipt, or what is wrong with each field, as JSON.",
          kEntryMemoryBytes},
    Route{http::Method::Get, "/pekerja.js", May::Anyone, Work::Quick, &get_worker, "The service worker."},
};

}  // namespace

std::span<const Route> offline_routes() { return kOfflineRoutes; }

void draw_keep_button(html::Out& o, Lang lang, const std::string& href, const std::string& tally) {
  o.el("button",
       {{"class", "btn"},
        {"type", "button"},
        {"hidden", true},
        {"data-keep", href},
        {"data-keep-too", tally, !tally.empty()},
        {"data-kept", words(lang, Msg::QueueFormKept)},
        {"data-failed", words(lang, Msg::QueueFormNotKept)}},
       say(lang, Msg::QueueKeepForm));
}

}  // namespace pilar::web
