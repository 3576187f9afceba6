#include <algorithm>

#include "base/text.h"
#include "domain/expression_build.h"
#include "i18n/words/expression.h"

namespace pilar::expression {
namespace {

constexpr std::array<std::string_view, 3> kConstants{"true", "false", "null"};
constexpr auto kFailed = Builder::kFailed;

/// Recursive descent over the tokens; types are the builder's matter.
class Parser {
 public:
  Parser(std::string_view source, std::span<const Symbol> symbols, int self)
      : source_(source),
        symbols_(symbols),
        self_(self),
        build_(source, symbols) {
    advance();
  }

  std::expected<Program, Error> run(Want wanted) {
    const auto root = parse_binary(kLoosest);
    if (root != kFailed && token_.kind != TokenKind::End) refuse_token();
    return build_.finish(root, wanted);
  }

 private:
  void advance() {
    last_end_ = token_.end;
    token_ = next_token(source_, token_.end);
  }
  bool at_sign(std::string_view text) const { return token_.kind == TokenKind::Sign && token_.text == text; }
  std::string token_source() const { return std::string(source_.substr(token_.offset, token_.end - token_.offset)); }

  /// The current token does not belong here.
  std::int32_t refuse_token() {
    if (token_.kind == TokenKind::End) return build_.fail(token_.offset, Msg::ExpressionEndsEarly);
    const auto why = token_.kind == TokenKind::Broken ? token_.why : Msg::ExpressionUnexpected;
    return build_.fail(token_.offset, why, {token_source()});
  }
  /// As `message`, or as `message_near` with the nearest candidate where there is one.
  std::int32_t refuse_name(const Token& token, Message message, Message message_near, std::span<const std::string_view> candidates) {
    const auto near = nearest(token.text, candidates);
    if (near.empty()) return build_.fail(token.offset, message, {std::string(token.text)});
    return build_.fail(token.offset, message_near, {std::string(token.text), std::string(near)});
  }

  std::int32_t parse_binary(int level) {
    if (level > kTightest) return parse_unary();
    auto left = parse_binary(level + 1);
    while (left != kFailed) {
      const auto* binary = find_binary(token_);
      if (binary == nullptr || binary->level != level) break;
      advance();
      const auto right = parse_binary(level + 1);
      left = right == kFailed ? kFailed : build_.join(*binary, left, right, last_end_);
    }
    return left;
  }

  /// Everything that nests passes through here, so this alone counts the depth.
  std::int32_t parse_unary() {
    if (depth_ == kMaxDepth) return build_.fail(token_.offset, Msg::ExpressionTooDeep, {std::to_string(kMaxDepth)});
    ++depth_;
    const auto out = at_sign("-") ? parse_negative() : parse_primary();
    --depth_;
    return out;
  }

  std::int32_t parse_negative() {
    const auto begin = token_.offset;
    advance();
    const auto inner = parse_unary();
    return inner == kFailed ? kFailed : build_.negative(inner, {begin, last_end_});
  }

  std::int32_t parse_primary() {
    switch (token_.kind) {
      case TokenKind::Number:
        return parse_number();
      case TokenKind::Text:
        return parse_text();
      case TokenKind::Item:
        return parse_item();
      case TokenKind::Word:
        return find_binary(token_) == nullptr ? parse_word() : refuse_token();
      case TokenKind::Sign:
        if (at_sign("(")) return parse_brackets();
        if (at_sign(".")) return parse_self();
        break;
      case TokenKind::End:
      case TokenKind::Broken:
        break;
    }
    return refuse_token();
  }

  std::int32_t parse_number() {
    const auto number = parse_decimal(token_.text);
    if (!number) return build_.fail(token_.offset, Msg::ExpressionBadNumber, {token_source()});
    const auto made = build_.literal(Want::Number, {token_.offset, token_.end}, *number);
    advance();
    return made;
  }

