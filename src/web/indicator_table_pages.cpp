#include "web/indicator_table_pages.h"

#include <algorithm>
#include <array>

#include "app/facility_table.h"
#include "base/text.h"
#include "domain/place.h"
#include "i18n/format.h"
#include "i18n/words/common.h"
#include "i18n/words/exchange.h"
#include "i18n/words/home.h"
#include "i18n/words/indicator.h"
#include "i18n/words/indicator_table.h"
#include "i18n/words/place_page.h"
#include "i18n/words/result.h"
#include "i18n/words/table.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/indicator_table_list.h"
#include "web/kamus_words.h"
#include "web/list_file.h"
#include "web/month_address.h"
#include "web/month_report_words.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kIndicatorRowsAPage = 50;

struct MonthReportTold {
  Mark mark = Mark::Open;
  Message words = Msg::IndicatorTableNotSent;
};
MonthReportTold tell_month_report(app::TableReport report) {
  switch (report) {
    case app::TableReport::Sent:
      return {Mark::Done, Msg::MonthSent};
    case app::TableReport::Accepted:
      return {Mark::Done, Msg::MonthAccepted};
    case app::TableReport::Returned:
      return {Mark::Concern, Msg::MonthReturned};
    case app::TableReport::NotSent:
      break;
  }
  return {};
}

Message value_state_words(ValueState state) {
  switch (state) {
    case ValueState::Value:
      return Msg::IndicatorTableHasValue;
    case ValueState::Zero:
      return Msg::IndicatorTableZero;
    case ValueState::NoCases:
      return Msg::IndicatorNoCases;
    case ValueState::NotCollected:
      break;
  }
  return Msg::IndicatorNotCollected;
}

class IndicatorTablePage {
 public:
  IndicatorTablePage(const Visit& visit, app::IndicatorTable& table, IndicatorTableAddress address)
      : visit_(visit),
        lang_(visit.lang),
        table_(table),
        node_(*table.kamus.node),
        form_(table.line->form->form),
        measure_(*table.line->measure),
        address_(std::move(address)),
        rows_(kept_rows(table_, address_)) {}

  std::string draw() {
    const auto shown = rows_of_page();
    auto frame = staff_page(visit_, Place::Region, in(Msg::IndicatorTableTitle));
    frame.place = node_.name + " · " + format::month(lang_, table_.month);
    frame.as_of = as_of(lang_, table_.as_of, node_.zone);
    frame.path = {{in(Msg::TableTitle), "/wilayah?tempat=" + http::percent_encode(node_.code)}};
    frame.actions = [&](html::Out& o) { draw_table_actions(o); };
    return draw_staff_page(frame, [&](html::Out& o) {
      o.el("p", {{"class", "note"}}, in(Msg::IndicatorTableNote));
      draw_filters(o, lang_, filters());
      if (table_.running) o.el("p", {{"class", "note"}}, in(Msg::IndicatorTableRunning));
      if (table_.rows.empty()) return draw_empty(o, in(Msg::IndicatorTableNoUsers), {in(Msg::KamusIndicator), kamus_entry()});
      draw_counts(o);
      if (rows_.empty()) return draw_empty(o, in(Msg::TableNoneLeft), {in(Msg::TableShowAll), with_keep(IndicatorKeep::All)});
      draw_rows(o, shown);
      draw_pagination(o, lang_, address_.page, pages(), [&](int page) {
        auto other = address_;
        other.page = page;
        return other.href();
      });
      draw_not_a_target(o, lang_);
    });
  }

