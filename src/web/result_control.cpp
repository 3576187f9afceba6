#include "web/result_control.h"

#include <algorithm>
#include <cmath>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/control.h"
#include "i18n/words/result.h"
#include "i18n/words/table.h"
#include "web/chart_mark_words.h"
#include "web/result_words.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kMostNamed = 3;

const MeasureReading* reading_of(const app::ResultMonth& month, const Measure& measure) {
  const auto at = std::ranges::find(month.measures, &measure, &MeasureReading::measure);
  return at == month.measures.end() ? nullptr : &*at;
}

Message since_words(Control::Turn turn) {
  if (turn == Control::Turn::Better) return Msg::ControlSinceBetter;
  return turn == Control::Turn::Worse ? Msg::ControlSinceWorse : Msg::ControlSinceChanged;
}

/// On which side of the centre line the last month stands.
Message outside_words(const ControlView& view) {
  for (std::size_t i = 0; i < view.months.size(); ++i) {
    const auto& at = view.control.chart.points[i];
    if (view.months[i].month == view.control.since && at.y && at.cl && *at.y < *at.cl) return Msg::ControlBelow;
  }
  return Msg::ControlAbove;
}

std::string tally(Lang lang, std::size_t count) { return format::number(lang, static_cast<std::int64_t>(count)); }
std::string fewest_words(Lang lang) { return format::number(lang, kControlCases, 0); }

/// "Februari 2026, Maret 2026"; the latest ones where there are many.
std::string month_list(Lang lang, const std::vector<Month>& months) {
  std::string out;
  const auto from = months.size() - std::min(months.size(), kMostNamed);
  for (auto i = from; i < months.size(); ++i) out += (out.empty() ? "" : ", ") + format::month(lang, months[i]);
  return out;
}

/// The year stands under the first month shown and under every January.
std::string tick_of(Lang lang, Month month, bool first) {
  const auto name = format::short_month(lang, month);
  const auto gap = name.find(' ');
  const bool january = month.value % 12 == 0;
  if (first || january) return name.substr(0, gap) + "\n" + name.substr(gap + 1);
  return name.substr(0, gap);
}

SpcPoint point_of(Lang lang, const ControlView& view, std::size_t i, const SpcPoint* before) {
  const auto& month = view.months[i];
  const auto& at = view.control.chart.points[i];
  SpcPoint point{.tick = tick_of(lang, month.month, i == 0), .name = format::month(lang, month.month), .value = at.y};
  point.open = month.running;
  point.centre = at.cl.value_or(before == nullptr ? 0 : before->centre);
  // A month without a value has no limits of its own; the band runs on.
  const bool goes_on = before != nullptr && !at.y;
  point.lower = at.lcl.value_or(goes_on ? before->lower : point.centre);
  point.upper = at.ucl.value_or(goes_on ? before->upper : point.centre);
  const bool judged = !month.running && view.control.turn != Control::Turn::TooFew;
  point.mark = judged ? spc_mark(at.type) : Mark::Common;
  point.labelled = view.control.last == month.month;
  point.few = at.y && !month.running && !at.type;
  if (const auto* reading = reading_of(month, view.measure); reading != nullptr && at.y)
    point.cases = tell(lang, view.form, *reading).cases;
  return point;
}

/// The smallest step between ticks that needs few of them.
double step_of(MeasureKind kind, double range) {
  constexpr double kMostTicks = 7;
  const double finest = kind == MeasureKind::Rating ? 0.1 : 1;
  for (const double step : {1.0, 2.0, 5.0, 10.0})
    if (range <= step * finest * kMostTicks) return step * finest;
  return 20 * finest;
}

struct Scale {
  Axis axis{};
  double step = 0;
};

