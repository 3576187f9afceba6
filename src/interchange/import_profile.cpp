#include "interchange/import_profile.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "i18n/words/import.h"
#include "i18n/words/pack.h"
#include "interchange/fields.h"

namespace pilar {
namespace {

using yaml::Fields;
using yaml::Need;

constexpr std::array<std::pair<std::string_view, Encoding>, 4> kEncodings{
    {{"utf-8", Encoding::Utf8}, {"utf-16le", Encoding::Utf16Le}, {"utf-16be", Encoding::Utf16Be}, {"windows-1252", Encoding::Windows1252}}};
constexpr std::array<std::pair<std::string_view, char>, 5> kSeparators{{{",", ','}, {";", ';'}, {"|", '|'}, {"tab", '\t'}, {"\t", '\t'}}};
constexpr std::array<std::pair<std::string_view, char>, 2> kDecimalMarks{{{"comma", ','}, {"point", '.'}}};
constexpr std::array<std::pair<std::string_view, DateOrder>, 2> kDateOrders{
    {{"day-first", DateOrder::DayFirst}, {"month-first", DateOrder::MonthFirst}}};
constexpr std::int64_t kMostHeaderLine = 1000;

void read_values(yaml::Faults& faults, Fields& fields, ImportProfile::Source& source) {
  const auto* node = fields.find("values");
  if (node == nullptr) return;
  if (node->kind != yaml::Node::Kind::Mapping) return faults.add(node->at, Msg::PackNeedsMapping);
  for (const auto& member : node->children) source.values.emplace_back(member.key, member.text);
}

ImportProfile::Source read_mapping(yaml::Faults& faults, const yaml::Node& node, std::string* time = nullptr) {
  ImportProfile::Source source;
  if (node.kind != yaml::Node::Kind::Mapping) {
    faults.add(node.at, Msg::PackNeedsMapping);
    return source;
  }
  Fields fields(faults, node);
  source.column = fields.text("column");
  source.fixed = fields.text("fixed");
  read_values(faults, fields, source);
  if (time != nullptr) *time = fields.text("time");
  fields.finish();
  if (source.column.empty() == source.fixed.empty()) faults.add(node.at, Msg::ImportColumnOrFixed);
  return source;
}

ImportProfile::Source read_source(yaml::Faults& faults, Fields& top, std::string_view key, Need need, std::string* time = nullptr) {
  const auto* node = top.find(key, need);
  return node == nullptr ? ImportProfile::Source{} : read_mapping(faults, *node, time);
}

void read_items(yaml::Faults& faults, Fields& top, ImportProfile& profile) {
  const auto* node = top.find("items", Need::Required);
  if (node == nullptr) return;
  if (node->kind != yaml::Node::Kind::Mapping) return faults.add(node->at, Msg::PackNeedsMapping);
  for (const auto& member : node->children) {
    if (member.kind == yaml::Node::Kind::Mapping)
      profile.items.push_back({member.key, read_mapping(faults, member)});
    else
      profile.items.push_back({member.key, {member.text, {}, {}}});
  }
}

ImportProfile::Reading read_reading(yaml::Faults& faults, Fields& top) {
  ImportProfile::Reading reading;
  const auto* node = top.find("file");
  if (node == nullptr) return reading;
  if (node->kind != yaml::Node::Kind::Mapping) {
    faults.add(node->at, Msg::PackNeedsMapping);
    return reading;
  }
  Fields fields(faults, *node);
  reading.sheet = fields.text("sheet");
  reading.encoding = fields.one_of("encoding", kEncodings);
  reading.separator = fields.one_of("separator", kSeparators).value_or('\0');
  reading.header_line = fields.whole("header", 1, kMostHeaderLine).value_or(0);
  reading.mark = fields.one_of("decimal", kDecimalMarks).value_or('\0');
  reading.order = fields.one_of("dates", kDateOrders);
  fields.finish();
  return reading;
}

template <class T, std::size_t N>
std::string_view word_of(const std::array<std::pair<std::string_view, T>, N>& table, T value) {
  return std::ranges::find(table, value, &std::pair<std::string_view, T>::second)->first;
}

/// Members of a YAML mapping in one line; every text is quoted as JSON, which YAML 1.2 reads alike.
class Line {
 public:
  void put(std::string_view key, std::string_view text) {
    if (text.empty()) return;
    begin(key);
    json::append_string(out_, text);
  }
  void put(std::string_view key, std::int64_t number) {
    if (number == 0) return;
    begin(key);
    out_ += std::to_string(number);
  }
  void put(std::string_view key, const ImportProfile::Values& values) {
    if (values.empty()) return;
    begin(key);
    Line inner;
    for (const auto& [text, code] : values) {
      if (!inner.out_.empty()) inner.out_ += ", ";
      json::append_string(inner.out_, text);
      inner.out_ += ": ";
      json::append_string(inner.out_, code);
    }
    out_ += inner.braced();
  }
  std::string braced() const { return "{" + out_ + "}"; }
  bool empty() const { return out_.empty(); }

