#include "base/password.h"

#include <sodium.h>

#include <array>

#include "base/hash.h"
#include "base/result.h"

namespace pilar {

std::string hash_password(std::string_view password, const PasswordCost& cost) {
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), cost.passes, cost.memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw Fault("hashing a password", "out of memory", true);
  return out.data();
}

bool check_password(std::string_view hash, std::string_view password) {
  if (hash.size() >= crypto_pwhash_STRBYTES) return false;
  return crypto_pwhash_str_verify(std::string(hash).c_str(), password.data(), password.size()) == 0;
}

std::string make_password(std::size_t groups) {
  constexpr std::string_view kLetters = "23456789abcdefghjkmnpqrstuvwxyz";
  std::string out;
  while (out.size() < groups * 5 - 1) {
    if (out.size() % 5 == 4) out += '-';
    std::array<std::uint8_t, 1> byte{};
    fill_random(byte);
    if (byte[0] < 248) out += kLetters[byte[0] % kLetters.size()];  // 248 = 8 * 31: every letter equally likely
  }
  return out;
}

}  // namespace pilar
