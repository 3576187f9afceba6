#include <algorithm>
#include <array>

#include "app/indicator_months.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/common.h"
#include "i18n/words/control.h"
#include "i18n/words/effort.h"
#include "i18n/words/exchange.h"
#include "i18n/words/formula.h"
#include "i18n/words/indicator.h"
#include "i18n/words/indicator_table.h"
#include "i18n/words/integrity.h"
#include "i18n/words/mark.h"
#include "i18n/words/place_page.h"
#include "i18n/words/result.h"
#include "i18n/words/sasaran.h"
#include "i18n/words/table.h"
#include "web/effort_pages.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/indicator_recap_pages.h"
#include "web/indicator_words.h"
#include "web/integrity_words.h"
#include "web/kamus_pages.h"
#include "web/kamus_words.h"
#include "web/list_file.h"
#include "web/month_address.h"
#include "web/month_report_words.h"
#include "web/result_address.h"
#include "web/result_control.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// ?bidang=ukp&perubahan=memburuk&target=tidak-akan&urut=tanda&cari=obat: what cannot be read is left out.
struct IndicatorAddress {
  std::string area{}, change{}, target{}, order{}, search{};
  http::Fields fields() const { return {{"bidang", area}, {"perubahan", change}, {"target", target}, {"urut", order}, {"cari", search}}; }
};

/// What a sign of change says, worst first.
struct ChangeRow {
  std::string_view key;
  Message words;
  bool (*holds)(const Control&);
};
constexpr std::array kChangeRows{
    ChangeRow{"memburuk", Msg::ControlWorse, [](const Control& control) { return control.turn == Control::Turn::Worse; }},
    ChangeRow{"berubah", Msg::ControlChanged, [](const Control& control) { return control.turn == Control::Turn::Changed; }},
    ChangeRow{"membaik", Msg::ControlBetter, [](const Control& control) { return control.turn == Control::Turn::Better; }},
    ChangeRow{"wajar", Msg::ControlOrdinary, [](const Control& control) { return control.turn == Control::Turn::Ordinary; }},
    ChangeRow{"belum", Msg::IndicatorNotJudged, [](const Control& control) { return !control.is_judged(); }}};

/// What the sign of the target says; it stands only beside a judged series.
struct AssuranceFilter {
  std::string_view key;
  Message words;
  math::SpcAssurance assurance;
};
constexpr std::array kAssuranceFilters{AssuranceFilter{"tidak-akan", Msg::ControlUnreachable, math::SpcAssurance::ConsistentlyFailing},
                                       AssuranceFilter{"belum-tentu", Msg::ControlUncertain, math::SpcAssurance::Inconsistent},
                                       AssuranceFilter{"konsisten", Msg::ControlReliable, math::SpcAssurance::ConsistentlyPassing}};
constexpr std::string_view kBySign = "tanda", kByTitle = "nama";

IndicatorAddress read_indicator_address(const Visit& visit) {
  const auto known = [&](const char* name, const auto& rows, auto key) {
    const auto given = visit.request.param(name);
    return std::ranges::find(rows, given, key) == rows.end() ? std::string() : std::string(given);
  };
  IndicatorAddress address;
  if (find_value(service_areas(), visit.request.param("bidang"))) address.area = visit.request.param("bidang");
  address.change = known("perubahan", kChangeRows, &ChangeRow::key);
  address.target = known("target", kAssuranceFilters, &AssuranceFilter::key);
  const auto order = visit.request.param("urut");
  if (order == kBySign || order == kByTitle) address.order = order;
  address.search = trim(visit.request.param("cari"));
  return address;
}

bool is_indicator_kept(Lang lang, const app::IndicatorSeries& one, const IndicatorAddress& address) {
  const auto& control = one.control;
  if (!address.area.empty() && key_of(service_areas(), one.line->profile().area) != address.area) return false;
  if (!address.change.empty() && !std::ranges::find(kChangeRows, address.change, &ChangeRow::key)->holds(control)) return false;
  if (!address.target.empty()) {
    const auto wanted = std::ranges::find(kAssuranceFilters, address.target, &AssuranceFilter::key)->assurance;
    if (!control.is_judged() || control.chart.assurance != wanted) return false;
  }
  return address.search.empty() || lower_ascii(one.line->profile().title.in(lang)).find(lower_ascii(address.search)) != std::string::npos;
}

/// The place of its sign in the order, worst first.
std::ptrdiff_t sign_order(const app::IndicatorSeries& one) {
  return std::ranges::find_if(kChangeRows, [&](const ChangeRow& row) { return row.holds(one.control); }) - kChangeRows.begin();
}