  /// Every facility that the page would show on all its pages.
  Table file() {
    using enum TableColumn::Kind;
    constexpr int kDigits = 4;
    app::add_details(visit_.context, *visit_.scope, table_, rows_);
    sort_rows(rows_, address_);
    auto out = list_table(visit_, in(Msg::IndicatorTableTitle) + ", " + node_.name, filters(), std::ssize(rows_));
    out.columns = {{in(Msg::TableCode)},
                   {in(Msg::TableFacility)},
                   {in(Msg::PlacesType)},
                   {in(Msg::KamusKey)},
                   {in(Msg::ResultMonth)},
                   {in(Msg::IndicatorValue), Number, kDigits},
                   {in(Msg::RecapUnit)},
                   {in(Msg::MonthNumerator), Number},
                   {in(Msg::MonthDenominator), Number},
                   {in(Msg::IndicatorTableCases), Number},
                   {in(Msg::CommonState)},
                   {in(Msg::KamusTarget), Number},
                   {in(Msg::IndicatorTableReach)},
                   {in(Msg::IndicatorTableReport)},
                   {in(Msg::IndicatorTableBefore), Number, kDigits},
                   {in(Msg::IndicatorTableChange), Number, kDigits}};
    out.rows = [this](const OnTableRow& write) {
      for (const auto* row : rows_) write(cells_of(*row));
    };
    return out;
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  std::string kamus_entry() const { return entry_href(table_.kamus, *table_.line); }
  int pages() const { return static_cast<int>(std::max<std::size_t>(1, (rows_.size() + kIndicatorRowsAPage - 1) / kIndicatorRowsAPage)); }

  std::string with_keep(IndicatorKeep keep) const {
    return IndicatorTableAddress{.place = address_.place, .indicator = address_.indicator, .month = address_.month, .keep = keep}.href();
  }

  /// In order, and only what this page shows has its details read, unless the order needs those of all.
  std::vector<app::IndicatorRow*> rows_of_page() {
    const bool by_change = address_.order == IndicatorOrder::Change;
    if (by_change) app::add_details(visit_.context, *visit_.scope, table_, rows_);
    sort_rows(rows_, address_);
    address_.page = std::clamp(address_.page, 1, pages());
    const auto from = std::min(static_cast<std::size_t>(address_.page - 1) * kIndicatorRowsAPage, rows_.size());
    const auto count = std::min(kIndicatorRowsAPage, rows_.size() - from);
    const std::vector<app::IndicatorRow*> shown(rows_.begin() + static_cast<std::ptrdiff_t>(from),
                                                rows_.begin() + static_cast<std::ptrdiff_t>(from + count));
    if (!by_change) app::add_details(visit_.context, *visit_.scope, table_, shown);
    return shown;
  }

  void draw_table_actions(html::Out& o) const {
    draw_link_button(o, {in(Msg::KamusIndicator), kamus_entry()});
    if (!table_.line->profile().formula.empty() && app::is_comparable(form_, measure_))
      draw_link_button(o, {in(Msg::FunnelTitle), "/wilayah/corong?tempat=" + http::percent_encode(node_.code) + "&ukuran=" +
                                                     http::percent_encode(table_.line->profile().formula) + "&bulan=" + iso(table_.month)});
    draw_file_actions(o, lang_, address_.href("/data.xlsx"), address_.href("/data.csv"));
  }

  FilterBar filters() const {
    std::vector<Option> indicators, types{{"", in(Msg::IndicatorTableAnyType)}}, keeps;
    for (const auto& line : table_.kamus.lines)
      if (line.measure != nullptr && line.version->published) indicators.push_back({line.entry->key(), line.profile().title.in(lang_)});
    const auto running = month_of(table_.kamus.today);
    for (const auto& type : facility_types())
      if (is_for(table_.line->profile(), type.key)) types.push_back({std::string(type.key), in(type.title)});
    for (const auto& row : indicator_keeps()) keeps.push_back({std::string(row.key), in(row.title)});
    FilterBar bar{"/wilayah/indikator", format::month(lang_, table_.month) + ", " + in(title_of(indicator_keeps(), address_.keep)), {}, {}};
    bar.filters = {{"indikator", in(Msg::KamusIndicator), table_.line->entry->key(), std::move(indicators)},
                   month_choice(lang_, table_.month, running),
                   {"tipe", in(Msg::PlacesType), address_.type, std::move(types)},
                   {"saring", in(Msg::TableKeep), std::string(key_of(indicator_keeps(), address_.keep)), std::move(keeps)},
                   {"cari", in(Msg::TableSearch), address_.search, {}}};
    bar.kept = {{"tempat", node_.code}};
    return bar;
  }

  /// How many facilities each state holds for, each a way to see them, and what all come to together.
  void draw_counts(html::Out& o) const {
    std::vector<Fact> facts;
    if (const auto total = table_.total()) {
      const auto told = tell(lang_, form_, *total);
      facts.push_back({in(Msg::IndicatorTableTotal), told.value + " (" + told.cases + ")", {}});
    }
    for (const auto& keep : indicator_keeps()) {
      if (keep.value == IndicatorKeep::All) continue;
      const IndicatorTableAddress only{.keep = keep.value};
      const auto count = std::ranges::count_if(table_.rows, [&](const auto& row) { return is_kept(row, only); });
      const auto number = format::number(lang_, static_cast<std::int64_t>(count));
      facts.push_back(count == 0 ? Fact{in(keep.title), number, {}} : Fact{in(keep.title), {}, {number, with_keep(keep.value)}});
    }
    if (table_.others > 0)
      facts.push_back({in(Msg::IndicatorTableOthers), format::number(lang_, static_cast<std::int64_t>(table_.others)), {}});
    draw_card(o, {.title = table_.line->profile().title.in(lang_)}, [&] { draw_facts(o, facts); });
  }

  Column column(IndicatorOrder order, std::string title, bool numeric) const {
    auto other = address_;
    other.order = order;
    other.page = 1;
    other.down = address_.order == order && !address_.down;
    const auto sorted = address_.order != order ? Sorted::No : address_.down ? Sorted::Down : Sorted::Up;
    return {std::move(title), numeric, other.href(), sorted};
  }

  TableHead head() const {
    TableHead head{.caption = in(Msg::IndicatorTableTitle) + ", " + format::month(lang_, table_.month)};
    head.columns = {column(IndicatorOrder::Name, in(Msg::TableFacility), false),
                    column(IndicatorOrder::Value, in(Msg::IndicatorValue), true)};
    if (has_share(measure_)) head.columns.push_back({in(Msg::MonthNumerator), true});
    head.columns.push_back(column(IndicatorOrder::Cases, in(has_share(measure_) ? Msg::MonthDenominator : Msg::IndicatorTableCases), true));
    head.columns.push_back({in(Msg::IndicatorTableReach)});
    head.columns.push_back({in(Msg::IndicatorTableReport)});
    head.columns.push_back(column(IndicatorOrder::Change, in(Msg::IndicatorTableChange), true));
    head.stacks = true;
    if (address_.order != IndicatorOrder::Name) head.order = say(lang_, Msg::IndicatorTableFewLast, {format::number(lang_, kFew)});
    return head;
  }

  void draw_rows(html::Out& o, const std::vector<app::IndicatorRow*>& shown) const {
    const auto count =
        say(lang_, Msg::TableCount, {format::number(lang_, std::ssize(rows_)), format::number(lang_, std::ssize(table_.rows))});
    draw_card(o, {.title = count}, [&] {
      draw_table(o, head(), [&](Rows& rows) {
        for (const auto* one : shown) rows.row([&](Row& row) { draw_facility(o, row, *one); });
      });
    });
  }

  /// Where the facility's value is explained.
  std::string value_href(const Node& facility) const {
    if (!table_.line->profile().sum_of.empty())
      return "/kamus/" + table_.line->entry->key() + "?tempat=" + http::percent_encode(facility.code);
    return ResultAddress{.instrument = form_.key, .place = facility.code, .measure = measure_.key, .period = period_of(table_.month)}
        .href();
  }

  void draw_facility(html::Out& o, Row& row, const app::IndicatorRow& one) const {
    row.name(one.node->name, "/indikator?tempat=" + http::percent_encode(one.node->code) + "&bulan=" + iso(table_.month));
    row.cell([&] { draw_value(o, one); });
    if (has_share(measure_)) row.cell(count_words(one.value.numerator));
    row.cell(count_words(has_share(measure_) ? one.value.denominator : one.value.point ? one.value.n : std::nullopt));
    row.cell([&] {
      if (one.met) draw_badge(o, *one.met ? Mark::Done : Mark::Concern, reach_words(one));
      const auto target = target_of_indicator(lang_, *table_.line, one.target);
      o.el("small", {}, target.empty() ? in(Msg::ResultNoTarget) : target);
    });
    row.cell([&] {
      const auto told = tell_month_report(one.report);
      o.el("a", {{"href", month_report_href(*one.node, table_.month)}}, [&] { draw_badge(o, told.mark, in(told.words)); });
    });
    row.cell(change_words(one));
  }

  void draw_value(html::Out& o, const app::IndicatorRow& one) const {
    if (!one.value.point) return o.text(in(value_state_words(one.value.state())));
    const auto told = tell(lang_, form_, one.reading);
    const bool few = has_few_cases(one);
    o.el("a", {{"href", value_href(*one.node)}}, few ? "(" + told.value + ")" : told.value);
    if (few) o.el("small", {}, in(Msg::CommonFewData));
    if (told.over) o.el("small", {}, in(Msg::ResultOver));
    if (!told.interval.empty()) o.el("small", {}, told.interval);
  }

  std::string count_words(const std::optional<std::int64_t>& count) const {
    return count ? format::number(lang_, *count) : std::string(format::kNone);
  }

  std::string reach_words(const app::IndicatorRow& one) const {
    return one.met ? in(*one.met ? Msg::ResultTargetReached : Msg::ResultTargetMissed) : std::string();
  }

  /// "+2,3 poin": percentage points of a share, else in the measure's own unit.
  std::string change_words(const app::IndicatorRow& one) const {
    const auto change = one.change();
    if (!change) return std::string(format::kNone);
    const auto unit = unit_of(form_, measure_);
    const auto number = (*change > 0 ? "+" : "") + format::number(lang_, *change, unit.digits);
    return is_share(measure_) ? say(lang_, Msg::IndicatorTablePoints, {number}) : number + unit.behind;
  }

  std::vector<TableCell> cells_of(const app::IndicatorRow& one) const {
    const auto* type = find_facility_type(one.node->facility_type);
    const auto figure = [](const std::optional<double>& value) { return value ? TableCell(rounded(*value)) : TableCell(); };
    return {one.node->code,
            one.node->name,
            type == nullptr ? std::string() : in(type->title),
            table_.line->entry->key(),
            iso(table_.month),
            figure(one.value.point),
            std::string(trim(unit_of(form_, measure_).behind)),
            count_cell(one.value.numerator),
            count_cell(one.value.denominator),
            one.value.point ? count_cell(one.value.n) : TableCell(),
            in(has_few_cases(one) ? Msg::CommonFewData : value_state_words(one.value.state())),
            one.target ? TableCell(*one.target) : TableCell(),
            reach_words(one),
            in(tell_month_report(one.report).words),
            figure(one.before.point),
            figure(one.change())};
  }

  const Visit& visit_;
  Lang lang_;
  app::IndicatorTable& table_;
  const Node& node_;
  const Instrument& form_;
  const Measure& measure_;
  IndicatorTableAddress address_;
  std::vector<app::IndicatorRow*> rows_;
};

struct AskedIndicatorTable {
  IndicatorTableAddress address{};
  std::optional<app::IndicatorTable> table{};  ///< empty: the place knows no indicator
};

Result<AskedIndicatorTable> read_indicator_table_request(const Visit& visit) {
  const auto* node = asked_place(visit);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  auto read = read_indicator_table_address(visit, *node);
  if (!read) return std::unexpected(read.error());
  AskedIndicatorTable asked{.address = *std::move(read)};
  auto& address = asked.address;
  if (address.indicator.empty()) {
    const auto kamus = app::read_kamus_of(visit.context, *visit.scope, node->key);
    if (!kamus) return std::unexpected(kamus.error());
    const auto first =
        std::ranges::find_if(kamus->lines, [](const app::KamusLine& line) { return line.measure != nullptr && line.version->published; });
    if (first == kamus->lines.end()) return asked;
    address.indicator = first->entry->key();
  }
  auto table = app::read_indicator_table(visit.context, *visit.scope, {node->key, address.indicator, address.month});
  if (!table) return std::unexpected(table.error());
  asked.table = *std::move(table);
  return asked;
}

http::Reply get_indicator_table(const Visit& visit) {
  auto asked = read_indicator_table_request(visit);
  if (!asked) return refuse_result(visit, asked.error());
  if (asked->table) return html_page(200, IndicatorTablePage(visit, *asked->table, asked->address).draw());
  const auto frame = staff_page(visit, Place::Region, words(visit.lang, Msg::IndicatorTableTitle));
  return html_page(200, draw_staff_page(frame, [&](html::Out& o) {
                     draw_empty(o, words(visit.lang, Msg::IndicatorTableNoIndicators), {words(visit.lang, Msg::KamusTitle), "/kamus"});
                   }));
}

http::Reply indicator_table_file(const Visit& visit, FileKind kind) {
  auto asked = read_indicator_table_request(visit);
  if (!asked) return refuse_result(visit, asked.error());
  if (!asked->table) return refuse_result(visit, {{Problem::Kind::NotFound, Msg::IndicatorTableNoIndicators, "indikator", {}}});
  const auto name = "indikator-" + asked->address.indicator + "-" + asked->address.place + "-" + iso(asked->address.month);
  return table_reply(name, IndicatorTablePage(visit, *asked->table, asked->address).file(), kind);
}

constexpr std::array kIndicatorTableRoutes{
    Route{http::Method::Get, "/wilayah/indikator", May::ReadResults, Work::Blocking, &get_indicator_table,
          "One indicator and month, facility by facility below an office."},
    csv_route<indicator_table_file>("/wilayah/indikator/data.csv", May::ReadResults),
    workbook_route<indicator_table_file>("/wilayah/indikator/data.xlsx", May::ReadResults),
};

}  // namespace

std::span<const Route> indicator_table_routes() { return kIndicatorTableRoutes; }

}  // namespace pilar::web
