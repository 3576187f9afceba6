#include "interchange/kamus.h"

#include <algorithm>

#include "base/text.h"
#include "domain/place.h"
#include "i18n/messages.h"
#include "i18n/words/exchange.h"
#include "i18n/words/formula.h"
#include "i18n/words/indicator.h"
#include "i18n/words/pack.h"
#include "interchange/fields.h"
#include "interchange/pack_tree.h"

namespace pilar {
namespace {

using yaml::Fields;
using yaml::Need;

constexpr std::int64_t kMostVersions = 9999, kMostMonths = 60, kMostGoals = 6, kMostPer = 1'000'000;
constexpr std::size_t kMostIndicators = 500, kMostTags = 200, kMostEfforts = 20;

/// "set/tag", "instrument/measure".
bool has_halves(std::string_view text) {
  const auto parts = split(text, '/');
  return parts.size() == 2 && yaml::is_name(parts[0], /*hyphens=*/true) && yaml::is_name(parts[1], /*hyphens=*/true);
}

bool is_facility_type(std::string_view key) {
  return std::ranges::any_of(facility_types(), [&](const auto& type) { return type.key == key; });
}

class IndicatorReader {
 public:
  IndicatorReader(yaml::Faults& faults, const yaml::Node& node) : faults_(faults), fields_(faults, node) {}

  Indicator read() {
    read_head();
    read_meaning();
    read_order();
    read_formula();
    read_collection();
    read_efforts();
    read_codes();
    fields_.finish();
    return std::move(out_);
  }

 private:
  /// What a facility writes for itself may lack English.
  Words words(std::string_view key, Need need = Need::Optional) { return fields_.words(key, need, Need::Optional); }

  void read_head() {
    out_.key = fields_.name("key", /*hyphens=*/true);
    out_.version = static_cast<int>(fields_.whole("version", 1, kMostVersions, Need::Required).value_or(1));
    out_.valid_from = fields_.day("valid_from");
    out_.title = words("title", Need::Required);
    out_.source = fields_.text("source");
    out_.mark = words("mark");
    out_.mandatory = fields_.flag("mandatory");
  }

  void read_meaning() {
    out_.rationale = words("rationale");
    out_.aim = words("aim");
    out_.definition = words("definition");
    out_.numerator = words("numerator");
    out_.denominator = words("denominator");
    out_.inclusion = words("inclusion");
    out_.exclusion = words("exclusion");
  }

  void read_order() {
    out_.type = fields_.one_of("type", indicator_types(), Need::Required).value_or(out_.type);
    out_.stage = fields_.one_of("stage", indicator_stages());
    out_.area = fields_.one_of("area", service_areas(), Need::Required).value_or(out_.area);
    out_.pillar = fields_.one_of("pillar", pillars()).value_or(out_.pillar);
    out_.level = fields_.one_of("level", indicator_levels()).value_or(out_.level);
    out_.safety_goal = static_cast<int>(fields_.whole("safety_goal", 0, kMostGoals).value_or(0));
    for (const auto& tag : fields_.texts("tags")) {
      if (!has_halves(tag.text)) faults_.add(tag.at, Msg::PackTagHalves);
      out_.tags.push_back(tag.text);
    }
    for (const auto& type : fields_.texts("facility_types")) {
      if (!is_facility_type(type.text)) faults_.add(type.at, Msg::IndicatorTypeUnknown, {type.text});
      out_.facility_types.push_back(type.text);
    }
  }

  void read_formula() {
    out_.formula = fields_.text("formula");
    if (!out_.formula.empty() && !has_halves(out_.formula)) faults_.add(fields_.find("formula")->at, Msg::PackFormulaHalves);
    if (const auto* records = fields_.find("records"); records != nullptr) out_.records = read_records(*records);
    out_.tally = fields_.flag("tally");
    for (const auto& other : fields_.texts("sum_of")) {
      if (!yaml::is_name(other.text, /*hyphens=*/true)) faults_.add(other.at, Msg::PackSumOfName);
      out_.sum_of.push_back(other.text);
    }
    if (!has_one_formula(out_)) faults_.add(fields_.at(), Msg::PackOneFormula);
    out_.target = fields_.number("target");
    if (out_.target && *out_.target < Decimal::whole(0)) faults_.add(fields_.find("target")->at, Msg::IndicatorTargetNegative);
  }

