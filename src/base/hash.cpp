#include "base/hash.h"

#include <sodium.h>

#include <algorithm>

#include "base/result.h"

namespace pilar {
namespace {

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

void ready() {
  static const bool ok = sodium_init() >= 0;
  require(ok, "libsodium starts");
}

}  // namespace

Hash sha256(std::string_view bytes) {
  Hash out;
  crypto_hash_sha256(out.data(), bytes_of(bytes), bytes.size());
  return out;
}

Hash sha256(std::string_view first, std::string_view second) {
  Hash out;
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, bytes_of(first), first.size());
  crypto_hash_sha256_update(&state, bytes_of(second), second.size());
  crypto_hash_sha256_final(&state, out.data());
  return out;
}

Hash sha256(const std::function<std::string_view()>& next) {
  Hash out;
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (auto bytes = next(); !bytes.empty(); bytes = next()) crypto_hash_sha256_update(&state, bytes_of(bytes), bytes.size());
  crypto_hash_sha256_final(&state, out.data());
  return out;
}

Hash sign(const SigningKey& key, std::string_view message) {
  Hash out;
  crypto_auth_hmacsha256(out.data(), bytes_of(message), message.size(), key.bytes.data());
  return out;
}

bool equal(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void fill_random(std::span<std::uint8_t> out) {
  ready();
  randombytes_buf(out.data(), out.size());
}

Uuid make_uuid(Instant now) {
  Uuid id;
  fill_random(id.bytes);
  const auto millis = static_cast<std::uint64_t>(now.micros / 1000);
  for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(millis >> (40 - 8 * i));
  id.bytes[6] = static_cast<std::uint8_t>(0x70 | (id.bytes[6] & 0x0F));
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3F));
  return id;
}

Uuid hashed_uuid(const Uuid& like, const Hash& hash) {
  Uuid id = like;
  std::copy_n(hash.begin(), 10, id.bytes.begin() + 6);
  id.bytes[6] = static_cast<std::uint8_t>(0x80 | (id.bytes[6] & 0x0F));
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3F));
  return id;
}

std::string base64url(std::span<const std::uint8_t> bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string out(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), kVariant);
  out.pop_back();  // the terminating NUL
  return out;
}

std::string decode_base64url(std::string_view text) {
  std::string out(text.size(), '\0');
  std::size_t n = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(), nullptr, &n, nullptr,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
    return {};
  out.resize(n);
  return out;
}

}  // namespace pilar
