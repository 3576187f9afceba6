#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace pilar {

/// Reads RFC 4180 text piece by piece, in constant memory. The separator (comma, semicolon or tab) is taken from the first line,
/// a byte-order mark is skipped, line ends may be CR LF, LF or CR; quotes inside a quoted field are doubled.
class CsvReader {
 public:
  /// Fills the buffer and returns how many bytes it wrote; 0 at the end.
  using Source = std::function<std::size_t(char* buffer, std::size_t size)>;
  explicit CsvReader(Source source);

  enum class Step : std::uint8_t { Row, End, Refused };
  /// The next row; blank lines are passed over. After Refused nothing more is read.
  Step next();
  /// Its fields; valid until the next call.
  const std::vector<std::string_view>& fields() const { return fields_; }
  /// Line of the file on which the row began, counted from 1.
  std::int64_t line() const { return row_line_; }
  /// Why it was refused: a quote that never closes, something behind a closing quote, a row over 1 MB, over 1,000 columns.
  const Problem& problem() const { return problem_; }
  char separator() const { return separator_; }

 private:
  bool read_row();
  bool read_field();
  bool read_quoted();
  void end_field();
  void end_line(char c);
  int peek();
  void take() { ++at_; }
  bool refuse_row(Msg message);
  void sniff();

  Source source_;
  std::string buffer_;
  std::size_t at_ = 0, end_ = 0;
  bool started_ = false, exhausted_ = false;
  char separator_ = ',';
  std::int64_t line_ = 1, row_line_ = 1;
  std::string row_;                                         ///< unquoted bytes of the row
  std::vector<std::pair<std::size_t, std::size_t>> spans_;  ///< of its fields in row_
  std::vector<std::string_view> fields_;
  bool line_ended_ = false;
  Problem problem_{};
};

}  // namespace pilar