  Formula read_records(const yaml::Node& node) {
    Fields fields(faults_, node);
    Formula out;
    out.over = fields.name("over", /*hyphens=*/true);
    out.kind = fields.one_of("kind", formula_kinds(), Need::Required).value_or(out.kind);
    out.numerator = fields.text("numerator", Need::Required);
    out.denominator = fields.text("denominator");
    out.include = fields.text("include");
    out.exclude = fields.text("exclude");
    out.within = fields.number("within");
    out.per = static_cast<int>(fields.whole("per", 1, kMostPer).value_or(Formula::kUsualPer));
    out.unit = fields.text("unit");
    out.better = fields.one_of("better", directions());
    fields.finish();
    return out;
  }

  void read_collection() {
    out_.method = words("method");
    out_.data_source = words("data_source");
    out_.sample = words("sample");
    out_.sampling = words("sampling");
    out_.presentation = words("presentation");
    out_.responsible = words("responsible");
    const auto months = [&](std::string_view key, int usual) {
      return static_cast<int>(fields_.whole(key, 1, kMostMonths).value_or(usual));
    };
    out_.rhythm = {months("collect_months", 1), months("analyse_months", 1), months("report_months", 3)};
  }

  void read_efforts() {
    const auto efforts = fields_.list("efforts");
    if (efforts.size() > kMostEfforts) return faults_.add(efforts.front().at, Msg::PackTooMany, {std::to_string(kMostEfforts)});
    for (const auto& node : efforts) {
      Fields effort(faults_, node);
      out_.efforts.push_back({effort.words("what", Need::Required, Need::Optional), effort.words("who", Need::Required, Need::Optional)});
      effort.finish();
    }
  }

  /// Names as other systems write them, which are those a place may have there.
  std::string code(Fields& fields, std::string_view key) {
    auto text = fields.text(key);
    if (!text.empty() && !is_place_code(text)) faults_.add(fields.find(key)->at, Msg::IndicatorBadCode);
    return text;
  }

  void read_codes() {
    for (const auto& node : fields_.list("codes")) {
      Fields fields(faults_, node);
      IndicatorCode one{fields.name("system", /*hyphens=*/true),
                        code(fields, "numerator"),
                        code(fields, "denominator"),
                        code(fields, "value"),
                        code(fields, "option"),
                        code(fields, "set")};
      fields.finish();
      if (out_.code_in(one.system) != nullptr) faults_.add(node.at, Msg::PackNameTwice, {one.system});
      out_.codes.push_back(std::move(one));
    }
  }

