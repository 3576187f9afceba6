#include "web/debug_pages.h"

#include <algorithm>
#include <array>

#include "app/job.h"
#include "base/version.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/job.h"
#include "i18n/words/ops.h"
#include "i18n/words/people.h"
#include "i18n/words/settings.h"
#include "web/audit_words.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/job_pages.h"
#include "web/metrics.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr double kMillis = 1000, kMegabyte = 1'000'000;
constexpr std::int64_t kMicrosAMinute = 60'000'000;

std::string millis(Lang lang, std::int64_t micros, std::uint64_t count) {
  return count == 0 ? std::string(format::kNone)
                    : format::number(lang, static_cast<double>(micros) / kMillis / static_cast<double>(count), 2);
}
std::string whole(Lang lang, std::uint64_t count) { return format::number(lang, static_cast<std::int64_t>(count)); }
std::string moment(const Visit& visit, Instant at) { return format::moment(visit.lang, at, Zone::Wib); }

std::string uptime(Lang lang, std::int64_t micros) {
  const auto minutes = micros / kMicrosAMinute;
  constexpr std::int64_t kHour = 60, kDay = 24 * kHour;
  return say(lang, Msg::DebugUptimeFor,
             {format::number(lang, minutes / kDay), format::number(lang, minutes % kDay / kHour), format::number(lang, minutes % kHour)});
}

std::string upkeep_words(const Visit& visit) {
  const auto round = visit.desk->watch.upkeep();
  if (round.at.micros == 0) return words(visit.lang, Msg::DebugUpkeepNone);
  const auto at = moment(visit, round.at);
  return round.fault.empty() ? say(visit.lang, Msg::DebugUpkeepFine, {at}) : say(visit.lang, Msg::DebugUpkeepFailing, {at, round.fault});
}

void draw_state(html::Out& o, const Visit& visit, const store::StoreStats& stats) {
  const auto lang = visit.lang;
  const auto process = read_process();
  const auto& watch = visit.desk->watch;
  const auto passed = visit.context.clock.now().micros - visit.desk->started.micros;
  const auto engine = visit.context.db.engine() == store::Engine::Sqlite ? "SQLite" : "PostgreSQL";
  const std::array facts{
      Fact{words(lang, Msg::DebugVersion), "Pilar " + std::string(kVersion) + ", " + engine, {}},
      Fact{words(lang, Msg::DebugUptime), uptime(lang, passed), {}},
      Fact{words(lang, Msg::DebugMemory), format::number(lang, static_cast<double>(process.resident_bytes) / kMegabyte, 1) + " MB", {}},
      Fact{words(lang, Msg::DebugInFlight), format::number(lang, watch.in_flight()), {}},
      Fact{words(lang, Msg::DebugRecords),
           say(lang, Msg::DebugRecordCounts,
               {whole(lang, watch.taken(Taken::Stored)), whole(lang, watch.taken(Taken::Repeated)),
                whole(lang, watch.taken(Taken::Refused)), whole(lang, watch.taken(Taken::Failed))}),
           {}},
      Fact{words(lang, Msg::DebugWriter),
           say(lang, Msg::DebugWriterCounts,
               {whole(lang, stats.bodies), whole(lang, stats.batches), millis(lang, stats.transactions.micros, stats.batches),
                whole(lang, stats.queued)}),
           {}},
      Fact{words(lang, Msg::DebugLog), format::number(lang, static_cast<double>(stats.log_bytes) / kMegabyte, 1) + " MB", {}},
      Fact{words(lang, Msg::DebugUpkeep), upkeep_words(visit), {}},
  };
  draw_card(o, {.title = words(lang, Msg::DebugState)}, [&] { draw_facts(o, facts); });
}

void draw_incidents(html::Out& o, const Visit& visit) {
  const auto incidents = visit.desk->watch.incidents();
  const auto title = words(visit.lang, Msg::DebugIncidents);
  draw_card(o, {.title = title, .note = words(visit.lang, Msg::DebugIncidentsNote)}, [&] {
    if (incidents.empty()) return draw_empty(o, say(visit.lang, Msg::DebugNoIncidents));
    const TableHead head{title,
                         {{words(visit.lang, Msg::DebugIncident)},
                          {words(visit.lang, Msg::DebugTime)},
                          {words(visit.lang, Msg::DebugPath)},
                          {words(visit.lang, Msg::DebugWhat)}},
                         {},
                         true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& incident : incidents)
        rows.row([&](Row& row) {
          row.name(incident.id);
          row.cell(moment(visit, incident.at));
          row.cell(incident.path);
          row.cell(incident.what);
        });
    });
  });
}

