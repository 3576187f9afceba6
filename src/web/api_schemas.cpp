#include <algorithm>
#include <vector>

#include "web/api_doc.h"

namespace pilar::web {
namespace {

constexpr std::string_view kProblemSchema = R"({
  "description": "RFC 9457. One entry of errors for each thing that is wrong, all at once.",
  "type": "object", "required": ["type", "title", "status", "errors"], "additionalProperties": false,
  "properties": {
    "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"},
    "incident": {"type": "string", "description": "The code under which the operator finds the cause."},
    "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Wrong"}}}})";
constexpr std::string_view kWrongSchema = R"({
  "type": "object", "required": ["field", "code", "message"], "additionalProperties": false,
  "properties": {
    "field": {"type": "string", "description": "The key or parameter meant, such as answers.menit; empty: the whole request."},
    "code": {"type": "string", "description": "Stays the same in every language."},
    "message": {"type": "string", "description": "In the language of the request (parameter bahasa, id or en)."}}})";
constexpr std::string_view kCalcErrorSchema = R"({
  "type": "object", "required": ["error"], "additionalProperties": false,
  "properties": {"error": {"type": "object", "required": ["code", "field", "message"], "additionalProperties": false,
    "properties": {"code": {"type": "string"}, "field": {"type": "string"}, "message": {"type": "string"}}}}})";
constexpr std::string_view kAnswersSchema = R"({
  "description": "By the keys of the instrument's items. An option is its key, several options an array of keys, a number exact, a day 2026-11-21, a time 08:15, a moment RFC 3339, yes or no ya or tidak. null is blank; {\"not\": \"asked\"}, {\"not\": \"observed\"} and {\"not\": \"applicable\"} are the other ways of having no answer; {\"not\": \"shown\"} is a person who was named and whom nobody reads back.",
  "type": "object",
  "additionalProperties": {"anyOf": [
    {"type": ["string", "number", "boolean", "null"]},
    {"type": "array", "items": {"type": ["string", "number"]}},
    {"type": "object", "required": ["not"], "additionalProperties": false,
     "properties": {"not": {"type": "string", "enum": ["asked", "observed", "applicable", "shown"]}}}]}})";
constexpr std::string_view kNewRecordSchema = R"({
  "type": "object", "required": ["instrument", "facility", "answers"], "additionalProperties": false,
  "properties": {
    "id": {"type": "string", "format": "uuid", "description": "Made by the sender; a repeated send of the same id is recognised."},
    "instrument": {"type": "string"}, "version": {"type": "integer", "minimum": 1},
    "facility": {"type": "string"}, "unit": {"type": ["string", "null"]},
    "at": {"type": "string", "format": "date-time", "description": "When it happened; now where it is left out."},
    "answers": {"$ref": "#/components/schemas/Answers"}}})";
constexpr std::string_view kCorrectionSchema = R"({
  "description": "The new content, whole, as POST /api/v1/records takes it. What a read record holds beyond it may stay in and is ignored.",
  "type": "object", "required": ["answers", "reason"],
  "properties": {
    "unit": {"type": ["string", "null"]}, "version": {"type": "integer", "minimum": 1},
    "at": {"type": "string", "format": "date-time"}, "answers": {"$ref": "#/components/schemas/Answers"},
    "reason": {"type": "string", "minLength": 1, "maxLength": 500}}})";
constexpr std::string_view kVoidingSchema = R"({
  "type": "object", "required": ["reason"], "additionalProperties": false,
  "properties": {"reason": {"type": "string", "minLength": 1, "maxLength": 500}}})";
constexpr std::string_view kSavedObject = R"({
  "type": "object", "required": ["id", "revision", "repeated", "receipt", "warnings"], "additionalProperties": false,
  "properties": {
    "id": {"type": "string", "format": "uuid"}, "revision": {"type": "integer", "minimum": 1},
    "repeated": {"type": "boolean", "description": "It was saved so before; nothing was added."},
    "receipt": {"type": "string", "pattern": "^[0-9A-Z]{4}-[0-9A-Z]{4}$"},
    "warnings": {"type": "array", "items": {"$ref": "#/components/schemas/Warning"}}}})";