class IndicatorsPage {
 public:
  IndicatorsPage(const Visit& visit, const app::IndicatorMonths& months)
      : visit_(visit),
        lang_(visit.lang),
        months_(months),
        address_(read_indicator_address(visit)) {
    for (const auto& one : months.series)
      if (is_indicator_kept(lang_, one, address_)) kept_.push_back(&one);
    if (address_.order == kBySign) std::ranges::stable_sort(kept_, {}, [](const auto* one) { return sign_order(*one); });
    if (address_.order == kByTitle)
      std::ranges::stable_sort(kept_, {}, [this](const auto* one) { return one->line->profile().title.in(lang_); });
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
      draw_signs(o);
      if (kept_.empty()) return draw_empty(o, in(Msg::IndicatorNoneLeft), {in(Msg::TableShowAll), page_href({})});
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
  std::string in(Message message) const { return words(lang_, message); }

  std::vector<TableCell> row_of(const app::IndicatorSeries& one) const {
    const auto told = tell_indicator(lang_, one, months_.until);
    return {one.line->profile().key,
            one.line->profile().title.in(lang_),
            in(title_of(service_areas(), one.line->profile().area)),
            count_cell(told.numerator),
            count_cell(told.denominator),
            told.point ? TableCell(rounded(*told.point)) : TableCell(),
            one.line->target ? TableCell(*one.line->target) : TableCell(),
            told.state,
            finding_words(lang_, {one.line->form->form, *one.measure, one.control, one.months})};
  }

  /// The address of a page of the same place and month.
  std::string href(std::string_view path, const IndicatorAddress& address) const {
    auto out = std::string(path) + "?tempat=" + http::percent_encode(months_.kamus.node->code) + "&bulan=" + iso(months_.until);
    for (const auto& [name, value] : address.fields())
      if (!value.empty()) out += "&" + name + "=" + http::percent_encode(value);
    return out;
  }
  std::string file_href(std::string_view ending) const { return href("/indikator/data" + std::string(ending), address_); }
  std::string page_href(const IndicatorAddress& address) const { return href("/indikator", address); }

  /// How many indicators have each sign of change, each a way to see them.
  void draw_signs(html::Out& o) const {
    std::vector<Fact> facts;
    for (const auto& row : kChangeRows) {
      const auto count = std::ranges::count_if(months_.series, [&](const auto& one) { return row.holds(one.control); });
      const auto number = format::number(lang_, static_cast<std::int64_t>(count));
      facts.push_back(count == 0 ? Fact{in(row.words), number, {}}
                                 : Fact{in(row.words), {}, {number, page_href({.change = std::string(row.key)})}});
    }
    draw_card(o, {}, [&] { o.el("div", {{"class", "tallies"}}, [&] { draw_facts(o, facts); }); });
  }

  bool has_officers() const {
    return std::ranges::any_of(months_.series, [](const auto& one) { return one.line->profile().level == IndicatorLevel::Officer; });
  }

  void draw_page_actions(html::Out& o) const {
    draw_link_button(o, {in(Msg::MonthTitle), month_report_href(*months_.kamus.node, {})});
    draw_link_button(o, {in(Msg::RecapTitle), indicator_recap_href(*months_.kamus.node)});
    draw_link_button(o, {in(Msg::SasaranTitle), "/indikator/sasaran?tempat=" + http::percent_encode(months_.kamus.node->code)});
    draw_link_button(o, {in(Msg::IntegrityTitle), integrity_href(*months_.kamus.node, months_.until)});
    if (visit_.scope->may(Right::ReadRecords, months_.kamus.reference->organisation, months_.kamus.node->key))
      draw_link_button(o, {in(Msg::EffortTitle), effort_href(*months_.kamus.node)});
    draw_link_button(o, {in(Msg::KamusTitle), kamus_href(months_.kamus, "")});
    if (has_officers())
      draw_link_button(o, {in(Msg::OfficerTitle), "/indikator/petugas?tempat=" + http::percent_encode(months_.kamus.node->code)});
    draw_file_actions(o, lang_, file_href(".xlsx"), file_href(".csv"));
  }

  FilterBar filters() const {
    std::vector<Option> areas{{"", in(Msg::KamusAnyArea)}};
    for (const auto& row : service_areas()) areas.push_back({std::string(row.key), in(row.title)});
    std::vector<Option> changes{{"", in(Msg::IndicatorAnySign)}}, targets{{"", in(Msg::IndicatorAnySign)}};
    for (const auto& row : kChangeRows) changes.push_back({std::string(row.key), in(row.words)});
    for (const auto& row : kAssuranceFilters) targets.push_back({std::string(row.key), in(row.words)});
    FilterBar bar{"/indikator", format::month(lang_, months_.until), {}, {{"tempat", months_.kamus.node->code}}};
    bar.filters = {month_choice(lang_, months_.until, months_.running),
                   {"bidang", in(Msg::KamusArea), address_.area, std::move(areas)},
                   {"perubahan", in(Msg::IndicatorVariation), address_.change, std::move(changes)},
                   {"target", in(Msg::IndicatorAssurance), address_.target, std::move(targets)},
                   {"urut", in(Msg::IndicatorOrder), address_.order, orders()},
                   {"cari", in(Msg::KamusSearch), address_.search, {}}};
    return bar;
  }

  std::vector<Option> orders() const {
    return {{"", in(Msg::IndicatorByKamus)},
            {std::string(kBySign), in(Msg::IndicatorBySign)},
            {std::string(kByTitle), in(Msg::IndicatorByTitle)}};
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

  /// What is laid down on its chart.
  std::string marks_href(const app::IndicatorSeries& one) const {
    const ResultAddress address{.instrument = one.line->form->form.key,
                                .place = months_.kamus.node->code,
                                .measure = one.measure->key,
                                .period = period_of(months_.until)};
    return address.href("/tanda");
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
    row.cell([&] {
      draw_change(o, lang_, {one.line->form->form, *one.measure, one.control, one.months});
      o.el("small", {}, [&] {
        o.el("a", {{"href", result_href(one) + "#tren"}}, in(Msg::IndicatorSeeChart));
        o.text(" · ");
        o.el("a", {{"href", marks_href(one)}}, in(Msg::MarkTitle));
      });
    });
    row.cell([&] { draw_series_line(o, lang_, one); });
  }

  const Visit& visit_;
  Lang lang_;
  const app::IndicatorMonths& months_;
  IndicatorAddress address_;
  std::vector<const app::IndicatorSeries*> kept_{};
};

Result<app::IndicatorMonths> read_indicators(const Visit& visit) {
  const auto* node = asked_place(visit);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  const auto month = read_asked_month(visit, *node);
  if (!month) return std::unexpected(month.error());
  return app::read_indicator_months(visit.context, *visit.scope, node->key, *month);
}

/// Whoever looks after several facilities is told how to get to one.
http::Reply no_facility(const Visit& visit, const Node& node) {
  auto frame = staff_page(visit, Place::Indicators, words(visit.lang, Msg::IndicatorPageTitle));
  frame.actions = [&](html::Out& o) {
    draw_link_button(o, {words(visit.lang, Msg::RecapTitle), indicator_recap_href(node)});
    draw_link_button(o, {words(visit.lang, Msg::IndicatorTableTitle), "/wilayah/indikator?tempat=" + http::percent_encode(node.code)});
    draw_link_button(o, {words(visit.lang, Msg::SasaranTitle), "/indikator/sasaran?tempat=" + http::percent_encode(node.code)});
    draw_link_button(o, {words(visit.lang, Msg::IntegrityTitle), "/indikator/keutuhan"});
    draw_link_button(o, {words(visit.lang, Msg::KamusTitle), "/kamus"});
  };
  return html_page(200, draw_staff_page(frame, [&](html::Out& o) {
                     draw_empty(o, words(visit.lang, Msg::IndicatorNotFacility), {words(visit.lang, Msg::PlacesTitle), "/tempat"});
                   }));
}

http::Reply get_indicators(const Visit& visit) {
  const auto* node = asked_place(visit);
  if (node != nullptr && node->kind != NodeKind::Facility) return no_facility(visit, *node);
  const auto months = read_indicators(visit);
  if (!months) return refuse_result(visit, months.error());
  return html_page(200, IndicatorsPage(visit, *months).draw());
}

http::Reply indicators_file(const Visit& visit, FileKind kind) {
  const auto months = read_indicators(visit);
  if (!months) return refuse_result(visit, months.error());
  const IndicatorsPage page(visit, *months);
  return table_reply("indikator-" + months->kamus.node->code + "-" + iso(months->until), page.table(), kind);
}

constexpr std::array kIndicatorRoutes{
    Route{http::Method::Get, "/indikator", May::ReadResults, Work::Blocking, &get_indicators,
          "Every indicator that a facility uses, with its value and its change."},
    csv_route<indicators_file>("/indikator/data.csv", May::ReadResults),
    workbook_route<indicators_file>("/indikator/data.xlsx", May::ReadResults),
};

}  // namespace

std::span<const Route> indicator_routes() { return kIndicatorRoutes; }

}  // namespace pilar::web
