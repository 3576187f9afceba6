#pragma once
#include <cstdint>
#include <vector>

#include "app/sign_in.h"
#include "store/draft_store.h"
#include "store/import_store.h"
#include "store/job_store.h"

/// What a person has begun and not brought to its end.
namespace pilar::app {

/// An import with rows that were refused.
struct RefusedImport {
  store::StoredImport import;
  std::int64_t refused = 0;
};

struct OwnWork {
  std::vector<RefusedImport> imports{};      ///< of the person's places, the newest first
  std::vector<store::StoredDraft> drafts{};  ///< all of the person's own, the latest first
  std::vector<store::StoredJob> jobs{};  ///< the person's own that ended and were not looked at since, the newest first, one a subject
};
/// A refused row is somebody's work for so many days; so long is told of a job that ended.
inline constexpr std::int64_t kRefusedDays = 14, kEndedDays = 7;
inline constexpr std::size_t kOwnRows = 3;  ///< most imports, and most jobs

/// Imports whose file was brought again without a fault are left out, and so are jobs on an import that is told of. Drafts older than
/// `draft_days` are none. A bounded number of statements.
OwnWork read_own_work(Context& context, const Person& person, std::int64_t draft_days);

/// The person looks at this job, or at what came of the jobs on this subject: they are not told of any more.
void see_own_jobs(Context& context, const Scope& scope, FacilityKey place, const Uuid& of);

}  // namespace pilar::app
