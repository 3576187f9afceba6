#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/instrument.h"
#include "interchange/fields.h"

// What the readers of the parts of a pack share; nothing else includes it.
namespace pilar::pack {

inline constexpr std::size_t kMaxItems = 500, kMaxOptions = 300, kMaxRules = 100;

/// Items may be broken down by items that come later, so this is settled when all are read.
struct Breakdown {
  std::size_t item = 0;
  std::vector<const yaml::Node*> by{};
};

struct OptionList {
  std::vector<Option> options{};
  yaml::Position at{};
  bool used = false;
};

/// A pack being read.
struct Draft {
  yaml::Faults& faults;
  Instrument instrument{};
  std::map<std::string, OptionList, std::less<>> lists{};
  std::vector<expression::Symbol> symbols{};       ///< one per item read so far
  std::set<std::string, std::less<>> announced{};  ///< keys of all items of the file
  std::vector<Breakdown> breakdowns{};
};

std::vector<Option> read_options(Draft& draft, std::span<const yaml::Node> nodes);
/// Appends the item to the instrument.
void read_item(Draft& draft, const yaml::Node& node, std::size_t section);
/// All items are known.
void settle_breakdowns(Draft& draft);
void read_measure(Draft& draft, const yaml::Node& node);
/// All items are known.
void read_rule(Draft& draft, const yaml::Node& node);
/// The item that a text names, or a fault with the nearest.
const Item* find_item(Draft& draft, const yaml::Node& name);

}  // namespace pilar::pack
