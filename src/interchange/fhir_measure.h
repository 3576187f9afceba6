#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "domain/indicator.h"
#include "domain/indicator_value.h"

/// HL7 FHIR R4 (4.0.1): indicators as Measure, their months as MeasureReport, with what IHE mADX 3.0.0 (Mobile Aggregate Data Exchange,
/// trial use) asks of both: publisher, subject, group code, population codes and counts, improvementNotation.
namespace pilar::fhir {

/// A profile with the measure that gives its value, which bears the profile's target.
struct MeasureSource {
  const Indicator* profile = nullptr;
  const Instrument* form = nullptr;
  const Measure* measure = nullptr;
  bool published = true;
  std::optional<Day> until{};  ///< first day of the version after it
  std::string publisher{};     ///< who keeps the profile
};
/// The resource's id and url do not depend on the version, which is `version`.
json::Value measure(const MeasureSource& source);

/// Whose month it is.
struct MonthSubject {
  std::string id{};                ///< of the MeasureReport
  std::string code{}, name{};      ///< of the facility
  std::string reporter{}, reporter_name{};
  Month month{};
  bool over = true;                ///< else the report is pending
  std::string date{};              ///< RFC 3339: when it was sent, or read
};
/// Counts and value of a month. A count that nobody knows any more has a data-absent-reason; without cases there is no measureScore.
/// The value is one that was collected.
json::Value measure_report(const MeasureSource& source, const MonthSubject& subject, const IndicatorValue& value);

/// A searchset: what was asked for, and what it refers to.
json::Value search_bundle(std::vector<json::Value> found, std::vector<json::Value> included);

}  // namespace pilar::fhir
