#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace pilar::web {

/// Address of a built file of frontend/, by its plain name: "staff.css" is "/assets/staff.4F2K7QJA.css". The hash in it is of
/// the content, so that it may be kept for ever. Empty when the frontend has not been built into this program.
std::string asset_href(std::string_view name);

/// The file behind an address below "/assets/", compressed where the reader takes gzip; empty when there is none.
std::optional<http::Reply> serve_asset(const http::Request& request);

/// The service worker that keeps forms usable without a network, under an address that never changes, so that the browser asks whether
/// there is a newer one; empty when the frontend has not been built into this program.
std::optional<http::Reply> serve_worker(const http::Request& request);

}  // namespace pilar::web
