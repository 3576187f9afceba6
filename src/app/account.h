#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "store/account_store.h"

namespace pilar::app {

inline constexpr std::int64_t kSessionIdleMicros = 8LL * 3600 * 1'000'000;
inline constexpr std::int64_t kSessionMicros = 7LL * 24 * 3600 * 1'000'000;
inline constexpr std::size_t kShortestPassword = 10;

/// Somebody who signed in.
struct Person {
  store::AccountKey account;
  std::string login, name;
  Scope scope;
};

struct NewAccount {
  std::string login, name, password;
  Role role = Role::Reader;
  FacilityKey organisation;
};

/// What is wrong with a new account, short of its name being taken.
Problems check_account(const NewAccount& account);
/// Adds an account. Problems are reported beside `login`, `name`, `password`. Slow on purpose (argon2id).
Result<store::AccountKey> create_account(Context& context, const NewAccount& account);
Result<void> change_password(Context& context, std::string_view login, std::string_view password);
/// Ends its sessions and lets nobody sign in with it any more; what it did stays under its name.
Result<void> close_account(Context& context, std::string_view login);
bool has_accounts(Context& context);

/// A session token for the right login and password; the same problem for an unknown login and for a wrong password, after the
/// same time. Slow on purpose.
Result<std::string> sign_in(Context& context, std::string_view login, std::string_view password);
void sign_out(Context& context, std::string_view session_token);
/// Empty when the session ended, was never there, or its account is closed.
std::optional<Person> find_person(Context& context, std::string_view session_token);
/// Belongs to one session; a form that carries it came from a page of that session.
std::string csrf_token(const Context& context, std::string_view session_token);

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
Result<IssuedToken> create_token(Context& context, const NewToken& token);
/// The scope of a valid API token; empty when it is unknown, expired or revoked.
std::optional<Scope> find_token_scope(Context& context, std::string_view token);

}  // namespace pilar::app
