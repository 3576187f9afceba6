#include <algorithm>
#include <cstdint>
#include <cstring>

#include "interchange/csv_reader.h"

/// However the bytes are cut into pieces, reading ends and every row keeps within its bounds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = data[0] % 7U + 1U;
  std::size_t at = 1;
  pilar::CsvReader reader([&](char* buffer, std::size_t room) {
    const auto n = std::min({piece, room, size - at});
    if (n > 0) std::memcpy(buffer, data + at, n);
    at += n;
    return n;
  });
  std::size_t bytes = 0;
  while (reader.next() == pilar::CsvReader::Step::Row)
    for (const auto field : reader.fields()) bytes += field.size();
  if (bytes > size) __builtin_trap();
  return 0;
}
