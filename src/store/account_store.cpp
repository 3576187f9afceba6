#include "store/account_store.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace pilar::store {
namespace {

constexpr Sql kCount{"account.count", "SELECT COUNT(*) FROM account"};
constexpr Sql kInsert{"account.insert",
                      "INSERT INTO account (id, login, name, password_hash, organisation, active, created_at, must_change) "
                      "SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7 FROM account RETURNING id"};
constexpr Sql kByLogin{
    "account.by_login",
    "SELECT id, login, name, password_hash, organisation, active, created_at, must_change, version FROM account WHERE login = $1"};
constexpr Sql kByKey{
    "account.by_key",
    "SELECT id, login, name, password_hash, organisation, active, created_at, must_change, version FROM account WHERE id = $1"};
constexpr Sql kAccounts{
    "account.all",
    "SELECT id, login, name, password_hash, organisation, active, created_at, must_change, version FROM account ORDER BY login"};
constexpr Sql kPassword{"account.password", "UPDATE account SET password_hash = $2, must_change = $3, version = version + 1 WHERE id = $1"};
constexpr Sql kActive{"account.active", "UPDATE account SET active = $2, version = version + 1 WHERE id = $1"};
constexpr Sql kRename{"account.name", "UPDATE account SET name = $2, version = version + 1 WHERE id = $1"};
constexpr Sql kVersion{"account.version", "UPDATE account SET version = version + 1 WHERE id = $1"};
// $1 places as a JSON array, $2 pattern, $3 role, $4 today, $5 active, $6 order, $7 offset, $8 limit.
constexpr Sql kFindAccounts{
    "account.search",
    "SELECT id, login, name, password_hash, organisation, active, created_at, must_change, version, COUNT(*) OVER () FROM account "
    "WHERE id IN (SELECT account FROM role_grant WHERE place IN (SELECT value FROM json_each($1)) AND ($3 = '' OR "
    "(role = $3 AND valid_from <= $4 AND (valid_to IS NULL OR valid_to > $4)))) "
    "AND (lower(login) LIKE $2 ESCAPE '!' OR lower(name) LIKE $2 ESCAPE '!') AND active = $5 "
    "ORDER BY CASE WHEN $6 = 2 THEN -created_at ELSE 0 END, CASE WHEN $6 = 1 THEN login ELSE lower(name) END, id LIMIT $8 OFFSET $7",
    "SELECT id, login, name, password_hash, organisation, active, created_at, must_change, version, COUNT(*) OVER () FROM account "
    "WHERE id IN (SELECT account FROM role_grant WHERE place IN (SELECT value::int FROM json_array_elements_text($1::text::json)) AND "
    "($3 = '' OR (role = $3 AND valid_from <= $4 AND (valid_to IS NULL OR valid_to > $4)))) "
    "AND (lower(login) LIKE $2 ESCAPE '!' OR lower(name) LIKE $2 ESCAPE '!') AND active = $5 "
    "ORDER BY CASE WHEN $6 = 2 THEN -created_at ELSE 0 END, CASE WHEN $6 = 1 THEN login ELSE lower(name) END, id LIMIT $8 OFFSET $7"};
constexpr Sql kInsertSession{"session.insert",
                             "INSERT INTO session (token_hash, account, created_at, seen_at, device) VALUES ($1, $2, $3, $4, $5)"};
constexpr Sql kFindSession{"session.find", "SELECT account, created_at, seen_at, device FROM session WHERE token_hash = $1"};
constexpr Sql kTouchSession{"session.touch", "UPDATE session SET seen_at = $2 WHERE token_hash = $1"};
constexpr Sql kDeleteSession{"session.delete", "DELETE FROM session WHERE token_hash = $1"};
constexpr Sql kDeleteSessions{"session.delete_of_account", "DELETE FROM session WHERE account = $1"};
constexpr Sql kInsertToken{"api_token.insert",
                           "INSERT INTO api_token (id, token_hash, name, role, organisation, created_at, expires_at, given_by) "
                           "SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7 FROM api_token RETURNING id"};
constexpr Sql kFindToken{
    "api_token.find",
    "SELECT id, name, role, organisation, created_at, expires_at, revoked_at, used_at, given_by FROM api_token WHERE token_hash = $1"};
constexpr Sql kTokens{
    "api_token.all",
    "SELECT id, name, role, organisation, created_at, expires_at, revoked_at, used_at, given_by FROM api_token ORDER BY id"};
constexpr Sql kRevoke{"api_token.revoke", "UPDATE api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL"};
constexpr Sql kTouchToken{"api_token.touch", "UPDATE api_token SET used_at = $2 WHERE id = $1"};
constexpr Sql kSecret{"secret.find", "SELECT bytes FROM secret WHERE name = $1"};
constexpr Sql kInsertSecret{"secret.insert", "INSERT INTO secret (name, bytes) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING"};

constexpr std::array kAccountAll{&kCount,       &kInsert,        &kByLogin,      &kByKey,        &kAccounts,      &kPassword,
                                 &kActive,      &kInsertSession, &kFindSession,  &kTouchSession, &kDeleteSession, &kDeleteSessions,
                                 &kInsertToken, &kFindToken,     &kTokens,       &kRevoke,       &kSecret,        &kInsertSecret,
                                 &kRename,      &kVersion,       &kFindAccounts, &kTouchToken};

Role role_of(const Row& row, int column) {
  const auto role = parse_role(row.text(column));
  if (!role) throw Fault("reading a role", "unknown role " + std::string(row.text(column)));
  return *role;
}

StoredAccount account_of(const Row& row) {
  return {row.key<AccountKey>(0),   std::string(row.text(1)), std::string(row.text(2)),
          std::string(row.text(3)), row.key<FacilityKey>(4),  row.i32(5) != 0,
          Instant{row.i64(6)},      row.i32(7) != 0,          row.i32(8)};
}

StoredToken token_of(const Row& row) {
  StoredToken token{row.key<TokenKey>(0),
                    std::string(row.text(1)),
                    role_of(row, 2),
                    row.key<FacilityKey>(3),
                    Instant{row.i64(4)},
                    Instant{row.i64(5)},
                    {}};
  if (!row.is_null(6)) token.revoked_at = Instant{row.i64(6)};
  if (!row.is_null(7)) token.used_at = Instant{row.i64(7)};
  token.given_by = row.text(8);
  return token;
}

template <class T, class Make>
std::vector<T> all_of(Tx& tx, const Sql& sql, std::initializer_list<Param> params, Make make) {
  std::vector<T> out;
  tx.each(sql, params, [&](const Row& row) { out.push_back(make(row)); });
  return out;
}

template <class T>
std::optional<T> first(std::vector<T> all) {
  if (all.empty()) return {};
  return std::move(all.front());
}

std::string json_of(const std::vector<FacilityKey>& keys) {
  std::string out = "[";
  for (const auto key : keys) out += (out.size() > 1 ? "," : "") + std::to_string(key.value);
  return out + "]";
}

/// A LIKE pattern of texts that hold these words; '!' takes the meaning of a sign away.
std::string pattern_of(std::string_view words) {
  std::string out = "%";
  for (const char c : lower_ascii(words)) {
    if (c == '%' || c == '_' || c == '!') out += '!';
    out += c;
  }
  return out + "%";
}

}  // namespace

