#pragma once
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/calc.h"
#include "base/result.h"
#include "math/interval.h"

/// What a method file sees: its checked input, its output, and how to refuse. To add a method, write app/calc_NAME.cpp with its
/// `const Method kName`, declare it below, and list it in calc_methods.cpp; the schema does most of the checking.
namespace pilar::calc {

enum class Code : std::uint8_t { Json, Method, FieldMissing, FieldUnknown, Type, Range, Shape, Undefined, Unstable, TooLarge };
std::string_view name(Code code);  ///< "field_missing"

/// Input that makes no sense. `problem.field` is the top-level key, or "outer.inner" within an object.
struct Error {
  Code code = Code::Range;
  Problem problem{};
};
[[nodiscard]] inline std::unexpected<Error> refuse(Code code, std::string field, Message message, std::vector<std::string> args = {}) {
  return std::unexpected(Error{code, {Problem::Kind::Invalid, message, std::move(field), std::move(args)}});
}

using Column = std::vector<std::optional<double>>;  ///< null is missing
using Rows = std::vector<Column>;                   ///< all of one length

/// An object that has passed the method's schema, its defaults filled in. Asking for a key of another type than the schema
/// promises is a Bug.
class Input {
 public:
  explicit Input(json::Value checked) : value_(std::move(checked)) {}
  bool has(std::string_view key) const { return value_.find(key) != nullptr; }
  const json::Value& at(std::string_view key) const;
  double number(std::string_view key) const;
  std::int64_t whole(std::string_view key) const;
  Decimal decimal(std::string_view key) const;  ///< of a key marked "x-exact"
  const std::string& word(std::string_view key) const;
  bool flag(std::string_view key) const;
  Column column(std::string_view key) const;
  Rows rows(std::string_view key) const;
  std::vector<std::string> words(std::string_view key) const;

 private:
  json::Value value_;
};

/// The same text for the same value: 1 and 1.0 are one number, "1" is another value.
std::string identity(const json::Value& value);
/// A number, or null when there is none or it is not finite.
json::Value number(std::optional<double> value);
/// [low, high], or null.
json::Value interval(const std::optional<math::Interval>& value);
/// An array of numbers and nulls.
json::Value column(const Column& values);

/// The result, key by key, and its warnings.
class Output {
 public:
  Output() : value_(json::Object{}) {}
  void set(std::string_view key, json::Value value) { value_.set(key, std::move(value)); }
  /// A null is explained by a warning "undefined" that names the key.
  void number(std::string_view key, std::optional<double> value);
  void interval(std::string_view key, const std::optional<math::Interval>& value);
  /// An array with nulls is explained in the same way.
  void column(std::string_view key, const Column& values);
  /// `rows` are 1-based positions in the input.
  void warn(std::string_view code, Message message, std::vector<std::string> args = {}, std::vector<std::size_t> rows = {});
  /// The finished object with its "warnings" in `lang`.
  json::Value finish(Lang lang) &&;

 private:
  struct Warning {
    std::string code;
    Problem problem;
    std::vector<std::size_t> rows;
  };
  void explain_null(std::string_view key, const json::Value& value);

  json::Value value_;
  std::vector<std::string> undefined_{};
  std::vector<Warning> warnings_{};
};

using Outcome = std::expected<Output, Error>;

struct Method {
  std::string_view name;
  Message summary;
  std::string_view schema;  ///< JSON object with "properties", "required", "x-output", "x-source", "examples"; see calc_schema.h
  Outcome (*run)(const Input&);
};

extern const Method kAbc, kAggregateLoss, kAllocate, kCredibility, kDescribe, kFunnel, kIpaCsi, kKbk, kMultiple, kNetwork, kNps, kPremium,
    kProportion, kQueue, kReliability, kReserve, kRiskGrade, kSampleSize, kServqual, kShrinkage, kSkm, kSpc, kStaffing, kStandardise,
    kTdabc, kTwoProportions;

}  // namespace pilar::calc
