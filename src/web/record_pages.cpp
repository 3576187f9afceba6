#include "web/record_pages.h"

#include <array>
#include <memory>

#include "app/record_list.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "interchange/csv.h"
#include "web/answer_words.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/result_address.h"
#include "web/result_csv.h"
#include "web/result_words.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::int64_t kMostPassed = 100'000, kCsvPage = 500;

/// "2026-11-21.3.100": day, unit, records of them passed.
std::string to_text(const app::RecordPosition& position) {
  return iso(position.day) + "." + std::to_string(position.unit.value) + "." + std::to_string(position.passed);
}

std::optional<app::RecordPosition> parse_position(std::string_view text) {
  const auto parts = split(text, '.');
  if (parts.size() != 3) return {};
  const auto day = parse_day(parts[0]);
  const auto unit = parse_int(parts[1]), passed = parse_int(parts[2]);
  if (!day || !unit || *unit < 0 || *unit > INT32_MAX || !passed || *passed < 0 || *passed > kMostPassed) return {};
  return app::RecordPosition{*day, {static_cast<std::int32_t>(*unit)}, *passed};
}

struct RecordRequest {
  ResultAddress address;
  app::RecordListQuery query;
};

Result<RecordRequest> read_request(const Visit& visit) {
  auto asked = read_address(visit);
  if (!asked) return std::unexpected(asked.error());
  RecordRequest out{std::move(asked->address), {}};
  out.query.instrument = asked->query.instrument;
  out.query.facility = asked->query.place;
  out.query.unit = asked->query.unit;
  out.query.from = first_day(asked->query.from);
  out.query.to = first_day(asked->query.to);
  out.query.item = visit.request.param("butir");
  const auto* node = visit.reference->organisation.find(out.query.facility);
  if (node->kind != NodeKind::Facility) return refuse(Problem::Kind::NotFound, Msg::RecordListPickFacility, "tempat");
  if (const auto after = visit.request.param("sesudah"); !after.empty()) {
    out.query.after = parse_position(after);
    if (!out.query.after) return refuse(Msg::RecordListBadPosition, "sesudah");
  }
  return out;
}

Msg state_words(RecordState state) {
  if (state == RecordState::Voided) return Msg::RecordListVoided;
  return state == RecordState::Flagged ? Msg::RecordListFlagged : Msg::RecordListValid;
}

Msg channel_words(Channel channel) {
  constexpr Msg kWords[] = {Msg::RecordListPublic, Msg::RecordListStaff, Msg::RecordListApi, Msg::RecordListImport, Msg::RecordListDemo};
  return kWords[static_cast<std::size_t>(channel) - 1];
}

std::string unit_name(const app::RecordList& list, UnitKey key, Lang lang) {
  const auto* unit = list.reference->organisation.find_unit(list.node->key, key);
  return unit == nullptr ? words(lang, Msg::ResultWholePlace) : unit->name;
}

std::string answer_text(Lang lang, const app::SeenAnswer& seen, Zone zone) {
  if (seen.opens) return say(lang, Msg::RecordListOpens, {format::short_date(lang, *seen.opens)});
  if (seen.item == nullptr || !seen.answer) return words(lang, Msg::RecordListNotAsked);
  return answer_words(lang, *seen.item, *seen.answer, zone);
}

std::vector<std::string> titles(Lang lang, const app::RecordList& list) {
  std::vector<std::string> out{words(lang, Msg::RecordListDay), words(lang, Msg::ResultUnit)};
  for (const auto* item : list.columns) out.push_back(item->label.in(lang));
  out.push_back(words(lang, Msg::RecordListState));
  out.push_back(words(lang, Msg::RecordListChannel));
  if (!list.version->form.is_public) out.push_back(words(lang, Msg::RecordListAt));
  return out;
}

std::vector<std::string> fields(Lang lang, const app::RecordList& list, const app::RecordLine& line, const std::string& day) {
  std::vector<std::string> out{day, unit_name(list, line.unit, lang)};
  for (const auto& answer : line.answers) out.push_back(answer_text(lang, answer, list.node->zone));
  auto state = words(lang, state_words(line.state));
  if (line.revision > 1) state += ", " + say(lang, Msg::RecordListRevised, {format::number(lang, line.revision - 1)});
  out.push_back(std::move(state));
  out.push_back(words(lang, channel_words(line.channel)));
  if (!list.version->form.is_public) out.push_back(line.at ? format::time(lang, *line.at, list.node->zone) : std::string(format::kNone));
  return out;
}

