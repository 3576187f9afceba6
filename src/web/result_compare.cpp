#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/result.h"
#include "web/forms.h"
#include "web/result_parts.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kPartsOnPage = 25;

/// The part of the comparison that a measure can fill: where its values lie.
struct PartColumn {
  const Measure* measure = nullptr;
  Axis axis{};
};

struct PartLine {
  const app::ResultPart* part = nullptr;
  std::string name{};
  Told told{};
  std::int64_t count = 0;  ///< what the last figure of the line says
};

/// Units or places, chosen and put in order as the address says.
struct Comparison {
  PartColumn column{};
  std::vector<PartLine> lines{};
  std::size_t all = 0;            ///< before the search
  std::size_t from = 0, to = 0;   ///< lines of this page; the others are for paper
  bool units = false, needs = false;

  std::size_t pages() const { return (lines.size() + kPartsOnPage - 1) / kPartsOnPage; }
};

PartColumn part_column(const ResultPage& page, std::span<const PartLine> lines) {
  PartColumn column;
  if (page.headline == nullptr) return column;
  column.measure = page.headline->measure;
  double highest = 0, lowest = 1e300;
  for (const auto& [part, name, told, count] : lines) {
    if (!told.point) continue;
    highest = std::max(highest, *told.point);
    lowest = std::min(lowest, told.reach ? told.reach->low : *told.point);
  }
  column.axis = axis_of(page.form(), *column.measure, highest);
  if (is_share(*column.measure) && lowest < 1e300) column.axis.low = std::clamp(std::floor(lowest / 10) * 10, 0.0, 90.0);
  return column;
}

PartLine part_line(const ResultPage& page, const app::ResultPart& part) {
  PartLine line{&part, part.name.empty() ? words(page.lang, Msg::ResultWholePlace) : part.name, {}, part.records};
  if (page.headline == nullptr) return line;
  if (const auto* reading = find_measure(part.measures, page.headline->measure)) line.told = tell(page.lang, page.form(), *reading);
  line.count = line.told.n;
  return line;
}

/// Parts without a value stand last, whichever way the others go; ties keep the order of the list.
void sort_lines(std::vector<PartLine>& lines, PartOrder order, bool down) {
  const auto by = [&](const auto& key) {
    if (down)
      std::ranges::stable_sort(lines, std::ranges::greater{}, key);
    else
      std::ranges::stable_sort(lines, {}, key);
  };
  switch (order) {
    case PartOrder::List:
      return;
    case PartOrder::Name:
      return by([](const PartLine& line) { return lower_ascii(line.name); });
    case PartOrder::Count:
      return by(&PartLine::count);
    case PartOrder::Value:
      break;
  }
  by([](const PartLine& line) { return line.told.point.value_or(0); });
  std::ranges::stable_partition(lines, [](const PartLine& line) { return line.told.point.has_value(); });
}

Comparison compare(const ResultPage& page) {
  Comparison out;
  for (const auto& part : page.view.parts) {
    out.lines.push_back(part_line(page, part));
    out.needs = out.needs || part.need.has_value();
  }
  out.all = out.lines.size();
  out.units = page.view.node->kind == NodeKind::Facility;
  out.column = part_column(page, out.lines);
  const auto& wanted = page.address.parts;
  const auto search = lower_ascii(wanted.search);
  std::erase_if(out.lines, [&](const PartLine& line) { return !lower_ascii(line.name).contains(search); });
  sort_lines(out.lines, wanted.order, wanted.down);
  out.to = out.lines.size();
  if (wanted.page == 0 || out.pages() == 0) return out;
  out.from = (std::min(static_cast<std::size_t>(wanted.page), out.pages()) - 1) * kPartsOnPage;
  out.to = std::min(out.from + kPartsOnPage, out.to);
  return out;
}

/// The page with its parts in another order or on another page of the list.
std::string parts_href(const ResultPage& page, PartsAddress parts) {
  auto address = page.address;
  address.parts = std::move(parts);
  return address.href() + "#bagian";
}

std::string paged_href(const ResultPage& page, int number) {
  auto parts = page.address.parts;
  parts.page = number;
  return parts_href(page, std::move(parts));
}