std::int64_t count_accounts(Tx& tx) {
  return all_of<std::int64_t>(tx, kCount, {}, [](const Row& row) { return row.i64(0); }).front();
}

AccountKey insert_account(Tx& tx, const StoredAccount& account) {
  return all_of<AccountKey>(tx, kInsert,
                            {Param(std::string_view(account.login)), Param(std::string_view(account.name)),
                             Param(std::string_view(account.password_hash)), param(account.organisation), param(account.active ? 1 : 0),
                             param(account.created_at.micros), param(account.must_change ? 1 : 0)},
                            [](const Row& row) { return row.key<AccountKey>(0); })
      .front();
}

std::optional<StoredAccount> find_account(Tx& tx, std::string_view login) {
  return first(all_of<StoredAccount>(tx, kByLogin, {Param(login)}, account_of));
}

std::optional<StoredAccount> find_account(Tx& tx, AccountKey key) {
  return first(all_of<StoredAccount>(tx, kByKey, {param(key)}, account_of));
}

std::vector<StoredAccount> load_accounts(Tx& tx) { return all_of<StoredAccount>(tx, kAccounts, {}, account_of); }

void update_password(Tx& tx, AccountKey key, std::string_view password_hash, bool must_change) {
  tx.run(kPassword, {param(key), Param(password_hash), param(must_change ? 1 : 0)});
}