void draw_item_filter(html::Out& o, const Visit& visit, const RecordRequest& request, const app::RecordList& list) {
  const auto lang = visit.lang;
  const auto all = list.version->form.is_public ? Msg::RecordListNoItem : Msg::ResultNoBreakdown;
  Filter filter{"butir", words(lang, Msg::RecordListItem), request.query.item, {{"", words(lang, all)}}};
  for (const auto& item : list.version->form.items) filter.options.push_back({item.key, item.label.in(lang)});
  FilterBar bar{.action = "/catatan/" + request.address.instrument,
                .summary = period_words(lang, request.address.from, request.address.to)};
  bar.filters = {std::move(filter)};
  bar.kept = {{"tempat", request.address.place},
              {"unit", request.address.unit},
              {"dari", iso(request.address.from)},
              {"sampai", iso(Month{request.address.to.value - 1})}};
  draw_filters(o, lang, bar);
}

void draw_lines_of(html::Out& o, Lang lang, const app::RecordList& list, const std::string& caption) {
  TableHead head{.caption = caption};
  for (auto& title : titles(lang, list)) head.columns.push_back({std::move(title)});
  draw_table(o, head, [&](Rows& rows) {
    for (const auto& line : list.lines)
      rows.row([&](Row& row) {
        bool first = true;
        for (const auto& field : fields(lang, list, line, format::short_date(lang, line.day)))
          std::exchange(first, false) ? row.name(field) : row.cell(field);
      });
  });
}

http::Reply get_records(const Visit& visit) {
  const auto request = read_request(visit);
  if (!request) return refuse_result(visit, request.error());
  const auto list = app::list_records(visit.context, *visit.scope, request->query);
  if (!list) return refuse_result(visit, list.error());
  const auto lang = visit.lang;
  const auto& form = list->version->form;
  const auto title = say(lang, Msg::RecordListTitle, {form.title.in(lang)});
  const auto period = period_words(lang, request->address.from, request->address.to);
  const auto href = request->address.records_href(request->query.item);
  auto frame = staff_page(visit, Place::Instruments, title);
  const auto* unit = request->query.unit ? list->reference->organisation.find_unit(list->node->key, *request->query.unit) : nullptr;
  frame.place = list->node->name + (unit == nullptr ? "" : " · " + unit->name) + " · " + period;
  frame.as_of = as_of(lang, visit.context.clock.now(), list->node->zone);
  frame.path = {{form.title.in(lang), request->address.href()}};
  frame.actions = [&](html::Out& o) {
    draw_link_button(o, {words(lang, Msg::ResultDownload), request->address.records_href(request->query.item, "/data.csv")});
  };
  const auto body = draw_staff_page(frame, [&](html::Out& o) {
    draw_item_filter(o, visit, *request, *list);
    draw_card(o, {.note = form.is_public ? say(lang, Msg::RecordListPrivacy, {std::to_string(app::kCommentDays)}) : std::string()}, [&] {
      if (list->lines.empty()) return draw_empty(o, say(lang, Msg::RecordListNone, {period}));
      draw_lines_of(o, lang, *list, title);
      o.el("nav", {{"class", "pages"}}, [&] {
        if (request->query.after) o.el("a", {{"class", "btn"}, {"href", href}}, say(lang, Msg::RecordListFirst));
        if (list->next)
          o.el("a", {{"class", "btn"}, {"rel", "next"}, {"href", href + "&sesudah=" + to_text(*list->next)}},
               say(lang, Msg::RecordListMore));
      });
    });
  });
  return {200, "text/html; charset=utf-8", body, {}};
}

/// A page of records at a time, however many there are.
struct CsvStream {
  app::Context& context;
  Scope scope;
  app::RecordListQuery query;
  Lang lang;
  csv::Writer out{};
  bool done = false;

  std::string next() {
    if (done) return {};
    const auto list = app::list_records(context, scope, query);
    if (!list) {
      done = true;
      return {};
    }
    if (!query.after) out.row(titles(lang, *list));
    for (const auto& line : list->lines) out.row(fields(lang, *list, line, iso(line.day)));
    query.after = list->next;
    done = !list->next;
    return out.take();
  }
};

http::Reply get_records_csv(const Visit& visit) {
  auto request = read_request(visit);
  if (!request) return refuse_result(visit, request.error());
  request->query.limit = kCsvPage;
  auto stream = std::make_shared<CsvStream>(visit.context, *visit.scope, request->query, visit.lang);
  auto probe = request->query;
  probe.limit = 0;
  if (const auto allowed = app::list_records(visit.context, *visit.scope, probe); !allowed) return refuse_result(visit, allowed.error());
  auto reply = csv_reply("pilar-catatan-" + request->address.instrument + "-" + request->address.place + ".csv", "");
  reply.next_chunk = [stream] { return stream->next(); };
  return reply;
}

constexpr std::array kRecordRoutes{
    Route{http::Method::Get, "/catatan/:arg", May::ReadRecords, Work::Blocking, &get_records, "The records behind a number."},
    Route{http::Method::Get, "/catatan/:arg/data.csv", May::ReadRecords, Work::Blocking, &get_records_csv, "The same records as CSV."},
};

}  // namespace

std::span<const Route> record_routes() { return kRecordRoutes; }

}  // namespace pilar::web
