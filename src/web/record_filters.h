#pragma once
#include "app/record_search.h"
#include "web/forms.h"
#include "web/html.h"
#include "web/record_request.h"
#include "web/route.h"

namespace pilar::web {
/// What the list is filtered by, and what it could be.
FilterBar record_filters(const Visit& visit, const RecordRequest& request, const app::RecordList& list);
/// What the list can be filtered by, and below it which columns it shows; all of it in the address.
void draw_record_filters(html::Out& o, const Visit& visit, const RecordRequest& request, const app::RecordList& list);
}  // namespace pilar::web
