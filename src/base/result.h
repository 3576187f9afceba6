#pragma once
#include <cstdint>
#include <expected>
#include <source_location>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace pilar {

struct MessageLine;
/// A sentence of the program; which ones there are, and their words, i18n/words/ says.
struct Message {
  const MessageLine* line = nullptr;
  friend constexpr bool operator==(Message, Message) = default;
};

/// Something the user can put right. A value, never an exception; shown beside the field in the reader's language.
struct Problem {
  enum class Kind : std::uint8_t { Invalid, Forbidden, NotFound, Conflict, TooLarge, Busy };
  Kind kind = Kind::Invalid;
  Message message{};
  std::string field{};              ///< form field, JSON key or file position; empty when the whole request is meant
  std::vector<std::string> args{};  ///< fill {0}, {1} ... of the message
};
using Problems = std::vector<Problem>;

/// T, or everything that is wrong (never an empty list).
template <class T>
using Result = std::expected<T, Problems>;

/// A list of one.
[[nodiscard]] inline Problems one_problem(Problem::Kind kind, Message message, std::string field = {}, std::vector<std::string> args = {}) {
  Problems all;
  all.push_back({kind, message, std::move(field), std::move(args)});
  return all;
}

/// `return refuse(Msg::FormClosed, "form");`
[[nodiscard]] inline std::unexpected<Problems> refuse(Problem problem) {
  Problems all;
  all.push_back(std::move(problem));
  return std::unexpected(std::move(all));
}
[[nodiscard]] inline std::unexpected<Problems> refuse(Message message, std::string field = {}, std::vector<std::string> args = {}) {
  return refuse(Problem{Problem::Kind::Invalid, message, std::move(field), std::move(args)});
}
[[nodiscard]] inline std::unexpected<Problems> refuse(Problem::Kind kind, Message message, std::string field = {},
                                                      std::vector<std::string> args = {}) {
  return refuse(Problem{kind, message, std::move(field), std::move(args)});
}

/// The world failed us: disk, network, database. `retryable` is set where the failure is seen, never guessed later.
/// Its text is for the operator; it never reaches a page.
struct Fault : std::runtime_error {
  Fault(const std::string& doing, const std::string& why, bool may_retry = false)
      : std::runtime_error(doing + ": " + why),
        retryable(may_retry) {}
  bool retryable;
};

/// A defect in this program. Thrown, so that one request fails and not the server.
struct Bug : std::logic_error {
  using std::logic_error::logic_error;
};

/// Throws Bug when an invariant of our own does not hold; never used to judge input.
inline void require(bool ok, const char* invariant, std::source_location at = std::source_location::current()) {
  if (!ok) throw Bug(std::string(invariant) + " at " + at.file_name() + ":" + std::to_string(at.line()));
}

}  // namespace pilar
