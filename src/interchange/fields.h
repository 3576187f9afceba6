#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "base/time.h"
#include "i18n/lang.h"
#include "i18n/named.h"
#include "interchange/yaml.h"

namespace pilar::yaml {

enum class Need : std::uint8_t { Optional, Required };

/// One mapping, read member by member. What is missing or of the wrong type becomes a fault and reads as the default; a
/// member without a value counts as absent. The members asked for are the members that are known: finish() refuses the rest.
class Fields {
 public:
  Fields(Faults& faults, const Node& mapping);

  Position at() const { return mapping_.at; }
  const Node* find(std::string_view key, Need need = Need::Optional);
  std::string text(std::string_view key, Need need = Need::Optional);
  /// A name of lower-case letters, digits and underscores (hyphens where allowed) that begins with a letter or digit.
  std::string name(std::string_view key, bool hyphens = false);
  Words words(std::string_view key, Need need = Need::Optional) { return words(key, need, Need::Required); }
  /// The English text may be left out where `english` says so.
  Words words(std::string_view key, Need need, Need english);
  bool flag(std::string_view key);
  std::optional<std::int64_t> whole(std::string_view key, std::int64_t low, std::int64_t high, Need need = Need::Optional);
  std::optional<Decimal> number(std::string_view key);
  std::optional<Day> day(std::string_view key);
  /// The elements of a list.
  std::span<const Node> list(std::string_view key, Need need = Need::Optional);
  /// The elements of a list of texts; a single text counts as a list of one.
  std::span<const Node> texts(std::string_view key, Need need = Need::Optional);
  /// The value that a fixed word stands for.
  template <class T, std::size_t N>
  std::optional<T> one_of(std::string_view key, const std::array<std::pair<std::string_view, T>, N>& table, Need need = Need::Optional) {
    const auto* node = scalar(key, need);
    if (node == nullptr) return {};
    std::vector<std::string_view> words;
    for (const auto& [word, value] : table) {
      if (word == node->text) return value;
      words.push_back(word);
    }
    refuse_word(*node, words);
    return {};
  }
  template <class T>
  std::optional<T> one_of(std::string_view key, std::span<const NamedValue<T>> table, Need need = Need::Optional) {
    const auto* node = scalar(key, need);
    if (node == nullptr) return {};
    if (const auto value = find_value(table, node->text)) return value;
    std::vector<std::string_view> words;
    for (const auto& row : table) words.push_back(row.key);
    refuse_word(*node, words);
    return {};
  }
  /// Marks a member as dealt with elsewhere.
  void ignore(std::string_view key) { ignored_.emplace_back(key); }
  void finish();

 private:
  const Node* scalar(std::string_view key, Need need);
  void refuse_word(const Node& node, std::span<const std::string_view> words);

  Faults& faults_;
  const Node& mapping_;
  std::vector<std::string_view> known_{}, ignored_{};
};

inline constexpr std::size_t kMaxName = 40;
bool is_name(std::string_view text, bool hyphens = false);

}  // namespace pilar::yaml
