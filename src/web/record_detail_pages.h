#pragma once
#include <expected>
#include <span>
#include <string>

#include "app/record_detail.h"
#include "web/route.h"

namespace pilar::web {

/// One record: its answers, what happened to it, and what others say about it.
std::span<const Route> record_detail_routes();
/// Its correction.
std::span<const Route> record_correct_routes();

/// The record that the address names (/catatan/INSTRUMENT/ID?tempat=CODE, or the form's own field), or the page that refuses.
std::expected<app::RecordDetail, http::Reply> find_record_detail(const Visit& visit);
http::Reply refuse_record(const Visit& visit, const Problems& problems);
/// "21 November 2026 08.15 WIB · Farmasi", without the time where it is hidden.
std::string record_name(Lang lang, const app::RecordDetail& detail);
std::string unit_words(Lang lang, const app::RecordDetail& detail, UnitKey unit);
std::string detail_href(const app::RecordDetail& detail, std::string_view page = {}, std::string_view more = {});

}  // namespace pilar::web
