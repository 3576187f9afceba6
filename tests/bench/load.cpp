// A bounded load on a Pilar at this machine's loopback address, over connections that stay open, one request at a time each:
//   pilar_load PORT PID CLIENTS COUNT SECONDS post TOKEN FACILITIES    one record of KESSAN a request, facilities f1.. in turn
//   pilar_load PORT PID CLIENTS COUNT SECONDS get PATH COOKIE
// Ends at COUNT requests or after SECONDS, whichever comes first. Prints "name=value" words: throughput, the middle and the 99th of a
// hundred waiting times, and what the server PID used meanwhile (its CPU a request, its memory now and at most).
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "base/text.h"

using namespace pilar;

namespace {

using Time = std::chrono::steady_clock;
double millis_since(Time::time_point start) { return std::chrono::duration<double, std::milli>(Time::now() - start).count(); }

/// What the kernel says a process used.
class Process {
 public:
  explicit Process(const std::string& id) : folder_("/proc/" + id + "/") {}
  double cpu_millis() const {
    std::ifstream in(folder_ + "stat");
    std::string text;
    std::getline(in, text);
    std::istringstream words(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int field = 3; field < 14; ++field) words >> skipped;
    double user = 0, system = 0;
    words >> user >> system;
    return (user + system) * 1000 / static_cast<double>(::sysconf(_SC_CLK_TCK));
  }
  double megabytes(const std::string& name) const {
    std::ifstream in(folder_ + "status");
    for (std::string word; in >> word;) {
      if (word != name + ":") continue;
      double kilobytes = 0;
      in >> kilobytes;
      return kilobytes / 1024;
    }
    return 0;
  }

 private:
  std::string folder_;
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error("cannot connect");
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  ~Client() {
    if (socket_ >= 0) ::close(socket_);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  Client(Client&& other) noexcept : socket_(std::exchange(other.socket_, -1)), answer_(std::move(other.answer_)), sent_(other.sent_) {}

  int socket() const { return socket_; }
  double waited() const { return millis_since(sent_); }

  void send(const std::string& request) {
    answer_.clear();
    sent_ = Time::now();
    for (std::string_view left = request; !left.empty();) {
      const auto n = ::send(socket_, left.data(), left.size(), MSG_NOSIGNAL);
      if (n <= 0) throw std::runtime_error("the server went away");
      left.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  /// Reads what is there; the status once the answer is whole, else 0.
  int receive() {
    char bytes[65536];
    const auto n = ::recv(socket_, bytes, sizeof bytes, MSG_DONTWAIT);
    if (n <= 0) throw std::runtime_error("the server went away");
    answer_.append(bytes, static_cast<std::size_t>(n));
    const auto end = answer_.find("\r\n\r\n");
    if (end == std::string::npos || answer_.size() < end + 4 + body_size(end)) return 0;
    return static_cast<int>(parse_int(std::string_view(answer_).substr(9, 3)).value_or(-1));
  }

 private:
  std::size_t body_size(std::size_t end) const {
    const auto head = lower_ascii(std::string_view(answer_).substr(0, end));
    const auto at = head.find("content-length: ");
    if (at == std::string::npos) throw std::runtime_error("an answer without a length");
    return std::stoul(head.substr(at + 16));
  }

  int socket_;
  std::string answer_{};
  Time::time_point sent_{};
};

std::function<std::string()> posts(const std::string& token, std::int64_t facilities) {
  return [token, facilities, n = std::int64_t{0}]() mutable {
    static const SystemClock clock;
    const auto turn = n++;
    const auto body =
        R"({"id":")" + text(make_uuid(clock.now())) + R"(","instrument":"kessan","facility":"f)" + std::to_string(1 + turn % facilities) +
        R"(","unit":"u)" + std::to_string(1 + turn % 5) + R"(","answers":{"nilai":)" + std::to_string(1 + turn % 5) +
        R"(,"penjamin":"jkn","kunjungan":"rawat_jalan","janji_identitas":"ditepati","janji_fotokopi":"ditepati","janji_ramah":"tidak"}})";
    return "POST /api/v1/records HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  };
}

std::function<std::string()> gets(const std::string& path, const std::string& cookie) {
  return [request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\n\r\n"] { return request; };
}

struct Bounds {
  std::size_t clients = 64, count = 10'000;
  double seconds = 10;
};

struct Tally {
  std::vector<double> waits{};
  std::size_t refused = 0;
  double seconds = 0;
};

Tally run(std::uint16_t port, const Bounds& bounds, const std::function<std::string()>& next) {
  std::vector<Client> clients;
  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  for (std::size_t i = 0; i < bounds.clients; ++i) {
    clients.emplace_back(port);
    epoll_event event{EPOLLIN, {.u64 = i}};
    ::epoll_ctl(poll, EPOLL_CTL_ADD, clients.back().socket(), &event);
  }
  Tally tally;
  const auto start = Time::now();
  std::size_t sent = 0, open = 0;
  const auto send = [&](Client& client) {
    if (sent >= bounds.count || millis_since(start) > bounds.seconds * 1000) return;
    client.send(next());
    ++sent;
    ++open;
  };
  for (auto& client : clients) send(client);
  std::vector<epoll_event> events(bounds.clients);
  while (open > 0) {
    const int ready = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 30'000);
    if (ready <= 0) throw std::runtime_error("no answer for half a minute");
    for (int i = 0; i < ready; ++i) {
      auto& client = clients[events[static_cast<std::size_t>(i)].data.u64];
      const int status = client.receive();
      if (status == 0) continue;
      tally.waits.push_back(client.waited());
      if (status / 100 != 2) ++tally.refused;
      --open;
      send(client);
    }
  }
  tally.seconds = millis_since(start) / 1000;
  ::close(poll);
  return tally;
}

double at_share(std::vector<double>& values, double share) {
  if (values.empty()) return 0;
  const auto at = std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())));
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(at));
  return values[at];
}

std::int64_t number(const std::string& text) {
  const auto value = parse_int(text);
  if (!value || *value < 1 || *value > 10'000'000) throw std::runtime_error(text + " is no number");
  return *value;
}

int run(const std::vector<std::string>& words) {
  if (words.size() != 8) throw std::runtime_error("PORT PID CLIENTS COUNT SECONDS post|get ... ...");
  const auto next = words[5] == "post" ? posts(words[6], number(words[7])) : gets(words[6], words[7]);
  const Process server(words[1]);
  const auto cpu = server.cpu_millis();
  const Bounds bounds{static_cast<std::size_t>(number(words[2])), static_cast<std::size_t>(number(words[3])),
                      static_cast<double>(number(words[4]))};
  auto tally = run(static_cast<std::uint16_t>(number(words[0])), bounds, next);
  const auto requests = static_cast<double>(tally.waits.size());
  std::cout << "requests=" << requests << " refused=" << tally.refused << " seconds=" << tally.seconds
            << " per_second=" << requests / tally.seconds << " p50_ms=" << at_share(tally.waits, 0.5)
            << " p99_ms=" << at_share(tally.waits, 0.99) << " cpu_ms=" << (server.cpu_millis() - cpu) / requests
            << " rss_mb=" << server.megabytes("VmRSS") << " peak_mb=" << server.megabytes("VmHWM") << '\n';
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << "pilar_load: " << error.what() << '\n';
    return 1;
  }
}
