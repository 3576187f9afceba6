#include "base/fold.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace pilar {
namespace {

// The letter without its accents, of each code point from the first on; "?": spelled out below, ".": stays.
constexpr char32_t kLatin = 0xC0, kLatinAdditional = 0x1E00;
constexpr std::string_view kLatinBase =
    "aaaaaa?ceeeeiiiidnooooo.ouuuuy??aaaaaa?ceeeeiiiidnooooo.ouuuuy?yaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkk.llllllllll"
    "nnnnnnnnnoooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzsb..............e.ff....i..l.....oo.............uu....zz............."
    "?????????aaiioouuuuuuuuuu.aaaa??ggggkkoooo..j???gg..nnaa??ooaaaaeeeeiiiioooorrrruuuusstt..hh....zzaaeeooooooooyy.......ccl.....b.."
    "eejj..rryy";
constexpr std::string_view kLatinAdditionalBase =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwy.s..?.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";
static_assert(kLatin + kLatinBase.size() == 0x250 && kLatinAdditional + kLatinAdditionalBase.size() == 0x1F00);

struct Spelled {
  char32_t first, last;
  std::string_view as;
};
constexpr std::array kSpelled{
    Spelled{0xC6, 0xC6, "ae"},    Spelled{0xDE, 0xDE, "th"},     Spelled{0xDF, 0xDF, "ss"},    Spelled{0xE6, 0xE6, "ae"},
    Spelled{0xFE, 0xFE, "th"},    Spelled{0x132, 0x133, "ij"},   Spelled{0x152, 0x153, "oe"},  Spelled{0x1C4, 0x1C6, "dz"},
    Spelled{0x1C7, 0x1C9, "lj"},  Spelled{0x1CA, 0x1CC, "nj"},   Spelled{0x1E2, 0x1E3, "ae"},  Spelled{0x1F1, 0x1F3, "dz"},
    Spelled{0x1FC, 0x1FD, "ae"},  Spelled{0x1E9E, 0x1E9E, "ss"}, Spelled{0xA0, 0xA0, " "},     Spelled{0x2000, 0x200A, " "},
    Spelled{0x200B, 0x200D, ""},  Spelled{0x2010, 0x2015, "-"},  Spelled{0x2018, 0x201B, "'"}, Spelled{0x201C, 0x201F, "\""},
    Spelled{0x2028, 0x2029, " "}, Spelled{0x202F, 0x202F, " "},  Spelled{0x300, 0x36F, ""},    Spelled{0xFEFF, 0xFEFF, ""}};

struct Point {
  char32_t value = 0;
  std::size_t bytes = 1;
};

/// Stands for a byte that begins no code point.
constexpr char32_t kNoLetter = 0x10'FFFF;

/// The code point that begins here.
Point point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned first = byte(0);
  const std::size_t bytes = first < 0xC0U ? 1 : first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
  if (bytes == 1 || at + bytes > text.size()) return {kNoLetter, 1};
  char32_t value = first & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) value = (value << 6U) | (byte(i) & 0x3FU);
  return {value, bytes};
}

char base_of(char32_t value) {
  if (value >= kLatin && value < kLatin + kLatinBase.size()) return kLatinBase[value - kLatin];
  if (value >= kLatinAdditional && value < kLatinAdditional + kLatinAdditionalBase.size())
    return kLatinAdditionalBase[value - kLatinAdditional];
  return '?';
}

class Folding {
 public:
  explicit Folding(std::string_view text) : text_(text) { out_.reserve(text.size()); }

  std::string run() {
    for (std::size_t at = 0; at < text_.size();) {
      const auto c = static_cast<unsigned char>(text_[at]);
      if (c < 0x80U) {
        add_ascii(text_[at]);
        ++at;
        continue;
      }
      const auto point = point_at(text_, at);
      add(point.value, text_.substr(at, point.bytes));
      at += point.bytes;
    }
    return std::move(out_);
  }

 private:
  void add_ascii(char c) {
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (blank && (out_.empty() || out_.back() == ' ')) return;
    out_ += blank ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }

  void add(char32_t value, std::string_view written) {
    const auto base = base_of(value);
    if (base != '?' && base != '.') {
      out_ += base;
      return;
    }
    const auto spelled = base == '.'
                             ? kSpelled.end()
                             : std::ranges::find_if(kSpelled, [&](const Spelled& s) { return s.first <= value && value <= s.last; });
    if (spelled == kSpelled.end())
      out_ += written;
    else
      for (const char c : spelled->as) add_ascii(c);
  }

  std::string_view text_;
  std::string out_{};
};

void add_words(std::vector<std::string>& out, std::string_view words) {
  for (std::size_t at = 0; at < words.size();) {
    const auto end = std::min(words.find(' ', at), words.size());
    if (end > at) out.emplace_back(words.substr(at, end - at));
    at = end + 1;
  }
}

std::string_view without_end_blanks(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string fold_text(std::string_view text) { return Folding(text).run(); }

std::vector<std::string> search_phrases(std::string_view asked) {
  const auto folded = fold_text(asked);
  std::string_view left(folded);
  std::vector<std::string> out;
  for (bool quoted = false;; quoted = !quoted) {
    const auto mark = left.find('"');
    const auto part = left.substr(0, mark);
    if (!quoted)
      add_words(out, part);
    else if (const auto phrase = without_end_blanks(part); !phrase.empty())
      out.emplace_back(phrase);
    if (mark == std::string_view::npos) return out;
    left.remove_prefix(mark + 1);
  }
}

}  // namespace pilar
