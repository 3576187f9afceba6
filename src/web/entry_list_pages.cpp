#include <algorithm>
#include <array>
#include <tuple>

#include "app/draft.h"
#include "app/entry.h"
#include "app/indicator.h"
#include "app/record_list.h"
#include "base/json.h"
#include "base/text.h"
#include "domain/tally.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/entry.h"
#include "i18n/words/people.h"
#include "i18n/words/queue.h"
#include "i18n/words/result.h"
#include "web/decision.h"
#include "web/entry_address.h"
#include "web/entry_form.h"
#include "web/entry_pages.h"
#include "web/entry_read.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/offline_pages.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kMostFacilityLinks = 20, kMostInstrumentRows = 60, kDraftBytes = std::size_t{256} << 10U;

http::Reply refuse_draft(const Visit& visit, const Problems& problems) { return problem_reply(visit, problems); }

/// A draft with what its row stands for; one whose instrument or place is gone is left out.
struct WaitingDraft {
  store::StoredDraft draft;
  const app::InstalledVersion* version;
  const Node* node;
  std::string unit;
};

std::vector<WaitingDraft> waiting_drafts(const Visit& visit) {
  std::vector<WaitingDraft> out;
  for (auto& draft : app::list_drafts(visit.context, *visit.person, visit.desk->settings.number("draft-days"))) {
    const auto* version = visit.reference->latest(draft.instrument);
    const auto* node = visit.reference->organisation.find(draft.facility);
    if (version == nullptr || node == nullptr) continue;
    const auto fields = http::parse_form(draft.fields);
    const auto typed = fields ? read_typed(visit, *node, version->form, *fields) : Typed{};
    const auto* unit = typed.unit ? visit.reference->organisation.find_unit(node->key, *typed.unit) : nullptr;
    out.push_back({std::move(draft), version, node, unit == nullptr ? std::string() : unit->name});
  }
  return out;
}

void draw_draft_row(const Visit& visit, const WaitingDraft& one, Row& row, html::Out& o) {
  const auto lang = visit.lang;
  const auto href = entry_href(one.version->form.key, *one.node, "&draf=" + text(one.draft.id));
  row.name(one.version->form.title.in(lang), href);
  row.cell(one.node->name + (one.unit.empty() ? "" : " · " + one.unit));
  row.cell(format::moment(lang, one.draft.changed_at, one.node->zone));
  row.cell([&] {
    draw_post_form(o, visit, "/isi/draf/hapus", {{std::string(kIdField), text(one.draft.id)}, {std::string(kPlaceField), one.node->code}},
                   [&] {
                     o.el("div", {{"class", "row-actions"}}, [&] {
                       draw_link_button(o, {words(lang, Msg::DraftsContinue), href});
                       draw_button(o, say(lang, Msg::DraftsThrow));
                     });
                   });
  });
}

void draw_drafts(html::Out& o, const Visit& visit) {
  const auto drafts = waiting_drafts(visit);
  if (drafts.empty()) return;
  const auto lang = visit.lang;
  const auto note = say(lang, Msg::DraftsNote, {format::number(lang, visit.desk->settings.number("draft-days"))});
  draw_card(o, {.title = words(lang, Msg::DraftsTitle), .note = note}, [&] {
    const TableHead head{
        .caption = words(lang, Msg::DraftsTitle),
        .columns = {{words(lang, Msg::CommonName)}, {words(lang, Msg::EntryUnit)}, {words(lang, Msg::DraftsChanged)}, {""}},
        .stacks = true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& one : drafts) rows.row([&](Row& row) { draw_draft_row(visit, one, row, o); });
    });
  });
}

void draw_find(html::Out& o, const Visit& visit, std::string_view name, Message label, const Node* node) {
  const auto said = words(visit.lang, label);
  o.el("form", {{"class", "find"}, {"method", "get"}, {"action", "/isi"}}, [&] {
    if (node != nullptr) o.el("input", {{"type", "hidden"}, {"name", "tempat"}, {"value", node->code}});
    o.el("input", {{"class", "form-control"},
                   {"type", "search"},
                   {"name", name},
                   {"value", visit.request.param(name)},
                   {"placeholder", said},
                   {"aria-label", said}});
    draw_button(o, say(visit.lang, Msg::CommonSearch));
  });
}

