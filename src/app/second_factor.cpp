#include "app/second_factor.h"

#include <array>

#include "base/one_time_code.h"
#include "base/password.h"
#include "base/text.h"
#include "i18n/words/page.h"
#include "i18n/words/people.h"
#include "store/facility_head.h"
#include "store/sign_in_store.h"

namespace pilar::app {
namespace {

constexpr std::size_t kSecretBytes = 20, kCodeGroups = 4;

/// Letters and digits only, as people type them from paper.
Hash recovery_hash(store::AccountKey account, std::string_view code) {
  std::string plain;
  for (const char c : lower_ascii(code))
    if (c != ' ' && c != '-') plain += c;
  return sha256("recovery code\n" + std::to_string(account.value) + "\n", plain);
}

std::vector<std::string> make_recovery_codes(store::Tx& tx, store::AccountKey account) {
  std::vector<std::string> codes;
  std::vector<Hash> hashes;
  for (std::size_t i = 0; i < kRecoveryCodes; ++i) {
    codes.push_back(make_password(kCodeGroups));
    hashes.push_back(recovery_hash(account, codes.back()));
  }
  store::replace_recovery_codes(tx, account, hashes);
  return codes;
}

void tell(store::Tx& tx, const Context& context, store::AccountKey key, const char* action) {
  const auto account = store::find_account(tx, key);
  require(account.has_value(), "who is signed in has an account");
  const auto person = subject_of(key);
  store::append_audit(tx, account->organisation, {context.clock.now(), person, action, person});
}

Problem wrong_code() { return {Problem::Kind::Forbidden, Msg::SecondFactorWrong, "code", {}}; }

}  // namespace

SecondFactorState second_factor_of(Context& context, store::AccountKey account) {
  SecondFactorState state;
  context.db.read(
      [&](store::Tx& tx) { state = {!store::load_second_factor(tx, account).secret.empty(), store::count_recovery_codes(tx, account)}; });
  return state;
}

std::string new_factor_key() {
  std::array<std::uint8_t, kSecretBytes> bytes{};
  fill_random(bytes);
  return base32(as_text(bytes));
}

std::string authenticator_address(std::string_view login, std::string_view key) {
  // '@' is the one letter of a login that an address may not hold as it is.
  std::string name;
  for (const char c : login) name += c == '@' ? std::string("%40") : std::string(1, c);
  return "otpauth://totp/Pilar:" + name + "?secret=" + std::string(key) + "&issuer=Pilar";
}

Result<std::vector<std::string>> switch_on_second_factor(Context& context, const Person& person, std::string_view key,
                                                         std::string_view code) {
  const auto secret = decode_base32(key);
  if (secret.size() != kSecretBytes) return refuse(Msg::PageForged, "code");
  const auto step = find_code_step(secret, code, context.clock.now(), 0);
  if (!step) return refuse(wrong_code());
  Result<std::vector<std::string>> result;
  context.db.shared([&](store::Tx& tx) {
    if (!store::load_second_factor(tx, person.account).secret.empty()) {
      result = refuse(Problem::Kind::Conflict, Msg::SecondFactorIsOn, "code");
      return;
    }
    store::update_second_factor(tx, person.account, {secret, *step});
    result = make_recovery_codes(tx, person.account);
    tell(tx, context, person.account, "second_factor.on");
  });
  return result;
}

Result<std::vector<std::string>> renew_recovery_codes(Context& context, const Person& person, std::string_view code) {
  Result<std::vector<std::string>> result;
  context.db.shared([&](store::Tx& tx) {
    if (!use_code(tx, person.account, code, context.clock.now())) {
      result = refuse(wrong_code());
      return;
    }
    result = make_recovery_codes(tx, person.account);
    tell(tx, context, person.account, "second_factor.codes");
  });
  return result;
}

Result<void> switch_off_second_factor(Context& context, const Person& person, std::string_view code) {
  Result<void> result;
  context.db.shared([&](store::Tx& tx) {
    result = {};
    if (!use_code(tx, person.account, code, context.clock.now())) {
      result = refuse(wrong_code());
      return;
    }
    store::update_second_factor(tx, person.account, {});
    store::replace_recovery_codes(tx, person.account, {});
    tell(tx, context, person.account, "second_factor.off");
  });
  return result;
}

Result<void> remove_second_factor(Context& context, const Scope& scope, std::string_view login, SeenVersion seen, std::string_view reason) {
  return change_account(context, scope, {login, "second_factor.remove", seen, true, reason},
                        [](store::Tx& tx, const store::StoredAccount& account) -> std::optional<Problem> {
                          store::update_second_factor(tx, account.key, {});
                          store::replace_recovery_codes(tx, account.key, {});
                          return {};
                        });
}

bool use_code(store::Tx& tx, store::AccountKey account, std::string_view code, Instant now) {
  const auto factor = store::load_second_factor(tx, account);
  if (factor.secret.empty()) return false;
  if (const auto step = find_code_step(factor.secret, code, now, factor.used_step)) return store::use_code_step(tx, account, *step);
  return store::use_recovery_code(tx, account, recovery_hash(account, code), now);
}

}  // namespace pilar::app
