#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pilar::http {

/// Decodes a chunked body as it comes. Chunk extensions and trailer fields are read over.
/// Own code, because Boost.Beast 1.81 reads a quoted extension across the end of its line, and stops the program at a last
/// chunk that comes in pieces. Source: RFC 9112, 7.1.
class ChunkedBody {
 public:
  enum class Step : std::uint8_t { Size, Data, DataEnd, Trailer, Done, Malformed, TooLarge };
  /// Longest line of a chunk's size or a trailer field, and all trailer fields together; bytes.
  static constexpr std::size_t kMaxLine = 1024, kMaxTrailer = std::size_t{8} * 1024;

  /// Appends the data in `bytes` to `out` and says how many bytes were used; give the others again with more behind them.
  std::size_t put(std::string_view bytes, std::string& out);
  Step step() const { return step_; }
  /// A chunk that makes the data longer than this is TooLarge as soon as its size is known.
  void limit(std::uint64_t bytes) { allowed_ = bytes; }

 private:
  void take(std::string_view line);
  void take_size(std::string_view line);

  Step step_ = Step::Size;
  std::uint64_t left_ = 0;     ///< of this chunk's data
  std::uint64_t allowed_ = 0;  ///< for all later chunks together
  std::size_t trailer_ = 0;
};

}  // namespace pilar::http
