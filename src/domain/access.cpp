#include "domain/access.h"

#include <array>

namespace pilar {
namespace {

struct RoleRow {
  Role role;
  std::string_view name;
  std::array<bool, 5> rights;  ///< in the order of Right
};

//                                                        read results, read records, write records, manage links, administer
constexpr RoleRow kRoles[] = {{Role::Administrator, "administrator", {true, true, true, true, true}},
                              {Role::QualityTeam, "tim_mutu", {true, true, true, true, false}},
                              {Role::Reader, "pembaca", {true, false, false, false, false}},
                              {Role::Machine, "mesin", {false, false, true, false, false}}};

}  // namespace

bool role_has(Role role, Right right) {
  for (const auto& row : kRoles)
    if (row.role == role) return row.rights.at(static_cast<std::size_t>(right));
  return false;
}

std::string_view name(Role role) {
  for (const auto& row : kRoles)
    if (row.role == role) return row.name;
  return "";
}

std::optional<Role> parse_role(std::string_view text) {
  for (const auto& row : kRoles)
    if (row.name == text) return row.role;
  return {};
}

}  // namespace pilar
