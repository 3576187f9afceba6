#include "web/assets.h"

#include <map>

#include "base/embedded.h"
#include "base/text.h"

namespace pilar::web {
namespace {

constexpr std::string_view kFolder = "assets/";

const std::map<std::string_view, std::string_view>& files() {
  static const auto all = [] {
    std::map<std::string_view, std::string_view> found;
    for (const auto& file : embedded_files())
      if (file.name.starts_with(kFolder)) found.emplace(file.name.substr(kFolder.size()), file.bytes);
    return found;
  }();
  return all;
}

std::string_view type_of(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {{".css", "text/css; charset=utf-8"},
                                                                      {".js", "text/javascript; charset=utf-8"},
                                                                      {".woff2", "font/woff2"},
                                                                      {".svg", "image/svg+xml"},
                                                                      {".png", "image/png"},
                                                                      {".txt", "text/plain; charset=utf-8"}};
  for (const auto& [ending, type] : kTypes)
    if (name.ends_with(ending)) return type;
  return "application/octet-stream";
}

/// "gzip, deflate;q=0.5, br" - and not "gzip;q=0" (RFC 9110, 12.5.3).
bool takes_gzip(std::string_view accepted) {
  for (const auto entry : split(accepted, ',')) {
    const auto parts = split(entry, ';');
    if (lower_ascii(trim(parts.front())) != "gzip") continue;
    return parts.size() < 2 || parse_double(trim(parts[1]).substr(0, 2) == "q=" ? trim(parts[1]).substr(2) : "") != 0.0;
  }
  return false;
}

std::optional<http::Reply> reply_with(const http::Request& request, std::string_view name, std::string_view how_long) {
  const auto found = files().find(name);
  if (found == files().end() || name.ends_with(".gz")) return {};
  http::Reply reply{.content_type = std::string(type_of(name))};
  reply.headers = {{"Cache-Control", std::string(how_long)}, {"X-Content-Type-Options", "nosniff"}};
  const auto packed = files().find(std::string(name) + ".gz");
  const bool pack = packed != files().end() && takes_gzip(request.header("accept-encoding"));
  if (packed != files().end()) reply.headers.emplace_back("Vary", "Accept-Encoding");
  if (pack) reply.headers.emplace_back("Content-Encoding", "gzip");
  reply.body = pack ? packed->second : found->second;
  return reply;
}

}  // namespace

std::string asset_href(std::string_view name) {
  const auto point = name.rfind('.');
  const auto stem = std::string(name.substr(0, point)) + ".", ending = std::string(name.substr(point));
  for (auto it = files().lower_bound(stem); it != files().end() && it->first.starts_with(stem); ++it)
    if (it->first.ends_with(ending)) return "/assets/" + std::string(it->first);
  return {};
}

std::optional<http::Reply> serve_asset(const http::Request& request) {
  constexpr std::string_view kPrefix = "/assets/";
  if (!std::string_view(request.path).starts_with(kPrefix)) return {};
  return reply_with(request, std::string_view(request.path).substr(kPrefix.size()), "public, max-age=31536000, immutable");
}

std::optional<http::Reply> serve_worker(const http::Request& request) {
  const auto href = asset_href("worker.js");
  if (href.empty()) return {};
  return reply_with(request, std::string_view(href).substr(std::string_view("/assets/").size()), "no-cache");
}

}  // namespace pilar::web