 private:
  void begin(std::string_view key) {
    if (!out_.empty()) out_ += ", ";
    out_.append(key).append(": ");
  }
  std::string out_{};
};

std::string quoted(std::string_view text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

std::string source_line(const ImportProfile::Source& source, std::string_view time = {}) {
  Line line;
  line.put("column", source.column);
  line.put("fixed", source.fixed);
  line.put("time", time);
  line.put("values", source.values);
  return line.braced();
}

std::string reading_line(const ImportProfile::Reading& reading) {
  Line line;
  line.put("sheet", reading.sheet);
  if (reading.encoding) line.put("encoding", name(*reading.encoding));
  if (reading.separator != '\0') line.put("separator", word_of(kSeparators, reading.separator));
  line.put("header", reading.header_line);
  if (reading.mark != '\0') line.put("decimal", word_of(kDecimalMarks, reading.mark));
  if (reading.order) line.put("dates", word_of(kDateOrders, *reading.order));
  return line.empty() ? std::string() : "file: " + line.braced() + "\n";
}

}  // namespace

const ImportProfile::ItemSource* ImportProfile::find(std::string_view item) const {
  const auto found = std::ranges::find(items, item, &ItemSource::item);
  return found == items.end() ? nullptr : &*found;
}

Result<ImportProfile> read_import_profile(std::string_view text, std::string_view file, ProfileNeed need) {
  const auto must = need == ProfileNeed::Whole ? Need::Required : Need::Optional;
  yaml::Faults faults(file, text);
  const auto document = yaml::parse(text, faults);
  ImportProfile profile;
  if (faults.none()) {
    Fields fields(faults, document);
    profile.name = fields.name("import", /*hyphens=*/true);
    profile.instrument = fields.name("instrument", /*hyphens=*/true);
    profile.file = read_reading(faults, fields);
    for (const auto& column : fields.texts("key")) profile.key.push_back(column.text);
    profile.facility = read_source(faults, fields, "facility", must);
    profile.unit = read_source(faults, fields, "unit", Need::Optional);
    profile.at = read_source(faults, fields, "at", must, &profile.time);
    read_items(faults, fields, profile);
    fields.finish();
  }
  if (!faults.none()) return std::unexpected(faults.take());
  return profile;
}

std::string to_yaml(const ImportProfile& profile) {
  std::string out = "import: " + profile.name + "\ninstrument: " + profile.instrument + "\n" + reading_line(profile.file);
  if (!profile.key.empty()) {
    out += "key: [";
    for (const auto& column : profile.key) out += (out.ends_with('[') ? "" : ", ") + quoted(column);
    out += "]\n";
  }
  if (!profile.facility.empty()) out += "facility: " + source_line(profile.facility) + "\n";
  if (!profile.unit.empty()) out += "unit: " + source_line(profile.unit) + "\n";
  if (!profile.at.empty()) out += "at: " + source_line(profile.at, profile.time) + "\n";
  out += "items:";
  if (profile.items.empty()) out += " {}";
  out += "\n";
  for (const auto& [item, from] : profile.items) {
    const bool plain = from.fixed.empty() && from.values.empty();
    out += "  " + item + ": " + (plain ? quoted(from.column) : source_line(from)) + "\n";
  }
  return out;
}

std::string profile_name(std::string_view words) {
  std::string out;
  for (const char c : lower_ascii(words)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain)
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
    if (out.size() == yaml::kMaxName) break;
  }
  while (out.ends_with('-')) out.pop_back();
  return out.empty() ? "impor" : out;
}

std::string_view name(Encoding encoding) { return word_of(kEncodings, encoding); }

std::optional<Encoding> parse_encoding(std::string_view text) {
  const auto* found = std::ranges::find(kEncodings, text, &std::pair<std::string_view, Encoding>::first);
  if (found == kEncodings.end()) return {};
  return found->second;
}

}  // namespace pilar
