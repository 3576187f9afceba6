#include "interchange/fields.h"

#include <algorithm>

#include "base/text.h"
#include "i18n/words/pack.h"

namespace pilar::yaml {
namespace {

std::string joined(std::span<const std::string_view> words) {
  std::string out;
  for (const auto word : words) out.append(out.empty() ? "" : ", ").append(word);
  return out;
}

}  // namespace

bool is_name(std::string_view text, bool hyphens) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (text.empty() || text.size() > kMaxName || !plain(text.front())) return false;
  return std::ranges::all_of(text, [&](char c) { return plain(c) || c == '_' || (hyphens && c == '-'); });
}

Fields::Fields(Faults& faults, const Node& mapping) : faults_(faults), mapping_(mapping) {
  if (mapping.kind != Node::Kind::Mapping) faults_.add(mapping.at, Msg::PackNeedsMapping);
}

const Node* Fields::find(std::string_view key, Need need) {
  if (std::ranges::find(known_, key) == known_.end()) known_.push_back(key);
  const auto* node = mapping_.kind == Node::Kind::Mapping ? mapping_.find(key) : nullptr;
  if (node != nullptr && node->kind != Node::Kind::Null) return node;
  if (need == Need::Required && mapping_.kind == Node::Kind::Mapping)
    faults_.add(node == nullptr ? mapping_.at : node->key_at, Msg::PackKeyMissing, {std::string(key)});
  return nullptr;
}

const Node* Fields::scalar(std::string_view key, Need need) {
  const auto* node = find(key, need);
  if (node == nullptr || node->kind == Node::Kind::Scalar) return node;
  faults_.add(node->at, Msg::PackNeedsText, {std::string(key)});
  return nullptr;
}

std::string Fields::text(std::string_view key, Need need) {
  const auto* node = scalar(key, need);
  if (node == nullptr) return {};
  const auto bare = trim(node->text);
  if (bare.empty() && need == Need::Required) faults_.add(node->at, Msg::PackKeyMissing, {std::string(key)});
  return std::string(bare);
}

std::string Fields::name(std::string_view key, bool hyphens) {
  const auto* node = scalar(key, Need::Required);
  if (node == nullptr) return {};
  if (is_name(node->text, hyphens)) return node->text;
  faults_.add(node->at, Msg::PackBadKey, {node->text, std::to_string(kMaxName)});
  return {};
}

Words Fields::words(std::string_view key, Need need, Need english) {
  const auto* node = find(key, need);
  if (node == nullptr) return {};
  if (node->kind != Node::Kind::Mapping) {
    faults_.add(node->at, Msg::PackNeedsBoth);
    return {};
  }
  Fields both(faults_, *node);
  Words out{both.text("id", Need::Required), both.text("en", english)};
  both.finish();
  return out;
}

bool Fields::flag(std::string_view key) {
  const auto* node = scalar(key, Need::Optional);
  if (node == nullptr) return false;
  for (const std::string_view yes : {"yes", "ya", "true"})
    if (node->text == yes) return true;
  for (const std::string_view no : {"no", "tidak", "false"})
    if (node->text == no) return false;
  faults_.add(node->at, Msg::PackNeedsYesNo, {std::string(key)});
  return false;
}

std::optional<std::int64_t> Fields::whole(std::string_view key, std::int64_t low, std::int64_t high, Need need) {
  const auto* node = scalar(key, need);
  if (node == nullptr) return {};
  const auto value = parse_int(node->text);
  if (value && *value >= low && *value <= high) return value;
  faults_.add(node->at, Msg::PackNeedsWhole, {std::string(key), std::to_string(low), std::to_string(high)});
  return {};
}

std::optional<Decimal> Fields::number(std::string_view key) {
  const auto* node = scalar(key, Need::Optional);
  if (node == nullptr) return {};
  auto value = parse_decimal(node->text);
  if (!value) faults_.add(node->at, Msg::PackNeedsNumber, {std::string(key)});
  return value;
}

std::optional<Day> Fields::day(std::string_view key) {
  const auto* node = scalar(key, Need::Optional);
  if (node == nullptr) return {};
  auto value = parse_day(node->text);
  if (!value) faults_.add(node->at, Msg::PackNeedsDate, {std::string(key)});
  return value;
}

std::span<const Node> Fields::list(std::string_view key, Need need) {
  const auto* node = find(key, need);
  if (node == nullptr) return {};
  if (node->kind != Node::Kind::Sequence)
    faults_.add(node->at, Msg::PackNeedsList);
  else if (node->children.empty() && need == Need::Required)
    faults_.add(node->at, Msg::PackKeyMissing, {std::string(key)});
  else
    return node->children;
  return {};
}

std::span<const Node> Fields::texts(std::string_view key, Need need) {
  const auto* one = mapping_.find(key);
  if (one != nullptr && one->kind == Node::Kind::Scalar) return {find(key), 1};
  const auto all = list(key, need);
  for (const auto& node : all)
    if (node.kind != Node::Kind::Scalar) {
      faults_.add(node.at, Msg::PackNeedsText, {std::string(key)});
      return {};
    }
  return all;
}

void Fields::refuse_word(const Node& node, std::span<const std::string_view> words) {
  const auto near = nearest(node.text, words);
  if (near.empty())
    faults_.add(node.at, Msg::PackNeedsWord, {node.key, joined(words)});
  else
    faults_.add(node.at, Msg::PackNeedsWordNear, {node.text, std::string(near)});
}

void Fields::finish() {
  if (mapping_.kind != Node::Kind::Mapping) return;
  for (const auto& member : mapping_.children) {
    if (std::ranges::find(known_, member.key) != known_.end() || std::ranges::find(ignored_, member.key) != ignored_.end()) continue;
    const auto near = nearest(member.key, known_);
    if (near.empty())
      faults_.add(member.key_at, Msg::PackKeyUnknown, {member.key, joined(known_)});
    else
      faults_.add(member.key_at, Msg::PackKeyUnknownNear, {member.key, std::string(near)});
  }
}

}  // namespace pilar::yaml
