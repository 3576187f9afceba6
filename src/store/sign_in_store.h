#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/time.h"
#include "store/account_store.h"
#include "store/db.h"

/// What stands between a person and an account besides the password: invitations, the second factor, sessions on other devices.
namespace pilar::store {

/// A link with which somebody sets a password of their own. Only the hash of its token is stored.
struct StoredInvitation {
  AccountKey account;
  Instant created_at, expires_at;
};
void insert_invitation(Tx& tx, const Hash& token_hash, const StoredInvitation& invitation);
std::optional<StoredInvitation> find_invitation(Tx& tx, const Hash& token_hash);
/// The one that was made last.
std::optional<StoredInvitation> find_invitation(Tx& tx, AccountKey account);
void delete_invitations_of(Tx& tx, AccountKey account);

/// RFC 6238: the shared secret, empty where there is no second factor, and the last step whose code was accepted.
struct SecondFactor {
  std::string secret{};
  std::int64_t used_step = 0;
};
SecondFactor load_second_factor(Tx& tx, AccountKey account);
/// An empty secret switches it off. A change of the account.
void update_second_factor(Tx& tx, AccountKey account, const SecondFactor& factor);
/// False when that step, or a later one, was used before.
bool use_code_step(Tx& tx, AccountKey account, std::int64_t step);

/// The codes it has from now on, by their hashes.
void replace_recovery_codes(Tx& tx, AccountKey account, std::span<const Hash> codes);
/// False when there is no such code or it was used before.
bool use_recovery_code(Tx& tx, AccountKey account, const Hash& code, Instant at);
std::int64_t count_recovery_codes(Tx& tx, AccountKey account);  ///< unused ones

struct OpenSession {
  Hash token_hash{};
  StoredSession session;
};
/// The latest used first.
std::vector<OpenSession> load_sessions(Tx& tx, AccountKey account);
/// All but this one; returns how many.
std::int64_t delete_other_sessions(Tx& tx, AccountKey account, const Hash& token_hash);

std::span<const Sql* const> sign_in_statements();

}  // namespace pilar::store
