#include "support/http_client.h"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <utility>

#include "base/text.h"

namespace pilar::test {

Client::Client(int port, bool tls) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{20, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error("connect");
  if (!tls) return;
  context_ = SSL_CTX_new(TLS_client_method());
  tls_ = SSL_new(context_);
  SSL_set_fd(tls_, socket_);
  if (SSL_connect(tls_) != 1) throw std::runtime_error("TLS");
}

Client::~Client() {
  if (tls_ != nullptr) SSL_free(tls_);
  if (context_ != nullptr) SSL_CTX_free(context_);
  if (socket_ >= 0) ::close(socket_);
}

Client::Client(Client&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      context_(std::exchange(other.context_, nullptr)),
      tls_(std::exchange(other.tls_, nullptr)),
      buffer_(std::move(other.buffer_)) {}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = tls_ != nullptr ? SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()))
                                   : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool Client::more() {
  char bytes[65536];
  const auto n = tls_ != nullptr ? SSL_read(tls_, bytes, sizeof bytes) : ::recv(socket_, bytes, sizeof bytes, 0);
  if (n > 0) buffer_.append(bytes, static_cast<std::size_t>(n));
  return n > 0;
}

std::string Client::receive_all() {
  while (more()) {}
  return std::exchange(buffer_, {});
}

Response Client::receive(bool head_only) {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
    if (!more()) return {};
  Response response;
  const auto head = buffer_.substr(0, end);
  buffer_.erase(0, end + 4);
  for (const auto line : split(head, '\n')) {
    const auto colon = line.find(':');
    if (colon != std::string_view::npos) response.headers[lower_ascii(line.substr(0, colon))] = trim(line.substr(colon + 1));
  }
  const int status = static_cast<int>(parse_int(head.substr(9, 3)).value_or(0));
  const auto take = [&](std::size_t n) {
    while (buffer_.size() < n)
      if (!more()) return false;
    response.body += buffer_.substr(0, n);
    buffer_.erase(0, n);
    return true;
  };
  if (head_only || status / 100 == 1 || status == 204 || status == 304) {
    response.status = status;
  } else if (response.headers.contains("content-length")) {
    if (take(static_cast<std::size_t>(parse_int(response.headers["content-length"]).value_or(0)))) response.status = status;
  } else if (response.headers["transfer-encoding"] == "chunked") {
    for (;;) {
      while ((end = buffer_.find("\r\n")) == std::string::npos)
        if (!more()) return response;
      const auto size = std::strtoul(buffer_.c_str(), nullptr, 16);
      buffer_.erase(0, end + 2);
      if (!take(size + 2)) return response;
      response.body.resize(response.body.size() - 2);
      if (size == 0) break;
    }
    response.status = status;
  } else {
    response.body = receive_all();
    response.status = status;
  }
  return response;
}

double Client::closes_within(double seconds) {
  const auto start = std::chrono::steady_clock::now();
  const auto passed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
  while (passed() < seconds) {
    pollfd wait{socket_, POLLIN, 0};
    if (::poll(&wait, 1, static_cast<int>((seconds - passed()) * 1000) + 1) > 0 && !more()) return passed();
  }
  return -1;
}

void Client::finish_sending() { ::shutdown(socket_, SHUT_WR); }

void Client::reset() {
  const linger now{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(std::exchange(socket_, -1));
}

}  // namespace pilar::test
