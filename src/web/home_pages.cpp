#include "web/home_pages.h"

#include <array>

#include "i18n/messages.h"
#include "web/frame.h"
#include "web/site.h"

namespace pilar::web {
namespace {

http::Reply get_root(const Visit& visit) {
  if (visit.person) return redirect("/beranda");
  return redirect(app::has_accounts(visit.context) ? "/masuk" : "/mulai");
}

constexpr std::array kHomeRoutes{
    Route{http::Method::Get, "/", May::Anyone, Work::Blocking, &get_root, "Leads to the start page, to signing in, or to the first run."},
};

}  // namespace

std::span<const Route> home_routes() { return kHomeRoutes; }

}  // namespace pilar::web