/// Facilities to choose from, for who enters records at several.
void draw_facilities(html::Out& o, const Visit& visit) {
  const auto lang = visit.lang;
  const auto today = civil_day(visit.context.clock.now(), Zone::Wib);
  const auto found = app::facilities_to_fill(visit.reference->organisation, *visit.scope, visit.request.param("cari_tempat"), today,
                                             kMostFacilityLinks + 1);
  draw_card(o, {.title = words(lang, Msg::EntryPickPlace), .id = "tempat"}, [&] {
    draw_find(o, visit, "cari_tempat", Msg::EntryPlaceName, nullptr);
    if (found.empty()) return draw_empty(o, say(lang, Msg::EntryNoPlace));
    o.el("ul", {{"class", "links"}}, [&] {
      for (const auto* node : std::span(found).first(std::min(found.size(), kMostFacilityLinks)))
        o.el("li", {}, [&] { o.el("a", {{"href", entry_href("", *node)}}, node->name); });
    });
    if (found.size() > kMostFacilityLinks) o.el("p", {{"class", "note"}}, say(lang, Msg::PlaceChoiceMore));
  });
}

/// An instrument that may be filled in at a place.
struct Offered {
  const app::InstalledVersion* version = nullptr;
  std::optional<Day> last{};    ///< of the latest record
  bool for_indicator = false;  ///< gives the value of an indicator that is meant for the place
};

/// Those that are filled in already first, then those that indicators need, each by their titles.
std::vector<Offered> offered_instruments(const Visit& visit, const Node& node, const std::string& wanted) {
  const auto kamus = app::read_kamus_of(visit.context, *visit.scope, node.key);
  const auto feeds = [&](const app::InstalledVersion* version) {
    return kamus && std::ranges::any_of(kamus->lines, [&](const auto& line) {
             return line.form != nullptr && line.form->instrument == version->instrument;
           });
  };
  std::vector<Offered> offered;
  for (const auto* version : visit.reference->latest_of_all()) {
    const auto& form = version->form;
    if (!lower_ascii(form.title.in(visit.lang)).contains(wanted) && !form.key.contains(wanted)) continue;
    offered.push_back({version, app::last_record_day(visit.context, *visit.scope, form.key, node.key), feeds(version)});
  }
  std::ranges::sort(offered, {}, [&](const Offered& one) {
    return std::tuple(!one.last.has_value(), !one.for_indicator, one.version->form.title.in(visit.lang));
  });
  return offered;
}

void draw_instrument_row(const Visit& visit, const Node& node, const Offered& offered, Row& row, html::Out& o) {
  const auto lang = visit.lang;
  const auto& form = offered.version->form;
  row.name(form.title.in(lang), form.key == kDailyCount ? daily_count_href(node) : entry_href(form.key, node));
  row.cell(form.purpose.in(lang));
  row.cell(offered.last ? format::date(lang, *offered.last) : words(lang, Msg::EntryNever));
  row.cell([&] {
    o.el("div", {{"class", "row-actions"}}, [&] {
      const bool daily = form.key == kDailyCount;
      draw_link_button(o, {words(lang, Msg::EntryFill), daily ? daily_count_href(node) : entry_href(form.key, node)});
      const auto tally = find_tally(form) ? entry_href(form.key + "/hitung", node) : std::string();
      if (!tally.empty()) draw_link_button(o, {words(lang, Msg::TallyOpen), tally});
      if (!daily) draw_link_button(o, {words(lang, Msg::EntryMany), entry_href(form.key + "/banyak", node)});
      if (visit.scope->may(Right::ReadRecords, visit.reference->organisation, node.key))
        draw_link_button(o, {words(lang, Msg::EntryRecords), "/catatan/" + form.key + "?tempat=" + http::percent_encode(node.code)});
      if (!daily) draw_keep_button(o, lang, entry_href(form.key, node), tally);
    });
  });
}

void draw_instruments(html::Out& o, const Visit& visit, const Node& node) {
  const auto lang = visit.lang;
  const auto wanted = lower_ascii(trim(visit.request.param("cari")));
  const auto shown = offered_instruments(visit, node, wanted);
  draw_card(o, {.title = words(lang, Msg::EntryInstruments)}, [&] {
    if (visit.reference->latest_of_all().size() > 8 || !wanted.empty()) draw_find(o, visit, "cari", Msg::EntryInstrumentName, &node);
    if (shown.empty()) return draw_empty(o, say(lang, Msg::EntryNoInstrument));
    const TableHead head{.caption = words(lang, Msg::EntryInstruments),
                         .columns = {{words(lang, Msg::CommonName)}, {words(lang, Msg::FormPurpose)}, {words(lang, Msg::EntryLast)}, {""}},
                         .stacks = true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& one : std::span(shown).first(std::min(shown.size(), kMostInstrumentRows)))
        rows.row([&](Row& row) { draw_instrument_row(visit, node, one, row, o); });
    });
  });
}

