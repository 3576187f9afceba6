// Request targets: a decoded path is rooted, clean UTF-8 and never climbs.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "http/message.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto target = pilar::http::parse_target(text);
  if (!target) return 0;
  const std::string_view path = target->path;
  if (!path.starts_with('/') || !pilar::is_utf8(path) || path.contains('\\')) std::abort();
  for (const auto segment : pilar::split(path, '/'))
    if (segment == "..") std::abort();
  return 0;
}
