#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "store/account_store.h"

namespace pilar::app {

/// Somebody who signed in, with the roles that are valid now.
struct Person {
  store::AccountKey account;
  std::string login, name;
  Scope scope;
  bool must_change = false;  ///< the password was set by somebody else
};

/// A session token for the right login and password; where the account has a second factor, a half-open token, which only
/// confirm_sign_in() takes. The same problem for an unknown login and for a wrong password, after the same time. `device` is
/// shown to the person among the sessions; `failed`, the tries before this one, goes into the audit trail. Slow on purpose
/// (argon2id).
Result<std::string> sign_in(Context& context, std::string_view login, std::string_view password, std::string_view device = {},
                            int failed = 0);
/// How long a code may be looked for.
inline constexpr std::int64_t kHalfOpenMicros = 5LL * 60 * 1'000'000;
bool is_half_open(std::string_view token);
/// Whose half-open token this is; empty when it is forged, too old, or the account changed since.
std::optional<store::StoredAccount> find_half_open(Context& context, std::string_view token);
/// A session token for a half-open one and a code of the second factor, or one of the printed codes.
Result<std::string> confirm_sign_in(Context& context, std::string_view half_open, std::string_view code, std::string_view device = {},
                                    int failed = 0);
/// Tells the audit trail that sign-in to this account is closed for a while after so many wrong tries. Nothing when there is no
/// such account.
void note_lock_out(Context& context, std::string_view login, int failed);
void sign_out(Context& context, std::string_view session_token);
/// Empty when the session ended, was never there, or its account is closed.
std::optional<Person> find_person(Context& context, std::string_view session_token);
/// Belongs to one session; a form that carries it came from a page of that session.
std::string csrf_token(const Context& context, std::string_view session_token);
/// With it a browser seals what it keeps for this person while there is no network: 256 bits in base64url, the same in every session
/// of the account and on every device, of no use to anybody else's.
std::string device_key(const Context& context, const Person& person);

/// A session as its owner sees it.
struct SeenSession {
  std::string id;  ///< names it on a page; opens nothing
  std::string device;
  Instant created_at, seen_at;
  bool is_this = false;
};
/// The live ones, this one first, then by last use.
std::vector<SeenSession> list_sessions(Context& context, const Person& person, std::string_view session_token);
/// Problem when the person has no such session.
Result<void> end_session(Context& context, const Person& person, std::string_view id);
void end_other_sessions(Context& context, const Person& person, std::string_view session_token);
/// The person's own password, given the present one; other sessions end. Slow on purpose (argon2id).
Result<void> change_own_password(Context& context, const Person& person, std::string_view session_token, std::string_view present,
                                 std::string_view wanted);

}  // namespace pilar::app
