#include "app/calc_groups.h"

#include "i18n/words/calc.h"

namespace pilar::calc {

Column Groups::spread(const Column& of_used) const {
  Column cells(names.size());
  for (std::size_t i = 0; i < place.size(); ++i) cells[place[i]] = of_used[i];
  return cells;
}

std::expected<Groups, Error> groups_of(const Input& input, bool proportion) {
  const auto numerator = input.column("numerator"), denominator = input.column("denominator");
  Groups groups;
  if (input.has("group")) groups.names = input.at("group").array();
  for (std::size_t i = 0; i < numerator.size(); ++i) {
    if (!input.has("group")) groups.names.emplace_back(static_cast<std::int64_t>(i + 1));
    const auto &above = numerator[i], &below = denominator[i];
    if (proportion && above && below && *above > *below) {
      const auto row = "[" + std::to_string(i + 1) + "]";
      return refuse(Code::Range, "numerator", Msg::CalcNotAbove, {"numerator" + row, "denominator" + row});
    }
    if (below == 0)
      groups.zero.push_back(i + 1);
    else if (!above || !below)
      groups.missing.push_back(i + 1);
    if (!above || !below || *below == 0) continue;
    groups.used.push_back({*above, *below});
    groups.place.push_back(i);
  }
  if (groups.used.empty()) return refuse(Code::Undefined, "denominator", Msg::CalcNoGroup, {"denominator"});
  return groups;
}

void warn_left_out(Output& out, const Groups& groups) {
  if (!groups.missing.empty()) out.warn("missing", Msg::CalcMissingLeftOut, {}, groups.missing);
  if (!groups.zero.empty()) out.warn("zero_denominator", Msg::CalcZeroDenominator, {}, groups.zero);
}

}  // namespace pilar::calc
