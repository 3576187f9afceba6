#include "web/result_parts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/control.h"
#include "i18n/words/result.h"
#include "web/charts.h"
#include "web/result_control.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

std::string headline_target(const ResultPage& page) { return target_words(page.lang, page.form(), *page.headline->measure); }

void draw_target(html::Out& o, const ResultPage& page) {
  if (!page.headline->measure->target) return draw_statement(o, say(page.lang, Msg::ResultNoTarget), "");
  const auto reached = meets_target(*page.headline);
  if (!reached) return draw_statement(o, say(page.lang, Msg::ResultTargetUnknown), headline_target(page));
  draw_statement(o, say(page.lang, *reached ? Msg::ResultTargetReached : Msg::ResultTargetMissed), headline_target(page));
}

void draw_top_two(html::Out& o, const ResultPage& page) {
  const auto& share = page.headline->rating.top_two;
  const auto cases =
      share.denominator == 0
          ? std::string(say(page.lang, Msg::ResultNoCases))
          : say(page.lang, Msg::ResultOf, {format::number(page.lang, share.numerator), format::number(page.lang, share.denominator)});
  auto note = cases;
  if (const auto reach = share.interval())
    note += ", " + say(page.lang, Msg::ResultInterval,
                       {format::range(format::number(page.lang, reach->low * 100, 1), format::share(page.lang, reach->high))});
  draw_statement(o, format::percent(page.lang, share.numerator, share.denominator), note);
}

void draw_grade(html::Out& o, const ResultPage& page) {
  const auto& skm = page.headline->skm;
  if (!skm || !skm->grade) return draw_statement(o, format::kNone, "");
  std::string note;
  if (const auto& target = page.headline->measure->target; target && skm->ikm_2dec)
    note = say(page.lang, *skm->ikm_2dec >= *target ? Msg::ResultTargetReachedAt : Msg::ResultTargetMissedAt, {headline_target(page)});
  draw_statement(o, grade_words(page.lang, *skm->grade), note);
}

void draw_priorities(html::Out& o, const ResultPage& page) {
  const auto& measure = *page.headline->measure;
  std::string names;
  if (page.headline->skm)
    for (const auto i : priorities(*page.headline->skm))
      names += (names.empty() ? "" : ", ") + name_of(page.lang, &measure, *page.form().find(measure.items[i]));
  draw_statement(o, names.empty() ? words(page.lang, Msg::ResultNoPriority) : names, "");
}

void draw_need(html::Out& o, const ResultPage& page) {
  const auto& needs = page.view.needs;
  if (needs.size() == 1) {
    const auto told = tell(page.lang, needs.front().need);
    draw_statement(o, told.words, told.note);
    return;
  }
  if (!needs.empty()) {
    const auto met = std::ranges::count_if(needs, [](const app::MonthNeed& one) { return one.need.state == Need::State::Met; });
    draw_statement(o, say(page.lang, Msg::ResultMonthsMet, {format::number(page.lang, met), format::number(page.lang, std::ssize(needs))}),
                   "");
    return;
  }
  const auto note = page.view.facilities > 1 ? say(page.lang, Msg::ResultFacilities, {std::to_string(page.view.facilities)}) : "";
  draw_statement(o, records_words(page.lang, page.form(), page.view.records), note);
}

/// The first figure with its unit behind: "4,3 dari 5".
Figure figure_of(const ResultPage& page, const Told& told) {
  const auto& measure = *page.headline->measure;
  Figure figure{period_words(page.lang, page.view.period), told.value, page.address.href("/mengapa"), told.cases, told.interval};
  if (measure.kind == MeasureKind::Rating && told.point) {
    const auto axis = axis_of(page.form(), measure, 0);
    figure.cases = say(page.lang, Msg::ResultOutOf, {format::number(page.lang, axis.high, 0)}) + " · " + told.cases;
  }
  if (measure.within) figure.cases += " · " + within_words(page.lang, page.form(), measure);
  return figure;
}

Tone scale_tone(std::size_t at, std::size_t count) {
  constexpr Tone kFive[] = {Tone::Step1, Tone::Step2, Tone::Step3, Tone::Step4, Tone::Step5};
  constexpr Tone kFour[] = {Tone::Step1, Tone::Step2, Tone::Step4, Tone::Step5};
  if (count == 4) return kFour[at];
  return kFive[count <= 1 ? 4 : at * 4 / (count - 1)];
}

