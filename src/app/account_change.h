#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/context.h"
#include "domain/access.h"
#include "store/account_store.h"

namespace pilar::app {

/// The version of an account that its changer looked at: refused as a conflict when it changed since. Empty: whatever it is.
using SeenVersion = std::optional<std::int32_t>;

/// "account:12": how the audit trail names an account.
std::string subject_of(store::AccountKey key);

/// Who manages accounts there and could give every role that the account has: a head cannot take an administrator's place.
bool may_manage(store::Tx& tx, const Organisation& organisation, const Scope& scope, const store::StoredAccount& account);

/// The problem of changing an account that is not what its changer looked at, or nothing.
std::optional<Problem> check_version(const store::StoredAccount& account, SeenVersion seen);

/// The detail of an audit line, an object or nothing, with the reason added to it where one is given.
std::string with_reason(std::string detail, std::string_view reason);

/// The one way to change somebody's account: finds it, asks whether the scope may, changes it, tells the audit trail.
struct AccountChange {
  std::string_view login{};
  const char* action = "";  ///< for the audit trail
  SeenVersion seen{};
  bool ends_sessions = false;
  std::string_view reason{};  ///< why, as its changer wrote it; empty: not said
};
using AccountChangeBody = std::function<std::optional<Problem>(store::Tx&, const store::StoredAccount&)>;
Result<void> change_account(Context& context, const Scope& scope, const AccountChange& change, const AccountChangeBody& body);

}  // namespace pilar::app
