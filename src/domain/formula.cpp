#include "domain/formula.h"

#include <algorithm>
#include <array>
#include <memory>

#include "base/hash.h"
#include "base/text.h"
#include "i18n/words/expression.h"
#include "i18n/words/formula.h"

namespace pilar {
namespace {

constexpr std::array kFormulaKinds{NamedValue{FormulaKind::Ratio, std::string_view("ratio"), Msg::FormulaRatio},
                                   NamedValue{FormulaKind::Rate, std::string_view("rate"), Msg::FormulaRate},
                                   NamedValue{FormulaKind::Mean, std::string_view("mean"), Msg::FormulaMean},
                                   NamedValue{FormulaKind::Sum, std::string_view("sum"), Msg::FormulaSum},
                                   NamedValue{FormulaKind::Median, std::string_view("median"), Msg::FormulaMedian},
                                   NamedValue{FormulaKind::Within, std::string_view("within"), Msg::FormulaWithin}};
constexpr std::size_t kKeyBytes = 6;
constexpr int kDurationDigits = 2;

bool has_denominator(FormulaKind kind) { return kind == FormulaKind::Ratio || kind == FormulaKind::Rate || kind == FormulaKind::Mean; }
bool is_duration(FormulaKind kind) { return kind == FormulaKind::Median || kind == FormulaKind::Within; }

std::string numerator_key(const Formula& formula) { return formula_key(formula) + "_a"; }
std::string denominator_key(const Formula& formula) { return formula_key(formula) + "_b"; }

/// One expression of a formula, checked against the items of its instrument.
class PartChecker {
 public:
  PartChecker(const Instrument& form, Problems& problems) : symbols_(symbols_of(form.items, form.items.size())), problems_(problems) {}

  bool is_condition(const std::string& source) const {
    return expression::compile(source, symbols_, expression::Type::Boolean).has_value();
  }

  void check(const char* field, const std::string& source, expression::Type wanted) {
    if (source.size() > kLongestFormulaPart) return add(field, Msg::ExpressionTooLong, {std::to_string(kLongestFormulaPart)});
    const auto program = expression::compile(source, symbols_, wanted);
    if (!program) {
      const auto& error = program.error();
      add(field, Msg::FormulaPosition, {std::to_string(code_points(std::string_view(source).substr(0, error.offset)) + 1)});
      return add(field, error.message, error.args);
    }
    if (expression::reads_today(*program)) add(field, Msg::FormulaToday);
  }

  expression::Program compile(const std::string& source, expression::Type wanted) const {
    auto program = expression::compile(source, symbols_, wanted);
    require(program.has_value(), "parts that were checked fit together");
    return *std::move(program);
  }

 private:
  void add(const char* field, Message message, std::vector<std::string> args = {}) {
    problems_.push_back({Problem::Kind::Invalid, message, field, std::move(args)});
  }

  std::vector<expression::Symbol> symbols_;
  Problems& problems_;
};

std::string known(const std::string& part) { return "coalesce((" + part + ") = (" + part + "), false())"; }

class FormulaReader {
 public:
  FormulaReader(const Formula& formula, const Instrument& form) : formula_(formula), checker_(form, problems_) {}

  Result<std::vector<Item>> read() {
    check_shape();
    const auto numerator = number("numerator", formula_.numerator);
    const auto denominator = formula_.denominator.empty() ? std::string("1") : number("denominator", formula_.denominator);
    condition("include", formula_.include);
    condition("exclude", formula_.exclude);
    if (!problems_.empty()) return std::unexpected(std::move(problems_));
    counts_ = known(numerator) + " and " + known(denominator);
    if (!formula_.include.empty()) counts_ += " and coalesce((" + formula_.include + "), false())";
    if (!formula_.exclude.empty()) counts_ += " and not(coalesce((" + formula_.exclude + "), false()))";
    std::vector<Item> items{item(formula_records_key(formula_key(formula_)), "1", 0)};
    items.push_back(item(numerator_key(formula_), numerator, is_duration(formula_.kind) ? kDurationDigits : 0));
    items.back().distribution = is_duration(formula_.kind);
    items.back().unit = formula_.unit;
    if (formula_.within) items.back().limits.push_back(*formula_.within);
    if (has_denominator(formula_.kind)) items.push_back(item(denominator_key(formula_), denominator, 0));
    return items;
  }

