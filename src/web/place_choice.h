#pragma once
#include <span>
#include <string>
#include <string_view>

#include "web/forms.h"
#include "web/route.h"

/// Which place a form of roles or tokens is about. Works with one place and with all of the country.
namespace pilar::web {

/// ?tempat=CODE, else where this person manages accounts first. Null when there is no such place or it is none of theirs.
const Node* chosen_place(const Visit& visit);
/// "/undang?tempat=puskesmas-melati".
std::string place_choice_href(std::string_view path, const Node& node);
/// How many places one answer to a search shows.
inline constexpr std::size_t kMostPlaceLinks = 20;
/// Each place as a link to `path` with its code; a word where more were found than are shown.
void draw_place_links(html::Out& o, const Visit& visit, std::string_view path, std::span<const Node* const> found);
/// A search for a place by name or code, ?cari_tempat=WORDS.
void draw_place_search(html::Out& o, const Visit& visit, std::string_view path, std::string_view wanted);
/// Leads down to draw_place_choice(); empty for who manages accounts at one place only.
Link other_place_link(const Visit& visit);
/// A search for another place, and what it found as links to `path`; nothing for who manages accounts at one place only.
void draw_place_choice(html::Out& o, const Visit& visit, std::string_view path);

}  // namespace pilar::web
