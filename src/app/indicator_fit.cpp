#include "app/indicator_fit.h"

#include "app/formula.h"
#include "app/nearest_name.h"
#include "i18n/messages.h"

namespace pilar::app {
namespace {

void check_tags(Problems& problems, std::span<const TagSet> sets, const Indicator& profile) {
  std::vector<std::string> paths;
  for (const auto& set : sets)
    for (const auto& tag : set.tags) paths.push_back(set.key + "/" + tag.key);
  const std::vector<std::string_view> names(paths.begin(), paths.end());
  for (const auto& tag : profile.tags)
    if (find_tag(sets, tag) == nullptr)
      problems.push_back(unknown_name("tags", tag, names, Msg::IndicatorTagUnknown, Msg::IndicatorTagNear));
}

}  // namespace

bool may_exceed(const Measure& measure) { return measure.kind == MeasureKind::Ratio && !measure.complement; }

Problems check_fit(const Reference& reference, std::span<const TagSet> sets, std::span<const IndicatorEntry> own,
                   const Indicator& profile) {
  auto problems = check_formula(reference, own, profile);
  const auto measure = problems.empty() ? measure_of(reference, profile) : std::nullopt;
  if (measure && profile.target && is_share(*measure) && !may_exceed(*measure) && *profile.target > Decimal::whole(100))
    problems.push_back({Problem::Kind::Invalid, Msg::IndicatorTargetTooHigh, "target", {}});
  check_tags(problems, sets, profile);
  return problems;
}

}  // namespace pilar::app
