#include "web/result_parts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "web/charts.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

const MeasureReading* find_measure(const std::vector<MeasureReading>& readings, const Measure& measure) {
  const auto at = std::ranges::find(readings, &measure, &MeasureReading::measure);
  return at == readings.end() ? nullptr : &*at;
}

std::string target_words(Lang lang, const ResultPage& page) {
  const auto& measure = *page.headline->measure;
  return "≥ " + format::number(lang, *measure.target) + unit_of(page.form(), measure).behind;
}

void draw_target(html::Out& o, const ResultPage& page, const Told& told) {
  const auto& target = page.headline->measure->target;
  if (!target) return draw_statement(o, say(page.lang, Msg::ResultNoTarget), "");
  if (!told.point) return draw_statement(o, say(page.lang, Msg::ResultTargetUnknown), target_words(page.lang, page));
  const bool reached = *told.point >= target->to_double();
  draw_statement(o, say(page.lang, reached ? Msg::ResultTargetReached : Msg::ResultTargetMissed), target_words(page.lang, page));
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
    note =
        say(page.lang, *skm->ikm_2dec >= *target ? Msg::ResultTargetReachedAt : Msg::ResultTargetMissedAt, {target_words(page.lang, page)});
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
  Figure figure{period_words(page.lang, page.view.from, page.view.to), told.value, page.address.href("/mengapa"), told.cases,
                told.interval};
  if (measure.kind == MeasureKind::Rating && told.point) {
    const auto axis = axis_of(page.form(), measure, 0);
    figure.cases = say(page.lang, Msg::ResultOutOf, {format::number(page.lang, axis.high, 0)}) + " · " + told.cases;
  }
  return figure;
}

struct TrendData {
  LineChart chart;
  std::vector<double> seen;    ///< values of complete months
  std::int64_t fewest = 0, most = 0;
  double low = 0, high = 0;    ///< of values and bands
  bool empty = true;           ///< no value yet
};

/// Widens the range that is shown; the first value makes it.
void note_value(TrendData& data, double value) {
  data.low = data.empty ? value : std::min(data.low, value);
  data.high = data.empty ? value : std::max(data.high, value);
  data.empty = false;
}

void note_month(TrendData& data, const Told& told, bool running) {
  auto& chart = data.chart;
  if (running) chart.open_from = std::min(chart.open_from, chart.ticks.size() - 1);
  chart.lines.front().values.push_back(told.point);
  const auto reach = running ? std::nullopt : told.reach;
  chart.lower.push_back(reach ? std::optional(reach->low) : std::nullopt);
  chart.upper.push_back(reach ? std::optional(reach->high) : std::nullopt);
  chart.cases.push_back(told.point ? told.cases : std::string(format::kNone));
  if (!told.point) return;
  note_value(data, *told.point);
  if (reach) {
    note_value(data, reach->low);
    note_value(data, reach->high);
  }
  if (running) return;
  data.fewest = data.seen.empty() ? told.n : std::min(data.fewest, told.n);
  data.most = std::max(data.most, told.n);
  data.seen.push_back(*told.point);
}

TrendData gather_trend(const ResultPage& page) {
  TrendData data;
  const auto& measure = *page.headline->measure;
  data.chart.lines = {{measure.title.in(page.lang), {}, false}};
  for (const auto& month : page.view.trend) {
    const auto* reading = find_measure(month.measures, measure);
    const auto told = reading == nullptr ? Told{} : tell(page.lang, page.form(), *reading);
    data.chart.ticks.push_back(format::short_month(page.lang, month.month));
    note_month(data, told, month.running);
  }
  return data;
}

/// What is seen, without claiming that it is more than chance.
std::string finding_of(const ResultPage& page, const TrendData& data) {
  const auto& measure = *page.headline->measure;
  const auto title = measure.title.in(page.lang);
  if (data.seen.empty()) return say(page.lang, Msg::ResultTrendNone, {title});
  if (data.seen.size() == 1) return say(page.lang, Msg::ResultTrendOne, {title});
  const auto unit = unit_of(page.form(), measure);
  const auto [low, high] = std::ranges::minmax(data.seen);
  return say(page.lang, Msg::ResultTrendRange,
             {title, format::number(page.lang, low, unit.digits) + unit.behind, format::number(page.lang, high, unit.digits) + unit.behind,
              format::number(page.lang, std::ssize(data.seen))});
}

