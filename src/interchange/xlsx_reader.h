#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "interchange/random_bytes.h"
#include "interchange/table_reader.h"
#include "interchange/xlsx_value.h"

namespace pilar {

class ZipFile;
namespace xlsx {
struct Shared;
}

struct XlsxSheet {
  std::string name;
  bool hidden = false;
};

/// A workbook of Office Open XML (ECMA-376), read sheet by sheet in constant memory but for the texts that cells share.
/// A number is its shortest decimal text, a date "2026-12-31", a moment "2026-12-31T08:15:00", a time "08:15", a truth value
/// TRUE or FALSE; a formula is the value it had when the file was saved.
/// Problems of opening: XlsxLocked where a password is asked for, XlsxOld for the format before 2007, XlsxBroken, XlsxBomb.
class XlsxBook {
 public:
  static Result<XlsxBook> open(const std::string& path);
  static Result<XlsxBook> of_bytes(std::string bytes);
  static Result<XlsxBook> of(RandomBytes bytes);
  XlsxBook(XlsxBook&&) noexcept;
  XlsxBook& operator=(XlsxBook&&) noexcept;
  ~XlsxBook();

  /// In the order of the tabs; never empty.
  const std::vector<XlsxSheet>& sheets() const { return sheets_; }
  /// Where it begins to count days.
  xlsx::DaySystem days() const;
  /// The rows of a sheet; the book must outlive them.
  Result<std::unique_ptr<TableReader>> rows(std::size_t sheet) const;

 private:
  explicit XlsxBook(std::unique_ptr<xlsx::Shared> shared);
  static Result<XlsxBook> read(Result<ZipFile> zip);
  Result<void> read_shared(const std::string& styles, const std::string& texts);

  std::unique_ptr<xlsx::Shared> shared_;
  std::vector<XlsxSheet> sheets_{};
  std::vector<std::string> parts_{};  ///< of the sheets
};

/// Whether a file that begins so is a zip file, which a workbook is.
bool is_zip(std::string_view beginning);
/// Whether it is a file of the older Office, or a workbook behind a password: XlsxBook::open says which.
bool is_compound(std::string_view beginning);

}  // namespace pilar
