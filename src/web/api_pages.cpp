#include "web/api_pages.h"

#include <array>
#include <atomic>

#include "app/intake.h"
#include "base/json.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/api.h"
#include "i18n/words/page.h"
#include "web/api_doc.h"
#include "web/api_json.h"
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

void post_one(const Visit& visit, http::Respond respond) {
  auto record = read_line(visit, visit.request.body);
  if (!record) {
    visit.desk->watch.count(Taken::Refused);
    return respond(problem_reply(visit, record.error()));
  }
  auto warnings = warnings_json(visit.lang, *visit.reference, *record);
  app::submit_record(visit.context, *visit.scope, *std::move(record),
                     [respond = std::move(respond), desk = visit.desk, lang = visit.lang, warnings = std::move(warnings)](
                         Result<app::Saved> saved, std::exception_ptr failed) mutable {
                       count_record(*desk, saved, failed);
                       if (failed) return respond(fault_reply(failed, "/api/", lang));
                       if (!saved) return respond(problem_reply(status_of(saved.error()), "/api/", lang, saved.error()));
                       respond(json_reply(saved->repeated ? 200 : 201, json::print(saved_json(*saved, std::move(warnings)))));
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
  void save_line(std::size_t line, const Result<app::Saved>& saved, std::exception_ptr failed, json::Value warnings) {
    if (failed)
      return set(line, json::Object{{"line", static_cast<std::int64_t>(line + 1)},
                                    {"status", 503},
                                    {"errors", problems_json(lang_, {{Problem::Kind::Busy, Msg::PageBusy, "", {}}})}});
    if (!saved) return refuse_line(line, saved.error());
    auto body = saved_json(*saved, std::move(warnings));
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
      visit.desk->watch.count(Taken::Refused);
      bulk->refuse_line(i, record.error());
      continue;
    }
    auto warnings = warnings_json(visit.lang, *visit.reference, *record);
    app::submit_record(
        visit.context, *visit.scope, *std::move(record),
        [bulk, i, desk = visit.desk, warnings = std::move(warnings)](Result<app::Saved> saved, std::exception_ptr failed) mutable {
          count_record(*desk, saved, failed);
          bulk->save_line(i, saved, failed, std::move(warnings));
        });
  }
}

void post_records(const Visit& visit, http::Respond respond) {
  if (visit.request.header("content-type").starts_with("application/x-ndjson")) return post_many(visit, std::move(respond));
  post_one(visit, std::move(respond));
}

constexpr std::string_view kVisitsOfAMonth =
    R"({"id": "018f2f6a-0000-7000-8000-000000000001", "instrument": "kunjungan-bulanan", "facility": "melati-contoh", "at": "2026-10-31T14:00:00+07:00", "answers": {"rawat_jalan": 812, "rawat_inap": 31}})";
constexpr std::string_view kSavedExample =
    R"({"id": "018f2f6a-0000-7000-8000-000000000001", "revision": 1, "repeated": false, "receipt": "K7QM-2XPD", "warnings": []})";
constexpr std::array kPostBodies{ApiBody{"application/json", R"({"$ref": "#/components/schemas/NewRecord"})", kVisitsOfAMonth},
                                 ApiBody{"application/x-ndjson", R"({"$ref": "#/components/schemas/NewRecord"})", kVisitsOfAMonth}};
constexpr std::string_view kSavedSchema = R"({"$ref": "#/components/schemas/Saved"})";
constexpr std::array kPostReplies{ApiReply{201, Msg::ApiDocAdded, "application/json", kSavedSchema, kSavedExample},
                                  ApiReply{200, Msg::ApiDocRepeated, "application/json", kSavedSchema, kSavedExample},
                                  ApiReply{200, Msg::ApiDocLines, "application/x-ndjson", R"({"$ref": "#/components/schemas/SavedLine"})"}};
constexpr std::array kPostProblems{409, 422};
constexpr ApiDoc kPostDoc{.id = "addRecords",
                          .tag = "records",
                          .title = Msg::ApiDocAddRecords,
                          .bodies = kPostBodies,
                          .replies = kPostReplies,
                          .problems = kPostProblems};

constexpr std::array kApiRoutes{
    Route{http::Method::Post, "/api/v1/records", May::TokenWrite, Work::Blocking, &post_records,
          "Adds one record (application/json), or up to 10,000, one a line (application/x-ndjson).", kRecordBytes, &kPostDoc},
};

}  // namespace

std::span<const Route> api_routes() { return kApiRoutes; }

}  // namespace pilar::web
