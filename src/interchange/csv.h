#pragma once
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace pilar::csv {

/// One field, quoted where RFC 4180 asks for it. A text that a spreadsheet would run as a formula (it begins with = + - @, a tab
/// or a line break and is no plain number) gets an apostrophe in front. Source: OWASP, "CSV Injection".
std::string field(std::string_view text);
void append_field(std::string& out, std::string_view text);

/// Rows of a CSV file in UTF-8 with a byte order mark, which spreadsheets need to read it as such; lines end in CR LF.
class Writer {
 public:
  void add(std::string_view text);  ///< the next field of the row
  void end_row();
  void row(std::span<const std::string> fields);
  void row(std::initializer_list<std::string> fields) { row(std::span(fields.begin(), fields.size())); }
  /// What was written since the last call; the mark comes with the first.
  std::string take();
  /// Bytes that wait to be taken.
  std::size_t size() const { return text_.size(); }

 private:
  std::string text_ = "\xEF\xBB\xBF";
  bool is_first_ = true;
};

}  // namespace pilar::csv
