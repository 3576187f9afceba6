#include "app/import_answers.h"

#include <algorithm>

#include "base/text.h"
#include "domain/record.h"
#include "i18n/messages.h"
#include "i18n/words/import.h"
#include "interchange/csv_reader.h"
#include "interchange/table.h"

namespace pilar::app {
namespace {

/// A field of a file that is the user's own: quoted where it must be, but never changed.
void append_field(std::string& out, std::string_view text, char separator) {
  const bool plain = text.find_first_of("\"\r\n") == std::string_view::npos && text.find(separator) == std::string_view::npos &&
                     !text.starts_with(' ') && !text.ends_with(' ');
  if (plain) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

TableCell cell_of(std::string_view text) {
  if (text.empty()) return {};
  if (const auto number = parse_decimal(text); number && pilar::text(*number) == text) return *number;
  return std::string(text);
}

}  // namespace

std::string fault_words(Lang lang, const ImportFault& fault, const Instrument* form) {
  std::string out;
  if (!fault.column.empty()) out += fault.column + (fault.cell.empty() ? "" : " (" + fault.cell + ")") + ": ";
  out += form == nullptr ? say(lang, fault.problem) : say(lang, fault.problem, *form);
  return out + " " + std::string(say(lang, advice_for(fault.problem.message)));
}

char answers_separator(const ImportFile& file) { return file.is_workbook() ? ',' : file.reading().separator; }

std::string answers_name(Lang lang, std::string_view file_name, bool is_workbook) {
  const auto dot = file_name.rfind('.');
  return std::string(file_name.substr(0, dot)) + " - " + std::string(say(lang, Msg::ImportAnswersName)) + (is_workbook ? ".xlsx" : ".csv");
}

ImportAnswers::ImportAnswers(Lang lang, std::shared_ptr<const Instrument> form, ImportFile& file,
                             std::function<void(std::string_view)> write)
    : lang_(lang),
      form_(std::move(form)),
      file_(file),
      write_(std::move(write)),
      separator_(answers_separator(file)) {}

void ImportAnswers::put(std::span<const std::string> cells, const std::string& words) {
  std::string line;
  const auto width = file_.names().size();
  for (std::size_t i = 0; i < std::max(width, cells.size()); ++i) {
    append_field(line, i < cells.size() ? std::string_view(cells[i]) : std::string_view(), separator_);
    line += separator_;
  }
  append_field(line, words, separator_);
  write_(line += "\r\n");
}

/// The names and the rows before the first fault, which have nothing to say.
void ImportAnswers::begin() {
  begun_ = true;
  write_("\xEF\xBB\xBF");
  auto again = file_.rows_below_names();
  require(again.has_value(), "a file that was read can be read again");
  put(file_.names(), std::string(say(lang_, Msg::ImportAnswersColumn)));
  std::vector<std::string> cells;
  for (std::int64_t i = 0; i < rows_ && (*again)->next() == TableReader::Step::Row; ++i) {
    cells.assign((*again)->fields().begin(), (*again)->fields().end());
    put(cells, {});
  }
}

void ImportAnswers::row(std::span<const std::string> cells, std::span<const ImportFault> faults) {
  if (!faults.empty() && !begun_) begin();
  ++rows_;
  if (!begun_) return;
  std::string words;
  for (const auto& fault : faults) words += (words.empty() ? "" : " | ") + fault_words(lang_, fault, form_.get());
  put(cells, words);
}

void answers_to_workbook(ByteSource csv, char separator, const std::string& path) {
  CsvReader reader(std::move(csv), separator);
  if (reader.next() != TableReader::Step::Row) throw Fault("make a workbook", "there are no names");
  Table table;
  for (const auto name : reader.fields())
    table.columns.push_back({std::string(name), TableColumn::Kind::Text, TableColumn::kAllDigits, {}});
  const auto width = table.columns.size();
  table.rows = [&](const OnTableRow& on_row) {
    std::vector<TableCell> cells;
    while (reader.next() == TableReader::Step::Row) {
      cells.clear();
      for (const auto field : reader.fields()) cells.push_back(cell_of(field));
      cells.resize(width);
      on_row(cells);
    }
  };
  write_xlsx(table, path);
}

}  // namespace pilar::app
