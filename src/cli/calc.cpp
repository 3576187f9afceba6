#include "cli/calc.h"

#include <algorithm>
#include <fstream>
#include <istream>
#include <optional>
#include <ostream>

#include "app/calc.h"
#include "i18n/words/calc.h"

namespace pilar {
namespace {

/// Everything there is to read, but never more than one byte beyond what calc::run accepts.
std::string read_all(std::istream& in) {
  constexpr std::size_t kChunk = 1U << 16U;
  std::string text, chunk(kChunk, '\0');
  while (text.size() <= calc::kMaxBytes) {
    const auto wanted = std::min(kChunk, calc::kMaxBytes + 1 - text.size());
    in.read(chunk.data(), static_cast<std::streamsize>(wanted));
    if (in.gcount() == 0) break;
    text.append(chunk, 0, static_cast<std::size_t>(in.gcount()));
  }
  return text;
}

std::optional<std::string> read_input(const std::string& file, std::istream& standard) {
  if (file.empty() || file == "-") return read_all(standard);
  std::ifstream in(file, std::ios::binary);
  auto text = in ? std::optional(read_all(in)) : std::nullopt;
  return in.bad() ? std::nullopt : text;
}

int print_list(Lang lang, std::ostream& out) {
  std::size_t width = 0;
  for (const auto* method : calc::methods()) width = std::max(width, calc::name(*method).size());
  for (const auto* method : calc::methods()) {
    const auto name = calc::name(*method);
    out << name << std::string(width + 2 - name.size(), ' ') << calc::summary(*method, lang) << '\n';
  }
  return 0;
}

int print_answer(const calc::Answer& answer, std::ostream& out) {
  out << json::pretty(answer.body) << '\n';
  return answer.exit_code;
}

}  // namespace

int calc_command(const CalcCommand& command, std::istream& in, std::ostream& out, std::ostream& err) {
  if (command.list) return print_list(command.lang, out);
  const auto* method = calc::find(command.method);
  if (method == nullptr) return print_answer(calc::unknown_method(command.method, command.lang), out);
  if (command.schema) {
    out << json::pretty(calc::schema(*method)) << '\n';
    return 0;
  }
  const auto text = read_input(command.file, in);
  if (!text) {
    err << say(command.lang, Msg::CalcFileUnreadable, {command.file}) << '\n';
    return 1;
  }
  return print_answer(calc::run(command.method, *text, command.lang), out);
}

}  // namespace pilar
