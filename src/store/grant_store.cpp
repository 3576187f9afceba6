#include "store/grant_store.h"

#include <array>

namespace pilar::store {
namespace {

constexpr Sql kGrantInsert{"role_grant.insert",
                           "INSERT INTO role_grant (id, account, role, place, unit, valid_from, valid_to, given_by, given_at) "
                           "SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8 FROM role_grant RETURNING id"};
constexpr Sql kGrantFind{"role_grant.find",
                         "SELECT id, account, role, place, unit, valid_from, valid_to, given_by, given_at FROM role_grant WHERE id = $1"};
constexpr Sql kGrantsOfAccount{"role_grant.of_account",
                               "SELECT id, account, role, place, unit, valid_from, valid_to, given_by, given_at FROM role_grant "
                               "WHERE account = $1 ORDER BY id"};
constexpr Sql kGrants{"role_grant.all",
                      "SELECT id, account, role, place, unit, valid_from, valid_to, given_by, given_at FROM role_grant "
                      "ORDER BY account, id"};
constexpr Sql kGrantEnd{"role_grant.end", "UPDATE role_grant SET valid_to = $2 WHERE id = $1"};

constexpr std::array kGrantAll{&kGrantInsert, &kGrantFind, &kGrantsOfAccount, &kGrants, &kGrantEnd};

StoredGrant grant_of(const Row& row) {
  const auto role = parse_role(row.text(2));
  if (!role) throw Fault("reading a role", "unknown role " + std::string(row.text(2)));
  Grant grant{*role, row.key<FacilityKey>(3), row.key<UnitKey>(4), Day{row.i32(5)}, {}};
  if (!row.is_null(6)) grant.to = Day{row.i32(6)};
  return {row.key<GrantKey>(0), row.key<AccountKey>(1), grant, std::string(row.text(7)), Instant{row.i64(8)}};
}

std::vector<StoredGrant> grants_of(Tx& tx, const Sql& sql, std::initializer_list<Param> params) {
  std::vector<StoredGrant> grants;
  tx.each(sql, params, [&](const Row& row) { grants.push_back(grant_of(row)); });
  return grants;
}

}  // namespace

GrantKey insert_grant(Tx& tx, const StoredGrant& stored) {
  const auto& grant = stored.grant;
  const auto role = name(grant.role);
  GrantKey key;
  tx.each(kGrantInsert,
          {param(stored.account), Param(role), param(grant.place), param(grant.unit), param(grant.from.value),
           grant.to ? param(grant.to->value) : Param{}, Param(std::string_view(stored.given_by)), param(stored.given_at.micros)},
          [&](const Row& row) { key = row.key<GrantKey>(0); });
  return key;
}

std::optional<StoredGrant> find_grant(Tx& tx, GrantKey key) {
  auto found = grants_of(tx, kGrantFind, {param(key)});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<StoredGrant> load_grants(Tx& tx, AccountKey account) { return grants_of(tx, kGrantsOfAccount, {param(account)}); }

std::vector<StoredGrant> load_grants(Tx& tx) { return grants_of(tx, kGrants, {}); }

void end_grant(Tx& tx, GrantKey key, Day to) { tx.run(kGrantEnd, {param(key), param(to.value)}); }

std::span<const Sql* const> grant_statements() { return kGrantAll; }

}  // namespace pilar::store
