#include <algorithm>
#include <cmath>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "web/result_parts.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

std::string bracketed(const std::string& value, bool few) { return few ? "(" + value + ")" : value; }

void draw_unsur_row(Row& row, html::Out& o, const ResultPage& page, std::size_t i, bool priority) {
  const auto lang = page.lang;
  const auto& measure = *page.headline->measure;
  const auto& item = *page.form().find(measure.items[i]);
  const auto& unsur = page.headline->skm->unsur[i];
  const auto* reading = find_reading(page.view, item.key);
  const auto answered = reading == nullptr ? 0 : reading->answered;
  const auto apart = reading == nullptr ? 0 : reading->not_applicable + reading->not_observed;
  const auto number = [&](double value, int digits) { return format::number(lang, value, digits); };
  row.name(name_of(lang, &measure, item));
  row.cell(unsur ? number(unsur->nrr, 4) : std::string(format::kNone));
  row.cell(unsur ? number(unsur->index, 2) : std::string(format::kNone));
  row.cell(unsur ? number(unsur->nrr_weighted, 4) : std::string(format::kNone));
  row.cell(unsur ? std::string(math::name(unsur->grade)) : std::string(format::kNone));
  row.cell(format::number(lang, answered));
  row.cell(format::number(lang, apart));
  row.cell(format::number(lang, std::max<std::int64_t>(0, page.view.records - answered - apart)));
  row.cell([&] {
    if (priority) draw_badge(o, Mark::None, say(lang, Msg::ResultPriority));
  });
}

/// The part of the comparison that a measure can fill: where its values lie.
struct PartColumn {
  const Measure* measure = nullptr;
  Axis axis{};
};

PartColumn part_column(const ResultPage& page) {
  PartColumn column;
  if (page.headline == nullptr) return column;
  column.measure = page.headline->measure;
  double highest = 0, lowest = 1e300;
  for (const auto& part : page.view.parts)
    for (const auto& reading : part.measures) {
      if (reading.measure != column.measure) continue;
      const auto told = tell(page.lang, page.form(), reading);
      if (!told.point) continue;
      highest = std::max(highest, *told.point);
      lowest = std::min(lowest, told.reach ? told.reach->low : *told.point);
    }
  column.axis = axis_of(page.form(), *column.measure, highest);
  const bool may_cut = column.measure->kind == MeasureKind::Share || column.measure->kind == MeasureKind::Ratio;
  if (may_cut && lowest < 1e300) column.axis.low = std::clamp(std::floor(lowest / 10) * 10, 0.0, 90.0);
  return column;
}

const MeasureReading* reading_of(const app::ResultPart& part, const Measure* measure) {
  for (const auto& reading : part.measures)
    if (reading.measure == measure) return &reading;
  return nullptr;
}

std::string part_href(const ResultPage& page, const app::ResultPart& part) {
  auto address = page.address;
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

void draw_part_row(Row& row, html::Out& o, const ResultPage& page, const PartColumn& column, const app::ResultPart& part, bool needs) {
  const auto lang = page.lang;
  row.name(part.name.empty() ? words(lang, Msg::ResultWholePlace) : part.name, part_href(page, part));
  const auto* reading = reading_of(part, column.measure);
  const auto told = reading == nullptr ? Told{} : tell(lang, page.form(), *reading);
  const bool few = told.point && told.n < kFew && column.measure->kind != MeasureKind::Sum;
  if (column.measure != nullptr) {
    row.cell([&] { draw_part_line(o, column, told); });
    row.cell(told.point ? bracketed(told.value, few) : std::string(format::kNone));
  }
  row.cell([&] {
    o.text(format::number(lang, column.measure == nullptr ? part.records : told.n));
    if (few) o.el("small", {}, say(lang, Msg::CommonFewData));
  });
  if (!needs) return;
  if (!part.need) return row.cell("");
  const auto need = tell(lang, *part.need);
  row.cell([&] { draw_badge(o, need.mark, need.words, need.mark == Mark::Concern ? Ground::Filled : Ground::Clear); });
}

TableHead parts_head(const ResultPage& page, const PartColumn& column, bool units, bool needs) {
  const auto lang = page.lang;
  TableHead head{.caption = words(lang, units ? Msg::ResultByUnit : Msg::ResultByPlace)};
  head.columns.push_back({words(lang, units ? Msg::ResultUnit : Msg::ResultPlace)});
  if (column.measure != nullptr) {
    const auto unit = unit_of(page.form(), *column.measure);
    const auto low = format::number(lang, column.axis.low, 0) + unit.behind, high = format::number(lang, column.axis.high, 0) + unit.behind;
    head.columns.push_back({say(lang, Msg::ResultFromTo, {low, high})});
    head.columns.push_back({words(lang, Msg::CommonValue), true});
  }
  head.columns.push_back({words(lang, page.form().is_public ? Msg::ResultAnswersColumn : Msg::ResultRecordsColumn), true});
  if (needs) head.columns.push_back({words(lang, Msg::ResultNeedLabel)});
  return head;
}

/// Choices of an item that no measure reads, one bar an option.
void draw_options(html::Out& o, const ResultPage& page, const Item& item, const ItemReading& reading) {
  const auto lang = page.lang;
  for (const auto& option : item.options) {
    if (option.not_applicable) continue;
    const auto at = reading.options.find(option.code);
    const auto count = at == reading.options.end() ? 0 : at->second;
    o.el("div", {{"class", "labelled"}}, [&] {
      o.el("p", {}, [&] {
        o.el("span", {}, option.label.in(lang));
        o.el("small", {}, format::percent(lang, count, reading.answered, 0) + ", " + format::number(lang, count));
      });
      draw_bar(o, reading.answered == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(reading.answered));
    });
  }
}

void draw_other_item(html::Out& o, const ResultPage& page, const Item& item, const ItemReading& reading) {
  const auto lang = page.lang;
  o.el("h3", {}, item.label.in(lang));
  auto note = say(lang, page.form().is_public ? Msg::ResultAnswers : Msg::ResultRecords, {format::number(lang, reading.answered)});
  if (is_numeric(item.kind) && reading.mean) {
    note += " · " +
            say(lang, Msg::ResultMean, {format::number(lang, *reading.mean, item.digits + 1) + (item.unit.empty() ? "" : " " + item.unit)});
    if (reading.total && !page.form().is_public) note += " · " + say(lang, Msg::ResultTotal, {total_words(lang, reading.total)});
  }
  o.el("p", {{"class", "note"}}, note);
  if (!item.options.empty() && reading.answered > 0) draw_options(o, page, item, reading);
  if (item.kind == ItemKind::Text && reading.answered > 0 && page.may_read_records && page.view.node->kind == NodeKind::Facility)
    o.el("p", {}, [&] { o.el("a", {{"href", page.address.records_href(item.key)}}, say(lang, Msg::ResultReadTexts)); });
}

bool is_measured(const Instrument& form, const Item& item) {
  return std::ranges::any_of(form.measures, [&](const Measure& measure) {
    return measure.numerator == item.key || measure.denominator == item.key ||
           std::ranges::find(measure.items, item.key) != measure.items.end();
  });
}

void draw_unsur_total(Row& row, Lang lang, const math::Skm& skm, double weighted) {
  row.name("IKM");
  row.cell("");
  row.cell(skm.ikm_2dec ? format::number(lang, *skm.ikm_2dec, 2) : std::string(format::kNone));
  row.cell(format::number(lang, weighted, 4));
  row.cell(skm.grade ? std::string(math::name(*skm.grade)) : std::string(format::kNone));
  for (int i = 0; i < 4; ++i) row.cell("");
}

}  // namespace

