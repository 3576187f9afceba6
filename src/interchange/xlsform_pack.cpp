#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/text.h"
#include "i18n/words/xlsform.h"
#include "interchange/pack.h"
#include "interchange/pack_tree.h"
#include "interchange/table_reader.h"
#include "interchange/xlsform.h"
#include "interchange/xlsform_parts.h"

namespace pilar::xlsform {
namespace {

constexpr std::size_t kMostFormProblems = 100;

/// A type of XLSForm, and the types of a pack that are written so; the first is meant where nothing else is said.
struct FormType {
  std::string_view type;
  std::array<std::string_view, 3> pack;
};
constexpr std::array<FormType, 12> kFormTypes{{{"select_one", {"choice", "scale", "yesno"}},
                                               {"select_multiple", {"multiple", "", ""}},
                                               {"integer", {"number", "", ""}},
                                               {"decimal", {"number", "", ""}},
                                               {"range", {"number", "", ""}},
                                               {"calculate", {"calculation", "", ""}},
                                               {"date", {"date", "", ""}},
                                               {"time", {"time", "", ""}},
                                               {"dateTime", {"instant", "", ""}},
                                               {"datetime", {"instant", "", ""}},
                                               {"text", {"text", "person", ""}},
                                               {"image", {"photo", "", ""}}}};
/// What a device fills in by itself, and notes: nothing that a pack asks.
constexpr std::array<std::string_view, 9> kIgnored{"start", "end",         "today", "deviceid", "username",
                                                   "note",  "phonenumber", "audit", "simserial"};

/// One row with its columns by title.
class Line {
 public:
  Line(const FormSheet& sheet, const FormRow& row) : sheet_(&sheet), row_(&row) {}

  /// The column of a title; of several that begin so ("label", "label::English (en)") the one in this language.
  std::optional<std::size_t> column(std::string_view title, std::string_view language = {}) const {
    const auto& titles = sheet_->rows.front().cells;
    std::optional<std::size_t> plain;
    for (std::size_t i = 0; i < titles.size(); ++i) {
      const auto name = trim(titles[i]);
      if (name == title) plain = i;
      if (!language.empty() && name.starts_with(std::string(title) + "::") && name.ends_with("(" + std::string(language) + ")")) return i;
    }
    if (plain || language.empty()) return plain;
    for (std::size_t i = 0; i < titles.size(); ++i)
      if (trim(titles[i]).starts_with(std::string(title) + "::")) return i;
    return {};
  }
  std::string text(std::string_view title, std::string_view language = {}) const {
    const auto at = column(title, language);
    return at && *at < row_->cells.size() ? std::string(trim(row_->cells[*at])) : std::string();
  }
  /// "survey!C5".
  std::string cell(std::string_view title, std::string_view language = {}) const {
    return sheet_->name + "!" + column_letters(column(title, language).value_or(0)) + std::to_string(row_->line);
  }

 private:
  const FormSheet* sheet_;
  const FormRow* row_;
};

struct Choice {
  std::string name, key;  ///< as the form calls it, as the pack does
  yaml::Node node;
};

class FormReader {
 public:
  explicit FormReader(const std::vector<FormSheet>& sheets) : sheets_(sheets) { origins_.emplace_back("survey"); }

  Result<std::string> read() {
    const auto* survey = find_sheet("survey");
    if (survey == nullptr) return refuse(Msg::XlsFormNoSheet, "survey");
    for (const auto* title : {"type", "name"})
      if (!Line(*survey, survey->rows.front()).column(title)) return refuse(Msg::XlsFormNoColumn, "survey!A1", {title});
    read_choices();
    auto root = read_settings();
    read_survey(*survey, root);
    if (!problems_.empty()) return std::unexpected(std::move(problems_));
    auto written = pack::write_tree_with_origins(root);
    const auto checked = read_pack(written.text, "pack");
    if (checked) return std::move(written.text);
    return std::unexpected(at_their_cells(checked.error(), written));
  }

 private:
  const FormSheet* find_sheet(std::string_view name) const {
    const auto at =
        std::ranges::find_if(sheets_, [&](const FormSheet& sheet) { return lower_ascii(sheet.name) == name && !sheet.rows.empty(); });
    return at == sheets_.end() ? nullptr : &*at;
  }