  yaml::Faults& faults_;
  Fields fields_;
  Indicator out_{};
};

Tag read_tag(yaml::Faults& faults, const yaml::Node& node) {
  Fields fields(faults, node);
  Tag tag{fields.name("key", /*hyphens=*/true), fields.words("label", Need::Required), fields.text("group"), {}};
  for (const auto& like : fields.texts("like")) {
    if (!has_halves(like.text)) faults.add(like.at, Msg::PackTagHalves);
    tag.like.push_back(like.text);
  }
  fields.finish();
  return tag;
}

TagSet read_set(yaml::Faults& faults, const yaml::Node& node) {
  Fields fields(faults, node);
  TagSet set;
  set.key = fields.name("key", /*hyphens=*/true);
  set.title = fields.words("title", Need::Required);
  set.source = fields.text("source", Need::Required);
  set.mark = fields.words("mark");
  set.compared = fields.text("compared");
  const auto tags = fields.list("tags", Need::Required);
  if (tags.size() > kMostTags) faults.add(tags.front().at, Msg::PackTooMany, {std::to_string(kMostTags)});
  for (const auto& tag : tags.first(std::min(tags.size(), kMostTags))) {
    set.tags.push_back(read_tag(faults, tag));
    if (std::ranges::count(set.tags, set.tags.back().key, &Tag::key) > 1) faults.add(tag.at, Msg::PackNameTwice, {set.tags.back().key});
  }
  fields.finish();
  return set;
}

/// Reads what stands in a list under `key`, each with its own text.
template <class T, class Read>
std::vector<T> read_list(yaml::Faults& faults, Fields& fields, std::string_view key, Read&& read) {
  const auto nodes = fields.list(key);
  if (nodes.size() > kMostIndicators) faults.add(nodes.front().at, Msg::PackTooMany, {std::to_string(kMostIndicators)});
  std::vector<T> out;
  for (const auto& node : nodes.first(std::min(nodes.size(), kMostIndicators))) {
    auto one = read(faults, node);
    if (!one.key.empty() && std::ranges::find(out, one.key, &T::key) != out.end()) faults.add(node.at, Msg::PackNameTwice, {one.key});
    one.content = pack::write_tree(node);
    out.push_back(std::move(one));
  }
  return out;
}

/// Parses the text, hands its root to `read`, and gives what that made, or the faults.
template <class T, class Read>
Result<T> read_text(std::string_view text, std::string_view file, Read&& read) {
  yaml::Faults faults(file, text);
  const auto root = yaml::parse(text, faults);
  T out{};
  if (root.kind != yaml::Node::Kind::Null)
    out = read(faults, root);
  else if (faults.none())
    faults.add({}, Msg::PackEmpty);
  if (!faults.none()) return std::unexpected(faults.take());
  return out;
}

/// What is left out where it says nothing.
void add_words(yaml::Node& to, std::string_view key, const Words& words) {
  if (!words.empty()) to.children.push_back(pack::words(key, words.id, words.en));
}
void add_text(yaml::Node& to, std::string_view key, std::string text) {
  if (!text.empty()) to.children.push_back(pack::scalar(key, std::move(text)));
}
void add_texts(yaml::Node& to, std::string_view key, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  auto list = pack::sequence(key);
  for (const auto& one : texts) list.children.push_back(pack::scalar("", one));
  to.children.push_back(std::move(list));
}

void add_efforts(yaml::Node& to, const std::vector<Effort>& efforts) {
  if (efforts.empty()) return;
  auto list = pack::sequence("efforts");
  for (const auto& effort : efforts) {
    auto node = pack::mapping("");
    add_words(node, "what", effort.what);
    add_words(node, "who", effort.who);
    list.children.push_back(std::move(node));
  }
  to.children.push_back(std::move(list));
}

void add_records(yaml::Node& to, const Formula& formula) {
  auto node = pack::mapping("records");
  add_text(node, "over", formula.over);
  add_text(node, "kind", std::string(key_of(formula_kinds(), formula.kind)));
  add_text(node, "numerator", formula.numerator);
  add_text(node, "denominator", formula.denominator);
  add_text(node, "include", formula.include);
  add_text(node, "exclude", formula.exclude);
  if (formula.within) add_text(node, "within", text(*formula.within));
  if (formula.kind == FormulaKind::Rate) add_text(node, "per", std::to_string(formula.per));
  add_text(node, "unit", formula.unit);
  if (formula.better) add_text(node, "better", std::string(key_of(directions(), *formula.better)));
  to.children.push_back(std::move(node));
}

void add_codes(yaml::Node& to, const std::vector<IndicatorCode>& codes) {
  if (codes.empty()) return;
  auto list = pack::sequence("codes");
  for (const auto& code : codes) {
    auto node = pack::mapping("");
    add_text(node, "system", code.system);
    add_text(node, "numerator", code.numerator);
    add_text(node, "denominator", code.denominator);
    add_text(node, "value", code.value);
    add_text(node, "option", code.option);
    add_text(node, "set", code.set);
    list.children.push_back(std::move(node));
  }
  to.children.push_back(std::move(list));
}

}  // namespace

Result<Kamus> read_kamus(std::string_view text, std::string_view file) {
  return read_text<Kamus>(text, file, [](yaml::Faults& faults, const yaml::Node& root) {
    Fields fields(faults, root);
    fields.name("kamus", /*hyphens=*/true);
    Kamus out;
    out.tag_sets = read_list<TagSet>(faults, fields, "tag_sets", &read_set);
    out.indicators = read_list<Indicator>(faults, fields, "indicators",
                                          [](yaml::Faults& to, const yaml::Node& node) { return IndicatorReader(to, node).read(); });
    fields.finish();
    return out;
  });
}

Result<Indicator> read_indicator(std::string_view content, std::string_view file) {
  return read_text<Indicator>(content, file, [&](yaml::Faults& faults, const yaml::Node& root) {
    auto out = IndicatorReader(faults, root).read();
    out.content = content;
    return out;
  });
}

Result<TagSet> read_tag_set(std::string_view content, std::string_view file) {
  return read_text<TagSet>(content, file, [&](yaml::Faults& faults, const yaml::Node& root) {
    auto out = read_set(faults, root);
    out.content = content;
    return out;
  });
}

std::string write_indicator(const Indicator& indicator) {
  auto root = pack::mapping("");
  add_text(root, "key", indicator.key);
  add_text(root, "version", std::to_string(indicator.version));
  if (indicator.valid_from) add_text(root, "valid_from", iso(*indicator.valid_from));
  add_words(root, "title", indicator.title);
  add_text(root, "source", indicator.source);
  add_words(root, "mark", indicator.mark);
  if (indicator.mandatory) add_text(root, "mandatory", "yes");
  add_words(root, "rationale", indicator.rationale);
  add_words(root, "aim", indicator.aim);
  add_words(root, "definition", indicator.definition);
  add_words(root, "numerator", indicator.numerator);
  add_words(root, "denominator", indicator.denominator);
  add_words(root, "inclusion", indicator.inclusion);
  add_words(root, "exclusion", indicator.exclusion);
  add_text(root, "type", std::string(key_of(indicator_types(), indicator.type)));
  if (indicator.stage) add_text(root, "stage", std::string(key_of(indicator_stages(), *indicator.stage)));
  add_text(root, "area", std::string(key_of(service_areas(), indicator.area)));
  add_text(root, "pillar", std::string(key_of(pillars(), indicator.pillar)));
  add_text(root, "level", std::string(key_of(indicator_levels(), indicator.level)));
  if (indicator.safety_goal > 0) add_text(root, "safety_goal", std::to_string(indicator.safety_goal));
  add_texts(root, "tags", indicator.tags);
  add_texts(root, "facility_types", indicator.facility_types);
  add_text(root, "formula", indicator.formula);
  if (indicator.records) add_records(root, *indicator.records);
  if (indicator.tally) add_text(root, "tally", "yes");
  add_texts(root, "sum_of", indicator.sum_of);
  if (indicator.target) add_text(root, "target", text(*indicator.target));
  add_words(root, "method", indicator.method);
  add_words(root, "data_source", indicator.data_source);
  add_words(root, "sample", indicator.sample);
  add_words(root, "sampling", indicator.sampling);
  add_words(root, "presentation", indicator.presentation);
  add_words(root, "responsible", indicator.responsible);
  add_text(root, "collect_months", std::to_string(indicator.rhythm.collect));
  add_text(root, "analyse_months", std::to_string(indicator.rhythm.analyse));
  add_text(root, "report_months", std::to_string(indicator.rhythm.report));
  add_efforts(root, indicator.efforts);
  add_codes(root, indicator.codes);
  return pack::write_tree(root);
}

}  // namespace pilar