void draw_unsur(html::Out& o, const ResultPage& page) {
  if (page.headline == nullptr || !page.headline->skm || page.view.records == 0) return;
  const auto lang = page.lang;
  const auto& skm = *page.headline->skm;
  draw_card(o, {.title = words(lang, Msg::ResultUnsurTitle), .note = words(lang, Msg::ResultUnsurNote), .id = "unsur"}, [&] {
    const TableHead head{.caption = words(lang, Msg::ResultUnsurTitle),
                         .columns = {{words(lang, Msg::ResultUnsur)},
                                     {"NRR", true},
                                     {"NRR × 25", true},
                                     {words(lang, Msg::ResultWeighted), true},
                                     {words(lang, Msg::ResultGrade)},
                                     {words(lang, Msg::ResultAnswered), true},
                                     {words(lang, Msg::CommonNotApplicable), true},
                                     {words(lang, Msg::ResultUnanswered), true},
                                     {""}}};
    const auto lowest = priorities(skm);
    draw_table(o, head, [&](Rows& rows) {
      double weighted = 0;
      for (std::size_t i = 0; i < skm.unsur.size(); ++i) {
        if (skm.unsur[i]) weighted += skm.unsur[i]->nrr_weighted;
        rows.row([&](Row& row) { draw_unsur_row(row, o, page, i, std::ranges::find(lowest, i) != lowest.end()); });
      }
      rows.total([&](Row& row) { draw_unsur_total(row, lang, skm, weighted); });
    });
  });
}

void draw_parts(html::Out& o, const ResultPage& page) {
  const auto& parts = page.view.parts;
  if (parts.empty() || page.view.records == 0) return;
  const auto lang = page.lang;
  const bool units = page.view.node->kind == NodeKind::Facility;
  const bool needs = std::ranges::any_of(parts, [](const app::ResultPart& part) { return part.need.has_value(); });
  const auto column = part_column(page);
  const auto title = words(lang, units ? Msg::ResultByUnit : Msg::ResultByPlace) + ", " + period_words(lang, page.view.from, page.view.to);
  draw_card(o, {.title = title, .id = "bagian"}, [&] {
    draw_table(o, parts_head(page, column, units, needs), [&](Rows& rows) {
      for (const auto& part : parts) rows.row([&](Row& row) { draw_part_row(row, o, page, column, part, needs); });
    });
    const bool lines = column.measure != nullptr && column.measure->kind != MeasureKind::Sum && column.measure->kind != MeasureKind::Skm;
    o.el("p", {{"class", "source"}}, say(lang, lines ? Msg::ResultPartsNote : Msg::ResultPartsNoteShort));
  });
}

void draw_other_items(html::Out& o, const ResultPage& page) {
  if (page.view.records == 0) return;
  std::vector<const ItemReading*> others;
  for (const auto& reading : page.view.items)
    if (const auto& item = page.form().items[reading.item]; !is_measured(page.form(), item) || page.headline == nullptr)
      if (reading.answered > 0 && item.kind != ItemKind::Date) others.push_back(&reading);
  if (others.empty()) return;
  draw_card(o, {.title = words(page.lang, Msg::ResultOtherItems), .id = "lainnya"}, [&] {
    for (const auto* reading : others) draw_other_item(o, page, page.form().items[reading->item], *reading);
  });
}

}  // namespace pilar::web
