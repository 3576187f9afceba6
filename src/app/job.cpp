#include "app/job.h"

#include <algorithm>

#include "app/json_problem.h"
#include "base/text.h"
#include "i18n/words/job.h"
#include "store/account_store.h"
#include "store/grant_store.h"

namespace pilar::app {
namespace {

/// Places where the scope administers, with everything below them; empty: everywhere.
std::vector<FacilityKey> administered(const Organisation& organisation, const Scope& scope) {
  std::vector<FacilityKey> out;
  for (const auto& node : organisation.nodes())
    if (scope.may(Right::Administer, organisation, node.key)) out.push_back(node.key);
  if (out.size() == organisation.nodes().size()) out.clear();
  return out;
}

}  // namespace

store::StoredJob new_job(const Context& context, const Scope& scope, NewJob job) {
  store::StoredJob row;
  row.place = job.place;
  row.created_at = context.clock.now();
  row.id = make_uuid(row.created_at);
  row.kind = std::move(job.kind);
  row.subject = job.subject;
  row.title = std::move(job.title);
  row.owner = scope.actor();
  row.parameters = json::print(std::move(job.parameters));
  return row;
}

bool may_see(const Context& context, const Scope& scope, const store::StoredJob& job) {
  return job.owner == scope.actor() || scope.may(Right::Administer, context.reference.get()->organisation, job.place);
}

Result<store::StoredJob> load_job(Context& context, const Scope& scope, const Uuid& id) {
  std::optional<store::StoredJob> job;
  context.db.read([&](store::Tx& tx) { job = store::find_job(tx, id); });
  if (!job || !may_see(context, scope, *job)) return refuse(Problem::Kind::NotFound, Msg::JobUnknown);
  return *std::move(job);
}

std::vector<store::StoredJob> list_jobs(Context& context, const Scope& scope, const JobQuery& query) {
  store::JobPage page{.state = query.state, .before = query.before, .limit = query.limit};
  const bool all = query.all && scope.may(Right::Administer);
  if (all)
    page.places = administered(context.reference.get()->organisation, scope);
  else
    page.owner = scope.actor();
  std::vector<store::StoredJob> jobs;
  context.db.read([&](store::Tx& tx) { jobs = store::load_jobs(tx, page); });
  return jobs;
}

Result<void> cancel_job(Context& context, const Scope& scope, const Uuid& id) {
  const auto job = load_job(context, scope, id);
  if (!job) return std::unexpected(job.error());
  bool asked = false;
  context.db.write(job->place, [&](store::Write& write) {
    asked = store::cancel_job(write.tx(), job->place, id, context.clock.now());
    if (asked) write.audit({context.clock.now(), scope.actor(), "job.cancel", "job:" + text(id)});
  });
  if (!asked) return refuse(Problem::Kind::Conflict, Msg::JobIsOver);
  return {};
}

Problems problems_of(const store::StoredJob& job) { return parse_problems(job.problems); }

std::optional<Scope> scope_of(Context& context, std::string_view actor) {
  constexpr std::string_view kAccount = "account:";
  if (actor == "cli") return Scope{Role::Administrator, kEverywhere, std::string(actor)};
  if (!actor.starts_with(kAccount)) return {};
  const auto key = parse_int(actor.substr(kAccount.size()));
  if (!key) return {};
  std::optional<store::StoredAccount> account;
  std::vector<Grant> grants;
  context.db.read([&](store::Tx& tx) {
    account = store::find_account(tx, store::AccountKey{static_cast<std::int32_t>(*key)});
    if (!account) return;
    for (const auto& stored : store::load_grants(tx, account->key)) grants.push_back(stored.grant);
  });
  if (!account || !account->active) return {};
  return Scope(valid_grants(context.reference.get()->organisation, grants, context.clock.now()), std::string(actor));
}

}  // namespace pilar::app
