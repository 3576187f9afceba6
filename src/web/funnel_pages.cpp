#include "web/funnel_pages.h"

#include <algorithm>
#include <array>

#include "app/indicator.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/named.h"
#include "i18n/words/common.h"
#include "i18n/words/home.h"
#include "i18n/words/indicator.h"
#include "i18n/words/indicator_table.h"
#include "i18n/words/result.h"
#include "i18n/words/table.h"
#include "web/facility_funnel.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/indicator_table_list.h"
#include "web/kamus_words.h"
#include "web/list_file.h"
#include "web/month_address.h"
#include "web/result_address.h"
#include "web/result_words.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::array kFunnelSpans{1, 3, 6, 12};

constexpr std::array kSpreads{NamedValue{math::Overdispersion::None, std::string_view(""), Msg::FunnelSpreadNone},
                              NamedValue{math::Overdispersion::Additive, std::string_view("tambah"), Msg::FunnelSpreadAdditive},
                              NamedValue{math::Overdispersion::Multiplicative, std::string_view("kali"), Msg::FunnelSpreadMultiplied}};

std::span<const NamedValue<math::Overdispersion>> funnel_spreads() { return kSpreads; }

/// /wilayah/corong?tempat=cabang&ukuran=kessan/nilai&bulan=2026-10&rentang=3&sebar=tambah
struct FunnelAddress {
  std::string place{}, formula{};
  Month month{};
  int span = 1;
  math::Overdispersion spread = math::Overdispersion::None;

  std::string href(std::string_view path) const {
    const auto key = key_of(funnel_spreads(), spread);
    return std::string(path) + "?tempat=" + http::percent_encode(place) + "&ukuran=" + http::percent_encode(formula) +
           "&bulan=" + iso(month) + "&rentang=" + std::to_string(span) + (key.empty() ? "" : "&sebar=" + std::string(key));
  }
};

/// A measure that can be chosen: that of an indicator, or the first of a survey.
struct Comparable {
  std::string formula{}, title{};
};

struct AskedFunnel {
  FunnelAddress address{};
  const Node* node = nullptr;
  std::vector<Comparable> measures{};
  std::string indicator{};  ///< whose measure it is; empty: none's
  std::optional<app::FacilityTable> table{};
  std::optional<FunnelFound> found{};
};

std::vector<Comparable> comparables_of(const Visit& visit, const app::KamusView& kamus) {
  std::vector<Comparable> out;
  const auto add = [&](const std::string& formula, const std::string& title) {
    if (std::ranges::find(out, formula, &Comparable::formula) == out.end()) out.push_back({formula, title});
  };
  for (const auto* version : kamus.reference->latest_of_all())
    if (version->form.is_public && !version->form.measures.empty() && app::is_comparable(version->form, version->form.measures.front())) {
      const auto& measure = version->form.measures.front();
      add(version->form.key + "/" + measure.key, version->form.title.in(visit.lang) + ": " + measure.title.in(visit.lang));
    }
  for (const auto& line : kamus.lines)
    if (line.measure != nullptr && line.version->published && app::is_comparable(line.form->form, *line.measure))
      add(line.profile().formula, line.profile().title.in(visit.lang));
  return out;
}

std::string span_words(Lang lang, int months) { return say(lang, Msg::FunnelMonthCount, {std::to_string(months)}); }

/// The formula that the address names, else the first that can be compared; empty where none can.
Result<std::string> read_funnel_formula(const Visit& visit, const std::vector<Comparable>& measures) {
  const std::string formula(visit.request.param("ukuran"));
  if (formula.empty()) return measures.empty() ? std::string() : measures.front().formula;
  if (std::ranges::find(measures, formula, &Comparable::formula) != measures.end()) return formula;
  return refuse(Problem::Kind::NotFound, Msg::ResultUnknownMeasure, "ukuran", {formula});
}

/// Over how many months.
Result<int> read_funnel_span(const Visit& visit) {
  const auto text = visit.request.param("rentang");
  if (text.empty()) return kFunnelSpans.front();
  const auto* span = std::ranges::find(kFunnelSpans, parse_int(text).value_or(0));
  if (span != kFunnelSpans.end()) return *span;
  std::vector<std::string> choices;
  for (const auto months : kFunnelSpans) choices.push_back(span_words(visit.lang, months));
  return refuse_choice("rentang", choices);
}

