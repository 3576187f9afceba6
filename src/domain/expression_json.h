#pragma once
#include "base/json.h"
#include "domain/expression.h"

namespace pilar::expression {

/// The program as a tree for another evaluator (frontend/src/expression.ts): an operation is ["name", part, ...] with the name it
/// has in the language ("neg" for the sign, "item" with the index of a symbol), a number {"n": "12.5"}, a text {"s": "ya"}, a
/// truth {"b": true}, a day {"d": 20769} in days since 1970-01-01, and null nothing. An empty program is null.
json::Value to_json(const Program& program);

}  // namespace pilar::expression
