#include "interchange/table_guess.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "i18n/words/import.h"

namespace pilar {
namespace {

constexpr std::size_t kHeadRows = 20;

struct HeadRow {
  std::int64_t line;
  std::vector<std::string> cells;
};

bool is_filled(std::string_view cell) { return !trim(cell).empty(); }

std::int64_t filled_cells(const HeadRow& row) { return std::ranges::count_if(row.cells, is_filled); }

bool is_value(std::string_view cell) {
  return parse_number(cell, '.') || parse_number(cell, ',') || parse_local_time(cell, DateOrder::DayFirst) ||
         parse_local_time(cell, DateOrder::MonthFirst);
}

/// The row with most of the names, the first of equals; the end when no row has any.
std::size_t row_of_names(const std::vector<HeadRow>& rows, std::span<const std::string> wanted) {
  std::size_t best = rows.size();
  std::ptrdiff_t most = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto has = [&](const std::string& name) {
      return std::ranges::find(rows[i].cells, name, [](const std::string& cell) { return trim(cell); }) != rows[i].cells.end();
    };
    const auto found = std::ranges::count_if(wanted, has);
    if (found <= most) continue;
    most = found;
    best = i;
  }
  return best;
}

/// The first row of texts that is at least three fifths as wide as the widest; the end when there is none.
std::size_t row_of_texts(const std::vector<HeadRow>& rows) {
  std::int64_t widest = 0;
  for (const auto& row : rows) widest = std::max(widest, filled_cells(row));
  const auto is_header = [&](const HeadRow& row) {
    const auto values = std::ranges::count_if(row.cells, is_value);
    return filled_cells(row) * 5 >= widest * 3 && values * 5 <= filled_cells(row);
  };
  return static_cast<std::size_t>(std::ranges::find_if(rows, is_header) - rows.begin());
}

/// Two readings of the same cells, of which each cell may allow one, both or none.
template <class Value>
struct Readings {
  std::int64_t first = 0, second = 0, both_differ = 0;
  std::string example{};

  void add(std::string_view cell, const std::optional<Value>& a, const std::optional<Value>& b) {
    if (a) ++first;
    if (b) ++second;
    if (a && b && *a != *b && both_differ++ == 0) example = cell;
  }
  std::int64_t most() const { return std::max(first, second); }
  bool is_open() const { return first == second && both_differ > 0; }
  bool is_second() const { return second > first; }
};

class ColumnJudge {
 public:
  explicit ColumnJudge(std::string name) : name_(std::move(name)) {}

  void add(std::string_view cell) {
    const auto text = trim(cell);
    if (text.empty()) return;
    ++filled_;
    if (text.size() > 1 && text[0] == '0' && text.find_first_not_of("0123456789") == std::string_view::npos) ++codes_;
    numbers_.add(text, parse_number(text, '.'), parse_number(text, ','));
    dates_.add(text, parse_local_time(text, DateOrder::DayFirst), parse_local_time(text, DateOrder::MonthFirst));
    if (text.find(':') != std::string_view::npos && parse_clock(text)) ++clocks_;
  }

  ColumnGuess guess() const {
    ColumnGuess out{.name = name_, .filled = filled_};
    if (filled_ == 0) return out;
    if (is_most(dates_.most())) {
      out.kind = ColumnGuess::Kind::Date;
      out.fits = dates_.most();
      out.order = dates_.is_second() ? DateOrder::MonthFirst : DateOrder::DayFirst;
      out.ambiguous = dates_.is_open();
      out.example = dates_.example;
    } else if (is_most(clocks_)) {
      out.kind = ColumnGuess::Kind::Time;
      out.fits = clocks_;
    } else if (is_most(numbers_.most()) && codes_ == 0) {
      out.kind = ColumnGuess::Kind::Number;
      out.fits = numbers_.most();
      out.mark = numbers_.is_second() || numbers_.is_open() ? ',' : '.';
      out.ambiguous = numbers_.is_open();
      out.example = numbers_.example;
    } else {
      out.kind = ColumnGuess::Kind::Text;
      out.fits = filled_;
    }
    return out;
  }
  /// Whether the cells decide between the two readings, for columns that do not.
  std::optional<char> decided_mark() const {
    if (numbers_.first == numbers_.second || !is_most(numbers_.most())) return {};
    return numbers_.is_second() ? ',' : '.';
  }
  std::optional<DateOrder> decided_order() const {
    if (dates_.first == dates_.second || !is_most(dates_.most())) return {};
    return dates_.is_second() ? DateOrder::MonthFirst : DateOrder::DayFirst;
  }

