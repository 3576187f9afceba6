#include <algorithm>
#include <array>
#include <set>

#include "interchange/pack_tree.h"
#include "interchange/table_reader.h"
#include "interchange/xlsform.h"
#include "interchange/xlsform_parts.h"
#include "interchange/xlsx_package.h"
#include "interchange/xlsx_reader.h"
#include "interchange/zip_writer.h"

namespace pilar::xlsform {
namespace {

std::string_view form_type(const Item& item) {
  switch (item.kind) {
    case ItemKind::Choice:
    case ItemKind::Scale:
    case ItemKind::YesNo:
      return "select_one";
    case ItemKind::Multiple:
      return "select_multiple";
    case ItemKind::Number:
      return item.digits == 0 ? "integer" : "decimal";
    case ItemKind::Calculation:
      return "calculate";
    case ItemKind::Date:
      return "date";
    case ItemKind::Time:
      return "time";
    case ItemKind::Instant:
      return "dateTime";
    case ItemKind::Photo:
      return "image";
    default:
      return "text";
  }
}

std::string json_cell(const json::Value& rest) { return rest.object().empty() ? std::string() : json::print(rest); }

class SheetWriter {
 public:
  explicit SheetWriter(const Instrument& form) : form_(form), tree_(pack::tree_of(form.content)) {
    add(survey_, {kSurveyTitles.begin(), kSurveyTitles.end()});
    add(choices_, {kChoiceTitles.begin(), kChoiceTitles.end()});
    add(settings_, {kSettingTitles.begin(), kSettingTitles.end()});
  }

  std::vector<FormSheet> write() {
    for (const auto& section : tree_.find("sections")->children) write_section(section);
    constexpr std::array<std::string_view, 4> kNative{"instrument", "version", "sections", "option_lists"};
    add(settings_,
        {form_.title.id, form_.key, std::to_string(form_.version), "Bahasa Indonesia (id)", json_cell(pack::rest_of(tree_, kNative))});
    return {{"survey", std::move(survey_)}, {"choices", std::move(choices_)}, {"settings", std::move(settings_)}};
  }

 private:
  static void add(std::vector<FormRow>& rows, std::vector<std::string> cells) {
    rows.push_back({static_cast<std::int64_t>(rows.size()) + 1, std::move(cells)});
  }

  void write_section(const yaml::Node& node) {
    constexpr std::array<std::string_view, 3> kNative{"key", "title", "items"};
    const auto& key = node.find("key")->text;
    const auto section = std::ranges::find(form_.sections, key, &Section::key);
    const auto name = std::string(kGroupPrefix) + key;
    add(survey_, {"begin_group", name, section->title.id, section->title.en, "", "", "", "", "", "", "", "",
                  json_cell(pack::rest_of(node, kNative))});
    for (const auto& item : node.find("items")->children) write_item(*form_.find(item.find("key")->text), item);
    add(survey_, {"end_group", name, "", "", "", "", "", "", "", "", "", "", ""});
  }

  void write_item(const Item& item, const yaml::Node& node) {
    constexpr std::array<std::string_view, 9> kNative{"key", "label", "hint", "required", "when", "must", "message", "formula", "options"};
    auto type = std::string(form_type(item));
    if (!item.options.empty()) type += " " + write_list(item, node);
    add(survey_, {type, item.key, item.label.id, item.label.en, item.hint.id, item.hint.en, item.required ? "yes" : "",
                  to_xpath(item.relevance.source), to_xpath(item.constraint.source), item.constraint_message.id, item.constraint_message.en,
                  to_xpath(item.calculation.source), json_cell(pack::rest_of(node, kNative))});
  }

  /// The list's name; a list that several questions share stands there once.
  std::string write_list(const Item& item, const yaml::Node& node) {
    const auto* options = node.find("options");
    const auto named = options != nullptr && options->kind == yaml::Node::Kind::Scalar ? options->text : item.key;
    const auto name = item.kind == ItemKind::YesNo ? std::string(kYesNoList) : named;
    if (!lists_.insert(name).second) return name;
    for (const auto& option : item.options) {
      const bool scale = item.kind == ItemKind::Scale;
      json::Object rest;
      if (scale) rest.emplace_back("key", option.key);
      rest.emplace_back("code", std::to_string(option.code));
      if (option.not_applicable) rest.emplace_back("not_applicable", "yes");
      add(choices_, {name, scale ? std::to_string(option.code) : option.key, option.label.id, option.label.en, json::print(rest)});
    }
    return name;
  }

  const Instrument& form_;
  yaml::Node tree_;
  std::vector<FormRow> survey_{}, choices_{}, settings_{};
  std::set<std::string> lists_{};
};

void write_sheet(ZipWriter& zip, const FormSheet& sheet) {
  std::string out =
      std::string(xlsx::kHead) + "<worksheet xmlns=\"" + std::string(xlsx::kMain) +
      "\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
      "state=\"frozen\"/></sheetView></sheetViews><cols><col min=\"1\" max=\"13\" width=\"24\" customWidth=\"1\"/></cols><sheetData>";
  for (const auto& row : sheet.rows) {
    out += "<row r=\"" + std::to_string(row.line) + "\">";
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (row.cells[i].empty()) continue;
      out += "<c r=\"" + column_letters(i) + std::to_string(row.line) + (row.line == 1 ? "\" s=\"1" : "") +
             "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">";
      xlsx::append_text(out, row.cells[i]);
      out += "</t></is></c>";
    }
    out += "</row>";
  }
  zip.add(out + "</sheetData></worksheet>");
}

}  // namespace

std::vector<FormSheet> sheets_of(const Instrument& form) { return SheetWriter(form).write(); }

void write_workbook(const std::vector<FormSheet>& sheets, const std::string& path) {
  ZipWriter zip(path);
  std::vector<xlsx::Sheet> written;
  for (const auto& sheet : sheets) {
    written.push_back({sheet.name});
    zip.begin("xl/worksheets/sheet" + std::to_string(written.size()) + ".xml");
    write_sheet(zip, sheet);
  }
  const auto part = [&](std::string_view name, const std::string& text) {
    zip.begin(name);
    zip.add(text);
  };
  part("xl/sharedStrings.xml", std::string(xlsx::kHead) + "<sst xmlns=\"" + std::string(xlsx::kMain) + "\"/>");
  part("xl/styles.xml", xlsx::styles({}));
  part("xl/workbook.xml", xlsx::workbook(written, ""));
  part("xl/_rels/workbook.xml.rels", xlsx::relations(written.size()));
  part("_rels/.rels", xlsx::package_relations());
  part("[Content_Types].xml", xlsx::content_types(written.size()));
  zip.finish();
}

Result<std::vector<FormSheet>> read_workbook(std::string bytes) {
  auto book = XlsxBook::of_bytes(std::move(bytes));
  if (!book) return std::unexpected(book.error());
  std::vector<FormSheet> out;
  for (std::size_t i = 0; i < book->sheets().size(); ++i) {
    FormSheet sheet{book->sheets()[i].name, {}};
    const auto reader = book->rows(i);
    if (!reader) return std::unexpected(reader.error());
    auto step = (*reader)->next();
    for (; step == TableReader::Step::Row && sheet.rows.size() < kMostFormRows; step = (*reader)->next()) {
      FormRow row{(*reader)->line(), {}};
      for (const auto field : (*reader)->fields()) row.cells.emplace_back(field);
      sheet.rows.push_back(std::move(row));
    }
    if (step == TableReader::Step::Refused) return refuse((*reader)->problem());
    out.push_back(std::move(sheet));
  }
  return out;
}

}  // namespace pilar::xlsform
