#include "app/account_change.h"

#include <algorithm>

#include "base/json.h"
#include "i18n/words/access.h"
#include "i18n/words/people.h"
#include "store/facility_head.h"
#include "store/grant_store.h"

namespace pilar::app {

std::string subject_of(store::AccountKey key) { return "account:" + std::to_string(key.value); }

bool may_manage(store::Tx& tx, const Organisation& organisation, const Scope& scope, const store::StoredAccount& account) {
  return scope.may(Right::ManageAccounts, organisation, account.organisation) &&
         std::ranges::all_of(store::load_grants(tx, account.key),
                             [&](const store::StoredGrant& one) { return scope.may_give(one.grant, organisation); });
}

std::optional<Problem> check_version(const store::StoredAccount& account, SeenVersion seen) {
  if (!seen || *seen == account.version) return {};
  return Problem{Problem::Kind::Conflict, Msg::PeopleChanged, "version", {}};
}

std::string with_reason(std::string detail, std::string_view reason) {
  if (reason.empty()) return detail;
  const auto member = R"("reason":)" + json::print(json::Value(std::string(reason))) + "}";
  if (detail.empty()) return "{" + member;
  detail.back() = ',';
  return detail + member;
}

Result<void> change_account(Context& context, const Scope& scope, const AccountChange& change, const AccountChangeBody& body) {
  Result<void> result;
  const auto reference = context.reference.get();
  context.db.shared([&](store::Tx& tx) {
    result = {};
    const auto account = store::find_account(tx, change.login);
    if (!account) {
      result = refuse(Problem::Kind::NotFound, Msg::AccountUnknown, "login", {std::string(change.login)});
    } else if (!may_manage(tx, reference->organisation, scope, *account)) {
      result = refuse(Problem::Kind::Forbidden, Msg::AccessMayNotManage, "login");
    } else if (auto stale = check_version(*account, change.seen)) {
      result = refuse(*std::move(stale));
    } else if (auto problem = body(tx, *account)) {
      result = refuse(*std::move(problem));
    } else {
      if (change.ends_sessions) store::delete_sessions_of(tx, account->key);
      store::append_audit(tx, account->organisation,
                          {context.clock.now(), scope.actor(), change.action, subject_of(account->key), with_reason({}, change.reason)});
    }
  });
  return result;
}

}  // namespace pilar::app