  std::int32_t parse_text() {
    const auto made = build_.literal(Want::Text, {token_.offset, token_.end}, std::string(token_.text));
    advance();
    return made;
  }

  std::int32_t parse_brackets() {
    const auto begin = token_.offset;
    advance();
    const auto inner = parse_binary(kLoosest);
    if (inner == kFailed || !close_bracket("(")) return kFailed;
    build_.widen(inner, {begin, last_end_});
    return inner;
  }

  bool close_bracket(std::string_view opened) {
    if (at_sign(")")) {
      advance();
      return true;
    }
    if (token_.kind == TokenKind::End || token_.kind == TokenKind::Broken)
      refuse_token();
    else
      build_.fail(token_.offset, Msg::ExpressionNeedsBracket, {std::string(opened), token_source()});
    return false;
  }

  std::int32_t take_symbol(std::size_t index) {
    const auto made = build_.symbol(index, {token_.offset, token_.end});
    advance();
    return made;
  }

  std::int32_t parse_self() {
    if (self_ < 0 || static_cast<std::size_t>(self_) >= symbols_.size()) return build_.fail(token_.offset, Msg::ExpressionNoSelf);
    return take_symbol(static_cast<std::size_t>(self_));
  }

  std::int32_t parse_item() {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < symbols_.size(); ++i) {
      if (symbols_[i].name == token_.text) return take_symbol(i);
      names.push_back(symbols_[i].name);
    }
    return refuse_name(token_, Msg::ExpressionUnknownItem, Msg::ExpressionUnknownItemNear, names);
  }

  /// A function with its arguments, or one of true() false() null().
  std::int32_t parse_word() {
    const auto name = token_;
    advance();
    if (!at_sign("(")) return build_.fail(name.offset, Msg::ExpressionBareName, {std::string(name.text)});
    advance();
    const auto* function = find_function(name.text);
    const bool constant = std::ranges::find(kConstants, name.text) != kConstants.end();
    if (function == nullptr && !constant) return refuse_function(name);
    std::vector<std::int32_t> arguments;
    if (!parse_arguments(name.text, arguments)) return kFailed;
    const Range range{name.offset, last_end_};
    if (function != nullptr) return build_.call(*function, arguments, range);
    if (!build_.check_count(name.text, name.offset, arguments.size(), 0, 0)) return kFailed;
    if (name.text == "null") return build_.literal(Want::Any, range, Value{});
    return build_.literal(Want::Boolean, range, name.text == "true");
  }

  std::int32_t refuse_function(const Token& name) {
    auto names = function_names();
    names.insert(names.end(), kConstants.begin(), kConstants.end());
    return refuse_name(name, Msg::ExpressionUnknownFunction, Msg::ExpressionUnknownFunctionNear, names);
  }

  bool parse_arguments(std::string_view function, std::vector<std::int32_t>& out) {
    while (out.empty() ? !at_sign(")") : at_sign(",")) {
      if (!out.empty()) advance();
      const auto argument = parse_binary(kLoosest);
      if (argument == kFailed) return false;
      out.push_back(argument);
    }
    return close_bracket(function);
  }

  std::string_view source_;
  std::span<const Symbol> symbols_;
  int self_;
  Builder build_;
  Token token_{};
  std::size_t last_end_ = 0;  ///< end of the token before token_
  std::size_t depth_ = 0;
};

}  // namespace

std::expected<Program, Error> compile(std::string_view source, std::span<const Symbol> symbols, Type wanted, int self) {
  if (source.size() > kMaxSource) return std::unexpected(Error{0, Msg::ExpressionTooLong, {std::to_string(kMaxSource)}});
  if (!is_utf8(source)) return std::unexpected(Error{0, Msg::ExpressionNotText, {}});
  if (trim(source).empty()) return std::unexpected(Error{0, Msg::ExpressionEmpty, {}});
  return Parser(source, symbols, self).run(static_cast<Want>(wanted));
}

}  // namespace pilar::expression
