#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/import_report.h"
#include "app/stored_file.h"
#include "domain/instrument.h"
#include "i18n/lang.h"
#include "interchange/import_file.h"

namespace pilar::app {

/// "Tanggal (C12): “31-13-2026” bukan tanggal. Tulis tanggal seperti 31-12-2026."
std::string fault_words(Lang lang, const ImportFault& fault, const Instrument* form);

/// The user's own file with a column that says what is wrong with each row; CSV for CSV, a workbook for a workbook. Nothing is
/// written until the first fault. Memory does not grow with the file.
class ImportAnswers {
 public:
  /// `again` opens the same rows once more, so that those before the first fault can be copied.
  ImportAnswers(Lang lang, std::shared_ptr<const Instrument> form, ImportFile& file, std::function<void(std::string_view)> write);

  void row(std::span<const std::string> cells, std::span<const ImportFault> faults);
  /// Whether anything was written.
  bool begun() const { return begun_; }

 private:
  void begin();
  void put(std::span<const std::string> cells, const std::string& words);

  Lang lang_;
  std::shared_ptr<const Instrument> form_;
  ImportFile& file_;
  std::function<void(std::string_view)> write_;
  char separator_;
  std::int64_t rows_ = 0;
  bool begun_ = false;
};

/// The file of ImportAnswers as a workbook at `path`, from the CSV text that it wrote.
void answers_to_workbook(ByteSource csv, char separator, const std::string& path);
/// How the CSV text of ImportAnswers parts its fields.
char answers_separator(const ImportFile& file);
/// "kunjungan-oktober - perbaiki.csv".
std::string answers_name(Lang lang, std::string_view file_name, bool is_workbook);

}  // namespace pilar::app
