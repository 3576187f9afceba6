#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "domain/access.h"
#include "store/account_store.h"
#include "store/db.h"

namespace pilar::store {

using GrantKey = Key<struct GrantNoun>;

struct StoredGrant {
  GrantKey key;
  AccountKey account;
  Grant grant;
  std::string given_by;
  Instant given_at;
};

GrantKey insert_grant(Tx& tx, const StoredGrant& grant);
std::optional<StoredGrant> find_grant(Tx& tx, GrantKey key);
/// Ended and future ones included, oldest first.
std::vector<StoredGrant> load_grants(Tx& tx, AccountKey account);
/// Of every account, by account.
std::vector<StoredGrant> load_grants(Tx& tx);
/// `to`: first day on which it is no more.
void end_grant(Tx& tx, GrantKey key, Day to);

std::span<const Sql* const> grant_statements();

}  // namespace pilar::store
