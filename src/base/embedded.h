#pragma once
#include <span>
#include <string_view>
#include <vector>

namespace pilar {

/// A file that was built into the program: "packs/...", "migrations/...", "help/...", "assets/..." or "profiles/...".
struct EmbeddedFile {
  std::string_view name, bytes;
};
std::span<const EmbeddedFile> embedded_files();

}  // namespace pilar
