#include "app/api_token.h"

#include <algorithm>

#include "app/random_token.h"
#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/people.h"
#include "store/facility_head.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kTokenDayMicros = 24LL * 3600 * 1'000'000;
constexpr std::int64_t kTokenTouchMicros = 3600LL * 1'000'000;
constexpr std::string_view kTokenPrefix = "pilar_";

}  // namespace

Result<IssuedToken> create_token(Context& context, const Scope& scope, const NewToken& wanted) {
  if (trim(wanted.name).empty()) return refuse(Msg::AccountNoName, "name");
  if (wanted.days < 1 || wanted.days > 3650) return refuse(Msg::TokenBadDays, "days");
  if (!scope.may_give({wanted.role, wanted.organisation}, context.reference.get()->organisation))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotGive, "role");
  IssuedToken issued{{}, std::string(kTokenPrefix) + random_token()};
  const auto now = context.clock.now();
  const store::StoredToken row{{}, wanted.name, wanted.role,  wanted.organisation, now, {now.micros + wanted.days * kTokenDayMicros},
                               {}, {},          scope.actor()};
  context.db.shared([&](store::Tx& tx) {
    issued.key = store::insert_token(tx, sha256(issued.token), row);
    store::append_audit(tx, wanted.organisation,
                        {now, scope.actor(), "token.add", "token:" + std::to_string(issued.key.value),
                         R"({"role":")" + std::string(name(wanted.role)) + R"(","days":)" + std::to_string(wanted.days) + "}"});
  });
  return issued;
}

std::vector<store::StoredToken> list_tokens(Context& context, const Scope& scope) {
  std::vector<store::StoredToken> tokens;
  context.db.read([&](store::Tx& tx) { tokens = store::load_tokens(tx); });
  const auto reference = context.reference.get();
  std::erase_if(
      tokens, [&](const store::StoredToken& one) { return !scope.may(Right::ManageAccounts, reference->organisation, one.organisation); });
  std::ranges::reverse(tokens);
  return tokens;
}

Result<void> revoke_token(Context& context, const Scope& scope, store::TokenKey key) {
  const auto reference = context.reference.get();
  Result<void> result;
  context.db.shared([&](store::Tx& tx) {
    result = {};
    const auto tokens = store::load_tokens(tx);
    const auto found = std::ranges::find(tokens, key, &store::StoredToken::key);
    if (found == tokens.end() || found->revoked_at) {
      result = refuse(Problem::Kind::NotFound, Msg::TokenUnknown);
    } else if (!scope.may_give({found->role, found->organisation}, reference->organisation)) {
      result = refuse(Problem::Kind::Forbidden, Msg::AccessMayNotGive, "role");
    } else {
      const auto now = context.clock.now();
      store::revoke_token(tx, key, now);
      store::append_audit(tx, found->organisation, {now, scope.actor(), "token.revoke", "token:" + std::to_string(key.value)});
    }
  });
  return result;
}

std::optional<Scope> find_token_scope(Context& context, std::string_view token) {
  if (!token.starts_with(kTokenPrefix) || token.size() > 100) return {};
  std::optional<store::StoredToken> row;
  context.db.read([&](store::Tx& tx) { row = store::find_token(tx, sha256(token)); });
  const auto now = context.clock.now();
  if (!row || row->revoked_at || row->expires_at <= now) return {};
  if (!row->used_at || now.micros - row->used_at->micros > kTokenTouchMicros)
    context.db.shared([&](store::Tx& tx) { store::touch_token(tx, row->key, now); });
  return Scope(row->role, row->organisation, "token:" + std::to_string(row->key.value));
}

}  // namespace pilar::app
