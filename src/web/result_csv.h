#pragma once
#include <string>

#include "app/result.h"
#include "interchange/table.h"

namespace pilar::web {

/// Everything of the view as one table, a figure a line; its notes say what was asked, as of when and how many lines follow.
Table result_table(Lang lang, const app::ResultView& view);
/// What a file of it is called, without an ending: "pilar-kessan-puskesmas-melati-2026-10".
std::string file_name(const app::ResultView& view);

}  // namespace pilar::web
