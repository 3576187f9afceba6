#include "web/site.h"

#include <algorithm>
#include <array>
#include <thread>

#include "base/hash.h"
#include "base/log.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "web/assets.h"
#include "web/layout.h"
#include "web/problem_pages.h"

namespace pilar::web {
namespace {

constexpr std::string_view kSession = "pilar_sesi", kLanguage = "pilar_bahasa", kAssets = "/assets/";

void protect(http::Reply& reply) {
  reply.headers.emplace_back("Content-Security-Policy", kSecurityPolicy);
  reply.headers.emplace_back("X-Content-Type-Options", "nosniff");
  reply.headers.emplace_back("Referrer-Policy", "same-origin");
  reply.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  for (const auto& [name, value] : reply.headers)
    if (name == "Cache-Control") return;
  reply.headers.emplace_back("Cache-Control", "no-store");
}

bool is_api(std::string_view path) { return path.starts_with("/api/"); }

std::optional<Right> right_of(May may) {
  switch (may) {
    case May::Anyone:
      return {};
    case May::ReadResults:
      return Right::ReadResults;
    case May::ReadRecords:
      return Right::ReadRecords;
    case May::WriteRecords:
    case May::TokenWrite:
      return Right::WriteRecords;
    case May::ManageLinks:
      return Right::ManageLinks;
    case May::Administer:
      return Right::Administer;
  }
  return {};
}

std::string_view bearer(const http::Request& request) {
  constexpr std::string_view kScheme = "Bearer ";
  const auto header = request.header("authorization");
  return header.starts_with(kScheme) ? header.substr(kScheme.size()) : std::string_view();
}

http::Reply ask_to_sign_in(const http::Request& request, Lang lang) {
  if (is_api(request.path)) {
    auto reply = problem_reply(401, request.path, lang, {{Problem::Kind::Forbidden, Msg::ApiTokenMissing, "authorization", {}}});
    reply.headers.emplace_back("WWW-Authenticate", "Bearer");
    return reply;
  }
  return redirect("/masuk?lalu=" + http::percent_encode(request.path));
}

bool takes_form(const http::Request& request) {
  return request.method == http::Method::Post && request.header("content-type").starts_with("application/x-www-form-urlencoded");
}

/// Fills in who asks and what was posted; a reply when the request may not go on.
std::optional<http::Reply> admit(const Route& route, Visit& visit) {
  const auto& request = visit.request;
  if (takes_form(request)) {
    auto form = http::parse_form(request.body);
    if (!form) return problem_reply(400, request.path, visit.lang, {{Problem::Kind::Invalid, Msg::PageBadForm, "", {}}});
    visit.form = *std::move(form);
  }
  if (route.may == May::TokenWrite) {
    visit.scope = app::find_token_scope(visit.context, bearer(request));
    if (!visit.scope) return ask_to_sign_in(request, visit.lang);
  } else if (route.work != Work::Quick) {
    const auto session = request.cookie(kSession);
    visit.person = app::find_person(visit.context, session);
    if (visit.person) {
      visit.scope = visit.person->scope;
      visit.csrf = app::csrf_token(visit.context, session);
    }
  }
  const auto right = right_of(route.may);
  if (!right) return {};
  if (!visit.scope) return ask_to_sign_in(request, visit.lang);
  if (!visit.scope->may(*right))
    return problem_reply(403, request.path, visit.lang, {{Problem::Kind::Forbidden, Msg::PageForbidden, "", {}}});
  if (visit.person && request.method != http::Method::Get && request.method != http::Method::Head) {
    const auto given = std::string(visit.field("csrf"));
    if (given != visit.csrf) return problem_reply(403, request.path, visit.lang, {{Problem::Kind::Forbidden, Msg::PageForged, "", {}}});
  }
  return {};
}

/// A chosen language is remembered.
void remember_language(const http::Request& request, http::Reply& reply, Lang lang) {
  if (request.param("bahasa").empty()) return;
  reply.headers.emplace_back("Set-Cookie",
                             std::string(kLanguage) + (lang == Lang::En ? "=en" : "=id") + "; Path=/; Max-Age=31536000; SameSite=Lax");
}

}  // namespace

Site::Site(app::Context& context)
    : context_(context),
      sign_ins_(5, 15),
      sends_(30, 15),
      pages_(std::make_unique<http::Workers>(std::max(4U, std::thread::hardware_concurrency() * 2), 2000)),
      passwords_(std::make_unique<http::Workers>(1, 50)) {}

Site::~Site() = default;

void Site::handle(http::Request request, http::Respond respond) {
  const auto lang = language_of(request);
  if (request.path.starts_with(kAssets)) {
    auto asset = serve_asset(request);
    if (!asset) asset = problem_reply(404, request.path, lang, {{Problem::Kind::NotFound, Msg::PageNotFound, "", {}}});
    protect(*asset);
    return respond(*std::move(asset));
  }
  auto shared = std::make_shared<http::Request>(std::move(request));
  auto match = find_route(shared->method, shared->path);
  if (match.route == nullptr) {
    const auto message = match.other_method ? Msg::PageOtherMethod : Msg::PageNotFound;
    auto reply = problem_reply(match.other_method ? 405 : 404, shared->path, lang, {{Problem::Kind::NotFound, message, "", {}}});
    protect(reply);
    return respond(std::move(reply));
  }
  const auto& route = *match.route;
  if (route.work == Work::Quick) return run(route, std::move(match.args), shared, std::move(respond));
  auto& pool = route.work == Work::Password ? *passwords_ : *pages_;
  auto answer = std::make_shared<http::Respond>(std::move(respond));
  const bool queued = pool.post(
      [this, &route, shared, answer, args = std::move(match.args)]() mutable { run(route, std::move(args), shared, std::move(*answer)); });
  if (queued) return;
  auto reply = problem_reply(503, shared->path, lang, {{Problem::Kind::Busy, Msg::PageBusy, "", {}}});
  reply.headers.emplace_back("Retry-After", "2");
  protect(reply);
  (*answer)(std::move(reply));
}

void Site::run(const Route& route, std::vector<std::string_view> args, const std::shared_ptr<http::Request>& request,
               http::Respond respond) {
  const auto lang = language_of(*request);
  const auto finish = [request, lang](http::Respond& answer, http::Reply reply) {
    remember_language(*request, reply, lang);
    protect(reply);
    answer(std::move(reply));
  };
  try {
    Visit visit{context_, *request, sign_ins_, sends_, lang, std::move(args)};
    visit.reference = context_.reference.get();
    if (auto refusal = admit(route, visit)) return finish(respond, *std::move(refusal));
    if (const auto* page = std::get_if<Page>(&route.page)) return finish(respond, (*page)(visit));
    auto later = [finish, respond = std::move(respond)](http::Reply reply) mutable { finish(respond, std::move(reply)); };
    std::get<LaterPage>(route.page)(visit, std::move(later));
  } catch (...) {
    if (respond) finish(respond, fault_reply(std::current_exception(), request->path, lang));
  }
}

http::Handler::BodyLimit Site::body_limit(http::Method method, std::string_view path) const {
  const auto match = find_route(method, path);
  const auto bytes = match.route == nullptr ? std::size_t{64} << 10 : match.route->body_bytes;
  return {bytes, bytes};
}

http::Reply Site::refuse(int status, std::string_view path, std::string_view accept_language) const {
  auto reply = problem_reply(status, path, accept_language.starts_with("en") ? Lang::En : Lang::Id,
                             {{Problem::Kind::Invalid, message_of(status), "", {}}});
  protect(reply);
  return reply;
}

Lang language_of(const http::Request& request) {
  auto choice = request.param("bahasa");
  if (choice.empty()) choice = request.cookie(kLanguage);
  return choice == "en" ? Lang::En : Lang::Id;
}

int status_of(const Problems& problems) {
  switch (problems.empty() ? Problem::Kind::Invalid : problems.front().kind) {
    case Problem::Kind::Invalid:
      return 422;
    case Problem::Kind::Forbidden:
      return 403;
    case Problem::Kind::NotFound:
      return 404;
    case Problem::Kind::Conflict:
      return 409;
    case Problem::Kind::TooLarge:
      return 413;
    case Problem::Kind::Busy:
      return 503;
  }
  return 422;
}

http::Reply fault_reply(std::exception_ptr failed, std::string_view path, Lang lang) {
  std::array<std::uint8_t, 5> bytes{};
  fill_random(bytes);
  const auto incident = hex(bytes);
  try {
    std::rethrow_exception(failed);
  } catch (const Fault& fault) {
    log::error("fault", "incident=" + incident + " path=" + std::string(path) + " what=\"" + fault.what() + "\"");
    auto reply = problem_reply(503, path, lang, {{Problem::Kind::Busy, Msg::PageFault, "", {incident}}}, incident);
    reply.headers.emplace_back("Retry-After", "5");
    return reply;
  } catch (const std::exception& bug) {
    log::error("bug", "incident=" + incident + " path=" + std::string(path) + " what=\"" + bug.what() + "\"");
  }
  return problem_reply(500, path, lang, {{Problem::Kind::Invalid, Msg::PageBug, "", {incident}}}, incident);
}

http::Reply html_page(int status, std::string body) { return {status, "text/html; charset=utf-8", std::move(body), {}}; }

http::Reply redirect(std::string address) { return {303, "text/plain; charset=utf-8", "", {{"Location", std::move(address)}}}; }

http::Reply json_reply(int status, std::string body) { return {status, "application/json", std::move(body), {}}; }

}  // namespace pilar::web
