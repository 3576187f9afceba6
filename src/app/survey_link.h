#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "store/organisation_store.h"

namespace pilar::app {

/// The part of a public address that names a survey: the facility's key in base 36, a hyphen, the link's code ("1-k7m2q").
/// It carries the facility so that the first look-up needs no index over all of them.
std::string link_name(const store::SurveyLink& link);
struct LinkName {
  FacilityKey facility;
  std::string code;
};
/// Forgives capitals, because people type it from paper.
std::optional<LinkName> parse_link_name(std::string_view text);

/// Adds an open link for each public instrument at the whole facility and at each of its units, where there is none yet.
/// Returns how many. Inside Database::shared.
std::size_t insert_missing_links(store::Tx& tx, const Reference& reference, FacilityKey facility, std::span<const UnitKey> units);
/// The same for a facility that has no link yet.
std::size_t insert_first_links(store::Tx& tx, const Reference& reference, FacilityKey facility, std::span<const UnitKey> units);

/// All links of a facility, by instrument and unit. Problems: an unknown place, one above facilities, or no right to see it.
Result<std::vector<store::SurveyLink>> read_links(Context& context, const Scope& scope, FacilityKey facility);
/// Makes the links that new units and newly installed instruments lack; returns how many.
Result<std::size_t> add_missing_links(Context& context, const Scope& scope, FacilityKey facility);
/// Opens or closes one link, with its line in the audit trail. A closed link shows a page that says so.
Result<void> open_link(Context& context, const Scope& scope, FacilityKey facility, std::string_view code, bool open);

}  // namespace pilar::app
