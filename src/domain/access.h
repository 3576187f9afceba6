#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "domain/organisation.h"

namespace pilar {

enum class Role : std::uint8_t { Administrator, QualityTeam, Reader, Machine };

/// What a person or a token may do.
enum class Right : std::uint8_t { ReadResults, ReadRecords, WriteRecords, ManageLinks, Administer };

bool role_has(Role role, Right right);
std::string_view name(Role role);
std::optional<Role> parse_role(std::string_view text);

/// Who asks, as far as rights go: a role over a subtree. Every function that reads or changes facility data takes one, so that
/// no query can be written without saying on whose behalf.
class Scope {
 public:
  Scope(Role role, FacilityKey root, std::string actor) : role_(role), root_(root), actor_(std::move(actor)) {}

  Role role() const { return role_; }
  FacilityKey root() const { return root_; }
  /// "account:12", "token:3", "cli": for the audit trail.
  const std::string& actor() const { return actor_; }
  bool may(Right right) const { return role_has(role_, right); }
  bool may(Right right, const Organisation& organisation, FacilityKey place) const {
    return may(right) && organisation.is_under(place, root_);
  }

 private:
  Role role_;
  FacilityKey root_;
  std::string actor_;
};

}  // namespace pilar
