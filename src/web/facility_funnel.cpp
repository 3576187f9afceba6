#include "web/facility_funnel.h"

#include <algorithm>
#include <cmath>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/home.h"
#include "i18n/words/result.h"
#include "math/funnel.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kFewestFacilities = 3, kMostFacilities = 500, kMostNamesSaid = 3;
constexpr int kSteps = 40;

std::optional<Share> share_of(const MeasureReading& reading) {
  const auto& share = reading.measure->kind == MeasureKind::Rating ? reading.rating.top_two : reading.share;
  const bool whole = share.denominator > 0 && share.numerator >= 0 && share.numerator <= share.denominator;
  return whole ? std::optional(share) : std::nullopt;
}

/// What the page of all facilities compares by itself.
bool is_single(const Measure& measure) {
  return measure.kind == MeasureKind::Rating || (measure.kind == MeasureKind::Share && measure.items.size() == 1);
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
    if (is_single(*table.measures[i].measure) && groups_of(table, i).size() >= kFewestFacilities) return i;
  return {};
}

Mark mark_of(math::FunnelSignal signal, Better better) {
  const bool high = signal == math::FunnelSignal::High998, low = signal == math::FunnelSignal::Low998;
  if (!high && !low) return Mark::Common;
  if (better == Better::Neither) return Mark::Neutral;
  return high == (better == Better::Higher) ? Mark::Improvement : Mark::Concern;
}

bool is_outside(const FunnelPoint& point) { return point.mark != Mark::Common && point.mark != Mark::None; }

/// "A, B dan 2 lainnya".
std::string name_list(Lang lang, const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), kMostNamesSaid); ++i) out += (out.empty() ? "" : ", ") + names[i];
  if (names.size() > kMostNamesSaid)
    out += say(lang, Msg::FunnelOthers, {format::number(lang, static_cast<std::int64_t>(names.size() - kMostNamesSaid))});
  return out;
}

std::vector<std::string> names_outside(const FunnelChart& chart, bool above) {
  std::vector<std::string> names;
  for (const auto& point : chart.points)
    if (is_outside(point) && (point.value > chart.centre) == above) names.push_back(point.name);
  return names;
}

std::string finding_of(Lang lang, const FunnelChart& chart) {
  const auto below = names_outside(chart, false), above = names_outside(chart, true);
  if (below.empty() && above.empty()) return words(lang, Msg::FunnelNone);
  std::string out;
  if (!below.empty()) out = say(lang, Msg::FunnelBelow, {name_list(lang, below)});
  if (!above.empty()) out += (out.empty() ? "" : " ") + say(lang, Msg::FunnelAbove, {name_list(lang, above)});
  return out;
}

/// Normal limits about the target at this size, widened as math::funnel widens them for the groups.
struct SpreadLimits {
  double target = 0;
  std::optional<double> phi{}, tau2{};
  math::Overdispersion spread = math::Overdispersion::None;

  double reach(double size, double z) const {
    const double chance = target * (1 - target) / size;
    if (spread == math::Overdispersion::Additive) return z * std::sqrt(chance + tau2.value_or(0));
    return z * std::sqrt(chance * std::max(1.0, phi.value_or(1)));
  }
  void add(FunnelLimit& limit, double size, double z) const {
    limit.lower.push_back(std::max(0.0, target - reach(size, z)) * 100);
    limit.upper.push_back(std::min(1.0, target + reach(size, z)) * 100);
  }
};
/// The two-sided 95 % and 99.8 % points of the normal law.
constexpr double kZ95 = 1.959963984540054, kZ998 = 3.090232306167813;

