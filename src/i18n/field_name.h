#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "i18n/lang.h"

namespace pilar {

/// What people call an input or a figure of a calculation, or ("key=value") a choice of an input. `scope` is the method or the group it
/// stands in, whose own name for it goes first. The key itself where none is listed.
std::string_view field_name(Lang lang, std::string_view scope, std::string_view key);
/// Whether one is listed.
bool has_field_name(std::string_view scope, std::string_view key);

/// A text in which inputs, figures and choices stand by their keys, with their names in quotation marks in the place of keys. `is_key`
/// says which words are keys beside those that have an underscore, which always are.
std::string with_field_names(Lang lang, std::string_view scope, std::string_view text, const std::function<bool(std::string_view)>& is_key);

}  // namespace pilar
