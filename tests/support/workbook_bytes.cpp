#include "support/workbook_bytes.h"

#include <zip.h>

#include "base/result.h"

namespace pilar::test {
namespace {

constexpr const char* kMain = R"(xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")";
const std::string kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string relation(const std::string& id, const std::string& type, const std::string& target) {
  return "<Relationship Id=\"" + id + "\" Type=\"" + kRelations + type + "\" Target=\"" + target + "\"/>";
}
std::string relations(const std::string& inside) { return "<?xml version=\"1.0\"?><Relationships>" + inside + "</Relationships>"; }
std::string element(const std::string& name, const std::string& inside) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><" + name + " " + kMain + ">" + inside + "</" + name + ">";
}

}  // namespace

std::string zip_bytes(const ZipParts& parts) {
  auto* source = zip_source_buffer_create(nullptr, 0, 1, nullptr);
  zip_source_keep(source);
  auto* zip = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  require(zip != nullptr, "a zip file in memory can be made");
  for (const auto& [name, content] : parts)
    zip_file_add(zip, name.c_str(), zip_source_buffer(zip, content.data(), content.size(), 0), ZIP_FL_ENC_UTF_8);
  require(zip_close(zip) == 0, "a zip file in memory can be written");
  zip_stat_t about;
  zip_stat_init(&about);
  zip_source_stat(source, &about);
  std::string bytes(about.size, '\0');
  zip_source_open(source);
  zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  zip_source_free(source);
  return bytes;
}

ZipParts workbook_parts(const WorkbookText& text) {
  std::string more;
  ZipParts parts{{"_rels/.rels", relations(relation("r1", "officeDocument", "xl/workbook.xml"))}};
  const auto second = text.sheet_state.empty() ? std::string() : "<sheet name=\"Kedua\" " + text.sheet_state + " id=\"s2\"/>";
  parts.emplace_back("xl/workbook.xml", element("workbook", "<workbookPr " + text.properties +
                                                                "/><sheets><sheet name=\"Isian\" id=\"s1\"/>" + second + "</sheets>"));
  if (!text.texts.empty()) parts.emplace_back("xl/sharedStrings.xml", element("sst", text.texts));
  if (!text.styles.empty()) parts.emplace_back("xl/styles.xml", element("styleSheet", text.styles));
  if (!text.texts.empty()) more += relation("r8", "sharedStrings", "sharedStrings.xml");
  if (!text.styles.empty()) more += relation("r9", "styles", "/xl/styles.xml");
  if (!second.empty()) more += relation("s2", "worksheet", "worksheets/sheet2.xml");
  parts.emplace_back("xl/_rels/workbook.xml.rels", relations(relation("s1", "worksheet", "worksheets/../worksheets/sheet1.xml") + more));
  parts.emplace_back("xl/worksheets/sheet1.xml", element("worksheet", "<sheetData>" + text.sheet_data + "</sheetData>" + text.behind));
  if (!second.empty()) parts.emplace_back("xl/worksheets/sheet2.xml", element("worksheet", "<sheetData/>"));
  return parts;
}

std::string workbook_bytes(const WorkbookText& text) { return zip_bytes(workbook_parts(text)); }

}  // namespace pilar::test
