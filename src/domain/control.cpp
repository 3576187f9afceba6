#include "domain/control.h"

namespace pilar {
namespace {

math::SpcChart kind_of(const Measure& measure) {
  switch (measure.kind) {
    case MeasureKind::Rating:
      return math::SpcChart::Xbar;
    case MeasureKind::Share:
      return measure.items.size() == 1 ? math::SpcChart::P : math::SpcChart::Pp;
    case MeasureKind::Ratio:
      if (measure.per == Measure::kPercent) return math::SpcChart::P;
      return measure.per == 1 ? math::SpcChart::I : math::SpcChart::U;
    case MeasureKind::Duration:
      if (measure.within) return math::SpcChart::P;
      break;
    case MeasureKind::Skm:
    case MeasureKind::Sum:
      break;
  }
  return math::SpcChart::I;
}

/// A share above 1 is a mistake in what was entered: it has no binomial limits.
math::SpcValue share_value(const Share& share) {
  if (share.denominator <= 0 || share.numerator < 0 || share.numerator > share.denominator) return {{}, 0};
  return {static_cast<double>(share.numerator), static_cast<double>(share.denominator)};
}

/// A rate has its exposure; an average is a single value.
math::SpcValue ratio_value(const Measure& measure, const Share& share) {
  if (share.denominator <= 0) return {{}, 0};
  if (measure.per == 1) return {share.value(), 1};
  return {static_cast<double>(share.numerator), static_cast<double>(share.denominator)};
}

math::SpcValue rating_value(const RatingReading& rating) {
  if (!rating.mean) return {{}, 0};
  return {rating.mean, static_cast<double>(rating.n), rating.sd.value_or(0)};
}

math::SpcValue value_of(const Measure& measure, const MeasureReading& reading) {
  switch (measure.kind) {
    case MeasureKind::Rating:
      return rating_value(reading.rating);
    case MeasureKind::Ratio:
      if (!is_share(measure)) return ratio_value(measure, reading.share);
      [[fallthrough]];
    case MeasureKind::Share:
      return share_value(reading.share);
    case MeasureKind::Skm:
      return {reading.skm ? reading.skm->ikm : std::nullopt, 1};
    case MeasureKind::Duration:
      if (measure.within) return share_value(reading.share);
      return {reading.duration.median, 1};
    case MeasureKind::Sum:
      break;
  }
  return {reading.total ? std::optional(reading.total->to_double()) : std::nullopt, 1};
}

double cases_of(const MeasureReading& reading) {
  if (reading.measure->kind == MeasureKind::Rating) return static_cast<double>(reading.rating.n);
  if (reading.share.denominator > 0) return static_cast<double>(reading.share.denominator);
  if (reading.measure->kind == MeasureKind::Duration) return static_cast<double>(reading.duration.n);
  return static_cast<double>(reading.respondents);
}

math::Improvement improvement_of(const Measure& measure) {
  switch (better_of(measure)) {
    case Better::Higher:
      return math::Improvement::Increase;
    case Better::Lower:
      return math::Improvement::Decrease;
    case Better::Neither:
      break;
  }
  return math::Improvement::Neutral;
}

Control::Turn turn_of(math::SpcPointType type) {
  switch (type) {
    case math::SpcPointType::Improvement:
      return Control::Turn::Better;
    case math::SpcPointType::Concern:
      return Control::Turn::Worse;
    case math::SpcPointType::Neutral:
      return Control::Turn::Changed;
    case math::SpcPointType::CommonCause:
      break;
  }
  return Control::Turn::Ordinary;
}

/// Walks back from the last complete month while the same signal holds.
void judge(Control& control, std::span<const ControlMonth> months) {
  bool walking = true;
  for (std::size_t i = months.size(); i-- > 0;) {
    const auto& point = control.chart.points[i];
    if (months[i].running || !point.y || !point.type) continue;
    const auto turn = turn_of(*point.type);
    if (!control.last) {
      control.last = months[i].month;
      control.turn = turn;
    }
    walking = walking && turn == control.turn;
    if (turn == Control::Turn::Ordinary) continue;
    if (walking) {
      control.since = months[i].month;
      ++control.lasting;
    } else {
      control.earlier.insert(control.earlier.begin(), months[i].month);
    }
  }
}

}  // namespace

Control control_of(const Measure& measure, std::span<const ControlMonth> months) {
  Control out;
  out.kind = kind_of(measure);
  std::vector<math::SpcValue> values;
  std::size_t baseline_points = 0;
  for (const auto& month : months) {
    auto value = month.reading == nullptr ? math::SpcValue{{}, 0} : value_of(measure, *month.reading);
    value.excluded = month.running;
    out.n.push_back(month.reading == nullptr ? 0 : cases_of(*month.reading));
    values.push_back(value);
    if (month.running || !value.value || !(value.n > 0)) continue;
    if (++out.months > kControlMonths) continue;
    if (!out.baseline_from) out.baseline_from = month.month;
    out.baseline_to = month.month;
    out.baseline = out.months;
    baseline_points = values.size();
  }
  math::SpcOptions options;
  options.chart = out.kind;
  options.improvement = improvement_of(measure);
  options.freeze = out.months > kControlMonths ? baseline_points : 0;
  options.multiply = has_share(measure) ? measure.per : 1;
  if (measure.target) options.target = measure.target->to_double();
  out.chart = math::spc(values, options);
  judge(out, months);
  if (out.months < kControlMonths) {
    out.turn = Control::Turn::TooShort;
    out.since.reset();
  }
  return out;
}

}  // namespace pilar