  void wrong(Message message, std::string cell, std::vector<std::string> args = {}) {
    if (problems_.size() < kMostFormProblems) problems_.push_back({Problem::Kind::Invalid, message, std::move(cell), std::move(args)});
  }

  /// A scalar that remembers its cell.
  yaml::Node cell_node(std::string_view key, std::string text, std::string cell) {
    auto node = pack::scalar(key, std::move(text));
    node.offset = origins_.size();
    origins_.push_back(std::move(cell));
    return node;
  }

  yaml::Node words_node(std::string_view key, const Line& line, std::string_view title, const std::string& otherwise) {
    auto id = line.text(title, "id"), en = line.text(title, "en");
    if (id.empty()) id = en.empty() ? otherwise : en;
    if (en.empty()) en = id;
    auto node = pack::mapping(key);
    node.children.push_back(cell_node("id", std::move(id), line.cell(title, "id")));
    node.children.push_back(cell_node("en", std::move(en), line.cell(title, "en")));
    node.offset = node.children.front().offset;
    return node;
  }

  /// What the column `pilar` adds; nothing where it is empty.
  std::optional<json::Value> rest_of(const Line& line) {
    const auto text = line.text(kRestTitle);
    if (text.empty()) return {};
    auto parsed = json::parse(text);
    auto* value = std::get_if<json::Value>(&parsed);
    if (value != nullptr && value->is_object()) return std::move(*value);
    wrong(Msg::XlsFormBadRest, line.cell(kRestTitle));
    return {};
  }

  static std::string rest_text(const std::optional<json::Value>& rest, std::string_view key) {
    const auto* value = rest ? rest->find(key) : nullptr;
    return value != nullptr && value->is_string() ? value->string() : std::string();
  }

  void add_others(yaml::Node& node, const json::Value& rest, std::size_t origin) {
    const auto before = node.children.size();
    json::Object others;
    for (const auto& [key, value] : rest.object())
      if (node.find(key) == nullptr) others.emplace_back(key, value);
    pack::add_rest(node, others);
    for (auto i = before; i < node.children.size(); ++i) node.children[i].offset = origin;
  }

  void read_choices() {
    const auto* sheet = find_sheet("choices");
    if (sheet == nullptr) return;
    for (std::size_t i = 1; i < sheet->rows.size(); ++i) {
      const Line line(*sheet, sheet->rows[i]);
      const auto list = line.text("list_name").empty() ? line.text("list name") : line.text("list_name");
      const auto name = line.text("name");
      if (list.empty() && name.empty()) continue;
      if (name.empty()) {
        wrong(Msg::XlsFormNoName, line.cell("name"));
        continue;
      }
      auto& choices = choices_[list];
      const auto rest = rest_of(line);
      auto key = rest_text(rest, "key");
      if (key.empty()) key = pack::name_from(name);
      auto code = rest_text(rest, "code");
      if (code.empty()) code = std::to_string(choices.size() + 1);
      Choice choice{name, key, pack::mapping("")};
      choice.node.children.push_back(cell_node("key", key, line.cell("name")));
      choice.node.children.push_back(cell_node("code", code, line.cell("name")));
      choice.node.children.push_back(words_node("label", line, "label", name));
      if (rest) add_others(choice.node, *rest, choice.node.children.front().offset);
      choices.push_back(std::move(choice));
    }
  }

