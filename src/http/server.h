#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "http/message.h"

namespace pilar::http {

struct Options {
  std::string address = "127.0.0.1";           ///< a literal IPv4 or IPv6 address; "::" listens on both
  std::uint16_t port = 8080;                   ///< 0 = any free port
  unsigned io_threads = 0;                     ///< 0 = one per core
  int head_seconds = 10;                       ///< total deadline for the request head, however it drips
  int body_seconds = 60;                       ///< total deadline for a body of up to 1 MB; as much again for each further one
  int idle_seconds = 60;                       ///< keep-alive
  int write_seconds = 60;                      ///< total deadline for taking a reply of up to 1 MB; as much again for each further one
  int drain_seconds = 10;                      ///< on stop: finish what is under way; then it is cut off
  std::size_t max_connections = 10'000;        ///< shared out evenly between the I/O threads; further ones are closed at once
  std::string certificate_file{}, key_file{};  ///< both set: TLS
  std::size_t held_bytes = 256U << 20U;        ///< of all bodies in memory together; then large ones get 503
  std::uint64_t free_bytes = 0;                ///< of the disk that uploads leave; then they get 503
  std::string upload_folder{};                 ///< where large bodies are streamed; without one, bodies over `in_memory` are refused
};

/// One io_context per core, each listening with SO_REUSEPORT. Deadlines are total, so slow drips are closed.
class Server {
 public:
  /// Binds and listens, so that port() is known; throws Fault when it cannot, or when the certificate or key cannot be used.
  Server(Options options, Handler& handler);
  ~Server();
  std::uint16_t port() const;
  /// Serves until stop(), drains gracefully, then returns how many connections had to be cut off with a request under way.
  std::size_t run();
  /// Safe from any thread and more than once.
  void stop();
  /// The same without waiting for what is under way, also after a stop().
  void stop_at_once();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A bounded pool for work that blocks (pages that read the database, password hashes).
class Workers {
 public:
  Workers(unsigned threads, std::size_t max_queued);
  ~Workers();  ///< finishes what is queued
  /// False when the queue is full: answer 503 with Retry-After.
  bool post(std::move_only_function<void()> work);
  /// Destroys what has not begun.
  void drop_queued();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pilar::http
