#pragma once
#include <string>

#include "interchange/table.h"
#include "web/yearly_words.h"

namespace pilar::web {

/// The page of a facility's yearly targets.
std::string draw_yearly(const Visit& visit, const app::YearlyView& view, const YearlyAddress& address);
/// Its numbers, the earlier ones too; the view must outlive it.
Table yearly_table(Lang lang, const app::YearlyView& view, const YearlyAddress& address);

}  // namespace pilar::web