 private:
  bool is_most(std::int64_t count) const { return count * 5 >= filled_ * 4; }

  std::string name_;
  std::int64_t filled_ = 0, codes_ = 0, clocks_ = 0;
  Readings<Decimal> numbers_{};   ///< with a point, with a comma
  Readings<LocalTime> dates_{};   ///< day first, month first
};

/// What all columns that decide agree on; nothing when none does or they differ.
template <class Value, class Decide>
std::optional<Value> agreed(const std::vector<ColumnJudge>& columns, const Decide& decide) {
  std::optional<Value> out;
  for (const auto& column : columns) {
    const std::optional<Value> said = decide(column);
    if (!said) continue;
    if (out && *out != *said) return {};
    out = said;
  }
  return out;
}

void settle(ColumnGuess& column, std::optional<char> mark, std::optional<DateOrder> order) {
  if (!column.ambiguous) return;
  if (column.kind == ColumnGuess::Kind::Number && mark) {
    column.mark = *mark;
    column.ambiguous = false;
  }
  if (column.kind == ColumnGuess::Kind::Date && order) {
    column.order = *order;
    column.ambiguous = false;
  }
}

class Recogniser {
 public:
  Recogniser(TableReader& file, std::span<const std::string> wanted) : file_(file), wanted_(wanted) {}

  Result<TableGuess> run() {
    std::vector<HeadRow> head;
    auto step = file_.next();
    for (; step == TableReader::Step::Row; step = file_.next()) {
      head.push_back({file_.line(), {file_.fields().begin(), file_.fields().end()}});
      if (head.size() == kHeadRows) break;
    }
    if (head.empty() && step == TableReader::Step::End) return refuse(Msg::ImportEmptyFile);
    begin(head);
    while (step == TableReader::Step::Row && (step = file_.next()) == TableReader::Step::Row) add(file_.fields());
    if (step == TableReader::Step::Refused) return refuse(file_.problem());
    return finish();
  }
  std::vector<ColumnGuess> judge(std::span<const std::string> names) {
    out_.header_line = 1;
    for (const auto& name : names) columns_.emplace_back(name);
    while (file_.next() == TableReader::Step::Row) add(file_.fields());
    return finish().columns;
  }

 private:
  void begin(const std::vector<HeadRow>& head) {
    auto at = row_of_names(head, wanted_);
    if (at == head.size()) at = row_of_texts(head);
    const bool found = at < head.size();
    if (found) {
      out_.header_line = head[at].line;
      for (const auto& name : head[at].cells) columns_.emplace_back(std::string(trim(name)));
      note_repeated(head[at].cells);
    }
    for (std::size_t i = found ? at + 1 : 0; i < head.size(); ++i) add(head[i].cells);
  }

  void note_repeated(const std::vector<std::string>& names) {
    std::set<std::string_view> seen, told;
    for (const auto& name : names) {
      const auto bare = trim(name);
      if (!bare.empty() && !seen.insert(bare).second && told.insert(bare).second) out_.repeated.emplace_back(bare);
    }
  }

  template <class Cells>
  void add(const Cells& cells) {
    ++out_.rows;
    // Where no row of names tells the width, the rows do.
    while (out_.header_line == 0 && columns_.size() < cells.size()) columns_.emplace_back(std::string());
    for (std::size_t i = 0; i < std::min(columns_.size(), cells.size()); ++i) columns_[i].add(cells[i]);
  }

  TableGuess finish() {
    const auto mark = agreed<char>(columns_, [](const ColumnJudge& c) { return c.decided_mark(); });
    const auto order = agreed<DateOrder>(columns_, [](const ColumnJudge& c) { return c.decided_order(); });
    for (const auto& column : columns_) {
      out_.columns.push_back(column.guess());
      settle(out_.columns.back(), mark, order);
    }
    return std::move(out_);
  }

  TableReader& file_;
  std::span<const std::string> wanted_;
  TableGuess out_{};
  std::vector<ColumnJudge> columns_{};
};

}  // namespace

std::vector<ColumnGuess> judge_columns(TableReader& rest, std::span<const std::string> names) { return Recogniser(rest, {}).judge(names); }

Result<TableGuess> recognise(TableReader& file, std::span<const std::string> wanted) { return Recogniser(file, wanted).run(); }

}  // namespace pilar
