#include "interchange/pack_tree.h"

#include <algorithm>

#include "base/result.h"

namespace pilar::pack {
namespace {

using Kind = yaml::Node::Kind;
constexpr std::size_t kLongestName = 40;

json::Value tree_json(const yaml::Node& node) {
  if (node.kind == Kind::Scalar) return node.text;
  if (node.kind == Kind::Sequence) {
    json::Array out;
    for (const auto& child : node.children) out.push_back(tree_json(child));
    return out;
  }
  json::Object out;
  for (const auto& child : node.children) out.emplace_back(child.key, tree_json(child));
  return out;
}

yaml::Node tree_node(std::string_view key, const json::Value& value) {
  if (value.is_string()) return scalar(key, value.string());
  auto node = value.is_array() ? sequence(key) : mapping(key);
  if (value.is_array())
    for (const auto& one : value.array()) node.children.push_back(tree_node("", one));
  else if (value.is_object())
    for (const auto& [name, one] : value.object()) node.children.push_back(tree_node(name, one));
  else
    node = scalar(key, json::print(value));
  return node;
}

class TreeWriter {
 public:
  void children(const yaml::Node& node, std::size_t depth) {
    for (const auto& child : node.children) {
      out_.origins.push_back(child.offset);
      out_.text.append(depth * 2, ' ');
      if (node.kind == Kind::Sequence) {
        out_.text += "-";
      } else {
        json::append_string(out_.text, child.key);
        out_.text += ":";
      }
      value(child, depth + 1);
    }
  }
  WrittenTree take() { return std::move(out_); }

 private:
  void value(const yaml::Node& node, std::size_t depth) {
    if (node.kind == Kind::Scalar || node.kind == Kind::Null) {
      out_.text += " ";
      json::append_string(out_.text, node.text);
      out_.text += "\n";
    } else if (node.children.empty()) {
      out_.text += node.kind == Kind::Sequence ? " []\n" : " {}\n";
    } else {
      out_.text += "\n";
      children(node, depth);
    }
  }

  WrittenTree out_{};
};

}  // namespace

yaml::Node tree_of(std::string_view content) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (content.starts_with(kByteOrderMark)) content.remove_prefix(kByteOrderMark.size());
  yaml::Faults faults("pack", content);
  auto root = yaml::parse(content, faults);
  require(faults.none() && root.kind == Kind::Mapping, "the text of an instrument is a pack");
  return root;
}

yaml::Node scalar(std::string_view key, std::string text) {
  yaml::Node node;
  node.kind = Kind::Scalar;
  node.key = key;
  node.text = std::move(text);
  return node;
}

yaml::Node sequence(std::string_view key) {
  yaml::Node node;
  node.kind = Kind::Sequence;
  node.key = key;
  return node;
}

yaml::Node mapping(std::string_view key) {
  yaml::Node node;
  node.kind = Kind::Mapping;
  node.key = key;
  return node;
}

yaml::Node words(std::string_view key, std::string id, std::string en) {
  auto node = mapping(key);
  node.children.push_back(scalar("id", std::move(id)));
  if (!en.empty()) node.children.push_back(scalar("en", std::move(en)));
  return node;
}

json::Value rest_of(const yaml::Node& mapping, std::span<const std::string_view> without) {
  json::Object out;
  for (const auto& child : mapping.children)
    if (std::ranges::find(without, child.key) == without.end()) out.emplace_back(child.key, tree_json(child));
  return out;
}

bool add_rest(yaml::Node& mapping, const json::Value& rest) {
  if (!rest.is_object()) return false;
  for (const auto& [key, value] : rest.object()) {
    std::erase_if(mapping.children, [&](const yaml::Node& child) { return child.key == key; });
    mapping.children.push_back(tree_node(key, value));
  }
  return true;
}

WrittenTree write_tree_with_origins(const yaml::Node& root) {
  TreeWriter writer;
  writer.children(root, 0);
  return writer.take();
}

std::string write_tree(const yaml::Node& root) { return write_tree_with_origins(root).text; }

std::string name_from(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    const bool capital = c >= 'A' && c <= 'Z';
    if (plain || capital)
      out += capital ? static_cast<char>(c - 'A' + 'a') : c;
    else if (!out.empty() && out.back() != '_')
      out += '_';
  }
  while (out.ends_with('_')) out.pop_back();
  if (out.empty() || (out.front() >= '0' && out.front() <= '9')) out.insert(0, "q_");
  return out.substr(0, kLongestName);
}

}  // namespace pilar::pack
