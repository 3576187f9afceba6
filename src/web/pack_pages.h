#pragma once
#include <span>
#include <string>
#include <string_view>

#include "web/route.h"

/// The door through which instruments come in: a file is sent, looked at, then installed or removed.
namespace pilar::web {

inline constexpr std::string_view kPackPage = "/instrumen/tambah";

std::span<const Route> pack_routes();

/// What has just been installed, said on the instrument's page; empty where its address does not say so.
std::string installed_words(const Visit& visit, const Instrument& form);

}  // namespace pilar::web
