#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "web/components.h"
#include "web/html.h"
#include "web/route.h"

/// Addresses of the pages on which records are entered, read and corrected.
namespace pilar::web {

/// The facility of ?tempat= or of the form's own field; without one where this person enters records, when that is one facility.
/// Null when there is none, or no right there.
const Node* entry_place(const Visit& visit);

std::string entry_href(std::string_view instrument, const Node& node, std::string_view more = {});
/// Where the reader fills in an instrument of the place; who may not only reads what it asks.
Link fill_in_link(const Visit& visit, const Node& node, const std::string& instrument);
/// "/catatan/kunjungan-bulanan/018f...?tempat=melati"; `page` is "/koreksi" or the like.
std::string record_href(std::string_view instrument, const Uuid& id, const Node& node, std::string_view page = {});
/// Where numbers counted by hand are entered for the place.
std::string daily_count_href(const Node& node);
/// The fields of a form as its browser would send them again, without those named.
std::string encode_fields(const http::Fields& fields, std::initializer_list<std::string_view> without);

}  // namespace pilar::web
