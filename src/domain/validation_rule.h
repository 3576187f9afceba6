#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/time.h"
#include "domain/answer.h"
#include "domain/expression.h"
#include "i18n/lang.h"
#include "i18n/named.h"

namespace pilar {

struct Instrument;

/// How the two sides of a validation rule must stand to each other, as in DHIS2.
enum class RuleOperator : std::uint8_t {
  Equal,
  NotEqual,
  Less,
  AtMost,
  More,
  AtLeast,
  CompulsoryPair,  ///< both sides have a value, or neither has
  ExclusivePair    ///< at most one side has a value
};
/// What becomes of a side whose questions have no answer. A pair asks whether a side has a value: where any of its questions has one with
/// SkipIfAll, else where all have; NeverSkip does not go with it, since 0 would always be there.
enum class MissingStrategy : std::uint8_t {
  SkipIfAny,  ///< the rule is not judged when one is missing
  SkipIfAll,  ///< it is not judged when all are missing; else a missing one counts as 0
  NeverSkip   ///< a missing one counts as 0
};
enum class Importance : std::uint8_t { High, Middle, Low };

/// The words of a pack: "<=", "compulsory_pair"; "skip_if_any"; "high".
std::span<const NamedValue<RuleOperator>> rule_operators();
std::span<const NamedValue<MissingStrategy>> missing_strategies();
std::span<const NamedValue<Importance>> importances();
bool is_pair(RuleOperator op);

struct RuleSide {
  expression::Program program{};  ///< a number
  MissingStrategy missing = MissingStrategy::SkipIfAny;
};

/// What a sound record keeps although each of its answers may stand by itself. Content of a pack: breaking it is a warning, never a
/// refusal of what was found.
struct Rule {
  std::string key;
  RuleSide left{}, right{};
  RuleOperator op = RuleOperator::AtMost;
  Importance importance = Importance::Middle;  ///< High: whoever enters it corrects it or says that it was checked
  Words message{};

  /// The items that it reads, as indices, ascending.
  std::vector<std::size_t> items() const;
};

/// A rule that a record does not keep, with what its sides came to; empty where a side of a pair has no value.
struct BrokenRule {
  const Rule* rule = nullptr;
  std::optional<Decimal> left{}, right{};
};
/// In the order of the instrument. A side that cannot be computed (division by zero) leaves its rule unjudged.
std::vector<BrokenRule> broken_rules(const Instrument& form, const Answers& answers, Day today);

}  // namespace pilar
