#include "app/indicator_fit.h"

#include "base/text.h"
#include "i18n/messages.h"

namespace pilar::app {
namespace {

/// A problem with an unknown name: with the nearest that exists, where one is near.
Problem unknown_name(std::string field, std::string_view name, std::span<const std::string_view> names, Msg alone, Msg with_near) {
  const auto near = nearest(name, names);
  if (near.empty()) return {Problem::Kind::Invalid, alone, std::move(field), {std::string(name)}};
  return {Problem::Kind::Invalid, with_near, std::move(field), {std::string(name), std::string(near)}};
}

void check_formula(Problems& problems, const Reference& reference, const Indicator& profile) {
  std::vector<std::string> paths;
  const Measure* found = nullptr;
  for (const auto* version : reference.latest_of_all())
    for (const auto& measure : version->form.measures) {
      paths.push_back(version->form.key + "/" + measure.key);
      if (paths.back() == profile.formula) found = &measure;
    }
  if (found == nullptr) {
    const std::vector<std::string_view> names(paths.begin(), paths.end());
    problems.push_back(unknown_name("formula", profile.formula, names, Msg::IndicatorFormulaUnknown, Msg::IndicatorFormulaNear));
  } else if (profile.target && is_share(*found) && !may_exceed(*found) && *profile.target > Decimal::whole(100)) {
    problems.push_back({Problem::Kind::Invalid, Msg::IndicatorTargetTooHigh, "target", {}});
  }
}

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

Problems check_fit(const Reference& reference, std::span<const TagSet> sets, const Indicator& profile) {
  Problems problems;
  check_formula(problems, reference, profile);
  check_tags(problems, sets, profile);
  return problems;
}

}  // namespace pilar::app
