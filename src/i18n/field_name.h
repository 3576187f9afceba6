#pragma once
#include <string_view>

#include "i18n/lang.h"

namespace pilar {

/// What people call an input or a figure of a calculation, or ("key=value") a choice of an input. `scope` is the method or the group it
/// stands in, whose own name for it goes first. The key itself where none is listed.
std::string_view field_name(Lang lang, std::string_view scope, std::string_view key);
/// Whether one is listed.
bool has_field_name(std::string_view scope, std::string_view key);

}  // namespace pilar