/// From one part to the page of its own.
std::string part_href(const ResultPage& page, const app::ResultPart& part) {
  auto address = page.address;
  address.parts = {};
  const auto& organisation = page.view.reference->organisation;
  if (part.unit) {
    const auto* unit = organisation.find_unit(part.place, *part.unit);
    if (unit == nullptr) return {};
    address.unit = unit->code;
  } else {
    address.place = organisation.find(part.place)->code;
    address.unit.clear();
  }
  return address.href();
}

void draw_part_line(html::Out& o, const PartColumn& column, const Told& told) {
  if (!told.point) return;
  if (column.measure->kind == MeasureKind::Sum) return draw_bar(o, *told.point / column.axis.high);
  const auto& target = column.measure->target;
  const auto reach = told.reach.value_or(math::Interval{*told.point, *told.point});
  draw_interval(o, column.axis,
                {*told.point, reach.low, reach.high, told.n < kFew, target ? std::optional(target->to_double()) : std::nullopt},
                told.value + (told.interval.empty() ? "" : ", " + told.interval));
}

void draw_part_row(Row& row, html::Out& o, const ResultPage& page, const Comparison& shown, const PartLine& line) {
  const auto lang = page.lang;
  const auto& told = line.told;
  row.name(line.name, part_href(page, *line.part));
  const bool few = told.point && told.n < kFew && shown.column.measure->kind != MeasureKind::Sum;
  if (shown.column.measure != nullptr) {
    row.cell([&] { draw_part_line(o, shown.column, told); });
    row.cell([&] {
      o.text(!told.point ? std::string(format::kNone) : few ? "(" + told.value + ")" : told.value);
      if (!told.also.empty()) o.el("small", {}, told.also);
      if (told.over) o.el("small", {}, say(lang, Msg::ResultOver));
    });
  }
  row.cell([&] {
    o.text(format::number(lang, line.count));
    if (few) o.el("small", {}, say(lang, Msg::CommonFewData));
  });
  if (!shown.needs) return;
  if (!line.part->need) return row.cell("");
  const auto need = tell(lang, *line.part->need);
  row.cell([&] { draw_badge(o, need.mark, need.words, need.mark == Mark::Concern ? Ground::Filled : Ground::Clear); });
}

/// Pressed again, a column's title turns the order round.
Column sorted_column(const ResultPage& page, std::string title, PartOrder order, bool numeric) {
  auto parts = page.address.parts;
  const bool current = parts.order == order;
  const auto sorted = !current ? Sorted::No : parts.down ? Sorted::Down : Sorted::Up;
  parts.down = current && !parts.down;
  parts.order = order;
  parts.page = parts.page == 0 ? 0 : 1;
  return {std::move(title), numeric, page.view.parts.size() > 1 ? parts_href(page, std::move(parts)) : std::string(), sorted};
}

std::string count_title(const ResultPage& page) {
  return words(page.lang, page.form().is_public ? Msg::ResultAnswersColumn : Msg::ResultRecordsColumn);
}

std::string order_words(const ResultPage& page, const Comparison& shown) {
  const auto lang = page.lang;
  const auto& [search, order, down, number] = page.address.parts;
  const auto by = [&](const std::string& title) { return say(lang, down ? Msg::ResultOrderDown : Msg::ResultOrderUp, {title}); };
  std::string out = words(lang, Msg::ResultOrderList);
  if (order == PartOrder::Name) out = words(lang, down ? Msg::ResultOrderNameDown : Msg::ResultOrderName);
  if (order == PartOrder::Value) out = by(words(lang, Msg::CommonValue));
  if (order == PartOrder::Count) out = by(count_title(page));
  if (search.empty()) return out;
  const auto found = format::number(lang, std::ssize(shown.lines)), all = format::number(lang, static_cast<std::int64_t>(shown.all));
  return out + " " + say(lang, Msg::ResultPartsFound, {search, found, all});
}

