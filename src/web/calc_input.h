#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.h"
#include "http/message.h"

/// The input of a method of calculation as the fields of a form, made from its schema, and back.
namespace pilar::web {

/// How a value is filled in.
enum class CalcWidget : std::uint8_t {
  Choice,   ///< one of the schema's words
  Flag,     ///< yes or no
  Word,     ///< a text, or a number that may be a word
  Number,
  List,     ///< one value a line
  Table,    ///< rows of numbers
  Records,  ///< rows under titled columns
  Pairs,    ///< "name: value" a line
  Group,    ///< fields of its own, "outer.inner"
  Json      ///< anything else
};
CalcWidget widget_of(const json::Value& schema);

/// One value as typed; empty text is no value. A text that is none of the kind stays a text, so that the method says where it is wrong.
/// Numbers may have a decimal comma; whole numbers and rupiah may be grouped with points. Cells are separated by tabs, else semicolons,
/// else blanks; "-" and an empty cell are null.
json::Value read_calc_value(const json::Value& schema, std::string_view text);
/// The same, as a person would type it: what read_calc_value reads back.
std::string write_calc_value(const json::Value& schema, const json::Value& value);

/// The object that the posted fields stand for; fields that the schema does not know are left out.
json::Value read_calc_form(const json::Value& schema, const http::Fields& fields);
/// Fields that stand for the object.
http::Fields write_calc_form(const json::Value& schema, const json::Value& input);

}  // namespace pilar::web
