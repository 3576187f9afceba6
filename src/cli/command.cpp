#include "cli/command.h"

#include <ostream>

#include "base/text.h"
#include "i18n/words/command.h"

namespace pilar::cli {

std::string Option::shown() const {
  if (argument) return std::string(name);
  auto out = "--" + std::string(name);
  if (!value.empty()) out.append(" ").append(value);
  return out;
}

std::string Invocation::text(std::string_view option) const {
  const auto at = values.find(option);
  return at == values.end() ? std::string() : at->second;
}

Result<std::int64_t> Invocation::number(std::string_view option, std::int64_t low, std::int64_t high) const {
  const auto value = parse_int(text(option));
  if (!value || *value < low || *value > high)
    return refuse(Msg::CommandBadNumber, "--" + std::string(option), {std::to_string(low), std::to_string(high)});
  return *value;
}

void Invocation::tell(Message message, std::initializer_list<std::string> args) const { out << say(lang, message, args) << '\n'; }

void Invocation::print(const json::Value& value) const { out << json::pretty(value) << '\n'; }

}  // namespace pilar::cli
