#include "interchange/text_encoding.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>

namespace pilar {
namespace {

constexpr std::size_t kPiece = 1U << 14U;
constexpr char32_t kReplacement = 0xFFFD;

/// Bytes 0x80 to 0x9F of Windows-1252; 0 where it has no character. The rest is Latin-1.
/// Source: Unicode Consortium, mapping table VENDORS/MICSFT/WINDOWS/CP1252.TXT.
constexpr std::array<char16_t, 32> kWindows{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                            0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                            0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append_utf8(std::string& out, char32_t point) {
  const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80U | ((point >> shift) & 0x3FU)); };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0U | (point >> 6U));
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0U | (point >> 12U));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | (point >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

/// Counts what is and what is no UTF-8 (RFC 3629, section 4), byte by byte.
class Utf8Count {
 public:
  void add(unsigned char byte) {
    if (left_ > 0) {
      if (byte >= low_ && byte <= high_) return go_on();
      ++broken_;
      left_ = 0;
    }
    if (byte >= 0x80) begin(byte);
  }
  void finish() {
    if (left_ > 0) ++broken_;
    left_ = 0;
  }
  std::int64_t whole() const { return whole_; }
  std::int64_t broken() const { return broken_; }

 private:
  void go_on() {
    low_ = 0x80;
    high_ = 0xBF;
    if (--left_ == 0) ++whole_;
  }
  void begin(unsigned char byte) {
    if (byte < 0xC2 || byte > 0xF4) {
      ++broken_;
      return;
    }
    left_ = byte < 0xE0 ? 1 : (byte < 0xF0 ? 2 : 3);
    low_ = byte == 0xE0 ? 0xA0 : (byte == 0xF0 ? 0x90 : 0x80);
    high_ = byte == 0xED ? 0x9F : (byte == 0xF4 ? 0x8F : 0xBF);
  }

  int left_ = 0;
  unsigned char low_ = 0x80, high_ = 0xBF;
  std::int64_t whole_ = 0, broken_ = 0;  ///< sequences of two bytes and more
};

struct ByteCounts {
  Utf8Count utf8{};
  std::int64_t bytes = 0, holes = 0;  ///< holes: bytes without a character in Windows-1252
  std::array<std::int64_t, 2> zeros{};  ///< at even and at odd places
  void add(unsigned char byte) {
    utf8.add(byte);
    if (byte == 0) ++zeros[static_cast<std::size_t>(bytes % 2)];
    if (byte >= 0x80 && byte < 0xA0 && kWindows[byte - 0x80U] == 0) ++holes;
    ++bytes;
  }
};

EncodingGuess judge_bytes(const ByteCounts& counts, std::string_view beginning) {
  if (beginning.starts_with("\xEF\xBB\xBF")) return {Encoding::Utf8, true, counts.utf8.broken()};
  if (beginning.starts_with("\xFF\xFE")) return {Encoding::Utf16Le, true, counts.bytes % 2};
  if (beginning.starts_with("\xFE\xFF")) return {Encoding::Utf16Be, true, counts.bytes % 2};
  // A table has separators, digits and line ends in every row: in UTF-16 at least a tenth of its units has a zero byte.
  const auto [even, odd] = counts.zeros;
  if (odd * 20 >= counts.bytes && odd > 8 * even) return {Encoding::Utf16Le, false, counts.bytes % 2};
  if (even * 20 >= counts.bytes && even > 8 * odd) return {Encoding::Utf16Be, false, counts.bytes % 2};
  if (counts.utf8.broken() == 0 || counts.utf8.whole() > counts.utf8.broken()) return {Encoding::Utf8, false, counts.utf8.broken()};
  return {Encoding::Windows1252, false, counts.holes};
}

/// Of all bytes; `beginning` gets the first ones.
ByteCounts count_bytes(ByteSource source, std::string& beginning) {
  ByteCounts counts;
  std::array<char, kPiece> piece{};
  for (auto n = source(piece.data(), piece.size()); n > 0; n = source(piece.data(), piece.size())) {
    if (beginning.size() < 3) beginning.append(piece.data(), std::min<std::size_t>(n, 3));
    for (std::size_t i = 0; i < n; ++i) counts.add(static_cast<unsigned char>(piece[i]));
  }
  counts.utf8.finish();
  return counts;
}

/// Takes bytes from a source and gives out UTF-8.
class Decoder {
 public:
  Decoder(ByteSource source, Encoding encoding) : source_(std::move(source)), encoding_(encoding) {}

  std::size_t operator()(char* buffer, std::size_t size) {
    while (given_ == ready_.size() && !ended_) refill();
    const auto n = std::min(size, ready_.size() - given_);
    std::memcpy(buffer, ready_.data() + given_, n);
    given_ += n;
    return n;
  }

 private:
  void refill() {
    ready_.clear();
    given_ = 0;
    std::array<char, kPiece> piece{};
    const auto n = source_(piece.data(), piece.size());
    ended_ = n == 0;
    for (std::size_t i = 0; i < n; ++i) {
      const auto byte = static_cast<unsigned char>(piece[i]);
      encoding_ == Encoding::Windows1252 ? append_windows(byte) : append_half(byte);
    }
    if (ended_ && (half_ >= 0 || high_ != 0)) append_utf8(ready_, kReplacement);
  }

  void append_windows(unsigned char byte) {
    const char32_t point = byte >= 0x80 && byte < 0xA0 ? kWindows[byte - 0x80U] : byte;
    append_utf8(ready_, point == 0 && byte != 0 ? kReplacement : point);
  }

  void append_half(unsigned char byte) {
    if (half_ < 0) {
      half_ = byte;
      return;
    }
    const auto first = static_cast<unsigned>(half_);
    half_ = -1;
    append_unit(encoding_ == Encoding::Utf16Le ? first | (unsigned{byte} << 8U) : (first << 8U) | byte);
  }

  void append_unit(char32_t unit) {
    const bool is_low = unit >= 0xDC00 && unit < 0xE000;
    if (high_ != 0 && is_low) {
      append_utf8(ready_, 0x10000 + ((high_ - 0xD800) << 10U) + (unit - 0xDC00));
      high_ = 0;
      return;
    }
    if (high_ != 0) append_utf8(ready_, kReplacement);
    high_ = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
    if (high_ == 0) append_utf8(ready_, is_low ? kReplacement : unit);
  }

  ByteSource source_;
  Encoding encoding_;
  std::string ready_{};
  std::size_t given_ = 0;
  int half_ = -1;       ///< first byte of a unit
  char32_t high_ = 0;   ///< first unit of a pair
  bool ended_ = false;
};

}  // namespace

EncodingGuess guess_encoding(ByteSource source) {
  std::string beginning;
  const auto counts = count_bytes(std::move(source), beginning);
  return judge_bytes(counts, beginning);
}

std::int64_t count_broken(ByteSource source, Encoding encoding) {
  std::string beginning;
  const auto counts = count_bytes(std::move(source), beginning);
  switch (encoding) {
    case Encoding::Utf8:
      return counts.utf8.broken();
    case Encoding::Windows1252:
      return counts.holes + counts.utf8.whole();
    case Encoding::Utf16Le:
    case Encoding::Utf16Be:
      break;
  }
  return counts.bytes % 2;
}

ByteSource decode(ByteSource source, Encoding encoding) {
  if (encoding == Encoding::Utf8) return source;
  return Decoder(std::move(source), encoding);
}

}  // namespace pilar