std::vector<Part> scale_parts(Lang lang, const Item& item, const ItemReading& reading, bool names) {
  std::vector<const pilar::Option*> options;
  for (const auto& option : item.options)
    if (!option.not_applicable) options.push_back(&option);
  std::ranges::sort(options, {}, &pilar::Option::code);
  std::vector<Part> parts;
  for (std::size_t i = 0; i < options.size(); ++i) {
    const auto at = reading.options.find(options[i]->code);
    const bool named = names && (i == 0 || i + 1 == options.size());
    const auto code = format::number(lang, static_cast<std::int64_t>(options[i]->code));
    parts.push_back({named ? code + " " + options[i]->label.in(lang) : code, at == reading.options.end() ? 0 : at->second,
                     scale_tone(i, options.size())});
  }
  return parts;
}

bool is_positive(const Measure& measure, const pilar::Option& option) {
  return std::ranges::find(measure.positive, option.key) != measure.positive.end();
}

std::int64_t count_of(const ItemReading& reading, std::int32_t code) {
  const auto at = reading.options.find(code);
  return at == reading.options.end() ? 0 : at->second;
}

std::vector<Part> share_parts(Lang lang, const Measure& measure, const Item& item, const ItemReading& reading) {
  std::vector<Part> kept, broken;
  for (const auto& option : item.options)
    if (!option.not_applicable)
      (is_positive(measure, option) ? kept : broken)
          .push_back({option.label.in(lang), count_of(reading, option.code), is_positive(measure, option) ? Tone::Kept : Tone::Broken});
  kept.insert(kept.end(), broken.begin(), broken.end());
  const bool unseen = item.may_be_not_observed;
  kept.push_back({words(lang, unseen ? Msg::CommonNotObserved : Msg::CommonNotApplicable), reading.not_applicable + reading.not_observed,
                  Tone::Outside});
  return kept;
}

std::int64_t positive_count(const Measure& measure, const Item& item, const ItemReading& reading) {
  std::int64_t count = 0;
  for (const auto& option : item.options)
    if (is_positive(measure, option)) count += count_of(reading, option.code);
  return count;
}

void draw_scale_item(html::Out& o, const ResultPage& page, const Measure& measure, const Item& item, const ItemReading& reading) {
  const auto note = reading.mean ? say(page.lang, Msg::ResultMeanOf,
                                       {format::number(page.lang, *reading.mean, 2), format::number(page.lang, reading.answered)})
                                 : words(page.lang, Msg::ResultNoneAnswered);
  draw_labelled_bar(o, page.lang, name_of(page.lang, &measure, item), note, scale_parts(page.lang, item, reading, /*names=*/false));
}

void draw_share_item(html::Out& o, const ResultPage& page, const Measure& measure, const Item& item, const ItemReading& reading) {
  const auto positive = positive_count(measure, item, reading);
  const auto note = reading.answered == 0 ? words(page.lang, Msg::ResultNoneAnswered)
                                          : format::percent(page.lang, positive, reading.answered, 0) + ", " +
                                                say(page.lang, Msg::ResultOf,
                                                    {format::number(page.lang, positive), format::number(page.lang, reading.answered)});
  draw_labelled_bar(o, page.lang, name_of(page.lang, &measure, item), note, share_parts(page.lang, measure, item, reading));
}

void draw_measure_items(html::Out& o, const ResultPage& page, const Measure& measure) {
  bool legend = false;
  for (const auto& key : measure.items) {
    const auto& item = *page.form().find(key);
    const auto* reading = find_reading(page.view, key);
    if (reading == nullptr) continue;
    const bool scale = item.kind == ItemKind::Scale;
    if (!std::exchange(legend, true))
      draw_legend(
          o, scale ? scale_parts(page.lang, item, *reading, measure.items.size() == 1) : share_parts(page.lang, measure, item, *reading));
    scale ? draw_scale_item(o, page, measure, item, *reading) : draw_share_item(o, page, measure, item, *reading);
  }
}

bool has_bars(const Measure& measure) {
  return measure.kind == MeasureKind::Rating || measure.kind == MeasureKind::Skm || measure.kind == MeasureKind::Share;
}

void draw_median(html::Out& o, const ResultPage& page) {
  const auto& reading = *page.headline;
  const auto& item = first_item(page.form(), *reading.measure);
  draw_statement(o, duration_words(page.lang, item, reading.duration.median),
                 say(page.lang, Msg::ResultP90Note, {duration_words(page.lang, item, reading.duration.p90)}));
}

}  // namespace

