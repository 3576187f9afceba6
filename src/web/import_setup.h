#pragma once
#include "app/import_run.h"
#include "web/html.h"
#include "web/route.h"

/// The form on which people say how a file is to be read.
namespace pilar::web {

/// In the field of profiles: none of those that are kept.
inline constexpr std::string_view kNoProfile = "-";

/// How the file was recognised, its first rows as read, and what its columns are; everything can be changed.
std::string draw_import_setup(const Visit& visit, const store::StoredImport& import, const ImportProfile& profile,
                              const app::ImportPreview& preview, const Problems& problems);
/// The page of a file that cannot be read so: sheet, encoding and the rest can still be changed.
std::string draw_unreadable(const Visit& visit, const store::StoredImport& import, const ImportProfile& profile, const Problems& problems);
/// What the form says, over the profile it was drawn from.
ImportProfile read_setup(const Visit& visit, ImportProfile profile);

}  // namespace pilar::web
