#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "store/account_store.h"
#include "store/grant_store.h"

namespace pilar::app {

struct PeopleQuery {
  std::string words{};          ///< part of the name or the login
  std::optional<Role> role{};   ///< has it now
  FacilityKey place{};          ///< this place and those below it; 0: wherever the scope manages accounts
  bool closed = false;          ///< closed accounts instead of open ones
  store::AccountOrder order = store::AccountOrder::Name;
  std::int64_t offset = 0, limit = 50;
};
struct FoundPerson {
  store::StoredAccount account;
  std::vector<Grant> roles;  ///< valid now
};
struct People {
  std::vector<FoundPerson> people{};
  std::int64_t all = 0;  ///< how many the query finds without offset and limit
};
/// Who has, or ever had, a role where the scope manages accounts. Nobody when it does so nowhere at the place.
People list_people(Context& context, const Scope& scope, const PeopleQuery& query);

/// All about one account, for whoever manages accounts where it has a role or is looked after.
struct PersonFile {
  store::StoredAccount account;
  std::vector<store::StoredGrant> grants;  ///< ended and future ones included, newest first
  bool may_manage = false;                 ///< the scope may change the account itself, not only roles at its own places
  bool second_factor = false;
  std::optional<Instant> invited_until{};  ///< an invitation that still works
};
Result<PersonFile> load_person(Context& context, const Scope& scope, std::string_view login);

/// The roles that this scope may give there, in their order.
std::vector<Role> givable_roles(const Scope& scope, const Organisation& organisation, FacilityKey place);
/// Places where the scope manages accounts and whose name or code holds the words, by name; at most `limit`, those that begin with
/// the words first.
std::vector<const Node*> find_managed_places(const Organisation& organisation, const Scope& scope, std::string_view words,
                                             std::size_t limit);

}  // namespace pilar::app
