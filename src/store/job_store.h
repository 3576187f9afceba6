#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "domain/job.h"
#include "store/db.h"

namespace pilar::store {

struct StoredJob {
  FacilityKey place;  ///< whose work it is
  Uuid id;
  std::string kind;
  std::optional<Uuid> subject{};  ///< what it works on
  std::string title{};            ///< what people know it by
  std::string owner{};            ///< "account:12"
  JobState state = JobState::Waiting;
  std::string parameters = "{}";         ///< JSON
  std::int64_t done = 0, total = 0;      ///< total 0: not known yet
  std::string resume{};                  ///< JSON: where it goes on after a stop
  std::string result{}, problems{};      ///< JSON, or empty
  std::optional<Uuid> result_file{};
  bool cancel = false;                   ///< somebody asked it to stop
  std::int32_t attempts = 0;             ///< starts without progress
  Instant created_at{};
  std::optional<Instant> started_at{}, ended_at{};
};

void insert_job(Tx& tx, const StoredJob& job);
std::optional<StoredJob> find_job(Tx& tx, const Uuid& id);

struct JobPage {
  std::string owner{};              ///< empty: everybody's
  std::vector<FacilityKey> places{};  ///< none: all
  std::optional<JobState> state{};
  std::optional<Uuid> before{};     ///< older than this job
  std::int64_t limit = 50;
};
/// The newest first.
std::vector<StoredJob> load_jobs(Tx& tx, const JobPage& page);

/// The oldest job that waits, or whose process let its lease run out.
std::optional<StoredJob> find_due_job(Tx& tx, Instant now);
/// Takes it for a process until `until`; false when another one was faster.
bool claim_job(Tx& tx, const StoredJob& job, const Uuid& process, Instant now, Instant until);
/// How far it is, and the lease anew. Empty when the job is no longer this process's; else whether it was asked to stop.
std::optional<bool> beat_job(Tx& tx, const StoredJob& job, const Uuid& process, Instant until);
/// Puts it back so that any process may go on with it at once.
void release_job(Tx& tx, const StoredJob& job, const Uuid& process);
/// Writes state, result, problems and result file; false when the job is no longer this process's.
bool end_job(Tx& tx, const StoredJob& job, const Uuid& process, Instant now);
/// Asks a running job to stop and ends a waiting one; false when it is over already.
bool cancel_job(Tx& tx, FacilityKey place, const Uuid& id, Instant now);
/// Jobs of this owner that were begun and ended since then, done or failed, and whose end the owner has not looked at; the newest first.
std::vector<StoredJob> load_unseen_jobs(Tx& tx, std::string_view owner, Instant begun, Instant ended, std::int64_t limit);
/// Whether there are any that are this job or work on this subject.
bool has_unseen_jobs(Tx& tx, FacilityKey place, const Uuid& of, std::string_view owner);
/// Their owner looks at what came of them.
void see_jobs(Tx& tx, FacilityKey place, const Uuid& of, std::string_view owner, Instant now);
/// Removes jobs that were over before then; how many.
std::int64_t delete_old_jobs(Tx& tx, FacilityKey place, Instant before);
std::vector<FacilityKey> load_places_with_old_jobs(Tx& tx, Instant before, std::int64_t limit);

std::span<const Sql* const> job_statements();

}  // namespace pilar::store
