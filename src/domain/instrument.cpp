#include "domain/instrument.h"

#include <algorithm>

namespace pilar {
namespace {

expression::Symbol symbol_of(const Item& item) {
  expression::Symbol symbol{item.key, expression::Type::Number, {}};
  switch (item.kind) {
    case ItemKind::Choice:
    case ItemKind::YesNo:
      symbol.type = expression::Type::Text;
      break;
    case ItemKind::Multiple:
      symbol.type = expression::Type::Set;
      break;
    case ItemKind::Date:
      symbol.type = expression::Type::Date;
      break;
    case ItemKind::Text:
    case ItemKind::Photo:
    case ItemKind::Person:
      symbol.type = expression::Type::Text;
      break;
    case ItemKind::Scale:
    case ItemKind::Number:
    case ItemKind::Calculation:
    case ItemKind::Time:
    case ItemKind::Instant:
      break;
  }
  if (symbol.type == expression::Type::Text || symbol.type == expression::Type::Set)
    for (const auto& option : item.options) symbol.options.push_back(option.key);
  return symbol;
}

}  // namespace

const Item* Instrument::find(std::string_view item_key) const {
  const auto at = std::ranges::find(items, item_key, &Item::key);
  return at == items.end() ? nullptr : &*at;
}

bool Instrument::asks_for(ItemKind kind) const { return std::ranges::find(items, kind, &Item::kind) != items.end(); }

std::optional<std::size_t> Instrument::index_of(std::string_view item_key) const {
  const auto* item = find(item_key);
  if (item == nullptr) return {};
  return static_cast<std::size_t>(item - items.data());
}

const Option* find_option(const Item& item, std::string_view key) {
  const auto at = std::ranges::find(item.options, key, &Option::key);
  return at == item.options.end() ? nullptr : &*at;
}

const Option* find_option(const Item& item, std::int32_t code) {
  const auto at = std::ranges::find(item.options, code, &Option::code);
  return at == item.options.end() ? nullptr : &*at;
}

bool is_coded(ItemKind kind) { return kind == ItemKind::Choice || kind == ItemKind::Scale || kind == ItemKind::YesNo; }

bool is_numeric(ItemKind kind) { return kind == ItemKind::Number || kind == ItemKind::Calculation; }

bool has_share(const Measure& measure) {
  return measure.kind == MeasureKind::Share || measure.kind == MeasureKind::Ratio ||
         (measure.kind == MeasureKind::Duration && measure.within);
}

bool is_share(const Measure& measure) {
  return has_share(measure) && (measure.kind != MeasureKind::Ratio || measure.per == Measure::kPercent);
}

Better better_of(const Measure& measure) {
  if (measure.better) return *measure.better;
  if (measure.kind == MeasureKind::Sum) return Better::Neither;
  return measure.kind == MeasureKind::Duration && !measure.within ? Better::Lower : Better::Higher;
}

bool is_kept(Aggregation aggregation) { return aggregation == Aggregation::State || aggregation == Aggregation::YearlyTarget; }

std::vector<expression::Symbol> symbols_of(const std::vector<Item>& items, std::size_t count) {
  std::vector<expression::Symbol> symbols;
  symbols.reserve(count);
  for (std::size_t i = 0; i < count; ++i) symbols.push_back(symbol_of(items[i]));
  return symbols;
}

}  // namespace pilar