/// Round ends that hold every point and limit, within the measure's natural ends.
Scale scale_around(const ControlView& view, const std::vector<SpcPoint>& points) {
  double low = points.front().lower, high = points.front().upper;
  for (const auto& point : points) {
    low = std::min({low, point.lower, point.value.value_or(low)});
    high = std::max({high, point.upper, point.value.value_or(high)});
  }
  if (view.measure.target && view.control.kind != math::SpcChart::S) {
    low = std::min(low, view.measure.target->to_double());
    high = std::max(high, view.measure.target->to_double());
  }
  auto natural = axis_of(view.form, view.measure, high);
  // A spread begins at nothing, a rate may pass 100 %.
  if (view.control.kind == math::SpcChart::S) natural.low = 0;
  if (view.control.kind == math::SpcChart::U || view.control.kind == math::SpcChart::Up) natural.high = std::max(natural.high, high);
  if (is_open_ended(view.measure)) return {natural, 0};
  low = std::max(low, natural.low);
  high = std::min(high, natural.high);
  const double step = step_of(view.measure.kind, high - low);
  return {{std::max(natural.low, std::floor(low / step) * step), std::min(natural.high, std::ceil(high / step) * step)}, step};
}

}  // namespace

Mark spc_mark(std::optional<math::SpcPointType> type) {
  switch (type.value_or(math::SpcPointType::CommonCause)) {
    case math::SpcPointType::Improvement:
      return Mark::Improvement;
    case math::SpcPointType::Concern:
      return Mark::Concern;
    case math::SpcPointType::Neutral:
      return Mark::Neutral;
    case math::SpcPointType::CommonCause:
      break;
  }
  return Mark::Common;
}

std::string cases_words(Lang lang, const ControlView& view) {
  std::vector<double> counted;
  for (std::size_t i = 0; i < view.control.n.size(); ++i)
    if (!view.months[i].running && view.control.n[i] > 0) counted.push_back(view.control.n[i]);
  if (counted.empty()) return {};
  const auto [low, high] = std::ranges::minmax(counted);
  const auto few = format::number(lang, low, 0), many = format::number(lang, high, 0);
  return say(lang, Msg::ResultTrendCases, {low == high ? many : format::range(few, many)});
}

namespace {

struct AssuranceRow {
  math::SpcAssurance assurance;
  Assurance sign;
  Message words;
};
constexpr AssuranceRow kAssurances[] = {{math::SpcAssurance::ConsistentlyPassing, Assurance::Reliable, Msg::ControlReliable},
                                        {math::SpcAssurance::Inconsistent, Assurance::Uncertain, Msg::ControlUncertain},
                                        {math::SpcAssurance::ConsistentlyFailing, Assurance::Unreachable, Msg::ControlUnreachable}};

Variation variation_of(Control::Turn turn) {
  switch (turn) {
    case Control::Turn::Better:
      return Variation::Improving;
    case Control::Turn::Worse:
      return Variation::Deteriorating;
    case Control::Turn::Changed:
      return Variation::Changed;
    default:
      return Variation::Ordinary;
  }
}

Message turn_words(Control::Turn turn) {
  switch (turn) {
    case Control::Turn::Better:
      return Msg::ControlBetter;
    case Control::Turn::Worse:
      return Msg::ControlWorse;
    case Control::Turn::Changed:
      return Msg::ControlChanged;
    default:
      return Msg::ControlOrdinary;
  }
}

}  // namespace

Control control_of(const Measure& measure, const app::ResultView& view, const ControlWish& wish) {
  if (is_cumulative(view.version->form, measure)) {
    auto control = yearly_control(measure);
    for (const auto& month : view.trend)
      if (const auto* reading = reading_of(month, measure); !month.running && reading != nullptr && reading->share.denominator > 0)
        control.last = month.month;
    return control;
  }
  std::vector<ControlMonth> given;
  for (const auto& month : view.trend) given.push_back({month.month, month.running, reading_of(month, measure)});
  ControlChoice choice;
  if (!view.breakdown) choice = view.marks.choice(view.version->form.key + "/" + measure.key);
  choice.kind = wish.kind;
  choice.rules = wish.rules;
  return control_of(measure, given, choice);
}

ControlView control_view(const Measure& measure, const Control& control, const app::ResultView& view) {
  const auto formula = view.version->form.key + "/" + measure.key;
  return {view.version->form, measure, control, view.trend, view.marks.of(formula), view.marks.breaks_of(formula)};
}

