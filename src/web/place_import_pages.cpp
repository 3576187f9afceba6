#include "web/place_import_pages.h"

#include <algorithm>
#include <array>

#include "app/place_upload.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/place_page.h"
#include "i18n/words/result.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/list_file.h"
#include "web/place_address.h"
#include "web/place_words.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kFaultsShown = 100, kInMemory = std::size_t{1} << 20U;

std::string import_href(std::string_view id) { return "/tempat/impor/" + http::percent_encode(id); }

std::string draw_import(const Visit& visit, const Problems& problems) {
  const auto in = [&](Message message) { return words(visit.lang, message); };
  auto frame = staff_page(visit, Place::Places, in(Msg::PlaceImportTitle));
  frame.place = in(Msg::PlaceImportLead);
  frame.path = {{in(Msg::PlacesTitle), "/tempat"}};
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {}, [&] {
      draw_problems(o, visit.lang, problems);
      o.el("form", {{"method", "post"}, {"action", "/tempat/impor"}, {"enctype", "multipart/form-data"}}, [&] {
        draw_csrf(o, visit);
        Field file{"file", in(Msg::PlaceImportFile), in(Msg::PlaceImportFileHint), ""};
        file.type = "file";
        file.required = true;
        file.problem = problem_of(visit.lang, problems, "file");
        draw_field(o, visit.lang, file);
        draw_button(o, in(Msg::PlaceImportCheck), Button::Primary);
      });
    });
    draw_card(o, {in(Msg::PlaceImportColumns), {in(Msg::PlaceImportExample), "/tempat/data.xlsx"}, in(Msg::PlaceImportColumnsNote), {}},
              [&] {
                const TableHead head{in(Msg::PlaceImportColumns),
                                     {{in(Msg::PlaceImportColumn)}, {in(Msg::PlaceImportMeans)}, {in(Msg::PlaceImportHolds)}},
                                     {},
                                     true};
                draw_table(o, head, [&](Rows& rows) {
                  for (const auto& column : app::place_columns())
                    rows.row([&](Row& row) {
                      row.name(column.key);
                      row.cell(in(column.title));
                      row.cell(in(column.hint));
                    });
                });
              });
  });
}

http::Reply get_import(const Visit& visit) { return html_page(200, draw_import(visit, {})); }

http::Reply post_import(const Visit& visit) {
  const auto file = std::ranges::find(visit.files, "file", &http::Part::name);
  if (file == visit.files.end()) return html_page(422, draw_import(visit, {{Problem::Kind::Invalid, Msg::PlaceImportNoFile, "file", {}}}));
  const auto kept = app::keep_place_file(visit.context, *visit.scope, file->file_name.value_or(""), file->content);
  if (kept) return redirect(import_href(text(*kept)));
  auto problems = kept.error();
  for (auto& problem : problems) problem.field = "file";
  return html_page(status_of(problems), draw_import(visit, problems));
}

/// What a checked file would do, or did.
class ImportPage {
 public:
  ImportPage(const Visit& visit, const app::PlaceUpload& upload, const app::PlaceImportReport& report)
      : visit_(visit),
        upload_(upload),
        report_(report),
        href_(import_href(visit.args.at(0))) {}

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Places, upload_.name.empty() ? in(Msg::PlaceImportTitle) : upload_.name);
    frame.place = say(visit_.lang, Msg::PlaceImportRows, {number(report_.rows)});
    frame.path = {{in(Msg::PlacesTitle), "/tempat"}, {in(Msg::PlaceImportTitle), "/tempat/impor"}};
    const auto written = parse_int(visit_.request.param("tersimpan"));
    if (written) frame.notice = say(visit_.lang, Msg::PlaceImportDone, {number(*written)});
    frame.actions = [&](html::Out& o) {
      draw_link_button(o, {in(Msg::PlaceImportAnswer), href_ + (upload_.workbook ? "/hasil.xlsx" : "/hasil.csv")});
      draw_action_button(o, "print", in(Msg::ResultPrint));
    };
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_counts(o);
      if (!report_.ignored.empty()) draw_ignored(o);
      if (!report_.faults.empty()) draw_faults(o);
    });
  }

 private:
  std::string in(Message message) const { return words(visit_.lang, message); }
  std::string number(std::int64_t value) const { return format::number(visit_.lang, value); }

  void draw_counts(html::Out& o) const {
    const Fact facts[] = {{in(Msg::PlaceImportAdded), number(report_.added), {}},
                          {in(Msg::PlaceImportChanged), number(report_.changed), {}},
                          {in(Msg::PlaceImportSame), number(report_.same), {}},
                          {in(Msg::PlaceImportRefused), number(report_.refused), {}}};
    const auto news = report_.added + report_.changed;
    draw_card(o, {in(Msg::PlaceImportWhat), {}, {}, {}}, [&] {
      draw_facts(o, facts);
      if (news == 0) return o.el("p", {}, in(report_.refused == 0 ? Msg::PlaceImportNothing : Msg::PlaceImportOnlyRefused));
      o.el(
          "p", {},
          say(visit_.lang, report_.refused == 0 ? Msg::PlaceImportReady : Msg::PlaceImportPartly, {number(news), number(report_.refused)}));
      draw_post_form(o, visit_, href_, {}, [&] {
        o.el("div", {{"class", "choices"}}, [&] {
          draw_button(o, say(visit_.lang, Msg::PlaceImportSave, {number(news)}), Button::Primary);
          draw_link_button(o, {in(Msg::PlaceImportOther), "/tempat/impor"});
        });
      });
    });
  }

  void draw_ignored(html::Out& o) const {
    std::vector<Fact> facts;
    for (const auto& [column, near] : report_.ignored)
      facts.push_back(
          {column, near.empty() ? in(Msg::PlaceImportUnknownColumn) : say(visit_.lang, Msg::PlaceImportNearColumn, {near}), {}});
    draw_card(o, {in(Msg::PlaceImportIgnored), {}, {}, {}}, [&] { draw_facts(o, facts); });
  }

  void draw_faults(html::Out& o) const {
    const auto shown = std::min(report_.faults.size(), kFaultsShown);
    const auto all = number(static_cast<std::int64_t>(report_.faults.size()));
    const auto note =
        shown < report_.faults.size() ? say(visit_.lang, Msg::PlaceImportMoreFaults, {number(static_cast<std::int64_t>(shown)), all}) : "";
    draw_card(o, {in(Msg::PlaceImportFaults), {}, note, {}}, [&] {
      const TableHead head{in(Msg::PlaceImportFaults),
                           {{in(Msg::PlaceImportRow), true}, {in(Msg::PlaceImportColumn)}, {in(Msg::PlaceImportReason)}},
                           {},
                           true};
      draw_table(o, head, [&](Rows& rows) {
        for (std::size_t i = 0; i < shown; ++i)
          rows.row([&](Row& row) {
            const auto& fault = report_.faults[i];
            row.name(std::to_string(fault.line));
            row.cell(fault.column);
            row.cell(say(visit_.lang, fault.problem));
          });
      });
    });
  }

  const Visit& visit_;
  const app::PlaceUpload& upload_;
  const app::PlaceImportReport& report_;
  std::string href_;
};

