#include "app/form_token.h"

#include "base/text.h"

namespace pilar::app {
namespace {

constexpr std::size_t kMacBytes = 16;
constexpr std::string_view kPurpose = "form token 1\n";

std::string mac_of(const SigningKey& key, std::string_view payload) {
  const auto full = sign(key, std::string(kPurpose) + std::string(payload));
  return base64url(std::span(full).first(kMacBytes));
}

std::string payload_of(const FormToken& token) {
  return std::to_string(token.facility.value) + "." + std::to_string(token.unit.value) + "." + std::to_string(token.version.value) + "." +
         std::to_string(token.issued_at.micros) + "." + text(token.record);
}

template <class K>
bool read_key(std::string_view text, K& key) {
  const auto value = parse_int(text);
  if (!value || *value < 0 || *value > INT32_MAX) return false;
  key.value = static_cast<std::int32_t>(*value);
  return true;
}

}  // namespace

std::string seal(const SigningKey& key, const FormToken& token) {
  const auto payload = payload_of(token);
  return payload + "." + mac_of(key, payload);
}

std::expected<FormToken, TokenFault> open_token(const SigningKey& key, std::string_view text, Instant now) {
  const auto forged = std::unexpected(TokenFault::Forged);
  if (text.size() > 200) return forged;
  const auto parts = split(text, '.');
  if (parts.size() != 6) return forged;
  const auto payload = text.substr(0, text.size() - parts.back().size() - 1);
  const auto expected = mac_of(key, payload), given = std::string(parts.back());
  if (!equal(std::span(reinterpret_cast<const std::uint8_t*>(expected.data()), expected.size()),
             std::span(reinterpret_cast<const std::uint8_t*>(given.data()), given.size())))
    return forged;
  FormToken token;
  const auto issued = parse_int(parts[3]);
  const auto record = parse_uuid(parts[4]);
  if (!read_key(parts[0], token.facility) || !read_key(parts[1], token.unit) || !read_key(parts[2], token.version) || !issued || !record)
    return forged;
  token.issued_at = {*issued};
  token.record = *record;
  if (now.micros - *issued > kFormTokenMicros) return std::unexpected(TokenFault::Expired);
  return token;
}

std::string receipt_of(const Uuid& record) {
  // Crockford's alphabet: no I, L, O, U, so that a code read aloud or copied by hand stays itself.
  constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const auto hash = sha256("receipt\n", as_text(record.bytes));
  std::string out;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == 4) out += '-';
    out += kLetters[hash[i] % kLetters.size()];
  }
  return out;
}

}  // namespace pilar::app