TableHead parts_head(const ResultPage& page, const Comparison& shown) {
  const auto lang = page.lang;
  const auto& column = shown.column;
  TableHead head{.caption = words(lang, shown.units ? Msg::ResultByUnit : Msg::ResultByPlace), .stacks = true};
  head.order = order_words(page, shown);
  head.columns.push_back(sorted_column(page, words(lang, shown.units ? Msg::ResultUnit : Msg::ResultPlace), PartOrder::Name, false));
  if (column.measure != nullptr) {
    const auto unit = unit_of(page.form(), *column.measure);
    const auto low = format::number(lang, column.axis.low, 0) + unit.behind, high = format::number(lang, column.axis.high, 0) + unit.behind;
    head.columns.push_back({say(lang, Msg::ResultFromTo, {low, high})});
    head.columns.push_back(sorted_column(page, words(lang, Msg::CommonValue), PartOrder::Value, true));
  }
  head.columns.push_back(sorted_column(page, count_title(page), PartOrder::Count, true));
  if (shown.needs) head.columns.push_back({words(lang, Msg::ResultNeedLabel)});
  return head;
}

/// By name, where there are more parts than one page holds.
void draw_part_search(html::Out& o, const ResultPage& page) {
  const auto label = words(page.lang, Msg::ResultSearchParts);
  auto address = page.address;
  const auto search = std::exchange(address.parts.search, {});
  address.parts.page = 1;
  o.el("form", {{"class", "find"}, {"method", "get"}, {"action", "/hasil/" + address.instrument + "#bagian"}}, [&] {
    for (const auto& [name, value] : address.fields()) o.el("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
    o.el("input", {{"class", "form-control"},
                   {"type", "search"},
                   {"name", "cari"},
                   {"value", search},
                   {"placeholder", label},
                   {"aria-label", label}});
    draw_button(o, say(page.lang, Msg::CommonSearch));
  });
}

void draw_ways_on(html::Out& o, const ResultPage& page, const Comparison& shown) {
  if (shown.pages() <= 1) return;
  const auto lang = page.lang;
  const int current = page.address.parts.page;
  if (current == 0)
    return o.el("p", {{"class", "pages"}},
                [&] { o.el("a", {{"href", paged_href(page, 1)}}, say(lang, Msg::ResultShowPages, {std::to_string(kPartsOnPage)})); });
  draw_pagination(o, lang, std::min(current, static_cast<int>(shown.pages())), static_cast<int>(shown.pages()),
                  [&](int number) { return paged_href(page, number); });
  o.el("p", {{"class", "pages"}},
       [&] { o.el("a", {{"href", paged_href(page, 0)}}, say(lang, Msg::ResultShowAll, {format::number(lang, std::ssize(shown.lines))})); });
}

void draw_part_lines(html::Out& o, const ResultPage& page, const Comparison& shown) {
  draw_table(o, parts_head(page, shown), [&](Rows& rows) {
    for (std::size_t i = 0; i < shown.lines.size(); ++i) {
      const auto cells = [&](Row& row) { draw_part_row(row, o, page, shown, shown.lines[i]); };
      i >= shown.from&& i < shown.to ? rows.row(cells) : rows.paper(cells);
    }
  });
}

}  // namespace

void draw_parts(html::Out& o, const ResultPage& page) {
  if (page.view.parts.empty() || page.view.is_empty) return;
  const auto lang = page.lang;
  const auto shown = compare(page);
  const auto title = words(lang, shown.units ? Msg::ResultByUnit : Msg::ResultByPlace) + ", " + period_words(lang, page.view.period);
  draw_card(o, {.title = title, .id = "bagian"}, [&] {
    if (shown.all > kPartsOnPage) draw_part_search(o, page);
    if (shown.lines.empty()) {
      auto parts = page.address.parts;
      const auto search = std::exchange(parts.search, {});
      return draw_empty(
          o, say(lang, Msg::ResultNoPart, {search}),
          {say(lang, Msg::ResultShowAll, {format::number(lang, static_cast<std::int64_t>(shown.all))}), parts_href(page, parts)});
    }
    draw_part_lines(o, page, shown);
    draw_ways_on(o, page, shown);
    const auto* measure = shown.column.measure;
    if (measure != nullptr && measure->kind != MeasureKind::Sum && measure->kind != MeasureKind::Skm)
      o.el("p", {{"class", "source"}}, say(lang, Msg::ResultPartsNote));
  });
}

}  // namespace pilar::web
