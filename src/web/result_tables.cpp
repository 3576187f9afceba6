#include <algorithm>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/result.h"
#include "web/result_parts.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

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
  if (page.headline == nullptr || !page.headline->skm || page.view.is_empty) return;
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
                                     {""}},
                         .stacks = true};
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

void draw_other_items(html::Out& o, const ResultPage& page) {
  if (page.view.is_empty) return;
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
