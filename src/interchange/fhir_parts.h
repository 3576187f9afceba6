#pragma once
#include <string_view>

// Addresses and names that the parts of the FHIR translation share; nothing else includes it.
namespace pilar::fhir {

inline constexpr std::string_view kInstrumentUrl = "urn:pilar:instrument:", kOptionSystem = "urn:pilar:options:",
                                  kPlaceSystem = "urn:pilar:place", kPackExtension = "urn:pilar:pack", kUnitExtension = "urn:pilar:unit",
                                  kReceivedExtension = "urn:pilar:received-at", kPhotoUrl = "urn:sha256:";
inline constexpr std::string_view kTranslation = "http://hl7.org/fhir/StructureDefinition/translation",
                                  kOrdinal = "http://hl7.org/fhir/StructureDefinition/ordinalValue",
                                  kAbsent = "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
                                  kUnit = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit",
                                  kMinimum = "http://hl7.org/fhir/StructureDefinition/minValue",
                                  kMaximum = "http://hl7.org/fhir/StructureDefinition/maxValue",
                                  kDecimals = "http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces",
                                  kConstraint = "http://hl7.org/fhir/StructureDefinition/questionnaire-constraint",
                                  kEnableWhen = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression",
                                  kCalculated = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";
inline constexpr std::string_view kPathLanguage = "text/fhirpath";

}  // namespace pilar::fhir
