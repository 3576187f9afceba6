#include <array>

#include "app/record_detail.h"
#include "app/record_search.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/entry.h"
#include "i18n/words/people.h"
#include "web/decision.h"
#include "web/entry_form.h"
#include "web/frame.h"
#include "web/record_detail_pages.h"
#include "web/record_pages.h"
#include "web/record_request.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kMostSelected = 500, kSelectionBytes = std::size_t{128} << 10U;

/// What is done to the selected records, in words.
struct ManyAction {
  std::string_view name, path;
  Message title, words, reason, button;
  Button kind;
  app::ManyChanged (*run)(app::Context&, const Scope&, const app::RecordListQuery&, const std::vector<app::ListedRecord>&,
                          const std::string&);
};
constexpr ManyAction kVoidMany{
    "batal",        "/batalkan",      Msg::RecordManyVoidTitle, Msg::RecordManyVoidWords, Msg::RecordPageVoidWhy, Msg::RecordManyVoidDo,
    Button::Danger, &app::void_listed};
constexpr ManyAction kNoteMany{"komentar",          "/komentari",          Msg::RecordManyNoteTitle, Msg::RecordManyNoteWords,
                               Msg::RecordPageNote, Msg::RecordManyNoteDo, Button::Primary,          &app::note_listed};

/// The list the selection was made in; any other address leads to the list without filters.
std::string way_back(const Visit& visit, const RecordRequest& request) {
  const auto back = visit.field("kembali");
  return back.starts_with("/catatan/") && back.contains('?') ? std::string(back) : request.href() + (request.fields().empty() ? "?" : "");
}

http::Reply confirm_page(const Visit& visit, const ManyAction& action, const RecordRequest& request,
                         const std::vector<app::ListedRecord>& records, const Problems& problems) {
  const auto lang = visit.lang;
  const auto count = format::number(lang, std::ssize(records));
  auto frame = staff_page(visit, Place::Instruments, say(lang, action.title, {count}));
  frame.path = {{words(lang, Msg::RecordManyBack), way_back(visit, request)}};
  Hidden hidden{{"kembali", way_back(visit, request)}, {"yakin", "1"}};
  for (const auto& record : records) hidden.emplace_back("pilih", app::text(record));
  return html_page(problems.empty() ? 200 : 422, draw_staff_page(frame, [&](html::Out& o) {
                     draw_card(o, {}, [&] {
                       draw_problems(o, lang, problems);
                       o.el("p", {}, say(lang, action.words, {count}));
                       draw_post_form(o, visit, request.href(action.path), hidden, [&] {
                         draw_field(o, lang, reason_field(visit, problems, kReasonField, action.reason));
                         o.el("div", {{"class", "choices"}}, [&] {
                           draw_button(o, say(lang, action.button, {count}), action.kind);
                           draw_link_button(o, {words(lang, Msg::DecisionLeave), way_back(visit, request)});
                         });
                       });
                     });
                   }));
}

http::Reply change_many(const Visit& visit, const ManyAction& action) {
  const auto request = read_record_request(visit);
  if (!request) return refuse_result(visit, request.error());
  std::vector<app::ListedRecord> records;
  for (const auto& [name, value] : visit.form) {
    if (name != "pilih" || records.size() == kMostSelected) continue;
    const auto record = app::parse_listed(value);
    if (!record) return refuse_result(visit, {{Problem::Kind::Invalid, Msg::EntryFormBroken, "", {}}});
    records.push_back(*record);
  }
  if (records.empty()) return refuse_result(visit, {{Problem::Kind::Invalid, Msg::RecordManyNone, "", {}}});
  if (visit.field("yakin").empty()) return confirm_page(visit, action, *request, records, {});
  const auto reason = std::string(trim(visit.field(kReasonField)));
  if (const auto wrong = check_reason(reason, std::string(kReasonField)); !wrong.empty())
    return confirm_page(visit, action, *request, records, wrong);
  const auto done = action.run(visit.context, *visit.scope, request->query, records, reason);
  return redirect(way_back(visit, *request) + "&aksi=" + std::string(action.name) + "&selesai=" + std::to_string(done.done) +
                  "&tertinggal=" + std::to_string(done.left));
}

http::Reply post_void_many(const Visit& visit) { return change_many(visit, kVoidMany); }
http::Reply post_note_many(const Visit& visit) { return change_many(visit, kNoteMany); }

constexpr std::array kManyRoutes{
    Route{http::Method::Post, "/catatan/:arg/batalkan", May::CorrectRecords, Work::Blocking, &post_void_many,
          "Voids selected records, after asking.", kSelectionBytes},
    Route{http::Method::Post, "/catatan/:arg/komentari", May::WriteRecords, Work::Blocking, &post_note_many,
          "Comments on selected records, after asking.", kSelectionBytes},
};

}  // namespace

std::span<const Route> record_many_routes() { return kManyRoutes; }

}  // namespace pilar::web
