#include "web/facility_table_pages.h"

#include <algorithm>
#include <array>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/home.h"
#include "i18n/words/indicator_table.h"
#include "i18n/words/result.h"
#include "i18n/words/table.h"
#include "web/facility_funnel.h"
#include "web/facility_table_list.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/indicator_table_list.h"
#include "web/list_file.h"
#include "web/month_address.h"
#include "web/result_address.h"
#include "web/result_words.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kRowsAPage = 50;

class TablePage {
 public:
  TablePage(const Visit& visit, const app::FacilityTable& table, TableAddress address)
      : visit_(visit),
        lang_(visit.lang),
        table_(table),
        address_(std::move(address)),
        rows_(kept_rows(table, address_, lang_)) {
    const auto pages = std::max<std::size_t>(1, (rows_.size() + kRowsAPage - 1) / kRowsAPage);
    for (std::size_t i = 0; i < table.measures.size(); ++i)
      if (has_values(table, i)) columns_.push_back(i);
    pages_ = static_cast<int>(pages);
    address_.page = std::clamp(address_.page, 1, pages_);
  }

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Region, words(lang_, Msg::TableTitle));
    frame.place = table_.node->name + " · " + format::month(lang_, table_.month);
    frame.as_of = as_of(lang_, table_.as_of, table_.node->zone);
    frame.charts = true;
    frame.actions = [&](html::Out& o) {
      if (table_.node->kind != NodeKind::Facility) {
        draw_link_button(o, {words(lang_, Msg::IndicatorTableTitle), indicator_table_href(*table_.node, {}, table_.month)});
        draw_link_button(o, {words(lang_, Msg::FunnelTitle), funnel_href()});
      }
      draw_file_actions(o, lang_, address_.href("/wilayah/data.xlsx"), address_.href("/wilayah/data.csv"));
    };
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_filter_bar(o);
      if (table_.rows.empty()) return draw_empty(o, say(lang_, Msg::TableNoFacilities));
      draw_counts(o);
      if (rows_.empty()) return draw_empty(o, say(lang_, Msg::TableNoneLeft), {words(lang_, Msg::TableShowAll), all_href()});
      draw_rows(o);
      draw_pagination(o, lang_, address_.page, pages_, [&](int page) {
        auto address = address_;
        address.page = page;
        return address.href();
      });
      if (const auto chart = funnel_of(lang_, table_)) draw_funnel(o, lang_, *chart);
    });
  }

 private:
  std::string funnel_href() const {
    return "/wilayah/corong?tempat=" + http::percent_encode(table_.node->code) + "&bulan=" + iso(table_.month);
  }

  std::string all_href() const { return TableAddress{.place = address_.place, .month = address_.month}.href(); }

  std::string keep_href(Keep keep) const { return TableAddress{.place = address_.place, .month = address_.month, .keep = keep}.href(); }

  void draw_filter_bar(html::Out& o) const {
    std::vector<Option> keeps;
    const Month running = month_of(civil_day(table_.as_of, table_.node->zone));
    for (const auto& row : all_keeps()) keeps.push_back({std::string(row.name), words(lang_, row.words)});
    const auto& keep = row_of(address_.keep);
    const auto summary = format::month(lang_, table_.month) + ", " + words(lang_, keep.words);
    draw_filters(o, lang_,
                 {"/wilayah",
                  summary,
                  {month_choice(lang_, table_.month, running),
                   {"saring", words(lang_, Msg::TableKeep), std::string(keep.name), keeps},
                   {"cari", words(lang_, Msg::TableSearch), address_.search, {}}},
                  {{"tempat", address_.place}}});
  }

  /// How many facilities each remark holds for, each a way to see them.
  void draw_counts(html::Out& o) const {
    std::vector<Fact> facts;
    for (const auto& row : all_keeps()) {
      if (row.keep == Keep::All) continue;
      TableAddress only{.place = address_.place, .month = address_.month, .keep = row.keep};
      const auto count = std::ranges::count_if(table_.rows, [&](const auto& one) { return is_kept(one, only); });
      const auto number = format::number(lang_, static_cast<std::int64_t>(count));
      facts.push_back(count == 0 ? Fact{words(lang_, row.words), number, {}}
                                 : Fact{words(lang_, row.words), {}, {number, keep_href(row.keep)}});
    }
    draw_card(o, {}, [&] { o.el("div", {{"class", "tallies"}}, [&] { draw_facts(o, facts); }); });
  }

  Column column(int order, std::string title, bool numeric) const {
    auto address = address_;
    address.order = order;
    address.page = 1;
    address.down = address_.order == order ? !address_.down : false;
    const auto sorted = address_.order != order ? Sorted::No : address_.down ? Sorted::Down : Sorted::Up;
    return {std::move(title), numeric, address.href(), sorted};
  }

  TableHead head() const {
    TableHead head{.caption = words(lang_, Msg::TableTitle) + ", " + format::month(lang_, table_.month)};
    head.columns.push_back(column(0, words(lang_, Msg::TableFacility), false));
    head.columns.push_back(column(1, words(lang_, Msg::TableVisits), true));
    head.columns.push_back(column(2, words(lang_, Msg::ResultNeedLabel), false));
    for (const auto i : columns_)
      head.columns.push_back(column(static_cast<int>(i) + 3, table_.measures[i].measure->title.in(lang_), true));
    head.stacks = true;
    if (address_.order > 2) head.order = say(lang_, Msg::TableFewLast, {std::to_string(kFew)});
    return head;
  }

  void draw_rows(html::Out& o) const {
    const auto count = say(lang_, Msg::TableCount,
                           {format::number(lang_, static_cast<std::int64_t>(rows_.size())),
                            format::number(lang_, static_cast<std::int64_t>(table_.rows.size()))});
    draw_card(o, {.title = count}, [&] {
      draw_table(o, head(), [&](Rows& rows) {
        const auto from = static_cast<std::size_t>(address_.page - 1) * kRowsAPage;
        for (auto i = from; i < std::min(from + kRowsAPage, rows_.size()); ++i)
          rows.row([&](Row& row) { draw_facility(o, row, *rows_[i]); });
      });
      draw_unanswered(o);
    });
  }

  /// A survey that nobody answered in the month is said once, instead of a column of dashes.
  void draw_unanswered(html::Out& o) const {
    std::string titles;
    for (std::size_t i = 0; i < table_.measures.size(); ++i)
      if (std::ranges::find(columns_, i) == columns_.end())
        titles += (titles.empty() ? "" : ", ") + table_.measures[i].measure->title.in(lang_);
    if (!titles.empty()) o.el("p", {{"class", "note"}}, say(lang_, Msg::TableUnanswered, {format::month(lang_, table_.month), titles}));
  }

  ResultAddress result_address(const app::FacilityRow& row, const app::TableMeasure& column) const {
    return {.instrument = column.version->form.key, .place = row.node->code, .period = period_of(table_.month)};
  }

  void draw_facility(html::Out& o, Row& row, const app::FacilityRow& facility) const {
    row.name(facility.node->name, "/faskes/" + facility.node->code + "?bulan=" + iso(table_.month));
    row.cell(facility.visits ? format::number(lang_, *facility.visits) : words(lang_, Msg::TableNotEntered));
    row.cell([&] {
      if (!facility.need) return;
      const auto told = tell(lang_, *facility.need);
      draw_badge(o, told.mark, told.words, told.mark == Mark::Concern ? Ground::Filled : Ground::Clear);
      o.el("small", {}, told.note);
    });
    for (const auto i : columns_) row.cell([&] { draw_value(o, facility, table_.measures[i], facility.readings[i]); });
  }

  void draw_value(html::Out& o, const app::FacilityRow& facility, const app::TableMeasure& column, const MeasureReading& reading) const {
    const auto told = tell(lang_, column.version->form, reading);
    if (!told.point) return o.text(format::kNone);
    const bool few = told.n < kFew;
    o.el("a", {{"href", result_address(facility, column).href()}}, few ? "(" + told.value + ")" : told.value);
    o.el("small", {}, told.cases + (told.interval.empty() ? "" : ", " + told.interval));
  }

  const Visit& visit_;
  Lang lang_;
  const app::FacilityTable& table_;
  TableAddress address_;
  std::vector<const app::FacilityRow*> rows_;
  std::vector<std::size_t> columns_{};  ///< of measures that some facility has a value of
  int pages_ = 1;
};

