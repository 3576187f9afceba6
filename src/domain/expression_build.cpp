#include "domain/expression_build.h"

#include <algorithm>

#include "base/text.h"
#include "i18n/words/expression.h"

namespace pilar::expression {
namespace {

constexpr std::array<Binary, 13> kBinaries{{
    {"or", Op::Or, 1},
    {"and", Op::And, 2},
    {"=", Op::Equal, 3},
    {"!=", Op::NotEqual, 3},
    {"<", Op::Less, 3},
    {"<=", Op::LessEqual, 3},
    {">", Op::Greater, 3},
    {">=", Op::GreaterEqual, 3},
    {"+", Op::Add, 4},
    {"-", Op::Subtract, 4},
    {"*", Op::Multiply, 5},
    {"div", Op::Divide, 5},
    {"mod", Op::Modulo, 5},
}};

constexpr std::size_t kMany = 100;
constexpr std::array<Function, 15> kFunctions{{
    {"not", Op::Not, 1, 1, Want::Boolean, Want::Any, Want::Boolean},
    {"if", Op::If, 3, 3, Want::Boolean, Want::Any, Want::Any},
    {"coalesce", Op::Coalesce, 2, kMany, Want::Any, Want::Any, Want::Any},
    {"selected", Op::Selected, 2, 2, Want::Choice, Want::Text, Want::Boolean},
    {"count-selected", Op::CountSelected, 1, 1, Want::Several, Want::Any, Want::Number},
    {"round", Op::Round, 1, 2, Want::Number, Want::Number, Want::Number},
    {"int", Op::Int, 1, 1, Want::Number, Want::Any, Want::Number},
    {"abs", Op::Abs, 1, 1, Want::Number, Want::Any, Want::Number},
    {"min", Op::Min, 1, kMany, Want::Number, Want::Number, Want::Number},
    {"max", Op::Max, 1, kMany, Want::Number, Want::Number, Want::Number},
    {"string-length", Op::StringLength, 1, 1, Want::Text, Want::Any, Want::Number},
    {"regex", Op::Regex, 2, 2, Want::Text, Want::Text, Want::Boolean},
    {"date", Op::Date, 1, 1, Want::Text, Want::Any, Want::Date},
    {"today", Op::Today, 0, 0, Want::Any, Want::Any, Want::Date},
    {"date-diff", Op::DateDiff, 2, 2, Want::Date, Want::Date, Want::Number},
}};
std::int16_t type_of(Want want) { return want == Want::Any ? kAnyType : static_cast<std::int16_t>(want); }

bool fits(std::int16_t type, Want want) {
  if (type == kAnyType || want == Want::Any) return true;
  if (want == Want::Choice) return type == type_of(Want::Several) || type == type_of(Want::Text);
  return type == type_of(want);
}

Message refusal_of(Want want) {
  switch (want) {
    case Want::Number:
      return Msg::ExpressionNeedsNumber;
    case Want::Text:
      return Msg::ExpressionNeedsText;
    case Want::Date:
      return Msg::ExpressionNeedsDate;
    case Want::Several:
    case Want::Choice:
      return Msg::ExpressionNeedsSet;
    case Want::Boolean:
    case Want::Any:
      break;
  }
  return Msg::ExpressionNeedsBoolean;
}

}  // namespace

const Binary* find_binary(const Token& token) {
  if (token.kind != TokenKind::Word && token.kind != TokenKind::Sign) return nullptr;
  const auto* found = std::ranges::find(kBinaries, token.text, &Binary::sign);
  return found == kBinaries.end() ? nullptr : found;
}

const Function* find_function(std::string_view name) {
  const auto* found = std::ranges::find(kFunctions, name, &Function::name);
  return found == kFunctions.end() ? nullptr : found;
}

std::vector<std::string_view> function_names() {
  std::vector<std::string_view> names;
  for (const auto& function : kFunctions) names.push_back(function.name);
  return names;
}

std::int32_t Builder::fail(std::size_t offset, Message message, std::vector<std::string> args) {
  if (!failed_) error_ = {offset, message, std::move(args)};
  failed_ = true;
  return kFailed;
}

bool Builder::refuse(std::int32_t index, Message message, std::vector<std::string> args) {
  fail(begin_of(index), message, std::move(args));
  return false;
}

std::string Builder::excerpt(std::int32_t index) const {
  const auto& range = ranges_[at(index)];
  return std::string(source_.substr(range.begin, range.end - range.begin));
}

std::int32_t Builder::add(Op op, std::int16_t type, Range range, std::span<const std::int32_t> children) {
  Node made;
  made.op = static_cast<std::int16_t>(op);
  made.type = type;
  made.first = static_cast<std::int32_t>(program_.children.size());
  made.count = static_cast<std::int32_t>(children.size());
  program_.children.insert(program_.children.end(), children.begin(), children.end());
  program_.nodes.push_back(std::move(made));
  ranges_.push_back(range);
  return static_cast<std::int32_t>(program_.nodes.size()) - 1;
}

std::int32_t Builder::literal(Want type, Range range, Value value) {
  const auto made = add(Op::Literal, type_of(type), range);
  program_.nodes.back().literal = std::move(value);
  return made;
}

std::int32_t Builder::symbol(std::size_t index, Range range) {
  const auto made = add(Op::Symbol, static_cast<std::int16_t>(symbols_[index].type), range);
  program_.nodes.back().symbol = static_cast<std::int32_t>(index);
  program_.uses.push_back(static_cast<std::int32_t>(index));
  return made;
}

std::int32_t Builder::negative(std::int32_t inner, Range range) {
  if (!check(inner, Want::Number)) return kFailed;
  return add(Op::Negate, type_of(Want::Number), range, std::array{inner});
}

std::int32_t Builder::join(const Binary& binary, std::int32_t left, std::int32_t right, std::size_t end) {
  const Range range{begin_of(left), end};
  const std::array children{left, right};
  if (binary.level == kComparison) {
    if (!check_comparison(binary.op, left, right)) return kFailed;
    return add(binary.op, type_of(Want::Boolean), range, children);
  }
  const auto want = binary.level < kComparison ? Want::Boolean : Want::Number;
  if (!check(left, want) || !check(right, want)) return kFailed;
  return add(binary.op, type_of(want), range, children);
}

std::int32_t Builder::call(const Function& function, const std::vector<std::int32_t>& arguments, Range range) {
  if (!check_count(function.name, range.begin, arguments.size(), function.low, function.high)) return kFailed;
  for (std::size_t i = 0; i < arguments.size(); ++i)
    if (!check(arguments[i], i == 0 ? function.first : function.rest)) return kFailed;
  if (!check_meaning(function.op, arguments)) return kFailed;
  auto type = type_of(function.result);
  if (function.result == Want::Any && !common_type(function.op, arguments, type)) return kFailed;
  return add(function.op, type, range, arguments);
}

std::expected<Program, Error> Builder::finish(std::int32_t root, Want wanted) {
  if (!failed_) check(root, wanted);
  if (failed_) return std::unexpected(std::move(error_));
  program_.source = source_;
  std::ranges::sort(program_.uses);
  program_.uses.erase(std::unique(program_.uses.begin(), program_.uses.end()), program_.uses.end());
  return std::move(program_);
}

bool Builder::check_count(std::string_view name, std::size_t offset, std::size_t have, std::size_t low, std::size_t high) {
  if (have >= low && have <= high) return true;
  auto wanted = std::to_string(low);
  if (high == kMany)
    wanted = "≥ " + wanted;
  else if (high > low)
    wanted += "–" + std::to_string(high);
  fail(offset, Msg::ExpressionArguments, {std::string(name) + "()", wanted, std::to_string(have)});
  return false;
}

bool Builder::check(std::int32_t index, Want want) {
  return fits(node(index).type, want) || refuse(index, refusal_of(want), {excerpt(index)});
}

/// Both may be compared or stand for each other; null() fits everything.
bool Builder::check_same(std::int32_t left, std::int32_t right) {
  const auto a = node(left).type, b = node(right).type;
  return a == b || a == kAnyType || b == kAnyType || refuse(right, Msg::ExpressionDifferentTypes, {excerpt(left), excerpt(right)});
}

bool Builder::check_comparison(Op op, std::int32_t left, std::int32_t right) {
  for (const auto side : {left, right})
    if (node(side).type == type_of(Want::Several)) return refuse(side, Msg::ExpressionCompareSet, {excerpt(side)});
  if (!check_same(left, right)) return false;
  if (op == Op::Equal || op == Op::NotEqual) return check_option(left, right) && check_option(right, left);
  for (const auto side : {left, right})
    if (!fits(node(side).type, Want::Number) && !fits(node(side).type, Want::Date))
      return refuse(side, Msg::ExpressionNotOrdered, {excerpt(side)});
  return true;
}

/// A text written beside a choice must be one of its options, or the condition could never hold.
bool Builder::check_option(std::int32_t choice, std::int32_t text) {
  const auto* written = std::get_if<std::string>(&node(text).literal);
  if (written == nullptr || node(choice).symbol < 0) return true;
  const auto& symbol = symbols_[at(node(choice).symbol)];
  if (symbol.options.empty() || std::ranges::find(symbol.options, *written) != symbol.options.end()) return true;
  const std::vector<std::string_view> options(symbol.options.begin(), symbol.options.end());
  const auto near = nearest(*written, options);
  if (!near.empty()) return refuse(text, Msg::ExpressionUnknownOptionNear, {*written, symbol.name, std::string(near)});
  std::string all;
  for (const auto option : options) all.append(all.empty() ? "" : ", ").append(option);
  return refuse(text, Msg::ExpressionUnknownOption, {*written, symbol.name, all});
}

/// The type that the alternatives of if() and coalesce() share.
bool Builder::common_type(Op op, const std::vector<std::int32_t>& arguments, std::int16_t& type) {
  auto typed = kFailed;
  for (std::size_t i = op == Op::If ? 1 : 0; i < arguments.size(); ++i) {
    if (typed != kFailed && !check_same(typed, arguments[i])) return false;
    if (typed == kFailed && node(arguments[i]).type != kAnyType) typed = arguments[i];
  }
  if (typed != kFailed) type = node(typed).type;
  return true;
}

/// What the types alone do not say.
bool Builder::check_meaning(Op op, const std::vector<std::int32_t>& arguments) {
  const auto written = [&](std::size_t i) { return std::get_if<std::string>(&node(arguments[i]).literal); };
  if (op == Op::Selected) return check_option(arguments[0], arguments[1]);
  if (op == Op::Regex) {
    if (written(1) == nullptr) return refuse(arguments[1], Msg::ExpressionPatternWritten, {excerpt(arguments[1])});
    if (!is_pattern(*written(1))) return refuse(arguments[1], Msg::ExpressionBadPattern, {*written(1)});
  }
  if (op == Op::Date && written(0) != nullptr && !parse_day(*written(0)))
    return refuse(arguments[0], Msg::ExpressionBadDate, {*written(0)});
  return true;
}

}  // namespace pilar::expression
