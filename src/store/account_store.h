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
  std::string login, name, password_hash;  ///< an empty hash: nobody has set a password yet
  FacilityKey organisation;                ///< who looks after it, and whose audit trail tells of it
  bool active = true;
  Instant created_at;
  bool must_change = false;  ///< the password was set by somebody else
  std::int32_t version = 1;  ///< grows with every change
};
struct StoredSession {
  AccountKey account;
  Instant created_at, seen_at;
  std::string device{};  ///< "Firefox, Android"
};
struct StoredToken {
  TokenKey key;
  std::string name;
  Role role = Role::Machine;
  FacilityKey organisation;
  Instant created_at, expires_at;
  std::optional<Instant> revoked_at{}, used_at{};
  std::string given_by{};
};

std::int64_t count_accounts(Tx& tx);
AccountKey insert_account(Tx& tx, const StoredAccount& account);
std::optional<StoredAccount> find_account(Tx& tx, std::string_view login);
std::optional<StoredAccount> find_account(Tx& tx, AccountKey key);
std::vector<StoredAccount> load_accounts(Tx& tx);
void update_password(Tx& tx, AccountKey key, std::string_view password_hash, bool must_change);
void update_active(Tx& tx, AccountKey key, bool active);
void update_name(Tx& tx, AccountKey key, std::string_view name);
/// Its roles changed: the account has another version.
void update_version(Tx& tx, AccountKey key);

enum class AccountOrder : std::uint8_t { Name, Login, Newest };
struct AccountPage {
  std::vector<FacilityKey> places{};  ///< accounts that ever had a role at one of them
  std::string words{};                ///< part of the name or the login, any case
  std::optional<Role> role{};         ///< has it now at one of the places
  bool active = true;
  Day today{};
  AccountOrder order = AccountOrder::Name;
  std::int64_t offset = 0, limit = 50;
};
struct FoundAccounts {
  std::vector<StoredAccount> accounts{};
  std::int64_t all = 0;  ///< without offset and limit; 0 also when the offset lies behind the last
};
/// One statement, whatever the number of places.
FoundAccounts find_accounts(Tx& tx, const AccountPage& page);

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
void touch_token(Tx& tx, TokenKey key, Instant used_at);

/// The named secret; made at random when it does not exist yet.
SigningKey load_or_make_secret(Tx& tx, std::string_view name);

std::span<const Sql* const> account_statements();

}  // namespace pilar::store