constexpr std::string_view kWarningSchema = R"({
  "description": "A validation rule of the instrument that the answers do not keep. The record is saved all the same: look at it again.",
  "type": "object", "required": ["rule", "importance", "fields", "left", "right", "message"], "additionalProperties": false,
  "properties": {
    "rule": {"type": "string"}, "importance": {"type": "string", "enum": ["high", "middle", "low"]},
    "fields": {"type": "array", "items": {"type": "string"}, "description": "The answers that it reads, such as answers.menit."},
    "left": {"type": ["number", "null"], "description": "What its left side came to; null: there is no answer."},
    "right": {"type": ["number", "null"]},
    "message": {"type": "string", "description": "In the language of the request (parameter bahasa, id or en)."}}})";
constexpr std::string_view kSavedLineSchema = R"({
  "description": "One line for each line sent, in the same order.",
  "oneOf": [
    {"type": "object", "required": ["line", "status", "id", "revision", "repeated", "receipt", "warnings"], "additionalProperties": false,
     "properties": {"line": {"type": "integer", "minimum": 1}, "status": {"type": "integer", "enum": [200, 201]},
       "id": {"type": "string", "format": "uuid"}, "revision": {"type": "integer"}, "repeated": {"type": "boolean"},
       "receipt": {"type": "string"}, "warnings": {"type": "array", "items": {"$ref": "#/components/schemas/Warning"}}}},
    {"type": "object", "required": ["line", "status", "errors"], "additionalProperties": false,
     "properties": {"line": {"type": "integer", "minimum": 1}, "status": {"type": "integer", "minimum": 400},
       "errors": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/Wrong"}}}}]})";
constexpr std::string_view kRecordObject = R"({
  "type": "object",
  "required": ["id", "facility", "unit", "instrument", "version", "day", "at", "received_at", "channel", "state", "revision", "answers", "calculated"],
  "additionalProperties": false,
  "properties": {
    "id": {"type": "string", "format": "uuid"}, "facility": {"type": "string"},
    "unit": {"type": ["string", "null"], "description": "null: it belongs to the whole facility"},
    "instrument": {"type": "string"}, "version": {"type": "integer"},
    "day": {"type": "string", "format": "date", "description": "The civil day in the facility's zone."},
    "at": {"type": "string", "format": "date-time"}, "received_at": {"type": "string", "format": "date-time"},
    "channel": {"type": "string", "enum": ["public", "staff", "api", "import", "demo"]},
    "state": {"type": "string", "enum": ["valid", "voided", "flagged"]},
    "revision": {"type": "integer", "minimum": 1},
    "answers": {"$ref": "#/components/schemas/Answers"},
    "calculated": {"$ref": "#/components/schemas/Answers"}}})";
constexpr std::string_view kRecordAnswerSchema = R"({
  "description": "One person's answer to one item of a survey for the public: without id, moment and order. A comment that is not open yet says when it opens.",
  "type": "object", "required": ["facility", "unit", "instrument", "day", "channel", "state", "answers"], "additionalProperties": false,
  "properties": {
    "facility": {"type": "string"}, "unit": {"type": ["string", "null"]}, "instrument": {"type": "string"},
    "day": {"type": "string", "format": "date"}, "channel": {"type": "string"}, "state": {"type": "string"},
    "answers": {"type": "object", "additionalProperties": {"anyOf": [
      {"type": ["string", "number", "boolean", "null", "array"]},
      {"type": "object", "properties": {"not": {"type": "string"}, "opens": {"type": "string", "format": "date"}}}]}}}})";
constexpr std::string_view kChangesSchema = R"({
  "type": "object", "required": ["changes", "cursor", "more"], "additionalProperties": false,
  "properties": {
    "changes": {"type": "array", "items": {"oneOf": [
      {"type": "object", "required": ["type", "number", "record"], "additionalProperties": false,
       "properties": {"type": {"const": "record"}, "number": {"type": "integer", "description": "Grows with every change of the facility."},
         "record": {"$ref": "#/components/schemas/Record"}}},
      {"type": "object", "required": ["type", "facility", "unit", "instrument", "day"], "additionalProperties": false,
       "properties": {"type": {"const": "answers", "description": "Answers of the public came in or changed: read the result anew."},
         "facility": {"type": "string"}, "unit": {"type": ["string", "null"]}, "instrument": {"type": "string"},
         "day": {"type": "string", "format": "date"}}},
      {"type": "object", "required": ["type", "place"], "additionalProperties": false,
       "properties": {"type": {"const": "place"}, "place": {"$ref": "#/components/schemas/Place"}}}]}},
    "cursor": {"type": "string", "description": "To be sent as after the next time, as it is."},
    "more": {"type": "boolean", "description": "There is more already: ask again at once."}}})";
