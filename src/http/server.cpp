#include "http/server.h"

#include <openssl/ssl.h>
#include <sys/socket.h>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <thread>

#include "base/clock.h"
#include "base/result.h"
#include "http/loop.h"
#include "http/wire.h"

namespace pilar::http {

namespace asio = boost::asio;

namespace {

using Tcp = asio::ip::tcp;
using Executor = asio::io_context::executor_type;
using Acceptor = asio::basic_socket_acceptor<Tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
using Error = boost::system::error_code;
template <class T>
using Task = asio::awaitable<T, Executor>;

constexpr auto kNoThrow = asio::as_tuple(asio::use_awaitable_t<Executor>{});
constexpr auto kTick = std::chrono::milliseconds(100);
constexpr unsigned kDiskThreads = 4;

std::unique_ptr<asio::ssl::context> make_tls(const Options& options) {
  if (options.certificate_file.empty() || options.key_file.empty()) return {};
  auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(tls->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(tls->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  tls->use_certificate_chain_file(options.certificate_file);
  tls->use_private_key_file(options.key_file, asio::ssl::context::pem);
  return tls;
}

}  // namespace

/// A loop with its door: accepts, holds the deadlines, drains.
struct Gate {
  Gate(House& owner, const Tcp::endpoint& endpoint, std::size_t most);
  void open();
  void drain();
  void drain_at_once();
  Task<void> accept();
  Task<void> watch();

  House& house;
  std::size_t max_connections;
  std::shared_ptr<Loop> loop = std::make_shared<Loop>();
  Acceptor acceptor{*loop->io};
  Timer tick{*loop->io}, pause{*loop->io};
};

namespace {

bool is_request(Phase phase) { return phase != Phase::Idle && phase != Phase::Leaving; }

/// Our loops share their port, so another program's server on it would go unnoticed and take half of the requests: the port is
/// asked for alone first.
void check_free(const Tcp::endpoint& endpoint) {
  asio::io_context io;
  Acceptor probe{io};
  probe.open(endpoint.protocol());
  probe.set_option(asio::socket_base::reuse_address(true));
  if (endpoint.address().is_v6()) probe.set_option(asio::ip::v6_only(false));
  probe.bind(endpoint);
}

}  // namespace

Gate::Gate(House& owner, const Tcp::endpoint& endpoint, std::size_t most) : house(owner), max_connections(most) {
  acceptor.open(endpoint.protocol());
  acceptor.set_option(asio::socket_base::reuse_address(true));
  acceptor.set_option(ReusePort(true));
  if (endpoint.address().is_v6()) acceptor.set_option(asio::ip::v6_only(false));
  acceptor.bind(endpoint);
  acceptor.listen();
  acceptor.native_non_blocking(true);
}

void Gate::open() {
  asio::co_spawn(*loop->io, accept(), asio::detached);
  asio::co_spawn(*loop->io, watch(), asio::detached);
}

void Gate::drain() {
  if (loop->draining) return;
  loop->draining = true;
  loop->drain_until = std::chrono::steady_clock::now() + std::chrono::seconds(house.options.drain_seconds);
  Error ignored;
  (void)acceptor.close(ignored);
  pause.cancel();
  for (auto* connection : loop->connections)
    if (connection->phase() == Phase::Idle) connection->close();
}

void Gate::drain_at_once() {
  drain();
  loop->drain_until = {};
  tick.cancel();
}

Task<void> Gate::accept() {
  while (!loop->draining) {
    const auto [error] = co_await acceptor.async_wait(Acceptor::wait_read, kNoThrow);
    if (error) continue;
    const int socket = ::accept4(acceptor.native_handle(), nullptr, nullptr, SOCK_CLOEXEC);
    if (socket >= 0 && loop->connections.size() < max_connections) {
      serve(house, *loop, socket);
    } else if (socket >= 0) {
      ::close(socket);
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {  // until some are closed
      pause.expires_after(kTick);
      co_await pause.async_wait(kNoThrow);
    }
  }
}

Task<void> Gate::watch() {
  for (;;) {
    loop->date = http_date(SystemClock().now());
    tick.expires_after(kTick);
    co_await tick.async_wait(kNoThrow);
    const auto at = std::chrono::steady_clock::now();
    for (auto* connection : loop->connections) connection->check(at);
    if (loop->draining && (loop->connections.empty() || at >= loop->drain_until)) break;
  }
  for (auto* connection : loop->connections) {
    if (is_request(connection->phase())) ++loop->cut;
    connection->close();
  }
  asio::post(*loop->io, [io = loop->io.get()] { io->stop(); });  // behind the coroutines that the closing wakes
}

Loop::Loop() : io(std::make_unique<asio::io_context>(1)) {}
Loop::~Loop() = default;

House::House(Options asked, Handler& handler_of_requests)
    : options(std::move(asked)),
      handler(handler_of_requests),
      tls(make_tls(options)),
      disk(kDiskThreads, SIZE_MAX) {}
House::~House() = default;

struct Server::Impl {
  Impl(Options options, Handler& handler) : house(std::move(options), handler) {
    const auto& asked = house.options;
    const auto threads = std::max(1U, asked.io_threads != 0 ? asked.io_threads : std::thread::hardware_concurrency());
    Tcp::endpoint endpoint(asio::ip::make_address(asked.address), asked.port);
    check_free(endpoint);
    const auto memory = std::make_shared<BodyMemory>(asked.held_bytes);
    for (unsigned i = 0; i < threads; ++i) {
      gates.push_back(std::make_unique<Gate>(house, endpoint, (asked.max_connections + threads - 1) / threads));
      gates.back()->loop->memory = memory;
      endpoint.port(gates.back()->acceptor.local_endpoint().port());
    }
    port = endpoint.port();
  }

  std::size_t run() {
    std::vector<std::jthread> threads;
    for (const auto& gate : gates) {
      gate->open();
      if (gate != gates.back()) threads.emplace_back([&gate] { gate->loop->io->run(); });
    }
    gates.back()->loop->io->run();
    threads.clear();
    std::size_t cut = 0;
    for (const auto& gate : gates) cut += gate->loop->cut;
    return cut;
  }

  void each_gate(void (Gate::*step)()) {
    for (const auto& gate : gates) asio::post(*gate->loop->io, [gate = gate.get(), step] { (gate->*step)(); });
  }

  std::vector<std::unique_ptr<Gate>> gates{};
  House house;  // destroyed first: its workers end before the coroutines they work for
  std::uint16_t port = 0;
};

Server::Server(Options options, Handler& handler) {
  const auto where = "listen on " + options.address + " port " + std::to_string(options.port);
  try {
    impl_ = std::make_unique<Impl>(std::move(options), handler);
  } catch (const boost::system::system_error& failure) { throw Fault(where, failure.what()); }
}
Server::~Server() = default;

std::uint16_t Server::port() const { return impl_->port; }
std::size_t Server::run() { return impl_->run(); }
void Server::stop() { impl_->each_gate(&Gate::drain); }
void Server::stop_at_once() { impl_->each_gate(&Gate::drain_at_once); }

}  // namespace pilar::http
