#pragma once
#include <string>

#include "app/integrity.h"
#include "http/message.h"
#include "web/route.h"
#include "web/table_reply.h"

/// What /indikator/keutuhan draws; its routes stand in integrity_pages.h.
namespace pilar::web {

/// The signs of a facility's month, filtered by the address, as a page and as a file.
std::string draw_integrity(const Visit& visit, const app::IntegrityView& view);
http::Reply integrity_file(const Visit& visit, const app::IntegrityView& view, FileKind kind);
/// An office's facilities with their counts.
std::string draw_office_integrity(const Visit& visit, const app::OfficeIntegrity& office);
http::Reply office_integrity_file(const Visit& visit, const app::OfficeIntegrity& office, FileKind kind);

}  // namespace pilar::web
