#pragma once
#include <string_view>

#include "app/record.h"
#include "base/json.h"

namespace pilar::app {

/// Reads one record of the API:
///   {"id": uuid?, "instrument": key, "version": n?, "facility": code, "unit": code?, "at": RFC 3339?, "answers": {item: value}}
/// A value is a text, a number, true or false (yes/no items), an array of texts or numbers (several choices), null (blank), or
/// {"not": "observed"} / {"not": "applicable"}; {"not": "asked"} is left out. Without "id" a repeated send cannot be recognised; without
/// "at" it is now. All problems are reported together, with the JSON key as field ("answers.nilai").
Result<NewRecord> read_record(const json::Value& value, const Reference& reference, Channel channel, Instant now);

/// The answers as texts typed into a form, ready for check_answers.
Result<RawAnswers> read_answers(const json::Value& value);

}  // namespace pilar::app
