#include "web/site.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include "app/api_token.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/api.h"
#include "i18n/words/page.h"
#include "web/assets.h"
#include "web/layout.h"
#include "web/problem_pages.h"

namespace pilar::web {
namespace {

constexpr std::string_view kSession = "pilar_sesi", kLanguage = "pilar_bahasa", kAssets = "/assets/", kOwnPassword = "/akun/sandi";

constexpr std::int64_t kSecondsADay = 86'400;
constexpr std::string_view kBusySeconds = "2";  // until a client that was refused because many ask may ask again

void protect(http::Reply& reply) {
  reply.headers.emplace_back("Content-Security-Policy", kSecurityPolicy);
  reply.headers.emplace_back("X-Content-Type-Options", "nosniff");
  reply.headers.emplace_back("Referrer-Policy", "same-origin");
  reply.headers.emplace_back("X-Frame-Options", "DENY");
  reply.headers.emplace_back("Permissions-Policy", kNoDevices);
  reply.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  reply.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  for (const auto& [name, value] : reply.headers)
    if (name == "Cache-Control") return;
  reply.headers.emplace_back("Cache-Control", "no-store");
}

bool is_api(std::string_view path) { return path.starts_with("/api/"); }

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

/// "40 MB", "64 KB".
std::string size_words(std::size_t bytes) {
  constexpr std::size_t kMega = std::size_t{1} << 20U;
  return bytes >= kMega ? std::to_string(bytes / kMega) + " MB" : std::to_string(bytes >> 10U) + " KB";
}

/// The fields and files of a multipart form; false when it is malformed. A control without a chosen file is left out.
bool read_multipart(Visit& visit, std::string_view boundary) {
  visit.body = std::make_shared<const http::BodyView>(visit.request);
  auto parts = http::parse_multipart(visit.body->bytes(), boundary);
  if (!parts) return false;
  for (auto& part : *parts) {
    if (!part.file_name) {
      if (!is_utf8(part.content)) return false;
      visit.form.emplace_back(std::move(part.name), part.content);
    } else if (!part.file_name->empty() || !part.content.empty()) {
      visit.files.push_back(std::move(part));
    }
  }
  return true;
}

/// Takes in what was posted; a reply when it cannot be read.
std::optional<http::Reply> read_posted(const Route& route, Visit& visit) {
  const auto& request = visit.request;
  const auto refuse = [&](int status, Message message) {
    return problem_reply(status, request.path, visit.lang, {{Problem::Kind::Invalid, message, "", {}}});
  };
  const auto boundary = http::multipart_boundary(request.header("content-type"));
  if (route.memory_bytes > 0 && request.method == http::Method::Post && !boundary.empty()) {
    if (!read_multipart(visit, boundary)) return refuse(400, Msg::PageBadForm);
    return {};
  }
  if (!takes_form(request)) return {};
  if (!request.body_file.empty())
    return problem_reply(413, request.path, visit.lang,
                         {{Problem::Kind::TooLarge, Msg::PageTooLarge, "", {size_words(route.memory_bytes)}}});
  auto form = http::parse_form(request.body);
  if (!form) return refuse(400, Msg::PageBadForm);
  visit.form = *std::move(form);
  return {};
}

/// What is missing, and whom to ask for it.
Problem missing(const Visit& visit, Right right) {
  if (visit.scope->grants().empty()) return {Problem::Kind::Forbidden, Msg::AccessNoRole, "", {}};
  const auto roles = role_words(visit.lang, visit.reference->organisation, *visit.scope);
  return {Problem::Kind::Forbidden, Msg::AccessMissing, "", {roles, std::string(say(visit.lang, title(right)))}};
}

bool is_reading(const http::Request& request) { return request.method == http::Method::Get || request.method == http::Method::Head; }

/// Sent by a page of another site, as the browser itself says: the sign-in has no session yet whose token could tell.
bool is_from_elsewhere(const http::Request& request) {
  return !is_reading(request) && request.header("sec-fetch-site") == "cross-site" && request.header("authorization").empty();
}

/// Fills in who asks and what was posted; a reply when the request may not go on.
std::optional<http::Reply> admit(const Route& route, Visit& visit) {
  const auto& request = visit.request;
  const auto forged = [&] { return problem_reply(403, request.path, visit.lang, {{Problem::Kind::Forbidden, Msg::PageForged, "", {}}}); };
  if (is_from_elsewhere(request)) return forged();
  if (auto unreadable = read_posted(route, visit)) return unreadable;
  if (route.may == May::TokenWrite || (is_api(request.path) && !request.header("authorization").empty())) {
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
  if (route.may == May::Anyone) return {};
  if (!visit.scope) return ask_to_sign_in(request, visit.lang);
  if (visit.person && visit.person->must_change && request.path != kOwnPassword && request.path != "/keluar")
    return redirect(std::string(kOwnPassword));
  if (const auto right = right_of(route.may)) {
    visit.right = right;
    visit.why = visit.scope->why(*right);
    if (visit.why == nullptr) return problem_reply(403, request.path, visit.lang, {missing(visit, *right)});
  }
  if (visit.person && !is_reading(request) && visit.field("csrf") != visit.csrf) return forged();
  return {};
}

/// "en", "id" or whatever else was asked for; empty where nobody chose.
std::string_view chosen_language(const http::Request& request) {
  const auto asked = request.param("bahasa");
  return asked.empty() ? request.cookie(kLanguage) : asked;
}

/// A chosen language is remembered.
void remember_language(const http::Request& request, http::Reply& reply, Lang lang) {
  if (request.param("bahasa").empty()) return;
  reply.headers.emplace_back("Set-Cookie",
                             std::string(kLanguage) + (lang == Lang::En ? "=en" : "=id") + "; Path=/; Max-Age=31536000; SameSite=Lax");
}

constexpr std::size_t kMostPasswords = 50, kSmallBody = std::size_t{64} << 10U;

std::size_t size_of(const app::Settings& settings, std::string_view name) { return static_cast<std::size_t>(settings.number(name)); }

unsigned worker_count(const app::Settings& settings) {
  const auto asked = static_cast<unsigned>(settings.number("workers"));
  return asked != 0 ? asked : std::max(4U, std::thread::hardware_concurrency() * 2);
}

/// A request that waits for its answer; one that is dropped unanswered counts as 500, which is what the server then sends.
struct OpenRequest {
  OpenRequest(std::shared_ptr<Desk> shared, std::size_t of) : desk(std::move(shared)), row(of) { desk->watch.begin(); }
  ~OpenRequest() {
    const auto passed = std::chrono::steady_clock::now() - begun;
    desk->watch.end(row, status, std::chrono::duration_cast<std::chrono::microseconds>(passed).count());
  }
  OpenRequest(const OpenRequest&) = delete;
  OpenRequest& operator=(const OpenRequest&) = delete;

  std::shared_ptr<Desk> desk;
  std::size_t row;
  int status = 500;
  std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
};

}  // namespace

Site::Site(app::Context& context, app::Settings settings)
    : context_(context),
      desk_(std::make_shared<Desk>(std::move(settings), all_routes().size() + kOtherRows, context.clock.now())),
      pages_(std::make_unique<http::Workers>(worker_count(desk_->settings), size_of(desk_->settings, "queue"))),
      passwords_(std::make_unique<http::Workers>(static_cast<unsigned>(size_of(desk_->settings, "password-workers")), kMostPasswords)) {}

Site::~Site() = default;

void Site::drop_queued() {
  pages_->drop_queued();
  passwords_->drop_queued();
}

http::Respond Site::closing(std::size_t row, const http::Request& request, http::Respond respond) const {
  auto open = std::make_unique<OpenRequest>(desk_, row);
  return [open = std::move(open), clock = &context_.clock, path = request.path, secure = request.secure,
          respond = std::move(respond)](http::Reply reply) mutable {
    protect(reply);
    const auto days = open->desk->settings.number("hsts-days");
    if (secure && days > 0) reply.headers.emplace_back("Strict-Transport-Security", "max-age=" + std::to_string(days * kSecondsADay));
    if (!reply.incident.empty()) open->desk->watch.remember({reply.incident, clock->now(), path, reply.fault});
    open->status = reply.status;
    open.reset();
    respond(std::move(reply));
  };
}

void Site::handle(http::Request request, http::Respond respond) {
  const auto lang = language_of(request);
  desk_->proxies.name_client(request);
  if (request.path.starts_with(kAssets)) {
    auto answer = closing(all_routes().size() + kAssetsRow, request, std::move(respond));
    auto asset = serve_asset(request);
    if (!asset) asset = problem_reply(404, request.path, lang, {{Problem::Kind::NotFound, Msg::PageNotFound, "", {}}});
    return answer(*std::move(asset));
  }
  auto shared = std::make_shared<http::Request>(std::move(request));
  auto match = find_route(shared->method, shared->path);
  if (match.route == nullptr) {
    const auto message = match.other_method ? Msg::PageOtherMethod : Msg::PageNotFound;
    auto answer = closing(all_routes().size() + kNowhereRow, *shared, std::move(respond));
    return answer(problem_reply(match.other_method ? 405 : 404, shared->path, lang, {{Problem::Kind::NotFound, message, "", {}}}));
  }
  const auto& route = *match.route;
  respond = closing(static_cast<std::size_t>(&route - all_routes().data()), *shared, std::move(respond));
  if (route.work == Work::Quick) return run(route, std::move(match.args), shared, std::move(respond));
  auto& pool = route.work == Work::Password ? *passwords_ : *pages_;
  auto answer = std::make_shared<http::Respond>(std::move(respond));
  const bool queued = pool.post(
      [this, &route, shared, answer, args = std::move(match.args)]() mutable { run(route, std::move(args), shared, std::move(*answer)); });
  if (queued) return;
  auto reply = problem_reply(503, shared->path, lang, {{Problem::Kind::Busy, Msg::PageBusy, "", {}}});
  reply.headers.emplace_back("Retry-After", kBusySeconds);
  (*answer)(std::move(reply));
}

void Site::run(const Route& route, std::vector<std::string_view> args, const std::shared_ptr<http::Request>& request,
               http::Respond respond) {
  const auto lang = language_of(*request);
  const auto finish = [request, lang](http::Respond& answer, http::Reply reply) {
    remember_language(*request, reply, lang);
    answer(std::move(reply));
  };
  try {
    Visit visit{context_, *request, desk_, lang, std::move(args)};
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
  if (match.route == nullptr) return {kSmallBody, kSmallBody};
  const auto most = size_of(desk_->settings, match.route->megabytes) << 20U;
  const auto bytes = std::min(match.route->body_bytes, most);
  return {bytes, match.route->memory_bytes > 0 ? std::min(bytes, match.route->memory_bytes) : bytes};
}

std::string Site::language(const http::Request& head) const {
  const auto choice = chosen_language(head);
  return choice.empty() ? Handler::language(head) : std::string(choice);
}

http::Reply Site::refuse(int status, std::string_view path, std::string_view language) const {
  Problem problem{Problem::Kind::Invalid, message_of(status), "", {}};
  if (status == 413) {
    const auto posted = body_limit(http::Method::Post, path).total, put = body_limit(http::Method::Put, path).total;
    problem.args = {size_words(std::max(posted, put))};
  }
  auto reply = problem_reply(status, path, language.starts_with("en") ? Lang::En : Lang::Id, {problem});
  if (status == 503) reply.headers.emplace_back("Retry-After", kBusySeconds);
  protect(reply);
  return reply;
}

Lang language_of(const http::Request& request) { return chosen_language(request) == "en" ? Lang::En : Lang::Id; }

std::string_view bearer(const http::Request& request) {
  constexpr std::string_view kScheme = "Bearer ";
  const auto header = request.header("authorization");
  return header.starts_with(kScheme) ? header.substr(kScheme.size()) : std::string_view();
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
    reply.incident = incident;
    reply.fault = fault.what();
    return reply;
  } catch (const std::exception& bug) {
    log::error("bug", "incident=" + incident + " path=" + std::string(path) + " what=\"" + bug.what() + "\"");
    auto reply = problem_reply(500, path, lang, {{Problem::Kind::Invalid, Msg::PageBug, "", {incident}}}, incident);
    reply.incident = incident;
    reply.fault = bug.what();
    return reply;
  }
}

http::Reply html_page(int status, std::string body) { return {status, "text/html; charset=utf-8", std::move(body), {}}; }

http::Reply redirect(std::string address) { return {303, "text/plain; charset=utf-8", "", {{"Location", std::move(address)}}}; }

http::Reply json_reply(int status, std::string body) { return {status, "application/json", std::move(body), {}}; }

http::Reply ask_to_wait(http::Reply reply, std::int64_t minutes) {
  reply.headers.emplace_back("Retry-After", std::to_string(minutes * 60));
  return reply;
}

}  // namespace pilar::web
