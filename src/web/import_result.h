#pragma once
#include "app/import_run.h"
#include "web/route.h"

namespace pilar::web {

/// An import that is past its draft: what the check found, what was saved, how far a job is, and what can be done next.
std::string draw_import_result(const Visit& visit, const store::StoredImport& import, const std::optional<store::StoredJob>& job,
                               const Problems& problems);

}  // namespace pilar::web
