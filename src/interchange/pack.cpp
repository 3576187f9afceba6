#include "interchange/pack.h"

#include <algorithm>

#include "base/text.h"
#include "domain/indicator.h"
#include "i18n/messages.h"
#include "i18n/words/pack.h"
#include "interchange/pack_parts.h"

namespace pilar {
namespace pack {
namespace {

using yaml::Fields;
using yaml::Need;
using yaml::Node;

constexpr int kMaxVersion = 9999, kMaxStep = 9;

void read_head(Draft& draft, Fields& fields) {
  auto& out = draft.instrument;
  out.key = fields.name("instrument", /*hyphens=*/true);
  out.version = static_cast<int>(fields.whole("version", 1, kMaxVersion, Need::Required).value_or(1));
  out.title = fields.words("title", Need::Required);
  out.purpose = fields.words("purpose", Need::Required);
  out.source = fields.text("source", Need::Required);
  out.mark = fields.words("mark");
  out.pillar = fields.one_of("pillar", pillars(), Need::Required).value_or(Pillar::Peserta);
  out.is_public = fields.flag("public");
  out.valid_from = fields.day("valid_from");
}

void read_lists(Draft& draft, Fields& fields) {
  const auto* lists = fields.find("option_lists");
  if (lists == nullptr) return;
  if (lists->kind != Node::Kind::Mapping) return draft.faults.add(lists->at, Msg::PackNeedsMapping);
  for (const auto& list : lists->children) {
    if (list.kind == Node::Kind::Sequence)
      draft.lists[list.key] = {read_options(draft, list.children), list.key_at};
    else
      draft.faults.add(list.at, Msg::PackNeedsList);
  }
}

void announce_items(Draft& draft, std::span<const Node> sections) {
  for (const auto& section : sections)
    if (const auto* items = section.find("items"))
      for (const auto& item : items->children)
        if (const auto* key = item.find("key")) draft.announced.insert(key->text);
}

void read_step(Draft& draft, Fields& fields, Section& section) {
  const auto before = draft.instrument.sections.empty() ? 1 : draft.instrument.sections.back().step;
  const auto* written = fields.find("step");
  section.step = static_cast<int>(fields.whole("step", 1, kMaxStep).value_or(before));
  const bool skips = draft.instrument.sections.empty() && section.step != 1;
  if (written != nullptr && (skips || section.step < before)) draft.faults.add(written->at, Msg::PackStepOrder);
}

void read_section(Draft& draft, const Node& node) {
  Fields fields(draft.faults, node);
  Section section;
  section.key = fields.name("key");
  section.title = fields.words("title", Need::Required);
  section.hint = fields.words("hint");
  read_step(draft, fields, section);
  auto& sections = draft.instrument.sections;
  if (!section.key.empty() && std::ranges::find(sections, section.key, &Section::key) != sections.end())
    draft.faults.add(fields.at(), Msg::PackNameTwice, {section.key});
  sections.push_back(std::move(section));
  for (const auto& item : fields.list("items", Need::Required)) {
    if (draft.instrument.items.size() == kMaxItems) return draft.faults.add(item.at, Msg::PackTooMany, {std::to_string(kMaxItems)});
    read_item(draft, item, sections.size() - 1);
  }
  fields.finish();
}

void read_measures(Draft& draft, Fields& fields) {
  const auto measures = fields.list("measures");
  if (measures.size() > kMaxItems) return draft.faults.add(measures.front().at, Msg::PackTooMany, {std::to_string(kMaxItems)});
  for (const auto& measure : measures) read_measure(draft, measure);
}

void read_rules(Draft& draft, Fields& fields) {
  const auto rules = fields.list("rules");
  if (rules.size() > kMaxRules) return draft.faults.add(rules.front().at, Msg::PackTooMany, {std::to_string(kMaxRules)});
  for (const auto& rule : rules) read_rule(draft, rule);
}

void read_document(Draft& draft, const Node& root) {
  Fields fields(draft.faults, root);
  if (root.kind != Node::Kind::Mapping) return;
  read_head(draft, fields);
  read_lists(draft, fields);
  const auto sections = fields.list("sections", Need::Required);
  if (sections.size() > kMaxItems) return draft.faults.add(sections.front().at, Msg::PackTooMany, {std::to_string(kMaxItems)});
  announce_items(draft, sections);
  for (const auto& section : sections) read_section(draft, section);
  settle_breakdowns(draft);
  read_measures(draft, fields);
  read_rules(draft, fields);
  for (const auto& [key, list] : draft.lists)
    if (!list.used) draft.faults.add(list.at, Msg::PackListUnused, {key});
  fields.finish();
}

}  // namespace

const Item* find_item(Draft& draft, const Node& name) {
  if (const auto* item = draft.instrument.find(name.text)) return item;
  std::vector<std::string_view> keys;
  for (const auto& item : draft.instrument.items) keys.push_back(item.key);
  const auto near = nearest(name.text, keys);
  if (near.empty())
    draft.faults.add(name.at, Msg::PackItemUnknown, {name.text});
  else
    draft.faults.add(name.at, Msg::PackItemUnknownNear, {name.text, std::string(near)});
  return nullptr;
}

}  // namespace pack

std::string_view pack_word(Pillar pillar) { return key_of(pillars(), pillar); }

Result<Instrument> read_pack(std::string_view text, std::string_view file) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  yaml::Faults faults(file, text);
  const auto root = yaml::parse(text, faults);
  pack::Draft draft{faults};
  if (root.kind != yaml::Node::Kind::Null)
    pack::read_document(draft, root);
  else if (faults.none())
    faults.add({}, Msg::PackEmpty);
  if (!faults.none()) return std::unexpected(faults.take());
  draft.instrument.content = text;
  return std::move(draft.instrument);
}

}  // namespace pilar
