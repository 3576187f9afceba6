#include "app/account.h"

#include <array>

#include "base/password.h"
#include "base/text.h"
#include "i18n/messages.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kDayMicros = 24LL * 3600 * 1'000'000;
constexpr std::int64_t kTouchMicros = 60LL * 1'000'000;  ///< a session's last use is written at most once a minute
constexpr std::string_view kTokenPrefix = "pilar_";

std::string random_token() {
  std::array<std::uint8_t, 32> bytes{};
  fill_random(bytes);
  return base64url(bytes);
}

bool is_login(std::string_view login) {
  return login.size() >= 2 && login.size() <= 64 &&
         login.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-@") == std::string_view::npos;
}

bool is_live(const store::StoredSession& session, Instant now) {
  return now.micros - session.seen_at.micros <= kSessionIdleMicros && now.micros - session.created_at.micros <= kSessionMicros;
}

/// Verified when the login is unknown, so that the answer takes as long.
const std::string& nobody_hash() {
  static const std::string hash = hash_password(random_token());
  return hash;
}

/// Changes the named account and ends its sessions.
template <class Change>
Result<void> change_account(Context& context, std::string_view login, const Change& change) {
  Result<void> result;
  context.db.shared([&](store::Tx& tx) {
    const auto account = store::find_account(tx, login);
    if (!account) {
      result = refuse(Problem::Kind::NotFound, Msg::AccountUnknown, "login", {std::string(login)});
      return;
    }
    change(tx, account->key);
    store::delete_sessions_of(tx, account->key);
  });
  return result;
}

}  // namespace

Problems check_account(const NewAccount& account) {
  Problems wrong;
  if (!is_login(account.login)) wrong.push_back({Problem::Kind::Invalid, Msg::AccountBadLogin, "login", {}});
  if (trim(account.name).empty() || account.name.size() > 200) wrong.push_back({Problem::Kind::Invalid, Msg::AccountNoName, "name", {}});
  if (code_points(account.password) < kShortestPassword || account.password.size() > 1000)
    wrong.push_back({Problem::Kind::Invalid, Msg::AccountShortPassword, "password", {std::to_string(kShortestPassword)}});
  return wrong;
}

Result<store::AccountKey> create_account(Context& context, const NewAccount& account) {
  if (auto wrong = check_account(account); !wrong.empty()) return std::unexpected(std::move(wrong));
  store::StoredAccount row{
      {},   account.login,      std::string(trim(account.name)), hash_password(account.password), account.role, account.organisation,
      true, context.clock.now()};
  Result<store::AccountKey> result = store::AccountKey{};
  context.db.shared([&](store::Tx& tx) {
    if (store::find_account(tx, account.login))
      result = refuse(Problem::Kind::Conflict, Msg::AccountLoginTaken, "login", {account.login});
    else
      result = store::insert_account(tx, row);
  });
  return result;
}

Result<void> change_password(Context& context, std::string_view login, std::string_view password) {
  if (code_points(password) < kShortestPassword) return refuse(Msg::AccountShortPassword, "password", {std::to_string(kShortestPassword)});
  const auto hash = hash_password(password);
  return change_account(context, login, [&](store::Tx& tx, store::AccountKey key) { store::update_password(tx, key, hash); });
}

Result<void> close_account(Context& context, std::string_view login) {
  return change_account(context, login, [](store::Tx& tx, store::AccountKey key) { store::update_active(tx, key, false); });
}

bool has_accounts(Context& context) {
  bool any = false;
  context.db.read([&](store::Tx& tx) { any = store::count_accounts(tx) > 0; });
  return any;
}

Result<std::string> sign_in(Context& context, std::string_view login, std::string_view password) {
  std::optional<store::StoredAccount> account;
  context.db.read([&](store::Tx& tx) { account = store::find_account(tx, login); });
  const bool right = check_password(account ? account->password_hash : nobody_hash(), password);
  if (!account || !right || !account->active) return refuse(Problem::Kind::Forbidden, Msg::AccountWrongPassword, "password");
  auto token = random_token();
  const auto now = context.clock.now();
  context.db.shared([&](store::Tx& tx) { store::insert_session(tx, sha256(token), {account->key, now, now}); });
  return token;
}

void sign_out(Context& context, std::string_view session_token) {
  context.db.shared([&](store::Tx& tx) { store::delete_session(tx, sha256(session_token)); });
}

std::optional<Person> find_person(Context& context, std::string_view session_token) {
  if (session_token.empty()) return {};
  const auto hash = sha256(session_token);
  const auto now = context.clock.now();
  std::optional<store::StoredSession> session;
  std::optional<store::StoredAccount> account;
  context.db.read([&](store::Tx& tx) {
    session = store::find_session(tx, hash);
    if (session && is_live(*session, now)) account = store::find_account(tx, session->account);
  });
  if (!account || !account->active) return {};
  if (now.micros - session->seen_at.micros > kTouchMicros) context.db.shared([&](store::Tx& tx) { store::touch_session(tx, hash, now); });
  return Person{account->key, account->login, account->name,
                Scope(account->role, account->organisation, "account:" + std::to_string(account->key.value))};
}

std::string csrf_token(const Context& context, std::string_view session_token) {
  const auto mac = sign(context.signing_key, "csrf\n" + std::string(session_token));
  return base64url(std::span(mac).first(16));
}

Result<IssuedToken> create_token(Context& context, const NewToken& wanted) {
  if (trim(wanted.name).empty()) return refuse(Msg::AccountNoName, "name");
  if (wanted.days < 1 || wanted.days > 3650) return refuse(Msg::TokenBadDays, "days");
  IssuedToken issued{{}, std::string(kTokenPrefix) + random_token()};
  const auto now = context.clock.now();
  const store::StoredToken row{{}, wanted.name, wanted.role, wanted.organisation, now, {now.micros + wanted.days * kDayMicros}, {}};
  context.db.shared([&](store::Tx& tx) { issued.key = store::insert_token(tx, sha256(issued.token), row); });
  return issued;
}

std::optional<Scope> find_token_scope(Context& context, std::string_view token) {
  if (!token.starts_with(kTokenPrefix) || token.size() > 100) return {};
  std::optional<store::StoredToken> row;
  context.db.read([&](store::Tx& tx) { row = store::find_token(tx, sha256(token)); });
  const auto now = context.clock.now();
  if (!row || row->revoked_at || row->expires_at <= now) return {};
  return Scope(row->role, row->organisation, "token:" + std::to_string(row->key.value));
}

}  // namespace pilar::app
