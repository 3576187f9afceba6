#include "web/style_pages.h"

#include <array>

#include "web/site.h"
#include "web/style_page.h"

namespace pilar::web {
namespace {

http::Reply get_style(const Visit& visit) { return html_page(200, draw_style_page(visit.lang)); }
http::Reply get_public_style(const Visit& visit) { return html_page(200, draw_public_style_page(visit.lang)); }

constexpr std::array kStyleRoutes{
    Route{http::Method::Get, "/gaya", May::Administer, Work::Blocking, &get_style,
          "Every component of the staff pages, with made-up content."},
    Route{http::Method::Get, "/gaya/umum", May::Administer, Work::Blocking, &get_public_style, "The same for the public pages."},
};

}  // namespace

std::span<const Route> style_routes() { return kStyleRoutes; }

}  // namespace pilar::web
