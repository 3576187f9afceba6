#include "store/job_store.h"

#include <algorithm>
#include <array>

namespace pilar::store {
namespace {

constexpr Sql kInsertJob{
    "job.insert",
    "INSERT INTO job ("
    "facility, id, kind, subject, title, owner, state, parameters, done, total, resume, result, problems, result_file, cancel, attempts, "
    "created_at, started_at, ended_at"
    ", lease, lease_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, '', '', '', NULL, 0, 0, $10, NULL, NULL, "
    "NULL, 0)"};
constexpr Sql kFindJob{
    "job.find",
    "SELECT "
    "facility, id, kind, subject, title, owner, state, parameters, done, total, resume, result, problems, result_file, cancel, attempts, "
    "created_at, started_at, ended_at"
    " FROM job WHERE id = $1"};
constexpr Sql kJobs{
    "job.page",
    "SELECT "
    "facility, id, kind, subject, title, owner, state, parameters, done, total, resume, result, problems, result_file, cancel, attempts, "
    "created_at, started_at, ended_at"
    " FROM job WHERE ($1 = '' OR owner = $1) AND ($2 = 0 OR state = $2) AND (created_at, id) < ($3, $4) "
    "ORDER BY created_at DESC, id DESC LIMIT $5",
    "SELECT "
    "facility, id, kind, subject, title, owner, state, parameters, done, total, resume, result, problems, result_file, cancel, attempts, "
    "created_at, started_at, ended_at"
    " FROM job WHERE ($1::text = '' OR owner = $1) AND ($2::int = 0 OR state = $2) AND (created_at, id) < ($3, $4) "
    "ORDER BY created_at DESC, id DESC LIMIT $5"};
constexpr Sql kDueJob{
    "job.due",
    "SELECT "
    "facility, id, kind, subject, title, owner, state, parameters, done, total, resume, result, problems, result_file, cancel, attempts, "
    "created_at, started_at, ended_at"
    " FROM job WHERE state IN (1, 2) AND lease_until < $1 ORDER BY created_at, id LIMIT 1"};
constexpr Sql kClaimJob{"job.claim",
                        "UPDATE job SET state = 2, lease = $3, lease_until = $4, attempts = attempts + 1, "
                        "started_at = COALESCE(started_at, $5) WHERE facility = $1 AND id = $2 AND state IN (1, 2) AND lease_until < $5"};
constexpr Sql kBeatJob{"job.beat",
                       "UPDATE job SET attempts = CASE WHEN done < $5 THEN 0 ELSE attempts END, done = $5, total = $6, resume = $7, "
                       "lease_until = $4 WHERE facility = $1 AND id = $2 AND lease = $3 AND state = 2"};
constexpr Sql kJobCancel{"job.is_cancelled", "SELECT cancel FROM job WHERE facility = $1 AND id = $2"};
constexpr Sql kReleaseJob{"job.release",
                          "UPDATE job SET lease_until = 0, attempts = 0 WHERE facility = $1 AND id = $2 AND lease = $3 AND state = 2"};
constexpr Sql kEndJob{"job.end",
                      "UPDATE job SET state = $4, done = $5, total = $6, result = $7, problems = $8, result_file = $9, ended_at = $10, "
                      "resume = '' WHERE facility = $1 AND id = $2 AND lease = $3 AND state = 2"};
constexpr Sql kEndWaiting{"job.cancel_waiting",
                          "UPDATE job SET state = 5, cancel = 1, ended_at = $3 WHERE facility = $1 AND id = $2 AND state = 1"};
constexpr Sql kAskToStop{"job.cancel", "UPDATE job SET cancel = 1 WHERE facility = $1 AND id = $2 AND state = 2"};
constexpr Sql kDeleteOldJobs{"job.delete_old", "DELETE FROM job WHERE facility = $1 AND state > 2 AND ended_at < $2"};
constexpr Sql kPlacesWithOldJobs{"job.places_with_old", "SELECT DISTINCT facility FROM job WHERE state > 2 AND ended_at < $1 LIMIT $2"};

constexpr Sql kUnseenJobs{
    "job.unseen",
    "SELECT "
    "facility, id, kind, subject, title, owner, state, parameters, done, total, resume, result, problems, result_file, cancel, attempts, "
    "created_at, started_at, ended_at"
    " FROM job WHERE owner = $1 AND created_at >= $2 AND ended_at >= $3 AND state IN (3, 4) AND seen_at IS NULL "
    "ORDER BY created_at DESC, id DESC LIMIT $4"};
constexpr Sql kIsUnseen{"job.is_unseen",
                        "SELECT COUNT(*) FROM job WHERE facility = $1 AND (id = $2 OR subject = $2) AND owner = $3 AND state > 2 "
                        "AND seen_at IS NULL"};
constexpr Sql kSeeJobs{"job.see",
                       "UPDATE job SET seen_at = $4 WHERE facility = $1 AND (id = $2 OR subject = $2) AND owner = $3 AND state > 2 "
                       "AND seen_at IS NULL"};

constexpr std::array kJobAll{&kInsertJob,         &kFindJob,    &kJobs,     &kDueJob,     &kClaimJob,  &kBeatJob,
                             &kJobCancel,         &kReleaseJob, &kEndJob,   &kEndWaiting, &kAskToStop, &kDeleteOldJobs,
                             &kPlacesWithOldJobs, &kUnseenJobs, &kIsUnseen, &kSeeJobs};

std::optional<Uuid> optional_uuid(const Row& row, int column) {
  if (row.is_null(column)) return {};
  return row.uuid(column);
}
std::optional<Instant> optional_instant(const Row& row, int column) {
  if (row.is_null(column)) return {};
  return Instant{row.i64(column)};
}
Param param_of(const std::optional<Uuid>& id) { return id ? param(*id) : Param{}; }

StoredJob job_of(const Row& row) {
  StoredJob job;
  job.place = row.key<FacilityKey>(0);
  job.id = row.uuid(1);
  job.kind = row.text(2);
  job.subject = optional_uuid(row, 3);
  job.title = row.text(4);
  job.owner = row.text(5);
  job.state = static_cast<JobState>(row.i32(6));
  job.parameters = row.text(7);
  job.done = row.i64(8);
  job.total = row.i64(9);
  job.resume = row.text(10);
  job.result = row.text(11);
  job.problems = row.text(12);
  job.result_file = optional_uuid(row, 13);
  job.cancel = row.i32(14) != 0;
  job.attempts = row.i32(15);
  job.created_at = {row.i64(16)};
  job.started_at = optional_instant(row, 17);
  job.ended_at = optional_instant(row, 18);
  return job;
}

Param words(const std::string& text) { return {std::string_view(text)}; }

}  // namespace

void insert_job(Tx& tx, const StoredJob& job) {
  tx.run(kInsertJob, {param(job.place), param(job.id), words(job.kind), param_of(job.subject), words(job.title), words(job.owner),
                      param(static_cast<std::int64_t>(job.state)), words(job.parameters), param(job.total), param(job.created_at.micros)});
}

std::optional<StoredJob> find_job(Tx& tx, const Uuid& id) {
  std::optional<StoredJob> found;
  tx.each(kFindJob, {param(id)}, [&](const Row& row) { found = job_of(row); });
  return found;
}

std::vector<StoredJob> load_jobs(Tx& tx, const JobPage& page) {
  constexpr std::int64_t kAtOnce = 500;
  Uuid last_id;
  last_id.bytes.fill(0xFF);
  std::int64_t last_at = INT64_MAX;
  if (page.before) {
    const auto before = find_job(tx, *page.before);
    if (!before) return {};
    last_at = before->created_at.micros;
    last_id = before->id;
  }
  std::vector<StoredJob> out;
  const auto is_wanted = [&](const StoredJob& job) {
    return page.places.empty() || std::ranges::find(page.places, job.place) != page.places.end();
  };
  for (std::int64_t found = kAtOnce; found == kAtOnce;) {
    found = 0;
    const auto limit = page.places.empty() ? page.limit : kAtOnce;
    tx.each(
        kJobs,
        {words(page.owner), param(page.state ? static_cast<std::int64_t>(*page.state) : 0), param(last_at), param(last_id), param(limit)},
        [&](const Row& row) {
          auto job = job_of(row);
          ++found;
          last_at = job.created_at.micros;
          last_id = job.id;
          if (is_wanted(job) && static_cast<std::int64_t>(out.size()) < page.limit) out.push_back(std::move(job));
        });
    if (static_cast<std::int64_t>(out.size()) >= page.limit) break;
  }
  return out;
}

std::optional<StoredJob> find_due_job(Tx& tx, Instant now) {
  std::optional<StoredJob> found;
  tx.each(kDueJob, {param(now.micros)}, [&](const Row& row) { found = job_of(row); });
  return found;
}

bool claim_job(Tx& tx, const StoredJob& job, const Uuid& process, Instant now, Instant until) {
  return tx.run(kClaimJob, {param(job.place), param(job.id), param(process), param(until.micros), param(now.micros)}) == 1;
}

std::optional<bool> beat_job(Tx& tx, const StoredJob& job, const Uuid& process, Instant until) {
  const auto mine = tx.run(kBeatJob, {param(job.place), param(job.id), param(process), param(until.micros), param(job.done),
                                      param(job.total), words(job.resume)});
  if (mine == 0) return {};
  bool cancel = false;
  tx.each(kJobCancel, {param(job.place), param(job.id)}, [&](const Row& row) { cancel = row.i32(0) != 0; });
  return cancel;
}

void release_job(Tx& tx, const StoredJob& job, const Uuid& process) {
  tx.run(kReleaseJob, {param(job.place), param(job.id), param(process)});
}

bool end_job(Tx& tx, const StoredJob& job, const Uuid& process, Instant now) {
  return tx.run(kEndJob, {param(job.place), param(job.id), param(process), param(static_cast<std::int64_t>(job.state)), param(job.done),
                          param(job.total), words(job.result), words(job.problems), param_of(job.result_file), param(now.micros)}) == 1;
}

bool cancel_job(Tx& tx, FacilityKey place, const Uuid& id, Instant now) {
  if (tx.run(kEndWaiting, {param(place), param(id), param(now.micros)}) == 1) return true;
  return tx.run(kAskToStop, {param(place), param(id)}) == 1;
}

std::vector<StoredJob> load_unseen_jobs(Tx& tx, std::string_view owner, Instant begun, Instant ended, std::int64_t limit) {
  std::vector<StoredJob> out;
  tx.each(kUnseenJobs, {Param(owner), param(begun.micros), param(ended.micros), param(limit)},
          [&](const Row& row) { out.push_back(job_of(row)); });
  return out;
}

bool has_unseen_jobs(Tx& tx, FacilityKey place, const Uuid& of, std::string_view owner) {
  std::int64_t count = 0;
  tx.each(kIsUnseen, {param(place), param(of), Param(owner)}, [&](const Row& row) { count = row.i64(0); });
  return count > 0;
}

void see_jobs(Tx& tx, FacilityKey place, const Uuid& of, std::string_view owner, Instant now) {
  tx.run(kSeeJobs, {param(place), param(of), Param(owner), param(now.micros)});
}

std::int64_t delete_old_jobs(Tx& tx, FacilityKey place, Instant before) {
  return tx.run(kDeleteOldJobs, {param(place), param(before.micros)});
}

std::vector<FacilityKey> load_places_with_old_jobs(Tx& tx, Instant before, std::int64_t limit) {
  std::vector<FacilityKey> out;
  tx.each(kPlacesWithOldJobs, {param(before.micros), param(limit)}, [&](const Row& row) { out.push_back(row.key<FacilityKey>(0)); });
  return out;
}

std::span<const Sql* const> job_statements() { return kJobAll; }

}  // namespace pilar::store
