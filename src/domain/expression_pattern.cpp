#include <re2/re2.h>

#include "domain/expression_parts.h"

namespace pilar::expression {
namespace {

constexpr std::int64_t kMemory = 1 << 20;  // bytes a pattern from outside may use

RE2::Options options() {
  RE2::Options out;
  out.set_log_errors(false);
  out.set_max_mem(kMemory);
  return out;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

bool is_pattern(std::string_view pattern) { return RE2(piece(pattern), options()).ok(); }

bool matches(std::string_view text, std::string_view pattern) {
  const RE2 compiled(piece(pattern), options());
  return compiled.ok() && RE2::FullMatch(piece(text), compiled);
}

}  // namespace pilar::expression
