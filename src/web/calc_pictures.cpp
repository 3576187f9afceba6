#include "web/calc_pictures.h"

#include <algorithm>
#include <array>

#include "app/calc.h"
#include "domain/risk.h"
#include "i18n/field_name.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/guide.h"
#include "web/calc_bars.h"
#include "web/calc_result.h"
#include "web/charts.h"
#include "web/words.h"

namespace pilar::web {
namespace {

using json::Value;

std::optional<double> figure_at(const Value& body, std::string_view key) {
  const auto* value = body.find(key);
  return value == nullptr || !value->is_number() ? std::nullopt : value->to_double();
}

std::vector<std::optional<double>> figures(const Value& body, std::string_view key) {
  std::vector<std::optional<double>> out;
  const auto* values = body.find(key);
  if (values == nullptr || !values->is_array()) return out;
  for (const auto& value : values->array()) out.push_back(value.is_number() ? value.to_double() : std::nullopt);
  return out;
}

std::string label_at(const Value& labels, std::size_t i) {
  const auto& label = labels.array().at(i);
  return label.is_string() ? label.string() : label.is_null() ? std::string() : json::print(label);
}

/// An axis with some room around these figures.
Axis axis_around(const std::vector<std::optional<double>>& values) {
  Axis axis{0, 0};
  bool first = true;
  for (const auto& value : values) {
    if (!value) continue;
    axis.low = first ? *value : std::min(axis.low, *value);
    axis.high = first ? *value : std::max(axis.high, *value);
    first = false;
  }
  constexpr double kRoom = 0.08;
  const double room = axis.high > axis.low ? (axis.high - axis.low) * kRoom : 1;
  return {axis.low >= 0 ? std::max(0.0, axis.low - room) : axis.low - room, axis.high + room};
}

Mark point_mark_of(const Value& type) {
  if (!type.is_string()) return Mark::Common;
  if (type.string() == "special_improvement") return Mark::Improvement;
  if (type.string() == "special_concern") return Mark::Concern;
  return type.string() == "special_neutral" ? Mark::Neutral : Mark::Common;
}

Message spc_finding_of(const Value& body) {
  const auto* variation = body.find("variation");
  if (variation == nullptr || !variation->is_string()) return Msg::GuideSpcShort;
  if (variation->string() == "improvement") return Msg::GuideSpcBetter;
  if (variation->string() == "concern") return Msg::GuideSpcWorse;
  return variation->string() == "neutral" ? Msg::GuideSpcChanged : Msg::GuideSpcOrdinary;
}

void draw_control_chart(html::Out& o, Lang lang, const Value& body) {
  const auto* points = body.find("points");
  if (points == nullptr || points->find("y") == nullptr) return;
  const auto y = figures(*points, "y"), cl = figures(*points, "cl"), lcl = figures(*points, "lcl"), ucl = figures(*points, "ucl");
  const auto *x = points->find("x"), *types = points->find("point_type");
  SpcChart chart{.id = "grafik", .finding = words(lang, spc_finding_of(body)), .measure = std::string(field_name(lang, "spc", "y"))};
  auto all = y;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const auto centre = cl[i].value_or(y[i].value_or(0));
    SpcPoint point{.tick = label_at(*x, i), .name = label_at(*x, i), .value = y[i]};
    point.centre = centre;
    point.lower = lcl[i].value_or(centre);
    point.upper = ucl[i].value_or(centre);
    point.mark = point_mark_of(types->array().at(i));
    all.insert(all.end(), {point.lower, point.upper});
    chart.points.push_back(std::move(point));
  }
  chart.axis = axis_around(all);
  chart.unit.digits = 2;
  if (const auto* rules = body.find("rules"))
    chart.source = {say(lang, Msg::GuideRules, {std::string(field_name(lang, "spc", "rules=" + rules->string()))})};
  draw_spc(o, lang, chart);
}

Mark funnel_mark_of(const Value* signal) {
  const auto said = signal != nullptr && signal->is_string() ? signal->string() : std::string();
  return said.contains("99_8") ? Mark::Neutral : Mark::Common;
}

/// Groups by their denominators; the limits through those of each group.
void draw_funnel_chart(html::Out& o, Lang lang, const Value& input, const Value& body) {
  const auto sizes = figures(input, "denominator"), values = figures(body, "value");
  const auto centre = figure_at(body, "target");
  const auto *groups = body.find("group"), *signals = body.find("signal");
  if (!centre || groups == nullptr || signals == nullptr || values.size() != sizes.size()) return;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i] && sizes[i]) order.push_back(i);
  std::ranges::sort(order, {}, [&](std::size_t i) { return *sizes[i]; });
  FunnelChart chart{.id = "corong", .measure = std::string(field_name(lang, "funnel", "funnel_measure"))};
  chart.size_words = field_name(lang, "funnel", "denominator");
  chart.centre = *centre;
  std::vector<std::optional<double>> all{centre};
  for (const auto i : order) {
    chart.points.push_back({label_at(*groups, i), *sizes[i], *values[i], funnel_mark_of(&signals->array().at(i))});
    chart.sizes.push_back(*sizes[i]);
    all.push_back(values[i]);
  }
  for (const auto& [name, dashed, low, high] :
       {std::tuple{"95%", true, "lower95", "upper95"}, std::tuple{"99,8%", false, "lower99_8", "upper99_8"}}) {
    FunnelLimit limit{.name = lang == Lang::Id ? name : std::string_view(name) == "95%" ? "95%" : "99.8%", .dashed = dashed};
    const auto lower = figures(body, low), upper = figures(body, high);
    for (const auto i : order) {
      limit.lower.push_back(lower.at(i).value_or(*centre));
      limit.upper.push_back(upper.at(i).value_or(*centre));
    }
    all.insert(all.end(), limit.lower.begin(), limit.lower.end());
    all.insert(all.end(), limit.upper.begin(), limit.upper.end());
    chart.limits.push_back(std::move(limit));
  }
  if (chart.points.empty()) return;
  chart.axis = axis_around(all);
  chart.unit.digits = 3;
  draw_funnel(o, lang, chart);
}

