#pragma once
#include <span>
#include <string>

#include "app/result_groups.h"
#include "interchange/table.h"

namespace pilar::web {

/// Everything of the view as one table, a figure a line, with the groups of its first measure; the notes say what was asked, as of when and
/// how many lines follow.
Table result_table(Lang lang, const app::ResultView& view, std::span<const app::ResultGroups> groups);
/// What a file of it is called, without an ending: "pilar-kessan-puskesmas-melati-2026-10".
std::string file_name(const app::ResultView& view);

}  // namespace pilar::web
