#include <array>

#include "web/api_doc.h"

namespace pilar::web {
namespace {

constexpr std::string_view kIndicatorHeadSchema = R"({
  "type": "object", "required": ["key", "version", "title", "area", "type", "owner", "mandatory", "used", "formula", "unit", "better", "target"],
  "properties": {
    "key": {"type": "string"}, "version": {"type": "integer", "minimum": 1}, "title": {"$ref": "#/components/schemas/Words"},
    "area": {"type": "string", "enum": ["admen", "ukm", "ukp", "kmp"]}, "type": {"type": "string", "enum": ["struktur", "proses", "hasil"]},
    "owner": {"type": ["string", "null"], "description": "Code of the place that keeps the profile; null: it is for every place."},
    "mandatory": {"type": "boolean"},
    "used": {"type": ["boolean", "null"], "description": "By this facility today; null where the place is no facility."},
    "formula": {"type": "string", "description": "instrument/measure"}, "unit": {"type": "string"},
    "better": {"type": ["string", "null"], "enum": ["naik", "turun", "netral", null]},
    "target": {"type": ["number", "null"], "description": "In force today: the facility's own, the profile's or the measure's."},
    "mark": {"$ref": "#/components/schemas/Words"}}})";

constexpr std::string_view kIndicatorSchema = R"({
  "allOf": [{"$ref": "#/components/schemas/IndicatorHead"}],
  "description": "A profile with the members of docs/kamus.md, as it stands in this version.",
  "type": "object", "required": ["valid_from", "source", "pillar", "level", "tags", "facility_types", "rhythm", "efforts", "codes", "versions"],
  "properties": {
    "valid_from": {"type": ["string", "null"], "format": "date"}, "source": {"type": "string"},
    "aim": {"$ref": "#/components/schemas/Words"}, "definition": {"$ref": "#/components/schemas/Words"},
    "rationale": {"$ref": "#/components/schemas/Words"}, "numerator": {"$ref": "#/components/schemas/Words"},
    "denominator": {"$ref": "#/components/schemas/Words"}, "inclusion": {"$ref": "#/components/schemas/Words"},
    "exclusion": {"$ref": "#/components/schemas/Words"}, "method": {"$ref": "#/components/schemas/Words"},
    "data_source": {"$ref": "#/components/schemas/Words"}, "sample": {"$ref": "#/components/schemas/Words"},
    "sampling": {"$ref": "#/components/schemas/Words"}, "presentation": {"$ref": "#/components/schemas/Words"},
    "responsible": {"$ref": "#/components/schemas/Words"},
    "pillar": {"type": "string", "enum": ["peserta", "ppk", "asuradur"]},
    "stage": {"type": "string", "enum": ["input", "proses", "output", "outcome"]},
    "level": {"type": "string", "enum": ["fasilitas", "unit", "petugas"]}, "safety_goal": {"type": "integer"},
    "tags": {"type": "array", "items": {"type": "string"}}, "facility_types": {"type": "array", "items": {"type": "string"}},
    "rhythm": {"type": "object", "required": ["collect", "analyse", "report"], "additionalProperties": false, "description": "In months.",
      "properties": {"collect": {"type": "integer"}, "analyse": {"type": "integer"}, "report": {"type": "integer"}}},
    "efforts": {"type": "array", "items": {"type": "object", "required": ["what", "who"], "additionalProperties": false,
      "properties": {"what": {"$ref": "#/components/schemas/Words"}, "who": {"$ref": "#/components/schemas/Words"}}}},
    "codes": {"type": "array", "items": {"type": "object", "required": ["system"], "additionalProperties": false,
      "properties": {"system": {"type": "string"}, "numerator": {"type": "string"}, "denominator": {"type": "string"},
        "value": {"type": "string"}, "option": {"type": "string"}, "set": {"type": "string"}}}},
    "versions": {"type": "array", "items": {"type": "object", "required": ["version", "valid_from", "saved_at"], "additionalProperties": false,
      "properties": {"version": {"type": "integer"}, "valid_from": {"type": ["string", "null"], "format": "date"},
        "saved_at": {"type": "string", "format": "date-time"}}}}}})";

constexpr std::string_view kIndicatorValueSchema = R"({
  "description": "Missing is not zero: value is null without cases and where nothing was collected, and state says which.",
  "type": "object", "required": ["numerator", "denominator", "value", "state"],
  "properties": {
    "numerator": {"type": ["integer", "null"], "description": "Of shares and ratios."}, "denominator": {"type": ["integer", "null"]},
    "value": {"type": ["number", "null"], "description": "In the indicator's unit; shares in per cent."},
    "state": {"type": "string", "enum": ["value", "zero", "no_cases", "not_collected"]}}})";

