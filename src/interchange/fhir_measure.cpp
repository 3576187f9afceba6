#include "interchange/fhir_measure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "base/result.h"
#include "interchange/fhir.h"
#include "interchange/fhir_parts.h"

namespace pilar::fhir {
namespace {

constexpr std::string_view kIndicatorUrl = "urn:pilar:indicator:", kIndicatorSystem = "urn:pilar:indicator",
                           kReportUrl = "urn:pilar:measure-report:";
constexpr std::string_view kMadx = "https://profiles.ihe.net/QRPH/mADX/StructureDefinition/";
constexpr std::string_view kTerms = "http://terminology.hl7.org/CodeSystem/";
constexpr std::string_view kUcum = "http://unitsofmeasure.org";

json::Value concept_of(std::string_view system, std::string_view code) {
  return json::Object{{"coding", json::Array{json::Object{{"system", system}, {"code", code}}}}};
}
json::Value fhir_term(std::string_view system, std::string_view code) {
  return concept_of(std::string(kTerms) + std::string(system), code);
}

json::Value profiled(std::string_view profile) { return json::Object{{"profile", json::Array{std::string(kMadx) + std::string(profile)}}}; }

/// A text with its English as a translation; nothing where there is none.
void add_measure_words(json::Object& out, const std::string& key, const Words& words) {
  if (words.empty()) return;
  out.emplace_back(key, words.id);
  if (words.en.empty()) return;
  json::Array parts{json::Object{{"url", "lang"}, {"valueCode", "en"}}, json::Object{{"url", "content"}, {"valueString", words.en}}};
  json::Object translation{{"url", kTranslation}, {"extension", std::move(parts)}};
  out.emplace_back("_" + key, json::Object{{"extension", json::Array{std::move(translation)}}});
}

/// Ids of FHIR know no underscore, names of indicators no dot.
std::string measure_id(std::string key) {
  std::ranges::replace(key, '_', '.');
  return key;
}

/// "inm-apd" as FHIR wants names for programs: "Inm_apd". Names of indicators begin with a small letter or a digit.
std::string name_of_measure(std::string key) {
  std::ranges::replace(key, '-', '_');
  const char first = key.front();
  if (first >= '0' && first <= '9') return "I" + key;
  key.front() = static_cast<char>(first - 'a' + 'A');
  return key;
}

std::string_view scoring_of(const Measure& measure) {
  if (!is_share(measure)) return "continuous-variable";
  return measure.kind == MeasureKind::Ratio ? "ratio" : "proportion";
}

/// A duration is better when it is shorter, unless what counts is the share within the limit.
std::string_view notation_of(const Measure& measure) { return better_of(measure) == Better::Lower ? "decrease" : "increase"; }

std::string_view donabedian_of(const Indicator& profile) {
  switch (profile.type) {
    case IndicatorType::Structure:
      return "structure";
    case IndicatorType::Outcome:
      return "outcome";
    case IndicatorType::Process:
      break;
  }
  return "process";
}

json::Value fhir_period(const std::optional<Day>& from, const std::optional<Day>& until) {
  json::Object out;
  if (from) out.emplace_back("start", iso(*from));
  if (until) out.emplace_back("end", iso(Day{until->value - 1}));
  return out;
}

/// How it gets its value, in one line.
std::string counted_by(const Indicator& profile) {
  const auto own = profile.counted();
  if (own) return own->over + ": " + own->numerator + (own->denominator.empty() ? "" : " / " + own->denominator);
  std::string out = profile.formula;
  for (const auto& key : profile.sum_of) out += (out.empty() ? "" : " + ") + key;
  return out;
}

/// Which records count; what is counted in them the population's description says.
json::Value criteria_of(const MeasureSource& source) {
  const auto& form = *source.form;
  json::Object out{{"description", counted_by(*source.profile)}, {"language", kPathLanguage}};
  out.emplace_back("expression",
                   "questionnaire.startsWith('" + std::string(kInstrumentUrl) + (form.over.empty() ? form.key : form.over) + "|')");
  if (form.over.empty()) out.emplace_back("reference", canonical_of(form));
  return out;
}

json::Value measure_population(const MeasureSource& source, std::string_view code, const Words& words) {
  json::Object out{{"code", fhir_term("measure-population", code)}};
  add_measure_words(out, "description", words);
  out.emplace_back("criteria", criteria_of(source));
  return out;
}

json::Value group_code(const Indicator& profile) { return concept_of(kIndicatorSystem, profile.key); }

json::Value group_of(const MeasureSource& source) {
  const auto& profile = *source.profile;
  json::Object out{{"code", group_code(profile)}};
  add_measure_words(out, "description", profile.definition.empty() ? profile.title : profile.definition);
  json::Array populations;
  if (is_share(*source.measure)) {
    populations.push_back(measure_population(source, "numerator", profile.numerator));
    populations.push_back(measure_population(source, "denominator", profile.denominator));
  } else {
    populations.push_back(measure_population(source, "measure-population", profile.numerator));
  }
  out.emplace_back("population", std::move(populations));
  return out;
}

/// How it is collected, in one text.
Words guidance_of(const Indicator& profile) {
  Words out;
  for (const auto* words :
       {&profile.inclusion, &profile.exclusion, &profile.method, &profile.data_source, &profile.sample, &profile.sampling}) {
    if (words->empty()) continue;
    out.id += (out.id.empty() ? "" : " ") + words->id;
    out.en += (out.en.empty() ? "" : " ") + words->in(Lang::En);
  }
  return out;
}

void add_description(json::Object& out, const Indicator& profile) {
  Words words = profile.definition.empty() ? profile.title : profile.definition;
  if (!profile.source.empty()) {
    if (!words.en.empty()) words.en += " (" + profile.source + ")";
    words.id += " (" + profile.source + ")";
  }
  add_measure_words(out, "description", words);
}

/// FHIR's integers have 32 bits.
json::Value counted(std::string_view code, const std::optional<std::int64_t>& count) {
  json::Object out{{"code", fhir_term("measure-population", code)}};
  if (count && *count >= INT32_MIN && *count <= INT32_MAX) {
    out.emplace_back("count", *count);
  } else {
    json::Object reason{{"url", kAbsent}, {"valueCode", count ? "unsupported" : "unknown"}};
    out.emplace_back("_count", json::Object{{"extension", json::Array{std::move(reason)}}});
  }
  return out;
}

/// Without cases a share has counted nothing; a ratio may lack what it is held against.
json::Array populations_of(const Measure& measure, const IndicatorValue& value) {
  if (!is_share(measure)) return {counted("measure-population", value.n)};
  const bool nothing = value.state() == ValueState::NoCases && measure.kind != MeasureKind::Ratio;
  const std::optional<std::int64_t> none = nothing ? std::optional<std::int64_t>(0) : std::nullopt;
  return {counted("numerator", value.numerator ? value.numerator : none),
          counted("denominator", value.denominator ? value.denominator : none)};
}

json::Value score_of(const Measure& measure, double point) {
  constexpr double kScale = 1e6;
  json::Object out{{"value", std::round(point * kScale) / kScale}};
  if (!is_share(measure)) return out;
  out.emplace_back("unit", "%");
  out.emplace_back("system", kUcum);
  out.emplace_back("code", "%");
  return out;
}

json::Value place_reference(std::string_view type, std::string_view code, std::string_view name) {
  return json::Object{{"type", type}, {"identifier", json::Object{{"system", kPlaceSystem}, {"value", code}}}, {"display", name}};
}

json::Value bundle_entry(json::Value resource, std::string_view mode) {
  const auto* url = resource.find("url");
  auto full = url != nullptr ? url->string() : std::string(kReportUrl) + resource.find("id")->string();
  return json::Object{{"fullUrl", std::move(full)}, {"resource", std::move(resource)}, {"search", json::Object{{"mode", mode}}}};
}

}  // namespace

json::Value measure(const MeasureSource& source) {
  const auto& profile = *source.profile;
  auto meta = profiled("mADX-Measure");
  meta.set("versionId", std::to_string(profile.version));
  json::Object out{{"resourceType", "Measure"}, {"id", measure_id(profile.key)}, {"meta", std::move(meta)}, {"language", "id"}};
  out.emplace_back("url", std::string(kIndicatorUrl) + profile.key);
  out.emplace_back("version", std::to_string(profile.version));
  out.emplace_back("name", name_of_measure(profile.key));
  add_measure_words(out, "title", profile.title);
  out.emplace_back("status", source.published ? "active" : "draft");
  out.emplace_back("experimental", false);
  out.emplace_back("subjectCodeableConcept", concept_of("http://hl7.org/fhir/resource-types", "Location"));
  out.emplace_back("publisher", source.publisher);
  add_description(out, profile);
  add_measure_words(out, "purpose", profile.aim);
  if (profile.valid_from || source.until) out.emplace_back("effectivePeriod", fhir_period(profile.valid_from, source.until));
  add_measure_words(out, "disclaimer", profile.mark);
  out.emplace_back("scoring", fhir_term("measure-scoring", scoring_of(*source.measure)));
  out.emplace_back("type", json::Array{fhir_term("measure-type", donabedian_of(profile))});
  add_measure_words(out, "rationale", profile.rationale);
  out.emplace_back("improvementNotation", fhir_term("measure-improvement-notation", notation_of(*source.measure)));
  add_measure_words(out, "guidance", guidance_of(profile));
  out.emplace_back("group", json::Array{group_of(source)});
  return out;
}

json::Value measure_report(const MeasureSource& source, const MonthSubject& subject, const IndicatorValue& value) {
  require(value.collected, "what was not collected is not reported");
  const auto days = period_of(subject.month);
  json::Object out{{"resourceType", "MeasureReport"}, {"id", subject.id}, {"meta", profiled("mADX-MeasureReport")}};
  out.emplace_back("status", subject.over ? "complete" : "pending");
  out.emplace_back("type", "summary");
  out.emplace_back("measure", std::string(kIndicatorUrl) + source.profile->key + "|" + std::to_string(source.profile->version));
  out.emplace_back("subject", place_reference("Location", subject.code, subject.name));
  out.emplace_back("date", subject.date);
  out.emplace_back("reporter", place_reference("Organization", subject.reporter, subject.reporter_name));
  out.emplace_back("period", fhir_period(days.from, days.to));
  out.emplace_back("improvementNotation", fhir_term("measure-improvement-notation", notation_of(*source.measure)));
  json::Object group{{"code", group_code(*source.profile)}, {"population", populations_of(*source.measure, value)}};
  if (value.point) group.emplace_back("measureScore", score_of(*source.measure, *value.point));
  out.emplace_back("group", json::Array{std::move(group)});
  return out;
}

json::Value search_bundle(std::vector<json::Value> found, std::vector<json::Value> included) {
  const auto total = static_cast<std::int64_t>(found.size());
  json::Array entries;
  for (auto& resource : found) entries.push_back(bundle_entry(std::move(resource), "match"));
  for (auto& resource : included) entries.push_back(bundle_entry(std::move(resource), "include"));
  json::Object out{{"resourceType", "Bundle"}, {"type", "searchset"}, {"total", total}};
  if (!entries.empty()) out.emplace_back("entry", std::move(entries));
  return out;
}

}  // namespace pilar::fhir
