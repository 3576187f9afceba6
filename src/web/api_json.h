#pragma once
#include <optional>

#include "app/record.h"
#include "app/record_list.h"
#include "app/record_reading.h"
#include "app/result.h"
#include "base/json.h"

/// The values of the API as JSON; each has a schema of its name in api_schemas().
namespace pilar::web {

json::Value words_json(const Words& words);  ///< {"id": ..., "en": ...}
/// `warnings` as warnings_json() tells them; what is voided has none.
json::Value saved_json(const app::Saved& saved, json::Value warnings = json::Array{});
/// The validation rules that a record on its way does not keep, as its form would tell them: each refuses nothing.
json::Value warnings_json(Lang lang, const app::Reference& reference, const app::NewRecord& record);
json::Value problems_json(Lang lang, const Problems& problems);
json::Value record_json(const app::WholeRecord& record);
json::Value seen_line_json(const app::RecordList& list, const app::RecordLine& line);
json::Value place_json(const Organisation& organisation, const Node& node);
json::Value unit_json(const Unit& unit);
json::Value instrument_head_json(const app::InstalledVersion& version);
json::Value instrument_json(const app::InstalledVersion& version);
json::Value result_json(Lang lang, const app::ResultView& view);

std::string_view api_name(Channel channel);
std::string_view api_name(RecordState state);
std::optional<RecordState> parse_api_state(std::string_view text);

}  // namespace pilar::web
