#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/calc.h"

/// Calls of `pilar calc` as the tests make them; messages in English.
namespace pilar::calc_call {

calc::Answer run(std::string_view method, std::string_view text);
/// The result of a call that must succeed.
json::Value result(std::string_view method, std::string_view text);
/// Expects a refusal with this code and field.
void expect_refused(std::string_view method, std::string_view text, std::string_view code, std::string_view field, int status = 422);

/// What stands at "points.y[3]" (positions from 1), or null where there is nothing.
json::Value at(const json::Value& body, std::string_view path);
/// The same as JSON text; "(none)" when there is nothing.
std::string shown(const json::Value& body, std::string_view path);
/// The same as a number, which must be one.
double number(const json::Value& body, std::string_view path);

using WarningCodes = std::vector<std::string>;
WarningCodes warning_codes(const json::Value& body);

}  // namespace pilar::calc_call
