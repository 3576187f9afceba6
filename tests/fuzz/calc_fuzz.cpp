// The first line names the method, the rest is its input: any bytes give a result or a refusal, in JSON that reads back.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "app/calc.h"

using namespace pilar;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto line = std::min(text.find('\n'), text.size());
  const auto answer = calc::run(text.substr(0, line), text.substr(line), Lang::En);
  const auto again = json::parse(json::print(answer.body));
  const auto* same = std::get_if<json::Value>(&again);
  if (same == nullptr || !(*same == answer.body)) std::abort();
  if ((answer.exit_code == 0) != (answer.body.find("error") == nullptr)) std::abort();
  return 0;
}