http::Reply get_table(const Visit& visit) {
  const auto asked = read_table_request(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const auto table = app::read_facility_table(visit.context, *visit.scope, asked->node->key, asked->address.month);
  if (!table) return refuse_result(visit, table.error());
  return html_page(200, TablePage(visit, *table, asked->address).draw());
}

/// Every facility that the page would show on all its pages, as one table behind CSV and workbook.
Table file_of(const app::FacilityTable& table, const std::vector<const app::FacilityRow*>& rows, const TableAddress& address, Lang lang) {
  using enum TableColumn::Kind;
  Table out{.caption = words(lang, Msg::TableTitle) + ", " + table.node->name};
  out.notes = {{words(lang, Msg::ResultMonth), format::month(lang, table.month)},
               {words(lang, Msg::TableKeep), words(lang, row_of(address.keep).words)},
               {words(lang, Msg::TableAsOf), as_of(lang, table.as_of, table.node->zone)}};
  out.columns = {{words(lang, Msg::TableCode)},           {words(lang, Msg::TableFacility)},        {words(lang, Msg::TableVisits), Number},
                 {words(lang, Msg::TableNeeded), Number}, {words(lang, Msg::TableAnswers), Number}, {words(lang, Msg::CommonState)}};
  for (const auto& [version, measure] : table.measures) {
    out.columns.push_back({measure->title.in(lang), Number, 2});
    out.columns.push_back({say(lang, Msg::TableCountOf, {measure->title.in(lang)}), Number});
  }
  out.rows = [&table, rows, lang](const OnTableRow& write) {
    for (const auto* row : rows) {
      std::vector<TableCell> cells{row->node->code,
                                   row->node->name,
                                   count_cell(row->visits),
                                   row->need ? count_cell(row->need->required) : TableCell(),
                                   row->need ? TableCell(Decimal::whole(row->need->answers)) : TableCell(),
                                   row->need ? TableCell(tell(lang, *row->need).words) : TableCell()};
      for (std::size_t i = 0; i < table.measures.size(); ++i) {
        const auto told = tell(lang, table.measures[i].version->form, row->readings[i]);
        cells.push_back(told.point ? TableCell(rounded(*told.point)) : TableCell());
        cells.emplace_back(Decimal::whole(told.n));
      }
      write(cells);
    }
  };
  return out;
}

http::Reply table_file(const Visit& visit, FileKind kind) {
  const auto asked = read_table_request(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const auto table = app::read_facility_table(visit.context, *visit.scope, asked->node->key, asked->address.month);
  if (!table) return refuse_result(visit, table.error());
  const auto rows = kept_rows(*table, asked->address, visit.lang);
  return table_reply("pilar-wilayah-" + table->node->code + "-" + iso(table->month), file_of(*table, rows, asked->address, visit.lang),
                     kind);
}

constexpr std::array kTableRoutes{
    Route{http::Method::Get, "/wilayah", May::ReadResults, Work::Blocking, &get_table,
          "Every facility below a place, side by side, for a month."},
    csv_route<table_file>("/wilayah/data.csv", May::ReadResults),
    workbook_route<table_file>("/wilayah/data.xlsx", May::ReadResults),
};

}  // namespace

std::span<const Route> facility_table_routes() { return kTableRoutes; }

}  // namespace pilar::web
