#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace pilar::yaml {

inline constexpr std::size_t kMaxBytes = 1U << 20U;
inline constexpr std::size_t kMaxDepth = 16;
inline constexpr std::size_t kMaxFaults = 100;

/// Where something stands in the file, counted from 1; columns are code points.
struct Position {
  int line = 1, column = 1;
  auto operator<=>(const Position&) const = default;
};

/// A part of the document. Every value is kept as the text that was written: what it means is the reader's matter, so
/// that a key such as `no` stays a text.
struct Node {
  enum class Kind : std::uint8_t { Null, Scalar, Sequence, Mapping };
  Kind kind = Kind::Null;
  std::string key{};  ///< of a member of a mapping
  Position key_at{}, at{};
  std::size_t offset = 0;        ///< byte of the file where the value begins, with its quotation mark
  std::string text{};            ///< of a scalar
  std::vector<Node> children{};  ///< elements, or members in their order with unique keys

  const Node* find(std::string_view member) const;
};

/// The faults found in one file so far; each Problem's field is "file:LINE:COLUMN". Beyond kMaxFaults they are not kept.
class Faults {
 public:
  Faults(std::string_view file, std::string_view text);

  void add(Position at, Message message, std::vector<std::string> args = {});
  bool none() const { return found_.empty(); }
  /// In the order of the file.
  Problems take();

  /// Position of a byte of the file.
  Position position_of(std::size_t offset) const;
  /// Position of a byte of a scalar's text; the scalar's own where folding or escapes hide it.
  Position position_in(const Node& scalar, std::size_t offset) const;
  /// Byte of the file at a line and a byte column, both from 0.
  std::size_t offset_of(int line, int column) const;

 private:
  struct Found {
    Position at;
    Problem problem;
  };
  std::string file_;
  std::string_view text_;
  std::vector<std::size_t> lines_{};  ///< first byte of each line
  std::vector<Found> found_{};  ///< in the order of the file
};

/// Reads one YAML 1.2 document. Refused: more than kMaxBytes, deeper than kMaxDepth, anchors, aliases, tags, keys that are
/// no plain text, a key twice, a second document, control characters. What cannot be read is a Null node and a fault.
Node parse(std::string_view text, Faults& faults);

}  // namespace pilar::yaml
