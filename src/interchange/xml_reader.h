#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "interchange/text_encoding.h"

namespace pilar {

/// The attributes of an element, valid during the call.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char* const* pairs) : pairs_(pairs) {}
  /// By the name without its prefix; empty when there is none.
  std::string_view find(std::string_view name) const;

 private:
  const char* const* pairs_;  ///< name, value, name, value ..., null
};

/// What a document's parts mean; names come without their prefix, texts in pieces.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void begin(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view piece) = 0;
};

/// Reads an XML document piece by piece. Refused: what is not well-formed, a document type (whoever defines entities wants
/// them expanded), more than kMostDepth elements inside each other, a tag of more than kMostTag bytes.
class XmlReader {
 public:
  static constexpr int kMostDepth = 100;
  static constexpr std::int64_t kMostTag = 4LL << 20U;

  /// The handler must outlive the reader.
  XmlReader(ByteSource source, XmlHandler& handler);
  XmlReader(XmlReader&&) = delete;
  ~XmlReader();

  enum class State : std::uint8_t { Paused, Done, Refused };
  /// Reads on to the end, or until the handler calls pause().
  State run();
  /// For the handler: run() returns after this call, and goes on from here.
  void pause();
  /// For the handler: what it was given cannot be right.
  void refuse(Problem problem);
  const Problem& problem() const { return problem_; }

 private:
  struct Parser;
  State feed();
  State conclude(int status);

  ByteSource source_;
  XmlHandler& handler_;
  std::unique_ptr<Parser> parser_;
  std::int64_t fed_ = 0;
  int depth_ = 0;
  bool paused_ = false, refused_ = false;
  Problem problem_{};
};

}  // namespace pilar
