#include "domain/tally.h"

#include <algorithm>

namespace pilar {
namespace {

constexpr std::size_t kMostChips = 9;  // digits that choose one

bool is_choice(const Item& item) {
  return (item.kind == ItemKind::Choice || item.kind == ItemKind::YesNo) && item.relevance.empty() && item.constraint.empty() &&
         item.options.size() <= kMostChips;
}

const Measure* share_of_one(const Instrument& form) {
  const auto found = std::ranges::find_if(
      form.measures, [](const Measure& measure) { return measure.kind == MeasureKind::Share && measure.items.size() == 1; });
  return found == form.measures.end() ? nullptr : &*found;
}

/// Fills in which options are done and not done; false where a press of two buttons could not tell.
bool sort_options(const Item& item, const Measure& measure, Tally& tally) {
  for (const auto& option : item.options) {
    if (option.not_applicable) continue;
    if (std::ranges::find(measure.positive, option.key) != measure.positive.end())
      tally.done.push_back(&option);
    else if (tally.not_done == nullptr)
      tally.not_done = &option;
    else
      return false;
  }
  return !tally.done.empty() && tally.not_done != nullptr;
}

}  // namespace

std::optional<Tally> find_tally(const Instrument& form) {
  const auto* measure = form.is_public ? nullptr : share_of_one(form);
  const auto at = measure == nullptr ? std::nullopt : form.index_of(measure->items.front());
  if (!at || !form.items[*at].required || !is_choice(form.items[*at])) return {};
  Tally tally{.item = *at};
  if (!sort_options(form.items[*at], *measure, tally)) return {};
  for (std::size_t i = 0; i < form.items.size(); ++i) {
    if (i == *at) continue;
    const auto& item = form.items[i];
    if (i < *at && is_choice(item))
      tally.about.push_back(i);
    else if (item.required)
      return {};
  }
  if (tally.about.empty()) return {};
  return tally;
}

}  // namespace pilar
