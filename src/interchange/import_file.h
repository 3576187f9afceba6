#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "interchange/import_profile.h"
#include "interchange/random_bytes.h"
#include "interchange/table_guess.h"
#include "interchange/xlsx_reader.h"

namespace pilar {

/// A file that somebody brought, CSV or a workbook, as rows under a row of names. What is not said about how to read it is
/// recognised.
class ImportFile {
 public:
  /// Problems: those of XlsxBook; no such sheet, with the nearest; an empty file.
  static Result<ImportFile> open(RandomBytes bytes, const ImportProfile::Reading& reading);

  bool is_workbook() const { return book_.has_value(); }
  /// Where a workbook begins to count days; empty for text.
  std::optional<xlsx::DaySystem> days() const { return book_ ? std::optional(book_->days()) : std::nullopt; }
  /// Of a workbook; hidden ones too.
  std::vector<std::string> sheets() const;
  /// How it is read, nothing left out: sheet or encoding and separator, the line of the names.
  const ImportProfile::Reading& reading() const { return reading_; }
  /// Places of the file that another encoding wrote than the one it is read in (count_broken); reads all of it.
  std::int64_t broken_places() const;
  /// The rows from the beginning, all of them.
  Result<std::unique_ptr<TableReader>> rows() const;
  /// The rows below the names; names() is filled by then. Problems: no row at all.
  Result<std::unique_ptr<TableReader>> rows_below_names();
  /// Names of the columns, each once: a repeated one has its number behind it ("Nama (2)"), a missing one is called by its
  /// letters ("Kolom C").
  const std::vector<std::string>& names() const { return names_; }

 private:
  ImportFile() = default;
  Result<void> choose_sheet();
  Result<void> find_names();

  RandomBytes bytes_{};
  std::optional<XlsxBook> book_{};
  std::size_t sheet_ = 0;
  ImportProfile::Reading reading_{};
  std::vector<std::string> names_{};
};

/// The names as columns are called by them.
std::vector<std::string> unique_names(std::span<const std::string_view> fields);

/// The first rows of another table, which must outlive it; then it ends.
class FirstRows final : public TableReader {
 public:
  FirstRows(TableReader& all, std::int64_t most) : all_(all), left_(most) {}
  Step next() override { return left_-- > 0 ? all_.next() : Step::End; }
  std::span<const std::string_view> fields() const override { return all_.fields(); }
  std::span<const Unreadable> unreadable() const override { return all_.unreadable(); }
  std::int64_t line() const override { return all_.line(); }
  const Problem& problem() const override { return all_.problem(); }

 private:
  TableReader& all_;
  std::int64_t left_;
};

}  // namespace pilar
