#pragma once
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/decimal.h"

namespace pilar::json {

class Value;
using Array = std::vector<Value>;
using Member = std::pair<std::string, Value>;
using Object = std::vector<Member>;  ///< in the order written; keys are unique

/// A number as it was written: exact, and only turned into a double where a double is wanted.
struct Number {
  std::string text;
  bool operator==(const Number&) const = default;
};

/// A JSON value. Reading the wrong kind is a Bug; ask with is_x() or use the find_ functions.
class Value {
 public:
  Value() = default;
  // NOLINTBEGIN(google-explicit-constructor): a value of JSON is written as the plain value it stands for
  Value(std::nullptr_t) {}
  Value(bool b) : v_(b) {}
  Value(Number n) : v_(std::move(n)) {}
  Value(std::int64_t n);
  Value(int n) : Value(static_cast<std::int64_t>(n)) {}
  /// Prints so that it reads back exactly; not finite is a Bug.
  Value(double n);
  Value(const Decimal& n);
  Value(std::string s) : v_(std::move(s)) {}
  Value(std::string_view s) : v_(std::string(s)) {}
  Value(const char* s) : v_(std::string(s)) {}
  Value(Array a) : v_(std::move(a)) {}
  Value(Object o) : v_(std::move(o)) {}
  // NOLINTEND(google-explicit-constructor)

  bool is_null() const { return v_.index() == 0; }
  bool is_bool() const { return v_.index() == 1; }
  bool is_number() const { return v_.index() == 2; }
  bool is_string() const { return v_.index() == 3; }
  bool is_array() const { return v_.index() == 4; }
  bool is_object() const { return v_.index() == 5; }

  bool boolean() const;
  const Number& number() const;
  const std::string& string() const;
  const Array& array() const;
  Array& array();
  const Object& object() const;
  Object& object();

  std::optional<std::int64_t> to_int() const;     ///< a number without fraction that fits; "1e3" and "2.0" count
  std::optional<double> to_double() const;        ///< a number; empty when it is too large or too small for a double
  std::optional<Decimal> to_decimal() const;      ///< a number of at most 18 significant digits
  const Value* find(std::string_view key) const;  ///< member of an object, or nullptr (also when this is no object)
  void set(std::string_view key, Value value);    ///< appends to, or replaces in, an object

  bool operator==(const Value&) const = default;

 private:
  std::variant<std::monostate, bool, Number, std::string, Array, Object> v_;
};

struct ParseError {
  std::size_t offset = 0;  ///< byte offset of the first thing that cannot be read
  std::string what;        ///< English, for developers and the API's detail
};
struct Limits {
  std::size_t max_bytes = 64U << 20U;
  int max_depth = 64;
};

/// Strict RFC 8259: UTF-8, no comments, no trailing commas, no duplicate keys (an error), one value and only white space after it.
/// A string may hold U+0000 (written as an escape); who stores a text asks is_utf8, which refuses it.
std::variant<Value, ParseError> parse(std::string_view text, const Limits& limits = {});

/// Compact, members in their order.
std::string print(const Value& value);
/// Indented by two blanks, arrays of plain values on one line; ends without a newline.
std::string pretty(const Value& value);
/// `text` as a JSON string with its quotes; appended to `out`.
void append_string(std::string& out, std::string_view text);
/// Fewest digits that read back as exactly this double; without exponent from 1e-6 to 1e17.
std::string number_text(double value);

}  // namespace pilar::json
