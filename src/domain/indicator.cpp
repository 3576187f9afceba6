#include "domain/indicator.h"

#include <algorithm>
#include <array>

#include "i18n/messages.h"
#include "i18n/words/indicator.h"

namespace pilar {
namespace {

constexpr std::array kTypes{NamedValue{IndicatorType::Structure, std::string_view("struktur"), Msg::IndicatorTypeStructure},
                            NamedValue{IndicatorType::Process, std::string_view("proses"), Msg::IndicatorTypeProcess},
                            NamedValue{IndicatorType::Outcome, std::string_view("hasil"), Msg::IndicatorTypeOutcome}};
constexpr std::array kStages{NamedValue{IndicatorStage::Input, std::string_view("input"), Msg::IndicatorStageInput},
                             NamedValue{IndicatorStage::Process, std::string_view("proses"), Msg::IndicatorStageProcess},
                             NamedValue{IndicatorStage::Output, std::string_view("output"), Msg::IndicatorStageOutput},
                             NamedValue{IndicatorStage::Outcome, std::string_view("outcome"), Msg::IndicatorStageOutcome}};
constexpr std::array kAreas{NamedValue{ServiceArea::Admen, std::string_view("admen"), Msg::IndicatorAreaAdmen},
                            NamedValue{ServiceArea::Ukm, std::string_view("ukm"), Msg::IndicatorAreaUkm},
                            NamedValue{ServiceArea::Ukp, std::string_view("ukp"), Msg::IndicatorAreaUkp},
                            NamedValue{ServiceArea::Kmp, std::string_view("kmp"), Msg::IndicatorAreaKmp}};
constexpr std::array kDirections{NamedValue{Better::Higher, std::string_view("naik"), Msg::IndicatorBetterHigher},
                                 NamedValue{Better::Lower, std::string_view("turun"), Msg::IndicatorBetterLower},
                                 NamedValue{Better::Neither, std::string_view("netral"), Msg::IndicatorBetterNeither}};
constexpr std::array kLevels{NamedValue{IndicatorLevel::Facility, std::string_view("fasilitas"), Msg::IndicatorLevelFacility},
                             NamedValue{IndicatorLevel::Unit, std::string_view("unit"), Msg::IndicatorLevelUnit},
                             NamedValue{IndicatorLevel::Officer, std::string_view("petugas"), Msg::IndicatorLevelOfficer}};
constexpr std::array kPillarNames{NamedValue{Pillar::Peserta, std::string_view("peserta"), Msg::IndicatorPillarPeserta},
                                  NamedValue{Pillar::Ppk, std::string_view("ppk"), Msg::IndicatorPillarPpk},
                                  NamedValue{Pillar::Asuradur, std::string_view("asuradur"), Msg::IndicatorPillarAsuradur}};

Problem wrong(const char* field, Message message, std::vector<std::string> args = {}) {
  return {Problem::Kind::Invalid, message, field, std::move(args)};
}

void check_words(Problems& problems, const Indicator& indicator) {
  const auto need = [&](const Words& words, const char* field) {
    if (words.empty()) problems.push_back(wrong(field, Msg::IndicatorFieldEmpty));
  };
  need(indicator.title, "title");
  need(indicator.aim, "aim");
  need(indicator.definition, "definition");
  need(indicator.numerator, "numerator");
  need(indicator.responsible, "responsible");
  if (indicator.source.empty()) problems.push_back(wrong("source", Msg::IndicatorFieldEmpty));
  if (indicator.efforts.empty()) problems.push_back(wrong("efforts", Msg::IndicatorNoEffort));
}

void check_succession(Problems& problems, const Indicator& indicator, const Indicator& before) {
  if (indicator.version <= before.version) problems.push_back(wrong("version", Msg::IndicatorVersionOld, {std::to_string(before.version)}));
  if (!indicator.valid_from)
    problems.push_back(wrong("valid_from", Msg::IndicatorNoDate));
  else if (before.valid_from && *indicator.valid_from <= *before.valid_from)
    problems.push_back(wrong("valid_from", Msg::IndicatorDateOld, {day_arg(*before.valid_from)}));
}

std::pair<std::string_view, std::string_view> halves(std::string_view path) {
  const auto slash = path.find('/');
  if (slash == std::string_view::npos) return {};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

}  // namespace

std::span<const NamedValue<IndicatorType>> indicator_types() { return kTypes; }
std::span<const NamedValue<IndicatorStage>> indicator_stages() { return kStages; }
std::span<const NamedValue<ServiceArea>> service_areas() { return kAreas; }
std::span<const NamedValue<Better>> directions() { return kDirections; }
std::span<const NamedValue<IndicatorLevel>> indicator_levels() { return kLevels; }
std::span<const NamedValue<Pillar>> pillars() { return kPillarNames; }

std::string_view Indicator::instrument() const { return halves(formula).first; }
std::string_view Indicator::measure() const { return halves(formula).second; }
const IndicatorCode* Indicator::code_in(std::string_view system) const {
  const auto at = std::ranges::find(codes, system, &IndicatorCode::system);
  return at == codes.end() ? nullptr : &*at;
}

std::optional<Formula> Indicator::counted() const {
  if (!tally) return records;
  Formula out;
  out.over = kDailyCount;
  out.numerator = "${" + std::string(kCountNumerator) + "}";
  out.denominator = "${" + std::string(kCountDenominator) + "}";
  out.include = "${" + std::string(kCountIndicator) + "} = '" + key + "'";
  return out;
}

std::string Indicator::path() const {
  const auto own = counted();
  return own ? formula_key(*own) + "/" + formula_measure(*own).key : formula;
}

bool has_one_formula(const Indicator& indicator) {
  const int ways = !indicator.formula.empty() + indicator.records.has_value() + indicator.tally + !indicator.sum_of.empty();
  return ways == 1;
}

bool is_for(const Indicator& indicator, std::string_view facility_type) {
  return indicator.facility_types.empty() || std::ranges::find(indicator.facility_types, facility_type) != indicator.facility_types.end();
}

const Tag* find_tag(const TagSet& set, std::string_view key) {
  const auto at = std::ranges::find(set.tags, key, &Tag::key);
  return at == set.tags.end() ? nullptr : &*at;
}

const Tag* find_tag(std::span<const TagSet> sets, std::string_view path) {
  const auto [set_key, tag_key] = halves(path);
  const auto set = std::ranges::find(sets, set_key, &TagSet::key);
  return set == sets.end() ? nullptr : find_tag(*set, tag_key);
}

Problems check_indicator(const Indicator& indicator, const Indicator* before) {
  Problems problems;
  check_words(problems, indicator);
  if (indicator.target && *indicator.target < Decimal::whole(0)) problems.push_back(wrong("target", Msg::IndicatorTargetNegative));
  if (before != nullptr) check_succession(problems, indicator, *before);
  return problems;
}

}  // namespace pilar
