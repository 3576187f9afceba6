#include "interchange/xlsx_package.h"

#include <algorithm>

namespace pilar::xlsx {
namespace {

constexpr std::string_view kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::size_t kFirstFormat = 164;  // numbers below are built in

/// "_x0001_" is how a workbook writes a control character, so the same letters typed by a person are written as another.
bool looks_escaped(std::string_view text) {
  if (text.size() < 7 || !text.starts_with("_x") || text[6] != '_') return false;
  return std::ranges::all_of(text.substr(2, 4),
                             [](char c) { return std::string_view("0123456789abcdefABCDEF").find(c) != std::string_view::npos; });
}

void append_control(std::string& out, unsigned char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  out += "_x00";
  out += kDigits[c >> 4U];
  out += kDigits[c & 0xFU];
  out += '_';
}

std::string number_format(const TableColumn& column) {
  const auto digits = column.digits > 0 ? "." + std::string(static_cast<std::size_t>(column.digits), '0') : std::string();
  switch (column.kind) {
    case TableColumn::Kind::Number:
      return column.digits == TableColumn::kAllDigits ? "General" : "#,##0" + digits;
    case TableColumn::Kind::Percent:
      return "0" + digits + "%";
    case TableColumn::Kind::Day:
      return "dd/mm/yyyy";
    case TableColumn::Kind::Moment:
      return "dd/mm/yyyy hh:mm";
    case TableColumn::Kind::Text:
      break;
  }
  return "General";
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n')
      append_control(out, static_cast<unsigned char>(c));
    else if (c == '_' && looks_escaped(text.substr(i)))
      out += "_x005F_";
    else
      out += c;
  }
}

std::string filtered(const Sheet& sheet, const std::string& last_column, const std::string& mark) {
  return mark + "A" + mark + std::to_string(sheet.heading_row) + ":" + mark + last_column + mark + std::to_string(sheet.last_row);
}

std::string styles(const Table& table) {
  std::string formats, cells;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto id = std::to_string(kFirstFormat + i);
    formats += "<numFmt numFmtId=\"" + id + "\" formatCode=\"";
    append_text(formats, number_format(table.columns[i]));
    formats += "\"/>";
    cells += "<xf numFmtId=\"" + id + "\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>";
  }
  const auto count = std::to_string(table.columns.size());
  std::string out = std::string(kHead) + "<styleSheet xmlns=\"" + std::string(kMain) + "\">";
  if (!formats.empty()) out += "<numFmts count=\"" + count + "\">" + formats + "</numFmts>";
  out +=
      "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name "
      "val=\"Calibri\"/></font></fonts>"
      "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>"
      "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>"
      "<border><left/><right/><top/><bottom style=\"thin\"/><diagonal/></border></borders>"
      "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
      "<cellXfs count=\"" +
      std::to_string(table.columns.size() + kFirstColumnStyle) +
      "\">"
      "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
      "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
      "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyFont=\"1\" applyBorder=\"1\" applyAlignment=\"1\">"
      "<alignment vertical=\"top\" wrapText=\"1\"/></xf>";
  return out + cells +
         "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";
}

std::string workbook(const std::vector<Sheet>& sheets, const std::string& last_column) {
  std::string out =
      std::string(kHead) + "<workbook xmlns=\"" + std::string(kMain) + "\" xmlns:r=\"" + std::string(kRelations) + "\"><sheets>";
  std::string names;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const auto number = std::to_string(i + 1);
    std::string name, quoted;
    append_text(name, sheets[i].name);
    for (const char c : name) quoted += c == '\'' ? "''" : std::string(1, c);
    out.append("<sheet name=\"").append(name).append("\" sheetId=\"").append(number).append("\" r:id=\"rId").append(number).append("\"/>");
    const auto local = "\" localSheetId=\"" + std::to_string(i) + "\"";
    const auto row = std::to_string(sheets[i].heading_row);
    if (!last_column.empty())
      names.append("<definedName name=\"_xlnm._FilterDatabase")
          .append(local)
          .append(" hidden=\"1\">'")
          .append(quoted)
          .append("'!")
          .append(filtered(sheets[i], last_column, "$"))
          .append("</definedName>");
    names.append("<definedName name=\"_xlnm.Print_Titles")
        .append(local)
        .append(">'")
        .append(quoted)
        .append("'!$")
        .append(row)
        .append(":$")
        .append(row)
        .append("</definedName>");
  }
  return out + "</sheets><definedNames>" + names + "</definedNames></workbook>";
}

std::string relations(std::size_t sheets) {
  std::string out = std::string(kHead) + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  const auto add = [&](std::size_t id, const char* type, const std::string& target) {
    out += "<Relationship Id=\"rId" + std::to_string(id) + "\" Type=\"" + std::string(kRelations) + "/" + type + "\" Target=\"" + target +
           "\"/>";
  };
  for (std::size_t i = 1; i <= sheets; ++i) add(i, "worksheet", "worksheets/sheet" + std::to_string(i) + ".xml");
  add(sheets + 1, "styles", "styles.xml");
  add(sheets + 2, "sharedStrings", "sharedStrings.xml");
  return out + "</Relationships>";
}

std::string content_types(std::size_t sheets) {
  constexpr std::string_view kSheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  std::string out = std::string(kHead) +
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>";
  const auto add = [&](const std::string& name, std::string_view kind) {
    out += "<Override PartName=\"/xl/" + name + ".xml\" ContentType=\"" + std::string(kSheet) + std::string(kind) + "+xml\"/>";
  };
  add("workbook", "sheet.main");
  for (std::size_t i = 1; i <= sheets; ++i) add("worksheets/sheet" + std::to_string(i), "worksheet");
  add("styles", "styles");
  add("sharedStrings", "sharedStrings");
  return out + "</Types>";
}

std::string package_relations() {
  return std::string(kHead) +
         "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"" +
         std::string(kRelations) + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
}

}  // namespace pilar::xlsx
