#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>

using FuzzEntry = int (*)(const std::uint8_t* data, std::size_t size);
/// Every fuzz entry point of this folder by the name of its file; made by CMake.
std::map<std::string_view, FuzzEntry> fuzz_entries();