/// The way back from a draft just thrown away.
void tell_thrown(const Visit& visit, StaffPage& frame) {
  if (visit.request.param("sudah") == "kembali") frame.notice = words(visit.lang, Msg::DraftsBack);
  const auto id = parse_uuid(visit.request.param("dihapus"));
  if (!id) return;
  frame.notice = words(visit.lang, Msg::DraftsThrown);
  frame.notice_more = [&visit, id](html::Out& o) {
    draw_post_form(o, visit, "/isi/draf/kembalikan",
                   {{std::string(kIdField), text(*id)}, {std::string(kPlaceField), std::string(visit.request.param("tempat"))}},
                   [&] { draw_button(o, say(visit.lang, Msg::DraftsTakeBack)); });
  };
}

http::Reply get_entry_list(const Visit& visit) {
  const auto lang = visit.lang;
  const auto* node = entry_place(visit);
  if (node == nullptr && !visit.request.param("tempat").empty())
    return refuse_draft(visit, {{Problem::Kind::Forbidden, Msg::EntryMayNotHere, "", {}}});
  auto frame = staff_page(visit, Place::Entry, words(lang, Msg::EntryTitle));
  frame.entry = true;
  if (node != nullptr) frame.place = node->name;
  if (node != nullptr) tell_saved(visit, *node, frame);
  tell_thrown(visit, frame);
  const auto today = civil_day(visit.context.clock.now(), Zone::Wib);
  const bool several = app::facilities_to_fill(visit.reference->organisation, *visit.scope, "", today, 2).size() > 1;
  if (node != nullptr && several) frame.actions = [&](html::Out& o) { draw_link_button(o, {words(lang, Msg::EntryOtherPlace), "/isi"}); };
  return html_page(200, draw_staff_page(frame, [&](html::Out& o) {
                     draw_drafts(o, visit);
                     if (node == nullptr)
                       draw_facilities(o, visit);
                     else
                       draw_instruments(o, visit, *node);
                   }));
}

http::Reply problem_json(const Visit& visit, const Problems& problems) {
  return json_reply(status_of(problems), json::print(json::Object{{"problem", say(visit.lang, problems.front())},
                                                                  {"sent", problems.front().message == Msg::DraftSent}}));
}

http::Reply post_draft(const Visit& visit) {
  const auto entry = read_entry_request(visit);
  if (!entry) return problem_json(visit, entry.error());
  const auto id = parse_uuid(visit.field(kIdField));
  const auto turn = parse_int(visit.field(kTurnField));
  if (!id || !turn || *turn < 0 || *turn > 1'000'000) return problem_json(visit, {{Problem::Kind::Invalid, Msg::EntryFormBroken, "", {}}});
  const auto fields = encode_fields(visit.form, {"csrf", kTurnField, kAgainField});
  const auto kept = app::keep_draft(visit.context, *visit.person,
                                    {entry->node->key, *id, entry->version->instrument, fields, static_cast<std::int32_t>(*turn)});
  if (!kept) return problem_json(visit, kept.error());
  const auto at = format::time(visit.lang, visit.context.clock.now(), entry->node->zone);
  return json_reply(200, json::print(json::Object{{"turn", std::int64_t{*kept}}, {"at", at}}));
}

using ChangeDraft = Result<void> (*)(app::Context&, const app::Person&, FacilityKey, const Uuid&);

/// Does it and leads back to the list.
http::Reply change_draft(const Visit& visit, ChangeDraft change, const std::string& said) {
  const auto* node = entry_place(visit);
  const auto id = parse_uuid(visit.field(kIdField));
  if (node == nullptr || !id) return refuse_draft(visit, {{Problem::Kind::NotFound, Msg::DraftUnknown, "", {}}});
  if (const auto done = change(visit.context, *visit.person, node->key, *id); !done) return refuse_draft(visit, done.error());
  return redirect(entry_href("", *node, said));
}

http::Reply post_throw(const Visit& visit) {
  return change_draft(visit, &app::throw_draft, "&dihapus=" + http::percent_encode(visit.field(kIdField)));
}
http::Reply post_take_back(const Visit& visit) { return change_draft(visit, &app::take_back_draft, "&sudah=kembali"); }

constexpr std::array kDraftRoutes{
    Route{http::Method::Get, "/isi", May::WriteRecords, Work::Blocking, &get_entry_list, "What can be filled in, and drafts that wait."},
    Route{http::Method::Post, "/isi/:arg/draf", May::WriteRecords, Work::Blocking, &post_draft, "Keeps what is typed in a form.",
          kDraftBytes},
    Route{http::Method::Post, "/isi/draf/hapus", May::WriteRecords, Work::Blocking, &post_throw, "Throws a draft away."},
    Route{http::Method::Post, "/isi/draf/kembalikan", May::WriteRecords, Work::Blocking, &post_take_back, "Takes a draft back."},
};

}  // namespace

std::span<const Route> draft_routes() { return kDraftRoutes; }

}  // namespace pilar::web
