#include "app/invitation.h"

#include "app/random_token.h"
#include "base/password.h"
#include "i18n/words/people.h"
#include "store/facility_head.h"
#include "store/sign_in_store.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kInvitationMicros = kInvitationDays * 24 * 3600 * 1'000'000;

Invitation new_invitation(const Context& context) { return {random_token(), {context.clock.now().micros + kInvitationMicros}}; }

std::optional<store::StoredAccount> find_invited(store::Tx& tx, std::string_view token, Instant now) {
  const auto invitation = store::find_invitation(tx, sha256(token));
  if (!invitation || invitation->expires_at <= now) return {};
  auto account = store::find_account(tx, invitation->account);
  if (!account || !account->active) return {};
  return account;
}

}  // namespace

Result<Invitation> invite_person(Context& context, const Scope& scope, NewAccount account) {
  auto invitation = new_invitation(context);
  account.invited = {sha256(invitation.token), invitation.expires_at};
  if (auto added = create_account(context, scope, account); !added) return std::unexpected(std::move(added.error()));
  return invitation;
}

Result<Invitation> reset_password(Context& context, const Scope& scope, std::string_view login, SeenVersion seen, std::string_view reason) {
  auto invitation = new_invitation(context);
  const auto done =
      change_account(context, scope, {login, "account.reset", seen, true, reason},
                     [&](store::Tx& tx, const store::StoredAccount& account) -> std::optional<Problem> {
                       if (!account.active) return Problem{Problem::Kind::Conflict, Msg::PeopleIsClosed, "login", {}};
                       store::update_password(tx, account.key, "", false);
                       store::delete_invitations_of(tx, account.key);
                       store::insert_invitation(tx, sha256(invitation.token), {account.key, context.clock.now(), invitation.expires_at});
                       return {};
                     });
  if (!done) return std::unexpected(done.error());
  return invitation;
}

std::optional<Invitee> find_invitee(Context& context, std::string_view token) {
  std::optional<store::StoredAccount> account;
  context.db.read([&](store::Tx& tx) { account = find_invited(tx, token, context.clock.now()); });
  if (!account) return {};
  return Invitee{account->key, account->login, account->name};
}

Result<void> accept_invitation(Context& context, std::string_view token, std::string_view password) {
  if (auto problem = check_password_text(password)) return refuse(*std::move(problem));
  const auto is_over = [] { return refuse(Problem::Kind::NotFound, Msg::InvitationOver); };
  if (!find_invitee(context, token)) return is_over();
  const auto hash = hash_password(password, context.passwords);
  Result<void> result;
  context.db.shared([&](store::Tx& tx) {
    result = {};
    const auto now = context.clock.now();
    const auto account = find_invited(tx, token, now);
    if (!account) {
      result = is_over();
      return;
    }
    store::update_password(tx, account->key, hash, false);
    store::delete_invitations_of(tx, account->key);
    store::delete_sessions_of(tx, account->key);
    const auto person = subject_of(account->key);
    store::append_audit(tx, account->organisation, {now, person, "account.password", person});
  });
  return result;
}

}  // namespace pilar::app