/// The estimate of each group with its interval, on one axis.
void draw_group_intervals(html::Out& o, Lang lang, const Value& body) {
  const auto *groups = body.find("group"), *intervals = body.find("ci95");
  const auto means = figures(body, "posterior_mean");
  if (groups == nullptr || intervals == nullptr || intervals->array().size() != means.size()) return;
  std::vector<std::optional<double>> ends;
  for (const auto& pair : intervals->array())
    for (const auto& end : pair.array()) ends.push_back(end.is_number() ? end.to_double() : std::nullopt);
  const auto axis = axis_around(ends);
  const auto title = std::string(field_name(lang, "shrinkage", "posterior_interval"));
  o.el("h3", {}, title);
  draw_table(o, {.caption = title, .columns = {{words(lang, Msg::CalcPagesName)}, {words(lang, Msg::CalcPagesValue)}}}, [&](Rows& rows) {
    for (std::size_t i = 0; i < means.size(); ++i) {
      if (!means[i] || !ends[2 * i] || !ends[2 * i + 1]) continue;
      rows.row([&](Row& row) {
        row.name(label_at(*groups, i));
        row.cell([&] {
          draw_interval(o, axis, {*means[i], *ends[2 * i], *ends[2 * i + 1]},
                        format::range(figure_words(lang, *ends[2 * i]), figure_words(lang, *ends[2 * i + 1])));
        });
      });
    }
  });
}

/// The figure that the intervals of an answer belong to.
std::optional<double> point_of(const Value& body) {
  for (const auto* key : {"p", "difference", "mean", "nps", "adjusted"})
    if (const auto point = figure_at(body, key)) return point;
  return {};
}

void draw_intervals(html::Out& o, Lang lang, std::string_view method, const Value& body) {
  std::vector<std::optional<double>> ends;
  std::vector<const json::Member*> rows;
  for (const auto& member : body.object())
    if (member.second.is_array() && member.second.array().size() == 2 && member.second.array()[0].is_number()) {
      rows.push_back(&member);
      for (const auto& end : member.second.array()) ends.push_back(end.to_double());
    }
  const auto point = point_of(body);
  if (rows.empty() || !point) return;
  const auto axis = axis_around(ends);
  o.el("h3", {}, say(lang, Msg::CalcPagesIntervals));
  draw_table(o,
             {.caption = words(lang, Msg::CalcPagesIntervals),
              .columns = {{words(lang, Msg::CalcPagesFigure)}, {words(lang, Msg::CalcPagesValue)}}},
             [&](Rows& table) {
               for (const auto* member : rows)
                 table.row([&](Row& row) {
                   const auto low = *member->second.array()[0].to_double(), high = *member->second.array()[1].to_double();
                   row.name(std::string(field_name(lang, method, member->first)));
                   row.cell([&] {
                     draw_interval(o, axis, {*point, low, high}, format::range(figure_words(lang, low), figure_words(lang, high)));
                   });
                 });
             });
}

