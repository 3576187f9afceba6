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

void append_field(std::string& out, std::string_view text) {
  const bool formula = is_formula(text);
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    if (formula) out += '\'';
    out += text;
    return;
  }
  out += '"';
  if (formula) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string field(std::string_view text) {
  std::string out;
  append_field(out, text);
  return out;
}

void Writer::add(std::string_view text) {
  if (!std::exchange(is_first_, false)) text_ += ',';
  append_field(text_, text);
}

void Writer::end_row() {
  text_ += "\r\n";
  is_first_ = true;
}

void Writer::row(std::span<const std::string> fields) {
  for (const auto& field : fields) add(field);
  end_row();
}

std::string Writer::take() { return std::exchange(text_, {}); }

}  // namespace pilar::csv
