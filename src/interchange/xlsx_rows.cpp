#include "interchange/xlsx_rows.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "i18n/words/files.h"
#include "i18n/words/import.h"

namespace pilar::xlsx {
namespace {

constexpr std::size_t kMostRowBytes = 1U << 20U, kMostColumnCount = 1000, kMostMerges = 200'000;
constexpr std::int64_t kMostRowNumber = 1'048'576;

struct Place {
  std::int64_t row = 0;
  std::size_t column = 0;
};

/// "AB12" is row 11, column 27.
std::optional<Place> parse_place(std::string_view text) {
  std::size_t column = 0, at = 0;
  for (; at < text.size() && at < 4 && text[at] >= 'A' && text[at] <= 'Z'; ++at)
    column = column * 26 + static_cast<std::size_t>(text[at] - 'A' + 1);
  const auto row = parse_int(text.substr(at));
  if (column == 0 || !row || *row < 1 || *row > kMostRowNumber) return {};
  return Place{*row - 1, column - 1};
}

std::optional<MergedRange> parse_range(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return {};
  const auto from = parse_place(text.substr(0, colon)), to = parse_place(text.substr(colon + 1));
  if (!from || !to || to->row < from->row || to->column < from->column) return {};
  return MergedRange{from->row, to->row, from->column, to->column};
}

class MergeHandler final : public XmlHandler {
 public:
  std::vector<MergedRange> found{};
  void begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "mergeCell" || found.size() >= kMostMerges) return;
    if (const auto range = parse_range(attributes.find("ref"))) found.push_back(*range);
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

/// Unpacks the whole part; whether cells are merged in it.
Result<bool> has_merges(const ZipFile& zip, const std::string& name) {
  constexpr std::string_view kWord = "mergeCell";
  auto part = zip.part(name);
  if (!part) return std::unexpected(part.error());
  std::string window;
  std::array<char, 1U << 16U> piece{};
  bool found = false;
  for (auto n = part->read(piece.data(), piece.size()); n > 0; n = part->read(piece.data(), piece.size())) {
    window.append(piece.data(), n);
    found = found || window.find(kWord) != std::string::npos;
    window.erase(0, window.size() - std::min(window.size(), kWord.size() - 1));
  }
  if (part->problem()) return refuse(*part->problem());
  return found;
}

Result<std::vector<MergedRange>> find_merges(const ZipFile& zip, const std::string& name) {
  const auto any = has_merges(zip, name);
  if (!any) return std::unexpected(any.error());
  MergeHandler handler;
  if (*any)
    if (auto read = read_part(zip, name, handler); !read) return std::unexpected(read.error());
  std::ranges::sort(handler.found, {}, &MergedRange::first_row);
  return std::move(handler.found);
}

std::string cell_name(const Place& place) { return column_letters(place.column) + std::to_string(place.row + 1); }

/// The cell that is being read.
struct Cell {
  std::size_t column = 0;
  std::string type{}, value{};
  std::size_t style = 0;
  bool has_value = false, has_formula = false;
};

class Rows final : public TableReader, private XmlHandler {
 public:
  Rows(const Shared& shared, ZipFile::Part part, std::vector<MergedRange> merges)
      : shared_(shared),
        merges_(std::move(merges)),
        part_(std::move(part)),
        xml_([this](char* buffer, std::size_t size) { return part_.read(buffer, size); }, *this) {}

  Step next() override {
    for (;;) {
      const auto state = xml_.run();
      if (part_.problem()) return refused(*part_.problem());
      if (state == XmlReader::State::Refused) return refused(xml_.problem());
      if (state == XmlReader::State::Done) return Step::End;
      finish_row();
      if (has_unreadable_ || std::ranges::any_of(fields_, [](std::string_view field) { return !trim(field).empty(); })) return Step::Row;
    }
  }
  std::span<const std::string_view> fields() const override { return fields_; }
  std::span<const Unreadable> unreadable() const override { return unreadable_; }
  std::int64_t line() const override { return row_ + 1; }
  const Problem& problem() const override { return problem_; }

 private:
  Step refused(Problem problem) {
    problem_ = std::move(problem);
    return Step::Refused;
  }
  void broken() { xml_.refuse({Problem::Kind::Invalid, Msg::XlsxBrokenRow, {}, {std::to_string(row_ + 1)}}); }
  void too_large(Message message) { xml_.refuse({Problem::Kind::TooLarge, message, {}, {std::to_string(row_ + 1)}}); }

  void begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "c") return begin_cell(attributes);
    if (name == "row") return begin_row(attributes);
    if (name == "rPh") in_reading_ = true;
    if (name == "f") cell_.has_formula = true;
    takes_text_ = name == "v" || (name == "t" && !in_reading_);
    if (takes_text_) cell_.has_value = true;
  }

  void end(std::string_view name) override {
    takes_text_ = false;
    if (name == "c") return end_cell();
    if (name == "rPh") in_reading_ = false;
    if (name == "row") xml_.pause();
  }

  void text(std::string_view piece) override {
    if (!takes_text_) return;
    cell_.value += piece;
    if (cell_.value.size() > kMostRowBytes) too_large(Msg::CsvLongRow);
  }

