#include <algorithm>
#include <array>

#include "base/text.h"
#include "domain/expression_parts.h"
#include "i18n/words/expression.h"

namespace pilar::expression {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// The end of the run that starts at `at` and whose characters satisfy `belongs`.
template <class Belongs>
std::size_t run_end(std::string_view source, std::size_t at, Belongs belongs) {
  while (at < source.size() && belongs(source[at])) ++at;
  return at;
}

Token broken(std::size_t offset, std::size_t end, std::string_view text, Message why) {
  return {TokenKind::Broken, offset, end, text, why};
}

Token number(std::string_view source, std::size_t at) {
  const auto end = run_end(source, at, [](char c) { return is_digit(c) || is_letter(c) || c == '.'; });
  return {TokenKind::Number, at, end, source.substr(at, end - at)};
}

Token word(std::string_view source, std::size_t at) {
  auto end = run_end(source, at, [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
  while (source[end - 1] == '-') --end;  // "today()-1" has no hyphenated word
  return {TokenKind::Word, at, end, source.substr(at, end - at)};
}

Token quoted(std::string_view source, std::size_t at) {
  const auto close = source.find(source[at], at + 1);
  if (close == std::string_view::npos) return broken(at, source.size(), source.substr(at), Msg::ExpressionOpenText);
  return {TokenKind::Text, at, close + 1, source.substr(at + 1, close - at - 1)};
}

Token item(std::string_view source, std::size_t at) {
  const auto close = source.find('}', at);
  if (close == std::string_view::npos) return broken(at, source.size(), source.substr(at), Msg::ExpressionOpenItem);
  return {TokenKind::Item, at, close + 1, trim(source.substr(at + 2, close - at - 2))};
}

/// A word processor turns straight quotes into these.
bool is_curly_quote(std::string_view character) {
  constexpr std::array<std::string_view, 6> kCurly{"“", "”", "„", "‘", "’", "‚"};
  return std::ranges::find(kCurly, character) != kCurly.end();
}

Token sign(std::string_view source, std::size_t at) {
  constexpr std::array<std::string_view, 13> kSigns{"!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "(", ")", ",", "."};
  for (const auto text : kSigns)
    if (source.substr(at).starts_with(text)) return {TokenKind::Sign, at, at + text.size(), text};
  const auto end = run_end(source, at + 1, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; });
  const auto text = source.substr(at, end - at);
  return broken(at, end, text, is_curly_quote(text) ? Msg::ExpressionCurlyQuotes : Msg::ExpressionUnexpected);
}

}  // namespace

Token next_token(std::string_view source, std::size_t at) {
  at = run_end(source, at, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  if (at >= source.size()) return {TokenKind::End, source.size(), source.size(), {}};
  const char c = source[at], after = at + 1 < source.size() ? source[at + 1] : '\0';
  if (is_digit(c) || (c == '.' && is_digit(after))) return number(source, at);
  if (is_letter(c)) return word(source, at);
  if (c == '\'' || c == '"') return quoted(source, at);
  if (c == '$' && after == '{') return item(source, at);
  return sign(source, at);
}

}  // namespace pilar::expression
