#include "app/indicator_fit.h"

#include "app/formula.h"
#include "app/nearest_name.h"
#include "domain/target_range.h"
#include "i18n/words/indicator.h"

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

std::optional<Problem> check_indicator_target(const Instrument* form, const Measure* measure, const Decimal& target) {
  if (target < Decimal::whole(0)) return Problem{Problem::Kind::Invalid, Msg::IndicatorTargetNegative, "target", {}};
  if (measure == nullptr) return {};
  const auto* scale = form == nullptr || measure->items.empty() ? nullptr : form->find(measure->items.front());
  const auto range = target_range(*measure, scale);
  if (!range || range->holds(target)) return {};
  if (is_share(*measure)) return Problem{Problem::Kind::Invalid, Msg::IndicatorTargetTooHigh, "target", {}};
  return Problem{Problem::Kind::Invalid, Msg::IndicatorTargetOffScale, "target", {text(range->low), text(range->high)}};
}

Problems check_fit(const Reference& reference, std::span<const TagSet> sets, std::span<const IndicatorEntry> own,
                   const Indicator& profile) {
  auto problems = check_formula(reference, own, profile);
  const auto measure = problems.empty() ? measure_of(reference, profile) : std::nullopt;
  const auto* version = profile.formula.empty() ? nullptr : reference.latest(profile.instrument());
  if (measure && profile.target && *profile.target >= Decimal::whole(0))  // below 0 the profile by itself says so
    if (auto wrong = check_indicator_target(version == nullptr ? nullptr : &version->form, &*measure, *profile.target))
      problems.push_back(*std::move(wrong));
  check_tags(problems, sets, profile);
  return problems;
}

}  // namespace pilar::app
