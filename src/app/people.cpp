#include "app/people.h"

#include <algorithm>

#include "app/account_change.h"
#include "app/place_list.h"
#include "app/search.h"
#include "base/text.h"
#include "i18n/words/access.h"
#include "store/sign_in_store.h"

namespace pilar::app {
namespace {

/// Places where the scope manages accounts, all of them or those at and below one place.
std::vector<FacilityKey> managed_places(const Organisation& organisation, const Scope& scope, FacilityKey place) {
  auto nodes = places_with(scope, Right::ManageAccounts, organisation);
  if (place != FacilityKey{}) {
    const auto below = places_below(organisation, place);
    std::erase_if(nodes, [&](const Node* node) { return !std::ranges::binary_search(below, node->key, {}, &Node::key); });
  }
  std::vector<FacilityKey> keys;
  for (const auto* node : nodes) keys.push_back(node->key);
  return keys;
}

bool may_see(const Organisation& organisation, const Scope& scope, const store::StoredAccount& account,
             const std::vector<store::StoredGrant>& grants) {
  const auto manages = [&](FacilityKey place) { return scope.may(Right::ManageAccounts, organisation, place); };
  return manages(account.organisation) || std::ranges::any_of(grants, [&](const auto& one) { return manages(one.grant.place); });
}

}  // namespace

People list_people(Context& context, const Scope& scope, const PeopleQuery& query) {
  const auto reference = context.reference.get();
  const auto& organisation = reference->organisation;
  const auto now = context.clock.now();
  store::AccountPage page{managed_places(organisation, scope, query.place), query.words, query.role, !query.closed};
  page.today = civil_day(now, Zone::Wib);
  page.order = query.order;
  page.offset = query.offset;
  page.limit = query.limit;
  People people;
  context.db.read([&](store::Tx& tx) {
    people = {};
    auto found = store::find_accounts(tx, page);
    people.all = found.all;
    for (auto& account : found.accounts) {
      std::vector<Grant> grants;
      for (const auto& stored : store::load_grants(tx, account.key)) grants.push_back(stored.grant);
      people.people.push_back({std::move(account), valid_grants(organisation, grants, now)});
    }
  });
  return people;
}

Result<PersonFile> load_person(Context& context, const Scope& scope, std::string_view login) {
  const auto reference = context.reference.get();
  Result<PersonFile> result;
  context.db.read([&](store::Tx& tx) {
    auto account = store::find_account(tx, login);
    auto grants = account ? store::load_grants(tx, account->key) : std::vector<store::StoredGrant>();
    if (!account || !may_see(reference->organisation, scope, *account, grants)) {
      result = refuse(Problem::Kind::NotFound, Msg::AccountUnknown, "login", {std::string(login)});
      return;
    }
    std::ranges::reverse(grants);
    PersonFile file{*account, std::move(grants)};
    file.may_manage = may_manage(tx, reference->organisation, scope, *account);
    file.second_factor = !store::load_second_factor(tx, account->key).secret.empty();
    const auto invitation = store::find_invitation(tx, account->key);
    if (invitation && invitation->expires_at > context.clock.now()) file.invited_until = invitation->expires_at;
    result = std::move(file);
  });
  return result;
}

std::vector<Role> givable_roles(const Scope& scope, const Organisation& organisation, FacilityKey place) {
  std::vector<Role> roles;
  std::ranges::copy_if(all_roles(), std::back_inserter(roles), [&](Role role) { return scope.may_give({role, place}, organisation); });
  return roles;
}

std::vector<const Node*> find_managed_places(const Organisation& organisation, const Scope& scope, std::string_view words,
                                             std::size_t limit) {
  return find_places(organisation, scope, Right::ManageAccounts, words, limit);
}

}  // namespace pilar::app
