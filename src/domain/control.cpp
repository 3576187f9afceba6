#include "domain/control.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pilar {
namespace {

using math::SpcChart;
constexpr std::array kRatingKinds{SpcChart::Xbar, SpcChart::S, SpcChart::I, SpcChart::Run};
constexpr std::array kShareKinds{SpcChart::P, SpcChart::Pp, SpcChart::I, SpcChart::Run};
constexpr std::array kManySharesKinds{SpcChart::Pp, SpcChart::P, SpcChart::I, SpcChart::Run};
constexpr std::array kRatioKinds{SpcChart::P, SpcChart::Pp, SpcChart::U, SpcChart::Up, SpcChart::I, SpcChart::Run};
constexpr std::array kRateKinds{SpcChart::U, SpcChart::Up, SpcChart::I, SpcChart::Run};
constexpr std::array kSumKinds{SpcChart::I, SpcChart::C, SpcChart::Run};
constexpr std::array kSingleKinds{SpcChart::I, SpcChart::Run};

struct ChartKey {
  SpcChart kind;
  std::string_view key;
};
constexpr ChartKey kChartKeys[] = {{SpcChart::Run, "run"}, {SpcChart::I, "i"}, {SpcChart::Mr, "mr"},     {SpcChart::P, "p"},
                                   {SpcChart::Pp, "pp"},   {SpcChart::U, "u"}, {SpcChart::Up, "up"},     {SpcChart::C, "c"},
                                   {SpcChart::G, "g"},     {SpcChart::T, "t"}, {SpcChart::Xbar, "xbar"}, {SpcChart::S, "s"}};
struct RulesKey {
  math::SpcRules rules;
  std::string_view key;
};
constexpr RulesKey kRulesKeys[] = {{math::SpcRules::Nhs, "nhs"},
                                   {math::SpcRules::Anhoej, "anhoej"},
                                   {math::SpcRules::WesternElectric, "western_electric"},
                                   {math::SpcRules::Nelson, "nelson"}};
constexpr std::array kAllRules{math::SpcRules::Nhs, math::SpcRules::Anhoej, math::SpcRules::WesternElectric, math::SpcRules::Nelson};

SpcChart kind_of(const Measure& measure, const ControlChoice& choice) {
  const auto kinds = control_kinds(measure);
  if (choice.kind && std::ranges::find(kinds, *choice.kind) != kinds.end()) return *choice.kind;
  return kinds.front();
}

bool is_proportion(SpcChart kind) { return kind == SpcChart::P || kind == SpcChart::Pp; }
bool is_rate(SpcChart kind) { return kind == SpcChart::U || kind == SpcChart::Up; }

/// Above 1 there are no binomial limits.
bool is_drawable(const Share& share, SpcChart kind) {
  if (share.denominator <= 0 || share.numerator < 0) return false;
  return !is_proportion(kind) || share.numerator <= share.denominator;
}

/// Charts of proportions and rates take numerator and denominator, the others the share itself.
math::SpcValue share_value(const Share& share, SpcChart kind) {
  if (!is_drawable(share, kind)) return {{}, 0};
  const auto numerator = static_cast<double>(share.numerator), denominator = static_cast<double>(share.denominator);
  if (is_proportion(kind) || is_rate(kind)) return {numerator, denominator};
  return {numerator / denominator, 1};
}

math::SpcValue rating_value(const RatingReading& rating, SpcChart kind) {
  if (!rating.mean) return {{}, 0};
  if (kind != SpcChart::Xbar && kind != SpcChart::S) return {rating.mean, 1};
  return {rating.mean, static_cast<double>(rating.n), rating.sd.value_or(0)};
}

math::SpcValue value_of(const Measure& measure, const MeasureReading& reading, SpcChart kind) {
  switch (measure.kind) {
    case MeasureKind::Rating:
      return rating_value(reading.rating, kind);
    case MeasureKind::Share:
    case MeasureKind::Ratio:
      return share_value(reading.share, kind);
    case MeasureKind::Skm:
      return {reading.skm ? reading.skm->ikm : std::nullopt, 1};
    case MeasureKind::Duration:
      if (measure.within) return share_value(reading.share, kind);
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

/// Values on their way to the chart, and where its phases begin.
class ControlMaker {
 public:
  ControlMaker(const Measure& measure, std::span<const ControlMonth> months, const ControlChoice& choice)
      : measure_(measure),
        months_(months),
        choice_(choice) {}

  Control make() {
    control_.usual = control_kinds(measure_).front();
    control_.kind = kind_of(measure_, choice_);
    control_.rules = choice_.rules;
    for (const auto& month : months_) add(month);
    auto options = options_of();
    if (!values_.empty()) control_.chart = math::spc(values_, options);
    count_exact();
    advise(options);
    judge();
    return std::move(control_);
  }

 private:
  bool is_usable(std::size_t i) const { return !months_[i].running && values_[i].value && values_[i].n > 0; }

  void add(const ControlMonth& month) {
    auto value = month.reading == nullptr ? math::SpcValue{{}, 0} : value_of(measure_, *month.reading, control_.kind);
    value.excluded = month.running;
    const double cases = month.reading == nullptr ? 0 : cases_of(*month.reading);
    value.weak = measure_.kind != MeasureKind::Sum && cases < kControlCases;
    control_.n.push_back(cases);
    values_.push_back(value);
    if (!is_usable(values_.size() - 1)) return;
    ++control_.months;
    if (value.weak) ++control_.weak;
  }

  std::size_t index_from(Month month) const {
    const auto at = std::ranges::find_if(months_, [&](const ControlMonth& one) { return month <= one.month; });
    return static_cast<std::size_t>(at - months_.begin());
  }

  /// The first point of each phase, and one past the last.
  std::vector<std::size_t> bounds() const {
    std::vector<std::size_t> out{0};
    for (const auto start : choice_.starts)
      if (const auto at = index_from(start); at > out.back() && at < months_.size()) out.push_back(at);
    out.push_back(months_.size());
    return out;
  }

  /// The frozen months that begin within [first, end), as far as there are any with a value.
  std::optional<math::SpcBaseline> frozen_in(std::size_t first, std::size_t end) const {
    for (const auto& range : choice_.baselines) {
      const auto from = index_from(range.first), to = std::min(end, index_from({range.last.value + 1}));
      if (from < first || from >= end) continue;
      for (auto i = from; i < to; ++i)
        if (is_usable(i)) return math::SpcBaseline{from - first, to - from};
    }
    return {};
  }

  /// The first kControlMonths months with a value, or all while there are no more.
  math::SpcBaseline first_months(std::size_t first, std::size_t end) const {
    std::size_t found = 0;
    for (auto i = first; i < end; ++i)
      if (is_usable(i) && ++found == kControlMonths) return {0, i - first + 1};
    return {0, 0};
  }

  void note_baseline(std::size_t first, std::size_t end, math::SpcBaseline baseline) {
    const auto from = first + baseline.skip, to = baseline.count == 0 ? end : from + baseline.count;
    control_.baseline = control_.since_start = 0;
    control_.baseline_from.reset();
    for (auto i = first; i < end; ++i) {
      if (!is_usable(i)) continue;
      ++control_.since_start;
      if (i < from || i >= to) continue;
      ++control_.baseline;
      if (!control_.baseline_from) control_.baseline_from = months_[i].month;
      control_.baseline_to = months_[i].month;
    }
  }

  math::SpcOptions options_of() {
    math::SpcOptions options{.chart = control_.kind, .rules = choice_.rules, .improvement = improvement_of(measure_)};
    options.exact_small = true;
    options.multiply = has_share(measure_) ? measure_.per : 1;
    // A spread has no target and no good way.
    if (control_.kind == SpcChart::S) options.improvement = math::Improvement::Neutral;
    if (measure_.target && control_.kind != SpcChart::S) options.target = measure_.target->to_double();
    const auto ends = bounds();
    for (std::size_t phase = 0; phase + 1 < ends.size(); ++phase) {
      const auto first = ends[phase], end = ends[phase + 1];
      if (phase > 0) options.split_after.push_back(first);
      const auto frozen = frozen_in(first, end);
      options.baselines.push_back(frozen ? *frozen : first_months(first, end));
      control_.frozen = frozen.has_value();
      note_baseline(first, end, options.baselines.back());
      begin_ = first;
    }
    if (begin_ > 0) control_.start = months_[begin_].month;
    return options;
  }

  void count_exact() {
    for (std::size_t i = 0; i < control_.chart.points.size(); ++i)
      if (is_usable(i) && control_.chart.points[i].exact) ++control_.exact;
  }

  /// Cases of the rarer kind in all usable months, and months above 100 %.
  std::pair<std::int64_t, std::int64_t> rare_and_above() const {
    std::int64_t rarer = 0, above = 0;
    for (std::size_t i = 0; i < months_.size(); ++i) {
      if (months_[i].running || months_[i].reading == nullptr) continue;
      const auto& share = months_[i].reading->share;
      if (share.denominator > 0 && share.numerator > share.denominator) ++above;
      if (is_usable(i)) rarer += std::min(share.numerator, share.denominator - share.numerator);
    }
    return {rarer, above};
  }

  void advise(math::SpcOptions options) {
    const bool plain = control_.kind == SpcChart::P || control_.kind == SpcChart::U;
    if (values_.empty() || !is_share(measure_)) return;
    if (plain) options.chart = control_.kind == SpcChart::P ? SpcChart::Pp : SpcChart::Up;
    if (is_proportion(options.chart) || is_rate(options.chart)) control_.sigma_z = math::spc(values_, options).phases.back().sigma_z;
    const auto [rarer, above] = rare_and_above();
    if (above > 0 && is_proportion(control_.kind) && measure_.kind == MeasureKind::Ratio && !measure_.complement)
      control_.advice = ControlAdvice::Exceeds;
    else if (rarer > 0 && static_cast<std::size_t>(rarer) < control_.months && !is_rate(control_.kind))
      control_.advice = ControlAdvice::Rare;
    else if (plain && control_.months >= kControlMonths && control_.sigma_z.value_or(1) >= kControlDispersed)
      control_.advice = ControlAdvice::Dispersed;
  }

  /// Walks back from the last complete month while the same signal holds, no further than the lines in force.
  void judge() {
    bool walking = true, judged = false;
    for (std::size_t i = months_.size(); i-- > 0;) {
      const auto& point = control_.chart.points[i];
      if (months_[i].running || !point.y) continue;
      if (!control_.last) control_.last = months_[i].month;
      if (!point.type) continue;
      const auto turn = turn_of(*point.type);
      if (!std::exchange(judged, true)) control_.turn = turn;
      walking = walking && i >= begin_ && turn == control_.turn;
      if (turn == Control::Turn::Ordinary) continue;
      if (walking) {
        control_.since = months_[i].month;
        ++control_.lasting;
      } else {
        control_.earlier.insert(control_.earlier.begin(), months_[i].month);
      }
    }
    note_crossings();
    if (control_.since_start < kControlMonths)
      withhold(Control::Turn::TooShort);
    else if (control_.weak * 2 > control_.months || !judged)
      withhold(Control::Turn::TooFew);
  }

  /// Too few crossings are a shift that begins in no month of its own.
  void note_crossings() {
    if (choice_.rules != math::SpcRules::Anhoej || control_.chart.phases.empty()) return;
    const auto& phase = control_.chart.phases.back();
    if (!phase.few_crossings()) return;
    control_.crossings = *phase.n_crossings;
    control_.crossings_min = *phase.n_crossings_min;
    if (control_.turn == Control::Turn::Ordinary) control_.turn = Control::Turn::Changed;
  }

  void withhold(Control::Turn turn) {
    control_.turn = turn;
    control_.crossings = control_.crossings_min = 0;
    control_.since.reset();
    control_.lasting = 0;
  }

  const Measure& measure_;
  std::span<const ControlMonth> months_;
  const ControlChoice& choice_;
  std::vector<math::SpcValue> values_{};
  std::size_t begin_ = 0;  ///< the first point of the lines in force
  Control control_{};
};

}  // namespace

std::span<const math::SpcChart> control_kinds(const Measure& measure) {
  switch (measure.kind) {
    case MeasureKind::Rating:
      return kRatingKinds;
    case MeasureKind::Share:
      if (measure.items.size() == 1) return kShareKinds;
      return kManySharesKinds;
    case MeasureKind::Ratio:
      if (measure.per == 1) return kSingleKinds;
      if (measure.per != Measure::kPercent) return kRateKinds;
      if (measure.complement) return kShareKinds;
      return kRatioKinds;
    case MeasureKind::Duration:
      if (measure.within) return kShareKinds;
      return kSingleKinds;
    case MeasureKind::Sum:
      return kSumKinds;
    case MeasureKind::Skm:
      break;
  }
  return kSingleKinds;
}

std::string_view chart_key(math::SpcChart kind) { return std::ranges::find(kChartKeys, kind, &ChartKey::kind)->key; }

std::optional<math::SpcChart> parse_chart(std::string_view key) {
  const auto* at = std::ranges::find(kChartKeys, key, &ChartKey::key);
  if (at == std::end(kChartKeys)) return {};
  return at->kind;
}

std::string_view rules_key(math::SpcRules rules) { return std::ranges::find(kRulesKeys, rules, &RulesKey::rules)->key; }

std::optional<math::SpcRules> parse_rules(std::string_view key) {
  const auto* at = std::ranges::find(kRulesKeys, key, &RulesKey::key);
  if (at == std::end(kRulesKeys)) return {};
  return at->rules;
}

std::span<const math::SpcRules> all_spc_rules() { return kAllRules; }

Control control_of(const Measure& measure, std::span<const ControlMonth> months, const ControlChoice& choice) {
  return ControlMaker(measure, months, choice).make();
}

Control yearly_control(const Measure& measure) {
  Control out;
  out.kind = out.usual = control_kinds(measure).front();
  out.turn = Control::Turn::Yearly;
  return out;
}

}  // namespace pilar
