#include "base/json.h"

#include <algorithm>
#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>
#include <cmath>

#include "base/result.h"
#include "base/text.h"

namespace pilar::json {
namespace {

namespace bj = boost::json;

template <class T, class Variant>
auto& held(Variant& variant, const char* invariant) {
  auto* value = std::get_if<T>(&variant);
  require(value != nullptr, invariant);
  return *value;
}

bool has_duplicate(const Object& object) {
  std::vector<std::string_view> keys;
  keys.reserve(object.size());
  for (const auto& [key, value] : object) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

/// Builds the value from the parser's events. An object's keys are compared once, when it closes.
class Builder {
 public:
  // NOLINTBEGIN(readability-identifier-naming): Boost.JSON asks for these names
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  // NOLINTEND(readability-identifier-naming)

  Value root;
  bool duplicate_key = false;

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_object_begin(bj::error_code&) { return open(Object{}); }
  bool on_array_begin(bj::error_code&) { return open(Array{}); }
  bool on_array_end(std::size_t, bj::error_code&) { return close(); }
  bool on_object_end(std::size_t, bj::error_code& error) {
    duplicate_key = has_duplicate(open_.back().container.object());
    if (duplicate_key) error = bj::make_error_code(bj::error::syntax);
    return !duplicate_key && close();
  }
  bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) { return keep(part); }
  bool on_key(bj::string_view part, std::size_t, bj::error_code&) {
    keep(part);
    open_.back().key = taken();
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) { return keep(part); }
  bool on_string(bj::string_view part, std::size_t, bj::error_code&) { return keep(part) && put(taken()); }
  bool on_number_part(bj::string_view part, bj::error_code&) { return keep(part); }
  bool on_int64(std::int64_t, bj::string_view part, bj::error_code&) { return number(part); }
  bool on_uint64(std::uint64_t, bj::string_view part, bj::error_code&) { return number(part); }
  bool on_double(double, bj::string_view part, bj::error_code&) { return number(part); }
  bool on_bool(bool value, bj::error_code&) { return put(value); }
  bool on_null(bj::error_code&) { return put(nullptr); }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

 private:
  struct Open {
    Value container;
    std::string key{};  ///< of the member whose value comes next
  };

  bool open(Value container) {
    open_.push_back({std::move(container)});
    return true;
  }
  bool close() {
    Value done = std::move(open_.back().container);
    open_.pop_back();
    return put(std::move(done));
  }
  bool put(Value value) {
    if (open_.empty())
      root = std::move(value);
    else if (auto& [container, key] = open_.back(); container.is_array())
      container.array().push_back(std::move(value));
    else
      container.object().emplace_back(std::move(key), std::move(value));
    return true;
  }
  bool keep(bj::string_view part) {
    text_.append(part.data(), part.size());
    return true;
  }
  std::string taken() { return std::exchange(text_, {}); }
  bool number(bj::string_view last) { return keep(last) && put(Number{taken()}); }

  std::vector<Open> open_{};
  std::string text_{};
};

bool is_container(const Value& value) { return value.is_array() || value.is_object(); }

void break_line(std::string& out, int depth) {
  out += '\n';
  out.append(static_cast<std::size_t>(depth) * 2, ' ');
}

constexpr int kCompact = -1;

/// `depth` is the indentation of this value, or kCompact for one line.
void write(std::string& out, const Value& value, int depth);

void write_array(std::string& out, const Array& array, int depth) {
  const bool lines = depth != kCompact && std::any_of(array.begin(), array.end(), is_container);
  const int inner = lines ? depth + 1 : kCompact;
  out += '[';
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (i > 0) out += depth != kCompact && !lines ? ", " : ",";
    if (lines) break_line(out, inner);
    write(out, array[i], inner);
  }
  if (lines) break_line(out, depth);
  out += ']';
}

void write_object(std::string& out, const Object& object, int depth) {
  const bool lines = depth != kCompact && !object.empty();
  const int inner = lines ? depth + 1 : kCompact;
  out += '{';
  for (std::size_t i = 0; i < object.size(); ++i) {
    if (i > 0) out += ',';
    if (lines) break_line(out, inner);
    append_string(out, object[i].first);
    out += lines ? ": " : ":";
    write(out, object[i].second, inner);
  }
  if (lines) break_line(out, depth);
  out += '}';
}

void write(std::string& out, const Value& value, int depth) {
  if (value.is_null()) out += "null";
  if (value.is_bool()) out += value.boolean() ? "true" : "false";
  if (value.is_number()) out += value.number().text;
  if (value.is_string()) append_string(out, value.string());
  if (value.is_array()) write_array(out, value.array(), depth);
  if (value.is_object()) write_object(out, value.object(), depth);
}

}  // namespace

