#include "web/job_pages.h"

#include <algorithm>
#include <array>

#include "app/audit.h"
#include "app/job.h"
#include "app/own_work.h"
#include "app/stored_file.h"
#include "base/json.h"
#include "i18n/format.h"
#include "i18n/words/api.h"
#include "i18n/words/import.h"
#include "i18n/words/job.h"
#include "i18n/words/people.h"
#include "web/api_doc.h"
#include "web/audit_words.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/import_pages.h"
#include "web/list_file.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::int64_t kJobsShown = 50, kJobsAPiece = 500;

struct KindRow {
  std::string_view kind;
  Message words;
};
constexpr std::array kKinds{KindRow{"import_check", Msg::JobKindCheck}, KindRow{"import_write", Msg::JobKindWrite},
                            KindRow{"import_undo", Msg::JobKindUndo}};

http::Reply job_refusal(const Visit& visit, const Problems& problems) { return problem_reply(visit, problems); }

Result<store::StoredJob> asked_job(const Visit& visit) {
  const auto id = parse_uuid(visit.args.at(0));
  if (!id) return refuse(Problem::Kind::NotFound, Msg::JobUnknown);
  return app::load_job(visit.context, *visit.scope, *id);
}

Zone zone_of(const Visit& visit, FacilityKey place) {
  const auto* node = visit.reference->organisation.find(place);
  return node == nullptr ? Zone::Wib : node->zone;
}

std::string moment_words(const Visit& visit, const store::StoredJob& job, const std::optional<Instant>& at) {
  return at ? format::moment(visit.lang, *at, zone_of(visit, job.place)) : std::string();
}

Mark job_mark(JobState state) { return state == JobState::Failed ? Mark::Concern : Mark::None; }

std::string where_href(const store::StoredJob& job) { return job.subject ? import_href(*job.subject) : job_href(job.id); }

FilterBar job_filters(const Visit& visit) {
  std::vector<Option> states{{"", words(visit.lang, Msg::JobAnyState)}};
  for (const auto state : {JobState::Waiting, JobState::Running, JobState::Done, JobState::Failed, JobState::Cancelled})
    states.push_back({std::string(name(state)), words(visit.lang, title(state))});
  FilterBar bar{"/pekerjaan", words(visit.lang, Msg::JobsTitle), {}, {}};
  bar.filters.push_back({"keadaan", words(visit.lang, Msg::PeopleState), std::string(visit.request.param("keadaan")), std::move(states)});
  if (visit.scope->may(Right::Administer))
    bar.filters.push_back({"siapa",
                           words(visit.lang, Msg::JobWhose),
                           std::string(visit.request.param("siapa")),
                           {{"", words(visit.lang, Msg::JobsMine)}, {"semua", words(visit.lang, Msg::JobsAll)}}});
  return bar;
}

void draw_job_row(html::Out& o, Row& row, const Visit& visit, const store::StoredJob& job, const app::AuditNames& names) {
  row.name(job_kind_words(visit.lang, job.kind) + ": " + job.title, job_href(job.id));
  row.cell([&] {
    draw_badge(o, job_mark(job.state), words(visit.lang, title(job.state)));
    if (!is_over(job.state)) draw_job_progress(o, visit.lang, job);
  });
  row.cell(who_words(visit.lang, names, job.owner));
  row.cell(moment_words(visit, job, job.created_at));
  row.cell(moment_words(visit, job, job.ended_at));
}

app::JobQuery asked_jobs(const Visit& visit) {
  app::JobQuery query;
  query.all = visit.request.param("siapa") == "semua";
  query.state = parse_job_state(visit.request.param("keadaan"));
  return query;
}

app::AuditNames owner_names(const Visit& visit, const std::vector<store::StoredJob>& jobs) {
  std::vector<std::string> owners;
  for (const auto& job : jobs) owners.push_back(job.owner);
  return app::audit_names(visit.context, owners);
}

/// A list of jobs with the filters of this address.
std::string jobs_href(const Visit& visit, std::string_view path, std::string_view before = {}) {
  http::Fields query{{"sebelum", std::string(before)}};
  for (const std::string_view name : {"siapa", "keadaan"}) query.emplace_back(name, visit.request.param(name));
  return http::target_of(path, query);
}

