// Requests: the bytes taken and the request read do not depend on how the stream is cut.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "http/reader.h"

using pilar::http::RequestReader;

namespace {

struct Seen {
  RequestReader::Step step{};
  int refusal = 0;
  std::size_t used = 0;
  std::string path, body;
  std::size_t headers = 0;
};

Seen read(std::string_view stream, std::size_t piece) {
  RequestReader reader;
  std::size_t from = 0, to = 0;
  while (to < stream.size() && reader.step() <= RequestReader::Step::Body) {
    to = std::min({to + piece, stream.size(), from + RequestReader::kMaxHead});
    const bool at_head = reader.step() == RequestReader::Step::Head;
    from += reader.put(stream.substr(from, to - from));
    if (at_head && reader.step() == RequestReader::Step::Body) {
      reader.limit_body(1000);
      from += reader.put(stream.substr(from, to - from));
    }
  }
  const auto& request = reader.request();
  return {reader.step(), reader.refusal(), from, request.path, request.body, request.headers.size()};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto whole = read(text, RequestReader::kMaxHead), drip = read(text, 1);
  if (whole.step != drip.step || whole.refusal != drip.refusal) std::abort();
  if (whole.step != RequestReader::Step::Done) return 0;
  if (whole.used != drip.used || whole.path != drip.path || whole.body != drip.body || whole.headers != drip.headers) std::abort();
  return 0;
}
