#include "web/api_pages.h"

#include <array>
#include <atomic>

#include "app/calc.h"
#include "app/form_token.h"
#include "app/intake.h"
#include "base/json.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "web/site.h"

namespace pilar::web {
namespace {

constexpr std::size_t kMostLines = 10'000;
constexpr std::size_t kRecordBytes = 16U << 20U;

std::variant<json::Value, Problem> parse_line(std::string_view text) {
  auto parsed = json::parse(text, {kRecordBytes, 32});
  if (const auto* error = std::get_if<json::ParseError>(&parsed))
    return Problem{Problem::Kind::Invalid, Msg::ApiNotJson, "", {std::to_string(error->offset), error->what}};
  return std::get<json::Value>(std::move(parsed));
}

Result<app::NewRecord> read_line(const Visit& visit, std::string_view text) {
  auto parsed = parse_line(text);
  if (auto* problem = std::get_if<Problem>(&parsed)) return refuse(std::move(*problem));
  return app::read_record(std::get<json::Value>(parsed), *visit.reference, Channel::Api, visit.context.clock.now());
}

json::Value saved_json(const app::Saved& saved) {
  return json::Object{{"id", text(saved.id)},
                      {"revision", static_cast<std::int64_t>(saved.revision)},
                      {"repeated", saved.repeated},
                      {"receipt", app::receipt_of(saved.id)}};
}

json::Value problems_json(Lang lang, const Problems& problems) {
  json::Array out;
  for (const auto& problem : problems)
    out.emplace_back(json::Object{{"field", problem.field}, {"code", key_of(problem.message)}, {"message", say(lang, problem)}});
  return out;
}

void post_one(const Visit& visit, http::Respond respond) {
  auto record = read_line(visit, visit.request.body);
  if (!record) return respond(problem_reply(status_of(record.error()), visit.request.path, visit.lang, record.error()));
  app::submit_record(visit.context, *visit.scope, *std::move(record),
                     [respond = std::move(respond), lang = visit.lang](Result<app::Saved> saved, std::exception_ptr failed) mutable {
                       if (failed) return respond(fault_reply(failed, "/api/", lang));
                       if (!saved) return respond(problem_reply(status_of(saved.error()), "/api/", lang, saved.error()));
                       respond(json_reply(saved->repeated ? 200 : 201, json::print(saved_json(*saved))));
                     });
}

/// The answers to a bulk request, one line each in the order sent; the last one to come in answers them all.
class Bulk {
 public:
  Bulk(std::size_t lines, Lang lang, http::Respond respond) : lines_(lines), open_(lines), lang_(lang), respond_(std::move(respond)) {}

  void refuse_line(std::size_t line, const Problems& problems) {
    set(line,
        json::Object{
            {"line", static_cast<std::int64_t>(line + 1)}, {"status", status_of(problems)}, {"errors", problems_json(lang_, problems)}});
  }
  void save_line(std::size_t line, const Result<app::Saved>& saved, std::exception_ptr failed) {
    if (failed)
      return set(line, json::Object{{"line", static_cast<std::int64_t>(line + 1)},
                                    {"status", 503},
                                    {"errors", problems_json(lang_, {{Problem::Kind::Busy, Msg::PageBusy, "", {}}})}});
    if (!saved) return refuse_line(line, saved.error());
    auto body = saved_json(*saved);
    body.set("line", static_cast<std::int64_t>(line + 1));
    body.set("status", saved->repeated ? 200 : 201);
    set(line, body);
  }

 private:
  /// Each line is set once, by whichever thread; the counter orders them before the reply is put together.
  void set(std::size_t line, const json::Value& body) {
    lines_[line] = json::print(body);
    if (open_.fetch_sub(1) != 1) return;
    std::string out;
    for (const auto& one : lines_) out.append(one).append("\n");
    respond_({200, "application/x-ndjson", std::move(out), {}});
  }

  std::vector<std::string> lines_;
  std::atomic<std::size_t> open_;
  Lang lang_;
  http::Respond respond_;
};

void post_many(const Visit& visit, http::Respond respond) {
  std::vector<std::string_view> lines;
  for (const auto line : split(visit.request.body, '\n'))
    if (!trim(line).empty()) lines.push_back(line);
  if (lines.empty() || lines.size() > kMostLines)
    return respond(problem_reply(422, visit.request.path, visit.lang,
                                 {{Problem::Kind::Invalid, Msg::ApiTooManyLines, "", {std::to_string(kMostLines)}}}));
  auto bulk = std::make_shared<Bulk>(lines.size(), visit.lang, std::move(respond));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto record = read_line(visit, lines[i]);
    if (!record) {
      bulk->refuse_line(i, record.error());
      continue;
    }
    app::submit_record(visit.context, *visit.scope, *std::move(record),
                       [bulk, i](Result<app::Saved> saved, std::exception_ptr failed) { bulk->save_line(i, saved, failed); });
  }
}

void post_records(const Visit& visit, http::Respond respond) {
  if (visit.request.header("content-type").starts_with("application/x-ndjson")) return post_many(visit, std::move(respond));
  post_one(visit, std::move(respond));
}

http::Reply get_methods(const Visit& visit) {
  json::Array all;
  for (const auto* method : calc::methods())
    all.emplace_back(json::Object{{"method", calc::name(*method)}, {"summary", calc::summary(*method, visit.lang)}});
  return json_reply(200, json::print(json::Object{{"methods", std::move(all)}}));
}

http::Reply get_schema(const Visit& visit) {
  const auto* method = calc::find(visit.args.front());
  if (method == nullptr) {
    const auto unknown = calc::unknown_method(visit.args.front(), visit.lang);
    return json_reply(unknown.http_status, json::print(unknown.body));
  }
  return json_reply(200, json::print(calc::schema(*method)));
}

http::Reply post_calc(const Visit& visit) {
  const auto answer = calc::run(visit.args.front(), visit.request.body, visit.lang);
  return json_reply(answer.http_status, json::print(answer.body));
}

/// Alive and able to read its store.
http::Reply get_health(const Visit& visit) {
  visit.context.db.read([](store::Tx&) {});
  return json_reply(200, R"({"status":"ok"})");
}

constexpr std::array kApiRoutes{
    Route{http::Method::Post, "/api/v1/records", May::TokenWrite, Work::Blocking, &post_records,
          "Adds one record (application/json), or up to 10,000, one a line (application/x-ndjson).", kRecordBytes},
    Route{http::Method::Get, "/api/v1/calc", May::Anyone, Work::Quick, &get_methods, "The methods of calculation."},
    Route{http::Method::Get, "/api/v1/calc/:arg", May::Anyone, Work::Quick, &get_schema, "The input of a method as JSON Schema."},
    Route{http::Method::Post, "/api/v1/calc/:arg", May::Anyone, Work::Blocking, &post_calc, "Runs a method.", calc::kMaxBytes},
    Route{http::Method::Get, "/sehat", May::Anyone, Work::Blocking, &get_health, "Whether the program is alive and reads its store."},
};

}  // namespace

std::span<const Route> api_routes() { return kApiRoutes; }

}  // namespace pilar::web
