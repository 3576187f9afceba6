#include "store/sign_in_store.h"

#include <algorithm>
#include <array>

namespace pilar::store {
namespace {

constexpr Sql kInvitationInsert{"invitation.insert",
                                "INSERT INTO invitation (token_hash, account, created_at, expires_at) VALUES ($1, $2, $3, $4)"};
constexpr Sql kInvitationFind{"invitation.find", "SELECT account, created_at, expires_at FROM invitation WHERE token_hash = $1"};
constexpr Sql kInvitationOfAccount{
    "invitation.of_account", "SELECT account, created_at, expires_at FROM invitation WHERE account = $1 ORDER BY created_at DESC LIMIT 1"};
constexpr Sql kInvitationsDelete{"invitation.delete_of_account", "DELETE FROM invitation WHERE account = $1"};
constexpr Sql kFactor{"account.second_factor", "SELECT totp_secret, totp_step FROM account WHERE id = $1"};
constexpr Sql kFactorUpdate{"account.set_second_factor",
                            "UPDATE account SET totp_secret = $2, totp_step = $3, version = version + 1 WHERE id = $1"};
constexpr Sql kStepUse{"account.use_code_step", "UPDATE account SET totp_step = $2 WHERE id = $1 AND totp_step < $2"};
constexpr Sql kCodesDelete{"recovery_code.delete_of_account", "DELETE FROM recovery_code WHERE account = $1"};
constexpr Sql kCodeInsert{"recovery_code.insert", "INSERT INTO recovery_code (account, code_hash) VALUES ($1, $2)"};
constexpr Sql kCodeUse{"recovery_code.use",
                       "UPDATE recovery_code SET used_at = $3 WHERE account = $1 AND code_hash = $2 AND used_at IS NULL"};
constexpr Sql kCodesCount{"recovery_code.count", "SELECT COUNT(*) FROM recovery_code WHERE account = $1 AND used_at IS NULL"};
constexpr Sql kSessionsOf{"session.of_account",
                          "SELECT token_hash, created_at, seen_at, device FROM session WHERE account = $1 ORDER BY seen_at DESC"};
constexpr Sql kSessionsDelete{"session.delete_others", "DELETE FROM session WHERE account = $1 AND token_hash <> $2"};

constexpr std::array kSignInAll{&kInvitationInsert, &kInvitationFind, &kInvitationOfAccount, &kInvitationsDelete, &kFactor,
                                &kFactorUpdate,     &kStepUse,        &kCodesDelete,         &kCodeInsert,        &kCodeUse,
                                &kCodesCount,       &kSessionsOf,     &kSessionsDelete};

std::optional<StoredInvitation> invitation_of(Tx& tx, const Sql& sql, const Param& which) {
  std::optional<StoredInvitation> found;
  tx.each(sql, {which}, [&](const Row& row) { found = {row.key<AccountKey>(0), Instant{row.i64(1)}, Instant{row.i64(2)}}; });
  return found;
}

}  // namespace

void insert_invitation(Tx& tx, const Hash& token_hash, const StoredInvitation& invitation) {
  tx.run(kInvitationInsert,
         {Param(Blob(token_hash)), param(invitation.account), param(invitation.created_at.micros), param(invitation.expires_at.micros)});
}

std::optional<StoredInvitation> find_invitation(Tx& tx, const Hash& token_hash) {
  return invitation_of(tx, kInvitationFind, Param(Blob(token_hash)));
}

std::optional<StoredInvitation> find_invitation(Tx& tx, AccountKey account) {
  return invitation_of(tx, kInvitationOfAccount, param(account));
}

void delete_invitations_of(Tx& tx, AccountKey account) { tx.run(kInvitationsDelete, {param(account)}); }

SecondFactor load_second_factor(Tx& tx, AccountKey account) {
  SecondFactor factor;
  tx.each(kFactor, {param(account)}, [&](const Row& row) {
    if (!row.is_null(0)) factor.secret = as_text(row.blob(0));
    factor.used_step = row.i64(1);
  });
  return factor;
}

void update_second_factor(Tx& tx, AccountKey account, const SecondFactor& factor) {
  const Blob secret(reinterpret_cast<const std::uint8_t*>(factor.secret.data()), factor.secret.size());
  tx.run(kFactorUpdate, {param(account), factor.secret.empty() ? Param() : Param(secret), param(factor.used_step)});
}

bool use_code_step(Tx& tx, AccountKey account, std::int64_t step) { return tx.run(kStepUse, {param(account), param(step)}) == 1; }

void replace_recovery_codes(Tx& tx, AccountKey account, std::span<const Hash> codes) {
  tx.run(kCodesDelete, {param(account)});
  for (const auto& code : codes) tx.run(kCodeInsert, {param(account), Param(Blob(code))});
}

bool use_recovery_code(Tx& tx, AccountKey account, const Hash& code, Instant at) {
  return tx.run(kCodeUse, {param(account), Param(Blob(code)), param(at.micros)}) == 1;
}

std::int64_t count_recovery_codes(Tx& tx, AccountKey account) {
  std::int64_t count = 0;
  tx.each(kCodesCount, {param(account)}, [&](const Row& row) { count = row.i64(0); });
  return count;
}

std::vector<OpenSession> load_sessions(Tx& tx, AccountKey account) {
  std::vector<OpenSession> sessions;
  tx.each(kSessionsOf, {param(account)}, [&](const Row& row) {
    OpenSession one{{}, {account, Instant{row.i64(1)}, Instant{row.i64(2)}, std::string(row.text(3))}};
    const auto hash = row.blob(0);
    std::copy_n(hash.begin(), std::min(hash.size(), one.token_hash.size()), one.token_hash.begin());
    sessions.push_back(std::move(one));
  });
  return sessions;
}

std::int64_t delete_other_sessions(Tx& tx, AccountKey account, const Hash& token_hash) {
  return tx.run(kSessionsDelete, {param(account), Param(Blob(token_hash))});
}

std::span<const Sql* const> sign_in_statements() { return kSignInAll; }

}  // namespace pilar::store