http::Reply get_import_check(const Visit& visit) {
  const auto upload = app::open_place_file(visit.context, *visit.scope, visit.args.at(0));
  if (!upload) return place_refusal(visit, upload.error());
  const auto report = app::check_place_import(visit.context, *visit.scope, upload->sheet);
  return html_page(200, ImportPage(visit, *upload, report).draw());
}

http::Reply post_import_save(const Visit& visit) {
  const auto upload = app::open_place_file(visit.context, *visit.scope, visit.args.at(0));
  if (!upload) return place_refusal(visit, upload.error());
  const auto report = app::run_place_import(visit.context, *visit.scope, upload->sheet, [](std::int64_t) {});
  if (!report) return place_refusal(visit, report.error());
  return redirect(import_href(visit.args.at(0)) + "?tersimpan=" + std::to_string(report->added + report->changed));
}

http::Reply import_answer(const Visit& visit, FileKind kind) {
  const auto upload = app::open_place_file(visit.context, *visit.scope, visit.args.at(0));
  if (!upload) return place_refusal(visit, upload.error());
  const auto report = app::check_place_import(visit.context, *visit.scope, upload->sheet);
  return table_reply("pilar-tempat-hasil", app::answered_sheet(visit.lang, upload->sheet, report), kind, CsvHead::Without);
}

/// Every place that the list at this address would show on all its pages, and at all levels below.
http::Reply place_file(const Visit& visit, FileKind kind) {
  auto address = read_place_address(visit);
  if (!address) return place_refusal(visit, address.error());
  auto& query = address->query;
  query.flat = true;
  query.offset = 0;
  query.limit = SIZE_MAX / 2;
  const auto list = app::list_places(visit.context, *visit.scope, query);
  if (!list) return place_refusal(visit, list.error());
  std::vector<const Node*> places;
  for (const auto& row : list->rows) places.push_back(row.node);
  auto table = app::place_table(visit.lang, list->reference, std::move(places), app::load_place_facts(visit.context, *visit.scope));
  return table_reply("pilar-tempat", table, kind, CsvHead::Without);
}

constexpr std::array kPlaceImportRoutes{
    csv_route<place_file>("/tempat/data.csv", May::ReadResults, "Places as CSV that can be imported again."),
    workbook_route<place_file>("/tempat/data.xlsx", May::ReadResults),
    Route{http::Method::Get, "/tempat/impor", May::ManagePlaces, Work::Blocking, &get_import,
          "Asks for a file of places; says which columns it may have."},
    Route{http::Method::Post, "/tempat/impor", May::ManagePlaces, Work::Blocking, &post_import,
          "Takes a file of places and keeps it for a day.", app::kMostPlaceBytes, nullptr, kInMemory},
    Route{http::Method::Get, "/tempat/impor/:arg", May::ManagePlaces, Work::Blocking, &get_import_check, "What a file of places would do."},
    Route{http::Method::Post, "/tempat/impor/:arg", May::ManagePlaces, Work::Blocking, &post_import_save, "Does it."},
    csv_route<import_answer>("/tempat/impor/:arg/hasil.csv", May::ManagePlaces, "The file as it came, with what became of each row."),
    workbook_route<import_answer>("/tempat/impor/:arg/hasil.xlsx", May::ManagePlaces),
};

}  // namespace

std::span<const Route> place_import_routes() { return kPlaceImportRoutes; }

}  // namespace pilar::web
