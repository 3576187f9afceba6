#pragma once
#include <string>

namespace pilar::store {

/// "[1,2,3]": a set of keys as one parameter, however many they are.
template <class Keys>
std::string json_list(const Keys& keys) {
  std::string out = "[";
  for (const auto& key : keys) {
    if (out.size() > 1) out += ',';
    out += std::to_string(key.value);
  }
  return out + "]";
}

}  // namespace pilar::store
