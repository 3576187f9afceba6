#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/account.h"
#include "app/context.h"

namespace pilar::app {

inline constexpr std::int64_t kInvitationDays = 7;

/// A link that was just made. Only the hash of its token is kept: it is shown once.
struct Invitation {
  std::string token;
  Instant expires_at;
};
/// Adds an account whose owner sets the password with the link. As create_account(), but `password` is not asked.
Result<Invitation> invite_person(Context& context, const Scope& scope, NewAccount account);
/// Takes the password away, ends the sessions and any link made before: only the new link leads in. Refused for a closed account.
Result<Invitation> reset_password(Context& context, const Scope& scope, std::string_view login, SeenVersion seen = {},
                                  std::string_view reason = {});

/// Whom a link is for; empty when it was used, is too old or was never made.
struct Invitee {
  store::AccountKey account;
  std::string login, name;
};
std::optional<Invitee> find_invitee(Context& context, std::string_view token);
/// Sets the password; the link works no more, and sessions end. Slow on purpose (argon2id).
Result<void> accept_invitation(Context& context, std::string_view token, std::string_view password);

}  // namespace pilar::app