/// The newest work behind the pages, of everybody.
void draw_debug_jobs(html::Out& o, const Visit& visit) {
  constexpr std::int64_t kJobsTold = 20;
  const auto lang = visit.lang;
  const auto jobs = app::list_jobs(visit.context, *visit.scope, {.all = true, .limit = kJobsTold});
  const auto title = words(lang, Msg::JobsTitle);
  draw_card(o, {.title = title, .link = {words(lang, Msg::DebugAllJobs), "/pekerjaan?siapa=semua"}}, [&] {
    if (jobs.empty()) return draw_empty(o, say(lang, Msg::DebugNoJobs));
    std::vector<std::string> owners;
    for (const auto& job : jobs) owners.push_back(job.owner);
    const auto names = app::audit_names(visit.context, owners);
    const TableHead head{title,
                         {{words(lang, Msg::JobWhat)},
                          {words(lang, Msg::PeopleState)},
                          {words(lang, Msg::JobOwner)},
                          {words(lang, Msg::JobBegun)},
                          {words(lang, Msg::JobEnded)}},
                         words(lang, Msg::JobsOrder)};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& job : jobs)
        rows.row([&](Row& row) {
          row.name(job_kind_words(lang, job.kind) + ": " + job.title, job_href(job.id));
          row.cell(words(lang, pilar::title(job.state)));
          row.cell(who_words(lang, names, job.owner));
          row.cell(moment(visit, job.created_at));
          row.cell(job.ended_at ? moment(visit, *job.ended_at) : std::string());
        });
    });
  });
}

void draw_routes(html::Out& o, const Visit& visit) {
  const auto lang = visit.lang;
  const auto title = words(lang, Msg::DebugRoutes);
  const TableHead head{title,
                       {{words(lang, Msg::DebugRoute)},
                        {words(lang, Msg::DebugMay)},
                        {words(lang, Msg::DebugCount), true},
                        {words(lang, Msg::DebugFaults), true},
                        {words(lang, Msg::DebugMean), true}},
                       {}};
  draw_card(o, {.title = title}, [&] {
    draw_table(o, head, [&](Rows& rows) {
      const auto all = request_rows();
      for (std::size_t i = 0; i < all.size(); ++i) {
        const auto counts = visit.desk->watch.route(i);
        std::uint64_t faults = 0;
        for (std::size_t k = 0; k < Watch::kStatuses.size(); ++k)
          if (Watch::kStatuses.at(k) >= 500) faults += counts.by_status.at(k);
        rows.row([&](Row& row) {
          row.name(std::string(all[i].method) + " " + std::string(all[i].pattern));
          row.cell(all[i].may);
          row.cell(whole(lang, counts.times.total()));
          row.cell(whole(lang, faults));
          row.cell(millis(lang, counts.times.micros, counts.times.total()));
        });
      }
    });
  });
}

void draw_statements(html::Out& o, const Visit& visit, std::vector<store::StatementStats> statements) {
  const auto lang = visit.lang;
  std::ranges::stable_sort(statements, std::greater(), &store::StatementStats::micros);
  const auto title = words(lang, Msg::DebugStatements);
  const TableHead head{title,
                       {{words(lang, Msg::DebugStatement)},
                        {words(lang, Msg::DebugCount), true},
                        {words(lang, Msg::DebugTotal), true},
                        {words(lang, Msg::DebugMean), true}},
                       words(lang, Msg::DebugStatementOrder)};
  draw_card(o, {.title = title}, [&] {
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& one : statements)
        rows.row([&](Row& row) {
          row.name(one.name);
          row.cell(whole(lang, one.count));
          row.cell(millis(lang, one.micros, 1));
          row.cell(millis(lang, one.micros, one.count));
        });
    });
  });
}

void draw_settings(html::Out& o, const Visit& visit) {
  const auto lang = visit.lang;
  const auto& settings = visit.desk->settings;
  const auto title = words(lang, Msg::DebugSettings);
  const TableHead head{
      title,
      {{words(lang, Msg::DebugSetting)}, {words(lang, Msg::DebugValue)}, {words(lang, Msg::DebugOrigin)}, {words(lang, Msg::DebugMeaning)}},
      {},
      true};
  draw_card(o, {.title = title}, [&] {
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& setting : app::kSettings)
        rows.row([&](Row& row) {
          const auto shown = settings.shown(setting.name);
          const auto& source = settings.source(setting.name);
          row.name(setting.name);
          row.cell(shown.empty() ? format::kNone : shown);
          row.cell(source.empty() ? say(lang, Msg::SettingOriginDefault) : source);
          row.cell(app::first_sentence(say(lang, setting.words)));
        });
    });
  });
}

http::Reply get_debug(const Visit& visit) {
  if (!visit.scope->may_program(visit.reference->organisation))
    return problem_reply(403, visit.request.path, visit.lang, {{Problem::Kind::Forbidden, Msg::AccessMayNotAdminister, "", {}}});
  const auto stats = visit.context.db.stats();
  auto frame = staff_page(visit, Place::Other, words(visit.lang, Msg::DebugTitle));
  frame.place = words(visit.lang, Msg::DebugLead);
  frame.as_of = as_of(visit.lang, visit.context.clock.now(), Zone::Wib);
  frame.actions = [&](html::Out& o) { draw_link_button(o, {words(visit.lang, Msg::DebugStyle), "/gaya"}); };
  return html_page(200, draw_staff_page(frame, [&](html::Out& o) {
                     draw_state(o, visit, stats);
                     draw_incidents(o, visit);
                     draw_debug_jobs(o, visit);
                     draw_statements(o, visit, stats.statements);
                     draw_routes(o, visit);
                     draw_settings(o, visit);
                   }));
}

constexpr std::array kDebugRoutes{
    Route{http::Method::Get, "/debug", May::Administer, Work::Blocking, &get_debug, "How the server itself is doing."},
};

}  // namespace

std::span<const Route> debug_routes() { return kDebugRoutes; }

}  // namespace pilar::web
