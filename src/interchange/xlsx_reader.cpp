#include "interchange/xlsx_reader.h"

#include <algorithm>
#include <fstream>

#include "i18n/words/files.h"
#include "interchange/xlsx_rows.h"

namespace pilar {
namespace {

constexpr std::size_t kHeaderBytes = 512, kDirectoryBytes = 4096;

constexpr std::string_view kWorkbookRelation = "officeDocument", kStyles = "styles", kTexts = "sharedStrings";

/// As the directory of a compound file writes it, in UTF-16.
std::string wide(std::string_view text) {
  std::string out;
  for (const char c : text) out += {c, '\0'};
  return out;
}

/// Where a compound file's directory begins; 0 when the header is none. Source: [MS-CFB] 2.2.
std::uint64_t directory_offset(std::string_view header) {
  constexpr std::size_t kShiftAt = 30, kSectorAt = 48;
  const auto byte = [&](std::size_t at) { return std::uint64_t{static_cast<unsigned char>(header[at])}; };
  if (header.size() < kHeaderBytes || byte(kShiftAt) > 16) return 0;
  const auto sector = byte(kSectorAt) | byte(kSectorAt + 1) << 8U | byte(kSectorAt + 2) << 16U | byte(kSectorAt + 3) << 24U;
  return (sector + 1) << byte(kShiftAt);
}

/// The old format's stream is "Workbook" or "Book"; a compound file without it holds an encrypted package ([MS-OFFCRYPTO] 1.3.3).
Problem judge_compound(std::string_view directory) {
  const bool is_old = directory.find(wide("Workbook")) != std::string_view::npos || directory.find(wide("Book")) != std::string_view::npos;
  return {Problem::Kind::Invalid, is_old ? Msg::XlsxOld : Msg::XlsxLocked, {}, {}};
}

std::string read_at(std::ifstream& in, std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  in.clear();
  in.seekg(static_cast<std::streamoff>(offset));
  in.read(bytes.data(), static_cast<std::streamsize>(size));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return bytes;
}

std::string read_at(const RandomBytes& from, std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t filled = 0;
  for (std::size_t n = 1; n > 0 && filled < size; filled += n) n = from.read(offset + filled, bytes.data() + filled, size - filled);
  bytes.resize(filled);
  return bytes;
}

/// The part of the first relation of this type, or nothing.
std::string part_of_type(const std::vector<xlsx::Relation>& relations, std::string_view type) {
  const auto found = std::ranges::find(relations, type, &xlsx::Relation::type);
  return found == relations.end() ? std::string() : found->part;
}

}  // namespace

XlsxBook::XlsxBook(std::unique_ptr<xlsx::Shared> shared) : shared_(std::move(shared)) {}
XlsxBook::XlsxBook(XlsxBook&&) noexcept = default;
XlsxBook& XlsxBook::operator=(XlsxBook&&) noexcept = default;
XlsxBook::~XlsxBook() = default;

Result<XlsxBook> XlsxBook::open(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const auto header = read_at(in, 0, kHeaderBytes);
  if (is_compound(header)) return refuse(judge_compound(read_at(in, directory_offset(header), kDirectoryBytes)));
  return read(ZipFile::open(path));
}

Result<XlsxBook> XlsxBook::of_bytes(std::string bytes) {
  if (is_compound(bytes)) {
    const auto at = std::min<std::uint64_t>(directory_offset(std::string_view(bytes).substr(0, kHeaderBytes)), bytes.size());
    return refuse(judge_compound(std::string_view(bytes).substr(at, kDirectoryBytes)));
  }
  return read(ZipFile::of_bytes(std::move(bytes)));
}

Result<XlsxBook> XlsxBook::of(RandomBytes bytes) {
  if (!bytes.read) return refuse(Msg::XlsxBroken);
  const auto header = read_at(bytes, 0, kHeaderBytes);
  if (is_compound(header)) return refuse(judge_compound(read_at(bytes, directory_offset(header), kDirectoryBytes)));
  return read(ZipFile::of(std::move(bytes)));
}

Result<XlsxBook> XlsxBook::read(Result<ZipFile> zip) {
  if (!zip) return std::unexpected(zip.error());
  XlsxBook book(std::make_unique<xlsx::Shared>(xlsx::Shared{.zip = *std::move(zip)}));
  auto& inside = *book.shared_;
  const auto package = xlsx::read_relations(inside.zip, "");
  if (!package) return std::unexpected(package.error());
  const auto main = part_of_type(*package, kWorkbookRelation);
  if (main.empty()) return refuse(Msg::XlsxBroken);
  const auto workbook = xlsx::read_workbook(inside.zip, main);
  const auto relations = xlsx::read_relations(inside.zip, main);
  if (!workbook) return std::unexpected(workbook.error());
  if (!relations) return std::unexpected(relations.error());
  inside.days = workbook->days;
  if (auto read = book.read_shared(part_of_type(*relations, kStyles), part_of_type(*relations, kTexts)); !read)
    return std::unexpected(read.error());
  for (const auto& sheet : workbook->sheets) {
    const auto relation = std::ranges::find(*relations, sheet.relation, &xlsx::Relation::id);
    // A sheet may also be a chart, which has no rows.
    if (relation == relations->end() || relation->type != "worksheet") continue;
    book.sheets_.push_back({sheet.name, sheet.hidden});
    book.parts_.push_back(relation->part);
  }
  if (book.sheets_.empty()) return refuse(Msg::XlsxNoSheet);
  return book;
}

Result<void> XlsxBook::read_shared(const std::string& styles, const std::string& texts) {
  if (!styles.empty()) {
    auto read = xlsx::read_styles(shared_->zip, styles);
    if (!read) return std::unexpected(read.error());
    shared_->styles = *std::move(read);
  }
  if (!texts.empty()) {
    auto read = xlsx::SharedTexts::read(shared_->zip, texts);
    if (!read) return std::unexpected(read.error());
    shared_->texts = *std::move(read);
  }
  return {};
}

xlsx::DaySystem XlsxBook::days() const { return shared_->days; }

Result<std::unique_ptr<TableReader>> XlsxBook::rows(std::size_t sheet) const {
  require(sheet < parts_.size(), "a sheet of this book");
  return xlsx::open_rows(*shared_, parts_[sheet]);
}

bool is_zip(std::string_view beginning) { return beginning.starts_with("PK\x03\x04") || beginning.starts_with("PK\x05\x06"); }
bool is_compound(std::string_view beginning) { return beginning.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"); }

}  // namespace pilar
