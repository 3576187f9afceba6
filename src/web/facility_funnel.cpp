#include "web/facility_funnel.h"

#include <algorithm>
#include <cmath>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "math/funnel.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kFewestFacilities = 3, kMostFacilities = 500, kMostNamesSaid = 3;
constexpr int kSteps = 40;

std::optional<Share> share_of(const MeasureReading& reading) {
  if (reading.measure->kind == MeasureKind::Rating && reading.rating.top_two.denominator > 0) return reading.rating.top_two;
  const bool single = reading.measure->kind == MeasureKind::Share && reading.measure->items.size() == 1;
  if (single && reading.share.denominator > 0) return reading.share;
  return {};
}

struct Group {
  const Node* node;
  Share share;
};

std::vector<Group> groups_of(const app::FacilityTable& table, std::size_t column) {
  std::vector<Group> groups;
  for (const auto& row : table.rows)
    if (const auto share = share_of(row.readings[column])) groups.push_back({row.node, *share});
  return groups;
}

/// The first column that can be drawn.
std::optional<std::size_t> column_of(const app::FacilityTable& table) {
  if (table.rows.size() > kMostFacilities) return {};
  for (std::size_t i = 0; i < table.measures.size(); ++i)
    if (groups_of(table, i).size() >= kFewestFacilities) return i;
  return {};
}

Mark mark_of(math::FunnelSignal signal) {
  if (signal == math::FunnelSignal::High998) return Mark::Improvement;
  return signal == math::FunnelSignal::Low998 ? Mark::Concern : Mark::Common;
}

/// "A, B dan 2 lainnya".
std::string name_list(Lang lang, const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), kMostNamesSaid); ++i) out += (out.empty() ? "" : ", ") + names[i];
  if (names.size() > kMostNamesSaid)
    out += say(lang, Msg::FunnelOthers, {format::number(lang, static_cast<std::int64_t>(names.size() - kMostNamesSaid))});
  return out;
}

std::vector<std::string> names_of(const FunnelChart& chart, Mark mark) {
  std::vector<std::string> names;
  for (const auto& point : chart.points)
    if (point.mark == mark) names.push_back(point.name);
  return names;
}

std::string finding_of(Lang lang, const FunnelChart& chart) {
  const auto below = names_of(chart, Mark::Concern), above = names_of(chart, Mark::Improvement);
  if (below.empty() && above.empty()) return words(lang, Msg::FunnelNone);
  std::string out;
  if (!below.empty()) out = say(lang, Msg::FunnelBelow, {name_list(lang, below)});
  if (!above.empty()) out += (out.empty() ? "" : " ") + say(lang, Msg::FunnelAbove, {name_list(lang, above)});
  return out;
}

/// Limits at sizes spread evenly over the square root, where their curves bend least.
void add_limits(FunnelChart& chart, Lang lang, double target, double largest) {
  FunnelLimit inner{"95%", false, {}, {}}, outer{format::number(lang, 99.8, 1) + "%", true, {}, {}};
  std::vector<math::FunnelGroup> sizes;
  for (int i = 1; i <= kSteps; ++i) {
    const double root = std::sqrt(largest * 1.05) * i / kSteps;
    const double size = std::max(1.0, std::round(root * root));
    if (!sizes.empty() && sizes.back().denominator >= size) continue;
    sizes.push_back({0, size});
    chart.sizes.push_back(size);
  }
  const auto curve = math::funnel(sizes, math::FunnelKind::Proportion, math::FunnelMethod::Exact, math::Overdispersion::None, target);
  for (const auto& point : curve.points) {
    inner.lower.push_back(point.lower95 * 100);
    inner.upper.push_back(point.upper95 * 100);
    outer.lower.push_back(point.lower99_8 * 100);
    outer.upper.push_back(point.upper99_8 * 100);
  }
  chart.limits = {std::move(inner), std::move(outer)};
}

}  // namespace

std::optional<FunnelChart> funnel_of(Lang lang, const app::FacilityTable& table) {
  const auto column = column_of(table);
  if (!column) return {};
  const auto groups = groups_of(table, *column);
  std::vector<math::FunnelGroup> counts;
  double largest = 0, lowest = 100;
  for (const auto& [node, share] : groups) {
    counts.push_back({static_cast<double>(share.numerator), static_cast<double>(share.denominator)});
    largest = std::max(largest, counts.back().denominator);
    lowest = std::min(lowest, 100 * counts.back().numerator / counts.back().denominator);
  }
  const auto judged = math::funnel(counts, math::FunnelKind::Proportion, math::FunnelMethod::Exact, math::Overdispersion::None, {});
  FunnelChart chart;
  chart.id = "corong";
  chart.unit = {"%", 1};
  chart.centre = judged.target * 100;
  for (std::size_t i = 0; i < groups.size(); ++i)
    chart.points.push_back({groups[i].node->name, counts[i].denominator, judged.points[i].value * 100, mark_of(judged.points[i].signal),
                            groups[i].share.denominator < kFew});
  add_limits(chart, lang, judged.target, largest);
  chart.axis = {std::max(0.0, std::floor((lowest - 5) / 10) * 10), 100};
  chart.size_words = words(lang, Msg::FunnelSize);
  chart.finding = finding_of(lang, chart);
  const auto& [version, measure] = table.measures[*column];
  const auto what = measure->kind == MeasureKind::Rating ? words(lang, Msg::ResultTopTwo) : measure->title.in(lang);
  chart.measure = say(lang, Msg::FunnelMeasure, {what, format::month(lang, table.month), format::number(lang, chart.axis.low, 0)});
  chart.source = {words(lang, Msg::FunnelLimits), words(lang, Msg::FunnelNoRank), version_words(lang, version->form)};
  return chart;
}

std::string below_limits(Lang lang, const app::FacilityTable& table) {
  const auto chart = funnel_of(lang, table);
  return chart ? name_list(lang, names_of(*chart, Mark::Concern)) : std::string();
}

}  // namespace pilar::web
