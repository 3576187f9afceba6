#include "web/yearly_page.h"

#include <algorithm>

#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/common.h"
#include "i18n/words/indicator.h"
#include "i18n/words/sasaran.h"
#include "i18n/words/table.h"
#include "web/frame.h"
#include "web/kamus_words.h"
#include "web/list_file.h"
#include "web/words.h"
#include "web/yearly_course.h"

namespace pilar::web {
namespace {

class YearlyPage {
 public:
  YearlyPage(const Visit& visit, const app::YearlyView& view, const YearlyAddress& address)
      : visit_(visit),
        lang_(visit.lang),
        view_(view),
        address_(address) {
    for (const auto& line : view.lines)
      if (address.shows(line)) shown_.push_back(&line);
  }

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Indicators, in(Msg::SasaranTitle));
    frame.place = view_.node().name + " · " + std::to_string(view_.year);
    frame.path = {{in(Msg::IndicatorPageTitle), "/indikator?tempat=" + http::percent_encode(view_.node().code)}};
    frame.as_of = as_of(lang_, view_.as_of, view_.node().zone);
    frame.charts = true;
    frame.notice = notice();
    frame.actions = [&](html::Out& o) { draw_yearly_actions(o); };
    return draw_staff_page(frame, [&](html::Out& o) {
      o.el("p", {{"class", "note"}}, in(Msg::SasaranNote));
      draw_planning(o);
      draw_filters(o, lang_, filters());
      if (shown_.empty()) return draw_empty(o, in(Msg::SasaranNoneNeeded), {in(Msg::SasaranShowAll), everything().href()});
      draw_card(o, {.title = counted()}, [&] { draw_numbers(o); });
      draw_courses(o, lang_, view_, address_);
    });
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  std::string count(std::int64_t number) const { return format::number(lang_, number); }
  bool may_fill() const { return visit_.scope->may(Right::WriteRecords, view_.kamus.reference->organisation, view_.node().key); }

  YearlyAddress everything() const {
    auto address = address_;
    address.all = true;
    return address;
  }

  std::string notice() const {
    const auto saved = parse_int(visit_.request.param("sudah"));
    if (!saved) return {};
    return *saved == 0 ? in(Msg::SasaranNothingChanged) : say(lang_, Msg::SasaranSaved, {count(*saved)});
  }

  std::string counted() const {
    const auto missing = std::ranges::count_if(shown_, [](const auto* line) { return line->is_missing(); });
    if (missing == 0) return say(lang_, Msg::SasaranAllThere, {count(std::ssize(shown_))});
    return say(lang_, Msg::SasaranSomeMissing, {count(missing), count(std::ssize(shown_))});
  }

  void draw_yearly_actions(html::Out& o) const {
    draw_file_actions(o, lang_, address_.href("/data.xlsx"), address_.href("/data.csv"));
    if (!may_fill()) return;
    if (!view_.copyable().empty())
      draw_link_button(o, {say(lang_, Msg::SasaranCopy, {std::to_string(view_.year - 1)}), address_.href("/salin")});
    draw_link_button(o, {in(Msg::SasaranFill), address_.href("/isi")}, Button::Primary);
  }

  /// That a year has not begun, or that the next one may be planned already.
  void draw_planning(html::Out& o) const {
    const auto next = newest_yearly(view_.kamus.today);
    if (view_.year > view_.running_year) {
      const auto first = format::date(lang_, *make_day(view_.year, 1, 1));
      o.el("p", {{"class", "note"}}, say(lang_, Msg::SasaranPlanning, {std::to_string(view_.year), first}));
    } else if (view_.year == view_.running_year && next > view_.running_year) {
      auto ahead = address_;
      ahead.year = next;
      o.el("p", {{"class", "note"}}, [&] { o.el("a", {{"href", ahead.href()}}, say(lang_, Msg::SasaranMayPlan, {std::to_string(next)})); });
    }
  }

  FilterBar filters() const {
    FilterBar bar{"/indikator/sasaran", std::to_string(view_.year), {}, {{"tempat", view_.node().code}}};
    bar.filters = {
        {"tahun", in(Msg::SasaranYear), std::to_string(view_.year), year_options(lang_, view_.kamus.today)},
        {"lihat", in(Msg::SasaranWhich), address_.all ? "semua" : "", {{"", in(Msg::SasaranNeeded)}, {"semua", in(Msg::SasaranAll)}}}};
    std::vector<Option> units{{"", in(Msg::SasaranAnyUnit)}};
    for (const auto& unit : view_.kamus.reference->organisation.units(view_.node().key)) units.push_back({unit.code, unit.name});
    if (units.size() > 1)
      bar.filters.push_back({"unit", in(Msg::SasaranUnit), address_.unit == nullptr ? "" : address_.unit->code, std::move(units)});
    return bar;
  }

