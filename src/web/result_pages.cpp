#include "web/result_pages.h"

#include <algorithm>
#include <array>

#include "app/chart_mark.h"
#include "app/event_gap.h"
#include "app/record_list.h"
#include "app/record_source.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/result.h"
#include "web/audit_words.h"
#include "web/control_guide.h"
#include "web/event_gap_chart.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/list_file.h"
#include "web/record_words.h"
#include "web/result_control.h"
#include "web/result_csv.h"
#include "web/result_groups.h"
#include "web/result_indicator.h"
#include "web/result_parts.h"
#include "web/result_words.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr int kMonthsListed = 36;

/// The measure the address names, else the first; nullptr when there is none of that name.
const MeasureReading* find_headline(const app::ResultView& view, std::string_view key) {
  if (key.empty()) return view.measures.empty() ? nullptr : view.measures.data();
  for (const auto& reading : view.measures)
    if (reading.measure->key == key) return &reading;
  return nullptr;
}

struct Answered {
  ResultRequest asked;
  app::ResultView view;
};

Result<Answered> read(const Visit& visit) {
  auto asked = read_address(visit);
  if (!asked) return std::unexpected(asked.error());
  asked->query.with_marks = true;
  auto view = app::read_result(visit.context, *visit.scope, asked->query);
  if (!view) return std::unexpected(view.error());
  const auto& measure = asked->address.measure;
  const auto& form = view->version->form;
  if (!measure.empty() && std::ranges::find(form.measures, measure, &Measure::key) == form.measures.end())
    return refuse(Problem::Kind::NotFound, Msg::ResultUnknownMeasure, "ukuran", {measure});
  return Answered{std::move(*asked), *std::move(view)};
}

ResultPage page_of(const Visit& visit, const Answered& answered) {
  const auto& view = answered.view;
  ResultPage page{visit.lang, view, answered.asked.address, find_headline(view, answered.asked.address.measure)};
  page.may_read_records = visit.scope->may(Right::ReadRecords);
  page.may_mark = view.node->kind == NodeKind::Facility && app::may_mark_charts(*visit.scope, view.reference->organisation, view.node->key);
  page.last_day = app::last_record_day(visit.context, *visit.scope, view.version->form.key, view.node->key);
  return page;
}

std::string place_words(const ResultPage& page) {
  const auto unit = page.view.unit == nullptr ? std::string() : " · " + page.view.unit->name;
  return page.view.node->name + unit + " · " + period_words(page.lang, page.view.period);
}

bool is_one_month(Period period) { return period == period_of(month_of(period.from)); }

/// A period that is no month stands first, and stays until another is chosen.
Filter month_filter(const ResultPage& page) {
  const auto period = page.view.period;
  const auto running = month_of(civil_day(page.view.as_of, page.view.node->zone));
  const auto last = month_of({period.to.value - 1});
  Filter filter{"bulan", words(page.lang, Msg::ResultMonth), iso(last)};
  if (!is_one_month(period)) {
    filter.value.clear();
    filter.options.push_back({"", period_words(page.lang, period)});
  }
  const auto offer = [&](std::int32_t from, std::int32_t to) {
    for (auto month = from; month >= to; --month) filter.options.push_back({iso(Month{month}), format::month(page.lang, {month})});
  };
  const auto newest = std::max(running.value, last.value);
  offer(newest, newest - kMonthsListed + 1);
  if (last.value <= newest - kMonthsListed) offer(std::min(last.value + 12, newest - kMonthsListed), last.value - 12);
  return filter;
}

std::optional<Filter> unit_filter(const ResultPage& page) {
  const auto units = page.view.reference->organisation.units(page.view.node->key);
  if (units.empty()) return {};
  Filter filter{"unit", words(page.lang, Msg::ResultUnit), page.address.unit, {{"", words(page.lang, Msg::ResultAllUnits)}}};
  for (const auto& unit : units) filter.options.push_back({unit.code, unit.name});
  return filter;
}

