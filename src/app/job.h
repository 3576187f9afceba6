#pragma once
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.h"
#include "base/json.h"
#include "domain/access.h"
#include "store/job_store.h"

/// Work that outlives a request: it has an owner, progress, a result, and goes on where it stopped when its process ends.
namespace pilar::app {

struct NewJob {
  FacilityKey place;
  std::string kind{}, title{};
  std::optional<Uuid> subject{};
  json::Object parameters{};
};
/// The row of a new job that waits; whoever makes it writes it with store::insert_job beside what it changes.
store::StoredJob new_job(const Context& context, const Scope& scope, NewJob job);

/// Whether the scope may see the job: its own, or it administers the place.
bool may_see(const Context& context, const Scope& scope, const store::StoredJob& job);
/// Problem where there is none, or it is not this scope's to see.
Result<store::StoredJob> load_job(Context& context, const Scope& scope, const Uuid& id);
struct JobQuery {
  bool all = false;  ///< everybody's, as far as the scope administers
  std::optional<JobState> state{};
  std::optional<Uuid> before{};
  std::int64_t limit = 50;
};
/// The newest first.
std::vector<store::StoredJob> list_jobs(Context& context, const Scope& scope, const JobQuery& query);
/// Asks it to stop; what is written stays. Problems: those of load_job, or it is over already.
Result<void> cancel_job(Context& context, const Scope& scope, const Uuid& id);
/// Why it failed.
Problems problems_of(const store::StoredJob& job);

/// Rights of "account:12" as they are now, or of the operator; empty where the account was closed.
std::optional<Scope> scope_of(Context& context, std::string_view actor);

}  // namespace pilar::app
