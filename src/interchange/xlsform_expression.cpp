#include <algorithm>

#include "domain/expression_parts.h"
#include "interchange/xlsform.h"

namespace pilar::xlsform {
namespace {

using expression::next_token;
using expression::Token;
using expression::TokenKind;

bool is_sign(const Token& token, std::string_view text) { return token.kind == TokenKind::Sign && token.text == text; }
bool is_word(const Token& token, std::string_view text) { return token.kind == TokenKind::Word && token.text == text; }
bool is_over(const Token& token) { return token.kind == TokenKind::End || token.kind == TokenKind::Broken; }

/// The arguments of a call whose opening bracket is at `open`, and the byte behind its end; no end where it has none.
struct Call {
  std::vector<std::string_view> arguments{};
  std::size_t end = 0;
};

Call call_at(std::string_view source, std::size_t open) {
  Call call;
  std::size_t depth = 0, begin = open + 1;
  for (auto token = next_token(source, open); !is_over(token); token = next_token(source, token.end)) {
    if (is_sign(token, "(")) ++depth;
    const bool closes = is_sign(token, ")") && --depth == 0;
    if (closes || (is_sign(token, ",") && depth == 1)) {
      call.arguments.push_back(source.substr(begin, token.offset - begin));
      begin = token.end;
    }
    if (!closes) continue;
    call.end = token.end;
    break;
  }
  return call;
}

std::string_view bare(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// Copies a text token by token; `replace` may write something else for the tokens from one on and says where to go on.
template <class Replace>
std::string rewritten(std::string_view source, const Replace& replace) {
  std::string out;
  std::size_t at = 0;
  for (auto token = next_token(source, 0); !is_over(token); token = next_token(source, at)) {
    const auto before = out.size();
    const auto end = replace(out, token);
    if (end == 0) {
      out.resize(before);
      out += source.substr(at, token.end - at);
      at = token.end;
      continue;
    }
    out.insert(before, source.substr(at, token.offset - at));
    at = end;
  }
  out += source.substr(at);
  return out;
}

std::string nested(std::span<const std::string_view> arguments) {
  if (arguments.size() == 1) return to_xpath(bare(arguments.front()));
  return "coalesce(" + to_xpath(bare(arguments.front())) + ", " + nested(arguments.subspan(1)) + ")";
}

/// Arguments of coalesce() with those of a coalesce() that stands last among them.
std::string flattened(const std::vector<std::string_view>& arguments) {
  std::string out;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto one = bare(arguments[i]);
    const bool last = i + 1 == arguments.size();
    constexpr std::string_view kOpens = "coalesce(";
    const auto inner = last && one.starts_with(kOpens) ? call_at(one, kOpens.size() - 1) : Call{};
    out += (i == 0 ? "" : ", ") + (inner.end == one.size() && inner.end > 0 ? flattened(inner.arguments) : from_xpath(one));
  }
  return out;
}

/// decimal-date-time(B) - decimal-date-time(A), and where it ends.
std::size_t read_difference(std::string& out, std::string_view source, const Token& first) {
  const auto to = call_at(source, first.end);
  if (to.end == 0 || to.arguments.size() != 1) return 0;
  const auto minus = next_token(source, to.end);
  const auto second = next_token(source, minus.end);
  if (!is_sign(minus, "-") || !is_word(second, "decimal-date-time")) return 0;
  const auto from = call_at(source, second.end);
  if (from.end == 0 || from.arguments.size() != 1) return 0;
  out += "date-diff(" + from_xpath(bare(from.arguments[0])) + ", " + from_xpath(bare(to.arguments[0])) + ")";
  return from.end;
}

/// The same between brackets of its own, which to_xpath() put there.
std::size_t read_bracketed(std::string& out, std::string_view source, const Token& bracket) {
  const auto word = next_token(source, bracket.end);
  if (!is_word(word, "decimal-date-time")) return 0;
  const auto end = read_difference(out, source, word);
  const auto close = end == 0 ? Token{} : next_token(source, end);
  return end != 0 && is_sign(close, ")") ? close.end : 0;
}

/// ${x} = '' asks whether there is no answer.
std::size_t read_blank_test(std::string& out, std::string_view source, const Token& item) {
  const auto sign = next_token(source, item.end);
  if (!is_sign(sign, "=") && !is_sign(sign, "!=")) return 0;
  const auto text = next_token(source, sign.end);
  if (text.kind != TokenKind::Text || !text.text.empty()) return 0;
  const auto name = "${" + std::string(item.text) + "}";
  const auto answered = "coalesce(" + name + " = " + name + ", false())";
  out += is_sign(sign, "=") ? "not(" + answered + ")" : answered;
  return text.end;
}

}  // namespace

std::string to_xpath(std::string_view expression) {
  return rewritten(expression, [&](std::string& out, const Token& token) -> std::size_t {
    if (token.kind != TokenKind::Word || token.end >= expression.size() || expression[token.end] != '(') return 0;
    const auto call = call_at(expression, token.end);
    if (call.end == 0) return 0;
    if (token.text == "null") {
      out += "''";
      return call.end;
    }
    if (token.text == "coalesce" && call.arguments.size() > 2) {
      out += nested(call.arguments);
      return call.end;
    }
    if (token.text != "date-diff" || call.arguments.size() != 2) return 0;
    out += "(decimal-date-time(" + to_xpath(bare(call.arguments[1])) + ") - decimal-date-time(" + to_xpath(bare(call.arguments[0])) + "))";
    return call.end;
  });
}

std::string from_xpath(std::string_view expression) {
  return rewritten(expression, [&](std::string& out, const Token& token) -> std::size_t {
    if (is_sign(token, "(")) return read_bracketed(out, expression, token);
    if (is_word(token, "decimal-date-time")) return read_difference(out, expression, token);
    if (token.kind == TokenKind::Item) return read_blank_test(out, expression, token);
    if (token.kind == TokenKind::Text && token.text.empty()) {
      out += "null()";
      return token.end;
    }
    if (!is_word(token, "coalesce") || token.end >= expression.size() || expression[token.end] != '(') return 0;
    const auto call = call_at(expression, token.end);
    if (call.end == 0) return 0;
    out += "coalesce(" + flattened(call.arguments) + ")";
    return call.end;
  });
}

}  // namespace pilar::xlsform