std::optional<Filter> breakdown_filter(const ResultPage& page) {
  Filter filter{"rinci", words(page.lang, Msg::ResultBreakdown), page.address.breakdown, {{"", words(page.lang, Msg::ResultNoBreakdown)}}};
  for (const auto& series : page.view.version->series) {
    if (!series.by_item) continue;
    const auto& by = page.form().items[*series.by_item];
    const auto* option = find_option(by, series.by_code);
    if (option == nullptr) continue;
    const auto value = by.key + ":" + option->key;
    if (std::ranges::find(filter.options, value, &Option::value) == filter.options.end())
      filter.options.push_back({value, option->label.in(page.lang)});
  }
  if (filter.options.size() == 1) return {};
  return filter;
}

std::string chosen_words(const Filter& filter) {
  for (const auto& option : filter.options)
    if (option.value == filter.value) return option.text;
  return {};
}

/// The address without what these filters and the dates say.
http::Fields kept_fields(const ResultPage& page, std::span<const Filter> filters) {
  auto fields = page.address.fields();
  std::erase_if(fields, [&](const auto& field) { return std::ranges::find(filters, field.first, &Filter::name) != filters.end(); });
  return fields;
}

void draw_result_filters(html::Out& o, const ResultPage& page) {
  FilterBar bar{.action = "/hasil/" + page.address.instrument};
  bar.filters = {month_filter(page)};
  if (auto filter = unit_filter(page)) bar.filters.push_back(*std::move(filter));
  if (auto filter = breakdown_filter(page)) bar.filters.push_back(*std::move(filter));
  for (const auto& filter : bar.filters) bar.summary += (bar.summary.empty() ? "" : ", ") + chosen_words(filter);
  bar.kept = kept_fields(page, bar.filters);
  draw_filters(o, page.lang, bar);
}

void draw_date(html::Out& o, const char* name, std::string_view label, Day day) {
  const auto id = "s-" + std::string(name);
  o.el("div", {}, [&] {
    o.el("label", {{"for", id}}, label);
    o.el("input", {{"class", "form-control"}, {"type", "date"}, {"id", id}, {"name", name}, {"value", iso(day)}, {"required", true}});
  });
}

