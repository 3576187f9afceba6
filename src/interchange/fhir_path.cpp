#include <algorithm>

#include "domain/expression_parts.h"
#include "interchange/fhir.h"

namespace pilar::fhir {
namespace {

using expression::Node;
using expression::Op;
using expression::Program;

/// Walks a program from its root.
struct PathTree {
  const Instrument& form;
  const Program& program;

  static Op op(const Node& node) { return static_cast<Op>(node.op); }
  const Node& root() const { return program.nodes.back(); }
  std::vector<const Node*> children(const Node& node) const {
    std::vector<const Node*> out;
    for (std::int32_t i = 0; i < node.count; ++i)
      out.push_back(
          &program.nodes[static_cast<std::size_t>(program.children[static_cast<std::size_t>(node.first) + static_cast<std::size_t>(i)])]);
    return out;
  }
  const Item& item(const Node& symbol) const { return form.items[static_cast<std::size_t>(symbol.symbol)]; }
};

std::string_view comparison_sign(Op op) {
  switch (op) {
    case Op::Equal:
      return "=";
    case Op::Less:
      return "<";
    case Op::LessEqual:
      return "<=";
    case Op::Greater:
      return ">";
    case Op::GreaterEqual:
      return ">=";
    default:
      return {};
  }
}

std::string_view turned(std::string_view sign) {
  if (sign == "<") return ">";
  if (sign == "<=") return ">=";
  if (sign == ">") return "<";
  return sign == ">=" ? "<=" : sign;
}

bool may_compare(const Item& item, std::string_view sign) {
  switch (item.kind) {
    case ItemKind::Choice:
    case ItemKind::YesNo:
    case ItemKind::Scale:
    case ItemKind::Text:
      return sign == "=";
    case ItemKind::Number:
    case ItemKind::Date:
      return true;
    default:
      return false;
  }
}

/// One comparison of a question with a fixed value; anything else is none.
std::optional<Condition> condition_of(const PathTree& tree, const Node& node) {
  const auto parts = tree.children(node);
  if (PathTree::op(node) == Op::Selected && PathTree::op(*parts[0]) == Op::Symbol && PathTree::op(*parts[1]) == Op::Literal)
    return Condition{static_cast<std::size_t>(parts[0]->symbol), "=", parts[1]->literal};
  auto sign = comparison_sign(PathTree::op(node));
  if (sign.empty()) return {};
  const auto* left = parts[0];
  const auto* right = parts[1];
  if (PathTree::op(*left) != Op::Symbol) {
    std::swap(left, right);
    sign = turned(sign);
  }
  const auto is_date = [](const Node& one) { return PathTree::op(one) == Op::Date; };
  if (PathTree::op(*left) != Op::Symbol || (PathTree::op(*right) != Op::Literal && !is_date(*right))) return {};
  if (!may_compare(tree.item(*left), sign)) return {};
  auto value = right->literal;
  if (is_date(*right)) {
    const auto* text = std::get_if<std::string>(&tree.children(*right)[0]->literal);
    const auto day = text == nullptr ? std::nullopt : parse_day(*text);
    if (!day) return {};
    value = *day;
  }
  if (std::holds_alternative<std::monostate>(value)) return {};
  return Condition{static_cast<std::size_t>(left->symbol), std::string(sign), std::move(value)};
}

/// All leaves of one operator; false when a leaf is something else.
bool gather(const PathTree& tree, const Node& node, Op joint, std::vector<Condition>& out) {
  if (PathTree::op(node) == joint) {
    for (const auto* child : tree.children(node))
      if (!gather(tree, *child, joint, out)) return false;
    return true;
  }
  auto condition = condition_of(tree, node);
  if (!condition) return false;
  out.push_back(*std::move(condition));
  return true;
}

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

/// Writes FHIRPath; once something has no word for it, the whole has none.
class PathWriter {
 public:
  explicit PathWriter(const PathTree& tree) : tree_(tree) {}

  std::optional<std::string> write() {
    auto out = node(tree_.root());
    return is_sayable_ ? std::optional(std::move(out)) : std::nullopt;
  }

