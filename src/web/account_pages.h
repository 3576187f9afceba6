#pragma once
#include <span>
#include <string>

#include "web/route.h"

namespace pilar::web {
/// A wrong password or code of this sign-in name: counted for the name and for the address it came from. The one that closes the
/// name is told to the audit trail.
void count_wrong_try(const Visit& visit, const std::string& login);

/// Signing in and out, and the first administrator of an empty installation.
std::span<const Route> account_routes();
}  // namespace pilar::web
