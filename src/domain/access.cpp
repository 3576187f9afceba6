#include "domain/access.h"

#include <algorithm>
#include <array>

#include "i18n/words/access.h"
#include "i18n/words/indicator.h"

namespace pilar {
namespace {

constexpr std::array kRights{Right::ReadResults, Right::ReadRecords,    Right::WriteRecords, Right::CorrectRecords,   Right::ManageLinks,
                             Right::ReadAudit,   Right::ManageAccounts, Right::ManagePlaces, Right::ManageIndicators, Right::Administer};

struct RightRow {
  std::string_view name;
  Message title;
};
constexpr std::array<RightRow, kRights.size()> kRightRows{{{"baca_hasil", Msg::RightReadResults},
                                                           {"baca_catatan", Msg::RightReadRecords},
                                                           {"isi_catatan", Msg::RightWriteRecords},
                                                           {"koreksi_catatan", Msg::RightCorrectRecords},
                                                           {"atur_tautan", Msg::RightManageLinks},
                                                           {"baca_jejak", Msg::RightReadAudit},
                                                           {"atur_akun", Msg::RightManageAccounts},
                                                           {"atur_tempat", Msg::RightManagePlaces},
                                                           {"atur_indikator", Msg::RightManageIndicators},
                                                           {"administrasi", Msg::RightAdminister}}};

struct RoleRow {
  Role role;
  std::string_view name;
  Message title;
  std::string_view reaches;  ///< in the order of kRights: A all, O own unit, - none
};

//                                                             results records write correct links audit accounts places indicators
//                                                             administer
constexpr std::array kRoles{RoleRow{Role::Administrator, "administrator", Msg::RoleAdministrator, "AAAAAAAAAA"},
                            RoleRow{Role::Head, "kepala_fktp", Msg::RoleHead, "AAAAAAA-A-"},
                            RoleRow{Role::QualityLead, "ketua_tim_mutu", Msg::RoleQualityLead, "AAAAAA--A-"},
                            RoleRow{Role::QualitySecretary, "sekretaris_tim_mutu", Msg::RoleQualitySecretary, "AAAAAA--A-"},
                            RoleRow{Role::AdminCoordinator, "koordinator_admen", Msg::RoleAdminCoordinator, "AAAA----A-"},
                            RoleRow{Role::UkmCoordinator, "koordinator_ukm", Msg::RoleUkmCoordinator, "AAAA----A-"},
                            RoleRow{Role::UkpCoordinator, "koordinator_ukp", Msg::RoleUkpCoordinator, "AAAA----A-"},
                            RoleRow{Role::InternalAuditor, "auditor_internal", Msg::RoleInternalAuditor, "AAA--A----"},
                            RoleRow{Role::UnitLead, "penanggung_jawab_unit", Msg::RoleUnitLead, "AAOO------"},
                            RoleRow{Role::Officer, "petugas", Msg::RoleOfficer, "AOO-------"},
                            RoleRow{Role::BranchOfficer, "petugas_cabang_bpjs", Msg::RoleBranchOfficer, "A-A-------"},
                            RoleRow{Role::BranchVerifier, "verifikator_bpjs", Msg::RoleBranchVerifier, "AA--------"},
                            RoleRow{Role::DistrictOffice, "dinas_kesehatan", Msg::RoleDistrictOffice, "A-A-----A-"},
                            RoleRow{Role::Actuary, "keuangan_aktuaria", Msg::RoleActuary, "A---------"},
                            RoleRow{Role::Surveyor, "surveior", Msg::RoleSurveyor, "A---------"},
                            RoleRow{Role::Machine, "mesin", Msg::RoleMachine, "--AA------"}};

const RoleRow& row_of(Role role) { return *std::ranges::find(kRoles, role, &RoleRow::role); }

constexpr auto kRoleList = [] {
  std::array<Role, kRoles.size()> roles{};
  std::ranges::transform(kRoles, roles.begin(), &RoleRow::role);
  return roles;
}();

}  // namespace

std::span<const Role> all_roles() { return kRoleList; }
std::span<const Right> all_rights() { return kRights; }

Reach reach(Role role, Right right) {
  const char letter = row_of(role).reaches.at(static_cast<std::size_t>(right));
  if (letter == 'A') return Reach::All;
  return letter == 'O' ? Reach::Own : Reach::None;
}

std::string_view name(Role role) { return row_of(role).name; }
std::string_view name(Right right) { return kRightRows.at(static_cast<std::size_t>(right)).name; }
Message title(Role role) { return row_of(role).title; }
Message title(Right right) { return kRightRows.at(static_cast<std::size_t>(right)).title; }

std::optional<Role> parse_role(std::string_view text) {
  const auto row = std::ranges::find(kRoles, text, &RoleRow::name);
  if (row == kRoles.end()) return {};
  return row->role;
}

std::vector<FacilityKey> Scope::roots(const Organisation& organisation) const {
  std::vector<FacilityKey> roots;
  for (const auto& grant : grants_) {
    const auto covers = [&](FacilityKey other) { return organisation.is_under(grant.place, other); };
    if (std::ranges::any_of(roots, covers)) continue;
    std::erase_if(roots, [&](FacilityKey other) { return organisation.is_under(other, grant.place); });
    roots.push_back(grant.place);
  }
  return roots;
}

const Grant* Scope::why(Right right) const {
  const auto found = std::ranges::find_if(grants_, [&](const Grant& grant) { return role_has(grant.role, right); });
  return found == grants_.end() ? nullptr : &*found;
}

const Grant* Scope::why(Right right, const Organisation& organisation, FacilityKey place) const {
  const auto found = std::ranges::find_if(
      grants_, [&](const Grant& grant) { return role_has(grant.role, right) && organisation.is_under(place, grant.place); });
  return found == grants_.end() ? nullptr : &*found;
}

const Grant* Scope::why_above(Right right, const Organisation& organisation, FacilityKey place) const {
  const auto found = std::ranges::find_if(grants_, [&](const Grant& grant) {
    return grant.place != place && role_has(grant.role, right) && organisation.is_under(place, grant.place);
  });
  return found == grants_.end() ? nullptr : &*found;
}
const Grant* Scope::why(Right right, const Organisation& organisation, FacilityKey place, UnitKey unit) const {
  const auto found = std::ranges::find_if(grants_, [&](const Grant& grant) {
    const auto far = reach(grant.role, right);
    if (far == Reach::None || !organisation.is_under(place, grant.place)) return false;
    return far == Reach::All || grant.unit == UnitKey{} || (grant.place == place && grant.unit == unit);
  });
  return found == grants_.end() ? nullptr : &*found;
}

const Grant* Scope::why_program(const Organisation& organisation) const {
  // A facility that hangs on nothing may merely not have been put in its place yet.
  const auto has_all_below = [&](FacilityKey place) {
    return std::ranges::all_of(organisation.nodes(), [&](const Node& other) { return organisation.is_under(other.key, place); });
  };
  const auto is_on_top = [&](FacilityKey place) {
    if (place == kEverywhere) return true;
    const auto* node = organisation.find(place);
    return node != nullptr && !node->parent && !node->supervisor && (node->kind != NodeKind::Facility || has_all_below(place));
  };
  const auto found =
      std::ranges::find_if(grants_, [&](const Grant& grant) { return role_has(grant.role, Right::Administer) && is_on_top(grant.place); });
  return found == grants_.end() ? nullptr : &*found;
}

bool Scope::may_give(const Grant& grant, const Organisation& organisation) const {
  if (!may(Right::ManageAccounts, organisation, grant.place)) return false;
  return std::ranges::all_of(kRights, [&](Right right) { return !role_has(grant.role, right) || may(right, organisation, grant.place); });
}

std::vector<Grant> valid_grants(const Organisation& organisation, std::span<const Grant> grants, Instant now) {
  const auto is_valid = [&](const Grant& grant) {
    const auto* node = organisation.find(grant.place);
    return node != nullptr && grant.is_valid(civil_day(now, node->zone));
  };
  std::vector<Grant> valid;
  std::ranges::copy_if(grants, std::back_inserter(valid), is_valid);
  const auto depth = [&](const Grant& grant) { return organisation.path_to(grant.place).size(); };
  std::ranges::stable_sort(valid, {}, depth);
  return valid;
}

}  // namespace pilar
