#include "web/indicator_recap_pages.h"

#include <algorithm>
#include <array>

#include "app/indicator_recap.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/named.h"
#include "i18n/words/common.h"
#include "i18n/words/exchange.h"
#include "i18n/words/indicator.h"
#include "i18n/words/result.h"
#include "i18n/words/table.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/kamus_words.h"
#include "web/list_file.h"
#include "web/month_exchange.h"
#include "web/result_address.h"
#include "web/result_words.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr int kYearsOffered = 5, kRecapYearMonths = 12, kLatestRecapYear = 9999;

constexpr std::array kRecapSteps{NamedValue{app::RecapStep::Month, std::string_view("bulan"), Msg::RecapByMonth},
                                 NamedValue{app::RecapStep::Quarter, std::string_view("triwulan"), Msg::RecapByQuarter},
                                 NamedValue{app::RecapStep::HalfYear, std::string_view("semester"), Msg::RecapByHalfYear}};

std::span<const NamedValue<app::RecapStep>> recap_steps() { return kRecapSteps; }

/// "Januari 2026", "Triwulan I 2026", "Semester I 2026".
std::string range_words(Lang lang, app::RecapStep step, const app::MonthRange& range) {
  constexpr std::array<std::string_view, 4> kRoman{"I", "II", "III", "IV"};
  if (step == app::RecapStep::Month) return format::month(lang, range.from);
  const auto first = civil(first_day(range.from));
  const auto at = static_cast<std::size_t>((first.month - 1) / (range.to.value - range.from.value));
  return say(lang, step == app::RecapStep::Quarter ? Msg::RecapQuarter : Msg::RecapHalfYear,
             {std::string(kRoman.at(at)), std::to_string(first.year)});
}

/// A value in words: figure, counts, and what the target says.
struct RecapTold {
  Told told{};
  std::string value{}, state{};
  std::optional<bool> met{};
};

RecapTold tell_value(Lang lang, const app::RecapRow& row, const app::RecapValue& value) {
  RecapTold out{.told = tell(lang, row.line->form->form, value.reading)};
  if (!out.told.point) {
    out.state = words(lang, value.records > 0 ? Msg::IndicatorNoCases : Msg::IndicatorNotCollected);
    return out;
  }
  const bool few = out.told.n < kFew && row.measure->kind != MeasureKind::Ratio && row.measure->kind != MeasureKind::Sum;
  out.value = few ? "(" + out.told.value + ")" : out.told.value;
  out.met = meets_target(value.reading);
  if (out.met) out.state = words(lang, *out.met ? Msg::ResultTargetReached : Msg::ResultTargetMissed);
  return out;
}

