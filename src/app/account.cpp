#include "app/account.h"

#include <algorithm>

#include "base/password.h"
#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/people.h"
#include "i18n/words/result.h"
#include "store/draft_store.h"
#include "store/facility_head.h"
#include "store/job_store.h"
#include "store/sign_in_store.h"

namespace pilar::app {
namespace {

bool is_login(std::string_view login) {
  return login.size() >= 2 && login.size() <= 64 &&
         login.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-@") == std::string_view::npos;
}

bool is_name(std::string_view name) { return !trim(name).empty() && name.size() <= 200; }

std::string detail_of(const Grant& grant) {
  std::string out = R"({"role":")" + std::string(name(grant.role)) + R"(","place":)" + std::to_string(grant.place.value);
  if (grant.unit != UnitKey{}) out += R"(,"unit":)" + std::to_string(grant.unit.value);
  if (grant.from != Day{}) out += R"(,"from":")" + iso(grant.from) + '"';
  if (grant.to) out += R"(,"until":")" + iso(Day{grant.to->value - 1}) + '"';
  return out + "}";
}

/// The problem of taking these administrators away, or nothing.
std::optional<Problem> check_administered(store::Tx& tx, const Organisation& organisation, const Grant& ending, Instant now,
                                          const std::function<bool(const store::StoredGrant&)>& is_left_out) {
  if (ending.role != Role::Administrator || valid_grants(organisation, {&ending, 1}, now).empty()) return {};
  if (is_administered(tx, organisation, ending.place, now, is_left_out)) return {};
  return Problem{Problem::Kind::Conflict, Msg::AccessLastAdministrator, "role", {organisation.find(ending.place)->name}};
}

std::optional<Problem> check_grant(const Organisation& organisation, const Scope& scope, const Grant& grant) {
  if (organisation.find(grant.place) == nullptr) return Problem{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "place", {}};
  if (grant.unit != UnitKey{} && organisation.find_unit(grant.place, grant.unit) == nullptr)
    return Problem{Problem::Kind::NotFound, Msg::AccessGrantUnit, "unit", {}};
  if (grant.to && *grant.to <= grant.from) return Problem{Problem::Kind::Invalid, Msg::AccessGrantPeriod, "to", {}};
  if (!scope.may_give(grant, organisation)) return Problem{Problem::Kind::Forbidden, Msg::AccessMayNotGive, "role", {}};
  return {};
}

/// The problem of ending this role now, or nothing.
std::optional<Problem> check_ending(store::Tx& tx, const Organisation& organisation, const Scope& scope,
                                    const std::optional<store::StoredGrant>& stored, Instant now) {
  const auto* place = stored ? organisation.find(stored->grant.place) : nullptr;
  if (place == nullptr || (stored->grant.to && *stored->grant.to <= civil_day(now, place->zone)))
    return Problem{Problem::Kind::NotFound, Msg::AccessGrantUnknown, "", {}};
  if (!scope.may_give(stored->grant, organisation)) return Problem{Problem::Kind::Forbidden, Msg::AccessMayNotGive, "role", {}};
  return check_administered(tx, organisation, stored->grant, now, [&](const store::StoredGrant& one) { return one.key == stored->key; });
}

/// The problem of leaving what this person alone can end, or nothing.
std::optional<Problem> check_duties(store::Tx& tx, const store::StoredAccount& account) {
  const auto drafts = std::ssize(store::load_drafts(tx, account.key, Instant{0}));
  std::ptrdiff_t jobs = 0;
  for (const auto state : {JobState::Waiting, JobState::Running})
    jobs += std::ssize(store::load_jobs(tx, {.owner = subject_of(account.key), .state = state}));
  if (drafts == 0 && jobs == 0) return {};
  return Problem{Problem::Kind::Conflict, Msg::AccessOpenDuties, "", {account.name, std::to_string(drafts), std::to_string(jobs)}};
}

