#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/fold.h"
#include "base/text.h"
#include "interchange/form_file.h"

/// Any bytes are a form or refused with at least one reason, whatever the file is called; folded text stays text and no longer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pilar;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const std::string_view name : {"formulir.xlsx", "formulir.yaml", "formulir"}) {
    const auto read = read_form_file(bytes, name);
    if (!read && read.error().empty()) std::abort();
    if (read && read->form.key.empty()) std::abort();
  }
  const auto folded = fold_text(bytes);
  if (folded.size() > bytes.size() || (is_utf8(bytes) && !is_utf8(folded))) std::abort();
  for (const auto& phrase : search_phrases(bytes))
    if (phrase.empty()) std::abort();
  return 0;
}