void draw_wait_columns(html::Out& o, Lang lang, const Value& body) {
  const auto* shares = body.find("P_wait_le");
  if (shares == nullptr || !shares->is_object()) return;
  constexpr double kPerCent = 100;
  Columns columns{.high = kPerCent, .ticks = {0, 50, 100}, .alternative = words(lang, Msg::CalcPagesWaiting)};
  for (const auto& [minutes, share] : shares->object())
    if (share.is_number())
      columns.bars.push_back({minutes, format::number(lang, *share.to_double() * kPerCent, 0) + "%", *share.to_double() * kPerCent});
  if (columns.bars.empty()) return;
  o.el("h3", {}, say(lang, Msg::CalcPagesWaiting));
  draw_columns(o, lang, columns);
}

void draw_build_up(html::Out& o, Lang lang, const Value& body) {
  constexpr std::array<std::pair<std::string_view, Message>, 4> kParts{{{"pure_premium_total", Msg::CalcPagesPure},
                                                                        {"loading_total", Msg::CalcPagesLoading},
                                                                        {"other_costs", Msg::CalcPagesOther},
                                                                        {"income", Msg::CalcPagesIncome}}};
  Columns columns{.high = 0, .alternative = words(lang, Msg::CalcPagesBuildUp)};
  for (const auto& [key, label] : kParts) {
    auto value = figure_at(body, key);
    if (key == "other_costs" && figure_at(body, "total_cost") && figure_at(body, "gross_premium"))
      value = *figure_at(body, "total_cost") - *figure_at(body, "gross_premium");
    if (!value || *value < 0) continue;
    columns.bars.push_back({words(lang, label), format::number(lang, *value, 0), *value, key == "income"});
    columns.high = std::max(columns.high, *value);
  }
  if (columns.high <= 0) return;
  o.el("h3", {}, say(lang, Msg::CalcPagesBuildUp));
  draw_columns(o, lang, columns);
}

/// Importance against performance, the axes at the grand means.
void draw_quadrants(html::Out& o, Lang lang, const Value& body) {
  constexpr double kWidth = 560, kHeight = 360, kLeft = 40, kBottom = 30, kTop = 12, kRight = 12;
  const auto performance = figures(body, "mean_performance"), importance = figures(body, "mean_importance");
  const auto cut_x = figure_at(body, "cut_performance"), cut_y = figure_at(body, "cut_importance");
  const auto* names = body.find("items");
  if (!cut_x || !cut_y || names == nullptr) return;
  const auto across = axis_around(performance), up = axis_around(importance);
  const auto x_of = [&](double v) { return kLeft + (v - across.low) / (across.high - across.low) * (kWidth - kLeft - kRight); };
  const auto y_of = [&](double v) { return kHeight - kBottom - (v - up.low) / (up.high - up.low) * (kHeight - kBottom - kTop); };
  o.el("h3", {}, say(lang, Msg::CalcPagesQuadrants));
  o.el("svg", {{"class", "quadrants"}, {"viewBox", "0 0 560 360"}, {"role", "img"}, {"aria-label", say(lang, Msg::CalcPagesQuadrants)}},
       [&] {
         o.el("path", {{"class", "cut"},
                       {"d", "M" + json::number_text(x_of(*cut_x)) + " " + json::number_text(kTop) + "V" +
                                 json::number_text(kHeight - kBottom) + "M" + json::number_text(kLeft) + " " +
                                 json::number_text(y_of(*cut_y)) + "H" + json::number_text(kWidth - kRight)}});
         for (const auto& [letter, right, top] :
              {std::tuple{"A", false, true}, std::tuple{"B", true, true}, std::tuple{"C", false, false}, std::tuple{"D", true, false}})
           o.el("text",
                {{"class", "letter"}, {"x", right ? kWidth - kRight - 18 : kLeft + 6}, {"y", top ? kTop + 18 : kHeight - kBottom - 8}},
                letter);
         for (std::size_t i = 0; i < importance.size(); ++i) {
           if (!importance[i] || !performance[i]) continue;
           const double x = x_of(*performance[i]), y = y_of(*importance[i]);
           o.el("circle", {{"cx", x}, {"cy", y}, {"r", 5}});
           o.el("text", {{"x", x + 8}, {"y", y + 4}}, label_at(*names, i));
         }
         o.el("text", {{"x", kLeft}, {"y", kHeight - 8}}, words(lang, Msg::CalcPagesPerformance) + " →");
         o.el("text", {{"x", 2}, {"y", kTop + 2}}, "↑ " + words(lang, Msg::CalcPagesImportance));
       });
}

/// The answer with another margin of error, all else as it was given.
std::optional<double> respondents_at(Lang lang, const Value& input, double margin) {
  auto other = input;
  other.set("error", margin);
  const auto answer = calc::run("sample_size", json::print(other), lang);
  return answer.exit_code == 0 ? figure_at(answer.body, "n") : std::nullopt;
}

