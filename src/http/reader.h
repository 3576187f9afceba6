#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "http/message.h"

namespace pilar::http {

/// Reads one request out of a stream of bytes as they come; knows no socket and no clock.
/// Strict where two readers could differ: Content-Length together with or repeated beside Transfer-Encoding, another
/// coding than chunked, folded header lines, a missing or repeated Host are refused. Trailer fields are dropped.
class RequestReader {
 public:
  enum class Step : std::uint8_t { Head, Body, Done, Refused };
  /// Limit of the request line and headers together, bytes.
  static constexpr std::size_t kMaxHead = std::size_t{16} * 1024;

  RequestReader();
  ~RequestReader();

  /// Takes what it can use and says how many bytes that were; give the others again with more behind them, at least kMaxHead
  /// together. Bytes after the end are the next request's.
  std::size_t put(std::string_view bytes);
  Step step() const;
  /// 400, 413 or 431 once the step is Refused, else 0.
  int refusal() const;

  /// The head is complete from Step::Body on; the body is appended as it comes and may be taken out meanwhile.
  Request& request();
  /// A longer body refuses the request with 413, at once when its length was announced. Call it at Step::Body, before more is put.
  void limit_body(std::uint64_t bytes);
  /// The client waits for "100 Continue" before it sends the body.
  bool wants_continue() const;
  bool is_http_1_0() const;
  /// The client would like to send another request after this one.
  bool may_keep_alive() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pilar::http
