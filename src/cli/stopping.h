#pragma once
#include <chrono>
#include <csignal>
#include <functional>
#include <thread>

namespace pilar::cli {

/// SIGTERM and SIGINT, waited for by a thread of its own instead of interrupting one. Made before any other thread, which
/// inherit that they are blocked.
class StopSignals {
 public:
  StopSignals();
  /// Calls `stop` when one arrives and `hurry` when another does; gives up when the returned thread is asked to stop.
  std::jthread watch(std::function<void()> stop, std::function<void()> hurry) const;

 private:
  sigset_t set_{};
};

/// Ends the process as if it had ended well when it has not ended after `patience`: what cannot be called off, such as a database that
/// answers no more or a page that goes on computing, does not hold up who waits for the end. What was acknowledged is on the disk by then,
/// and what was begun is undone, as after a power cut.
class LastResort {
 public:
  explicit LastResort(std::chrono::seconds patience);

 private:
  std::jthread thread_;
};

}  // namespace pilar::cli
