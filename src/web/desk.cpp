#include "web/desk.h"

namespace pilar::web {
namespace {

TryLimit limit_of(const app::Settings& settings, std::string_view most) {
  return {static_cast<int>(settings.number(most)), static_cast<int>(settings.number("limit-minutes"))};
}

}  // namespace

Desk::Desk(app::Settings of_operator, std::size_t routes, Instant now)
    : settings(std::move(of_operator)),
      started(now),
      proxies(settings.list("trusted-proxies")),
      sign_ins(limit_of(settings, "sign-in-tries")),
      addresses(limit_of(settings, "sign-in-address-tries")),
      sends(limit_of(settings, "form-tries")),
      forms(limit_of(settings, "form-sends")),
      watch(routes) {}

void count_record(Desk& desk, const Result<app::Saved>& saved, const std::exception_ptr& failed) {
  if (failed)
    desk.watch.count(Taken::Failed);
  else if (!saved)
    desk.watch.count(Taken::Refused);
  else
    desk.watch.count(saved->repeated ? Taken::Repeated : Taken::Stored);
}

}  // namespace pilar::web
