#pragma once
#include "app/calc_method.h"

namespace pilar::calc {

/// Holds `input` against a schema and fills in the defaults of missing keys. Understands of JSON Schema: type, enum, const,
/// minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength, items, minItems, maxItems, uniqueItems, properties,
/// required, additionalProperties, anyOf, default; and of our own:
///   "x-exact": true                a number of at most 18 significant digits
///   "x-rectangular": true          an array of arrays of one length
///   "x-equal-lengths": ["y", "w"]  those arrays of the object, as far as given, are of one length
/// Other keywords are notes for the reader.
std::expected<Input, Error> check_input(const json::Value& schema, json::Value input);

}  // namespace pilar::calc
