#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "domain/answer.h"
#include "domain/instrument.h"

/// HL7 FHIR R4 (4.0.1): instruments as Questionnaire, records as QuestionnaireResponse, both ways. Extensions of SDC 4.0.0
/// (enableWhenExpression, calculatedExpression) where the base has no place; what a pack says beyond that stands in an extension
/// urn:pilar:pack as it is, so that a Questionnaire made here comes back as the same pack.
namespace pilar::fhir {

inline constexpr std::string_view kMediaType = "application/fhir+json";

/// "urn:pilar:instrument:kessan|1".
std::string canonical_of(const Instrument& form);

json::Value questionnaire(const Instrument& form);

/// The text of a pack from any Questionnaire of R4: nested groups become sections, enableWhen becomes `when`. What has no English
/// stands in both languages. Problems name the linkId: types without a counterpart, expressions in other languages.
Result<std::string> pack_from(const json::Value& questionnaire);

/// What a response says of a record beside its answers.
struct ResponseHead {
  std::string id;                ///< UUID
  std::string facility, unit;    ///< codes; the unit may be empty
  std::string at, received_at;   ///< RFC 3339
  Zone zone = Zone::Wib;
  std::string status = "completed";  ///< completed, amended, entered-in-error
};
json::Value response(const Instrument& form, const Answers& answers, const ResponseHead& head);

/// The record that a response holds, as the API takes it (app/intake.h). `find` gives the instrument of a key and version (0: the
/// newest), or null. Problems name the linkId or the member.
using FindForm = std::function<const Instrument*(std::string_view key, int version)>;
Result<json::Value> record_from(const json::Value& response, const FindForm& find);

/// A condition that enableWhen can say: joined by `all` or any.
struct Condition {
  std::size_t item = 0;
  std::string sign;  ///< "=", ">", ...
  expression::Value value{};
};
struct Conditions {
  bool all = true;
  std::vector<Condition> list{};
};
std::optional<Conditions> conditions_of(const Instrument& form, const expression::Program& program);
/// The program as FHIRPath on a QuestionnaireResponse; empty where FHIRPath has no word for a part.
std::optional<std::string> path_of(const Instrument& form, const expression::Program& program);

}  // namespace pilar::fhir