void update_active(Tx& tx, AccountKey key, bool active) { tx.run(kActive, {param(key), param(active ? 1 : 0)}); }

void update_name(Tx& tx, AccountKey key, std::string_view name) { tx.run(kRename, {param(key), Param(name)}); }

void update_version(Tx& tx, AccountKey key) { tx.run(kVersion, {param(key)}); }

FoundAccounts find_accounts(Tx& tx, const AccountPage& page) {
  const auto places = json_of(page.places), pattern = pattern_of(page.words);
  const auto role = page.role ? name(*page.role) : std::string_view("");
  FoundAccounts found;
  tx.each(kFindAccounts,
          {Param(std::string_view(places)), Param(std::string_view(pattern)), Param(role), param(page.today.value),
           param(page.active ? 1 : 0), param(static_cast<std::int64_t>(page.order)), param(page.offset), param(page.limit)},
          [&](const Row& row) {
            found.accounts.push_back(account_of(row));
            found.all = row.i64(9);
          });
  return found;
}

void insert_session(Tx& tx, const Hash& token_hash, const StoredSession& session) {
  tx.run(kInsertSession, {Param(Blob(token_hash)), param(session.account), param(session.created_at.micros), param(session.seen_at.micros),
                          Param(std::string_view(session.device))});
}

std::optional<StoredSession> find_session(Tx& tx, const Hash& token_hash) {
  return first(all_of<StoredSession>(tx, kFindSession, {Param(Blob(token_hash))}, [](const Row& row) {
    return StoredSession{row.key<AccountKey>(0), Instant{row.i64(1)}, Instant{row.i64(2)}, std::string(row.text(3))};
  }));
}

void touch_session(Tx& tx, const Hash& token_hash, Instant seen_at) {
  tx.run(kTouchSession, {Param(Blob(token_hash)), param(seen_at.micros)});
}

void delete_session(Tx& tx, const Hash& token_hash) { tx.run(kDeleteSession, {Param(Blob(token_hash))}); }

void delete_sessions_of(Tx& tx, AccountKey account) { tx.run(kDeleteSessions, {param(account)}); }

TokenKey insert_token(Tx& tx, const Hash& token_hash, const StoredToken& token) {
  const auto role = name(token.role);
  return all_of<TokenKey>(tx, kInsertToken,
                          {Param(Blob(token_hash)), Param(std::string_view(token.name)), Param(role), param(token.organisation),
                           param(token.created_at.micros), param(token.expires_at.micros), Param(std::string_view(token.given_by))},
                          [](const Row& row) { return row.key<TokenKey>(0); })
      .front();
}

std::optional<StoredToken> find_token(Tx& tx, const Hash& token_hash) {
  return first(all_of<StoredToken>(tx, kFindToken, {Param(Blob(token_hash))}, token_of));
}

std::vector<StoredToken> load_tokens(Tx& tx) { return all_of<StoredToken>(tx, kTokens, {}, token_of); }

void revoke_token(Tx& tx, TokenKey key, Instant at) { tx.run(kRevoke, {param(key), param(at.micros)}); }

void touch_token(Tx& tx, TokenKey key, Instant used_at) { tx.run(kTouchToken, {param(key), param(used_at.micros)}); }

SigningKey load_or_make_secret(Tx& tx, std::string_view name) {
  SigningKey fresh;
  fill_random(fresh.bytes);
  tx.run(kInsertSecret, {Param(name), Param(Blob(fresh.bytes))});
  SigningKey key;
  tx.each(kSecret, {Param(name)}, [&](const Row& row) {
    const auto bytes = row.blob(0);
    std::copy_n(bytes.begin(), std::min(bytes.size(), key.bytes.size()), key.bytes.begin());
  });
  return key;
}

std::span<const Sql* const> account_statements() { return kAccountAll; }

}  // namespace pilar::store
