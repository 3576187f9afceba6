#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "interchange/yaml.h"

/// A pack as a tree of members, for formats that carry some of them in places of their own and the rest as they are.
namespace pilar::pack {

/// The tree of a pack that reads (read_pack); members in their order.
yaml::Node tree_of(std::string_view content);

yaml::Node scalar(std::string_view key, std::string text);
yaml::Node sequence(std::string_view key);
yaml::Node mapping(std::string_view key);
/// {id: ..., en: ...}; the second is left out where it is empty.
yaml::Node words(std::string_view key, std::string id, std::string en);

/// Every member but these, as JSON whose values are texts, arrays and objects.
json::Value rest_of(const yaml::Node& mapping, std::span<const std::string_view> without);
/// Appends the members of such an object; false, and nothing added, when it is something else.
bool add_rest(yaml::Node& mapping, const json::Value& rest);

/// The tree as the text of a pack; every text stands between quotes, so that it reads back as it is.
std::string write_tree(const yaml::Node& root);
/// The same, with the `offset` of the node that begins on each line: where it came from is for the caller to say.
struct WrittenTree {
  std::string text{};
  std::vector<std::size_t> origins{};
};
WrittenTree write_tree_with_origins(const yaml::Node& root);

/// A name that a pack may have, made from any text: "Frage 1.2" is "frage_1_2". Never empty.
std::string name_from(std::string_view text);

}  // namespace pilar::pack
