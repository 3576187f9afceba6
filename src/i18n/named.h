#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"

namespace pilar {

/// A value of an enumeration, as content files write it and as people read it.
template <class T>
struct NamedValue {
  T value;
  std::string_view key;
  Message title;
};

namespace named {
template <class T>
const NamedValue<T>& row_of(std::span<const NamedValue<T>> table, T value) {
  for (const auto& row : table)
    if (row.value == value) return row;
  throw Bug("a value without a name");
}
}  // namespace named

template <class T>
std::string_view key_of(std::span<const NamedValue<T>> table, T value) {
  return named::row_of(table, value).key;
}
template <class T>
Message title_of(std::span<const NamedValue<T>> table, T value) {
  return named::row_of(table, value).title;
}
/// Empty where no value has this key.
template <class T>
std::optional<T> find_value(std::span<const NamedValue<T>> table, std::string_view key) {
  for (const auto& row : table)
    if (row.key == key) return row.value;
  return {};
}

}  // namespace pilar
