#include "web/charts.h"

#include <algorithm>

#include "base/json.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/control.h"

namespace pilar::web {
namespace {

std::string shown(Lang lang, const ValueFormat& unit, std::optional<double> value) {
  if (!value) return std::string(format::kNone);
  return format::number(lang, *value, unit.digits) + unit.behind;
}

std::string limits(Lang lang, const ValueFormat& unit, double lower, double upper) {
  return format::range(format::number(lang, lower, unit.digits), shown(lang, unit, upper));
}

Message words_of(Mark mark) {
  switch (mark) {
    case Mark::Improvement:
      return Msg::CommonMarkImprovement;
    case Mark::Concern:
      return Msg::CommonMarkConcern;
    case Mark::Neutral:
      return Msg::CommonMarkNeutral;
    case Mark::Open:
      return Msg::CommonMarkOpen;
    default:
      return Msg::CommonMarkCommon;
  }
}

std::string_view key_of(Mark mark) {
  switch (mark) {
    case Mark::Improvement:
      return "improvement";
    case Mark::Concern:
      return "concern";
    case Mark::Neutral:
      return "neutral";
    default:
      return "common";
  }
}

json::Value number_or_null(std::optional<double> value) { return value ? json::Value(*value) : json::Value(nullptr); }

json::Array numbers(const std::vector<double>& values) { return {values.begin(), values.end()}; }

json::Object axis_json(const Axis& axis, const ValueFormat& unit) {
  return {{"low", axis.low}, {"high", axis.high}, {"unit", unit.behind}, {"digits", unit.digits}};
}

/// "A", "B" ... "Z", "AA".
std::string letter(std::size_t which) {
  std::string out(1, static_cast<char>('A' + which % 26));
  return which < 26 ? out : letter(which / 26 - 1) + out;
}

/// "A", or "A C" where several notes stand at one point.
std::string letters_at(const SpcChart& chart, std::size_t at) {
  std::string out;
  for (std::size_t i = 0; i < chart.notes.size(); ++i)
    if (chart.notes[i].at == at) out += (out.empty() ? "" : " ") + letter(i);
  return out;
}

std::string head(Lang lang, Message message) { return std::string(say(lang, message)); }

/// The holder: a drawing that names its finding for those who do not see it, and its data beside it.
void draw_holder(html::Out& o, Lang lang, std::string_view kind, std::string_view css_class, const std::string& finding,
                 const json::Value& data) {
  o.el("div",
       {{"class", css_class},
        {"data-chart", kind},
        {"role", "img"},
        {"aria-label", finding},
        {"data-fault", say(lang, Msg::CommonChartFault)}},
       [&] {
         o.json({}, json::print(data));
         o.el("noscript", {}, say(lang, Msg::CommonChartFault));
       });
}

/// Finding, measure, drawing, then the points as a table that opens in place.
void draw_frame(html::Out& o, Lang lang, const std::string& id, const std::string& finding, const std::string& measure,
                const std::vector<std::string>& source, const Body& drawing, const Body& table) {
  draw_card(o, {.title = finding, .note = measure, .id = id}, [&] {
    drawing();
    o.el("details", {{"class", "chart-table"}}, [&] {
      o.el("summary", {}, say(lang, Msg::CommonSeeTable));
      table();
    });
    if (source.empty()) return;
    o.el("p", {{"class", "source"}}, [&] {
      for (const auto& line : source) o.el("span", {}, line);
    });
  });
}

json::Value spc_json(Lang lang, const SpcChart& chart, bool small) {
  json::Array points;
  for (const auto& p : chart.points) {
    json::Array detail{p.name, shown(lang, chart.unit, p.value) + (p.cases.empty() ? "" : " (" + p.cases + ")")};
    if (chart.limits) detail.emplace_back(say(lang, Msg::CommonLimitsFromTo, {limits(lang, chart.unit, p.lower, p.upper)}));
    if (p.few) detail.emplace_back(head(lang, Msg::ControlFewMonth));
    points.emplace_back(json::Object{{"tick", p.tick},
                                     {"value", number_or_null(p.value)},
                                     {"lower", p.lower},
                                     {"centre", p.centre},
                                     {"upper", p.upper},
                                     {"mark", key_of(p.mark)},
                                     {"open", p.open || p.few},
                                     {"label", p.labelled ? json::Value(shown(lang, chart.unit, p.value)) : json::Value(nullptr)},
                                     {"detail", std::move(detail)}});
  }
  json::Array notes;
  for (std::size_t at = 0; at < chart.points.size(); ++at)
    if (auto letters = letters_at(chart, at); !letters.empty())
      notes.emplace_back(json::Object{{"at", static_cast<std::int64_t>(at)}, {"letter", std::move(letters)}});
  const auto centre = chart.points.empty() ? std::optional<double>{} : chart.points.back().centre;
  return json::Object{{"small", small},
                      {"limits", chart.limits},
                      {"axis", axis_json(chart.axis, chart.unit)},
                      {"step", chart.step},
                      {"points", std::move(points)},
                      {"notes", std::move(notes)},
                      {"target", number_or_null(chart.target)},
                      {"words", json::Object{{"target", small ? chart.target_words : say(lang, Msg::CommonTarget, {chart.target_words})},
                                             {"upper", say(lang, Msg::CommonUpperLimit)},
                                             {"lower", say(lang, Msg::CommonLowerLimit)},
                                             {"centre", say(lang, Msg::CommonCentre, {shown(lang, chart.unit, centre)})}}}};
}

/// Shapes with their words, only those that occur.
void draw_shapes(html::Out& o, Lang lang, const SpcChart& chart) {
  o.el("ul", {{"class", "keys"}}, [&] {
    for (const auto mark : {Mark::Common, Mark::Improvement, Mark::Concern, Mark::Neutral, Mark::Open}) {
      const bool occurs = std::ranges::any_of(
          chart.points, [&](const SpcPoint& p) { return p.value && (mark == Mark::Open ? p.open : p.mark == mark && !p.few); });
      if (!occurs) continue;
      o.el("li", {}, [&] {
        draw_mark(o, mark);
        o.text(say(lang, words_of(mark)));
      });
    }
  });
}

void draw_notes(html::Out& o, const SpcChart& chart) {
  if (chart.notes.empty()) return;
  o.el("ul", {{"class", "chart-notes"}}, [&] {
    for (std::size_t i = 0; i < chart.notes.size(); ++i)
      o.el("li", {}, [&] {
        const auto& note = chart.notes[i];
        o.el("b", {}, letter(i));
        o.text(" " + note.text);
        if (note.link.href.empty()) return;
        o.text(" ");
        o.el("a", {{"href", note.link.href}}, note.link.text);
      });
  });
}

std::string point_state(Lang lang, const SpcPoint& point) {
  if (!point.value) return std::string(format::kNone);
  if (point.few) return head(lang, Msg::ControlFewMonth);
  return head(lang, point.open ? Msg::CommonMarkOpen : words_of(point.mark));
}

void draw_spc_table(html::Out& o, Lang lang, const SpcChart& chart) {
  TableHead columns{.caption = chart.finding,
                    .columns = {{head(lang, Msg::CommonPeriod)},
                                {head(lang, Msg::CommonValue), true},
                                {head(lang, Msg::CommonCases), true},
                                {head(lang, Msg::CommonLimits), true},
                                {head(lang, Msg::CommonState)}}};
  if (!chart.notes.empty()) columns.columns.push_back({head(lang, Msg::ControlNotes)});
  draw_table(o, columns, [&](Rows& rows) {
    for (std::size_t i = 0; i < chart.points.size(); ++i)
      rows.row([&](Row& row) {
        const auto& p = chart.points[i];
        row.name(p.name);
        row.cell(shown(lang, chart.unit, p.value));
        row.cell(p.cases);
        row.cell(chart.limits ? limits(lang, chart.unit, p.lower, p.upper) : std::string(format::kNone));
        row.cell(point_state(lang, p));
        if (!chart.notes.empty()) row.cell(letters_at(chart, i));
      });
  });
}

Message funnel_words(const FunnelChart& chart, const FunnelPoint& point) {
  if (point.mark == Mark::Common || point.mark == Mark::None) return Msg::CommonWithinLimits;
  if (point.mark == Mark::Neutral) return Msg::CommonOutsideLimits;
  return point.value > chart.centre ? Msg::CommonAboveLimits : Msg::CommonBelowLimits;
}

json::Value funnel_json(Lang lang, const FunnelChart& chart) {
  json::Array points, limit_lines;
  for (const auto& p : chart.points) {
    const auto cases = format::number(lang, p.size, 0) + " " + chart.size_words;
    points.emplace_back(json::Object{{"name", p.name},
                                     {"size", p.size},
                                     {"value", p.value},
                                     {"mark", key_of(p.mark)},
                                     {"few", p.few},
                                     {"detail", json::Array{p.name, shown(lang, chart.unit, p.value), cases}}});
  }
  for (const auto& limit : chart.limits)
    limit_lines.emplace_back(
        json::Object{{"name", limit.name}, {"dashed", limit.dashed}, {"lower", numbers(limit.lower)}, {"upper", numbers(limit.upper)}});
  return json::Object{{"axis", axis_json(chart.axis, chart.unit)},
                      {"sizes", numbers(chart.sizes)},
                      {"limits", std::move(limit_lines)},
                      {"points", std::move(points)},
                      {"centre", chart.centre},
                      {"words", json::Object{{"size", chart.size_words}, {"centre", shown(lang, chart.unit, chart.centre)}}}};
}

json::Array numbers(const std::vector<std::optional<double>>& values) {
  json::Array out;
  for (const auto& value : values) out.push_back(number_or_null(value));
  return out;
}

json::Value lines_json(const LineChart& chart) {
  json::Array lines;
  for (const auto& line : chart.lines)
    lines.emplace_back(json::Object{{"name", line.name}, {"dashed", line.dashed}, {"values", numbers(line.values)}});
  return json::Object{{"axis", axis_json(chart.axis, chart.unit)},
                      {"ticks", json::Array(chart.ticks.begin(), chart.ticks.end())},
                      {"cases", json::Array(chart.cases.begin(), chart.cases.end())},
                      {"lines", std::move(lines)},
                      {"open", static_cast<std::int64_t>(std::min(chart.open_from, chart.ticks.size()))},
                      {"lower", numbers(chart.lower)},
                      {"upper", numbers(chart.upper)}};
}

}  // namespace

namespace {

void draw_line_row(Row& row, Lang lang, const LineChart& chart, std::size_t i) {
  row.name(chart.ticks[i] + (i < chart.open_from ? "" : " (" + head(lang, Msg::CommonIncomplete) + ")"));
  for (const auto& line : chart.lines) row.cell(shown(lang, chart.unit, i < line.values.size() ? line.values[i] : std::nullopt));
  if (i < chart.cases.size()) row.cell(chart.cases[i]);
}

void draw_line_table(html::Out& o, Lang lang, const LineChart& chart) {
  TableHead columns{.caption = chart.finding, .columns = {{head(lang, Msg::CommonPeriod)}}};
  for (const auto& line : chart.lines) columns.columns.push_back({line.name, true});
  if (!chart.cases.empty()) columns.columns.push_back({head(lang, Msg::CommonCases), true});
  draw_table(o, columns, [&](Rows& rows) {
    for (std::size_t i = 0; i < chart.ticks.size(); ++i) rows.row([&](Row& row) { draw_line_row(row, lang, chart, i); });
  });
}

}  // namespace

void draw_spc(html::Out& o, Lang lang, const SpcChart& chart) {
  const auto drawing = [&] {
    draw_holder(o, lang, "spc", "chart", chart.finding, spc_json(lang, chart, /*small=*/false));
    draw_shapes(o, lang, chart);
    draw_notes(o, chart);
  };
  draw_frame(o, lang, chart.id, chart.finding, chart.measure, chart.source, drawing, [&] {
    draw_spc_table(o, lang, chart);
    if (!chart.file.href.empty()) o.el("p", {{"class", "note"}}, [&] { o.el("a", {{"href", chart.file.href}}, chart.file.text); });
  });
}

void draw_small_spc(html::Out& o, Lang lang, const SpcChart& chart) {
  draw_holder(o, lang, "spc", "chart small", chart.finding, spc_json(lang, chart, /*small=*/true));
}

void draw_funnel(html::Out& o, Lang lang, const FunnelChart& chart) {
  const auto table = [&] {
    const TableHead columns{.caption = chart.finding,
                            .columns = {{head(lang, Msg::CommonName)},
                                        {head(lang, Msg::CommonValue), true},
                                        {head(lang, Msg::CommonCases), true},
                                        {head(lang, Msg::CommonState)}}};
    draw_table(o, columns, [&](Rows& rows) {
      for (const auto& p : chart.points)
        rows.row([&](Row& row) {
          row.name(p.name);
          row.cell(shown(lang, chart.unit, p.value));
          row.cell(format::number(lang, p.size, 0));
          row.cell(say(lang, p.few ? Msg::CommonFewData : funnel_words(chart, p)));
        });
    });
  };
  draw_frame(
      o, lang, chart.id, chart.finding, chart.measure, chart.source,
      [&] { draw_holder(o, lang, "funnel", "chart", chart.finding, funnel_json(lang, chart)); }, table);
}

void draw_lines(html::Out& o, Lang lang, const LineChart& chart) {
  draw_frame(
      o, lang, chart.id, chart.finding, chart.measure, chart.source,
      [&] { draw_holder(o, lang, "lines", "chart", chart.finding, lines_json(chart)); }, [&] { draw_line_table(o, lang, chart); });
}

}  // namespace pilar::web