 private:
  std::string give_up() {
    is_sayable_ = false;
    return {};
  }

  std::string answer_of(const Item& item) {
    auto value = "%resource.repeat(item).where(linkId=" + quoted(item.key) + ").answer.value";
    switch (item.kind) {
      case ItemKind::Choice:
      case ItemKind::Multiple:
        return value + ".code";
      case ItemKind::Scale:
        return value + ".ordinal()";
      case ItemKind::YesNo:
        return "iif(" + value + ", 'ya', 'tidak')";
      case ItemKind::Number:
      case ItemKind::Calculation:
      case ItemKind::Date:
      case ItemKind::Text:
        return value;
      default:
        return give_up();
    }
  }

  std::string literal(const expression::Value& value) {
    if (const auto* number = std::get_if<Decimal>(&value)) return text(*number);
    if (const auto* words = std::get_if<std::string>(&value)) return quoted(*words);
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const auto* day = std::get_if<Day>(&value)) return "@" + iso(*day);
    return "{}";
  }

  std::string joined(const std::vector<std::string>& parts, std::string_view sign) {
    return "(" + parts[0] + " " + std::string(sign) + " " + parts[1] + ")";
  }

  std::string_view infix(Op op) const {
    switch (op) {
      case Op::Add:
        return "+";
      case Op::Subtract:
        return "-";
      case Op::Multiply:
        return "*";
      case Op::Divide:
        return "/";
      case Op::Modulo:
        return "mod";
      case Op::NotEqual:
        return "!=";
      case Op::And:
        return "and";
      case Op::Or:
        return "or";
      case Op::Selected:
        return "contains";
      default:
        return comparison_sign(op);
    }
  }

  /// The first that has an answer.
  std::string coalesced(const std::vector<std::string>& parts, std::size_t from) {
    if (from + 1 == parts.size()) return parts[from];
    return "iif(" + parts[from] + ".exists(), " + parts[from] + ", " + coalesced(parts, from + 1) + ")";
  }

  std::string called(Op op, const std::vector<std::string>& parts) {
    switch (op) {
      case Op::Negate:
        return "(-" + parts[0] + ")";
      case Op::Not:
        return parts[0] + ".not()";
      case Op::If:
        return "iif(" + parts[0] + ", " + parts[1] + ", " + parts[2] + ")";
      case Op::Coalesce:
        return coalesced(parts, 0);
      case Op::CountSelected:
        return parts[0] + ".count()";
      case Op::Round:
        return parts[0] + ".round(" + (parts.size() > 1 ? parts[1] : std::string("0")) + ")";
      case Op::Int:
        return parts[0] + ".truncate()";
      case Op::Abs:
        return parts[0] + ".abs()";
      case Op::StringLength:
        return parts[0] + ".length()";
      case Op::Today:
        return "today()";
      default:
        return give_up();
    }
  }

  std::string node(const Node& one) {
    const auto op = PathTree::op(one);
    if (op == Op::Literal) return literal(one.literal);
    if (op == Op::Symbol) return answer_of(tree_.item(one));
    std::vector<std::string> parts;
    for (const auto* child : tree_.children(one)) parts.push_back(node(*child));
    if (const auto sign = infix(op); !sign.empty()) return joined(parts, sign);
    if (op == Op::Date) return "@" + parts[0].substr(1, parts[0].size() - 2);
    return called(op, parts);
  }

  const PathTree& tree_;
  bool is_sayable_ = true;
};

}  // namespace

std::optional<Conditions> conditions_of(const Instrument& form, const expression::Program& program) {
  if (program.empty()) return {};
  const PathTree tree{form, program};
  Conditions out;
  const auto op = PathTree::op(tree.root());
  out.all = op != Op::Or;
  if (!gather(tree, tree.root(), op == Op::Or ? Op::Or : Op::And, out.list)) return {};
  return out;
}

std::optional<std::string> path_of(const Instrument& form, const expression::Program& program) {
  if (program.empty()) return {};
  const PathTree tree{form, program};
  return PathWriter(tree).write();
}

}  // namespace pilar::fhir
