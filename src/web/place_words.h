#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/place.h"
#include "base/result.h"
#include "web/forms.h"
#include "web/route.h"

/// What pages about places share: addresses, words, and fields that name a place.
namespace pilar::web {

/// "/tempat/puskesmas-melati"; by its key where another page has the code as its address.
std::string place_page_href(const Node& node);
/// The place that the first ":arg" of the address names; null where there is none.
const Node* place_of_address(const Visit& visit);

/// "Puskesmas", "Kantor cabang".
std::string kind_words(Lang lang, const Node& node);
/// Empty for a place that is open: "Tutup sejak 1 Jan 2026".
std::string place_state(const Visit& visit, const Node& node);
/// "Melati (puskesmas-melati)".
std::string named_with_code(const Node& node);
/// Whether this place is open on its own today.
bool is_open_today(const Visit& visit, const Node& node);

using MayBePlace = std::function<bool(const Node&)>;
/// A field in which a place is named, with suggestions while typing; what was typed stays.
Field place_field(const Visit& visit, std::string name, Message label, Message hint, std::optional<FacilityKey> value,
                  const MayBePlace& may_be);
/// The place that the form's field names, none where it is empty; a problem with offers is added to `wrong` otherwise.
std::optional<FacilityKey> read_place_field(const Visit& visit, std::string_view name, const MayBePlace& may_be, Problems& wrong);
/// A day in a field; `wrong` gets a problem where it is none.
std::optional<Day> read_day_field(const Visit& visit, std::string_view name, Problems& wrong);

/// The version that the form was drawn from; a form without one matches no place.
app::SeenPlace seen_place(const Visit& visit, const Node& node);
/// Whether somebody else was faster.
bool is_place_stale(const Problems& problems);
/// Why this visit may not change the place; empty when it may.
Problems check_may_manage(const Visit& visit, const Node& node);
http::Reply place_refusal(const Visit& visit, const Problems& problems);

}  // namespace pilar::web
