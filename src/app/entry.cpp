#include "app/entry.h"

#include <algorithm>

#include "app/record_parts.h"
#include "base/text.h"
#include "i18n/words/access.h"

namespace pilar::app {
namespace {

std::optional<Problem> check_unit(const Organisation& organisation, const Scope& scope, const EntryForm& form, const Node& node, Day day,
                                  Right right) {
  const auto units = units_to_fill(organisation, scope, node, day, right);
  if (units.has(form.unit)) return {};
  if (units.empty()) return Problem{Problem::Kind::Forbidden, Msg::AccessMayNotWrite, "unit", {}};
  return Problem{Problem::Kind::Forbidden, Msg::AccessOwnUnit, "unit", {}};
}

}  // namespace

bool EntryUnits::has(UnitKey unit) const {
  if (unit == UnitKey{}) return whole;
  return std::ranges::any_of(units, [&](const Unit* one) { return one->key == unit; });
}

EntryUnits units_to_fill(const Organisation& organisation, const Scope& scope, const Node& facility, Day today, Right right) {
  EntryUnits out;
  out.whole = scope.may(right, organisation, facility.key, UnitKey{});
  for (const auto& unit : organisation.units(facility.key))
    if (unit.exists_on(today) && scope.may(right, organisation, facility.key, unit.key)) out.units.push_back(&unit);
  return out;
}

std::vector<const Node*> facilities_to_fill(const Organisation& organisation, const Scope& scope, std::string_view words, Day today,
                                            std::size_t limit) {
  const auto wanted = lower_ascii(trim(words));
  std::vector<const Node*> found;
  for (const auto& node : organisation.nodes()) {
    if (node.kind != NodeKind::Facility || !node.exists_on(today)) continue;
    if (!lower_ascii(node.name).contains(wanted) && !node.code.contains(wanted)) continue;
    if (scope.may(Right::WriteRecords, organisation, node.key)) found.push_back(&node);
  }
  const auto inside = [&](const Node* node) { return !lower_ascii(node->name).starts_with(wanted); };
  std::ranges::sort(found, {}, [&](const Node* node) { return std::pair(inside(node), std::string_view(node->name)); });
  found.resize(std::min(found.size(), limit));
  return found;
}

Result<NewRecord> check_entry(const Context& context, const Scope& scope, const EntryForm& form, Right right) {
  const auto reference = context.reference.get();
  const auto* node = reference->organisation.find(form.facility);
  const auto* version = reference->find(form.version);
  require(node != nullptr && version != nullptr, "a form names a known place and version");
  const auto day = civil_day(form.at, node->zone);
  Problems problems;
  if (auto problem = check_time(form.at, context.clock.now(), node->zone)) problems.push_back(*std::move(problem));
  if (auto problem = check_unit(reference->organisation, scope, form, *node, civil_day(context.clock.now(), node->zone), right))
    problems.push_back(*std::move(problem));
  auto answers = check_answers(version->form, form.typed, day, /*forgiving=*/false);
  std::ranges::move(answers ? check_moments(version->form, *answers, context.clock.now(), node->zone) : answers.error(),
                    std::back_inserter(problems));
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return NewRecord{form.id, form.facility, form.unit, form.version, form.at, Channel::Staff, *std::move(answers)};
}

}  // namespace pilar::app
