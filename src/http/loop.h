#pragma once
#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "http/held.h"
#include "http/server.h"

namespace boost::asio {
class io_context;
namespace ssl {
class context;
}
}  // namespace boost::asio

namespace pilar::http {

using Time = std::chrono::steady_clock::time_point;
/// `allowed` seconds for the first megabyte and as much again for each further one, so that long transfers on slow lines end well.
inline Time due(Time start, int allowed, std::size_t bytes) {
  const auto kilobytes = static_cast<std::int64_t>(bytes / 1024);
  return start + std::chrono::seconds(allowed) + std::chrono::milliseconds(kilobytes * allowed * 1000 / 1024);
}

enum class Phase : std::uint8_t {
  Idle,     ///< no request has begun
  Reading,  ///< a request comes
  Waiting,  ///< for the handler or the disk
  Writing,  ///< a reply goes
  Leaving   ///< the last reply is gone, and the other end may close
};

/// What a loop may do to a connection.
class Watched {
 public:
  virtual ~Watched() = default;
  /// Ends what takes too long: a request that comes too slowly is answered with 408, everything else closed.
  virtual void check(Time at) = 0;
  virtual void close() = 0;
  virtual Phase phase() const = 0;
};

/// One I/O thread's own world: only that thread touches it, others post to `io`.
/// A Respond shares it, so that an answer after the server's end still finds the io_context.
struct Loop : std::enable_shared_from_this<Loop> {
  Loop();
  ~Loop();

  std::list<Watched*> connections{};
  std::string date{};  ///< for the Date header, renewed with every tick
  bool draining = false;
  Time drain_until{};
  std::size_t cut = 0;  ///< connections that were closed with a request under way when the draining was over
  std::shared_ptr<BodyMemory> memory{};  ///< all loops' together, which may outlive the server
  std::unique_ptr<boost::asio::io_context> io;  // destroyed first: its coroutines touch the members above when they go with it
};

/// What all connections of a server share.
struct House {
  House(Options asked, Handler& handler_of_requests);
  ~House();

  Options options;
  Handler& handler;
  std::unique_ptr<boost::asio::ssl::context> tls;  ///< null: plain HTTP
  Workers disk;                                    ///< for next_chunk and uploads; a connection has one piece of work in it at most
};

/// Starts serving an accepted, connected socket on the loop, whose thread this must be; the socket is closed in the end.
void serve(House& house, Loop& loop, int socket);

}  // namespace pilar::http
