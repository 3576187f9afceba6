#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "domain/organisation.h"

namespace pilar {

/// The offices of seed 003 and of PRODUCT.md's users. `Machine` is for programs that send evidence.
enum class Role : std::uint8_t {
  Administrator,
  Head,
  QualityLead,
  QualitySecretary,
  AdminCoordinator,
  UkmCoordinator,
  UkpCoordinator,
  InternalAuditor,
  UnitLead,
  Officer,
  BranchOfficer,
  BranchVerifier,
  DistrictOffice,
  Actuary,
  Surveyor,
  Machine
};
std::span<const Role> all_roles();

/// What a person or a token may do.
enum class Right : std::uint8_t {
  ReadResults,
  ReadRecords,
  WriteRecords,    ///< add evidence
  CorrectRecords,  ///< correct and void it
  ManageLinks,     ///< open and close survey links
  ReadAudit,
  ManageAccounts,
  ManagePlaces,
  ManageIndicators,  ///< the kamus indikator of a place, and which of it a facility uses
  Administer  ///< instruments, settings, the program itself
};
std::span<const Right> all_rights();

/// How far a role's right reaches. Own: only the unit that a grant names; a grant without a unit reaches all of its place.
enum class Reach : std::uint8_t { None, Own, All };
Reach reach(Role role, Right right);
inline bool role_has(Role role, Right right) { return reach(role, right) != Reach::None; }

/// Stable keys: "ketua_tim_mutu", "baca_hasil".
std::string_view name(Role role);
std::string_view name(Right right);
/// "Ketua Tim Mutu", "melihat hasil".
Message title(Role role);
Message title(Right right);
std::optional<Role> parse_role(std::string_view text);

/// A role over a place and everything below it, from a day to a day. Several add up.
struct Grant {
  Role role = Role::Surveyor;
  FacilityKey place;
  UnitKey unit{};  ///< 0: all units
  Day from{};
  std::optional<Day> to{};  ///< first day on which it is no more

  bool is_valid(Day on) const { return from <= on && (!to || on < *to); }
  friend bool operator==(const Grant&, const Grant&) = default;
};

/// Who asks, as far as rights go. Every function that reads or changes facility data takes one, so that no query can be written
/// without saying on whose behalf.
class Scope {
 public:
  Scope(Role role, FacilityKey root, std::string actor) : Scope({Grant{role, root}}, std::move(actor)) {}
  /// `grants` are those valid today; the one that reaches furthest first.
  Scope(std::vector<Grant> grants, std::string actor) : grants_(std::move(grants)), actor_(std::move(actor)) {}

  const std::vector<Grant>& grants() const { return grants_; }
  /// Where this person is at home: the place of the first grant; 0 without any.
  FacilityKey root() const { return grants_.empty() ? FacilityKey{} : grants_.front().place; }
  /// The places of all grants, without those that stand under another.
  std::vector<FacilityKey> roots(const Organisation& organisation) const;
  /// "account:12", "token:3", "cli": for the audit trail.
  const std::string& actor() const { return actor_; }

  /// The grant that gives the right somewhere, at the place, at the unit of the place; null where none does.
  const Grant* why(Right right) const;
  const Grant* why(Right right, const Organisation& organisation, FacilityKey place) const;
  const Grant* why(Right right, const Organisation& organisation, FacilityKey place, UnitKey unit) const;
  /// The same of an office over the place, not of the place itself.
  const Grant* why_above(Right right, const Organisation& organisation, FacilityKey place) const;
  bool may(Right right) const { return why(right) != nullptr; }
  bool may(Right right, const Organisation& organisation, FacilityKey place) const { return why(right, organisation, place) != nullptr; }
  bool may(Right right, const Organisation& organisation, FacilityKey place, UnitKey unit) const {
    return why(right, organisation, place, unit) != nullptr;
  }

  /// The grant that administers what belongs to no place: instruments, indicators for every place, the program itself. It stands where
  /// no place is above, and of a facility only where there is nothing beside it, as in one clinic by itself: an administrator of one
  /// facility changes nothing for the others. Null where none does.
  const Grant* why_program(const Organisation& organisation) const;
  bool may_program(const Organisation& organisation) const { return why_program(organisation) != nullptr; }

  /// Whether this scope may give or end such a grant: it manages accounts at the place, and only who has every right of the
  /// role over there may hand it on.
  bool may_give(const Grant& grant, const Organisation& organisation) const;

 private:
  std::vector<Grant> grants_;
  std::string actor_;
};

/// The grants valid now, in the civil day of their place, the one highest in the tree first.
std::vector<Grant> valid_grants(const Organisation& organisation, std::span<const Grant> grants, Instant now);

}  // namespace pilar
