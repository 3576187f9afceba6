#include "web/audit_pages.h"

#include <algorithm>
#include <array>
#include <memory>

#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/people.h"
#include "i18n/words/result.h"
#include "web/audit_words.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/list_file.h"
#include "web/place_choice.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kAuditLinesAPiece = 5000;

http::Reply audit_refusal(const Visit& visit, const Problems& problems) { return problem_reply(visit, problems); }

/// ?tempat=CODE, else where this person may read a trail first; null when there is no such place.
const Node* audited_place(const Visit& visit) {
  const auto code = visit.request.param("tempat");
  return code.empty() ? visit.reference->organisation.find(visit.why->place) : visit.reference->organisation.find(code);
}

/// What the address asks for, of this facility.
Result<app::AuditQuery> read_audit_query(const Visit& visit, const Node& facility) {
  app::AuditQuery query{.facility = facility.key,
                        .action = std::string(visit.request.param("tindakan")),
                        .subject = std::string(trim(visit.request.param("perihal")))};
  const auto day = [&](const char* name, std::optional<Day>& into) {
    const auto text = visit.request.param(name);
    into = parse_day(text);
    return text.empty() || into.has_value();
  };
  if (!day("dari", query.from)) return refuse(Msg::PeopleBadDay, "dari");
  if (!day("sampai", query.to)) return refuse(Msg::PeopleBadDay, "sampai");
  query.before = parse_int(visit.request.param("sebelum"));
  query.login = lower_ascii(trim(visit.request.param("orang")));
  return query;
}

std::string audit_href(const Visit& visit, std::string_view path, const Node& facility, std::optional<std::int64_t> before = {}) {
  auto out = std::string(path) + "?tempat=" + http::percent_encode(facility.code);
  for (const std::string_view name : {"orang", "tindakan", "perihal", "dari", "sampai"})
    if (const auto value = visit.request.param(name); !value.empty()) out += "&" + std::string(name) + "=" + http::percent_encode(value);
  return before ? out + "&sebelum=" + std::to_string(*before) : out;
}

FilterBar audit_filters(const Visit& visit, const Node& facility) {
  std::vector<Option> actions{{"", words(visit.lang, Msg::AuditAnyAction)}};
  for (const auto& action : audit_actions()) actions.push_back({std::string(action.name), words(visit.lang, action.words)});
  const auto given = [&](const char* name) { return std::string(visit.request.param(name)); };
  FilterBar bar{"/jejak", facility.name, {}, {{"tempat", facility.code}}};
  bar.filters = {{"orang", words(visit.lang, Msg::AuditPerson), given("orang"), {}},
                 {"tindakan", words(visit.lang, Msg::AuditWhat), given("tindakan"), std::move(actions)},
                 {"dari", words(visit.lang, Msg::AuditFrom), given("dari"), {}, "date"},
                 {"sampai", words(visit.lang, Msg::AuditTo), given("sampai"), {}, "date"}};
  if (!given("perihal").empty()) bar.kept.emplace_back("perihal", given("perihal"));
  return bar;
}

/// Other places whose trail this person may read, found by name.
void draw_other_places(html::Out& o, const Visit& visit) {
  const auto& organisation = visit.reference->organisation;
  const auto wanted = lower_ascii(trim(visit.request.param("cari_tempat")));
  std::vector<const Node*> found;
  for (const auto& node : organisation.nodes()) {
    if (found.size() > kMostPlaceLinks) break;
    const bool fits = lower_ascii(node.name).find(wanted) != std::string::npos || node.code.find(wanted) != std::string::npos;
    if (fits && visit.scope->may(Right::ReadAudit, organisation, node.key)) found.push_back(&node);
  }
  if (wanted.empty() && found.size() <= 1) return;
  draw_card(o, {words(visit.lang, Msg::PlaceChoiceTitle), {}, {}, "tempat"}, [&] {
    draw_place_search(o, visit, "/jejak", wanted);
    draw_place_links(o, visit, "/jejak", found);
  });
}

http::Reply get_audit(const Visit& visit) {
  const auto* facility = audited_place(visit);
  if (facility == nullptr) return audit_refusal(visit, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "", {}}});
  const auto query = read_audit_query(visit, *facility);
  const auto page = query ? app::list_audit(visit.context, *visit.scope, *query) : std::unexpected(query.error());
  if (!page && page.error().front().field.empty()) return audit_refusal(visit, page.error());
  auto frame = staff_page(visit, Place::Audit, words(visit.lang, Msg::AuditTitle));
  frame.place = facility->name;
  frame.actions = [&](html::Out& o) {
    draw_file_links(o, visit.lang, audit_href(visit, "/jejak.xlsx", *facility), audit_href(visit, "/jejak.csv", *facility));
    draw_link_button(o, {words(visit.lang, Msg::AuditJson), audit_href(visit, "/jejak.jsonl", *facility)});
  };
  return html_page(page ? 200 : status_of(page.error()), draw_staff_page(frame, [&](html::Out& o) {
                     if (!page) draw_problems(o, visit.lang, page.error());
                     draw_filters(o, visit.lang, audit_filters(visit, *facility));
                     if (page)
                       draw_card(o, {{}, {}, words(visit.lang, Msg::AuditLead), {}}, [&] {
                         draw_audit_table(o, visit, *facility, *page);
                         if (page->next)
                           o.el("p", {}, [&] {
                             draw_link_button(o, {words(visit.lang, Msg::AuditOlder), audit_href(visit, "/jejak", *facility, page->next)});
                           });
                       });
                     draw_other_places(o, visit);
                   }));
}

