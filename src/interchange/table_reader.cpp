#include "interchange/table_reader.h"

namespace pilar {

std::string column_letters(std::size_t column) {
  std::string out;
  for (auto left = column + 1; left > 0; left = (left - 1) / 26) out.insert(out.begin(), static_cast<char>('A' + (left - 1) % 26));
  return out;
}

}  // namespace pilar
