#include "domain/validation_rule.h"

#include <algorithm>
#include <array>
#include <set>

#include "domain/instrument.h"
#include "domain/record.h"
#include "i18n/words/integrity.h"

namespace pilar {
namespace {

constexpr std::array kRuleOperators{NamedValue{RuleOperator::Equal, "=", Msg::RuleEqual},
                                    NamedValue{RuleOperator::NotEqual, "!=", Msg::RuleNotEqual},
                                    NamedValue{RuleOperator::Less, "<", Msg::RuleLess},
                                    NamedValue{RuleOperator::AtMost, "<=", Msg::RuleAtMost},
                                    NamedValue{RuleOperator::More, ">", Msg::RuleMore},
                                    NamedValue{RuleOperator::AtLeast, ">=", Msg::RuleAtLeast},
                                    NamedValue{RuleOperator::CompulsoryPair, "compulsory_pair", Msg::RuleCompulsoryPair},
                                    NamedValue{RuleOperator::ExclusivePair, "exclusive_pair", Msg::RuleExclusivePair}};
constexpr std::array kMissingStrategies{NamedValue{MissingStrategy::SkipIfAny, "skip_if_any", Msg::RuleSkipIfAny},
                                        NamedValue{MissingStrategy::SkipIfAll, "skip_if_all", Msg::RuleSkipIfAll},
                                        NamedValue{MissingStrategy::NeverSkip, "never_skip", Msg::RuleNeverSkip}};
constexpr std::array kImportances{NamedValue{Importance::High, "high", Msg::RuleHigh},
                                  NamedValue{Importance::Middle, "middle", Msg::RuleMiddle},
                                  NamedValue{Importance::Low, "low", Msg::RuleLow}};

bool is_missing(const expression::Value& value) { return std::holds_alternative<std::monostate>(value); }

/// One record as the sides of its rules read it.
class RuleReader {
 public:
  RuleReader(const Instrument& form, const Answers& answers, Day today)
      : values_(expression_values(form, answers)),
        symbols_(symbols_of(form.items, form.items.size())),
        today_(today) {}

  /// Empty where the side is skipped or cannot be computed.
  std::optional<Decimal> read(const RuleSide& side) const {
    const auto& uses = side.program.uses;
    const auto missing = std::ranges::count_if(uses, [&](std::int32_t use) { return is_missing(at(use)); });
    if (missing == 0) return number_of(side.program, values_);
    if (side.missing == MissingStrategy::SkipIfAny) return {};
    if (side.missing == MissingStrategy::SkipIfAll && missing == std::ssize(uses)) return {};
    auto filled = values_;
    for (const auto use : uses) {
      const auto index = static_cast<std::size_t>(use);
      if (is_missing(filled[index]) && symbols_[index].type == expression::Type::Number) filled[index] = Decimal{};
    }
    return number_of(side.program, filled);
  }

  /// A side of a pair: what is there. Nothing is put in the place of what is missing, unless it is to be skipped only where all is.
  std::optional<Decimal> present(const RuleSide& side) const {
    return side.missing == MissingStrategy::SkipIfAll ? read(side) : number_of(side.program, values_);
  }

 private:
  const expression::Value& at(std::int32_t use) const { return values_[static_cast<std::size_t>(use)]; }

  std::optional<Decimal> number_of(const expression::Program& program, std::span<const expression::Value> values) const {
    const auto value = expression::evaluate(program, values, today_);
    const auto* number = std::get_if<Decimal>(&value);
    return number == nullptr ? std::nullopt : std::optional(*number);
  }

  std::vector<expression::Value> values_;
  std::vector<expression::Symbol> symbols_;
  Day today_;
};

bool holds(RuleOperator op, const Decimal& left, const Decimal& right) {
  switch (op) {
    case RuleOperator::Equal:
      return left == right;
    case RuleOperator::NotEqual:
      return left != right;
    case RuleOperator::Less:
      return left < right;
    case RuleOperator::AtMost:
      return left <= right;
    case RuleOperator::More:
      return left > right;
    case RuleOperator::AtLeast:
      return left >= right;
    case RuleOperator::CompulsoryPair:
    case RuleOperator::ExclusivePair:
      break;
  }
  throw Bug("a pair is not compared");
}

bool is_broken(const RuleReader& reader, BrokenRule& found) {
  const auto& rule = *found.rule;
  if (is_pair(rule.op)) {
    found.left = reader.present(rule.left);
    found.right = reader.present(rule.right);
    return rule.op == RuleOperator::CompulsoryPair ? found.left.has_value() != found.right.has_value() : found.left && found.right;
  }
  found.left = reader.read(rule.left);
  found.right = reader.read(rule.right);
  return found.left && found.right && !holds(rule.op, *found.left, *found.right);
}

}  // namespace

std::span<const NamedValue<RuleOperator>> rule_operators() { return kRuleOperators; }
std::span<const NamedValue<MissingStrategy>> missing_strategies() { return kMissingStrategies; }
std::span<const NamedValue<Importance>> importances() { return kImportances; }
bool is_pair(RuleOperator op) { return op == RuleOperator::CompulsoryPair || op == RuleOperator::ExclusivePair; }

std::vector<std::size_t> Rule::items() const {
  std::set<std::size_t> used;
  for (const auto* side : {&left, &right})
    for (const auto use : side->program.uses) used.insert(static_cast<std::size_t>(use));
  return {used.begin(), used.end()};
}

std::vector<BrokenRule> broken_rules(const Instrument& form, const Answers& answers, Day today) {
  std::vector<BrokenRule> broken;
  if (form.rules.empty()) return broken;
  const RuleReader reader(form, answers, today);
  for (const auto& rule : form.rules) {
    BrokenRule found{&rule, {}, {}};
    if (is_broken(reader, found)) broken.push_back(found);
  }
  return broken;
}

}  // namespace pilar