/// Shares and indices keep their top; the bottom is cut to a round number below what is shown.
Axis trend_axis(const ResultPage& page, const TrendData& data) {
  auto axis = axis_of(page.form(), *page.headline->measure, data.high);
  const auto kind = page.headline->measure->kind;
  if (kind == MeasureKind::Sum) return axis;
  if (kind == MeasureKind::Rating) {
    axis.low = std::max(axis.low, std::floor(data.low - 0.2));
    return axis;
  }
  axis.low = std::max(0.0, std::floor((data.low - 5) / 10) * 10);
  return axis;
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

bool has_bars(const Measure& measure) { return measure.kind != MeasureKind::Sum && measure.kind != MeasureKind::Ratio; }

}  // namespace

const ItemReading* find_reading(const app::ResultView& view, std::string_view key) {
  for (const auto& reading : view.items)
    if (view.version->form.items[reading.item].key == key) return &reading;
  return nullptr;
}

void draw_headline(html::Out& o, const ResultPage& page) {
  if (page.headline == nullptr || page.view.records == 0) return;
  const auto lang = page.lang;
  const auto told = tell(lang, page.form(), *page.headline);
  const auto need_label = words(lang, page.view.needs.empty() ? Msg::ResultBehind : Msg::ResultNeedLabel);
  const StripPart figure{"", [&] { draw_figure(o, lang, figure_of(page, told)); }};
  const StripPart need{need_label, [&] { draw_need(o, page); }};
  switch (page.headline->measure->kind) {
    case MeasureKind::Rating:
      return draw_strip(o, {figure, {words(lang, Msg::ResultTopTwo), [&] { draw_top_two(o, page); }}, need});
    case MeasureKind::Skm:
      return draw_strip(o, {figure,
                            {words(lang, Msg::ResultGrade), [&] { draw_grade(o, page); }},
                            {words(lang, Msg::ResultPriorities), [&] { draw_priorities(o, page); }}});
    case MeasureKind::Sum:
      return draw_strip(o, {figure, need});
    case MeasureKind::Share:
    case MeasureKind::Ratio:
      break;
  }
  draw_strip(o, {figure, {words(lang, Msg::ResultTarget), [&] { draw_target(o, page, told); }}, need});
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

void draw_trend(html::Out& o, const ResultPage& page) {
  if (page.headline == nullptr || page.view.trend.empty()) return;
  const auto lang = page.lang;
  auto data = gather_trend(page);
  if (data.seen.empty() && page.view.records == 0) return;
  auto& chart = data.chart;
  chart.id = "tren";
  chart.finding = finding_of(page, data);
  chart.axis = trend_axis(page, data);
  chart.unit = unit_of(page.form(), *page.headline->measure);
  const auto from = format::number(lang, chart.axis.low, 0) + chart.unit.behind;
  const bool band = std::ranges::any_of(chart.lower, [](const auto& one) { return one.has_value(); });
  chart.measure = say(lang, band ? Msg::ResultTrendMeasureBand : Msg::ResultTrendMeasure, {from});
  if (!data.seen.empty())
    chart.source.push_back(
        say(lang, Msg::ResultTrendCases,
            {data.fewest == data.most ? format::number(lang, data.most)
                                      : format::range(format::number(lang, data.fewest), format::number(lang, data.most))}));
  chart.source.push_back(words(lang, Msg::ResultNoLimitsYet));
  chart.source.push_back(version_words(lang, page.form()) + (page.form().mark.empty() ? "" : ", " + page.form().mark.in(lang)));
  draw_lines(o, lang, chart);
}

void draw_distribution(html::Out& o, const ResultPage& page) {
  if (page.headline == nullptr || page.view.records == 0 || !has_bars(*page.headline->measure)) return;
  draw_card(o, {.title = words(page.lang, Msg::ResultDistribution), .id = "sebaran"},
            [&] { draw_measure_items(o, page, *page.headline->measure); });
}

void draw_other_measures(html::Out& o, const ResultPage& page) {
  if (page.view.measures.size() < 2 || page.view.records == 0) return;
  const auto lang = page.lang;
  for (const auto& reading : page.view.measures) {
    if (page.headline != nullptr && reading.measure == page.headline->measure) continue;
    auto address = page.address;
    address.measure = reading.measure->key;
    const auto told = tell(lang, page.form(), reading);
    draw_card(o, {.title = reading.measure->title.in(lang), .link = {words(lang, Msg::ResultOpen), address.href()}}, [&] {
      o.el("div", {{"class", "part-figure"}},
           [&] { draw_figure(o, lang, {"", told.value, address.href("/mengapa"), told.cases, told.interval}); });
      if (has_bars(*reading.measure)) draw_measure_items(o, page, *reading.measure);
    });
  }
}

}  // namespace pilar::web
