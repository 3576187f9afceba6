#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/indicator.h"

namespace pilar {

/// A content file of indicators and of the tag sets that order them (docs/kamus.md).
struct Kamus {
  std::vector<TagSet> tag_sets{};
  std::vector<Indicator> indicators{};
};

/// Reads such a file. Each problem has "file:LINE:COLUMN" as its field; all faults are reported together, at most the first hundred.
/// `content` of what was read is its own text, which read_indicator and read_tag_set read again. Never throws on any text.
Result<Kamus> read_kamus(std::string_view text, std::string_view file);
Result<Indicator> read_indicator(std::string_view content, std::string_view file);
Result<TagSet> read_tag_set(std::string_view content, std::string_view file);

/// The text of an indicator, as `content` has it; read_indicator gives the same indicator back.
std::string write_indicator(const Indicator& indicator);

}  // namespace pilar
