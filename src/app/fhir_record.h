#pragma once
#include <functional>
#include <string>

#include "app/export.h"
#include "app/record.h"
#include "app/record_reading.h"
#include "base/json.h"

/// Records as QuestionnaireResponse of FHIR R4, and back (interchange/fhir.h).
namespace pilar::app {

json::Value fhir_response(const WholeRecord& record);

/// A response on its way into the store, its answers judged. Problems name the linkId or the member.
Result<NewRecord> read_fhir_response(const json::Value& response, const Reference& reference, Instant now);

/// Every record of the query as a QuestionnaireResponse, a line each, in pieces; returns how many. Problems as of export_table.
Result<std::int64_t> export_fhir(Context& context, const Scope& scope, const ExportQuery& query,
                                 const std::function<void(std::string_view)>& write);

}  // namespace pilar::app
