#include "web/home_charts.h"

#include <algorithm>
#include <ranges>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/home.h"
#include "i18n/words/result.h"
#include "web/result_address.h"
#include "web/result_control.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kMostCards = 4, kMostOfOne = 3;

ResultAddress address_of(const app::Today& today, const app::ResultView& view, const Measure& measure, Month month) {
  ResultAddress address{.instrument = view.version->form.key, .place = today.node->code, .period = period_of(month)};
  if (today.unit != nullptr) address.unit = today.unit->code;
  if (&measure != &view.version->form.measures.front()) address.measure = measure.key;
  return address;
}

/// The last complete month with a value, else the running one.
const app::ResultMonth* month_shown(const app::ResultView& view, const Measure& measure, const Control& control) {
  const app::ResultMonth* shown = nullptr;
  for (const auto& month : view.trend)
    if (!month.running && month.month == control.last) shown = &month;
  if (shown != nullptr || view.trend.empty()) return shown;
  const auto& last = view.trend.back();
  const auto at = std::ranges::find(last.measures, &measure, &MeasureReading::measure);
  return at != last.measures.end() && last.records > 0 ? &last : nullptr;
}

/// Every month that is over and has answers.
std::size_t months_with_answers(const app::ResultView& view) {
  return static_cast<std::size_t>(std::ranges::count_if(view.trend, [](const auto& month) { return !month.running && month.records > 0; }));
}

void draw_measure_card(html::Out& o, Lang lang, const app::Today& today, const app::ResultView& view, const Measure& measure) {
  const auto& form = view.version->form;
  const auto control = control_of(measure, view);
  const auto* month = month_shown(view, measure, control);
  draw_card(o, {.title = measure.title.in(lang)}, [&] {
    if (month == nullptr) {
      const Link next =
          form.is_public ? Link{words(lang, Msg::HomeShare), "/survei"} : Link{words(lang, Msg::HomeReadForm), "/instrumen/" + form.key};
      return draw_empty(o, say(lang, Msg::HomeNoRecords), next);
    }
    const auto reading = std::ranges::find(month->measures, &measure, &MeasureReading::measure);
    const auto told = tell(lang, form, *reading);
    const auto address = address_of(today, view, measure, month->month);
    draw_figure(o, lang, {format::month(lang, month->month), told.value, address.href("/mengapa"), told.cases, told.interval});
    const auto shown = control_view(measure, control, view);
    if (control.months >= kControlMonths) draw_small_spc(o, lang, control_chart(lang, shown));
    draw_change(o, lang, shown);
    o.el("p", {{"class", "note"}}, [&] { o.el("a", {{"href", address.href()}}, say(lang, Msg::HomeSeeResult)); });
  });
}

/// An instrument of other units says nothing to somebody who looks after one: what staff record is shown where it was recorded.
bool matters(const app::ResultView& view) {
  return view.version->form.is_public || std::ranges::any_of(view.trend, [](const auto& month) { return month.records > 0; });
}

}  // namespace

void draw_results_of(html::Out& o, Lang lang, const app::Today& today) {
  std::vector<std::pair<const app::ResultView*, const Measure*>> cards;
  for (const auto& view : today.results | std::views::filter(matters))
    for (std::size_t i = 0; i < std::min(kMostOfOne, view.version->form.measures.size()); ++i)
      if (i == 0 || months_with_answers(view) > 0) cards.emplace_back(&view, &view.version->form.measures[i]);
  // The first measure of every instrument comes before the second of any.
  std::ranges::stable_sort(cards, {}, [](const auto& card) { return card.second - card.first->version->form.measures.data(); });
  if (cards.size() > kMostCards) cards.resize(kMostCards);
  o.el("div", {{"class", "grid small"}}, [&] {
    for (const auto& [view, measure] : cards) draw_measure_card(o, lang, today, *view, *measure);
  });
}

void draw_units_of(html::Out& o, Lang lang, const app::Today& today) {
  if (today.units.empty() || today.survey == nullptr) return;
  const auto title = say(lang, Msg::HomeUnits, {today.survey->form.title.in(lang), format::month(lang, today.running)});
  draw_card(o, {.title = title}, [&] {
    const TableHead head{.caption = title,
                         .columns = {{words(lang, Msg::ResultUnit)},
                                     {words(lang, Msg::ResultAnswersColumn), true},
                                     {words(lang, Msg::HomeLastAnswer)},
                                     {words(lang, Msg::CommonState)}}};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& unit : today.units)
        rows.row([&](Row& row) {
          ResultAddress address{.instrument = today.survey->form.key, .place = today.node->code, .period = period_of(today.running)};
          if (unit.unit != nullptr) address.unit = unit.unit->code;
          row.name(unit.unit == nullptr ? words(lang, Msg::ResultWholePlace) : unit.unit->name, address.href());
          row.cell(format::number(lang, unit.this_month));
          row.cell(unit.last ? format::short_date(lang, *unit.last) : std::string(format::kNone));
          row.cell([&] {
            if (unit.is_silent) draw_badge(o, Mark::Concern, words(lang, Msg::HomeIsSilent));
          });
        });
    });
  });
}

}  // namespace pilar::web