constexpr std::string_view kWordsSchema = R"({
  "type": "object", "required": ["id", "en"], "additionalProperties": false,
  "properties": {"id": {"type": "string"}, "en": {"type": "string"}}})";
constexpr std::string_view kInstrumentHeadSchema = R"({
  "type": "object", "required": ["key", "version", "title", "purpose", "source", "pillar", "public", "valid_from"],
  "properties": {
    "key": {"type": "string"}, "version": {"type": "integer", "minimum": 1}, "title": {"$ref": "#/components/schemas/Words"},
    "purpose": {"$ref": "#/components/schemas/Words"}, "source": {"type": "string"},
    "pillar": {"type": "string", "enum": ["peserta", "ppk", "asuradur"]}, "public": {"type": "boolean"},
    "valid_from": {"type": ["string", "null"], "format": "date"}, "mark": {"$ref": "#/components/schemas/Words"}}})";
constexpr std::string_view kInstrumentObject = R"({
  "allOf": [{"$ref": "#/components/schemas/InstrumentHead"}],
  "type": "object", "required": ["sections", "items", "measures"],
  "properties": {
    "sections": {"type": "array", "items": {"type": "object", "required": ["key", "title", "step"],
      "properties": {"key": {"type": "string"}, "title": {"$ref": "#/components/schemas/Words"},
        "hint": {"$ref": "#/components/schemas/Words"}, "step": {"type": "integer"}}}},
    "items": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}},
    "measures": {"type": "array", "items": {"type": "object", "required": ["key", "type", "title"],
      "properties": {"key": {"type": "string"}, "type": {"type": "string"}, "title": {"$ref": "#/components/schemas/Words"},
        "meaning": {"$ref": "#/components/schemas/Words"}, "target": {"type": "number"}, "minimum": {"type": "integer"}}}}}})";
constexpr std::string_view kItemSchema = R"({
  "description": "A question, with the members of docs/packs.md.",
  "type": "object", "required": ["key", "type", "label", "section", "required"],
  "properties": {
    "key": {"type": "string"}, "type": {"type": "string"}, "label": {"$ref": "#/components/schemas/Words"},
    "hint": {"$ref": "#/components/schemas/Words"}, "help": {"$ref": "#/components/schemas/Words"},
    "section": {"type": "string"}, "required": {"type": "boolean"},
    "options": {"type": "array", "items": {"type": "object", "required": ["key", "code", "label"],
      "properties": {"key": {"type": "string"}, "code": {"type": "integer"}, "label": {"$ref": "#/components/schemas/Words"},
        "not_applicable": {"type": "boolean"}}}},
    "digits": {"type": "integer"}, "low": {"type": "number"}, "high": {"type": "number"}, "unit": {"type": "string"},
    "max_length": {"type": "integer"}, "future": {"type": "boolean"}, "may_be": {"type": "array", "items": {"type": "string"}},
    "when": {"type": "string"}, "must": {"type": "string"}, "message": {"$ref": "#/components/schemas/Words"},
    "formula": {"type": "string"}}})";
constexpr std::string_view kPlaceSchema = R"({
  "type": "object",
  "required": ["code", "name", "kind", "type", "parent", "supervisor", "successor", "zone", "valid_from", "valid_to", "version"],
  "properties": {
    "code": {"type": "string"}, "name": {"type": "string"},
    "kind": {"type": "string", "enum": ["payer", "region", "branch", "province", "district", "facility"]},
    "type": {"type": ["string", "null"]}, "parent": {"type": ["string", "null"]},
    "supervisor": {"type": ["string", "null"], "description": "The district or province office over a facility."},
    "successor": {"type": ["string", "null"], "description": "What it was merged into."},
    "zone": {"type": "string", "enum": ["WIB", "WITA", "WIT"]},
    "valid_from": {"type": "string", "format": "date"}, "valid_to": {"type": ["string", "null"], "format": "date"},
    "version": {"type": "integer", "minimum": 1}}})";
