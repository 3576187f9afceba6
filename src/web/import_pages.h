#pragma once
#include <span>
#include <string>

#include "app/import_run.h"
#include "web/route.h"

/// The web door of imports: a file is brought, read, checked, saved, undone.
namespace pilar::web {

std::span<const Route> import_routes();

/// "/impor/0197...".
std::string import_href(const Uuid& id);
/// The import that the address names, as far as this visit may see it.
Result<store::StoredImport> asked_import(const Visit& visit);
http::Reply import_refusal(const Visit& visit, const Problems& problems);
/// The version of the import that the form was drawn from.
std::int32_t seen_import_version(const Visit& visit);

}  // namespace pilar::web
