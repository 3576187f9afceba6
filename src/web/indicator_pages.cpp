#include <algorithm>
#include <array>

#include "app/indicator_months.h"
#include "base/text.h"
#include "i18n/format.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/indicator_words.h"
#include "web/integrity_words.h"
#include "web/kamus_pages.h"
#include "web/kamus_words.h"
#include "web/month_report_words.h"
#include "web/result_address.h"
#include "web/result_control.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

class IndicatorsPage {
 public:
  IndicatorsPage(const Visit& visit, const app::IndicatorMonths& months, std::string area)
      : visit_(visit),
        lang_(visit.lang),
        months_(months),
        area_(std::move(area)) {
    for (const auto& one : months.series)
      if (area_.empty() || key_of(service_areas(), one.line->profile().area) == area_) kept_.push_back(&one);
  }

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Indicators, in(Msg::IndicatorPageTitle));
    frame.place = months_.kamus.node->name + " · " + format::month(lang_, months_.until);
    frame.as_of = as_of(lang_, months_.as_of, months_.kamus.node->zone);
    frame.actions = [&](html::Out& o) { draw_page_actions(o); };
    return draw_staff_page(frame, [&](html::Out& o) {
      o.el("p", {{"class", "note"}}, in(Msg::IndicatorPageNote));
      if (months_.series.empty())
        return draw_empty(o, in(Msg::IndicatorPageNone), {in(Msg::IndicatorPageOpenKamus), kamus_href(months_.kamus, "")});
      draw_filters(o, lang_, filters());
      draw_card(o, {.title = say(lang_, Msg::KamusCount, {format::number(lang_, std::ssize(kept_))})}, [&] { draw_list(o); });
      draw_not_a_target(o, lang_);
    });
  }

  Table table() const {
    using enum TableColumn::Kind;
    constexpr int kDigits = 4;
    Table out{.caption = in(Msg::IndicatorPageTitle) + ", " + months_.kamus.node->name};
    out.notes = {{in(Msg::ResultMonth), format::month(lang_, months_.until)},
                 {in(Msg::TableAsOf), as_of(lang_, months_.as_of, months_.kamus.node->zone)}};
    out.columns = {{in(Msg::KamusKey)},
                   {in(Msg::KamusIndicator)},
                   {in(Msg::KamusArea)},
                   {in(Msg::MonthNumerator), Number},
                   {in(Msg::MonthDenominator), Number},
                   {in(Msg::IndicatorValue), Number, kDigits},
                   {in(Msg::KamusTarget), Number},
                   {in(Msg::CommonState)},
                   {in(Msg::IndicatorVariation)}};
    out.rows = [this](const OnTableRow& write) {
      for (const auto* one : kept_) write(row_of(*one));
    };
    return out;
  }

 private:
  std::string in(Msg message) const { return words(lang_, message); }

  std::vector<TableCell> row_of(const app::IndicatorSeries& one) const {
    const auto told = tell_indicator(lang_, one, months_.until);
    const auto count = [](const std::optional<std::int64_t>& value) { return value ? TableCell(Decimal::whole(*value)) : TableCell(); };
    return {one.line->profile().key,
            one.line->profile().title.in(lang_),
            in(title_of(service_areas(), one.line->profile().area)),
            count(told.numerator),
            count(told.denominator),
            told.point ? TableCell(rounded(*told.point)) : TableCell(),
            one.line->target ? TableCell(*one.line->target) : TableCell(),
            told.state,
            finding_words(lang_, {one.line->form->form, *one.measure, one.control, one.months})};
  }

  std::string file_href(std::string_view ending) const {
    return "/indikator/data" + std::string(ending) + "?tempat=" + http::percent_encode(months_.kamus.node->code) +
           "&bulan=" + iso(months_.until) + (area_.empty() ? "" : "&bidang=" + area_);
  }

  void draw_page_actions(html::Out& o) const {
    draw_link_button(o, {in(Msg::MonthTitle), month_report_href(*months_.kamus.node, {})});
    draw_link_button(o, {in(Msg::IntegrityTitle), integrity_href(*months_.kamus.node, months_.until)});
    draw_link_button(o, {in(Msg::KamusTitle), kamus_href(months_.kamus, "")});
    draw_link_button(o, {in(Msg::ResultWorkbook), file_href(".xlsx")});
    draw_link_button(o, {in(Msg::ResultDownload), file_href(".csv")});
    draw_action_button(o, "print", in(Msg::ResultPrint));
  }

  FilterBar filters() const {
    std::vector<Option> months, areas{{"", in(Msg::KamusAnyArea)}};
    for (int back = 0; back < app::kIndicatorMonths; ++back) {
      const Month month{months_.running.value - back};
      months.push_back({iso(month), format::month(lang_, month)});
    }
    for (const auto& row : service_areas()) areas.push_back({std::string(row.key), in(row.title)});
    FilterBar bar{"/indikator", format::month(lang_, months_.until), {}, {{"tempat", months_.kamus.node->code}}};
    bar.filters = {{"bulan", in(Msg::ResultMonth), iso(months_.until), std::move(months)},
                   {"bidang", in(Msg::KamusArea), area_, std::move(areas)}};
    return bar;
  }

  void draw_list(html::Out& o) const {
    const TableHead head{.caption = in(Msg::IndicatorPageTitle),
                         .columns = {{in(Msg::KamusIndicator)},
                                     {in(Msg::IndicatorValue), true},
                                     {in(Msg::IndicatorAssurance)},
                                     {in(Msg::IndicatorVariation)},
                                     {in(Msg::IndicatorTrend)}},
                         .stacks = true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto* one : kept_) rows.row([&](Row& row) { draw_one(o, row, *one); });
    });
  }

  std::string result_href(const app::IndicatorSeries& one) const {
    return indicator_result_href(months_.kamus, *one.line) + "&bulan=" + iso(months_.until);
  }

  void draw_one(html::Out& o, Row& row, const app::IndicatorSeries& one) const {
    const auto told = tell_indicator(lang_, one, months_.until);
    row.name(one.line->profile().title.in(lang_), entry_href(months_.kamus, *one.line));
    row.cell([&] {
      if (told.point)
        o.el("a", {{"href", result_href(one)}}, told.few ? "(" + told.value + ")" : told.value);
      else
        o.text(told.state);
      if (!told.cases.empty()) o.el("small", {}, told.cases);
    });
    row.cell([&] {
      const auto target = target_of_indicator(lang_, *one.line, one.line->target);
      if (target.empty()) return o.text(in(Msg::ResultNoTarget));
      if (told.met) draw_badge(o, *told.met ? Mark::Done : Mark::Concern, told.state);
      o.el("small", {}, target);
    });
    row.cell([&] { draw_change(o, lang_, {one.line->form->form, *one.measure, one.control, one.months}); });
    row.cell([&] { draw_series_line(o, lang_, one); });
  }

  const Visit& visit_;
  Lang lang_;
  const app::IndicatorMonths& months_;
  std::string area_;
  std::vector<const app::IndicatorSeries*> kept_{};
};

