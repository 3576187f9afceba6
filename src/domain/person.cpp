#include "domain/person.h"

#include <algorithm>
#include <tuple>

namespace pilar {
namespace {

auto group_of(const Mention& one) { return std::tie(one.facility, one.series, one.month, one.person); }
auto place_of(const Mention& one) { return std::tie(one.facility, one.series, one.month, one.person, one.day, one.unit); }

}  // namespace

void merge(std::vector<Mention>& mentions) {
  std::ranges::sort(mentions, [](const Mention& a, const Mention& b) { return place_of(a) < place_of(b); });
  auto out = mentions.begin();
  for (auto in = mentions.begin(); in != mentions.end();) {
    auto sum = *in++;
    for (; in != mentions.end() && place_of(*in) == place_of(sum); ++in) sum.n += in->n;
    if (sum.n != 0) *out++ = sum;
  }
  mentions.erase(out, mentions.end());
}

std::vector<CellDelta> first_mentions(const std::vector<Mention>& sorted) {
  std::vector<CellDelta> cells;
  const Mention* counted = nullptr;
  for (const auto& one : sorted) {
    if (one.n <= 0 || (counted != nullptr && group_of(*counted) == group_of(one))) continue;
    counted = &one;
    cells.push_back({{one.facility, one.day, one.unit, one.series, 0}, Cell::of(1)});
  }
  return cells;
}

}  // namespace pilar