Value::Value(std::int64_t n) : v_(Number{std::to_string(n)}) {}
Value::Value(double n) : v_(Number{number_text(n)}) {}
Value::Value(const Decimal& n) : v_(Number{text(n)}) {}

bool Value::boolean() const { return held<bool>(v_, "the JSON value is a boolean"); }
const Number& Value::number() const { return held<Number>(v_, "the JSON value is a number"); }
const std::string& Value::string() const { return held<std::string>(v_, "the JSON value is a string"); }
const Array& Value::array() const { return held<Array>(v_, "the JSON value is an array"); }
Array& Value::array() { return held<Array>(v_, "the JSON value is an array"); }
const Object& Value::object() const { return held<Object>(v_, "the JSON value is an object"); }
Object& Value::object() { return held<Object>(v_, "the JSON value is an object"); }

std::optional<std::int64_t> Value::to_int() const {
  if (!is_number()) return {};
  if (const auto plain = parse_int(number().text)) return plain;
  const auto decimal = to_decimal();
  return decimal ? decimal->scaled(0) : std::nullopt;
}

std::optional<double> Value::to_double() const { return is_number() ? parse_double(number().text) : std::nullopt; }

std::optional<Decimal> Value::to_decimal() const { return is_number() ? parse_decimal(number().text) : std::nullopt; }

const Value* Value::find(std::string_view key) const {
  if (!is_object()) return nullptr;
  const auto at = std::find_if(object().begin(), object().end(), [&](const Member& member) { return member.first == key; });
  return at == object().end() ? nullptr : &at->second;
}

void Value::set(std::string_view key, Value value) {
  auto& members = object();
  const auto at = std::find_if(members.begin(), members.end(), [&](const Member& member) { return member.first == key; });
  if (at == members.end())
    members.emplace_back(std::string(key), std::move(value));
  else
    at->second = std::move(value);
}

std::variant<Value, ParseError> parse(std::string_view text, const Limits& limits) {
  if (text.size() > limits.max_bytes) return ParseError{limits.max_bytes, "longer than " + std::to_string(limits.max_bytes) + " bytes"};
  bj::parse_options options;
  options.max_depth = static_cast<std::size_t>(limits.max_depth);
  bj::basic_parser<Builder> parser(options);
  bj::error_code error;
  const auto read = parser.write_some(false, text.data(), text.size(), error);
  if (parser.handler().duplicate_key) return ParseError{read, "a key stands twice in this object"};
  if (error) return ParseError{read, error.message()};
  if (read < text.size()) return ParseError{read, "more text after the value"};
  return std::move(parser.handler().root);
}

std::string print(const Value& value) {
  std::string out;
  write(out, value, kCompact);
  return out;
}

std::string pretty(const Value& value) {
  std::string out;
  write(out, value, 0);
  return out;
}

void append_string(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef", kPlain = "\"\\\b\f\n\r\t", kShort = "\"\\bfnrt";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (const auto at = kPlain.find(c); at != std::string_view::npos)
      (out += '\\') += kShort[at];
    else if (byte < 0x20)
      ((out += "\\u00") += kHex[byte >> 4U]) += kHex[byte & 15U];
    else
      out += c;
  }
  out += '"';
}

std::string number_text(double value) {
  require(std::isfinite(value), "a JSON number is finite");
  constexpr double kPlainFrom = 1e-6, kPlainBelow = 1e17;
  const auto size = std::fabs(value);
  const bool plain = size == 0 || (size >= kPlainFrom && size < kPlainBelow);
  std::array<char, 64> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, plain ? std::chars_format::fixed : std::chars_format::scientific);
  require(end.ec == std::errc{}, "a double fits 64 characters");
  return {buffer.data(), end.ptr};
}

}  // namespace pilar::json