  yaml::Node read_settings() {
    auto root = pack::mapping("");
    const auto* sheet = find_sheet("settings");
    const bool there = sheet != nullptr && sheet->rows.size() > 1;
    const FormSheet none{"settings", {FormRow{1, {}}, FormRow{2, {}}}};
    const Line line(there ? *sheet : none, there ? sheet->rows[1] : none.rows[1]);
    const auto rest = rest_of(line);
    auto key = line.text("form_id");
    if (key.empty()) key = "formulir";
    if (!rest) key = pack::name_from(key);
    auto title = line.text("form_title");
    if (title.empty()) title = key;
    const auto version = line.text("version");
    const bool plain = !version.empty() && version.size() < 5 && version.find_first_not_of("0123456789") == std::string::npos;
    root.children.push_back(cell_node("instrument", key, line.cell("form_id")));
    root.children.push_back(cell_node("version", plain ? version : "1", line.cell("version")));
    const auto* known = rest ? rest->find("title") : nullptr;
    const auto* english = known == nullptr ? nullptr : known->find("en");
    auto words = pack::words("title", title, english != nullptr && english->is_string() ? english->string() : title);
    words.offset = origins_.size();
    origins_.push_back(line.cell("form_title"));
    root.children.push_back(std::move(words));
    if (rest) add_others(root, *rest, origins_.size() - 1);
    for (const auto& [name, text] : {std::pair{"source", std::string("XLSForm ") + key}, std::pair{"pillar", std::string("ppk")}})
      if (root.find(name) == nullptr) root.children.push_back(pack::scalar(name, text));
    if (root.find("purpose") == nullptr) root.children.push_back(pack::words("purpose", title, title));
    return root;
  }

  /// Groups become sections; groups within a group add their condition to their questions.
  struct Group {
    std::string condition;
    bool is_section = false;
  };

  void read_survey(const FormSheet& sheet, yaml::Node& root) {
    auto sections = pack::sequence("sections");
    yaml::Node section = general_section();
    std::vector<Group> groups;
    for (std::size_t i = 1; i < sheet.rows.size(); ++i) {
      const Line line(sheet, sheet.rows[i]);
      const auto type = kind_of(line);
      if (type.empty() || std::ranges::find(kIgnored, type) != kIgnored.end()) continue;
      if (type == "begin_repeat" || type == "end_repeat") {
        wrong(Msg::XlsFormRepeat, line.cell("type"));
      } else if (type == "begin_group") {
        const bool opens = groups.empty();
        if (opens) section = close_section(sections, std::move(section), section_of(line));
        groups.push_back({line.text("relevant"), opens});
      } else if (type == "end_group") {
        if (groups.empty()) {
          wrong(Msg::XlsFormGroupEnd, line.cell("type"));
          continue;
        }
        if (groups.back().is_section) section = close_section(sections, std::move(section), general_section());
        groups.pop_back();
      } else {
        read_question(line, type, groups, section);
      }
    }
    if (!groups.empty()) wrong(Msg::XlsFormGroupOpen, sheet.name + "!A" + std::to_string(sheet.rows.back().line));
    close_section(sections, std::move(section), {});
    root.children.push_back(std::move(sections));
  }

  static std::string kind_of(const Line& line) {
    auto type = line.text("type");
    std::ranges::replace(type, '\t', ' ');
    if (type.starts_with("begin ") || type.starts_with("end ")) type[type.find(' ')] = '_';
    return type;
  }

  yaml::Node general_section() const {
    auto out = pack::mapping("");
    out.children.push_back(pack::scalar("key", sections_ == 0 ? "umum" : "umum_" + std::to_string(sections_ + 1)));
    out.children.push_back(pack::words("title", "Umum", "General"));
    out.children.push_back(pack::sequence("items"));
    return out;
  }

  yaml::Node section_of(const Line& line) {
    auto out = pack::mapping("");
    auto name = line.text("name");
    if (name.starts_with(kGroupPrefix)) name = name.substr(kGroupPrefix.size());
    out.children.push_back(cell_node("key", pack::name_from(name), line.cell("name")));
    out.children.push_back(words_node("title", line, "label", name));
    out.children.push_back(pack::sequence("items"));
    if (const auto rest = rest_of(line)) add_others(out, *rest, out.children.front().offset);
    return out;
  }

  yaml::Node close_section(yaml::Node& sections, yaml::Node section, yaml::Node next) {
    const auto* items = section.find("items");
    if (items != nullptr && !items->children.empty()) {
      sections.children.push_back(std::move(section));
      ++sections_;
    }
    return next;
  }

