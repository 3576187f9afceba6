#pragma once
#include <span>
#include <string_view>

#include "base/result.h"
#include "domain/expression.h"

// What the parser, the evaluation and the translators of expressions share; nothing else includes it.
namespace pilar::expression {

enum class Op : std::int16_t {
  Literal,
  Symbol,
  Negate,
  Add,
  Subtract,
  Multiply,
  Divide,
  Modulo,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  And,
  Or,
  Not,
  If,
  Coalesce,
  Selected,
  CountSelected,
  Round,
  Int,
  Abs,
  Min,
  Max,
  StringLength,
  Regex,
  Date,
  Today,
  DateDiff
};

/// Node::type of null(), which fits every type.
inline constexpr std::int16_t kAnyType = -1;

enum class TokenKind : std::uint8_t { End, Number, Text, Item, Word, Sign, Broken };

/// Words are operators and function names, which may hold hyphens; an item's token is its bare name.
struct Token {
  TokenKind kind = TokenKind::End;
  std::size_t offset = 0, end = 0;  ///< bytes [offset, end) of the source
  std::string_view text{};          ///< without quotes, without ${ }
  Message why{};                        ///< Broken: what is wrong
};

/// The token that starts at or after `at`. The source is well-formed UTF-8.
Token next_token(std::string_view source, std::size_t at);

bool is_pattern(std::string_view pattern);
/// The whole text matches (RE2 syntax, so the time is linear in the text).
bool matches(std::string_view text, std::string_view pattern);

}  // namespace pilar::expression
