#include "store/group_commit.h"

#include <algorithm>
#include <chrono>

#include "base/log.h"
#include "store/batch.h"
#include "store/transaction.h"

namespace pilar::store {
namespace {

constexpr int kTries = 6;
constexpr auto kFirstPause = std::chrono::milliseconds(5);

bool is_retryable(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const Fault& fault) { return fault.retryable; } catch (...) {
    return false;
  }
}

void answer(Done& done, const std::exception_ptr& error) noexcept {
  try {
    done(error);
  } catch (const std::exception& e) { log::error("store.answer", e.what()); }
}

}  // namespace

GroupCommit::GroupCommit(std::unique_ptr<Connection> connection, std::size_t max_batch)
    : connection_(std::move(connection)),
      max_batch_(std::max<std::size_t>(max_batch, 1)),
      thread_([this] { work(); }) {}

GroupCommit::~GroupCommit() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  some_.notify_one();
  thread_.join();
}

void GroupCommit::submit(FacilityKey facility, Body body, Done done) { push({facility, std::move(body), nullptr, std::move(done)}); }

void GroupCommit::submit_shared(std::function<void(Tx&)> body, Done done) { push({{}, nullptr, std::move(body), std::move(done)}); }

void GroupCommit::push(Job job) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(job));
  }
  some_.notify_one();
}

void GroupCommit::work() {
  for (auto jobs = take(); !jobs.empty(); jobs = take()) {
    const auto begun = std::chrono::steady_clock::now();
    process(jobs);
    transactions_.add(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun).count());
    ++batches_;
    bodies_ += jobs.size();
    for (auto& job : jobs) {
      if (job.error) ++failed_;
      answer(job.done, job.error);
    }
    connection_->maintain();
  }
}

void GroupCommit::add_to(StoreStats& stats) const {
  {
    const std::lock_guard lock(mutex_);
    stats.queued += queue_.size();
  }
  stats.batches += batches_;
  stats.bodies += bodies_;
  stats.failed += failed_;
  stats.transactions += transactions_.read();
}

std::vector<GroupCommit::Job> GroupCommit::take() {
  std::unique_lock lock(mutex_);
  some_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
  std::vector<Job> jobs;
  while (!queue_.empty() && jobs.size() < max_batch_) {
    const bool shared = queue_.front().shared != nullptr;
    if (shared && !jobs.empty()) break;
    jobs.push_back(std::move(queue_.front()));
    queue_.pop_front();
    if (shared) break;
  }
  lock.unlock();
  std::stable_sort(jobs.begin(), jobs.end(), [](const Job& a, const Job& b) { return a.facility < b.facility; });
  return jobs;
}

void GroupCommit::process(std::span<Job> jobs) {
  if (jobs.size() == 1) return process_alone(jobs.front());
  auto tried = attempt(jobs, Undo::All);
  if (tried.by_body) tried = attempt(jobs, Undo::Each);
  for (auto& job : jobs) {
    if (!tried.failure) continue;
    if (tried.again)
      process_alone(job);
    else
      job.error = tried.failure;
  }
}

void GroupCommit::process_alone(Job& job) {
  auto pause = kFirstPause;
  for (int left = kTries; left > 0; --left, pause *= 2) {
    const auto tried = attempt({&job, 1}, Undo::All);
    if (!tried.failure) return;
    job.error = tried.failure;
    if (!tried.again || !is_retryable(tried.failure)) return;
    std::this_thread::sleep_for(pause);
  }
}

GroupCommit::Attempt GroupCommit::attempt(std::span<Job> jobs, Undo undo) {
  try {
    connection_->restore();
    connection_->run(kTxBeginWrite, {});
  } catch (...) {  // no connection or no lock: it would be the same for each alone
    return {std::current_exception(), jobs.size() == 1, false};
  }
  bool committing = false;
  try {
    run_bodies(jobs, undo);
    committing = true;
    connection_->run(kTxCommit, {});
    return {};
  } catch (...) {
    const auto failure = std::current_exception();
    rollback_quietly(*connection_);
    // Lost while committing: nobody knows whether it is on disk, so nothing is run a second time.
    const bool by_body = undo == Undo::All && !committing && !is_retryable(failure);
    return {failure, !(committing && connection_->is_lost()), by_body};
  }
}

void GroupCommit::run_bodies(std::span<Job> jobs, Undo undo) {
  for (auto& job : jobs) job.error = nullptr;
  if (jobs.front().shared) {
    connection_->run(kTxSharedLock, {});
    return jobs.front().shared(*connection_);
  }
  std::vector<FacilityKey> facilities;
  for (const auto& job : jobs) facilities.push_back(job.facility);
  facilities.erase(std::ranges::unique(facilities).begin(), facilities.end());
  Batch batch(*connection_, facilities);
  for (auto& job : jobs) {
    if (undo == Undo::All) {
      batch.run(job.facility, job.body);
      continue;
    }
    try {
      batch.run_undoable(job.facility, job.body);
    } catch (...) {
      job.error = std::current_exception();
      if (batch.undo_failed() || is_retryable(job.error)) throw;
    }
  }
  batch.flush();
}

}  // namespace pilar::store