Message kind_words(math::SpcChart kind) {
  switch (kind) {
    case math::SpcChart::Run:
      return Msg::ControlRun;
    case math::SpcChart::P:
      return Msg::ControlP;
    case math::SpcChart::Pp:
      return Msg::ControlPp;
    case math::SpcChart::U:
      return Msg::ControlU;
    case math::SpcChart::Up:
      return Msg::ControlUp;
    case math::SpcChart::C:
      return Msg::ControlC;
    case math::SpcChart::G:
      return Msg::ControlG;
    case math::SpcChart::T:
      return Msg::ControlT;
    case math::SpcChart::Xbar:
      return Msg::ControlXbar;
    case math::SpcChart::S:
      return Msg::ControlS;
    case math::SpcChart::I:
    case math::SpcChart::Mr:
      break;
  }
  return Msg::ControlI;
}

Message rules_words(math::SpcRules rules) {
  switch (rules) {
    case math::SpcRules::Anhoej:
      return Msg::ControlRulesAnhoej;
    case math::SpcRules::WesternElectric:
      return Msg::ControlRulesWestern;
    case math::SpcRules::Nelson:
      return Msg::ControlRulesNelson;
    case math::SpcRules::Nhs:
      break;
  }
  return Msg::ControlRulesNhs;
}

std::string finding_words(Lang lang, const ControlView& view) {
  const auto title = view.measure.title.in(lang);
  const auto& control = view.control;
  const auto needed = std::to_string(kControlMonths);
  if (control.turn == Control::Turn::Yearly) return say(lang, Msg::ControlYearly, {title});
  if (control.turn == Control::Turn::TooShort && control.start)
    return say(lang, Msg::ControlNewLines, {title, format::month(lang, *control.start), tally(lang, control.since_start), needed});
  if (control.turn == Control::Turn::TooShort) return say(lang, Msg::ControlTooShort, {title, tally(lang, control.months), needed});
  if (control.turn == Control::Turn::TooFew) return say(lang, Msg::ControlTooFewFinding, {title, fewest_words(lang)});
  if (control.since && control.lasting == 1)
    return say(lang, Msg::ControlMonthOutside, {format::month(lang, *control.since), title, words(lang, outside_words(view))});
  if (control.since) return say(lang, since_words(control.turn), {format::month(lang, *control.since), title});
  const auto months = tally(lang, control.months);
  if (control.crossings < control.crossings_min)
    return say(lang, Msg::ControlFewCrossings, {title, tally(lang, control.crossings), tally(lang, control.crossings_min)});
  if (control.earlier.empty()) return say(lang, Msg::ControlNoChange, {title, months});
  return say(lang, Msg::ControlEarlier, {title, month_list(lang, control.earlier)});
}

SpcChart control_chart(Lang lang, const ControlView& view) {
  SpcChart chart;
  chart.finding = finding_words(lang, view);
  chart.unit = unit_of(view.form, view.measure);
  for (std::size_t i = 0; i < view.months.size(); ++i) {
    const auto before = chart.points.empty() ? std::nullopt : std::optional(chart.points.back());
    chart.points.push_back(point_of(lang, view, i, before ? &*before : nullptr));
  }
  const auto scale = scale_around(view, chart.points);
  chart.axis = scale.axis;
  chart.step = scale.step;
  for (auto& point : chart.points) {
    point.lower = std::clamp(point.lower, chart.axis.low, chart.axis.high);
    point.upper = std::clamp(point.upper, chart.axis.low, chart.axis.high);
  }
  if (view.measure.target && view.control.kind != math::SpcChart::S) {
    chart.target = view.measure.target->to_double();
    chart.target_words = target_words(lang, view.form, view.measure);
  }
  const auto from = format::number(lang, chart.axis.low, view.measure.kind == MeasureKind::Rating ? 1 : 0) + chart.unit.behind;
  chart.measure = say(lang, Msg::ControlMeasure, {view.measure.title.in(lang), from});
  chart.source = control_source(lang, view);
  chart.limits = view.control.kind != math::SpcChart::Run;
  chart.notes = mark_notes(lang, view);
  return chart;
}

