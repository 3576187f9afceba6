#include "app/sign_in.h"

#include <algorithm>

#include "app/account.h"
#include "app/random_token.h"
#include "app/second_factor.h"
#include "base/password.h"
#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/people.h"
#include "store/facility_head.h"
#include "store/grant_store.h"
#include "store/sign_in_store.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kTouchMicros = 60LL * 1'000'000;  ///< a session's last use is written at most once a minute

bool is_live(const SessionLimits& limits, const store::StoredSession& session, Instant now) {
  return now.micros - session.seen_at.micros <= limits.idle_micros && now.micros - session.created_at.micros <= limits.micros;
}

/// Verified when the login is unknown, so that the answer takes as long.
const std::string& nobody_hash() {
  static const std::string hash = hash_password(random_token(), PasswordCost{});
  return hash;
}

/// A live session with its account and all its roles, as one snapshot has them.
struct Found {
  store::StoredSession session;
  store::StoredAccount account;
  std::vector<Grant> grants;
};

std::optional<Found> find_session(store::Tx& tx, const SessionLimits& limits, const Hash& token, Instant now) {
  auto session = store::find_session(tx, token);
  if (!session || !is_live(limits, *session, now)) return {};
  auto account = store::find_account(tx, session->account);
  if (!account || !account->active) return {};
  Found found{*std::move(session), *std::move(account), {}};
  for (const auto& stored : store::load_grants(tx, found.account.key)) found.grants.push_back(stored.grant);
  return found;
}

constexpr std::string_view kHalfOpen = "tengah.";

std::string mac_of_half_open(const Context& context, std::string_view payload) {
  const auto mac = sign(context.signing_key, "half-open sign-in\n" + std::string(payload));
  return base64url(std::span(mac).first(16));
}

/// "tengah.ACCOUNT.VERSION.ISSUED.MAC": nothing is stored, and a change of the account ends it.
std::string half_open_token(const Context& context, const store::StoredAccount& account) {
  const auto payload = std::string(kHalfOpen) + std::to_string(account.key.value) + "." + std::to_string(account.version) + "." +
                       std::to_string(context.clock.now().micros);
  return payload + "." + mac_of_half_open(context, payload);
}

std::string detail_of_failed(int failed) { return failed == 0 ? "" : R"({"failed":)" + std::to_string(failed) + "}"; }

std::string open_session(store::Tx& tx, const store::StoredAccount& account, Instant now, std::string_view device, int failed) {
  auto token = random_token();
  store::insert_session(tx, sha256(token), {account.key, now, now, std::string(device)});
  const auto person = subject_of(account.key);
  store::append_audit(tx, account.organisation, {now, person, "account.sign_in", person, detail_of_failed(failed)});
  return token;
}

/// Names a session to its owner.
std::string id_of(const Hash& token_hash) { return hex(std::span(token_hash).first(8)); }

}  // namespace

Result<std::string> sign_in(Context& context, std::string_view login, std::string_view password, std::string_view device, int failed) {
  std::optional<store::StoredAccount> account;
  bool has_second = false;
  context.db.read([&](store::Tx& tx) {
    account = store::find_account(tx, login);
    has_second = account && !store::load_second_factor(tx, account->key).secret.empty();
  });
  const bool known = account && !account->password_hash.empty();
  const bool right = check_password(known ? account->password_hash : nobody_hash(), password);
  if (!known || !right || !account->active) return refuse(Problem::Kind::Forbidden, Msg::AccountWrongPassword, "password");
  if (has_second) return half_open_token(context, *account);
  std::string token;
  context.db.shared([&](store::Tx& tx) { token = open_session(tx, *account, context.clock.now(), device, failed); });
  return token;
}

bool is_half_open(std::string_view token) { return token.starts_with(kHalfOpen); }

std::optional<store::StoredAccount> find_half_open(Context& context, std::string_view token) {
  const auto parts = split(token, '.');
  if (!is_half_open(token) || token.size() > 200 || parts.size() != 5) return {};
  const auto key = parse_int(parts[1]), version = parse_int(parts[2]), issued = parse_int(parts[3]);
  const auto signed_part = token.substr(0, token.size() - parts[4].size() - 1);
  if (!key || !version || !issued || mac_of_half_open(context, signed_part) != parts[4]) return {};
  if (context.clock.now().micros - *issued > kHalfOpenMicros) return {};
  std::optional<store::StoredAccount> account;
  context.db.read([&](store::Tx& tx) { account = store::find_account(tx, store::AccountKey{static_cast<std::int32_t>(*key)}); });
  if (!account || !account->active || account->version != *version) return {};
  return account;
}

