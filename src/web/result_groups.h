#pragma once
#include "app/result_groups.h"
#include "web/result_parts.h"
#include "web/route.h"

namespace pilar::web {

/// What the first measure comes to by payer and the like; nothing where a breakdown is chosen or there is nothing to compare.
std::vector<app::ResultGroups> groups_behind(const Visit& visit, const ResultPage& page, const app::ResultQuery& query);
/// A card for each, with the difference of two groups and whether chance explains it.
void draw_groups(html::Out& o, const ResultPage& page, std::span<const app::ResultGroups> all);

}  // namespace pilar::web