class RecapPage {
 public:
  RecapPage(const Visit& visit, const app::Recap& recap) : visit_(visit), lang_(visit.lang), recap_(recap), node_(*recap.kamus.node) {}

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Indicators, in(Msg::RecapTitle));
    frame.place = node_.name + " · " + std::to_string(recap_.query.year);
    frame.as_of = as_of(lang_, recap_.as_of, node_.zone);
    if (is_apart()) frame.path = {{in(Msg::RecapTitle), href({}, "")}};
    frame.actions = [&](html::Out& o) {
      draw_file_actions(o, lang_, href("/data.xlsx", recap_.query.indicator), href("/data.csv", recap_.query.indicator));
    };
    return draw_staff_page(frame, [&](html::Out& o) {
      o.el("p", {{"class", "note"}}, in(Msg::RecapNote));
      draw_filters(o, lang_, filters());
      if (recap_.rows.empty())
        draw_empty(o, in(is_facility() ? Msg::RecapNoneFacility : Msg::RecapNoneOffice),
                   {in(Msg::IndicatorPageOpenKamus), kamus_href(recap_.kamus, "")});
      else
        draw_card(o, {.title = card_title()}, [&] { draw_recap(o); });
      if (const auto month = last_whole_month()) draw_month_exchange(o, lang_, node_, *month);
      draw_not_a_target(o, lang_);
    });
  }

  Table table() const {
    using enum TableColumn::Kind;
    constexpr int kDigits = 4;
    Table out{.caption = in(Msg::RecapTitle) + " " + std::to_string(recap_.query.year) + ", " + node_.name};
    out.notes = {{in(Msg::RecapStep), in(title_of(recap_steps(), recap_.query.step))},
                 {in(Msg::RecapWhich), in(recap_.query.all ? Msg::RecapAll : Msg::RecapMandatory)},
                 {in(Msg::TableAsOf), as_of(lang_, recap_.as_of, node_.zone)}};
    out.columns = {{in(Msg::TableCode)},
                   {in(Msg::RecapPlace)},
                   {in(Msg::KamusKey)},
                   {in(Msg::KamusIndicator)},
                   {in(Msg::RecapPeriod)},
                   {in(Msg::MonthNumerator), Number},
                   {in(Msg::MonthDenominator), Number},
                   {in(Msg::RecapValue), Number, kDigits},
                   {in(Msg::RecapUnit)},
                   {in(Msg::KamusTarget), Number},
                   {in(Msg::CommonState)},
                   {in(Msg::RecapFacilities), Number}};
    out.rows = [this](const OnTableRow& write) {
      for (const auto& row : recap_.rows)
        for (std::size_t i = 0; i < recap_.ranges.size(); ++i) write(cells_of(row, i));
    };
    return out;
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  bool is_facility() const { return node_.kind == NodeKind::Facility; }
  bool is_apart() const { return !recap_.query.indicator.empty() && !is_facility(); }

  std::string card_title() const {
    if (is_apart()) return recap_.rows.front().line->profile().title.in(lang_);
    return say(lang_, Msg::KamusCount, {format::number(lang_, std::ssize(recap_.rows))});
  }

  std::string href(std::string_view below, std::string_view indicator) const {
    auto out = "/indikator/rekap" + std::string(below) + "?tempat=" + http::percent_encode(node_.code) +
               "&tahun=" + std::to_string(recap_.query.year) + "&langkah=" + std::string(key_of(recap_steps(), recap_.query.step));
    if (recap_.query.all) out += "&isi=semua";
    if (!indicator.empty()) out += "&indikator=" + http::percent_encode(indicator);
    return out;
  }

  FilterBar filters() const {
    const auto running = civil(recap_.kamus.today).year;
    std::vector<Option> years, steps, which{{"", in(Msg::RecapMandatory)}, {"semua", in(Msg::RecapAll)}};
    for (int year = running; year > running - kYearsOffered; --year) years.push_back({std::to_string(year), std::to_string(year)});
    const auto shown = std::to_string(recap_.query.year);
    if (recap_.query.year <= running - kYearsOffered) years.push_back({shown, shown});
    for (const auto& row : recap_steps()) steps.push_back({std::string(row.key), in(row.title)});
    FilterBar bar{"/indikator/rekap", shown + ", " + in(title_of(recap_steps(), recap_.query.step)), {}, {{"tempat", node_.code}}};
    bar.filters = {{"tahun", in(Msg::RecapYear), shown, std::move(years)},
                   {"langkah", in(Msg::RecapStep), std::string(key_of(recap_steps(), recap_.query.step)), std::move(steps)},
                   {"isi", in(Msg::RecapWhich), recap_.query.all ? "semua" : "", std::move(which)}};
    if (is_apart()) bar.kept.emplace_back("indikator", recap_.query.indicator);
    return bar;
  }

  void draw_recap(html::Out& o) const {
    TableHead head{.caption = in(Msg::RecapTitle)};
    head.columns = {{in(is_apart() ? Msg::TableFacility : Msg::KamusIndicator)}, {in(Msg::KamusTarget)}};
    for (std::size_t i = 0; i < recap_.ranges.size(); ++i) {
      const auto running = recap_.rows.front().values[i].running;
      const auto title = range_words(lang_, recap_.query.step, recap_.ranges[i]);
      head.columns.push_back({running ? say(lang_, Msg::RecapRunning, {title}) : title, true});
    }
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& one : recap_.rows) rows.row([&](Row& row) { draw_row(o, row, one); });
    });
  }

  void draw_row(html::Out& o, Row& row, const app::RecapRow& one) const {
    if (is_apart())
      row.name(one.node->name, "/indikator/rekap?tempat=" + http::percent_encode(one.node->code));
    else
      row.name(one.line->profile().title.in(lang_), is_facility() ? entry_href(recap_.kamus, *one.line) : href({}, one.line->entry->key()));
    row.cell([&] {
      const auto target = target_of_indicator(lang_, *one.line, one.target);
      o.text(target.empty() ? in(Msg::ResultNoTarget) : target);
      if (!is_apart() && !is_facility())
        o.el("small", {}, say(lang_, Msg::RecapOfFacilities, {format::number(lang_, static_cast<std::int64_t>(one.facilities))}));
    });
    for (const auto& value : one.values) row.cell([&] { draw_value(o, one, value); });
  }

  void draw_value(html::Out& o, const app::RecapRow& row, const app::RecapValue& value) const {
    const auto told = tell_value(lang_, row, value);
    if (!told.told.point) return o.text(told.state);
    o.text(told.value);
    o.el("small", {}, told.told.cases);
    if (told.met && !value.running) draw_badge(o, *told.met ? Mark::Done : Mark::Concern, told.state);
  }

  std::vector<TableCell> cells_of(const app::RecapRow& row, std::size_t range) const {
    const auto& value = row.values[range];
    const auto told = tell_value(lang_, row, value);
    const bool counted = is_share(*row.measure) && value.reading.share.denominator > 0;
    const auto count = [&](std::int64_t number) { return counted ? std::optional(number) : std::nullopt; };
    return {row.node->code,
            row.node->name,
            row.line->profile().key,
            row.line->profile().title.in(lang_),
            range_words(lang_, recap_.query.step, recap_.ranges[range]),
            count_cell(count(value.reading.share.numerator)),
            count_cell(count(value.reading.share.denominator)),
            told.told.point ? TableCell(rounded(*told.told.point)) : TableCell(),
            std::string(trim(unit_of(row.line->form->form, *row.measure).behind)),
            row.target ? TableCell(*row.target) : TableCell(),
            value.running && told.told.point ? in(Msg::RecapNotOver) : told.state,
            TableCell(Decimal::whole(static_cast<std::int64_t>(row.facilities)))};
  }

  /// The last month of the year that is over.
  std::optional<Month> last_whole_month() const {
    const auto running = month_of(recap_.kamus.today);
    const auto first = recap_.ranges.front().from;
    const Month last{std::min(first.value + kRecapYearMonths - 1, running.value - 1)};
    return first <= last ? std::optional(last) : std::nullopt;
  }

  const Visit& visit_;
  Lang lang_;
  const app::Recap& recap_;
  const Node& node_;
};