/// Named periods and dates of one's own.
void draw_other_periods(html::Out& o, const ResultPage& page) {
  const auto period = page.view.period;
  const auto today = civil_day(page.view.as_of, page.view.node->zone);
  const std::array dates{Filter{"bulan"}, Filter{"dari"}, Filter{"sampai"}};
  const auto kept = kept_fields(page, dates);
  const auto action = "/hasil/" + page.address.instrument;
  o.el("details", {{"class", "periods"}}, [&] {
    o.el("summary", {}, say(page.lang, Msg::ResultOtherPeriod));
    o.el("p", {{"class", "links"}}, [&] {
      for (const auto& [preset, key, words] : preset_names()) {
        auto href = action + "?waktu=" + std::string(key);
        for (const auto& [name, value] : kept) href += "&" + name + "=" + http::percent_encode(value);
        o.el("a", {{"href", href}, {"aria-current", "true", period_named(preset, today) == period}}, say(page.lang, words));
        o.text(" ");
      }
    });
    o.el("form", {{"class", "dates"}, {"method", "get"}, {"action", action}}, [&] {
      for (const auto& [name, value] : kept) o.el("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
      draw_date(o, "dari", say(page.lang, Msg::ResultFirstDay), period.from);
      draw_date(o, "sampai", say(page.lang, Msg::ResultLastDay), {period.to.value - 1});
      draw_button(o, say(page.lang, Msg::CommonShow));
    });
  });
}

/// From the person's own place down to this one, then the instrument.
std::vector<Link> path_of(const Visit& visit, const ResultPage& page) {
  std::vector<Link> path;
  auto address = page.address;
  address.unit.clear();
  address.parts = {};
  for (const auto* node : page.view.reference->organisation.path_to(page.view.node->key, visit.scope->root())) {
    address.place = node->code;
    path.push_back({node->name, address.href()});
  }
  return path;
}

StaffPage frame_of(const Visit& visit, const ResultPage& page, std::string title) {
  auto frame = staff_page(visit, Place::Instruments, std::move(title));
  frame.place = place_words(page);
  frame.as_of = as_of(page.lang, page.view.as_of, page.view.node->zone);
  frame.path = path_of(visit, page);
  return frame;
}

void draw_nothing_yet(html::Out& o, const ResultPage& page) {
  draw_card(o, {}, [&] {
    const auto period = period_words(page.lang, page.view.period);
    const auto message = page.form().is_public ? Msg::ResultEmptySurvey : Msg::ResultEmpty;
    auto last = page.address;
    if (page.last_day) last.period = period_of(month_of(*page.last_day));
    const auto next = page.last_day && last.period != page.address.period
                          ? Link{say(page.lang, Msg::ResultSeeLast, {period_words(page.lang, last.period)}), last.href()}
                          : Link{words(page.lang, Msg::ResultReadForm), form_href(page.form())};
    draw_empty(o, say(page.lang, message, {period}), next);
  });
}

void draw_result(html::Out& o, const ResultPage& page, const std::optional<app::KamusView>& kamus,
                 std::span<const app::ResultGroups> groups) {
  draw_result_filters(o, page);
  draw_other_periods(o, page);
  if (page.view.is_empty) {
    draw_nothing_yet(o, page);
    draw_trend(o, page);
    return draw_control_guide(o, page);
  }
  draw_headline(o, page);
  draw_trend(o, page);
  draw_control_guide(o, page);
  draw_indicators_of(o, page, kamus);
  draw_groups(o, page, groups);
  draw_unsur(o, page);
  o.el("div", {{"class", "grid"}}, [&] {
    o.el("div", {}, [&] {
      draw_distribution(o, page);
      draw_other_measures(o, page);
      if (page.view.measures.size() < 2) draw_other_items(o, page);
    });
    o.el("div", {}, [&] {
      draw_parts(o, page);
      draw_needs(o, page);
      draw_why(o, page);
      if (page.view.measures.size() > 1) draw_other_items(o, page);
    });
  });
}

/// The distances between events, where their chart is asked for and makes sense.
std::optional<GapChart> gaps_of(const Visit& visit, const Answered& answered, const ResultPage& page) {
  const auto& address = answered.asked.address;
  if (!address.chart || page.headline == nullptr || page.view.breakdown) return {};
  const auto& measure = *page.headline->measure;
  const auto kinds = gap_kinds(measure);
  if (std::ranges::find(kinds, *address.chart) == kinds.end()) return {};
  const auto days = app::read_event_days(visit.context, *visit.scope, answered.asked.query, measure);
  if (!days) return {};
  const auto today = civil_day(page.view.as_of, page.view.node->zone);
  auto choice = page.view.marks.choice(page.form().key + "/" + measure.key);
  choice.rules = address.rules;
  return gap_chart(*address.chart, measure, event_gaps(*days, today), choice);
}

http::Reply get_result(const Visit& visit) {
  const auto answered = read(visit);
  if (!answered) return refuse_result(visit, answered.error());
  auto page = page_of(visit, *answered);
  const auto gaps = gaps_of(visit, *answered, page);
  if (gaps) page.gaps = &*gaps;
  const auto kamus = kamus_behind(visit, page);
  const auto groups = groups_behind(visit, page, answered->asked.query);
  auto frame = frame_of(visit, page, page.form().title.in(page.lang));
  frame.charts = page.headline != nullptr;
  frame.actions = [&](html::Out& o) {
    draw_action_button(o, "print", say(page.lang, Msg::ResultPrint));
    draw_file_links(o, page.lang, page.address.href("/data.xlsx"), page.address.href("/data.csv"));
  };
  return {200, "text/html; charset=utf-8", draw_staff_page(frame, [&](html::Out& o) { draw_result(o, page, kamus, groups); }), {}};
}

/// "Sari: 12 isian, terakhir 3 Okt 2026 10.12", source by source; empty where there is none that the reader may see.
std::string entered_words(const Visit& visit, const app::ResultView& view) {
  constexpr std::size_t kMostSources = 12;
  const auto sources = app::read_record_sources(visit.context, *visit.scope, view);
  if (!sources) return {};
  std::vector<std::string> who;
  for (const auto& source : *sources) who.push_back(source.actor);
  const auto names = app::audit_names(visit.context, who);
  std::string out;
  for (const auto& source : std::span(*sources).first(std::min(kMostSources, sources->size()))) {
    auto name = source.actor.empty() ? words(visit.lang, channel_words(source.channel)) : who_words(visit.lang, names, source.actor);
    if (!source.file.empty()) name = say(visit.lang, Msg::ResultEnteredFile, {source.file, name});
    out += (out.empty() ? "" : "; ") +
           say(visit.lang, Msg::ResultEnteredLine,
               {name, format::number(visit.lang, source.records), format::moment(visit.lang, source.latest, view.node->zone)});
  }
  if (sources->size() <= kMostSources) return out;
  return out + "; " +
         say(visit.lang, Msg::ResultEnteredMore, {format::number(visit.lang, static_cast<std::int64_t>(sources->size() - kMostSources))});
}

http::Reply get_why(const Visit& visit) {
  const auto answered = read(visit);
  if (!answered) return refuse_result(visit, answered.error());
  auto page = page_of(visit, *answered);
  page.alone = true;
  page.entered = entered_words(visit, answered->view);
  if (visit.person)
    page.reader = visit.person->name + (visit.why == nullptr ? "" : ", " + std::string(say(page.lang, pilar::title(visit.why->role))));
  const auto title = page.headline == nullptr ? page.form().title.in(page.lang) : page.headline->measure->title.in(page.lang);
  auto frame = frame_of(visit, page, title);
  frame.path.push_back({page.form().title.in(page.lang), page.address.href()});
  frame.actions = [&](html::Out& o) { draw_action_button(o, "print", say(page.lang, Msg::ResultPrint)); };
  return {200,
          "text/html; charset=utf-8",
          draw_staff_page(frame,
                          [&](html::Out& o) {
                            if (page.headline == nullptr) return draw_nothing_yet(o, page);
                            draw_headline(o, page);
                            draw_why(o, page);
                          }),
          {}};
}

http::Reply result_file(const Visit& visit, FileKind kind) {
  const auto answered = read(visit);
  if (!answered) return refuse_result(visit, answered.error());
  const auto groups = groups_behind(visit, page_of(visit, *answered), answered->asked.query);
  return table_reply(file_name(answered->view), result_table(visit.lang, answered->view, groups), kind);
}

/// The points of the control chart.
http::Reply get_chart_csv(const Visit& visit) {
  const auto answered = read(visit);
  if (!answered) return refuse_result(visit, answered.error());
  const auto page = page_of(visit, *answered);
  if (page.headline == nullptr) return refuse_result(visit, {{Problem::Kind::NotFound, Msg::ResultUnknownMeasure, "ukuran", {""}}});
  const auto& measure = *page.headline->measure;
  if (const auto gaps = gaps_of(visit, *answered, page))
    return table_reply(file_name(page.view) + "-" + measure.key, gap_table(page, *gaps), FileKind::Csv);
  const auto control = control_of(measure, page.view, {page.address.chart, page.address.rules});
  const auto table = control_table(visit.lang, control_view(measure, control, page.view), page.view.node->name);
  return table_reply(file_name(page.view) + "-" + measure.key, table, FileKind::Csv);
}

constexpr std::array kResultRoutes{
    Route{http::Method::Get, "/hasil/:arg", May::ReadResults, Work::Blocking, &get_result, "Results of an instrument at a place."},
    Route{http::Method::Get, "/hasil/:arg/mengapa", May::ReadResults, Work::Blocking, &get_why, "Why a figure is what it is."},
    Route{http::Method::Get, "/hasil/:arg/bagan.csv", May::ReadResults, Work::Blocking, &get_chart_csv,
          "The points of its control chart as CSV."},
    csv_route<result_file>("/hasil/:arg/data.csv", May::ReadResults, "The same results as CSV."),
    workbook_route<result_file>("/hasil/:arg/data.xlsx", May::ReadResults, "The same results as a workbook."),
};

}  // namespace

std::span<const Route> result_routes() { return kResultRoutes; }

}  // namespace pilar::web