/// What a narrower or a wider margin would cost; the one asked for as a line across.
void draw_sample_columns(html::Out& o, Lang lang, const Value& input, const Value& body) {
  constexpr std::array<std::int64_t, 5> kMargins{30, 40, 50, 75, 100};  // per mille
  const auto asked = figure_at(body, "n");
  if (!asked || *asked <= 0) return;
  const auto title = words(lang, Msg::CalcPagesMargins);
  Columns columns{.high = *asked, .limit = *asked, .limit_words = say(lang, Msg::CalcPagesYours, {format::number(lang, *asked, 0)})};
  columns.alternative = title;
  for (const auto margin : kMargins) {
    const auto n = respondents_at(lang, input, static_cast<double>(margin) / 1000);
    if (!n) continue;
    columns.bars.push_back({format::number(lang, Decimal::make(margin, 1).value()) + "%", format::number(lang, *n, 0), *n});
    columns.high = std::max(columns.high, *n);
  }
  o.el("h3", {}, title);
  draw_columns(o, lang, columns);
}

/// The published matrix with its words; the cell that was asked for is outlined and named.
void draw_risk_matrix(html::Out& o, Lang lang, const Value& input, const Value& /*body*/) {
  constexpr int kGrades = 5;
  constexpr std::array<std::string_view, 4> kClasses{"risk", "risk risk-2", "risk risk-3", "risk risk-4"};
  constexpr std::array<std::string_view, 4> kChosen{"risk chosen", "risk risk-2 chosen", "risk risk-3 chosen", "risk risk-4 chosen"};
  const auto probability = figure_at(input, "probability"), impact = figure_at(input, "impact");
  const auto title = words(lang, Msg::CalcPagesRiskMatrix);
  TableHead head{.caption = title, .columns = {{std::string(field_name(lang, "risk_grade", "probability"))}}};
  for (int across = 1; across <= kGrades; ++across)
    head.columns.push_back({std::string(field_name(lang, "risk_grade", "impact")) + " " + std::to_string(across)});
  o.el("h3", {}, title);
  draw_table(o, head, [&](Rows& rows) {
    for (int up = kGrades; up >= 1; --up)
      rows.row([&](Row& row) {
        row.name(std::to_string(up));
        for (int across = 1; across <= kGrades; ++across) {
          const auto band = risk_band(up, across);
          const bool chosen = probability == up && impact == across;
          const auto at = static_cast<std::size_t>(band);
          row.cell([&] {
            o.el("span", {{"class", chosen ? kChosen.at(at) : kClasses.at(at)}}, [&] {
              o.text(field_name(lang, "risk_grade", "level=" + std::string(level(band))));
              if (chosen) o.el("small", {}, words(lang, Msg::CalcPagesHere));
            });
          });
        }
      });
  });
}

struct PictureRow {
  std::string_view method;
  void (*draw)(html::Out&, Lang, const Value&);
};
/// Pictures that also look at what was given.
struct InputPicture {
  std::string_view method;
  void (*draw)(html::Out&, Lang, const Value& input, const Value& body);
};
constexpr std::array<std::string_view, 5> kWithIntervals{"proportion", "two_proportions", "describe", "nps", "standardise"};
constexpr std::array kPictures{PictureRow{"spc", &draw_control_chart}, PictureRow{"shrinkage", &draw_group_intervals},
                               PictureRow{"queue", &draw_wait_columns}, PictureRow{"premium", &draw_build_up},
                               PictureRow{"ipa_csi", &draw_quadrants}};
constexpr std::array kInputPictures{InputPicture{"funnel", &draw_funnel_chart}, InputPicture{"sample_size", &draw_sample_columns},
                                    InputPicture{"risk_grade", &draw_risk_matrix}};

}  // namespace

bool has_calc_picture(std::string_view method) {
  return has_calc_bars(method) || std::ranges::find(kInputPictures, method, &InputPicture::method) != kInputPictures.end() ||
         std::ranges::find(kWithIntervals, method) != kWithIntervals.end() ||
         std::ranges::find(kPictures, method, &PictureRow::method) != kPictures.end();
}

void draw_calc_picture(html::Out& o, Lang lang, std::string_view method, const Value& input, const Value& body) {
  const auto* looks = std::ranges::find(kInputPictures, method, &InputPicture::method);
  if (looks != kInputPictures.end()) return looks->draw(o, lang, input, body);
  draw_calc_bars(o, lang, method, body);
  if (std::ranges::find(kWithIntervals, method) != kWithIntervals.end()) return draw_intervals(o, lang, method, body);
  const auto* row = std::ranges::find(kPictures, method, &PictureRow::method);
  if (row != kPictures.end()) row->draw(o, lang, body);
}

}  // namespace pilar::web