http::Reply get_jobs(const Visit& visit) {
  auto query = asked_jobs(visit);
  query.before = parse_uuid(visit.request.param("sebelum"));
  query.limit = kJobsShown + 1;
  auto jobs = app::list_jobs(visit.context, *visit.scope, query);
  const bool more = std::ssize(jobs) > kJobsShown;
  if (more) jobs.pop_back();
  const auto names = owner_names(visit, jobs);
  auto frame = staff_page(visit, Place::Imports, words(visit.lang, Msg::JobsTitle));
  frame.as_of = as_of(visit.lang, visit.context.clock.now(), zone_of(visit, visit.scope->root()));
  frame.actions = [&](html::Out& o) {
    draw_file_links(o, visit.lang, jobs_href(visit, "/pekerjaan.xlsx"), jobs_href(visit, "/pekerjaan.csv"));
  };
  const bool going = std::ranges::any_of(jobs, [](const store::StoredJob& job) { return !is_over(job.state); });
  auto page = draw_staff_page(frame, [&](html::Out& o) {
    draw_filters(o, visit.lang, job_filters(visit));
    draw_card(o, {}, [&] {
      if (jobs.empty()) return draw_empty(o, words(visit.lang, Msg::JobsNone), {words(visit.lang, Msg::ImportTitle), "/impor"});
      const TableHead head{words(visit.lang, Msg::JobsTitle),
                           {{words(visit.lang, Msg::JobWhat)},
                            {words(visit.lang, Msg::PeopleState)},
                            {words(visit.lang, Msg::JobOwner)},
                            {words(visit.lang, Msg::JobBegun)},
                            {words(visit.lang, Msg::JobEnded)}},
                           words(visit.lang, Msg::JobsOrder),
                           true};
      draw_table(o, head, [&](Rows& rows) {
        for (const auto& job : jobs) rows.row([&](Row& row) { draw_job_row(o, row, visit, job, names); });
      });
      if (more) draw_link_button(o, {words(visit.lang, Msg::JobsOlder), jobs_href(visit, "/pekerjaan", text(jobs.back().id))});
    });
  });
  return refreshing(html_page(200, std::move(page)), going);
}

/// Every job that fits, newest first, page by page.
std::vector<store::StoredJob> all_jobs(const Visit& visit) {
  auto query = asked_jobs(visit);
  query.limit = kJobsAPiece;
  std::vector<store::StoredJob> all;
  for (bool more = true; more;) {
    auto jobs = app::list_jobs(visit.context, *visit.scope, query);
    more = std::ssize(jobs) == kJobsAPiece;
    if (more) query.before = jobs.back().id;
    std::ranges::move(jobs, std::back_inserter(all));
  }
  return all;
}

http::Reply jobs_file(const Visit& visit, FileKind kind) {
  const auto jobs = all_jobs(visit);
  const auto names = owner_names(visit, jobs);
  auto table = list_table(visit, words(visit.lang, Msg::JobsTitle), job_filters(visit), std::ssize(jobs));
  table.columns = {{words(visit.lang, Msg::JobWhat)},
                   {words(visit.lang, Msg::PeopleState)},
                   {words(visit.lang, Msg::JobOwner)},
                   {words(visit.lang, Msg::JobBegun), TableColumn::Kind::Moment},
                   {words(visit.lang, Msg::JobEnded), TableColumn::Kind::Moment}};
  table.rows = [&](const OnTableRow& on_row) {
    for (const auto& job : jobs) {
      const auto zone = zone_of(visit, job.place);
      const TableCell row[] = {job_kind_words(visit.lang, job.kind) + ": " + job.title, words(visit.lang, title(job.state)),
                               who_words(visit.lang, names, job.owner), ZonedTime{job.created_at, zone},
                               job.ended_at ? TableCell(ZonedTime{*job.ended_at, zone}) : TableCell()};
      on_row(row);
    }
  };
  return table_reply("pilar-pekerjaan", table, kind);
}

std::vector<Fact> job_facts(const Visit& visit, const store::StoredJob& job) {
  const std::string owner[] = {job.owner};
  const auto names = app::audit_names(visit.context, owner);
  const auto* node = visit.reference->organisation.find(job.place);
  std::vector<Fact> facts{{words(visit.lang, Msg::PeopleState), words(visit.lang, title(job.state)), {}},
                          {words(visit.lang, Msg::PeoplePlace), node == nullptr ? "" : node->name, {}},
                          {words(visit.lang, Msg::JobOwner), who_words(visit.lang, names, job.owner), {}},
                          {words(visit.lang, Msg::JobBegun), moment_words(visit, job, job.created_at), {}}};
  if (job.ended_at) facts.push_back({words(visit.lang, Msg::JobEnded), moment_words(visit, job, job.ended_at), {}});
  return facts;
}

