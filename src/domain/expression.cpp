#include "domain/expression.h"

#include <algorithm>

#include "base/int128.h"
#include "base/text.h"
#include "domain/expression_parts.h"

namespace pilar::expression {
namespace {

Value from(const std::optional<Decimal>& number) { return number ? Value(*number) : Value(); }

/// 10^digits, digits 0..18.
Int128 power_of_ten(int digits) {
  Int128 out = 1;
  for (int i = 0; i < digits; ++i) out *= 10;
  return out;
}

/// The remainder with the sign of a, as XPath's mod; empty when b is 0 or the remainder has too many digits.
std::optional<Decimal> remainder(const Decimal& a, const Decimal& b) {
  if (b.unscaled() == 0) return {};
  const auto digits = std::max(a.digits(), b.digits());
  const auto left = a.unscaled() * power_of_ten(digits - a.digits()), right = b.unscaled() * power_of_ten(digits - b.digits());
  const auto rest = left % right;
  if (rest > INT64_MAX || rest < INT64_MIN) return {};
  return Decimal::make(static_cast<std::int64_t>(rest), digits);
}

/// Toward zero.
Decimal whole_part(const Decimal& a) { return Decimal::whole(static_cast<std::int64_t>(a.unscaled() / power_of_ten(a.digits()))); }

std::optional<Decimal> negated(const Decimal& a) { return subtract(Decimal{}, a); }

/// The nodes stand behind their children, so one pass from the front computes all of them without recursion.
class Evaluation {
 public:
  Evaluation(const Program& program, std::span<const Value> values, Day today) : program_(program), values_(values), today_(today) {
    results_.reserve(program.nodes.size());
  }

  Value run() {
    for (const auto& node : program_.nodes) {
      node_ = &node;
      results_.push_back(value());
    }
    return results_.empty() ? Value() : std::move(results_.back());
  }

 private:
  std::size_t count() const { return static_cast<std::size_t>(node_->count); }
  const Value& child(std::size_t i) const {
    return results_[static_cast<std::size_t>(program_.children[static_cast<std::size_t>(node_->first) + i])];
  }
  /// The child when it has this type; null otherwise, as when it is null.
  template <class T>
  const T* as(std::size_t i) const {
    return i < count() ? std::get_if<T>(&child(i)) : nullptr;
  }
  bool is_null(std::size_t i) const { return child(i).index() == 0; }

  Value value() const {
    switch (static_cast<Op>(node_->op)) {
      case Op::Literal:
        return node_->literal;
      case Op::Symbol:
        return symbol();
      case Op::And:
        return logic(false);
      case Op::Or:
        return logic(true);
      case Op::If:
        return choose();
      case Op::Coalesce:
        return first_given();
      case Op::Today:
        return today_;
      default:
        break;
    }
    for (std::size_t i = 0; i < count(); ++i)
      if (is_null(i)) return {};
    return of_given();
  }

  Value symbol() const {
    const auto index = static_cast<std::size_t>(node_->symbol);
    return index < values_.size() ? values_[index] : Value();
  }

  /// Three-valued: one child that decides (false for `and`, true for `or`) is enough, whatever the other is.
  Value logic(bool deciding) const {
    const auto *left = as<bool>(0), *right = as<bool>(1);
    if ((left != nullptr && *left == deciding) || (right != nullptr && *right == deciding)) return deciding;
    if (left == nullptr || right == nullptr) return {};
    return !deciding;
  }

  Value choose() const {
    const auto* condition = as<bool>(0);
    if (condition == nullptr) return {};
    return child(*condition ? 1 : 2);
  }

  Value first_given() const {
    for (std::size_t i = 0; i < count(); ++i)
      if (!is_null(i)) return child(i);
    return {};
  }

  /// No child is null.
  Value of_given() const {
    if (const auto* a = as<Decimal>(0)) {
      if (const auto* b = as<Decimal>(1)) return of_numbers(*a, *b);
      return of_number(*a);
    }
    if (const auto* a = as<bool>(0)) return of_boolean(*a);
    if (const auto* a = as<std::string>(0)) return of_text(*a);
    if (const auto* a = as<Day>(0)) return of_day(*a);
    if (const auto* a = as<Set>(0)) return of_set(*a);
    return {};
  }