Result<FunnelAddress> read_funnel_address(const Visit& visit, const Node& node, const std::vector<Comparable>& measures) {
  const auto formula = read_funnel_formula(visit, measures);
  if (!formula) return std::unexpected(formula.error());
  const auto month = read_asked_month(visit, node);
  if (!month) return std::unexpected(month.error());
  const auto span = read_funnel_span(visit);
  if (!span) return std::unexpected(span.error());
  const auto spread = read_choice(visit, "sebar", funnel_spreads(), math::Overdispersion::None);
  if (!spread) return std::unexpected(spread.error());
  return FunnelAddress{node.code, *formula, *month, *span, *spread};
}

Result<AskedFunnel> read_funnel(const Visit& visit) {
  const auto* node = asked_place(visit);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  if (node->kind == NodeKind::Facility) return refuse(Problem::Kind::Invalid, Msg::FunnelOffice, "tempat");
  const auto kamus = app::read_kamus_of(visit.context, *visit.scope, node->key);
  if (!kamus) return std::unexpected(kamus.error());
  AskedFunnel asked{.node = node, .measures = comparables_of(visit, *kamus)};
  auto address = read_funnel_address(visit, *node, asked.measures);
  if (!address) return std::unexpected(address.error());
  asked.address = *std::move(address);
  if (asked.measures.empty()) return asked;
  const auto& [place, formula, month, span, spread] = asked.address;
  const auto line = std::ranges::find_if(kamus->lines, [&](const app::KamusLine& one) {
    return one.measure != nullptr && one.version->published && one.profile().formula == asked.address.formula;
  });
  if (line != kamus->lines.end()) asked.indicator = line->entry->key();
  auto table = app::read_facility_shares(visit.context, *visit.scope, node->key, {formula, {month.value - span + 1}, {month.value + 1}});
  if (!table) return std::unexpected(table.error());
  asked.table = *std::move(table);
  asked.found = funnel_of(visit.lang, *asked.table, {0, spread});
  return asked;
}

