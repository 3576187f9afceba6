#include "web/doorway.h"

#include "web/qr_sheet.h"
#include "web/site.h"
#include "web/trust_pages.h"

namespace pilar::web {
namespace {

constexpr std::uint16_t kHttpsPort = 443;

/// The same address over HTTPS; empty when the Host header is none a browser would send.
std::string https_address(const http::Request& request, std::uint16_t port) {
  const auto site = site_address(request);
  if (site.empty()) return {};
  auto out = "https://" + host_of(site) + (port == kHttpsPort ? "" : ":" + std::to_string(port));
  for (const char c : request.path) out += c == '/' ? std::string("/") : http::percent_encode(std::string_view(&c, 1));
  char mark = '?';
  for (const auto& [name, value] : request.query) {
    out.append(1, mark).append(http::percent_encode(name)).append("=").append(http::percent_encode(value));
    mark = '&';
  }
  return out;
}

bool is_open_here(std::string_view path) { return path.starts_with(kTrustPath) || path.starts_with("/assets/"); }

}  // namespace

void Doorway::handle(http::Request request, http::Respond respond) {
  if (is_open_here(request.path)) return site_.handle(std::move(request), std::move(respond));
  auto address = https_address(request, port_);
  if (address.empty()) return respond(refuse(400, request.path, language(request)));
  respond({308, "text/plain; charset=utf-8", "", {{"Location", std::move(address)}, {"Cache-Control", "no-store"}}});
}

http::Handler::BodyLimit Doorway::body_limit(http::Method method, std::string_view path) const { return site_.body_limit(method, path); }

std::string Doorway::language(const http::Request& head) const { return site_.language(head); }

http::Reply Doorway::refuse(int status, std::string_view path, std::string_view language) const {
  return site_.refuse(status, path, language);
}

}  // namespace pilar::web
