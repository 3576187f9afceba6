#include "interchange/csv_reader.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "i18n/words/import.h"

namespace pilar {
namespace {
constexpr std::size_t kBuffer = 1U << 16U, kMostRow = 1U << 20U, kMostColumns = 1000;
constexpr std::size_t kJudgedLines = 20;
constexpr int kEnd = -1;

/// How often the separator stands outside quotes in each of the first lines. A line that the text cuts off does not count.
std::vector<std::ptrdiff_t> separators_by_line(std::string_view text, char separator) {
  std::vector<std::ptrdiff_t> counts;
  std::ptrdiff_t found = 0;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == separator) ++found;
    if (c != '\n' && c != '\r') continue;
    if (found > 0) counts.push_back(std::exchange(found, 0));
    if (counts.size() == kJudgedLines) break;
  }
  if (counts.empty() && found > 0) counts.push_back(found);
  return counts;
}

/// Most lines that agree first, then the number of fields they agree on.
char guess_separator(std::string_view text) {
  std::pair<std::ptrdiff_t, std::ptrdiff_t> best{0, 0};
  char separator = ',';
  for (const char candidate : {',', ';', '\t', '|'}) {
    const auto counts = separators_by_line(text, candidate);
    for (const auto count : counts) {
      const std::pair found{std::ranges::count(counts, count), count};
      if (found <= best) continue;
      best = found;
      separator = candidate;
    }
  }
  return separator;
}
}  // namespace

CsvReader::CsvReader(ByteSource source, char separator) : source_(std::move(source)), buffer_(kBuffer, '\0'), separator_(separator) {}

int CsvReader::peek() {
  if (at_ < end_) return static_cast<unsigned char>(buffer_[at_]);
  if (exhausted_) return kEnd;
  end_ = source_(buffer_.data(), buffer_.size());
  at_ = 0;
  exhausted_ = end_ == 0;
  return exhausted_ ? kEnd : static_cast<unsigned char>(buffer_[0]);
}

void CsvReader::begin() {
  started_ = true;
  for (std::size_t n = 1; n > 0 && end_ < buffer_.size(); end_ += n) n = source_(buffer_.data() + end_, buffer_.size() - end_);
  const std::string_view text(buffer_.data(), end_);
  if (text.starts_with("\xEF\xBB\xBF")) at_ = 3;
  if (separator_ == '\0') separator_ = guess_separator(text.substr(at_));
}

bool CsvReader::refuse_row(Message message) {
  problem_ = {Problem::Kind::Invalid, message, std::to_string(row_line_), {std::to_string(row_line_)}};
  return false;
}

void CsvReader::end_field() {
  const auto begin = spans_.empty() ? 0 : spans_.back().first + spans_.back().second;
  spans_.emplace_back(begin, row_.size() - begin);
}

void CsvReader::end_line(char c) {
  take();
  if (c == '\r' && peek() == '\n') take();
  ++line_;
  line_ended_ = true;
}

bool CsvReader::read_quoted() {
  take();
  for (;;) {
    const int c = peek();
    if (c == kEnd) return refuse_row(Msg::CsvOpenQuote);
    take();
    if (c == '\n') ++line_;
    if (c != '"') {
      row_ += static_cast<char>(c);
    } else if (peek() == '"') {
      take();
      row_ += '"';
    } else {
      return true;
    }
    if (row_.size() > kMostRow) return refuse_row(Msg::CsvLongRow);
  }
}

/// One field with what ends it; false when the row is refused.
bool CsvReader::read_field() {
  const bool was_quoted = peek() == '"';
  if (was_quoted && !read_quoted()) return false;
  for (;;) {
    const int c = peek();
    if (c == kEnd) line_ended_ = true;
    if (c == kEnd || c == separator_) break;
    if (c == '\n' || c == '\r') {
      end_line(static_cast<char>(c));
      break;
    }
    if (was_quoted && c != ' ') return refuse_row(Msg::CsvAfterQuote);
    row_ += static_cast<char>(c);
    take();
    if (row_.size() > kMostRow) return refuse_row(Msg::CsvLongRow);
  }
  end_field();
  if (spans_.size() > kMostColumns) return refuse_row(Msg::CsvManyColumns);
  if (!line_ended_) take();  // the separator
  return true;
}

bool CsvReader::read_row() {
  row_.clear();
  spans_.clear();
  line_ended_ = false;
  row_line_ = line_;
  while (!line_ended_)
    if (!read_field()) return false;
  return true;
}

CsvReader::Step CsvReader::next() {
  if (!started_) begin();
  do {
    if (peek() == kEnd) return Step::End;
    if (!read_row()) {
      exhausted_ = true;
      at_ = end_;
      return Step::Refused;
    }
    fields_.clear();
    for (const auto& [begin, size] : spans_) fields_.push_back(std::string_view(row_).substr(begin, size));
  } while (std::ranges::all_of(fields_, [](std::string_view field) { return trim(field).empty(); }));
  return Step::Row;
}

}  // namespace pilar