bool has_same_role(store::Tx& tx, store::AccountKey account, const Grant& grant) {
  const auto grants = store::load_grants(tx, account);
  return std::ranges::any_of(grants, [&](const store::StoredGrant& one) {
    const auto& had = one.grant;
    return had.role == grant.role && had.place == grant.place && had.unit == grant.unit && (!had.to || grant.from < *had.to);
  });
}

store::GrantKey insert_role(store::Tx& tx, const Scope& scope, const store::StoredAccount& account, const Grant& grant, Instant now,
                            std::string_view reason = {}) {
  const auto key = store::insert_grant(tx, {{}, account.key, grant, scope.actor(), now});
  store::update_version(tx, account.key);
  store::append_audit(tx, account.organisation,
                      {now, scope.actor(), "role.give", subject_of(account.key), with_reason(detail_of(grant), reason)});
  return key;
}

}  // namespace

std::optional<Problem> check_password_text(std::string_view password) {
  constexpr std::size_t kLongestPassword = 1000;
  if (code_points(password) >= kShortestPassword && password.size() <= kLongestPassword) return {};
  return Problem{Problem::Kind::Invalid, Msg::AccountShortPassword, "password", {std::to_string(kShortestPassword)}};
}

Problems check_account(const NewAccount& account) {
  Problems wrong;
  if (!is_login(account.login)) wrong.push_back({Problem::Kind::Invalid, Msg::AccountBadLogin, "login", {}});
  if (!is_name(account.name)) wrong.push_back({Problem::Kind::Invalid, Msg::AccountNoName, "name", {}});
  if (auto problem = account.invited ? std::nullopt : check_password_text(account.password)) wrong.push_back(*std::move(problem));
  return wrong;
}

Result<store::AccountKey> create_account(Context& context, const Scope& scope, const NewAccount& account) {
  auto wrong = check_account(account);
  const auto reference = context.reference.get();
  const Grant grant{account.role, account.organisation, account.unit, account.from, account.to};
  if (auto problem = check_grant(reference->organisation, scope, grant)) wrong.push_back(*std::move(problem));
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  store::StoredAccount row{{}, account.login, std::string(trim(account.name)), "", account.organisation, true, context.clock.now()};
  if (!account.invited) row.password_hash = hash_password(account.password, context.passwords);
  Result<store::AccountKey> result;
  context.db.shared([&](store::Tx& tx) {
    if (store::find_account(tx, account.login)) {
      result = refuse(Problem::Kind::Conflict, Msg::AccountLoginTaken, "login", {account.login});
      return;
    }
    row.key = store::insert_account(tx, row);
    store::append_audit(tx, row.organisation, {row.created_at, scope.actor(), "account.add", subject_of(row.key)});
    insert_role(tx, scope, row, grant, row.created_at);
    if (account.invited) store::insert_invitation(tx, account.invited->token_hash, {row.key, row.created_at, account.invited->expires_at});
    result = row.key;
  });
  return result;
}

Result<void> change_password(Context& context, const Scope& scope, std::string_view login, std::string_view password) {
  if (auto problem = check_password_text(password)) return refuse(*std::move(problem));
  const auto hash = hash_password(password, context.passwords);
  return change_account(context, scope, {login, "account.password", {}, true},
                        [&](store::Tx& tx, const store::StoredAccount& account) -> std::optional<Problem> {
                          store::update_password(tx, account.key, hash, true);
                          return {};
                        });
}

Result<void> close_account(Context& context, const Scope& scope, std::string_view login, SeenVersion seen, std::string_view reason,
                           Duties duties) {
  const auto reference = context.reference.get();
  const auto now = context.clock.now();
  return change_account(context, scope, {login, "account.close", seen, true, reason},
                        [&](store::Tx& tx, const store::StoredAccount& account) -> std::optional<Problem> {
                          if (scope.actor() == subject_of(account.key))
                            return Problem{Problem::Kind::Conflict, Msg::AccessNotOneself, "login", {}};
                          const auto is_own = [&](const store::StoredGrant& one) { return one.account == account.key; };
                          for (const auto& stored : store::load_grants(tx, account.key))
                            if (auto problem = check_administered(tx, reference->organisation, stored.grant, now, is_own)) return problem;
                          if (auto open = duties == Duties::AreLeft ? std::nullopt : check_duties(tx, account)) return open;
                          store::update_active(tx, account.key, false);
                          store::delete_invitations_of(tx, account.key);
                          return {};
                        });
}