/// The whole trail of the facility: a filtered one could not be checked.
Result<app::AuditExport> open_export(const Visit& visit) {
  const auto* facility = audited_place(visit);
  if (facility == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace);
  return app::AuditExport::open(visit.context, *visit.scope, facility->key);
}

http::Reply get_audit_json(const Visit& visit) {
  auto opened = open_export(visit);
  if (!opened) return audit_refusal(visit, opened.error());
  http::Reply reply{200, "application/jsonl", "", {{"Content-Disposition", "attachment; filename=\"pilar-jejak.jsonl\""}}};
  auto stream = std::make_shared<app::AuditExport>(*std::move(opened));
  reply.next_chunk = [stream] { return stream->next(); };
  return reply;
}

using OnAuditPage = std::function<void(const app::AuditPage&)>;
/// All lines that fit, newest first, a few thousand at a time; none that come meanwhile.
void each_audit_page(const Visit& visit, app::AuditQuery query, const OnAuditPage& on_page) {
  query.limit = kAuditLinesAPiece;
  for (bool goes_on = true; goes_on;) {
    const auto page = app::list_audit(visit.context, *visit.scope, query);
    if (!page) return;
    on_page(*page);
    query.before = page->next;
    goes_on = page->next.has_value();
  }
}

Table audit_table(const Visit& visit, const Node& facility, app::AuditQuery query) {
  std::int64_t count = 0;
  each_audit_page(visit, query, [&](const app::AuditPage& page) {
    if (count == 0 && !page.lines.empty()) query.before = page.lines.front().seq + 1;
    count += std::ssize(page.lines);
  });
  auto table = list_table(visit, words(visit.lang, Msg::AuditTitle), audit_filters(visit, facility), count);
  table.notes.insert(table.notes.begin(), {words(visit.lang, Msg::PeoplePlace), facility.name});
  table.columns = {{words(visit.lang, Msg::AuditWhen), TableColumn::Kind::Moment},
                   {words(visit.lang, Msg::AuditWho)},
                   {words(visit.lang, Msg::AuditWhat)},
                   {words(visit.lang, Msg::AuditSubject)},
                   {words(visit.lang, Msg::AuditDetail)}};
  table.rows = [&visit, &facility, query](const OnTableRow& on_row) {
    each_audit_page(visit, query, [&](const app::AuditPage& page) {
      const auto names = audit_page_names(visit, page);
      for (const auto& stored : page.lines) {
        const auto [who, what, subject, detail] = line_words(visit, names, stored.line);
        const TableCell row[] = {ZonedTime{stored.line.at, facility.zone}, who, what, subject, detail};
        on_row(row);
      }
    });
  };
  return table;
}

/// The lines that the page shows on all its pages; the whole trail, to be checked, is JSON.
http::Reply audit_file(const Visit& visit, FileKind kind) {
  const auto* facility = audited_place(visit);
  if (facility == nullptr) return audit_refusal(visit, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "", {}}});
  auto query = read_audit_query(visit, *facility);
  if (!query) return audit_refusal(visit, query.error());
  query->before.reset();
  if (const auto first = app::list_audit(visit.context, *visit.scope, *query); !first) return audit_refusal(visit, first.error());
  return table_reply("pilar-jejak", audit_table(visit, *facility, *std::move(query)), kind);
}

constexpr std::array kAuditRoutes{
    Route{http::Method::Get, "/jejak", May::ReadAudit, Work::Blocking, &get_audit, "The audit trail of a place."},
    csv_route<audit_file>("/jejak.csv", May::ReadAudit, "The lines that fit, as CSV."),
    workbook_route<audit_file>("/jejak.xlsx", May::ReadAudit, "The same lines as a workbook."),
    Route{http::Method::Get, "/jejak.jsonl", May::ReadAudit, Work::Blocking, &get_audit_json, "The whole trail, to be checked elsewhere."},
};

}  // namespace

std::span<const Route> audit_routes() { return kAuditRoutes; }

}  // namespace pilar::web