  template <class T>
  Value compared(const T& a, const T& b) const {
    switch (static_cast<Op>(node_->op)) {
      case Op::Equal:
        return a == b;
      case Op::NotEqual:
        return a != b;
      case Op::Less:
        return a < b;
      case Op::LessEqual:
        return a <= b;
      case Op::Greater:
        return a > b;
      case Op::GreaterEqual:
        return a >= b;
      default:
        return {};
    }
  }

  Value of_number(const Decimal& a) const {
    switch (static_cast<Op>(node_->op)) {
      case Op::Negate:
        return from(negated(a));
      case Op::Round:
        return round(a, 0);
      case Op::Int:
        return whole_part(a);
      case Op::Abs:
        return a < Decimal{} ? from(negated(a)) : Value(a);
      case Op::Min:
      case Op::Max:
        return a;
      default:
        return {};
    }
  }

  Value of_numbers(const Decimal& a, const Decimal& b) const {
    switch (static_cast<Op>(node_->op)) {
      case Op::Add:
        return from(add(a, b));
      case Op::Subtract:
        return from(subtract(a, b));
      case Op::Multiply:
        return from(multiply(a, b));
      case Op::Divide:
        return from(divide(a, b));
      case Op::Modulo:
        return from(remainder(a, b));
      case Op::Round:
        return rounded(a, b);
      case Op::Min:
        return extreme(/*largest=*/false);
      case Op::Max:
        return extreme(/*largest=*/true);
      default:
        return compared(a, b);
    }
  }

  /// Null unless the digits are whole and 0..18.
  static Value rounded(const Decimal& a, const Decimal& digits) {
    if (!digits.is_whole() || digits.unscaled() < 0 || digits.unscaled() > 18) return {};
    return round(a, static_cast<int>(digits.unscaled()));
  }

  Value extreme(bool largest) const {
    const auto* best = as<Decimal>(0);
    for (std::size_t i = 1; i < count(); ++i) {
      const auto* next = as<Decimal>(i);
      if (next != nullptr && (largest ? *next > *best : *next < *best)) best = next;
    }
    return *best;
  }

  Value of_boolean(bool a) const {
    if (static_cast<Op>(node_->op) == Op::Not) return !a;
    const auto* b = as<bool>(1);
    return b == nullptr ? Value() : compared(a, *b);
  }

  Value of_text(const std::string& a) const {
    switch (static_cast<Op>(node_->op)) {
      case Op::StringLength:
        return Decimal::whole(static_cast<std::int64_t>(code_points(a)));
      case Op::Date: {
        const auto day = parse_day(a);
        return day ? Value(*day) : Value();
      }
      default:
        break;
    }
    const auto* b = as<std::string>(1);
    if (b == nullptr) return {};
    switch (static_cast<Op>(node_->op)) {
      case Op::Regex:
        return matches(a, *b);
      case Op::Selected:
        return a == *b;
      default:
        return compared(a, *b);
    }
  }

  Value of_day(Day a) const {
    const auto* b = as<Day>(1);
    if (b == nullptr) return {};
    if (static_cast<Op>(node_->op) == Op::DateDiff) return Decimal::whole(std::int64_t{b->value} - a.value);
    return compared(a, *b);
  }

  Value of_set(const Set& a) const {
    if (static_cast<Op>(node_->op) == Op::CountSelected) return Decimal::whole(static_cast<std::int64_t>(a.size()));
    const auto* key = as<std::string>(1);
    if (key == nullptr) return {};
    return std::find(a.begin(), a.end(), *key) != a.end();
  }

  const Program& program_;
  std::span<const Value> values_;
  Day today_;
  std::vector<Value> results_{};
  const Node* node_ = nullptr;
};

}  // namespace

bool reads_today(const Program& program) {
  return std::ranges::any_of(program.nodes, [](const Node& node) { return static_cast<Op>(node.op) == Op::Today; });
}

Value evaluate(const Program& program, std::span<const Value> values, Day today) { return Evaluation(program, values, today).run(); }

bool is_true(const Value& value) {
  const auto* truth = std::get_if<bool>(&value);
  return truth != nullptr && *truth;
}

}  // namespace pilar::expression
