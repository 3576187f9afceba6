#pragma once
#include <span>
#include <string>
#include <vector>

#include "web/forms.h"
#include "web/route.h"

namespace pilar::web {

/// The people of the places somebody looks after: the list, its CSV, and the invitation of a new one.
std::span<const Route> people_routes();

/// The fields of a role at a place, shared by who invites somebody and who gives a role: role, unit, first and last day.
void draw_role_fields(html::Out& o, const Visit& visit, const Node& place, const Problems& problems);
/// The grant those fields say, at that place.
Result<Grant> read_role_fields(const Visit& visit, const Node& place);
/// "Puskesmas Melati, Poli Umum".
std::string place_words(const Visit& visit, const Grant& grant);
/// "/orang/sari".
std::string person_href(std::string_view login);

}  // namespace pilar::web
