#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "store/connection.h"
#include "store/stats.h"

namespace pilar::store {

/// A queue, a thread and a connection: takes all bodies that wait, runs them in one transaction and answers after the commit.
/// When a body throws, which is rare, all are run again with a savepoint each. When the transaction fails, each is run again
/// alone before anyone is answered, and a conflict (deadlock, serialisation) is tried again: this is the one place that does.
class GroupCommit {
 public:
  GroupCommit(std::unique_ptr<Connection> connection, std::size_t max_batch);
  /// Finishes what waits.
  ~GroupCommit();
  GroupCommit(const GroupCommit&) = delete;
  GroupCommit& operator=(const GroupCommit&) = delete;

  void submit(FacilityKey facility, Body body, Done done);
  /// A transaction of its own over shared tables.
  void submit_shared(std::function<void(Tx&)> body, Done done);
  /// Adds what this writer did to `stats`.
  void add_to(StoreStats& stats) const;

 private:
  struct Job {
    FacilityKey facility;
    Body body;
    std::function<void(Tx&)> shared;  ///< instead of a body
    Done done;
    std::exception_ptr error{};
  };
  struct Attempt {
    std::exception_ptr failure{};  ///< null: committed
    bool again = false;            ///< running each body alone makes sense
    bool by_body = false;          ///< a savepoint each would save the others
  };
  enum class Undo : std::uint8_t { All, Each };

  void push(Job job);
  void work();
  std::vector<Job> take();
  void process(std::span<Job> jobs);
  void process_alone(Job& job);
  Attempt attempt(std::span<Job> jobs, Undo undo);
  void run_bodies(std::span<Job> jobs, Undo undo);

  std::unique_ptr<Connection> connection_;
  std::size_t max_batch_;
  mutable std::mutex mutex_;
  std::condition_variable some_;
  std::deque<Job> queue_;
  bool stopping_ = false;
  std::atomic<std::uint64_t> batches_{0}, bodies_{0}, failed_{0};
  Histogram transactions_;
  std::thread thread_;  ///< last: it uses everything above
};

}  // namespace pilar::store