  void draw_numbers(html::Out& o) const {
    const TableHead head{.caption = in(Msg::SasaranTitle) + " " + std::to_string(view_.year),
                         .columns = {{in(Msg::SasaranWhich)},
                                     {in(Msg::SasaranNumber), true},
                                     {in(Msg::SasaranKind)},
                                     {in(Msg::SasaranSetBy)},
                                     {in(Msg::SasaranSource)},
                                     {in(Msg::SasaranSince)},
                                     {in(Msg::SasaranHistory)}},
                         .stacks = true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto* line : shown_) rows.row([&](Row& row) { draw_line(o, row, *line); });
    });
  }

  void draw_line(html::Out& o, Row& row, const app::YearlyLine& line) const {
    row.name(line_words(lang_, line) + " (" + line.version->form.title.in(lang_) + ")");
    if (line.is_missing()) return draw_missing(o, row, line);
    const auto& now = line.numbers.front();
    row.cell([&] {
      o.text(number_words(lang_, line, now.value));
      if (!line.uses.empty()) o.el("small", {}, say(lang_, Msg::SasaranForUse, {uses_words(lang_, line)}));
    });
    row.cell(kind_of_number(lang_, now));
    row.cell(now.origin ? now.origin->set_by : in(Msg::SasaranNotSaid));
    row.cell(source_of_number(lang_, now));
    row.cell(since_words(lang_, now, view_.kamus.today));
    row.cell([&] { draw_history(o, line); });
  }

  void draw_missing(html::Out& o, Row& row, const app::YearlyLine& line) const {
    row.cell([&] {
      draw_badge(o, Mark::Concern, in(Msg::SasaranMissing), Ground::Filled);
      if (!line.uses.empty()) o.el("small", {}, say(lang_, Msg::SasaranCannot, {uses_words(lang_, line)}));
    });
    for (int empty = 0; empty < 4; ++empty) row.cell(format::kNone);
    row.cell([&] { draw_history(o, line); });
  }

  void draw_history(html::Out& o, const app::YearlyLine& line) const {
    if (line.numbers.size() > 1)
      o.el("details", {{"class", "periods"}}, [&] {
        o.el("summary", {}, say(lang_, Msg::SasaranEarlier, {count(std::ssize(line.numbers) - 1)}));
        o.el("ul", {}, [&] {
          for (std::size_t i = 1; i < line.numbers.size(); ++i) o.el("li", {}, earlier(line, line.numbers[i]));
        });
      });
    if (line.last_year)
      o.el("small", {},
           say(lang_, Msg::SasaranLastYear, {std::to_string(view_.year - 1), number_words(lang_, line, line.last_year->value)}));
    else if (line.numbers.size() <= 1)
      o.text(format::kNone);
  }

  std::string earlier(const app::YearlyLine& line, const app::YearlyNumber& number) const {
    auto kind = kind_of_number(lang_, number);
    if (number.origin) kind += ", " + number.origin->set_by;
    kind += ", " + source_of_number(lang_, number);
    return say(lang_, Msg::SasaranEarlierOne,
               {number_words(lang_, line, number.value), kind, since_words(lang_, number, view_.kamus.today)});
  }

  const Visit& visit_;
  Lang lang_;
  const app::YearlyView& view_;
  YearlyAddress address_;
  std::vector<const app::YearlyLine*> shown_{};
};

void write_line(const OnTableRow& write, Lang lang, const app::YearlyLine& line) {
  const auto unit = unit_words(lang, line.place);
  const auto row = [&](const app::YearlyNumber* number, const std::string& state) {
    const auto* origin = number != nullptr && number->origin ? &*number->origin : nullptr;
    const std::vector<TableCell> cells{line.version->form.key + "/" + line.item->key,
                                       line.item->label.in(lang),
                                       unit,
                                       state,
                                       number == nullptr ? TableCell() : TableCell(number->value),
                                       number == nullptr ? TableCell() : TableCell(kind_of_number(lang, *number)),
                                       origin == nullptr ? TableCell() : TableCell(origin->set_by),
                                       number == nullptr ? TableCell() : TableCell(source_of_number(lang, *number)),
                                       number == nullptr ? TableCell() : TableCell(number->moment.day),
                                       uses_words(lang, line)};
    write(cells);
  };
  if (line.is_missing()) return row(nullptr, words(lang, Msg::SasaranMissing));
  for (const auto& number : line.numbers)
    row(&number, words(lang, &number == &line.numbers.front() ? Msg::SasaranInForce : Msg::SasaranReplaced));
}

}  // namespace

std::string draw_yearly(const Visit& visit, const app::YearlyView& view, const YearlyAddress& address) {
  return YearlyPage(visit, view, address).draw();
}

Table yearly_table(Lang lang, const app::YearlyView& view, const YearlyAddress& address) {
  Table out{.caption = words(lang, Msg::SasaranTitle) + ", " + view.node().name};
  out.notes = {{words(lang, Msg::SasaranYear), std::to_string(view.year)},
               {words(lang, Msg::TableAsOf), as_of(lang, view.as_of, view.node().zone)}};
  out.columns = {{words(lang, Msg::KamusKey)},
                 {words(lang, Msg::SasaranWhich)},
                 {words(lang, Msg::SasaranUnit)},
                 {words(lang, Msg::CommonState)},
                 {words(lang, Msg::SasaranNumber), TableColumn::Kind::Number},
                 {words(lang, Msg::SasaranKind)},
                 {words(lang, Msg::SasaranSetBy)},
                 {words(lang, Msg::SasaranSource)},
                 {words(lang, Msg::SasaranSince), TableColumn::Kind::Day},
                 {words(lang, Msg::SasaranUses)}};
  out.rows = [&view, address, lang](const OnTableRow& write) {
    for (const auto& line : view.lines)
      if (address.shows(line)) write_line(write, lang, line);
  };
  return out;
}

}  // namespace pilar::web
