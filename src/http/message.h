#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pilar::http {

enum class Method : std::uint8_t { Get, Head, Post, Put, Patch, Delete, Other };

using Fields = std::vector<std::pair<std::string, std::string>>;

/// A request, fully received. Header names are lower case, header values bytes as sent (they need not be UTF-8);
/// path and query are percent-decoded, refused before if malformed.
struct Request {
  Method method = Method::Get;
  std::string path{};
  Fields query{}, headers{};
  std::string body{};
  std::string body_file{};  ///< temporary file that holds a large upload instead of `body`; removed after the reply (rename it to keep it)
  std::string peer{};  ///< address of the other end, without port
  bool secure = false;  ///< came over TLS

  /// First value of the header, or empty.
  std::string_view header(std::string_view lower_case_name) const;
  /// First cookie of the name, as sent, or empty.
  std::string_view cookie(std::string_view name) const;
  /// First value of the name in the query, or empty.
  std::string_view param(std::string_view name) const;
};

/// Fields of an application/x-www-form-urlencoded body, in order; empty when it is malformed, not UTF-8, or has over 10,000 fields.
std::optional<Fields> parse_form(std::string_view body);
/// Everything but letters, digits and "-._~" as %XX.
std::string percent_encode(std::string_view text);
/// "/a/b?c=d": the path with those parameters that have a value, in their order. The names need no escape.
std::string target_of(std::string_view path, const Fields& query);
/// Each %XX replaced by its byte; empty when an escape is malformed or the result is not UTF-8 or has a NUL.
std::optional<std::string> percent_decode(std::string_view text);

struct Target {
  std::string path;
  Fields query;
};
/// The target of a request line, "/a/b?c=d" or "http://host/a/b?c=d", decoded. Empty when it is malformed, not UTF-8, or its
/// decoded path has a control character, a backslash or a ".." segment.
std::optional<Target> parse_target(std::string_view target);

/// The server adds Content-Length, Transfer-Encoding, Connection and Date; naming them, or CR or LF in a header, is a Bug.
struct Reply {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::string body{};
  Fields headers{};
  /// When set, the body is streamed: called on a worker until it returns an empty chunk; constant memory.
  std::function<std::string()> next_chunk{};
  /// For the program's own books, never sent: the code of what went wrong inside, and what it was.
  std::string incident{}, fault{};
};

/// Called once, from any thread. Not calling it is answered with 500 when it is destroyed.
using Respond = std::move_only_function<void(Reply)>;

/// What the server asks of the program. Called on an I/O thread: must not block; hand blocking work to Workers.
class Handler {
 public:
  virtual ~Handler() = default;
  virtual void handle(Request request, Respond respond) = 0;
  /// How many bytes of body this path may have, decided from the head; over `in_memory` it is streamed to a file.
  struct BodyLimit {
    std::size_t total = 1U << 20U, in_memory = 1U << 20U;
  };
  virtual BodyLimit body_limit(Method method, std::string_view path) const = 0;
  /// What refuse() is told of the reader's language, decided from the head: what the browser prefers, where a site knows no better.
  virtual std::string language(const Request& head) const { return std::string(head.header("accept-language")); }
  /// The reply to a request that never became one (400, 408, 413, 431, 500, 503), in the reader's language. Path and language are
  /// empty where the head could not be read.
  virtual Reply refuse(int status, std::string_view path, std::string_view language) const = 0;
};

}  // namespace pilar::http