  void begin_row(const XmlAttributes& attributes) {
    const auto said = attributes.find("r");
    const auto number = said.empty() ? row_ + 2 : parse_int(said).value_or(0);
    if (number < row_ + 2 || number > kMostRowNumber) return broken();
    row_ = number - 1;
    next_column_ = 0;
    bytes_.clear();
    spans_.clear();
    unreadable_.clear();
    has_unreadable_ = false;
  }

  void begin_cell(const XmlAttributes& attributes) {
    cell_.column = next_column_;
    if (const auto said = attributes.find("r"); !said.empty()) {
      const auto place = parse_place(said);
      if (!place || place->row != row_ || place->column < next_column_) return broken();
      cell_.column = place->column;
    }
    next_column_ = cell_.column + 1;
    cell_.type = attributes.find("t");
    cell_.value.clear();
    cell_.style = static_cast<std::size_t>(std::max<std::int64_t>(parse_int(attributes.find("s")).value_or(0), 0));
    cell_.has_value = cell_.has_formula = false;
  }

  /// A style may reach over all columns; only a value is too far.
  void end_cell() {
    if (!cell_.has_value && !cell_.has_formula) return;
    if (cell_.column >= kMostColumnCount) return too_large(Msg::CsvManyColumns);
    spans_.resize(std::max(spans_.size(), cell_.column), {bytes_.size(), 0});
    const auto begin = bytes_.size();
    append_value();
    spans_.emplace_back(begin, bytes_.size() - begin);
    if (bytes_.size() > kMostRowBytes) too_large(Msg::CsvLongRow);
  }

  void append_value() {
    const auto unreadable = [&](Message message) {
      unreadable_.push_back({cell_.column, {Problem::Kind::Invalid, message, {}, {cell_.value}}});
      has_unreadable_ = true;
    };
    const bool is_computed = !cell_.has_formula || (cell_.has_value && (cell_.type == "str" || !cell_.value.empty()));
    if (!is_computed) return unreadable(Msg::XlsxFormula);
    if (cell_.type == "e") return unreadable(Msg::XlsxError);
    if (cell_.type == "s") return append_shared();
    if (cell_.type == "b") {
      bytes_ += trim(cell_.value) == "0" ? "FALSE" : "TRUE";
    } else if (cell_.type == "str" || cell_.type == "inlineStr") {
      bytes_ += unescape(cell_.value);
    } else if (cell_.type == "d") {
      bytes_ += trim(cell_.value);
    } else {
      const auto kind = cell_.style < shared_.styles.size() ? shared_.styles[cell_.style] : NumberKind::Plain;
      bytes_ += text_of_number(cell_.value, kind, shared_.days);
    }
  }

  void append_shared() {
    const auto index = parse_int(trim(cell_.value));
    if (!index || *index < 0 || static_cast<std::size_t>(*index) >= shared_.texts.size()) return broken();
    bytes_ += shared_.texts[static_cast<std::size_t>(*index)];
  }

  void finish_row() {
    widest_ = std::max(widest_, spans_.size());
    fields_.assign(widest_, {});
    for (std::size_t i = 0; i < spans_.size(); ++i) fields_[i] = std::string_view(bytes_).substr(spans_[i].first, spans_[i].second);
    note_merges();
  }

  void note_merges() {
    for (; next_merge_ < merges_.size() && merges_[next_merge_].first_row <= row_; ++next_merge_)
      open_merges_.push_back(merges_[next_merge_]);
    std::erase_if(open_merges_, [&](const MergedRange& range) { return range.last_row < row_; });
    for (const auto& range : open_merges_) {
      const auto name = cell_name({range.first_row, range.first_column});
      const auto end = std::min(range.last_column + 1, fields_.size());
      for (auto column = range.first_column + (range.first_row == row_ ? 1U : 0U); column < end; ++column) {
        fields_[column] = {};
        unreadable_.push_back({column, {Problem::Kind::Invalid, Msg::XlsxMerged, {}, {name}}});
      }
    }
  }

  const Shared& shared_;
  std::vector<MergedRange> merges_, open_merges_{};
  std::size_t next_merge_ = 0;
  ZipFile::Part part_;
  XmlReader xml_;
  std::int64_t row_ = -1;
  std::size_t next_column_ = 0, widest_ = 0;
  Cell cell_{};
  bool takes_text_ = false, in_reading_ = false, has_unreadable_ = false;
  std::string bytes_{};                                       ///< texts of the row
  std::vector<std::pair<std::size_t, std::size_t>> spans_{};  ///< of its fields in bytes_
  std::vector<std::string_view> fields_{};
  std::vector<Unreadable> unreadable_{};
  Problem problem_{};
};

}  // namespace

Result<std::unique_ptr<TableReader>> open_rows(const Shared& shared, const std::string& part) {
  auto merges = find_merges(shared.zip, part);
  if (!merges) return std::unexpected(merges.error());
  auto opened = shared.zip.part(part);
  if (!opened) return std::unexpected(opened.error());
  return std::make_unique<Rows>(shared, *std::move(opened), *std::move(merges));
}

}  // namespace pilar::xlsx