http::Reply get_job(const Visit& visit) {
  const auto job = asked_job(visit);
  if (!job) return job_refusal(visit, job.error());
  app::see_own_jobs(visit.context, *visit.scope, job->place, job->id);
  auto frame = staff_page(visit, Place::Imports, job_kind_words(visit.lang, job->kind));
  frame.path = {{words(visit.lang, Msg::JobsTitle), "/pekerjaan"}};
  frame.place = job->title;
  auto page = draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {}, [&] {
      draw_problems(o, visit.lang, app::problems_of(*job));
      if (!is_over(job->state)) draw_job_progress(o, visit.lang, *job);
      draw_facts(o, job_facts(visit, *job));
      o.el("div", {{"class", "choices"}}, [&] {
        if (job->subject) draw_link_button(o, {words(visit.lang, Msg::JobOpenImport), where_href(*job)}, Button::Primary);
        if (job->result_file) draw_link_button(o, {words(visit.lang, Msg::JobDownload), job_href(job->id) + "/berkas"});
        if (!is_over(job->state)) draw_link_button(o, {words(visit.lang, Msg::JobStop), job_href(job->id) + "/hentikan"}, Button::Danger);
      });
    });
  });
  return refreshing(html_page(200, std::move(page)), !is_over(job->state));
}

std::string draw_stop(const Visit& visit, const store::StoredJob& job, const Problems& problems) {
  Confirm confirm;
  confirm.title = say(visit.lang, Msg::JobStopTitle, {job_kind_words(visit.lang, job.kind), job.title});
  confirm.words = words(visit.lang, job.kind == "import_write"  ? Msg::JobStopWrite
                                    : job.kind == "import_undo" ? Msg::JobStopUndo
                                                                : Msg::JobStopCheck);
  confirm.action = job_href(job.id) + "/hentikan";
  confirm.button = words(visit.lang, Msg::JobStop);
  confirm.back = {job.title, where_href(job)};
  confirm.problems = problems;
  return draw_confirm(visit, confirm);
}

http::Reply get_stop(const Visit& visit) {
  const auto job = asked_job(visit);
  if (!job) return job_refusal(visit, job.error());
  return html_page(200, draw_stop(visit, *job, {}));
}

http::Reply post_stop(const Visit& visit) {
  const auto job = asked_job(visit);
  if (!job) return job_refusal(visit, job.error());
  const auto done = app::cancel_job(visit.context, *visit.scope, job->id);
  if (!done) return html_page(status_of(done.error()), draw_stop(visit, *job, done.error()));
  return redirect(where_href(*job));
}

http::Reply get_job_file(const Visit& visit) {
  const auto job = asked_job(visit);
  if (!job) return job_refusal(visit, job.error());
  return stored_file_reply(visit.context, *job);
}

json::Value result_json(const std::string& text) {
  if (text.empty()) return nullptr;
  auto read = json::parse(text);
  auto* value = std::get_if<json::Value>(&read);
  return value == nullptr ? json::Value(nullptr) : std::move(*value);
}

json::Value job_json(const Visit& visit, const store::StoredJob& job) {
  const auto* node = visit.reference->organisation.find(job.place);
  const auto at = [](const std::optional<Instant>& when) { return when ? json::Value(iso(*when, Zone::Wib)) : json::Value(nullptr); };
  json::Array problems;
  for (const auto& problem : app::problems_of(job))
    problems.emplace_back(json::Object{{"code", key_of(problem.message)}, {"message", say(visit.lang, problem)}});
  return json::Object{{"id", text(job.id)},
                      {"kind", job.kind},
                      {"title", job.title},
                      {"facility", node == nullptr ? std::string() : node->code},
                      {"owner", job.owner},
                      {"state", name(job.state)},
                      {"done", job.done},
                      {"total", job.total == 0 ? json::Value(nullptr) : json::Value(job.total)},
                      {"created_at", at(job.created_at)},
                      {"started_at", at(job.started_at)},
                      {"ended_at", at(job.ended_at)},
                      {"result", result_json(job.result)},
                      {"problems", std::move(problems)}};
}

http::Reply get_api_jobs(const Visit& visit) {
  app::JobQuery query;
  query.all = true;
  query.state = parse_job_state(visit.request.param("state"));
  query.before = parse_uuid(visit.request.param("before"));
  json::Array all;
  for (const auto& job : app::list_jobs(visit.context, *visit.scope, query)) all.push_back(job_json(visit, job));
  return json_reply(200, json::print(json::Object{{"jobs", std::move(all)}}));
}

http::Reply get_api_job(const Visit& visit) {
  const auto job = asked_job(visit);
  if (!job) return job_refusal(visit, job.error());
  return json_reply(200, json::print(job_json(visit, *job)));
}

constexpr std::string_view kJobsSchema = R"({"type": "object", "required": ["jobs"], "additionalProperties": false,
  "properties": {"jobs": {"type": "array", "items": {"$ref": "#/components/schemas/Job"}}}})";