class FunnelPage {
 public:
  FunnelPage(const Visit& visit, const AskedFunnel& asked) : visit_(visit), lang_(visit.lang), asked_(asked) {}

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Region, in(Msg::FunnelTitle));
    frame.place = asked_.node->name;
    frame.path = {{in(Msg::TableTitle), "/wilayah?tempat=" + http::percent_encode(asked_.node->code)}};
    frame.charts = asked_.found.has_value();
    if (asked_.table) frame.as_of = as_of(lang_, asked_.table->as_of, asked_.node->zone);
    frame.actions = [&](html::Out& o) {
      if (!asked_.indicator.empty())
        draw_link_button(o, {in(Msg::IndicatorTableTitle), indicator_table_href(*asked_.node, asked_.indicator, asked_.address.month)});
      if (!asked_.found) return;
      draw_file_actions(o, lang_, asked_.address.href("/wilayah/corong/data.xlsx"), asked_.address.href("/wilayah/corong/data.csv"));
    };
    return draw_staff_page(frame, [&](html::Out& o) {
      o.el("p", {{"class", "note"}}, in(Msg::FunnelIntro));
      if (asked_.measures.empty()) return draw_empty(o, in(Msg::FunnelNoMeasures), {in(Msg::KamusTitle), "/kamus"});
      draw_filters(o, lang_, filters());
      if (!asked_.found) return draw_empty(o, in(Msg::FunnelTooFew));
      draw_said(o);
      draw_funnel(o, lang_, asked_.found->chart);
    });
  }

  /// The very points.
  Table table() const {
    using enum TableColumn::Kind;
    constexpr int kDigits = 4;
    const auto& chart = asked_.found->chart;
    Table out{.caption = chart.measure};
    out.notes = {{in(Msg::TableFacility), asked_.node->name}, {in(Msg::CommonCentre), format::number(lang_, chart.centre, 1) + "%"}};
    for (const auto& line : chart.source) out.notes.push_back({in(Msg::ResultSource), line});
    out.columns = {{in(Msg::CommonName)}, {in(Msg::CommonValue), Number, kDigits}, {in(Msg::CommonCases), Number}, {in(Msg::CommonState)}};
    out.rows = [this, &chart](const OnTableRow& write) {
      for (const auto& point : chart.points) {
        const std::vector<TableCell> cells{point.name, rounded(point.value), Decimal::whole(static_cast<std::int64_t>(point.size)),
                                           state_of(point, chart.centre)};
        write(cells);
      }
    };
    return out;
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }

  std::string state_of(const FunnelPoint& point, double centre) const {
    if (point.few) return in(Msg::CommonFewData);
    if (point.mark == Mark::Common) return in(Msg::CommonWithinLimits);
    return in(point.value > centre ? Msg::CommonAboveLimits : Msg::CommonBelowLimits);
  }

  FilterBar filters() const {
    const auto& address = asked_.address;
    std::vector<Option> measures, spans, spreads;
    for (const auto& one : asked_.measures) measures.push_back({one.formula, one.title});
    const auto running = month_of(civil_day(visit_.context.clock.now(), asked_.node->zone));
    for (const auto span : kFunnelSpans) spans.push_back({std::to_string(span), span_words(lang_, span)});
    for (const auto& row : funnel_spreads()) spreads.push_back({std::string(row.key), in(row.title)});
    FilterBar bar{.action = "/wilayah/corong", .summary = format::month(lang_, address.month), .kept = {{"tempat", address.place}}};
    bar.filters = {{"ukuran", in(Msg::FunnelIndicator), address.formula, std::move(measures)},
                   month_choice(lang_, address.month, running),
                   {"rentang", in(Msg::FunnelMonths), std::to_string(address.span), std::move(spans)},
                   {"sebar", in(Msg::FunnelSpread), std::string(key_of(funnel_spreads(), address.spread)), std::move(spreads)}};
    return bar;
  }

  /// What the reader has to know before looking.
  void draw_said(html::Out& o) const {
    const auto& found = *asked_.found;
    const auto count = [&](std::size_t number) { return format::number(lang_, static_cast<std::int64_t>(number)); };
    if (asked_.address.spread == math::Overdispersion::None && found.phi.value_or(1) >= kFunnelSpread)
      o.el("p", {}, say(lang_, Msg::FunnelDispersed, {format::number(lang_, *found.phi, 1)}));
    if (found.few > 0) o.el("p", {{"class", "note"}}, say(lang_, Msg::FunnelFewNote, {count(found.few), format::number(lang_, kFew)}));
    if (found.without > 0) o.el("p", {{"class", "note"}}, say(lang_, Msg::FunnelWithout, {count(found.without)}));
  }

  const Visit& visit_;
  Lang lang_;
  const AskedFunnel& asked_;
};

http::Reply get_funnel(const Visit& visit) {
  const auto asked = read_funnel(visit);
  if (!asked) return refuse_result(visit, asked.error());
  return html_page(200, FunnelPage(visit, *asked).draw());
}

http::Reply funnel_file(const Visit& visit, FileKind kind) {
  const auto asked = read_funnel(visit);
  if (!asked) return refuse_result(visit, asked.error());
  if (!asked->found) return refuse_result(visit, {{Problem::Kind::NotFound, Msg::FunnelTooFew, "", {}}});
  return table_reply("corong-" + asked->node->code + "-" + iso(asked->address.month), FunnelPage(visit, *asked).table(), kind);
}

constexpr std::array kFunnelRoutes{
    Route{http::Method::Get, "/wilayah/corong", May::ReadResults, Work::Blocking, &get_funnel,
          "The facilities below an office against each other, by one measure."},
    csv_route<funnel_file>("/wilayah/corong/data.csv", May::ReadResults, "The same points as CSV."),
    workbook_route<funnel_file>("/wilayah/corong/data.xlsx", May::ReadResults, "The same points as a workbook."),
};

}  // namespace

std::span<const Route> funnel_routes() { return kFunnelRoutes; }

}  // namespace pilar::web
