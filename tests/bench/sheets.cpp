// How long a large table takes to write and to read again, and in how much memory:
//   pilar_sheets ROWS FILE.xlsx
#include <sys/resource.h>

#include <chrono>
#include <iostream>

#include "base/text.h"
#include "interchange/table.h"
#include "interchange/table_guess.h"
#include "interchange/xlsx_reader.h"

using namespace pilar;

namespace {

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Ten columns, as the records of an instrument have them.
Table table_of(std::int64_t count) {
  using Kind = TableColumn::Kind;
  Table table{.caption = "Kunjungan", .notes = {{"Tempat", "Kabupaten"}}};
  table.columns = {{"facility"}, {"unit"},  {"day", Kind::Day},     {"at", Kind::Moment},    {"id"},
                   {"nilai"},    {"pesan"}, {"umur", Kind::Number}, {"menit", Kind::Number}, {"state"}};
  table.rows = [count](const OnTableRow& give) {
    constexpr std::string_view kAnswers[] = {"sangat_baik", "baik", "cukup", "kurang"};
    std::vector<TableCell> row(10);
    for (std::int64_t i = 0; i < count; ++i) {
      row[0] = "F" + std::to_string(i % 200);
      row[1] = "poli_" + std::to_string(i % 12);
      row[2] = Day{20'000 + static_cast<std::int32_t>(i % 700)};
      row[3] = ZonedTime{{1'795'000'000'000'000 + i * 61'000'000}, Zone::Wib};
      row[4] = "018f2c00-" + std::to_string(1'000'000'000 + i);
      row[5] = std::string(kAnswers[i % 4]);
      if (i % 3 == 0)
        row[6] = std::string("Petugas ramah, antre lama");
      else
        row[6] = {};
      row[7] = Decimal::whole(i % 90);
      row[8] = Decimal::make(i % 1000, 1).value_or(Decimal());
      row[9] = std::string("valid");
      give(row);
    }
  };
  return table;
}

}  // namespace

int main(int argc, char** argv) {
  const auto count = argc == 3 ? parse_int(argv[1]) : std::nullopt;
  if (!count) return 2;
  const std::string path = argv[2];
  std::cout << "write_seconds=" << seconds([&] { write_xlsx(table_of(*count), path); }) << '\n';
  std::size_t bytes = 0;
  std::cout << "csv_seconds="
            << seconds([&] { write_csv(table_of(*count), CsvHead::With, [&](std::string_view piece) { bytes += piece.size(); }); }) << '\n';
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  std::cout << "written_kb=" << used.ru_maxrss << " csv_bytes=" << bytes << '\n';
  const auto book = XlsxBook::open(path);
  if (!book) return 1;
  std::int64_t rows = 0;
  std::cout << "read_seconds=" << seconds([&] {
    const auto reader = book->rows(0);
    while (reader && (*reader)->next() == TableReader::Step::Row) ++rows;
  }) << '\n';
  std::cout << "recognise_seconds=" << seconds([&] {
    const auto reader = book->rows(0);
    if (reader) rows += recognise(**reader).value().rows;
  }) << '\n';
  getrusage(RUSAGE_SELF, &used);
  std::cout << "rows=" << rows << " peak_kb=" << used.ru_maxrss << '\n';
}
