#include "cli/serve.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <ostream>
#include <span>
#include <thread>

#include "app/audit.h"
#include "app/draft.h"
#include "app/fill.h"
#include "app/import_jobs.h"
#include "app/indicator.h"
#include "app/instrument.h"
#include "app/integrity.h"
#include "app/job_runner.h"
#include "app/month_sending.h"
#include "app/office.h"
#include "app/photo.h"
#include "app/upkeep.h"
#include "base/log.h"
#include "base/pace.h"
#include "cli/open_store.h"
#include "cli/stopping.h"
#include "cli/tls.h"
#include "http/server.h"
#include "http/upload.h"
#include "i18n/words/command.h"
#include "store/migrate.h"
#include "web/doorway.h"
#include "web/site.h"

namespace pilar::cli {
namespace {

using namespace std::chrono_literals;
constexpr auto kRefreshEvery = 1s;
constexpr std::size_t kSendAtOnce = 100;
constexpr std::size_t kStepsARound = 20, kFoldAtOnce = 50;  // facilities in one transaction, beside which others write
constexpr std::chrono::milliseconds kFoldPatience{20};      // that others wait for it
constexpr std::int64_t kFoldMicros = 180LL * 1'000'000;      // what was written since the last fold is read from day cells
constexpr std::int64_t kSendMicros = 300LL * 1'000'000;  // reports that send themselves; each facility is looked at once an hour
constexpr std::size_t kCountSteps = 2;                   // so that a round of a second counts ten facilities at most
constexpr std::int64_t kCountMicros = 3600LL * 1'000'000;
constexpr std::int64_t kSweepMicros = 3600LL * 1'000'000;  // old drafts and files are looked for once an hour
constexpr auto kUploadAge = 24h;                           // an upload under way is written to all the time
constexpr auto kEndSeconds = 15s, kHurrySeconds = 5s;      // for what is left to do after the last connection: a step of a job, a page

/// One step of the pace: `work` does up to so many parts and says how many it did. Whether it did them all.
template <class Work>
bool in_step(Pace& pace, const Work& work) {
  const auto asked = pace.size();
  const auto begun = std::chrono::steady_clock::now();
  const std::size_t done = work(asked);
  pace.took(done, std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun));
  return done == asked;
}

/// Every few minutes: facilities go to the offices they stand under, and the running month is folded, so that pages of many facilities
/// read only what was written since. Says whether all of it is done; the rest is left to the next round, so that none of them is long.
bool keep_running_month(app::Context& context, const std::stop_token& stopping) {
  const auto misplaced = app::misplaced_facilities(context);
  const auto now = std::span(misplaced).first(std::min(misplaced.size(), kStepsARound * app::kPlacedAtOnce));
  for (std::size_t i = 0; i < now.size() && !stopping.stop_requested(); i += app::kPlacedAtOnce)
    app::place_facilities(context, now.subspan(i, std::min(app::kPlacedAtOnce, now.size() - i)));
  std::optional<FacilityKey> after = FacilityKey{0};
  Pace pace(kFoldAtOnce, kFoldPatience);
  for (std::size_t done = 0; done < kStepsARound * kFoldAtOnce && after && !stopping.stop_requested();)
    in_step(pace, [&](std::size_t limit) {
      after = app::fold_running_step(context, *after, limit);
      done += limit;
      return limit;
    });
  return now.size() == misplaced.size() && !after;
}

/// One round of what is done behind the pages: changes of other processes become visible, late series are filled, months that
/// are over are folded, day cells that are old enough expire, photos that no record names go, and once a day the ends of the audit trails
/// are kept.
void keep_up(app::Context& context, const std::string& heads, const std::stop_token& stopping) {
  app::refresh_reference(context);
  app::fill_all(context, stopping);
  Pace pace(kFoldAtOnce, kFoldPatience);
  while (!stopping.stop_requested() && in_step(pace, [&](std::size_t limit) { return app::fold_step(context, limit); })) continue;
  while (!stopping.stop_requested() && app::expire_step(context, kFoldAtOnce) > 0) continue;
  while (!stopping.stop_requested() && app::remove_unused_photos(context, kFoldAtOnce) == kFoldAtOnce) continue;
  while (!stopping.stop_requested() && app::clear_jobs(context)) continue;
  if (app::keep_heads(context, heads)) log::info("serve.audit_heads", "folder=" + heads);
}

/// Signs about the data of the month that is over: a few facilities in every round of upkeep, and once all are passed, again an hour later.
class SignRound {
 public:
  void go_on(app::Context& context, const std::stop_token& stopping) {
    if (context.clock.now() < next_) return;
    for (std::size_t i = 0; i < kCountSteps && !stopping.stop_requested(); ++i) {
      const auto came_to = app::count_signs_step(context, after_);
      after_ = came_to.value_or(FacilityKey{0});
      if (came_to) continue;
      next_ = {context.clock.now().micros + kCountMicros};
      return;
    }
  }