/// Limits at sizes spread evenly over the square root, where their curves bend least.
void add_limits(FunnelChart& chart, Lang lang, const SpreadLimits& limits, double largest) {
  FunnelLimit inner{"95%", false, {}, {}}, outer{format::number(lang, 99.8, 1) + "%", true, {}, {}};
  std::vector<math::FunnelGroup> sizes;
  for (int i = 1; i <= kSteps; ++i) {
    const double root = std::sqrt(largest * 1.05) * i / kSteps;
    const double size = std::max(1.0, std::round(root * root));
    if (!sizes.empty() && sizes.back().denominator >= size) continue;
    sizes.push_back({0, size});
    chart.sizes.push_back(size);
  }
  if (limits.spread != math::Overdispersion::None) {
    for (const double size : chart.sizes) {
      limits.add(inner, size, kZ95);
      limits.add(outer, size, kZ998);
    }
  } else {
    const auto curve =
        math::funnel(sizes, math::FunnelKind::Proportion, math::FunnelMethod::Exact, math::Overdispersion::None, limits.target);
    for (const auto& point : curve.points) {
      inner.lower.push_back(point.lower95 * 100);
      inner.upper.push_back(point.upper95 * 100);
      outer.lower.push_back(point.lower99_8 * 100);
      outer.upper.push_back(point.upper99_8 * 100);
    }
  }
  chart.limits = {std::move(inner), std::move(outer)};
}

Message limits_words(math::Overdispersion spread) {
  switch (spread) {
    case math::Overdispersion::Additive:
      return Msg::FunnelLimitsAdditive;
    case math::Overdispersion::Multiplicative:
      return Msg::FunnelLimitsMultiplied;
    case math::Overdispersion::None:
      break;
  }
  return Msg::FunnelLimits;
}

}  // namespace

std::optional<FunnelFound> funnel_of(Lang lang, const app::FacilityTable& table, const FunnelWish& wish) {
  auto groups = groups_of(table, wish.column);
  if (groups.size() < kFewestFacilities || table.rows.size() > kMostFacilities) return {};
  std::ranges::stable_sort(groups, {}, [](const Group& group) { return group.node->name; });
  std::vector<math::FunnelGroup> counts;
  double largest = 0, lowest = 100;
  for (const auto& [node, share] : groups) {
    counts.push_back({static_cast<double>(share.numerator), static_cast<double>(share.denominator)});
    largest = std::max(largest, counts.back().denominator);
    lowest = std::min(lowest, 100 * counts.back().numerator / counts.back().denominator);
  }
  const auto& [version, measure] = table.measures[wish.column];
  const auto judged = math::funnel(counts, math::FunnelKind::Proportion, math::FunnelMethod::Exact, wish.spread, {});
  // Where they differ no more than chance, the limits stay exact.
  const auto spread = judged.normal_used ? wish.spread : math::Overdispersion::None;
  FunnelFound found{.without = table.rows.size() - groups.size(), .phi = judged.phi};
  auto& chart = found.chart;
  chart.id = "corong";
  chart.unit = {"%", 1};
  chart.centre = judged.target * 100;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const bool few = groups[i].share.denominator < kFew;
    if (few) ++found.few;
    chart.points.push_back({groups[i].node->name, counts[i].denominator, judged.points[i].value * 100,
                            mark_of(judged.points[i].signal, better_of(*measure)), few});
  }
  add_limits(chart, lang, {judged.target, judged.phi, judged.tau2, spread}, largest);
  chart.axis = {std::max(0.0, std::floor((lowest - 5) / 10) * 10), 100};
  chart.size_words = words(lang, measure->kind == MeasureKind::Rating ? Msg::FunnelSize : Msg::FunnelCases);
  chart.finding = finding_of(lang, chart);
  const auto what = measure->kind == MeasureKind::Rating ? words(lang, Msg::ResultTopTwo) : measure->title.in(lang);
  chart.measure = say(lang, measure->kind == MeasureKind::Rating ? Msg::FunnelMeasure : Msg::FunnelMeasureCases,
                      {what, format::month(lang, table.month), format::number(lang, chart.axis.low, 0)});
  chart.source = {words(lang, limits_words(spread)), words(lang, Msg::FunnelNoRank), version_words(lang, version->form)};
  return found;
}

std::optional<FunnelChart> funnel_of(Lang lang, const app::FacilityTable& table) {
  const auto column = column_of(table);
  if (!column) return {};
  auto found = funnel_of(lang, table, {*column});
  if (!found) return {};
  return std::move(found->chart);
}

std::string below_limits(Lang lang, const app::FacilityTable& table) {
  const auto chart = funnel_of(lang, table);
  return chart ? name_list(lang, names_outside(*chart, false)) : std::string();
}

}  // namespace pilar::web