const ItemReading* find_reading(const app::ResultView& view, std::string_view key) {
  for (const auto& reading : view.items)
    if (view.version->form.items[reading.item].key == key) return &reading;
  return nullptr;
}

const MeasureReading* find_measure(const std::vector<MeasureReading>& readings, const Measure* measure) {
  const auto at = std::ranges::find(readings, measure, &MeasureReading::measure);
  return at == readings.end() ? nullptr : &*at;
}

void draw_headline(html::Out& o, const ResultPage& page) {
  if (page.headline == nullptr || page.view.is_empty) return;
  const auto lang = page.lang;
  const auto told = tell(lang, page.form(), *page.headline);
  const auto need_label = words(lang, page.view.needs.empty() ? Msg::ResultBehind : Msg::ResultNeedLabel);
  const StripPart figure{"", [&] { draw_figure(o, lang, figure_of(page, told)); }};
  const StripPart need{need_label, [&] { draw_need(o, page); }};
  const auto control = control_of(*page.headline->measure, page.view, {page.address.chart, page.address.rules});
  const StripPart change{words(lang, Msg::ControlChange),
                         [&] { draw_change(o, lang, control_view(*page.headline->measure, control, page.view)); }};
  switch (page.headline->measure->kind) {
    case MeasureKind::Rating:
      return draw_strip(o, {figure, {words(lang, Msg::ResultTopTwo), [&] { draw_top_two(o, page); }}, change, need});
    case MeasureKind::Skm:
      return draw_strip(o, {figure,
                            {words(lang, Msg::ResultGrade), [&] { draw_grade(o, page); }},
                            {words(lang, Msg::ResultPriorities), [&] { draw_priorities(o, page); }}});
    case MeasureKind::Sum:
      return draw_strip(o, {figure, change, need});
    case MeasureKind::Duration: {
      const StripPart median{words(lang, Msg::ResultMedianLabel), [&] { draw_median(o, page); }};
      if (!page.headline->measure->within) return draw_strip(o, {figure, median, change, need});
      return draw_strip(o, {figure, {words(lang, Msg::ResultTarget), [&] { draw_target(o, page); }}, median, change});
    }
    case MeasureKind::Share:
    case MeasureKind::Ratio:
      break;
  }
  const StripPart target{words(lang, Msg::ResultTarget), [&] { draw_target(o, page); }};
  if (is_cumulative(page.form(), *page.headline->measure)) return draw_strip(o, {figure, target, need});
  draw_strip(o, {figure, target, change, need});
}

void draw_needs(html::Out& o, const ResultPage& page) {
  if (page.view.needs.size() < 2) return;
  const auto lang = page.lang;
  draw_card(o, {.title = words(lang, Msg::ResultNeedLabel)}, [&] {
    const TableHead head{
        .caption = words(lang, Msg::ResultNeedLabel),
        .columns = {{words(lang, Msg::ResultMonth)}, {words(lang, Msg::CommonState)}, {words(lang, Msg::ResultMeaningOfState)}}};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& [month, need] : page.view.needs)
        rows.row([&](Row& row) {
          const auto told = tell(lang, need);
          row.name(format::month(lang, month));
          row.cell([&] { draw_badge(o, told.mark, told.words); });
          row.cell(told.note);
        });
    });
  });
}

void draw_distribution(html::Out& o, const ResultPage& page) {
  if (page.headline == nullptr || page.view.is_empty || !has_bars(*page.headline->measure)) return;
  draw_card(o, {.title = words(page.lang, Msg::ResultDistribution), .id = "sebaran"},
            [&] { draw_measure_items(o, page, *page.headline->measure); });
}

void draw_other_measures(html::Out& o, const ResultPage& page) {
  if (page.view.measures.size() < 2 || page.view.is_empty) return;
  const auto lang = page.lang;
  for (const auto& reading : page.view.measures) {
    if (page.headline != nullptr && reading.measure == page.headline->measure) continue;
    auto address = page.address;
    address.measure = reading.measure->key;
    const auto told = tell(lang, page.form(), reading);
    draw_card(o, {.title = reading.measure->title.in(lang), .link = {words(lang, Msg::ResultOpen), address.href()}}, [&] {
      o.el("div", {{"class", "part-figure"}},
           [&] { draw_figure(o, lang, {"", told.value, address.href("/mengapa"), told.cases, told.interval}); });
      if (!told.also.empty()) o.el("p", {{"class", "note"}}, told.also);
      if (has_bars(*reading.measure)) draw_measure_items(o, page, *reading.measure);
    });
  }
}

}  // namespace pilar::web
