#include "cli/files.h"

#include <fstream>
#include <iterator>

#include "i18n/words/import.h"

namespace pilar::cli {

Result<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return refuse(Problem::Kind::NotFound, Msg::ImportNoFile, path, {path});
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

void write_csv_file(const Table& table, const std::string& path) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  write_csv(table, CsvHead::Without, [&](std::string_view bytes) { out << bytes; });
  out.close();
  if (!out) throw Fault("write " + path, "the file cannot be written");
}

}  // namespace pilar::cli