constexpr std::array kJobsParameters{
    ApiParameter{"state", ApiParameter::In::Query, Msg::ApiDocJobState, kTextSchema, ""},
    ApiParameter{"before", ApiParameter::In::Query, Msg::ApiDocJobBefore, R"({"type": "string", "format": "uuid"})", ""}};
constexpr std::array kJobParameters{
    ApiParameter{"job", ApiParameter::In::Path, Msg::ApiDocJobId, R"({"type": "string", "format": "uuid"})", "", true}};
constexpr std::array kJobsReplies{ApiReply{.meaning = Msg::ApiDocJobs, .schema = kJobsSchema}};
constexpr std::array kJobReplies{ApiReply{.meaning = Msg::ApiDocJob, .schema = R"({"$ref": "#/components/schemas/Job"})"}};
constexpr std::array kJobProblems{404};
constexpr ApiDoc kJobsDoc{
    .id = "listJobs", .tag = "jobs", .title = Msg::ApiDocListJobs, .parameters = kJobsParameters, .replies = kJobsReplies};
constexpr ApiDoc kJobDoc{.id = "readJob",
                         .tag = "jobs",
                         .title = Msg::ApiDocReadJob,
                         .parameters = kJobParameters,
                         .replies = kJobReplies,
                         .problems = kJobProblems};
constexpr std::size_t kNoBody = std::size_t{64} << 10U;

constexpr std::array kJobRoutes{
    Route{http::Method::Get, "/pekerjaan", May::SignedIn, Work::Blocking, &get_jobs, "Jobs: one's own, all for administrators."},
    csv_route<jobs_file>("/pekerjaan.csv", May::SignedIn, "The same jobs as CSV."),
    workbook_route<jobs_file>("/pekerjaan.xlsx", May::SignedIn, "The same jobs as a workbook."),
    Route{http::Method::Get, "/pekerjaan/:arg", May::SignedIn, Work::Blocking, &get_job, "One job with its progress."},
    Route{http::Method::Get, "/pekerjaan/:arg/hentikan", May::SignedIn, Work::Blocking, &get_stop, "Asks before a job is stopped."},
    Route{http::Method::Post, "/pekerjaan/:arg/hentikan", May::SignedIn, Work::Blocking, &post_stop, "Stops a job."},
    Route{http::Method::Get, "/pekerjaan/:arg/berkas", May::SignedIn, Work::Blocking, &get_job_file, "The file that a job made."},
    Route{http::Method::Get, "/api/v1/jobs", May::TokenWrite, Work::Blocking, &get_api_jobs, "Jobs, the newest first.", kNoBody, &kJobsDoc},
    Route{http::Method::Get, "/api/v1/jobs/:arg", May::TokenWrite, Work::Blocking, &get_api_job, "One job with its progress and result.",
          kNoBody, &kJobDoc},
};

}  // namespace

std::span<const Route> job_routes() { return kJobRoutes; }

std::string job_href(const Uuid& id) { return "/pekerjaan/" + text(id); }

std::string job_kind_words(Lang lang, std::string_view kind) {
  const auto* row = std::ranges::find(kKinds, kind, &KindRow::kind);
  return words(lang, row == kKinds.end() ? Msg::JobKindOther : row->words);
}

void draw_job_progress(html::Out& o, Lang lang, const store::StoredJob& job) {
  const auto label = job_kind_words(lang, job.kind);
  if (job.state == JobState::Waiting) return o.el("p", {{"class", "note"}}, say(lang, Msg::JobWaitsWords));
  if (job.total == 0) return o.el("p", {{"class", "note"}}, say(lang, Msg::JobSoFar, {format::number(lang, job.done)}));
  const auto done = std::min(job.done, job.total);
  draw_progress(o, label, done, job.total,
                say(lang, Msg::JobProgress,
                    {format::number(lang, done), format::number(lang, job.total), format::percent(lang, done, job.total, 0)}));
}

http::Reply refreshing(http::Reply reply, bool going) {
  if (going) reply.headers.emplace_back("Refresh", "2");
  return reply;
}

http::Reply stored_file_reply(app::Context& context, const store::StoredJob& job) {
  const auto file = job.result_file ? app::find_stored_file(context, job.place, *job.result_file) : std::nullopt;
  if (!file) return problem_reply(404, "", Lang::Id, {{Problem::Kind::NotFound, Msg::JobFileGone, "", {}}});
  const bool workbook = file->name.ends_with(".xlsx");
  http::Reply reply{200,
                    workbook ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8",
                    "",
                    {{"Content-Disposition", "attachment; filename=\"" + safe_file_name(file->name) + "\"; filename*=UTF-8''" +
                                                 http::percent_encode(file->name)}}};
  reply.next_chunk = app::chunks_of(context, *file);
  return reply;
}

}  // namespace pilar::web
