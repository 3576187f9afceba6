#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/account_change.h"
#include "app/context.h"
#include "app/sign_in.h"

namespace pilar::app {

inline constexpr std::size_t kRecoveryCodes = 10;

struct SecondFactorState {
  bool is_on = false;
  std::int64_t recovery_codes = 0;  ///< that were not used yet
};
SecondFactorState second_factor_of(Context& context, store::AccountKey account);

/// 160 random bits, as RFC 4226 asks of a shared secret, in base32.
std::string new_factor_key();
/// What an authenticator reads from the QR code: "otpauth://totp/Pilar:sari?secret=...&issuer=Pilar".
std::string authenticator_address(std::string_view login, std::string_view key);

/// Switches it on when the code is the key's, and gives the printed codes that stand in for it. Refused when it is on already.
Result<std::vector<std::string>> switch_on_second_factor(Context& context, const Person& person, std::string_view key,
                                                         std::string_view code);
/// New printed codes; those before work no more. `code` is one of the authenticator or a printed one.
Result<std::vector<std::string>> renew_recovery_codes(Context& context, const Person& person, std::string_view code);
Result<void> switch_off_second_factor(Context& context, const Person& person, std::string_view code);
/// For somebody who lost the telephone and the paper. `scope` manages the account; its sessions end.
Result<void> remove_second_factor(Context& context, const Scope& scope, std::string_view login, SeenVersion seen = {},
                                  std::string_view reason = {});

/// Whether this opens the account's second door now; each code does so once. Inside a transaction over shared tables.
bool use_code(store::Tx& tx, store::AccountKey account, std::string_view code, Instant now);

}  // namespace pilar::app
