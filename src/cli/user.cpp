#include "cli/user.h"

#include <ostream>

#include "app/account.h"
#include "base/password.h"
#include "cli/open_store.h"

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

Result<Role> find_role(const std::string& text) {
  const auto role = parse_role(text);
  if (!role) return refuse(Msg::UserBadRole, "--role", {text});
  return *role;
}

std::string place_name(const Organisation& organisation, FacilityKey key) {
  const auto* node = organisation.find(key);
  return node != nullptr ? node->code : std::string();
}

}  // namespace

Result<Exit> add_user(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  auto& context = opened.context();
  const auto role = find_role(invocation.text("role"));
  if (!role) return std::unexpected(role.error());
  const auto place = find_place(context.reference.get()->organisation, invocation.text("place"));
  if (!place) return std::unexpected(place.error());
  const auto given = invocation.text("password"), login = invocation.text("LOGIN"), name = invocation.text("name");
  const auto password = given.empty() ? make_password() : given;
  const auto account = app::create_account(context, {login, name.empty() ? login : name, password, *role, *place});
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
  context.db.read([&](store::Tx& tx) { accounts = store::load_accounts(tx); });
  json::Array rows;
  for (const auto& one : accounts) {
    const auto place = place_name(reference->organisation, one.organisation);
    rows.emplace_back(
        json::Object{{"login", one.login}, {"name", one.name}, {"role", name(one.role)}, {"place", place}, {"active", one.active}});
    if (invocation.json()) continue;
    invocation.out << one.login << "  " << name(one.role) << "  " << place << "  " << one.name;
    if (!one.active) invocation.out << "  (" << say(invocation.lang, Msg::UserIsClosed) << ')';
    invocation.out << '\n';
  }
  if (invocation.json()) invocation.print(rows);
  return Exit::Ok;
}

Result<Exit> set_password(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  const auto given = invocation.text("password");
  const auto password = given.empty() ? make_password() : given;
  const auto done = app::change_password(opened.context(), invocation.text("LOGIN"), password);
  if (!done) return std::unexpected(done.error());
  if (given.empty()) invocation.tell(Msg::UserPassword, {password});
  invocation.tell(Msg::UserPasswordChanged, {invocation.text("LOGIN")});
  return Exit::Ok;
}

Result<Exit> close_user(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  const auto done = app::close_account(opened.context(), invocation.text("LOGIN"));
  if (!done) return std::unexpected(done.error());
  invocation.tell(Msg::UserClosed, {invocation.text("LOGIN")});
  return Exit::Ok;
}

Result<Exit> make_token(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  auto& context = opened.context();
  const auto role = find_role(invocation.text("role"));
  if (!role) return std::unexpected(role.error());
  const auto place = find_place(context.reference.get()->organisation, invocation.text("place"));
  if (!place) return std::unexpected(place.error());
  const auto days = invocation.number("days", 1, 3650);
  if (!days) return std::unexpected(days.error());
  const auto issued = app::create_token(context, {invocation.text("NAME"), *role, *place, *days});
  if (!issued) return std::unexpected(issued.error());
  if (invocation.json())
    invocation.print(json::Object{{"token", issued->token}, {"key", std::int64_t{issued->key.value}}, {"days", *days}});
  else
    invocation.tell(Msg::UserToken, {issued->token});
  return Exit::Ok;
}

}  // namespace pilar::cli
