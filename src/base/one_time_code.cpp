#include "base/one_time_code.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <span>

#include "base/hash.h"
#include "base/result.h"

namespace pilar {
namespace {

constexpr std::size_t kSha1Bytes = 20;
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

using Sha1 = std::array<unsigned char, kSha1Bytes>;

Sha1 hmac_sha1(std::string_view key, std::string_view message) {
  Sha1 out{};
  unsigned int size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
  if (HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), bytes, message.size(), out.data(), &size) == nullptr || size != out.size())
    throw Fault("make a one-time code", "HMAC-SHA-1 is not available");
  return out;
}

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ') out += c;
  return out;
}

}  // namespace

std::string one_time_code(std::string_view secret, std::int64_t counter, int digits) {
  require(digits >= 1 && digits <= 9, "a code has one to nine digits");
  std::string message(8, '\0');
  for (std::size_t i = 0; i < 8; ++i) message[i] = static_cast<char>(static_cast<std::uint64_t>(counter) >> (56 - 8 * i));
  const auto mac = hmac_sha1(secret, message);
  const std::size_t at = mac.back() & 0x0FU;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8U | mac.at(at + i);
  number &= 0x7FFF'FFFFU;
  std::string out(static_cast<std::size_t>(digits), '0');
  for (auto digit = out.rbegin(); digit != out.rend(); ++digit, number /= 10) *digit = static_cast<char>('0' + number % 10);
  return out;
}

std::int64_t code_step(Instant at) { return at.micros / (kCodeStepSeconds * 1'000'000); }

std::optional<std::int64_t> find_code_step(std::string_view secret, std::string_view code, Instant now, std::int64_t used) {
  const auto given = without_blanks(code);
  const auto bytes = [](const std::string& text) { return std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()); };
  std::optional<std::int64_t> found;
  for (auto step = code_step(now) - 1; step <= code_step(now) + 1; ++step)
    if (const auto right = one_time_code(secret, step); equal(bytes(right), bytes(given)) && step > used && !found) found = step;
  return found;
}

std::string base32(std::string_view bytes) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = bits << 8U | static_cast<unsigned char>(c);
    for (count += 8; count >= 5; count -= 5) out += kBase32[bits >> (count - 5) & 0x1FU];
  }
  if (count > 0) out += kBase32[bits << (5 - count) & 0x1FU];
  return out;
}

std::string decode_base32(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (char c : without_blanks(text)) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const auto value = kBase32.find(c);
    if (value == std::string_view::npos) return {};
    bits = bits << 5U | static_cast<std::uint32_t>(value);
    count += 5;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFFU);
  }
  return out;
}

}  // namespace pilar