  void read_question(const Line& line, const std::string& written, const std::vector<Group>& groups, yaml::Node& section) {
    const auto space = written.find(' ');
    const auto type = written.substr(0, space);
    const auto known = std::ranges::find(kFormTypes, type, &FormType::type);
    if (known == kFormTypes.end()) {
      std::vector<std::string_view> types{"begin_group", "end_group"};
      for (const auto& one : kFormTypes) types.push_back(one.type);
      return wrong(Msg::XlsFormTypeUnknown, line.cell("type"), {type, std::string(nearest(type, types))});
    }
    const auto rest = rest_of(line);
    auto meant = rest_text(rest, "type");
    if (std::ranges::find(known->pack, meant) == known->pack.end() || meant.empty()) meant = known->pack.front();
    auto node = pack::mapping("");
    const auto name = line.text("name");
    if (name.empty()) return wrong(Msg::XlsFormNoName, line.cell("name"));
    node.children.push_back(cell_node("key", rest ? name : pack::name_from(name), line.cell("name")));
    node.children.push_back(cell_node("type", meant, line.cell("type")));
    node.children.push_back(words_node("label", line, "label", name));
    if (!line.text("hint", "id").empty()) node.children.push_back(words_node("hint", line, "hint", ""));
    add_conditions(line, groups, node);
    if (known->pack.front() == "choice" || meant == "multiple") {
      const auto list = space == std::string::npos ? std::string() : std::string(trim(std::string_view(written).substr(space)));
      add_list(line, list, meant, node);
    }
    if (rest)
      add_others(node, *rest, node.children.front().offset);
    else if (type == "decimal")
      node.children.push_back(pack::scalar("digits", "2"));
    auto* items = &*std::ranges::find(section.children, "items", &yaml::Node::key);
    items->children.push_back(std::move(node));
  }

  void add_conditions(const Line& line, const std::vector<Group>& groups, yaml::Node& node) {
    const auto required = lower_ascii(line.text("required"));
    if (required == "yes" || required == "true" || required == "true()" || required == "1")
      node.children.push_back(cell_node("required", "yes", line.cell("required")));
    std::string when;
    for (const auto& group : groups)
      if (!group.condition.empty()) when += (when.empty() ? "(" : " and (") + from_xpath(group.condition) + ")";
    if (const auto own = line.text("relevant"); !own.empty())
      when = when.empty() ? from_xpath(own) : when + " and (" + from_xpath(own) + ")";
    if (!when.empty()) node.children.push_back(cell_node("when", when, line.cell("relevant")));
    if (const auto must = line.text("constraint"); !must.empty()) {
      node.children.push_back(cell_node("must", from_xpath(must), line.cell("constraint")));
      node.children.push_back(words_node("message", line, "constraint_message", must));
    }
    if (const auto formula = line.text("calculation"); !formula.empty())
      node.children.push_back(cell_node("formula", from_xpath(formula), line.cell("calculation")));
  }

  void add_list(const Line& line, const std::string& list, std::string_view type, yaml::Node& node) {
    const auto at = choices_.find(list);
    if (at == choices_.end()) {
      std::vector<std::string_view> names;
      for (const auto& [name, choices] : choices_) names.push_back(name);
      return wrong(Msg::XlsFormListUnknown, line.cell("type"), {list, std::string(nearest(list, names))});
    }
    if (type == "yesno") return;
    auto options = pack::sequence("options");
    for (const auto& choice : at->second) options.children.push_back(choice.node);
    node.children.push_back(std::move(options));
  }

  /// Faults of the pack stand where its texts came from.
  Problems at_their_cells(const Problems& faults, const pack::WrittenTree& written) const {
    Problems out;
    for (auto problem : faults) {
      const auto parts = split(problem.field, ':');
      const auto line = parts.size() > 1 ? parse_int(parts[1]).value_or(1) : 1;
      const auto index = static_cast<std::size_t>(std::max<std::int64_t>(line - 1, 0));
      problem.field = origins_[index < written.origins.size() ? written.origins[index] : 0];
      out.push_back(std::move(problem));
    }
    return out;
  }

  const std::vector<FormSheet>& sheets_;
  std::map<std::string, std::vector<Choice>> choices_{};  ///< by list
  std::vector<std::string> origins_{};                    ///< cells that nodes came from; the first where none is known
  std::size_t sections_ = 0;
  Problems problems_{};
};

}  // namespace

Result<std::string> pack_from(const std::vector<FormSheet>& sheets) { return FormReader(sheets).read(); }

}  // namespace pilar::xlsform