Result<app::Recap> read_recap_request(const Visit& visit) {
  const auto* node = asked_place(visit);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  app::RecapQuery query{.place = node->key};
  const auto running = civil(civil_day(visit.context.clock.now(), node->zone)).year;
  // What is no year is as far from being offered as the year 0.
  const auto year = visit.request.param("tahun");
  query.year = year.empty() ? running : static_cast<int>(std::clamp<std::int64_t>(parse_int(year).value_or(0), 0, kLatestRecapYear));
  const auto step = read_choice(visit, "langkah", recap_steps(), query.step);
  if (!step) return std::unexpected(step.error());
  query.step = *step;
  query.all = visit.request.param("isi") == "semua";
  query.indicator = visit.request.param("indikator");
  return app::read_recap(visit.context, *visit.scope, query);
}

http::Reply get_recap(const Visit& visit) {
  const auto recap = read_recap_request(visit);
  if (!recap) return refuse_result(visit, recap.error());
  return html_page(200, RecapPage(visit, *recap).draw());
}

http::Reply recap_file(const Visit& visit, FileKind kind) {
  const auto recap = read_recap_request(visit);
  if (!recap) return refuse_result(visit, recap.error());
  const auto name = "rekap-indikator-" + recap->kamus.node->code + "-" + std::to_string(recap->query.year);
  return table_reply(name, RecapPage(visit, *recap).table(), kind);
}

constexpr std::array kRecapRoutes{
    Route{http::Method::Get, "/indikator/rekap", May::ReadResults, Work::Blocking, &get_recap,
          "The recap of a year's indicators by month, quarter or half-year."},
    csv_route<recap_file>("/indikator/rekap/data.csv", May::ReadResults),
    workbook_route<recap_file>("/indikator/rekap/data.xlsx", May::ReadResults),
};

}  // namespace

std::span<const Route> indicator_recap_routes() { return kRecapRoutes; }

std::string indicator_recap_href(const Node& place) { return "/indikator/rekap?tempat=" + http::percent_encode(place.code); }

}  // namespace pilar::web
