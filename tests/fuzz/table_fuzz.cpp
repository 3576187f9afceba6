#include <cstdint>
#include <string>

#include "base/text.h"
#include "interchange/csv_reader.h"
#include "interchange/table_guess.h"
#include "support/bytes.h"

namespace {
void hold(bool ok) {
  if (!ok) __builtin_trap();
}
}  // namespace

/// Whatever the bytes: their encoding is found, the text decodes to UTF-8, and what is said about the columns agrees with itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pilar;
  if (size == 0) return 0;
  const std::size_t piece = data[0] % 9U + 1U;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto guess = guess_encoding(test::bytes_of(bytes, piece));
  CsvReader file(decode(test::bytes_of(bytes, piece), guess.encoding));
  const auto table = recognise(file);
  if (!table) return 0;
  for (const auto& column : table->columns) {
    hold(column.fits <= column.filled && column.filled <= table->rows);
    hold(!column.ambiguous || !column.example.empty());
    if (column.kind != ColumnGuess::Kind::Date) continue;
    hold(column.confidence() >= 0.8);
    if (const auto time = parse_local_time(column.example, column.order)) hold(parse_local_time(iso(*time), column.order) == time);
  }
  return 0;
}
