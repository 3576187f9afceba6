#include "app/job_runner.h"

#include <array>

#include "app/json_problem.h"
#include "app/stored_file.h"
#include "base/log.h"
#include "base/text.h"
#include "i18n/words/job.h"

namespace pilar::app {
namespace {

using std::chrono::steady_clock;
constexpr auto kBeatEvery = std::chrono::seconds(1);
constexpr std::int64_t kLeaseMicros = 15LL * 1'000'000;
constexpr int kMostAttempts = 5;
constexpr std::int64_t kPlacesAtOnce = 50;

std::string job_incident() {
  std::array<std::uint8_t, 5> bytes{};
  fill_random(bytes);
  return hex(bytes);
}

std::optional<store::StoredJob> claim_due(Context& context, const Uuid& process) {
  std::optional<store::StoredJob> job;
  const auto now = context.clock.now();
  context.db.read([&](store::Tx& tx) { job = store::find_due_job(tx, now); });
  if (!job) return {};
  bool mine = false;
  context.db.write(job->place,
                   [&](store::Write& write) { mine = store::claim_job(write.tx(), *job, process, now, {now.micros + kLeaseMicros}); });
  if (!mine) return {};
  ++job->attempts;
  job->state = JobState::Running;
  return job;
}

void end_run(Context& context, store::StoredJob job, const Uuid& process, JobEnd how) {
  job.state = how.state;
  job.result = json::print(std::move(how.result));
  job.problems = how.problems.empty() ? std::string() : json::print(to_json(how.problems));
  job.result_file = how.file;
  if (how.state == JobState::Done && job.total > 0) job.done = job.total;
  context.db.write(job.place, [&](store::Write& write) {
    if (!store::end_job(write.tx(), job, process, context.clock.now())) return;
    write.audit({context.clock.now(), job.owner, "job.end", "job:" + text(job.id), R"({"state":")" + std::string(name(job.state)) + "\"}"});
  });
}

JobEnd failed_run(Message message, std::vector<std::string> args = {}) {
  return {JobState::Failed, {}, {{Problem::Kind::Invalid, message, "", std::move(args)}}, {}};
}

/// Says in the log what went wrong inside, under a number that the owner sees.
JobEnd broken_run(const store::StoredJob& job, const std::string& what) {
  const auto incident = job_incident();
  log::error("job", "incident=" + incident + " job=" + text(job.id) + " what=\"" + what + "\"");
  return failed_run(Msg::JobBroken, {incident});
}

}  // namespace

JobRun::JobRun(Context& context, store::StoredJob job, Scope scope, const Uuid& process, const std::stop_token& stopping)
    : context_(context),
      job_(std::move(job)),
      scope_(std::move(scope)),
      process_(process),
      stopping_(stopping),
      next_(steady_clock::now() + kBeatEvery) {
  if (job_.cancel) why_ = Why::Cancelled;
}

bool JobRun::is_due() const { return steady_clock::now() >= next_; }

bool JobRun::beat(std::int64_t done, std::int64_t total, const std::string& resume) {
  if (why_ == Why::Going && stopping_.stop_requested()) why_ = Why::Stopping;
  job_.done = done;
  job_.total = total;
  if (!resume.empty()) job_.resume = resume;
  const bool last = why_ == Why::Stopping;
  if (!last && !is_due()) return why_ == Why::Going;
  next_ = steady_clock::now() + kBeatEvery;
  std::optional<bool> cancel;
  context_.db.write(job_.place, [&](store::Write& write) {
    cancel = store::beat_job(write.tx(), job_, process_, {context_.clock.now().micros + kLeaseMicros});
  });
  if (!cancel)
    why_ = Why::Lost;
  else if (*cancel)
    why_ = Why::Cancelled;
  return why_ == Why::Going;
}

std::optional<JobEnd> JobRun::stopped(JobEnd kept) const {
  if (why_ != Why::Cancelled) return {};
  kept.state = JobState::Cancelled;
  return kept;
}

bool job_step(Context& context, const JobKinds& kinds, const Uuid& process, const std::stop_token& stopping) {
  auto job = claim_due(context, process);
  if (!job) return false;
  const auto scope = scope_of(context, job->owner);
  const auto kind = kinds.find(job->kind);
  if (!scope) return end_run(context, *job, process, failed_run(Msg::JobOwnerGone)), true;
  if (kind == kinds.end()) return end_run(context, *job, process, broken_run(*job, "no work of kind " + job->kind)), true;
  JobRun run(context, *job, *scope, process, stopping);
  try {
    auto how = kind->second(run);
    if (how)
      end_run(context, run.job(), process, *std::move(how));
    else
      context.db.write(job->place, [&](store::Write& write) { store::release_job(write.tx(), *job, process); });
  } catch (const Fault& fault) {
    if (fault.retryable && job->attempts < kMostAttempts) throw;  // its lease runs out, and then it is tried again
    end_run(context, run.job(), process, broken_run(*job, fault.what()));
  } catch (const std::exception& bug) { end_run(context, run.job(), process, broken_run(*job, bug.what())); }
  return true;
}

bool clear_jobs(Context& context) {
  const Instant before{context.clock.now().micros - context.keep_files_days * kDayMicros};
  std::vector<FacilityKey> places;
  context.db.read([&](store::Tx& tx) { places = store::load_places_with_old_jobs(tx, before, kPlacesAtOnce); });
  for (const auto place : places) context.db.write(place, [&](store::Write& write) { store::delete_old_jobs(write.tx(), place, before); });
  const bool more_files = remove_expired_files(context);
  return more_files || std::ssize(places) == kPlacesAtOnce;
}

}  // namespace pilar::app
