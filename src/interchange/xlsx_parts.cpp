#include "interchange/xlsx_parts.h"

#include <map>

#include "base/text.h"
#include "i18n/words/files.h"

namespace pilar::xlsx {
namespace {

/// A handler of elements and attributes only.
class ElementHandler : public XmlHandler {
 public:
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

class WorkbookHandler final : public ElementHandler {
 public:
  Workbook found{};
  void begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") {
      const auto flag = attributes.find("date1904");
      if (flag == "1" || flag == "true") found.days = DaySystem::From1904;
    } else if (name == "sheet") {
      const auto state = attributes.find("state");
      found.sheets.push_back(
          {std::string(attributes.find("name")), std::string(attributes.find("id")), state == "hidden" || state == "veryHidden"});
    }
  }
};

/// "xl/worksheets/sheet1.xml" of "worksheets/sheet1.xml" or "/xl/worksheets/sheet1.xml" as seen from "xl/workbook.xml".
std::string resolve(std::string_view base, std::string_view target) {
  std::vector<std::string_view> steps;
  const auto walk = [&](std::string_view path) {
    for (const auto step : split(path, '/')) {
      if (step == ".." && !steps.empty()) steps.pop_back();
      if (!step.empty() && step != "." && step != "..") steps.push_back(step);
    }
  };
  const auto folder = base.substr(0, base.rfind('/') == std::string_view::npos ? 0 : base.rfind('/'));
  if (!target.starts_with('/')) walk(folder);
  walk(target);
  std::string out;
  for (const auto step : steps) out.append(out.empty() ? "" : "/").append(step);
  return out;
}

class RelationHandler final : public ElementHandler {
 public:
  explicit RelationHandler(std::string_view base) : base_(base) {}
  std::vector<Relation> found{};
  void begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship" || attributes.find("TargetMode") == "External") return;
    const auto type = attributes.find("Type");
    found.push_back(
        {std::string(attributes.find("Id")), std::string(type.substr(type.rfind('/') + 1)), resolve(base_, attributes.find("Target"))});
  }

 private:
  std::string_view base_;
};

class StyleHandler final : public XmlHandler {
 public:
  std::vector<NumberKind> found{};
  void begin(std::string_view name, const XmlAttributes& attributes) override {
    const auto id = parse_int(attributes.find("numFmtId")).value_or(0);
    if (name == "cellXfs") in_cell_styles_ = true;
    if (name == "numFmt") own_[id] = kind_of_format(attributes.find("formatCode"));
    if (name != "xf" || !in_cell_styles_) return;
    const auto own = own_.find(id);
    found.push_back(own == own_.end() ? kind_of_format(id) : own->second);
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_cell_styles_ = false;
  }
  void text(std::string_view) override {}

 private:
  std::map<std::int64_t, NumberKind> own_{};
  bool in_cell_styles_ = false;
};

/// A part as bytes; the reader of them must not outlive it.
ByteSource source_of(ZipFile::Part& part) {
  return [&part](char* buffer, std::size_t size) { return part.read(buffer, size); };
}

}  // namespace

Result<void> read_part(const ZipFile& zip, std::string_view name, XmlHandler& handler) {
  auto part = zip.part(name);
  if (!part) return std::unexpected(part.error());
  XmlReader xml(source_of(*part), handler);
  const auto state = xml.run();
  if (part->problem()) return refuse(*part->problem());
  if (state != XmlReader::State::Done) return refuse(xml.problem());
  return {};
}

Result<Workbook> read_workbook(const ZipFile& zip, std::string_view part) {
  WorkbookHandler handler;
  if (auto read = read_part(zip, part, handler); !read) return std::unexpected(read.error());
  return std::move(handler.found);
}

Result<std::vector<Relation>> read_relations(const ZipFile& zip, std::string_view part) {
  const auto slash = part.rfind('/');
  const auto folder = slash == std::string_view::npos ? std::string_view() : part.substr(0, slash + 1);
  const auto name = std::string(folder) + "_rels/" + std::string(part.substr(folder.size())) + ".rels";
  RelationHandler handler(part);
  if (!zip.has(name)) return std::move(handler.found);
  if (auto read = read_part(zip, name, handler); !read) return std::unexpected(read.error());
  return std::move(handler.found);
}

Result<std::vector<NumberKind>> read_styles(const ZipFile& zip, std::string_view part) {
  StyleHandler handler;
  if (auto read = read_part(zip, part, handler); !read) return std::unexpected(read.error());
  return std::move(handler.found);
}

/// Text of <si>, of all its runs, without the readings of Asian letters.
class SharedTexts::Handler final : public XmlHandler {
 public:
  SharedTexts found{};
  bool is_too_large = false;

  void begin(std::string_view name, const XmlAttributes&) override {
    if (name == "si") current_.clear();
    if (name == "rPh") in_reading_ = true;
    in_text_ = name == "t" && !in_reading_;
  }
  void end(std::string_view name) override {
    in_text_ = false;
    if (name == "rPh") in_reading_ = false;
    if (name != "si" || is_too_large) return;
    found.bytes_ += unescape(current_);
    found.ends_.push_back(found.bytes_.size());
    is_too_large = found.bytes_.size() + found.ends_.size() * sizeof(std::size_t) > kMostBytes;
  }
  void text(std::string_view piece) override {
    if (in_text_ && !is_too_large) current_ += piece;
    if (current_.size() > kMostBytes) is_too_large = true;
  }

 private:
  std::string current_{};
  bool in_text_ = false, in_reading_ = false;
};

Result<SharedTexts> SharedTexts::read(const ZipFile& zip, std::string_view part) {
  Handler handler;
  if (auto read = read_part(zip, part, handler); !read) return std::unexpected(read.error());
  if (handler.is_too_large) return refuse(Problem::Kind::TooLarge, Msg::XlsxManyTexts);
  return std::move(handler.found);
}

std::string_view SharedTexts::operator[](std::size_t index) const {
  const auto begin = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(bytes_).substr(begin, ends_[index] - begin);
}

}  // namespace pilar::xlsx
