#include "app/survey_link.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "i18n/words/survey.h"

namespace pilar::app {
namespace {

/// Five letters drawn at random, so that a link cannot be guessed from another; the address also carries the facility.
std::string link_code() {
  constexpr std::string_view kLetters = "23456789abcdefghjkmnpqrstuvwxyz";
  std::array<std::uint8_t, 5> bytes{};
  fill_random(bytes);
  std::string out;
  for (const auto byte : bytes) out += kLetters[byte % kLetters.size()];
  return out;
}

std::optional<Problem> check_place(const Organisation& organisation, const Scope& scope, Right right, FacilityKey facility) {
  const auto* node = organisation.find(facility);
  if (node == nullptr || node->kind != NodeKind::Facility) return Problem{Problem::Kind::NotFound, Msg::SurveyNoFacility, "", {}};
  if (!scope.may(right, organisation, facility)) return Problem{Problem::Kind::Forbidden, Msg::SurveyMayNotManage, "", {}};
  return {};
}

}  // namespace

std::string link_name(const store::SurveyLink& link) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), link.facility.value, 36).ptr;
  return std::string(digits.begin(), end) + "-" + link.code;
}

std::optional<LinkName> parse_link_name(std::string_view text) {
  const auto name = lower_ascii(text);
  const auto hyphen = name.find('-');
  if (hyphen == std::string::npos || hyphen + 1 == name.size() || name.size() > 64) return {};
  LinkName out{{}, name.substr(hyphen + 1)};
  const auto* const end = name.data() + hyphen;
  const auto [stop, wrong] = std::from_chars(name.data(), end, out.facility.value, 36);
  if (wrong != std::errc() || stop != end || out.facility.value <= 0) return {};
  return out;
}

namespace {

/// Those that are not `there` yet.
std::size_t insert_links_beside(store::Tx& tx, const Reference& reference, FacilityKey facility, std::span<const UnitKey> units,
                                const std::vector<store::SurveyLink>& there) {
  std::vector<UnitKey> places{{0}};
  places.insert(places.end(), units.begin(), units.end());
  std::size_t added = 0;
  for (const auto* version : reference.latest_of_all()) {
    if (!version->form.is_public) continue;
    for (const auto unit : places) {
      const auto same = [&](const store::SurveyLink& link) { return link.instrument == version->instrument && link.unit == unit; };
      if (std::ranges::any_of(there, same)) continue;
      store::insert_link(tx, {facility, link_code(), version->instrument, unit, true});
      ++added;
    }
  }
  return added;
}

}  // namespace

std::size_t insert_missing_links(store::Tx& tx, const Reference& reference, FacilityKey facility, std::span<const UnitKey> units) {
  return insert_links_beside(tx, reference, facility, units, store::load_links(tx, facility));
}

std::size_t insert_first_links(store::Tx& tx, const Reference& reference, FacilityKey facility, std::span<const UnitKey> units) {
  return insert_links_beside(tx, reference, facility, units, {});
}

Result<std::vector<store::SurveyLink>> read_links(Context& context, const Scope& scope, FacilityKey facility) {
  if (auto problem = check_place(context.reference.get()->organisation, scope, Right::ReadResults, facility))
    return refuse(*std::move(problem));
  std::vector<store::SurveyLink> links;
  context.db.read([&](store::Tx& tx) { links = store::load_links(tx, facility); });
  return links;
}

Result<std::size_t> add_missing_links(Context& context, const Scope& scope, FacilityKey facility) {
  if (auto problem = check_place(context.reference.get()->organisation, scope, Right::ManageLinks, facility))
    return refuse(*std::move(problem));
  std::size_t added = 0;
  context.db.shared([&](store::Tx& tx) {
    const auto reference = reference_in(context, tx);
    std::vector<UnitKey> units;
    for (const auto& unit : reference->organisation.units(facility)) units.push_back(unit.key);
    added = insert_missing_links(tx, *reference, facility, units);
  });
  return added;
}

Result<void> open_link(Context& context, const Scope& scope, FacilityKey facility, std::string_view code, bool open) {
  if (auto problem = check_place(context.reference.get()->organisation, scope, Right::ManageLinks, facility))
    return refuse(*std::move(problem));
  bool found = false;
  context.db.write(facility, [&](store::Write& write) {
    found = store::find_link(write.tx(), facility, code).has_value();
    if (!found) return;
    store::set_link_open(write.tx(), facility, code, open);
    write.audit({context.clock.now(), scope.actor(), open ? "link.open" : "link.close", "link:" + std::string(code)});
  });
  if (!found) return refuse(Problem::Kind::NotFound, Msg::SurveyUnknown);
  return {};
}

}  // namespace pilar::app
