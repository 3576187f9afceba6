// A record as programs send it: any JSON is refused with words, or stored and read again as the same answers. And the names of a request
// that are read before anybody knows who asks.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "app/intake.h"
#include "app/reference.h"
#include "base/embedded.h"
#include "http/message.h"
#include "interchange/pack.h"

using namespace pilar;

namespace {

app::Reference with_kessan() {
  auto installed = std::make_shared<app::Installed>();
  for (const auto& file : embedded_files())
    if (file.name == "packs/kessan.yaml") installed->versions.push_back({{1}, {1}, read_pack(file.bytes, file.name).value(), {}});
  if (installed->versions.empty()) std::abort();
  Node node;
  node.key = {1};
  node.code = "melati";
  app::Reference reference;
  reference.versions = installed->versions;
  reference.installed = std::move(installed);
  reference.organisation = Organisation({node}, {});
  return reference;
}

void read_cookies(std::string_view text) {
  http::Request request;
  request.headers = {{"cookie", std::string(text)}, {"authorization", std::string(text)}};
  for (const char* name : {"pilar_sesi", "pilar_bahasa", ""})
    if (request.cookie(name).size() > text.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto reference = with_kessan();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read_cookies(text);
  const auto parsed = json::parse(text);
  const auto* value = std::get_if<json::Value>(&parsed);
  if (value == nullptr) return 0;
  const auto record = app::read_record(*value, reference, Channel::Api, {1'795'219'200'000'000});
  if (!record && record.error().empty()) std::abort();
  if (!record) return 0;
  const auto stored = to_canonical(record->answers);
  if (to_canonical(from_canonical(stored)) != stored) std::abort();
  return 0;
}
