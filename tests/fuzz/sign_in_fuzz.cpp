// What comes with a sign-in: the name of a browser, a typed code, a key in base32.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/one_time_code.h"
#include "base/result.h"
#include "web/device_words.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  pilar::require(pilar::web::device_of(text).size() < 40, "a device is called in a few words");
  const auto secret = pilar::decode_base32(text);
  pilar::require(pilar::decode_base32(pilar::base32(secret)) == secret, "base32 reads back");
  pilar::find_code_step(secret, text, {1'795'219'200'000'000}, 0);
  return 0;
}
