#include "app/own_work.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "app/draft.h"
#include "app/import_report.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kWorkDayMicros = 86'400'000'000LL;
constexpr std::int64_t kMostImportsLooked = 200, kMostJobsLooked = 50;

std::vector<RefusedImport> refused_imports(const Reference& reference, const Scope& scope, std::vector<store::StoredImport> newest_first) {
  std::vector<RefusedImport> out;
  std::set<std::pair<FacilityKey, std::string>> brought;
  for (auto& import : newest_first) {
    if (out.size() == kOwnRows) break;
    if (!scope.may(Right::WriteRecords, reference.organisation, import.place)) continue;
    if (!brought.emplace(import.place, import.file_name).second) continue;  // the same file was brought again
    if (const auto refused = report_from_json(import.report).refused; refused > 0) out.push_back({std::move(import), refused});
  }
  return out;
}

std::vector<store::StoredJob> ended_jobs(std::vector<store::StoredJob> newest_first, const std::vector<RefusedImport>& told) {
  std::set<Uuid> subjects;
  for (const auto& one : told) subjects.insert(one.import.id);
  std::vector<store::StoredJob> out;
  for (auto& job : newest_first)
    if (out.size() < kOwnRows && (!job.subject || subjects.insert(*job.subject).second)) out.push_back(std::move(job));
  return out;
}

}  // namespace

OwnWork read_own_work(Context& context, const Person& person, std::int64_t draft_days) {
  const auto reference = context.reference.get();
  const auto now = context.clock.now().micros;
  const bool writes = person.scope.may(Right::WriteRecords);
  OwnWork work;
  std::vector<store::StoredImport> imports;
  std::vector<store::StoredJob> jobs;
  context.db.read([&](store::Tx& tx) {
    if (writes) imports = store::load_recent_imports(tx, {now - kRefusedDays * kWorkDayMicros}, kMostImportsLooked);
    jobs = store::load_unseen_jobs(tx, person.scope.actor(), {now - 2 * kEndedDays * kWorkDayMicros}, {now - kEndedDays * kWorkDayMicros},
                                   kMostJobsLooked);
  });
  work.imports = refused_imports(*reference, person.scope, std::move(imports));
  work.jobs = ended_jobs(std::move(jobs), work.imports);
  if (writes) work.drafts = list_drafts(context, person, draft_days);
  return work;
}

void see_own_jobs(Context& context, const Scope& scope, FacilityKey place, const Uuid& of) {
  bool unseen = false;
  context.db.read([&](store::Tx& tx) { unseen = store::has_unseen_jobs(tx, place, of, scope.actor()); });
  if (!unseen) return;
  const auto now = context.clock.now();
  context.db.write(place, [&](store::Write& write) { store::see_jobs(write.tx(), place, of, scope.actor(), now); });
}

}  // namespace pilar::app
