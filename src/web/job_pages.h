#pragma once
#include <span>
#include <string>

#include "app/job.h"
#include "web/components.h"
#include "web/route.h"

namespace pilar::web {

std::span<const Route> job_routes();

/// "/pekerjaan/0197...".
std::string job_href(const Uuid& id);
/// What kind of work it is: "Pemeriksaan impor".
std::string job_kind_words(Lang lang, std::string_view kind);
/// A bar with words, or words alone where the end is not known.
void draw_job_progress(html::Out& o, Lang lang, const store::StoredJob& job);
/// A page with something that is still going on asks for itself again, without a script.
http::Reply refreshing(http::Reply reply, bool going);
/// A file of the store as a download under its own name, piece by piece.
http::Reply stored_file_reply(app::Context& context, const store::StoredJob& job);

}  // namespace pilar::web
