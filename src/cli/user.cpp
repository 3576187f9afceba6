#include "cli/user.h"

#include <ostream>

#include "app/account.h"
#include "app/api_token.h"
#include "app/second_factor.h"
#include "base/password.h"
#include "cli/open_store.h"
#include "i18n/words/command.h"
#include "store/grant_store.h"

namespace pilar::cli {
namespace {

/// The place that --place names by its code; without --place the root, where there is just one.
Result<FacilityKey> find_place(const Organisation& organisation, const std::string& code) {
  if (!code.empty()) {
    const auto* node = organisation.find(code);
    if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::UserUnknownPlace, "--place", {code});
    return node->key;
  }
  const Node* root = nullptr;
  for (const auto& node : organisation.nodes()) {
    if (node.parent) continue;
    if (root != nullptr) return refuse(Msg::CommandMissing, {}, {"--place CODE"});
    root = &node;
  }
  if (root == nullptr) return refuse(Msg::UserNoPlace, "--place");
  return root->key;
}

/// The role and the place that --role and --place name.
Result<Grant> find_grant(const Invocation& invocation, const Organisation& organisation) {
  const auto role = parse_role(invocation.text("role"));
  if (!role) return refuse(Msg::UserBadRole, "--role", {invocation.text("role")});
  const auto place = find_place(organisation, invocation.text("place"));
  if (!place) return std::unexpected(place.error());
  return Grant{*role, *place};
}

std::string place_name(const Organisation& organisation, FacilityKey key) {
  const auto* node = organisation.find(key);
  return node != nullptr ? node->code : std::string();
}

}  // namespace

Result<Exit> add_user(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  auto& context = opened.context();
  const auto grant = find_grant(invocation, context.reference.get()->organisation);
  if (!grant) return std::unexpected(grant.error());
  const auto given = invocation.text("password"), login = invocation.text("LOGIN"), name = invocation.text("name");
  const auto password = given.empty() ? make_password() : given;
  const auto account =
      app::create_account(context, operator_scope(), {login, name.empty() ? login : name, password, grant->role, grant->place});
  if (!account) return std::unexpected(account.error());
  invocation.tell(Msg::UserAdded, {login});
  if (given.empty()) invocation.tell(Msg::UserPassword, {password});
  return Exit::Ok;
}

Result<Exit> list_users(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  auto& context = opened.context();
  const auto reference = context.reference.get();
  std::vector<store::StoredAccount> accounts;
  std::vector<store::StoredGrant> grants;
  context.db.read([&](store::Tx& tx) {
    accounts = store::load_accounts(tx);
    grants = store::load_grants(tx);
  });
  json::Array rows;
  for (const auto& one : accounts) {
    json::Array roles;
    std::string words;
    for (const auto& stored : grants) {
      if (stored.account != one.key) continue;
      const auto place = place_name(reference->organisation, stored.grant.place);
      roles.emplace_back(json::Object{{"role", name(stored.grant.role)}, {"place", place}});
      words += std::string("  ") + std::string(name(stored.grant.role)) + "@" + place;
    }
    rows.emplace_back(json::Object{{"login", one.login}, {"name", one.name}, {"roles", std::move(roles)}, {"active", one.active}});
    if (invocation.json()) continue;
    invocation.out << one.login << words << "  " << one.name;
    if (!one.active) invocation.out << "  (" << say(invocation.lang, Msg::UserIsClosed) << ')';
    invocation.out << '\n';
  }
  if (invocation.json()) invocation.print(rows);
  return Exit::Ok;
}

Result<Exit> list_roles(const Invocation& invocation) {
  json::Array rows;
  for (const auto role : all_roles()) {
    json::Array rights;
    std::string words;
    for (const auto right : all_rights()) {
      if (!role_has(role, right)) continue;
      rights.emplace_back(name(right));
      words += (words.empty() ? "" : ", ") + std::string(say(invocation.lang, title(right)));
    }
    rows.emplace_back(json::Object{{"role", name(role)}, {"title", say(invocation.lang, title(role))}, {"rights", std::move(rights)}});
    if (!invocation.json()) invocation.out << name(role) << "  " << say(invocation.lang, title(role)) << ": " << words << '\n';
  }
  if (invocation.json()) invocation.print(rows);
  return Exit::Ok;
}

Result<Exit> set_password(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  const auto given = invocation.text("password");
  const auto password = given.empty() ? make_password() : given;
  const auto done = app::change_password(opened.context(), operator_scope(), invocation.text("LOGIN"), password);
  if (!done) return std::unexpected(done.error());
  if (given.empty()) invocation.tell(Msg::UserPassword, {password});
  invocation.tell(Msg::UserPasswordChanged, {invocation.text("LOGIN")});
  return Exit::Ok;
}

Result<Exit> close_user(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  const auto duties = invocation.has("leave-duties") ? app::Duties::AreLeft : app::Duties::MustBeDone;
  const auto done = app::close_account(opened.context(), operator_scope(), invocation.text("LOGIN"), {}, {}, duties);
  if (!done) return std::unexpected(done.error());
  invocation.tell(Msg::UserClosed, {invocation.text("LOGIN")});
  return Exit::Ok;
}

Result<Exit> remove_factor(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  const auto done = app::remove_second_factor(opened.context(), operator_scope(), invocation.text("LOGIN"));
  if (!done) return std::unexpected(done.error());
  invocation.tell(Msg::UserFactorRemoved, {invocation.text("LOGIN")});
  return Exit::Ok;
}

Result<Exit> make_token(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  auto& context = opened.context();
  const auto grant = find_grant(invocation, context.reference.get()->organisation);
  if (!grant) return std::unexpected(grant.error());
  const auto days = invocation.number("days", 1, 3650);
  if (!days) return std::unexpected(days.error());
  const auto issued = app::create_token(context, operator_scope(), {invocation.text("NAME"), grant->role, grant->place, *days});
  if (!issued) return std::unexpected(issued.error());
  if (invocation.json())
    invocation.print(json::Object{{"token", issued->token}, {"key", std::int64_t{issued->key.value}}, {"days", *days}});
  else
    invocation.tell(Msg::UserToken, {issued->token});
  return Exit::Ok;
}

}  // namespace pilar::cli
