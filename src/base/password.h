#pragma once
#include <string>
#include <string_view>

namespace pilar {

/// argon2id (RFC 9106) of the password with a fresh salt, as text that carries its own parameters: 64 MiB and 3 passes, some
/// 80 ms of one core. Run it on a bounded pool.
std::string hash_password(std::string_view password);
/// False for a wrong password and for text that is no hash. As slow as hash_password.
bool check_password(std::string_view hash, std::string_view password);
/// A readable random password: groups of four letters and digits, some 20 bits each.
std::string make_password(std::size_t groups = 5);

}  // namespace pilar
