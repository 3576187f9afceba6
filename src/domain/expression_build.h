#pragma once
#include <array>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/expression_parts.h"

namespace pilar::expression {

/// What a place asks for; Any takes every type, Choice a question with one or with several answers.
enum class Want : std::uint8_t { Number, Text, Boolean, Date, Several, Any, Choice };

struct Binary {
  std::string_view sign;
  Op op;
  int level;  ///< binds tighter the higher
};
inline constexpr int kLoosest = 1, kComparison = 3, kTightest = 5;

struct Function {
  std::string_view name;
  Op op;
  std::size_t low, high;  ///< number of arguments
  Want first, rest;       ///< types of the first and of the later arguments
  Want result;            ///< Any: the type that the alternatives share
};

const Binary* find_binary(const Token& token);
const Function* find_function(std::string_view name);
std::vector<std::string_view> function_names();

struct Range {
  std::size_t begin = 0, end = 0;  ///< bytes of the source
};

/// Makes the typed nodes of a program and judges each as it is made. A node is named by its index; kFailed means that the
/// first thing wrong is kept for finish().
class Builder {
 public:
  static constexpr std::int32_t kFailed = -1;

  Builder(std::string_view source, std::span<const Symbol> symbols) : source_(source), symbols_(symbols) {}

  std::int32_t fail(std::size_t offset, Message message, std::vector<std::string> args = {});
  std::int32_t literal(Want type, Range range, Value value);
  std::int32_t symbol(std::size_t index, Range range);
  std::int32_t negative(std::int32_t inner, Range range);
  std::int32_t join(const Binary& binary, std::int32_t left, std::int32_t right, std::size_t end);
  std::int32_t call(const Function& function, const std::vector<std::int32_t>& arguments, Range range);
  /// Brackets belong to what they hold when it is quoted in a message.
  void widen(std::int32_t index, Range range) { ranges_[at(index)] = range; }
  bool check_count(std::string_view name, std::size_t offset, std::size_t have, std::size_t low, std::size_t high);

  std::expected<Program, Error> finish(std::int32_t root, Want wanted);

 private:
  static std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }
  const Node& node(std::int32_t index) const { return program_.nodes[at(index)]; }
  std::size_t begin_of(std::int32_t index) const { return ranges_[at(index)].begin; }
  std::string excerpt(std::int32_t index) const;
  std::int32_t add(Op op, std::int16_t type, Range range, std::span<const std::int32_t> children = {});

  bool refuse(std::int32_t index, Message message, std::vector<std::string> args);
  bool check(std::int32_t index, Want want);
  bool check_same(std::int32_t left, std::int32_t right);
  bool check_comparison(Op op, std::int32_t left, std::int32_t right);
  bool check_option(std::int32_t choice, std::int32_t text);
  bool check_meaning(Op op, const std::vector<std::int32_t>& arguments);
  bool common_type(Op op, const std::vector<std::int32_t>& arguments, std::int16_t& type);

  std::string_view source_;
  std::span<const Symbol> symbols_;
  Program program_{};
  std::vector<Range> ranges_{};  ///< of each node, for messages
  bool failed_ = false;
  Error error_{};
};

}  // namespace pilar::expression
