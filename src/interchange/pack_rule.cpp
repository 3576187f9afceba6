#include <algorithm>

#include "i18n/words/integrity.h"
#include "i18n/words/pack.h"
#include "interchange/pack_parts.h"

namespace pilar::pack {
namespace {

using yaml::Fields;
using yaml::Need;
using yaml::Node;

/// Rules are read last, so each may use every question.
class ValidationReader {
 public:
  ValidationReader(Draft& draft, const Node& node) : draft_(draft), fields_(draft.faults, node) {}

  Rule read() {
    rule_.key = fields_.name("key");
    rule_.op = fields_.one_of("operator", rule_operators(), Need::Required).value_or(RuleOperator::AtMost);
    rule_.left = read_side("left", "left_missing");
    rule_.right = read_side("right", "right_missing");
    rule_.importance = fields_.one_of("importance", importances()).value_or(Importance::Middle);
    rule_.message = fields_.words("message", Need::Required);
    fields_.finish();
    return rule_;
  }

 private:
  RuleSide read_side(std::string_view key, std::string_view missing_key) {
    RuleSide side;
    const auto missing = fields_.one_of(missing_key, missing_strategies());
    if (missing == MissingStrategy::NeverSkip && is_pair(rule_.op))
      draft_.faults.add(fields_.find(missing_key)->key_at, Msg::PackRulePairMissing, {std::string(missing_key)});
    side.missing = missing.value_or(MissingStrategy::SkipIfAny);
    const auto* written = fields_.find(key, Need::Required);
    if (written == nullptr) return side;
    if (written->kind != Node::Kind::Scalar) {
      draft_.faults.add(written->at, Msg::PackNeedsText, {std::string(key)});
      return side;
    }
    auto program = expression::compile(written->text, draft_.symbols, expression::Type::Number);
    if (program)
      side.program = *std::move(program);
    else
      draft_.faults.add(draft_.faults.position_in(*written, program.error().offset), program.error().message,
                        std::move(program.error().args));
    return side;
  }

  Draft& draft_;
  Fields fields_;
  Rule rule_{};
};

}  // namespace

void read_rule(Draft& draft, const Node& node) {
  auto rule = ValidationReader(draft, node).read();
  auto& rules = draft.instrument.rules;
  if (!rule.key.empty() && std::ranges::find(rules, rule.key, &Rule::key) != rules.end())
    draft.faults.add(node.at, Msg::PackNameTwice, {rule.key});
  rules.push_back(std::move(rule));
}

}  // namespace pilar::pack