constexpr std::string_view kPlaceDetailSchema = R"({
  "allOf": [{"$ref": "#/components/schemas/Place"}],
  "type": "object", "required": ["path", "units", "codes", "capabilities", "villages"],
  "properties": {
    "path": {"type": "array", "items": {"type": "string"}, "description": "Codes from the root to the place itself."},
    "units": {"type": "array", "items": {"type": "object", "required": ["code", "name", "kind", "valid_from", "valid_to"],
      "additionalProperties": false,
      "properties": {"code": {"type": "string"}, "name": {"type": "string"}, "kind": {"type": "string"},
        "valid_from": {"type": "string", "format": "date"}, "valid_to": {"type": ["string", "null"], "format": "date"}}}},
    "codes": {"type": "object", "additionalProperties": {"type": "string"}, "description": "What other systems call it."},
    "capabilities": {"type": "array", "items": {"type": "string"}},
    "villages": {"type": "array", "items": {"type": "object", "required": ["name", "code"],
      "properties": {"name": {"type": "string"}, "code": {"type": "string"}}}}}})";
constexpr std::string_view kReadingSchema = R"({
  "description": "A measure as its page shows it. Counts and totals are exact.",
  "type": "object", "required": ["measure", "type", "title", "n", "value", "unit", "interval", "numerator", "denominator", "target"],
  "additionalProperties": false,
  "properties": {
    "measure": {"type": "string"}, "type": {"type": "string"}, "title": {"$ref": "#/components/schemas/Words"},
    "n": {"type": "integer", "minimum": 0, "description": "Answers or records it rests on."},
    "value": {"type": ["number", "null"], "description": "In unit; null: nothing was counted."}, "unit": {"type": "string"},
    "interval": {"description": "95 %, low and high, in unit.",
      "anyOf": [{"type": "null"}, {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}]},
    "numerator": {"type": ["integer", "null"]}, "denominator": {"type": ["integer", "null"]}, "target": {"type": ["number", "null"]},
    "grade": {"type": ["string", "null"]},
    "unsur": {"type": "array", "items": {"type": "object", "required": ["item", "title", "nrr", "index", "grade"],
      "properties": {"item": {"type": "string"}, "title": {"$ref": "#/components/schemas/Words"}, "nrr": {"type": ["number", "null"]},
        "index": {"type": ["number", "null"]}, "grade": {"type": ["string", "null"]}}}}}})";
constexpr std::string_view kNeedSchema = R"({
  "description": "Answers that a month owes.",
  "type": "object", "required": ["state", "answers", "visits", "required"], "additionalProperties": false,
  "properties": {
    "month": {"type": "string"},
    "state": {"type": "string", "enum": ["visits_unknown", "no_visits", "no_minimum", "short", "met", "more_than_visits"]},
    "answers": {"type": "integer"}, "visits": {"type": ["integer", "null"]}, "required": {"type": ["integer", "null"]}}})";
