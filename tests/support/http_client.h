#pragma once
#include <map>
#include <string>
#include <string_view>

struct ssl_st;
struct ssl_ctx_st;

namespace pilar::test {

struct Response {
  int status = 0;  ///< 0: the connection ended before a reply was complete
  std::map<std::string, std::string> headers{};
  std::string body{};
};

/// A blocking HTTP client of bytes, which can also misbehave.
class Client {
 public:
  explicit Client(int port, bool tls = false);
  ~Client();
  Client(Client&& other) noexcept;
  Client(const Client&) = delete;

  bool send(std::string_view bytes);
  /// Reads one response; `head_only` for the answer to a HEAD.
  Response receive(bool head_only = false);
  Response ask(std::string_view bytes) { return send(bytes) ? receive() : Response{}; }
  /// Seconds until the other end closes, or -1 when it has not within the limit.
  double closes_within(double seconds);
  /// Whatever comes until the other end closes.
  std::string receive_all();
  void finish_sending();  ///< closes this side only
  void reset();           ///< goes away without a goodbye

 private:
  bool more();

  int socket_ = -1;
  ssl_ctx_st* context_ = nullptr;
  ssl_st* tls_ = nullptr;
  std::string buffer_{};
};

}  // namespace pilar::test