 private:
  void refuse_field(const char* field, Message message) { problems_.push_back({Problem::Kind::Invalid, message, field, {}}); }

  void check_shape() {
    if (formula_.numerator.empty()) refuse_field("numerator", Msg::FormulaNoNumerator);
    if (!formula_.denominator.empty() && !has_denominator(formula_.kind)) refuse_field("denominator", Msg::FormulaNoDenominator);
    if (formula_.kind == FormulaKind::Within && !formula_.within) refuse_field("within", Msg::FormulaNeedsLimit);
    if (formula_.kind != FormulaKind::Within && formula_.within) refuse_field("within", Msg::FormulaLimitMisplaced);
    if (formula_.within && (*formula_.within < Decimal::whole(0) || !formula_.within->scaled(kDurationDigits)))
      refuse_field("within", Msg::FormulaBadLimit);
  }

  /// The part as a number: a condition counts 1 or 0.
  std::string number(const char* field, const std::string& source) {
    if (source.empty()) return "0";
    if (checker_.is_condition(source)) {
      checker_.check(field, source, expression::Type::Boolean);
      return "if(" + source + ", 1, 0)";
    }
    checker_.check(field, source, expression::Type::Number);
    return source;
  }

  void condition(const char* field, const std::string& source) {
    if (!source.empty()) checker_.check(field, source, expression::Type::Boolean);
  }

  Item item(std::string key, const std::string& calculation, int digits) const {
    Item out;
    out.key = std::move(key);
    out.kind = ItemKind::Calculation;
    out.digits = digits;
    out.relevance = checker_.compile(counts_, expression::Type::Boolean);
    out.calculation = checker_.compile(calculation, expression::Type::Number);
    return out;
  }

  const Formula& formula_;
  Problems problems_{};
  PartChecker checker_;
  std::string counts_{};
};

}  // namespace

std::span<const NamedValue<FormulaKind>> formula_kinds() { return kFormulaKinds; }

std::string formula_key(const Formula& formula) {
  // The direction, the limit and "per" leave the counting as it is.
  const auto hash = sha256(formula.over + "\x1f" + std::to_string(is_duration(formula.kind)) + "\x1f" + formula.numerator + "\x1f" +
                           formula.denominator + "\x1f" + formula.include + "\x1f" + formula.exclude + "\x1f" + formula.unit);
  return "f" + hex(std::span(hash).first(kKeyBytes));
}

std::string formula_records_key(std::string_view key) { return std::string(key) + "_n"; }

Result<std::vector<Item>> formula_items(const Formula& formula, const Instrument& form) { return FormulaReader(formula, form).read(); }

Measure formula_measure(const Formula& formula) {
  Measure out;
  out.key = "nilai";
  out.better = formula.better;
  if (has_denominator(formula.kind)) {
    out.kind = MeasureKind::Ratio;
    out.numerator = numerator_key(formula);
    out.denominator = denominator_key(formula);
    out.per = formula.kind == FormulaKind::Rate ? formula.per : formula.kind == FormulaKind::Mean ? 1 : Measure::kPercent;
    out.unit = formula.unit;
  } else {
    out.kind = formula.kind == FormulaKind::Sum ? MeasureKind::Sum : MeasureKind::Duration;
    out.items = {numerator_key(formula)};
    out.within = formula.within;
  }
  return out;
}

std::vector<Series> formula_series(std::vector<Item> items) {
  std::vector<Series> out;
  for (auto& item : items) {
    const auto shared = std::make_shared<const Item>(std::move(item));
    for (auto& series : plain_series(*shared)) {
      series.derived = shared;
      out.push_back(std::move(series));
    }
  }
  return out;
}

}  // namespace pilar
