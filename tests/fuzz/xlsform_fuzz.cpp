#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "interchange/pack.h"
#include "interchange/xlsform.h"

/// Any table is an XLSForm or refused with cells; a pack that comes out of it reads. Sheets begin with "=NAME", cells are cut at tabs.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pilar;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<xlsform::FormSheet> sheets;
  for (const auto line : split(text, '\n')) {
    if (line.starts_with('=')) {
      sheets.push_back({std::string(line.substr(1)), {}});
      continue;
    }
    if (sheets.empty()) continue;
    xlsform::FormRow row{static_cast<std::int64_t>(sheets.back().rows.size()) + 1, {}};
    for (const auto cell : split(line, '\t')) row.cells.emplace_back(cell);
    sheets.back().rows.push_back(std::move(row));
  }
  (void)xlsform::to_xpath(text);
  (void)xlsform::from_xpath(text);
  const auto pack = xlsform::pack_from(sheets);
  if (pack && !read_pack(*pack, "fuzz.yaml")) std::abort();
  if (!pack && pack.error().empty()) std::abort();
  return 0;
}
