#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "store/connection.h"

namespace pilar::store {

/// A queue, a thread and a connection: takes all bodies that wait, runs them in one transaction, each in a savepoint, and
/// answers after the commit. When the transaction fails, each body is run again alone before anyone is answered, and a
/// conflict (deadlock, serialisation) is tried again: this is the one place that does.
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
  };

  void push(Job job);
  void work();
  std::vector<Job> take();
  void process(std::span<Job> jobs);
  void process_alone(Job& job);
  Attempt attempt(std::span<Job> jobs);
  void run_bodies(std::span<Job> jobs);

  std::unique_ptr<Connection> connection_;
  std::size_t max_batch_;
  std::mutex mutex_;
  std::condition_variable some_;
  std::deque<Job> queue_;
  bool stopping_ = false;
  std::thread thread_;  ///< last: it uses everything above
};

}  // namespace pilar::store
