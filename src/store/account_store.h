#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/id.h"
#include "base/time.h"
#include "domain/access.h"
#include "store/db.h"

namespace pilar::store {

using AccountKey = Key<struct AccountNoun>;
using TokenKey = Key<struct TokenNoun>;

struct StoredAccount {
  AccountKey key;
  std::string login, name, password_hash;
  Role role = Role::Reader;
  FacilityKey organisation;  ///< root of the subtree it may see
  bool active = true;
  Instant created_at;
};
struct StoredSession {
  AccountKey account;
  Instant created_at, seen_at;
};
struct StoredToken {
  TokenKey key;
  std::string name;
  Role role = Role::Machine;
  FacilityKey organisation;
  Instant created_at, expires_at;
  std::optional<Instant> revoked_at{};
};

std::int64_t count_accounts(Tx& tx);
AccountKey insert_account(Tx& tx, const StoredAccount& account);
std::optional<StoredAccount> find_account(Tx& tx, std::string_view login);
std::optional<StoredAccount> find_account(Tx& tx, AccountKey key);
std::vector<StoredAccount> load_accounts(Tx& tx);
void update_password(Tx& tx, AccountKey key, std::string_view password_hash);
void update_active(Tx& tx, AccountKey key, bool active);

/// Only hashes of session and API tokens are stored.
void insert_session(Tx& tx, const Hash& token_hash, const StoredSession& session);
std::optional<StoredSession> find_session(Tx& tx, const Hash& token_hash);
void touch_session(Tx& tx, const Hash& token_hash, Instant seen_at);
void delete_session(Tx& tx, const Hash& token_hash);
void delete_sessions_of(Tx& tx, AccountKey account);

TokenKey insert_token(Tx& tx, const Hash& token_hash, const StoredToken& token);
std::optional<StoredToken> find_token(Tx& tx, const Hash& token_hash);
std::vector<StoredToken> load_tokens(Tx& tx);
void revoke_token(Tx& tx, TokenKey key, Instant at);

/// The named secret; made at random when it does not exist yet.
SigningKey load_or_make_secret(Tx& tx, std::string_view name);

std::span<const Sql* const> account_statements();

}  // namespace pilar::store
