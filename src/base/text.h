#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pilar {

/// Well-formed UTF-8 without NUL; what every text from outside must pass.
bool is_utf8(std::string_view text);
/// Number of code points of well-formed UTF-8.
std::size_t code_points(std::string_view text);
std::string_view trim(std::string_view text);  ///< ASCII white space
std::vector<std::string_view> split(std::string_view text, char separator);
std::string lower_ascii(std::string_view text);
/// The whole text as a decimal integer without locale; "+5", " 5" and "5 " are refused.
std::optional<std::int64_t> parse_int(std::string_view text);
/// The whole text as a finite double without locale.
std::optional<double> parse_double(std::string_view text);
/// Lower-case hexadecimal.
std::string hex(std::span<const std::uint8_t> bytes);
/// The candidate with the smallest edit distance to `word` (at most a third of its length, at least 2), or empty.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace pilar
