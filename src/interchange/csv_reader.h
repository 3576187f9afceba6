#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "interchange/table_reader.h"
#include "interchange/text_encoding.h"

namespace pilar {

/// Reads RFC 4180 text in UTF-8 piece by piece, in constant memory. A byte-order mark is skipped, line ends may be CR LF, LF or
/// CR; quotes inside a quoted field are doubled; the empty rows that spreadsheets write as ";;;" are blank. Refused: a quote that
/// never closes, something behind a closing quote, a row over 1 MB, over 1,000 columns.
class CsvReader final : public TableReader {
 public:
  /// `separator` 0: it is recognised.
  explicit CsvReader(ByteSource source, char separator = '\0');

  Step next() override;
  std::span<const std::string_view> fields() const override { return fields_; }
  std::int64_t line() const override { return row_line_; }
  const Problem& problem() const override { return problem_; }
  /// Comma, semicolon, tab or bar: the one that parts most of the first lines into the same number of fields. Known after the
  /// first row.
  char separator() const { return separator_; }

 private:
  bool read_row();
  bool read_field();
  bool read_quoted();
  void end_field();
  void end_line(char c);
  int peek();
  void take() { ++at_; }
  bool refuse_row(Message message);
  void begin();

  ByteSource source_;
  std::string buffer_;
  std::size_t at_ = 0, end_ = 0;
  bool started_ = false, exhausted_ = false;
  char separator_;
  std::int64_t line_ = 1, row_line_ = 1;
  std::string row_{};                                         ///< unquoted bytes of the row
  std::vector<std::pair<std::size_t, std::size_t>> spans_{};  ///< of its fields in row_
  std::vector<std::string_view> fields_{};
  bool line_ended_ = false;
  Problem problem_{};
};

}  // namespace pilar
