// The first line is the boundary, the rest the body: what is read lies within the body and can be written and read again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "http/multipart.h"

using namespace pilar::http;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto line = text.find('\n');
  if (line == text.npos) return 0;
  const auto boundary = std::string(text.substr(0, line));
  const auto body = text.substr(line + 1);
  multipart_boundary(boundary);
  const auto parts = parse_multipart(body, boundary);
  if (!parts) return 0;
  for (const auto& part : *parts) {
    if (part.name.empty() || !pilar::is_utf8(part.name) || (part.file_name && !pilar::is_utf8(*part.file_name))) std::abort();
    if (part.content.data() < body.data() || part.content.data() + part.content.size() > body.data() + body.size()) std::abort();
    if (part.content.find("\r\n--" + boundary) != part.content.npos) std::abort();
  }
  return 0;
}
