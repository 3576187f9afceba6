#include "web/health_pages.h"

#include <array>
#include <filesystem>

#include "app/api_token.h"
#include "base/json.h"
#include "i18n/messages.h"
#include "i18n/words/ops.h"
#include "i18n/words/page.h"
#include "web/metrics.h"
#include "web/site.h"

namespace pilar::web {
namespace {

constexpr std::uintmax_t kMegabyteOfHealth = 1'000'000;

/// Alive: this very answer says so. It touches nothing, so that a slow disk does not get the process killed.
http::Reply get_alive(const Visit& /*visit*/) { return json_reply(200, R"({"status":"ok"})"); }

bool has_disk(const Visit& visit) {
  std::error_code error;
  const auto space = std::filesystem::space(visit.desk->settings.text("data"), error);
  return !error && space.available / kMegabyteOfHealth >= static_cast<std::uintmax_t>(visit.desk->settings.number("disk-megabytes"));
}

http::Reply get_ready(const Visit& visit) {
  const bool store = app::is_store_ready(visit.context), disk = has_disk(visit), ready = store && disk;
  auto reply =
      json_reply(ready ? 200 : 503, json::print(json::Object{{"status", ready ? "ok" : "not ready"}, {"store", store}, {"disk", disk}}));
  if (!ready) reply.headers.emplace_back("Retry-After", "5");
  return reply;
}

/// A token of an administrator; or this machine itself, asked without a proxy between.
bool may_read_metrics(const Visit& visit) {
  const auto& mode = visit.desk->settings.text("metrics");
  const bool direct = visit.request.header("x-forwarded-for").empty() && visit.request.header("forwarded").empty();
  if (mode == "loopback" && direct && is_loopback(visit.request.peer)) return true;
  const auto scope = app::find_token_scope(visit.context, bearer(visit.request));
  return scope && scope->may_program(visit.reference->organisation);
}

http::Reply get_metrics(const Visit& visit) {
  if (visit.desk->settings.text("metrics") == "off")
    return problem_reply(404, visit.request.path, visit.lang, {{Problem::Kind::NotFound, Msg::PageNotFound, "", {}}});
  if (may_read_metrics(visit)) return {200, "text/plain; version=0.0.4; charset=utf-8", draw_metrics(visit.context, *visit.desk), {}};
  auto reply = problem_reply(401, "/api/", visit.lang, {{Problem::Kind::Forbidden, Msg::OpsMetricsToken, "authorization", {}}});
  reply.headers.emplace_back("WWW-Authenticate", "Bearer");
  return reply;
}

constexpr std::array kHealthRoutes{
    Route{http::Method::Get, "/sehat", May::Anyone, Work::Quick, &get_alive, "Whether the process is alive."},
    Route{http::Method::Get, "/siap", May::Anyone, Work::Blocking, &get_ready,
          "Whether it can work: the store answers, its schema is this program's, there is disk."},
    Route{http::Method::Get, "/metrics", May::Anyone, Work::Blocking, &get_metrics,
          "Figures for Prometheus; for an administrator's token, or as the setting metrics says."},
};

}  // namespace

std::span<const Route> health_routes() { return kHealthRoutes; }

}  // namespace pilar::web
