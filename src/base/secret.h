#pragma once
#include <string>
#include <utility>

namespace pilar {

/// A text that is never shown: it has no printing operator and becomes no string by itself. Whoever hands it to the one who
/// needs it says reveal(), which is easy to find.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  const std::string& reveal() const { return text_; }
  bool empty() const { return text_.empty(); }

 private:
  std::string text_;
};

/// A database address as it may be shown: what stands between the user's name and the host is replaced, and so is a
/// "password=" among its parameters. "postgresql://mutu:***@db/pilar".
std::string without_password(const Secret& url);

}  // namespace pilar
