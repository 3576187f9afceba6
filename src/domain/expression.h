#pragma once
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "base/time.h"

namespace pilar {

/// The small typed language of relevance, constraints and calculations. Operator and function names are XLSForm's:
/// ${item} . + - * div mod = != < <= > >= and or not() if() coalesce() selected() count-selected() round() int() abs()
/// min() max() string-length() regex() date() today() date-diff() true() false() null().
///
/// Null (no answer of any kind) makes arithmetic, comparison and functions null; `and` and `or` are three-valued;
/// coalesce() gives the first that is not null; if() follows its condition and is null where that is null. A relevance that
/// is null hides; a constraint that is null passes; a calculation that is null is blank.
///
/// regex() asks whether the whole text matches (RE2 syntax, written out in quotes); date-diff(from, to) counts days, positive
/// when `to` is later; round(x, digits) rounds half away from zero; int() cuts toward zero; mod has the sign of its left side.
namespace expression {

enum class Type : std::uint8_t { Number, Text, Boolean, Date, Set };

/// What ${name} may stand for. A choice is Text (its option's key), several choices are a Set of keys.
struct Symbol {
  std::string name;
  Type type = Type::Number;
  std::vector<std::string> options{};  ///< for Text and Set of a choice: a literal compared with it must be one of these
};

using Set = std::vector<std::string>;
using Value = std::variant<std::monostate, Decimal, std::string, bool, Day, Set>;  ///< monostate = null

struct Node {
  std::int16_t op = 0;
  std::int16_t type = 0;
  std::int32_t first = -1, count = 0;  ///< children in Program::children
  std::int32_t symbol = -1;
  Value literal{};
};

/// A checked expression: a value, free to copy and to share between threads.
struct Program {
  std::string source{};
  std::vector<Node> nodes{};  ///< the root is the last
  std::vector<std::int32_t> children{};
  std::vector<std::int32_t> uses{};  ///< indices of the symbols it reads, ascending
  bool empty() const { return nodes.empty(); }
};

struct Error {
  std::size_t offset = 0;  ///< byte offset in the source
  Message message{};
  std::vector<std::string> args{};
};

inline constexpr std::size_t kMaxDepth = 64;
inline constexpr std::size_t kMaxSource = 4096;

/// Parses and type-checks; `wanted` is what the place needs. `self` is the index of the symbol that "." means, or -1.
std::expected<Program, Error> compile(std::string_view source, std::span<const Symbol> symbols, Type wanted, int self = -1);

/// `values` has one value per symbol. Never throws on any values of the declared types; overflow and division by zero are null.
Value evaluate(const Program& program, std::span<const Value> values, Day today);
bool is_true(const Value& value);
/// Whether its value depends on the day on which it is asked for.
bool reads_today(const Program& program);

}  // namespace expression
}  // namespace pilar