void draw_change(html::Out& o, Lang lang, const ControlView& view) {
  const auto& control = view.control;
  const auto needed = std::to_string(kControlMonths);
  if (control.turn == Control::Turn::Yearly)
    return draw_statement(o, words(lang, Msg::ControlYearlyWords), words(lang, Msg::ControlYearlyNote));
  if (control.turn == Control::Turn::TooShort && control.start)
    return draw_statement(
        o, words(lang, Msg::ControlShortWords),
        say(lang, Msg::ControlNewLinesNote, {format::month(lang, *control.start), tally(lang, control.since_start), needed}));
  if (control.turn == Control::Turn::TooShort)
    return draw_statement(o, words(lang, Msg::ControlShortWords), say(lang, Msg::ControlShortNote, {tally(lang, control.months), needed}));
  if (control.turn == Control::Turn::TooFew)
    return draw_statement(o, words(lang, Msg::ControlTooFewWords),
                          say(lang, Msg::ControlTooFewNote, {tally(lang, control.weak), tally(lang, control.months), fewest_words(lang)}));
  const auto note = control.since ? say(lang, Msg::ControlSinceNote, {format::month(lang, *control.since)}) : std::string();
  draw_variation(o, variation_of(control.turn), words(lang, turn_words(control.turn)), note);
  if (!control.chart.assurance) return;
  for (const auto& row : kAssurances)
    if (row.assurance == *control.chart.assurance)
      draw_assurance(o, row.sign, words(lang, row.words), say(lang, Msg::ControlTargetNote, {target_words(lang, view.form, view.measure)}));
}

Table control_table(Lang lang, const ControlView& view, const std::string& place) {
  using enum TableColumn::Kind;
  constexpr int kDigits = 4;
  Table out{.caption = finding_words(lang, view)};
  out.notes = {{words(lang, Msg::TableFacility), place}};
  for (const auto& line : control_source(lang, view)) out.notes.push_back({words(lang, Msg::ResultSource), line});
  out.columns = {{words(lang, Msg::ResultMonth)},
                 {words(lang, Msg::CommonValue), Number, kDigits},
                 {words(lang, Msg::CommonCases), Number},
                 {words(lang, Msg::CommonLowerLimit), Number, kDigits},
                 {words(lang, Msg::ControlCentre), Number, kDigits},
                 {words(lang, Msg::CommonUpperLimit), Number, kDigits},
                 {words(lang, Msg::CommonState)},
                 {words(lang, Msg::ControlNotes)}};
  out.rows = [lang, view](const OnTableRow& write) {
    const auto cell = [](const std::optional<double>& value) { return value ? TableCell(rounded(*value)) : TableCell(); };
    const auto notes = mark_notes(lang, view);
    for (std::size_t i = 0; i < view.months.size(); ++i) {
      const auto at = i < view.control.chart.points.size() ? view.control.chart.points[i] : math::SpcPoint{};
      const auto type = view.months[i].running || !at.type ? std::string() : std::string(math::point_name(*at.type));
      const auto n = i < view.control.n.size() ? TableCell(Decimal::whole(static_cast<std::int64_t>(view.control.n[i]))) : TableCell();
      const std::vector<TableCell> cells{iso(view.months[i].month), cell(at.y), n, cell(at.lcl), cell(at.cl), cell(at.ucl), type,
                                         notes_at(notes, i)};
      write(cells);
    }
  };
  return out;
}

std::vector<std::string> control_source(Lang lang, const ControlView& view) {
  const auto& control = view.control;
  std::vector<std::string> lines{words(lang, kind_words(control.kind))};
  if (auto cases = cases_words(lang, view); !cases.empty()) lines.push_back(std::move(cases));
  if (control.baseline_from && control.baseline_to)
    lines.push_back(say(
        lang, Msg::ControlPoints,
        {tally(lang, control.months), tally(lang, control.baseline), format::range(lang, *control.baseline_from, *control.baseline_to)}));
  if (control.start) lines.push_back(say(lang, Msg::ControlStarts, {format::month(lang, *control.start)}));
  if (control.frozen) lines.push_back(words(lang, Msg::ControlFrozen));
  lines.push_back(words(lang, rules_words(control.rules)));
  if (control.baseline < kControlSteady && control.kind != math::SpcChart::Run)
    lines.push_back(say(lang, Msg::ControlRough, {tally(lang, control.baseline), std::to_string(kControlSteady)}));
  if (control.exact > 0) lines.push_back(say(lang, Msg::ControlExact, {tally(lang, control.exact)}));
  if (control.weak > 0) lines.push_back(say(lang, Msg::ControlWeak, {tally(lang, control.weak), fewest_words(lang)}));
  lines.push_back(version_words(lang, view.form) + (view.form.mark.empty() ? "" : ", " + view.form.mark.in(lang)));
  return lines;
}

}  // namespace pilar::web
