#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace pilar {

enum class Lang : std::uint8_t { Id, En };

/// A text of the content (packs, names) in both languages.
struct Words {
  std::string id{}, en{};
  const std::string& in(Lang lang) const { return lang == Lang::Id || en.empty() ? id : en; }
  bool empty() const { return id.empty(); }
  bool operator==(const Words&) const = default;
};

}  // namespace pilar
