#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "store/account_store.h"

namespace pilar::app {

struct NewToken {
  std::string name;
  Role role = Role::Machine;
  FacilityKey organisation;
  std::int64_t days = 365;  ///< 1..3650
};
struct IssuedToken {
  store::TokenKey key;
  std::string token;  ///< shown once; only its hash is kept
};
/// Whoever may give the role to a person at that place may give it to a token.
Result<IssuedToken> create_token(Context& context, const Scope& scope, const NewToken& token);
/// Those of places where the scope manages accounts, the newest first.
std::vector<store::StoredToken> list_tokens(Context& context, const Scope& scope);
/// From now on it opens nothing. Refused where the scope could not have made it.
Result<void> revoke_token(Context& context, const Scope& scope, store::TokenKey key);
/// The scope of a valid API token; empty when it is unknown, expired or revoked. Its last use is
/// written at most once an hour.
std::optional<Scope> find_token_scope(Context& context, std::string_view token);

}  // namespace pilar::app
