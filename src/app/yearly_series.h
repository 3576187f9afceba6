#pragma once
#include <map>
#include <string>
#include <vector>

#include "app/reference.h"

namespace pilar::app {

/// An item with a yearly target, with the series that hold its numbers and the coverages computed over it.
struct YearlyItem {
  const InstalledVersion* version = nullptr;
  const Item* item = nullptr;
  std::vector<SeriesKey> reports{};           ///< ascending
  std::vector<const Measure*> coverages{};    ///< those that accumulate over it
  std::vector<SeriesKey> numerators{};        ///< of these, ascending
};
/// Of the newest version of every instrument, in the order of instruments and items.
std::vector<YearlyItem> yearly_items(const Reference& reference);

}  // namespace pilar::app