 private:
  FacilityKey after_{0};
  Instant next_{};
};

/// Rounds until asked to stop. What fails is said once and tried again: a database that went away may come back.
void upkeep(app::Context& context, web::Watch& watch, const Place& place, std::int64_t draft_days, const std::stop_token& stopping) {
  std::mutex mutex;
  std::condition_variable_any wake;
  Instant next_sweep{}, next_fold{}, next_send{};
  SignRound signs;
  for (std::string fault; !stopping.stop_requested();) {
    try {
      keep_up(context, place.heads(), stopping);
      if (const auto now = context.clock.now(); next_fold <= now) {
        if (keep_running_month(context, stopping)) next_fold = {now.micros + kFoldMicros};
      }
      if (const auto now = context.clock.now(); next_send <= now) {
        if (const auto sent = app::send_due_months(context, kSendAtOnce); sent > 0)
          log::info("serve.months_sent", "n=" + std::to_string(sent));
        next_send = {now.micros + kSendMicros};
      }
      if (const auto now = context.clock.now(); next_sweep <= now) {
        app::expire_drafts(context, draft_days);
        http::remove_left_uploads(place.uploads(), kUploadAge);
        next_sweep = {now.micros + kSweepMicros};
      }
      signs.go_on(context, stopping);
      fault.clear();
    } catch (const std::exception& error) {
      if (fault.empty()) log::error("serve.upkeep", std::string("what=\"") + error.what() + "\"");
      fault = error.what();
    }
    watch.upkeep(context.clock.now(), fault);
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stopping, kRefreshEvery, [] { return false; });
  }
}

/// Runs jobs one after another until asked to stop. What fails is said once and tried again.
void run_jobs(app::Context& context, const std::stop_token& stopping) {
  const auto kinds = app::job_kinds();
  const auto process = make_uuid(context.clock.now());
  std::mutex mutex;
  std::condition_variable_any wake;
  for (std::string fault; !stopping.stop_requested();) {
    try {
      while (!stopping.stop_requested() && app::job_step(context, kinds, process, stopping)) continue;
      fault.clear();
    } catch (const std::exception& error) {
      if (fault != error.what()) log::error("serve.jobs", std::string("what=\"") + error.what() + "\"");
      fault = error.what();
    }
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stopping, kRefreshEvery, [] { return false; });
  }
}

Result<http::Options> server_options(const Invocation& invocation, const Place& place) {
  http::Options options;
  const auto& settings = invocation.settings;
  const auto whole = [&](std::string_view name) { return static_cast<int>(settings.number(name)); };
  options.port = static_cast<std::uint16_t>(whole("port"));
  options.address = settings.text("address");
  options.certificate_file = settings.text("certificate");
  options.key_file = settings.text("key");
  options.upload_folder = place.uploads();
  options.free_bytes = static_cast<std::uint64_t>(whole("disk-megabytes")) << 20U;
  options.io_threads = static_cast<unsigned>(whole("io-threads"));
  options.max_connections = static_cast<std::size_t>(whole("connections"));
  options.head_seconds = whole("head-seconds");
  options.body_seconds = whole("body-seconds");
  options.idle_seconds = whole("idle-seconds");
  options.write_seconds = whole("write-seconds");
  options.drain_seconds = whole("drain-seconds");
  if (auto problem = check_certificate(settings)) return refuse(*std::move(problem));
  if (!web::is_loopback(options.address) && options.certificate_file.empty() && !settings.flag("insecure-public"))
    return refuse(Msg::ServeOpenToNetwork, "--address", {options.address});
  return options;
}