constexpr std::string_view kResultSchema = R"({
  "type": "object",
  "required": ["instrument", "version", "place", "unit", "from", "to", "breakdown", "as_of", "facilities", "records", "measures", "items", "trend", "parts", "needs"],
  "additionalProperties": false,
  "properties": {
    "instrument": {"type": "string"}, "version": {"type": "integer"}, "place": {"type": "string"}, "unit": {"type": ["string", "null"]},
    "from": {"type": "string", "format": "date"}, "to": {"type": "string", "format": "date", "description": "The last day, included."},
    "breakdown": {"type": ["string", "null"]}, "as_of": {"type": "string", "format": "date-time"},
    "facilities": {"type": "integer"}, "records": {"type": "integer"},
    "measures": {"type": "array", "items": {"$ref": "#/components/schemas/Reading"}},
    "items": {"type": "array", "items": {"type": "object",
      "required": ["item", "label", "answered", "not_applicable", "not_observed", "options", "mean", "total"], "additionalProperties": false,
      "properties": {"item": {"type": "string"}, "label": {"$ref": "#/components/schemas/Words"}, "answered": {"type": "integer"},
        "not_applicable": {"type": "integer"}, "not_observed": {"type": "integer"},
        "options": {"type": "array", "items": {"type": "object", "required": ["key", "n"],
          "properties": {"key": {"type": "string"}, "n": {"type": "integer"}}}},
        "mean": {"type": ["number", "null"]}, "total": {"type": ["number", "null"]}}}},
    "trend": {"type": "array", "items": {"type": "object", "required": ["month", "running", "records", "measures"],
      "additionalProperties": false,
      "properties": {"month": {"type": "string"}, "running": {"type": "boolean", "description": "Not over yet."},
        "records": {"type": "integer"}, "measures": {"type": "array", "items": {"$ref": "#/components/schemas/Reading"}}}}},
    "parts": {"type": "array", "items": {"type": "object", "required": ["place", "unit", "name", "records", "measures", "need"],
      "additionalProperties": false,
      "properties": {"place": {"type": ["string", "null"]}, "unit": {"type": ["string", "null"]}, "name": {"type": "string"},
        "records": {"type": "integer"}, "measures": {"type": "array", "items": {"$ref": "#/components/schemas/Reading"}},
        "need": {"anyOf": [{"type": "null"}, {"$ref": "#/components/schemas/Need"}]}}}},
    "needs": {"type": "array", "items": {"$ref": "#/components/schemas/Need"}}}})";

constexpr std::string_view kJobSchema = R"({
  "type": "object",
  "required": ["id", "kind", "title", "facility", "owner", "state", "done", "total", "created_at", "started_at", "ended_at", "result", "problems"],
  "additionalProperties": false,
  "properties": {"id": {"type": "string", "format": "uuid"}, "kind": {"type": "string"}, "title": {"type": "string"},
    "facility": {"type": "string", "description": "Code of the place; empty where it is none."}, "owner": {"type": "string"},
    "state": {"type": "string"}, "done": {"type": "integer"}, "total": {"type": ["integer", "null"]},
    "created_at": {"type": ["string", "null"], "format": "date-time"}, "started_at": {"type": ["string", "null"], "format": "date-time"},
    "ended_at": {"type": ["string", "null"], "format": "date-time"}, "result": {},
    "problems": {"type": "array", "items": {"type": "object", "required": ["code", "message"], "additionalProperties": false,
      "properties": {"code": {"type": "string"}, "message": {"type": "string"}}}}}})";

constexpr ApiSchema kSchemas[] = {{"Answers", kAnswersSchema},
                                  {"CalcError", kCalcErrorSchema},
                                  {"Changes", kChangesSchema},
                                  {"Correction", kCorrectionSchema},
                                  {"Instrument", kInstrumentObject},
                                  {"InstrumentHead", kInstrumentHeadSchema},
                                  {"Item", kItemSchema},
                                  {"Job", kJobSchema},
                                  {"Need", kNeedSchema},
                                  {"NewRecord", kNewRecordSchema},
                                  {"Place", kPlaceSchema},
                                  {"PlaceDetail", kPlaceDetailSchema},
                                  {"Problem", kProblemSchema},
                                  {"Reading", kReadingSchema},
                                  {"Record", kRecordObject},
                                  {"RecordAnswer", kRecordAnswerSchema},
                                  {"Result", kResultSchema},
                                  {"Saved", kSavedObject},
                                  {"SavedLine", kSavedLineSchema},
                                  {"Voiding", kVoidingSchema},
                                  {"Warning", kWarningSchema},
                                  {"Words", kWordsSchema},
                                  {"Wrong", kWrongSchema}};

}  // namespace

std::span<const ApiSchema> api_schemas() {
  static const auto all = [] {
    std::vector<ApiSchema> joined(std::begin(kSchemas), std::end(kSchemas));
    const auto more = indicator_schemas();
    joined.insert(joined.end(), more.begin(), more.end());
    std::ranges::sort(joined, {}, &ApiSchema::name);
    return joined;
  }();
  return all;
}

}  // namespace pilar::web
