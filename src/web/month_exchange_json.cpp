#include <map>

#include "i18n/messages.h"
#include "i18n/words/exchange.h"
#include "i18n/words/indicator.h"
#include "interchange/dhis2.h"
#include "interchange/fhir_measure.h"
#include "web/api_indicator_json.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// Codes belong to how the indicator is kept now, whatever version was sent.
const IndicatorCode* dhis2_code(const app::MonthFigure& figure) { return figure.line->profile().code_in(dhis2::kSystem); }

dhis2::OrgUnit org_unit_of(const app::MonthFacility& facility, std::string_view data_set) {
  dhis2::OrgUnit unit{facility.dhis2, {}, {}};
  if (facility.sent_at) unit.complete = civil_day(*facility.sent_at, facility.node->zone);
  for (const auto& figure : facility.figures) {
    const auto* code = dhis2_code(figure);
    if (code != nullptr && (data_set.empty() || code->set == data_set))
      unit.figures.push_back({code, is_share(*figure.measure), figure.value, figure.measure->kind == MeasureKind::Ratio});
  }
  return unit;
}

/// The day on which the published version after it begins to hold.
std::optional<Day> profile_end(const app::KamusLine& line, const Indicator& profile) {
  for (const auto& one : line.entry->versions)
    if (one.published && profile.version < one.profile.version) return one.profile.valid_from;
  return {};
}

fhir::MeasureSource measure_source(const app::KamusView& view, const app::KamusLine& line, const Indicator& profile) {
  const auto* owner = view.reference->organisation.find(line.entry->owner);
  return {&profile, &line.form->form, line.measure, true, profile_end(line, profile), owner == nullptr ? "Pilar" : owner->name};
}

}  // namespace

Result<json::Value> data_value_set_json(Lang lang, const app::MonthFigures& figures, std::string_view data_set) {
  std::vector<dhis2::OrgUnit> units;
  bool has_place = false;
  for (const auto& facility : figures.facilities) {
    if (facility.dhis2.empty()) continue;
    has_place = true;
    if (auto unit = org_unit_of(facility, data_set); !unit.figures.empty()) units.push_back(std::move(unit));
  }
  if (!has_place) return refuse(Problem::Kind::Invalid, Msg::ExchangeNoPlaceCode, "place");
  if (units.empty()) return refuse(Problem::Kind::Invalid, Msg::ExchangeNoIndicatorCode, data_set.empty() ? "place" : "data_set");
  return dhis2::data_value_set(figures.month, units, words(lang, Msg::IndicatorNoCases));
}

json::Value fhir_measure_json(const app::KamusView& view, const app::KamusLine& line, const Indicator& profile) {
  return fhir::measure(measure_source(view, line, profile));
}

json::Value fhir_month_json(const app::MonthFigures& figures) {
  std::vector<json::Value> found, included;
  std::map<const Indicator*, const app::KamusLine*> named;
  const auto& reporter = *figures.kamus.node;
  for (const auto& facility : figures.facilities)
    for (const auto& figure : facility.figures) {
      if (!figure.value.collected) continue;
      named.emplace(figure.profile, figure.line);
      const auto& node = *facility.node;
      const auto id = std::to_string(node.key.value) + "." + std::to_string(figure.line->entry->id.value) + "." + iso(figures.month);
      found.push_back(fhir::measure_report(measure_source(figures.kamus, *figure.line, *figure.profile),
                                           {id, node.code, node.name, reporter.code, reporter.name, figures.month, !figures.running,
                                            iso(facility.sent_at.value_or(figures.as_of), node.zone)},
                                           figure.value));
    }
  for (const auto& line : figures.kamus.lines)
    for (const auto& version : line.entry->versions)
      if (named.contains(&version.profile)) included.push_back(fhir_measure_json(figures.kamus, line, version.profile));
  return fhir::search_bundle(std::move(found), std::move(included));
}

}  // namespace pilar::web