/// The asked month, else the last one that is over.
Month asked_month(const Visit& visit, const Node& node) {
  const auto running = month_of(civil_day(visit.context.clock.now(), node.zone));
  const auto asked = parse_month(visit.request.param("bulan"));
  return asked && *asked <= running ? *asked : Month{running.value - 1};
}

Result<app::IndicatorMonths> read_indicators(const Visit& visit) {
  const auto* node = asked_place(visit);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  return app::read_indicator_months(visit.context, *visit.scope, node->key, asked_month(visit, *node));
}

std::string asked_area(const Visit& visit) {
  return find_value(service_areas(), visit.request.param("bidang")) ? std::string(visit.request.param("bidang")) : std::string();
}

/// Whoever looks after several facilities is told how to get to one.
http::Reply no_facility(const Visit& visit) {
  auto frame = staff_page(visit, Place::Indicators, words(visit.lang, Msg::IndicatorPageTitle));
  frame.actions = [&](html::Out& o) {
    draw_link_button(o, {words(visit.lang, Msg::IntegrityTitle), "/indikator/keutuhan"});
    draw_link_button(o, {words(visit.lang, Msg::KamusTitle), "/kamus"});
  };
  return html_page(200, draw_staff_page(frame, [&](html::Out& o) {
                     draw_empty(o, words(visit.lang, Msg::IndicatorNotFacility), {words(visit.lang, Msg::PlacesTitle), "/tempat"});
                   }));
}

http::Reply get_indicators(const Visit& visit) {
  const auto* node = asked_place(visit);
  if (node != nullptr && node->kind != NodeKind::Facility) return no_facility(visit);
  const auto months = read_indicators(visit);
  if (!months) return refuse_result(visit, months.error());
  return html_page(200, IndicatorsPage(visit, *months, asked_area(visit)).draw());
}

http::Reply indicators_file(const Visit& visit, FileKind kind) {
  const auto months = read_indicators(visit);
  if (!months) return refuse_result(visit, months.error());
  const IndicatorsPage page(visit, *months, asked_area(visit));
  return table_reply("indikator-" + months->kamus.node->code + "-" + iso(months->until), page.table(), kind);
}
http::Reply get_indicators_csv(const Visit& visit) { return indicators_file(visit, FileKind::Csv); }
http::Reply get_indicators_workbook(const Visit& visit) { return indicators_file(visit, FileKind::Xlsx); }

constexpr std::array kIndicatorRoutes{
    Route{http::Method::Get, "/indikator", May::ReadResults, Work::Blocking, &get_indicators,
          "Every indicator that a facility uses, with its value and its change."},
    Route{http::Method::Get, "/indikator/data.csv", May::ReadResults, Work::Blocking, &get_indicators_csv, "The same as CSV."},
    Route{http::Method::Get, "/indikator/data.xlsx", May::ReadResults, Work::Blocking, &get_indicators_workbook, "The same as a workbook."},
};

}  // namespace

std::span<const Route> indicator_routes() { return kIndicatorRoutes; }

}  // namespace pilar::web