Result<void> reopen_account(Context& context, const Scope& scope, std::string_view login, SeenVersion seen, std::string_view reason) {
  return change_account(context, scope, {login, "account.reopen", seen, false, reason},
                        [](store::Tx& tx, const store::StoredAccount& account) -> std::optional<Problem> {
                          if (account.active) return Problem{Problem::Kind::Conflict, Msg::PeopleIsOpen, "login", {account.login}};
                          store::update_active(tx, account.key, true);
                          return {};
                        });
}

Result<void> rename_account(Context& context, const Scope& scope, std::string_view login, std::string_view name, SeenVersion seen) {
  if (!is_name(name)) return refuse(Msg::AccountNoName, "name");
  return change_account(context, scope, {login, "account.name", seen, false},
                        [&](store::Tx& tx, const store::StoredAccount& account) -> std::optional<Problem> {
                          store::update_name(tx, account.key, trim(name));
                          return {};
                        });
}

bool has_accounts(Context& context) {
  bool any = false;
  context.db.read([&](store::Tx& tx) { any = store::count_accounts(tx) > 0; });
  return any;
}

bool is_administered(store::Tx& tx, const Organisation& organisation, FacilityKey place, Instant now,
                     const std::function<bool(const store::StoredGrant&)>& is_left_out) {
  for (const auto& stored : store::load_grants(tx)) {
    if (stored.grant.role != Role::Administrator || (is_left_out && is_left_out(stored))) continue;
    if (!organisation.is_under(place, stored.grant.place) || valid_grants(organisation, {&stored.grant, 1}, now).empty()) continue;
    const auto account = store::find_account(tx, stored.account);
    if (account && account->active) return true;
  }
  return false;
}

Result<store::GrantKey> give_role(Context& context, const Scope& scope, std::string_view login, const Grant& grant, SeenVersion seen,
                                  std::string_view reason) {
  const auto reference = context.reference.get();
  if (auto problem = check_grant(reference->organisation, scope, grant)) return refuse(*std::move(problem));
  Result<store::GrantKey> result;
  context.db.shared([&](store::Tx& tx) {
    const auto account = store::find_account(tx, login);
    if (!account)
      result = refuse(Problem::Kind::NotFound, Msg::AccountUnknown, "login", {std::string(login)});
    else if (has_same_role(tx, account->key, grant))
      result = refuse(Problem::Kind::Conflict, Msg::AccessGrantTwice, "role");
    else if (auto stale = check_version(*account, seen))
      result = refuse(*std::move(stale));
    else
      result = insert_role(tx, scope, *account, grant, context.clock.now(), reason);
  });
  return result;
}

Result<void> end_role(Context& context, const Scope& scope, store::GrantKey key, SeenVersion seen, std::string_view reason) {
  const auto reference = context.reference.get();
  const auto now = context.clock.now();
  Result<void> result;
  context.db.shared([&](store::Tx& tx) {
    result = {};
    const auto stored = store::find_grant(tx, key);
    if (auto problem = check_ending(tx, reference->organisation, scope, stored, now)) {
      result = refuse(*std::move(problem));
      return;
    }
    const auto account = store::find_account(tx, stored->account);
    require(account.has_value(), "a role belongs to an account");
    if (auto stale = check_version(*account, seen)) {
      result = refuse(*std::move(stale));
      return;
    }
    store::end_grant(tx, key, civil_day(now, reference->organisation.find(stored->grant.place)->zone));
    store::update_version(tx, account->key);
    store::append_audit(tx, account->organisation,
                        {now, scope.actor(), "role.end", subject_of(account->key), with_reason(detail_of(stored->grant), reason)});
  });
  return result;
}

}  // namespace pilar::app
