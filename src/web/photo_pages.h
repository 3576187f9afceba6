#pragma once
#include <span>
#include <string>
#include <string_view>

#include "web/route.h"

namespace pilar::web {
/// Pictures in and out: for programs that send records, and for staff who read them.
std::span<const Route> photo_routes();
/// Where the pictures of a facility are, each by its hash; in the small with ?ukuran=kecil.
std::string photo_folder(std::string_view facility);
std::string photo_href(std::string_view facility, std::string_view hash);
}  // namespace pilar::web
