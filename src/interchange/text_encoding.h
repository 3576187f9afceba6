#pragma once
#include <cstdint>
#include <functional>

namespace pilar {

/// Fills the buffer and returns how many bytes it wrote; 0 at the end.
using ByteSource = std::move_only_function<std::size_t(char* buffer, std::size_t size)>;

enum class Encoding : std::uint8_t { Utf8, Utf16Le, Utf16Be, Windows1252 };

struct EncodingGuess {
  Encoding encoding = Encoding::Utf8;
  bool marked = false;      ///< a byte-order mark says so; otherwise the bytes do
  std::int64_t broken = 0;  ///< places that say nothing in this encoding
};

/// Reads the whole source, in constant memory. UTF-16 without a mark is known by its zero bytes. What is no UTF-8 is
/// Windows-1252, unless most of it is UTF-8 all the same: then the rest is broken, and said to be.
EncodingGuess guess_encoding(ByteSource source);

/// How many places of the source say nothing in this encoding, or, in Windows-1252, are letters of UTF-8 ("Ã©" for "é"): of a file
/// put together from several, each part may be right in an encoding of its own. Reads all of it, in constant memory.
std::int64_t count_broken(ByteSource source, Encoding encoding);

/// The same text in UTF-8; a mark at its beginning stays one. Broken places become U+FFFD; UTF-8 is passed on as it is.
ByteSource decode(ByteSource source, Encoding encoding);

}  // namespace pilar
