#include <algorithm>
#include <map>

#include "app/integrity_parts.h"
#include "app/result_series.h"
#include "store/cell_store.h"

namespace pilar::app::integrity {
namespace {

constexpr double kPerCent = 100;
/// Months with fewer cases jump from one share to the next without anybody's doing.
constexpr std::int64_t kFewestNear = 10;

bool is_sound(math::Share share) { return share.n > 0 && 0 <= share.x && share.x <= share.n; }
double part_of(math::Share share) { return static_cast<double>(share.x) / static_cast<double>(share.n); }

FoundSign sign_of_measure(const InstalledVersion& version, const Measure& measure, SignKind kind, const Sign& sign) {
  FoundSign out;
  out.kind = kind;
  out.sign = sign;
  out.version = &version;
  out.measure = &measure;
  return out;
}

/// Whether numerator and denominator are sums of the same months.
bool is_of_flows(const Instrument& form, const Measure& measure) {
  const auto* numerator = form.find(measure.numerator);
  const auto* denominator = form.find(measure.denominator);
  return numerator != nullptr && denominator != nullptr && numerator->aggregation == Aggregation::Flow &&
         denominator->aggregation == Aggregation::Flow;
}

class MeasureLook {
 public:
  MeasureLook(const Subject& subject, const InstalledVersion& version, const ResultView& view, std::vector<FoundSign>& out)
      : subject_(subject),
        version_(version),
        view_(view),
        out_(out) {}

  void look() {
    for (std::size_t i = 0; i < version_.form.measures.size(); ++i) {
      const auto& measure = version_.form.measures[i];
      look_over(measure, i);
      const auto goal = goal_of(subject_, version_, measure);
      if (!goal || !subject_.is_over() || is_cumulative(version_.form, measure)) continue;
      look_at_course(measure, i, *goal);
    }
  }

 private:
  void look_over(const Measure& measure, std::size_t index) {
    if (measure.kind != MeasureKind::Ratio || measure.complement || index >= view_.measures.size()) return;
    const bool accumulates = is_cumulative(version_.form, measure);
    if (!accumulates && !is_of_flows(version_.form, measure)) return;
    const auto& share = view_.measures[index].share;
    const auto sign = find_over({share.numerator, share.denominator}, accumulates);
    if (!sign) return;
    auto found = sign_of_measure(version_, measure, SignKind::OverDenominator, *sign);
    found.first = {share.numerator, share.denominator};
    out_.push_back(std::move(found));
  }

  /// Of the months up to the one looked at.
  std::vector<math::Share> course_of(std::size_t index, const Goal& goal) const {
    std::vector<math::Share> out;
    for (const auto& month : view_.trend) {
      if (subject_.month < month.month || index >= month.measures.size()) continue;
      const auto share = goal.of(month.measures[index].share);
      out.push_back(is_sound(share) ? share : math::Share{});
    }
    return out;
  }

  void look_at_course(const Measure& measure, std::size_t index, const Goal& goal) {
    if (view_.trend.empty() || view_.trend.back().month != subject_.month) return;
    const auto course = course_of(index, goal);
    if (course.empty() || course.back().n == 0) return;
    if (const auto found = find_too_good(course, goal.target)) {
      auto sign = sign_of_measure(version_, measure, SignKind::TooGood, found->sign);
      sign.first = {static_cast<std::int64_t>(found->months), found->cases};
      sign.target = goal.target;
      out_.push_back(std::move(sign));
    }
    if (!goal.target || *goal.target >= 1) return;
    look_just_over(measure, course, *goal.target);
    const auto end = part_of(course.back());
    if (*goal.target <= end && end <= *goal.target + kJustOver) look_at_end(measure, goal);
  }

  void look_just_over(const Measure& measure, const std::vector<math::Share>& course, double target) {
    std::vector<double> shares;
    for (const auto& share : course)
      if (share.n >= kFewestNear) shares.push_back(part_of(share));
    const auto found = find_just_over(shares, target);
    if (!found) return;
    auto sign = sign_of_measure(version_, measure, SignKind::JustOver, found->sign);
    sign.first = {found->over, found->over + found->under};
    sign.target = target;
    out_.push_back(std::move(sign));
  }

  /// Day by day, of what ended just over the target.
  void look_at_end(const Measure& measure, const Goal& goal) {
    const auto names = series_names(subject_.reference, version_, {});
    const auto days = period_of(subject_.month);
    std::map<Day, Sums> sums;
    subject_.context.db.read([&](store::Tx& tx) {
      sums.clear();
      store::each_day_cell(tx, subject_.node.key, days.from, days.to, names.keys,
                           [&](const store::CellRow& row) { sums[row.day].add(names.names.at(row.series), row.bucket, row.cell); });
    });
    std::vector<DayShare> shares;
    for (const auto& [day, of_day] : sums) {
      const auto share = goal.of(read_measure(version_.form, measure, of_day).share);
      if (is_sound(share)) shares.push_back({day, share});
    }
    const auto found = find_month_end(shares, subject_.month, *goal.target);
    if (!found) return;
    auto sign = sign_of_measure(version_, measure, SignKind::MonthEnd, found->sign);
    sign.first = found->before;
    sign.second = found->last;
    sign.target = goal.target;
    out_.push_back(std::move(sign));
  }

  const Subject& subject_;
  const InstalledVersion& version_;
  const ResultView& view_;
  std::vector<FoundSign>& out_;
};

}  // namespace

math::Share Goal::of(const Share& share) const {
  return {flipped ? share.denominator - share.numerator : share.numerator, share.denominator};
}

std::optional<Goal> goal_of(const Subject& subject, const InstalledVersion& version, const Measure& measure) {
  const auto better = better_of(measure);
  if (!is_share(measure) || better == Better::Neither) return {};
  Goal goal{.flipped = better == Better::Lower};
  auto target = measure.target;
  for (const auto& line : subject.kamus.lines)
    if (line.used && line.target && line.measure != nullptr && line.form->version == version.version && line.measure->key == measure.key)
      target = line.target;
  if (!target) return goal;
  const auto part = target->to_double() / kPerCent;
  const auto wanted = goal.flipped ? 1 - part : part;
  if (0 < wanted && wanted <= 1) goal.target = wanted;
  return goal;
}

void look_at_measures(const Subject& subject, const InstalledVersion& version, std::vector<FoundSign>& out) {
  ResultQuery query;
  query.instrument = version.form.key;
  query.place = subject.node.key;
  query.period = period_of(subject.month);
  query.trend_months = kIntegrityMonths;
  const auto view = read_result(subject.context, subject.scope, query);
  if (view && view->version->version == version.version) MeasureLook(subject, version, *view, out).look();
}

}  // namespace pilar::app::integrity
