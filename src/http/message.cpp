#include "http/message.h"

#include <algorithm>

#include "base/text.h"

namespace pilar::http {
namespace {

/// A form is at most 1 MB of text; without a bound a million of "&a" would become 64 times as much memory.
constexpr std::size_t kMaxFields = 10'000;

std::string_view first_value(const Fields& fields, std::string_view name) {
  const auto at = std::ranges::find(fields, name, &Fields::value_type::first);
  return at == fields.end() ? std::string_view{} : std::string_view{at->second};
}

/// What stands before the first separator and what behind it.
std::pair<std::string_view, std::string_view> cut(std::string_view text, char separator) {
  const auto at = text.find(separator);
  if (at == text.npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

/// 0..15, or -1.
int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

std::optional<std::string> decode(std::string_view text, char plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i] == '+' ? plus : text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return {};
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (!is_utf8(out)) return {};
  return out;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool is_plain_path(std::string_view path) {
  if (!path.starts_with('/')) return false;
  if (std::ranges::any_of(path, [](char c) { return is_control(c) || c == '\\'; })) return false;
  return !path.contains("/../") && !path.ends_with("/..");
}

/// "http://host/a?b" without scheme and host; other texts as they are.
std::string_view without_origin(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"})
    if (lower_ascii(target.substr(0, scheme.size())) == scheme) {
      target.remove_prefix(scheme.size());
      return target.substr(std::min(target.find_first_of("/?#"), target.size()));
    }
  return target;
}

}  // namespace

std::string_view Request::header(std::string_view lower_case_name) const { return first_value(headers, lower_case_name); }

std::string_view Request::param(std::string_view name) const { return first_value(query, name); }

std::string_view Request::cookie(std::string_view name) const {
  for (const auto part : split(header("cookie"), ';')) {
    const auto pair = trim(part);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') return pair.substr(name.size() + 1);
  }
  return {};
}

std::optional<Fields> parse_form(std::string_view body) {
  Fields fields;
  while (!body.empty()) {
    const auto [pair, rest] = cut(body, '&');
    body = rest;
    if (pair.empty()) continue;
    const auto [raw_name, raw_value] = cut(pair, '=');
    auto name = decode(raw_name, ' '), value = decode(raw_value, ' ');
    if (!name || !value || fields.size() == kMaxFields) return {};
    fields.emplace_back(std::move(*name), std::move(*value));
  }
  return fields;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

std::string target_of(std::string_view path, const Fields& query) {
  std::string out(path);
  char mark = '?';
  for (const auto& [name, value] : query) {
    if (value.empty()) continue;
    out.append(1, mark).append(name).append("=").append(percent_encode(value));
    mark = '&';
  }
  return out;
}

std::optional<std::string> percent_decode(std::string_view text) { return decode(text, '+'); }

std::optional<Target> parse_target(std::string_view target) {
  const auto local = without_origin(target);
  if (local.contains('#')) return {};
  const auto [raw_path, raw_query] = cut(local, '?');
  const bool is_root = raw_path.empty() && local.size() != target.size();  // "http://host" means its root
  auto path = is_root ? std::string("/") : percent_decode(raw_path);
  auto query = parse_form(raw_query);
  if (!path || !query || !is_plain_path(*path)) return {};
  return Target{std::move(*path), std::move(*query)};
}

}  // namespace pilar::http
