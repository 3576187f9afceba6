#include "interchange/csv.h"

#include <utility>

#include "base/text.h"

namespace pilar::csv {
namespace {

bool is_formula(std::string_view text) {
  constexpr std::string_view kStarts = "=+-@\t\r\n";
  return !text.empty() && kStarts.find(text.front()) != std::string_view::npos && !parse_double(text);
}

}  // namespace

std::string field(std::string_view text) {
  std::string plain = is_formula(text) ? "'" : "";
  plain += text;
  if (plain.find_first_of(",\"\r\n") == std::string::npos) return plain;
  std::string quoted = "\"";
  for (const char c : plain) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

void Writer::row(std::span<const std::string> fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) text_ += (i == 0 ? "" : ",") + field(fields[i]);
  text_ += "\r\n";
}

std::string Writer::take() { return std::exchange(text_, {}); }

}  // namespace pilar::csv
