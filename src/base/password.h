#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace pilar {

/// What argon2id costs whoever guesses, and this program once a sign-in: some 80 ms of one core.
struct PasswordCost {
  unsigned long long passes = 3;
  std::size_t memory = std::size_t{64} << 20U;  ///< bytes
};
/// argon2id (RFC 9106) of the password with a fresh salt, as text that carries its own parameters. Run it on a bounded pool.
std::string hash_password(std::string_view password, const PasswordCost& cost);
/// False for a wrong password and for text that is no hash. As slow as hash_password was.
bool check_password(std::string_view hash, std::string_view password);
/// A readable random password: groups of four letters and digits, some 20 bits each.
std::string make_password(std::size_t groups = 5);

}  // namespace pilar
