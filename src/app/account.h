#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "app/account_change.h"
#include "app/context.h"
#include "domain/access.h"
#include "store/account_store.h"
#include "store/grant_store.h"

namespace pilar::app {

inline constexpr std::size_t kShortestPassword = 10;

/// A link with which somebody sets a password of their own, by the hash of its token.
struct InvitationLink {
  Hash token_hash{};
  Instant expires_at;
};

struct NewAccount {
  std::string login, name, password;
  Role role = Role::Surveyor;
  FacilityKey organisation;  ///< looks after the account; the role holds there and below
  UnitKey unit{};            ///< 0: all units
  Day from{};                ///< of the role
  std::optional<Day> to{};
  std::optional<InvitationLink> invited{};  ///< in the place of a password: the link with which the person sets one
};

/// What is wrong with a password, beside `password`.
std::optional<Problem> check_password_text(std::string_view password);
/// What is wrong with a new account, short of its name being taken.
Problems check_account(const NewAccount& account);
/// Adds an account with its first role. Problems are reported beside `login`, `name`, `password`, `role`. Slow on purpose
/// (argon2id).
Result<store::AccountKey> create_account(Context& context, const Scope& scope, const NewAccount& account);
/// Ends the account's sessions; whoever set it, the person is asked for one of their own. `scope` manages accounts where this
/// one is looked after.
Result<void> change_password(Context& context, const Scope& scope, std::string_view login, std::string_view password);
/// What happens to the forms that somebody has not sent, and to the jobs that run with their rights: nobody else can end them.
enum class Duties : std::uint8_t {
  MustBeDone,  ///< an account that has any is not closed
  AreLeft      ///< forms are removed when they are old, jobs fail
};
/// Ends its sessions and lets nobody sign in with it any more; what it did stays under its name. Refused to oneself, where a place
/// would be left without an administrator, and with AccessOpenDuties where duties are open that must be done.
Result<void> close_account(Context& context, const Scope& scope, std::string_view login, SeenVersion seen = {},
                           std::string_view reason = {}, Duties duties = Duties::MustBeDone);
/// Lets it sign in again, with the password and the roles it had.
Result<void> reopen_account(Context& context, const Scope& scope, std::string_view login, SeenVersion seen = {},
                            std::string_view reason = {});
/// How the person is called on screen.
Result<void> rename_account(Context& context, const Scope& scope, std::string_view login, std::string_view name, SeenVersion seen = {});
bool has_accounts(Context& context);
/// Whether somebody with an open account administers the place now, leaving out the roles that `is_left_out` names.
bool is_administered(store::Tx& tx, const Organisation& organisation, FacilityKey place, Instant now,
                     const std::function<bool(const store::StoredGrant&)>& is_left_out = {});

/// Gives a role. `scope` manages accounts at the place and has every right of the role there itself.
Result<store::GrantKey> give_role(Context& context, const Scope& scope, std::string_view login, const Grant& grant, SeenVersion seen = {},
                                  std::string_view reason = {});
/// From today on the role is no more. Refused where a place would be left without an administrator.
Result<void> end_role(Context& context, const Scope& scope, store::GrantKey key, SeenVersion seen = {}, std::string_view reason = {});

}  // namespace pilar::app
