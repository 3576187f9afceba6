#pragma once
#include "cli/command.h"

namespace pilar::cli {

/// A password or token that nobody gave is drawn and printed once; only its hash is kept.
Result<Exit> add_user(const Invocation& invocation);
Result<Exit> list_users(const Invocation& invocation);
/// Every role with its rights.
Result<Exit> list_roles(const Invocation& invocation);
Result<Exit> set_password(const Invocation& invocation);
Result<Exit> close_user(const Invocation& invocation);
/// For somebody who lost the telephone and the printed codes, and for the last administrator of all.
Result<Exit> remove_factor(const Invocation& invocation);
Result<Exit> make_token(const Invocation& invocation);

}  // namespace pilar::cli
