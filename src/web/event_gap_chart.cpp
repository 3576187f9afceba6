#include "web/event_gap_chart.h"

#include <algorithm>
#include <cmath>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/control.h"
#include "i18n/words/result.h"
#include "i18n/words/table.h"
#include "web/chart_mark_words.h"
#include "web/result_control.h"
#include "web/result_words.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

std::string count_of_gaps(Lang lang, std::size_t count) { return format::number(lang, static_cast<std::int64_t>(count)); }

Message unit_of_gap(const GapChart& gaps) { return gaps.kind == math::SpcChart::G ? Msg::ControlGapCases : Msg::ControlGapDays; }

std::string gap_finding(Lang lang, const GapChart& gaps, const Measure& measure) {
  const auto title = measure.title.in(lang);
  const auto since = gaps.since ? format::date(lang, *gaps.since) : std::string();
  switch (gaps.turn) {
    case GapChart::Turn::TooShort:
      if (gaps.closed == 0) return say(lang, Msg::ControlGapNone, {title});
      if (gaps.start)
        return say(lang, Msg::ControlGapNew,
                   {title, format::month(lang, *gaps.start), count_of_gaps(lang, gaps.since_start), std::to_string(math::kSpcFewest)});
      return say(lang, Msg::ControlGapShort, {title, count_of_gaps(lang, gaps.closed), std::to_string(math::kSpcFewest)});
    case GapChart::Turn::Longer:
      return say(lang, Msg::ControlGapLonger, {title, since});
    case GapChart::Turn::Shorter:
      return say(lang, Msg::ControlGapShorter, {title, since});
    case GapChart::Turn::Ordinary:
      break;
  }
  const auto& phase = gaps.chart.phases.back();
  if (gaps.rules == math::SpcRules::Anhoej && phase.few_crossings())
    return say(lang, Msg::ControlFewCrossings,
               {title, count_of_gaps(lang, *phase.n_crossings), count_of_gaps(lang, *phase.n_crossings_min)});
  return say(lang, Msg::ControlGapOrdinary, {title});
}

std::vector<std::string> gap_source(Lang lang, const GapChart& gaps, const Instrument& form) {
  const auto points = gaps.frozen ? Msg::ControlGapFrozen : Msg::ControlGapPoints;
  std::vector<std::string> lines{words(lang, kind_words(gaps.kind)),
                                 say(lang, points, {count_of_gaps(lang, gaps.closed), count_of_gaps(lang, gaps.baseline)})};
  if (gaps.start) lines.push_back(say(lang, Msg::ControlStarts, {format::month(lang, *gaps.start)}));
  if (gaps.frozen_too_small) lines.push_back(say(lang, Msg::ControlGapFrozenFew, {std::to_string(math::kSpcFewest)}));
  lines.push_back(words(lang, rules_words(gaps.rules)));
  lines.push_back(version_words(lang, form) + (form.mark.empty() ? "" : ", " + form.mark.in(lang)));
  return lines;
}

/// A note stands at the distance that was going on that day.
std::vector<SpcNote> gap_notes(const ResultPage& page, const GapChart& gaps) {
  const auto formula = page.form().key + "/" + page.headline->measure->key;
  const auto& marks = page.view.marks;
  return mark_notes(page.lang, marks.of(formula), marks.breaks_of(formula), [&](Day day) -> std::optional<std::size_t> {
    for (std::size_t i = 0; i < gaps.gaps.size(); ++i) {
      const auto& gap = gaps.gaps[i];
      if (gap.day.value - gap.days <= day.value && day <= gap.day) return i;
    }
    return {};
  });
}

SpcPoint gap_point(Lang lang, const GapChart& gaps, std::size_t i) {
  const auto& gap = gaps.gaps[i];
  const auto& at = gaps.chart.points[i];
  const auto name = gap.open ? words(lang, Msg::ControlGapOpen) : format::date(lang, gap.day);
  SpcPoint point{.tick = format::short_date(lang, gap.day), .name = name, .value = at.y};
  point.centre = at.cl.value_or(0);
  point.lower = at.lcl.value_or(point.centre);
  point.upper = at.ucl.value_or(point.centre);
  point.open = gap.open;
  point.mark = gaps.is_judged(i) ? spc_mark(at.type) : Mark::Common;
  point.labelled = i + 1 == gaps.gaps.size();
  return point;
}

}  // namespace

void draw_gap_chart(html::Out& o, const ResultPage& page) {
  const auto lang = page.lang;
  const auto& gaps = *page.gaps;
  const auto& measure = *page.headline->measure;
  const auto finding = gap_finding(lang, gaps, measure);
  if (gaps.closed == 0) return draw_card(o, {.title = finding, .id = "tren"}, [&] { o.el("p", {}, words(lang, Msg::ControlWhyG)); });
  SpcChart chart{.id = "tren", .finding = finding, .measure = measure.title.in(lang) + ": " + words(lang, unit_of_gap(gaps))};
  double highest = 1;
  for (std::size_t i = 0; i < gaps.gaps.size(); ++i) {
    chart.points.push_back(gap_point(lang, gaps, i));
    highest = std::max({highest, chart.points.back().upper, chart.points.back().value.value_or(0)});
  }
  chart.axis = {0, std::ceil(highest)};
  chart.unit.digits = 0;
  chart.source = gap_source(lang, gaps, page.form());
  chart.notes = gap_notes(page, gaps);
  chart.file = {words(lang, Msg::ResultDownload), page.address.href("/bagan.csv")};
  draw_spc(o, lang, chart);
}

Table gap_table(const ResultPage& page, const GapChart& gaps) {
  using enum TableColumn::Kind;
  constexpr int kDigits = 4;
  const auto lang = page.lang;
  Table out{.caption = gap_finding(lang, gaps, *page.headline->measure)};
  out.notes = {{words(lang, Msg::TableFacility), page.view.node->name}};
  for (const auto& line : gap_source(lang, gaps, page.form())) out.notes.push_back({words(lang, Msg::ResultSource), line});
  out.columns = {{words(lang, Msg::ControlGapDay)},
                 {words(lang, Msg::CommonCases), Number},
                 {words(lang, Msg::ControlGapDaysHead), Number},
                 {words(lang, Msg::CommonLowerLimit), Number, kDigits},
                 {words(lang, Msg::ControlCentre), Number, kDigits},
                 {words(lang, Msg::CommonUpperLimit), Number, kDigits},
                 {words(lang, Msg::CommonState)},
                 {words(lang, Msg::ControlNotes)}};
  out.rows = [lang, &gaps, notes = gap_notes(page, gaps)](const OnTableRow& write) {
    const auto cell = [](const std::optional<double>& value) { return value ? TableCell(rounded(*value)) : TableCell(); };
    for (std::size_t i = 0; i < gaps.gaps.size(); ++i) {
      const auto& gap = gaps.gaps[i];
      const auto& at = gaps.chart.points[i];
      std::string state = at.type ? std::string(math::point_name(*at.type)) : std::string();
      if (gap.open) state = words(lang, Msg::ControlGapOpen);
      const std::vector<TableCell> cells{
          iso(gap.day), Decimal::whole(gap.cases), Decimal::whole(gap.days), cell(at.lcl), cell(at.cl), cell(at.ucl),
          state,        notes_at(notes, i)};
      write(cells);
    }
  };
  return out;
}

}  // namespace pilar::web