Result<std::string> confirm_sign_in(Context& context, std::string_view half_open, std::string_view code, std::string_view device,
                                    int failed) {
  const auto account = find_half_open(context, half_open);
  if (!account) return refuse(Problem::Kind::Forbidden, Msg::SignInTooSlow, "");
  Result<std::string> result;
  context.db.shared([&](store::Tx& tx) {
    const auto now = context.clock.now();
    if (use_code(tx, account->key, code, now))
      result = open_session(tx, *account, now, device, failed);
    else
      result = refuse(Problem::Kind::Forbidden, Msg::SecondFactorWrong, "code");
  });
  return result;
}

void note_lock_out(Context& context, std::string_view login, int failed) {
  context.db.shared([&](store::Tx& tx) {
    if (const auto account = store::find_account(tx, login))
      store::append_audit(tx, account->organisation,
                          {context.clock.now(), "public", "account.lock", subject_of(account->key), detail_of_failed(failed)});
  });
}

void sign_out(Context& context, std::string_view session_token) {
  context.db.shared([&](store::Tx& tx) { store::delete_session(tx, sha256(session_token)); });
}

std::optional<Person> find_person(Context& context, std::string_view session_token) {
  if (session_token.empty()) return {};
  const auto hash = sha256(session_token);
  const auto now = context.clock.now();
  std::optional<Found> found;
  context.db.read([&](store::Tx& tx) { found = find_session(tx, context.sessions, hash, now); });
  if (!found) return {};
  if (now.micros - found->session.seen_at.micros > kTouchMicros)
    context.db.shared([&](store::Tx& tx) { store::touch_session(tx, hash, now); });
  const auto& account = found->account;
  auto grants = valid_grants(context.reference.get()->organisation, found->grants, now);
  return Person{account.key, account.login, account.name, Scope(std::move(grants), "account:" + std::to_string(account.key.value)),
                account.must_change};
}

std::string csrf_token(const Context& context, std::string_view session_token) {
  const auto mac = sign(context.signing_key, "csrf\n" + std::string(session_token));
  return base64url(std::span(mac).first(16));
}

std::string device_key(const Context& context, const Person& person) {
  const auto mac = sign(context.signing_key, "device\n" + std::to_string(person.account.value));
  return base64url(mac);
}

std::vector<SeenSession> list_sessions(Context& context, const Person& person, std::string_view session_token) {
  std::vector<store::OpenSession> open;
  context.db.read([&](store::Tx& tx) { open = store::load_sessions(tx, person.account); });
  const auto now = context.clock.now();
  const auto mine = sha256(session_token);
  std::vector<SeenSession> seen;
  for (const auto& [hash, session] : open)
    if (is_live(context.sessions, session, now))
      seen.push_back({id_of(hash), session.device, session.created_at, session.seen_at, hash == mine});
  std::ranges::stable_partition(seen, &SeenSession::is_this);
  return seen;
}

Result<void> end_session(Context& context, const Person& person, std::string_view id) {
  Result<void> result;
  context.db.shared([&](store::Tx& tx) {
    result = {};
    const auto sessions = store::load_sessions(tx, person.account);
    const auto found = std::ranges::find(sessions, id, [](const store::OpenSession& one) { return id_of(one.token_hash); });
    if (found == sessions.end())
      result = refuse(Problem::Kind::NotFound, Msg::SessionsUnknown);
    else
      store::delete_session(tx, found->token_hash);
  });
  return result;
}

void end_other_sessions(Context& context, const Person& person, std::string_view session_token) {
  context.db.shared([&](store::Tx& tx) { store::delete_other_sessions(tx, person.account, sha256(session_token)); });
}

Result<void> change_own_password(Context& context, const Person& person, std::string_view session_token, std::string_view present,
                                 std::string_view wanted) {
  if (auto problem = check_password_text(wanted)) return refuse(*std::move(problem));
  std::optional<store::StoredAccount> account;
  context.db.read([&](store::Tx& tx) { account = store::find_account(tx, person.account); });
  require(account.has_value(), "who is signed in has an account");
  if (!check_password(account->password_hash, present)) return refuse(Problem::Kind::Forbidden, Msg::PasswordPresentWrong, "present");
  if (present == wanted) return refuse(Msg::PasswordSame, "password");
  const auto hash = hash_password(wanted, context.passwords);
  context.db.shared([&](store::Tx& tx) {
    store::update_password(tx, person.account, hash, false);
    store::delete_other_sessions(tx, person.account, sha256(session_token));
    const auto who = subject_of(person.account);
    store::append_audit(tx, account->organisation, {context.clock.now(), who, "account.password", who});
  });
  return {};
}

}  // namespace pilar::app
