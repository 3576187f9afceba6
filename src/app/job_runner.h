#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <stop_token>
#include <string>

#include "app/job.h"

namespace pilar::app {

/// What a piece of work leaves behind when it is over.
struct JobEnd {
  JobState state = JobState::Done;
  json::Object result{};
  Problems problems{};
  std::optional<Uuid> file{};
};

/// A running job as its work sees it. The process holds a lease on it, renewed by beat(); when the process dies, another takes
/// the job over and its work begins again with what beat() last kept in `resume`.
class JobRun {
 public:
  JobRun(Context& context, store::StoredJob job, Scope scope, const Uuid& process, const std::stop_token& stopping);

  Context& context() { return context_; }
  const store::StoredJob& job() const { return job_; }
  const Scope& scope() const { return scope_; }
  /// Says how far it is; to be called often, it writes at most once a second. False: the work is to return stopped() soon.
  bool beat(std::int64_t done, std::int64_t total, const std::string& resume = {});
  /// Whether beat() would write now: worth bringing `resume` up to date.
  bool is_due() const;
  /// What is kept when somebody asked to stop it; nothing where it is the process that stops, or where the job was lost: then it goes on
  /// later.
  std::optional<JobEnd> stopped(JobEnd kept) const;

 private:
  enum class Why : std::uint8_t { Going, Cancelled, Stopping, Lost };
  Context& context_;
  store::StoredJob job_;
  Scope scope_;
  Uuid process_;
  std::stop_token stopping_;
  Why why_ = Why::Going;
  std::chrono::steady_clock::time_point next_;
};

/// The work of one kind of job. Nothing: it goes on later.
using JobWork = std::function<std::optional<JobEnd>(JobRun&)>;
using JobKinds = std::map<std::string, JobWork, std::less<>>;

/// Runs the oldest job that is due to its end, for at most as long as nobody asks to stop; false when there was none. A work
/// that throws a Fault that may pass is tried again, others fail with an incident number that the log explains.
bool job_step(Context& context, const JobKinds& kinds, const Uuid& process, const std::stop_token& stopping);
/// Removes jobs and files that are older than they are kept; bounded. True when there may be more.
bool clear_jobs(Context& context);

}  // namespace pilar::app