constexpr std::string_view kIndicatorMonthsSchema = R"({
  "type": "object", "required": ["indicator", "version", "title", "unit", "target", "months"], "additionalProperties": false,
  "properties": {
    "indicator": {"type": "string"}, "version": {"type": "integer"}, "title": {"$ref": "#/components/schemas/Words"},
    "unit": {"type": "string"}, "target": {"type": ["number", "null"]},
    "months": {"type": "array", "items": {"allOf": [{"$ref": "#/components/schemas/IndicatorValue"}],
      "type": "object", "required": ["month", "running", "met"],
      "properties": {"month": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
        "running": {"type": "boolean", "description": "Not over yet."},
        "met": {"type": ["boolean", "null"], "description": "Whether the target is reached, compared before rounding; null without a target or a value."}}}}}})";

constexpr std::string_view kMonthHeadSchema = R"({
  "type": "object", "required": ["month", "state", "running", "filled", "all", "sent_at", "changed", "unexplained"],
  "properties": {
    "month": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
    "state": {"type": "string", "enum": ["empty", "partly", "complete", "sent", "accepted", "returned"]},
    "running": {"type": "boolean"}, "filled": {"type": "integer"}, "all": {"type": "integer"},
    "sent_at": {"type": ["string", "null"], "format": "date-time", "description": "Of the last sending, also where it was returned."},
    "changed": {"type": "array", "items": {"type": "string"}, "description": "Indicators whose value is another since it was sent."},
    "unexplained": {"type": "array", "items": {"type": "string"},
      "description": "Indicators that missed their target and have no analysis and follow-up."}}})";

constexpr std::string_view kMonthReportSchema = R"({
  "allOf": [{"$ref": "#/components/schemas/MonthReportHead"}],
  "type": "object", "required": ["place", "as_of", "events", "values"],
  "properties": {
    "place": {"type": "string"}, "as_of": {"type": "string", "format": "date-time"},
    "events": {"type": "array", "items": {"type": "object", "required": ["step", "at", "reason"], "additionalProperties": false,
      "properties": {"step": {"type": "string", "enum": ["send", "accept", "return", "withdraw"]},
        "at": {"type": "string", "format": "date-time"}, "reason": {"type": "string"}}}},
    "values": {"type": "array", "items": {"type": "object",
      "required": ["indicator", "target", "met", "now", "sent", "sent_version", "analysis", "follow_up"], "additionalProperties": false,
      "properties": {"indicator": {"type": "string"}, "target": {"type": ["number", "null"]}, "met": {"type": ["boolean", "null"]},
        "now": {"$ref": "#/components/schemas/IndicatorValue"},
        "sent": {"anyOf": [{"type": "null"}, {"$ref": "#/components/schemas/IndicatorValue"}]},
        "sent_version": {"type": ["integer", "null"], "description": "Version of the profile when it was sent."},
        "analysis": {"type": "string"}, "follow_up": {"type": "string"}}}}}})";

constexpr std::string_view kDataValueSetSchema = R"({
  "description": "dataValueSets of the DHIS2 Web API. Of a facility, period and orgUnit stand at the top; of an office's facilities, with each value.",
  "type": "object", "required": ["dataValues"], "additionalProperties": false,
  "properties": {
    "dataSet": {"type": "string"}, "completeDate": {"type": "string", "format": "date"},
    "period": {"type": "string", "pattern": "^[0-9]{6}$"}, "orgUnit": {"type": "string"},
    "dataValues": {"type": "array", "items": {"type": "object", "required": ["dataElement"], "additionalProperties": false,
      "anyOf": [{"required": ["value"]}, {"required": ["comment"]}],
      "properties": {"dataElement": {"type": "string"}, "categoryOptionCombo": {"type": "string"},
        "period": {"type": "string", "pattern": "^[0-9]{6}$"}, "orgUnit": {"type": "string"},
        "value": {"type": "string"}, "comment": {"type": "string"}}}}}})";

constexpr std::array kIndicatorSchemas{
    ApiSchema{"DataValueSet", kDataValueSetSchema},     ApiSchema{"Indicator", kIndicatorSchema},
    ApiSchema{"IndicatorHead", kIndicatorHeadSchema},   ApiSchema{"IndicatorMonths", kIndicatorMonthsSchema},
    ApiSchema{"IndicatorValue", kIndicatorValueSchema}, ApiSchema{"MonthReport", kMonthReportSchema},
    ApiSchema{"MonthReportHead", kMonthHeadSchema}};

}  // namespace

std::span<const ApiSchema> indicator_schemas() { return kIndicatorSchemas; }

}  // namespace pilar::web