/// The plain HTTP port beside HTTPS, where one is set.
std::unique_ptr<http::Server> open_doorway(const app::Settings& settings, http::Options options, web::Doorway& doorway) {
  const auto port = settings.number("redirect-port");
  if (port == 0 || options.certificate_file.empty()) return {};
  options.port = static_cast<std::uint16_t>(port);
  options.certificate_file.clear();
  options.key_file.clear();
  return std::make_unique<http::Server>(std::move(options), doorway);
}

/// A thread for work behind the pages. `ending` asks it to stop; when the thread itself is let go, the others are asked as well.
std::jthread behind(std::stop_source& ending, std::function<void(const std::stop_token&)> work) {
  return std::jthread([&ending, work = std::move(work)](const std::stop_token& let_go) {
    const std::stop_callback pass_on(let_go, [&ending] { ending.request_stop(); });
    work(ending.get_token());
  });
}

log::Level level_of(std::string_view name) {
  if (name == "debug") return log::Level::Debug;
  if (name == "warn") return log::Level::Warn;
  return name == "error" ? log::Level::Error : log::Level::Info;
}

std::string url_of(const http::Options& options, std::uint16_t port) {
  const auto host = options.address.find(':') == std::string::npos ? options.address : "[" + options.address + "]";
  return (options.certificate_file.empty() ? "http://" : "https://") + host + ":" + std::to_string(port) + "/";
}

}  // namespace

Result<Exit> serve(const Invocation& invocation) {
  const auto place = place_of(invocation);
  auto options = server_options(invocation, place);
  if (!options) return std::unexpected(options.error());
  log::set_level(level_of(invocation.settings.text("log-level")));
  const StopSignals signals;
  std::optional<LastResort> last_resort;  // lives until everything else has ended
  make_folders(place);
  if (store::schema_state(place.options()).current == 0) store::migrate(place.options(), invocation.clock);
  OpenStore opened(place, invocation.clock);
  auto& context = opened.context();
  constexpr std::int64_t kMinute = 60'000'000;
  context.sessions = {invocation.settings.number("session-idle-minutes") * kMinute,
                      invocation.settings.number("session-hours") * 60 * kMinute};
  context.keep_files_days = invocation.settings.number("file-days");
  app::install_shipped_instruments(context, operator_scope());
  app::install_shipped_kamus(context, operator_scope());
  web::Site site(context, invocation.settings);
  http::Server server(*options, site);
  web::Doorway doorway(site, server.port());
  const auto plain = open_doorway(invocation.settings, *options, doorway);
  const auto url = url_of(*options, server.port());
  invocation.tell(Msg::ServeReady, {url});
  invocation.out.flush();
  log::info("serve.start", "url=" + url);
  std::stop_source ending;
  const auto stop = [&] {
    log::info("serve.drain");
    last_resort.emplace(std::chrono::seconds(options->drain_seconds) + kEndSeconds);
    ending.request_stop();
    server.stop();
    if (plain) plain->stop();
  };
  const auto hurry = [&] {
    log::info("serve.hurry");
    last_resort.emplace(kHurrySeconds);
    server.stop_at_once();
    if (plain) plain->stop_at_once();
  };
  const auto watcher = signals.watch(stop, hurry);
  const auto draft_days = invocation.settings.number("draft-days");
  const auto keeper = behind(ending, [&](const std::stop_token& stopping) { upkeep(context, site.watch(), place, draft_days, stopping); });
  const auto jobs = behind(ending, [&](const std::stop_token& stopping) { run_jobs(context, stopping); });
  std::size_t cut_beside = 0;
  std::jthread beside(plain ? std::jthread([&] { cut_beside = plain->run(); }) : std::jthread());
  const auto cut = server.run();
  if (beside.joinable()) beside.join();
  log::info("serve.stop", "cut=" + std::to_string(cut + cut_beside));
  site.drop_queued();
  return Exit::Ok;
}

}  // namespace pilar::cli
