#include "cli/serve.h"

#include <condition_variable>
#include <csignal>
#include <mutex>
#include <ostream>
#include <thread>

#include "app/instrument.h"
#include "app/upkeep.h"
#include "base/log.h"
#include "cli/open_store.h"
#include "http/server.h"
#include "store/migrate.h"
#include "web/site.h"

namespace pilar::cli {
namespace {

using namespace std::chrono_literals;
constexpr auto kRefreshEvery = 1s;
constexpr std::size_t kFoldAtOnce = 20;

/// SIGTERM and SIGINT, waited for by a thread of its own instead of interrupting one. Made before any other thread, which
/// inherit that they are blocked.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    ::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error code where it happens
  }
  /// Calls `stop` when one arrives; gives up when the returned thread is asked to stop.
  std::jthread watch(std::function<void()> stop) const {
    return std::jthread([set = set_, stop = std::move(stop)](const std::stop_token& given_up) {
      constexpr timespec kLook{0, 200'000'000};
      while (!given_up.stop_requested())
        if (sigtimedwait(&set, nullptr, &kLook) > 0) return stop();
    });
  }

 private:
  sigset_t set_{};
};

/// One round of what is done behind the pages: changes of other processes become visible, late series are filled, months that
/// are over are folded.
void keep_up(app::Context& context, const std::stop_token& stopping) {
  app::refresh_reference(context);
  while (!stopping.stop_requested() && app::fill_step(context)) continue;
  while (!stopping.stop_requested() && app::fold_step(context, kFoldAtOnce) == kFoldAtOnce) continue;
}

/// Rounds until asked to stop. What fails is said once and tried again: a database that went away may come back.
void upkeep(app::Context& context, const std::stop_token& stopping) {
  std::mutex mutex;
  std::condition_variable_any wake;
  for (bool failing = false; !stopping.stop_requested();) {
    try {
      keep_up(context, stopping);
      failing = false;
    } catch (const std::exception& error) {
      if (!failing) log::error("serve.upkeep", std::string("what=\"") + error.what() + "\"");
      failing = true;
    }
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stopping, kRefreshEvery, [] { return false; });
  }
}

Result<http::Options> server_options(const Invocation& invocation, const Place& place) {
  http::Options options;
  const auto port = invocation.number("port", 0, 65535);
  if (!port) return std::unexpected(port.error());
  options.port = static_cast<std::uint16_t>(*port);
  options.address = invocation.text("address");
  options.certificate_file = invocation.text("certificate");
  options.key_file = invocation.text("key");
  options.upload_folder = place.uploads();
  if (options.certificate_file.empty() != options.key_file.empty()) return refuse(Msg::ServeHalfCertificate, "--certificate");
  if (!is_loopback(options.address) && options.certificate_file.empty() && !invocation.has("insecure-public"))
    return refuse(Msg::ServeOpenToNetwork, "--address", {options.address});
  return options;
}

std::string url_of(const http::Options& options, std::uint16_t port) {
  const auto host = options.address.find(':') == std::string::npos ? options.address : "[" + options.address + "]";
  return (options.certificate_file.empty() ? "http://" : "https://") + host + ":" + std::to_string(port) + "/";
}

}  // namespace

bool is_loopback(std::string_view address) { return address.starts_with("127.") || address == "::1"; }

Result<Exit> serve(const Invocation& invocation) {
  const auto place = place_of(invocation);
  auto options = server_options(invocation, place);
  if (!options) return std::unexpected(options.error());
  const StopSignals signals;
  make_folders(place);
  if (store::schema_state(place.options()).current == 0) store::migrate(place.options(), invocation.clock);
  OpenStore opened(place, invocation.clock);
  auto& context = opened.context();
  app::install_shipped_instruments(context, operator_scope());
  web::Site site(context);
  http::Server server(*options, site);
  const auto url = url_of(*options, server.port());
  invocation.tell(Msg::ServeReady, {url});
  invocation.out.flush();
  log::info("serve.start", "url=" + url);
  const auto watcher = signals.watch([&server] { server.stop(); });
  const std::jthread behind([&context](const std::stop_token& stopping) { upkeep(context, stopping); });
  server.run();
  log::info("serve.stop");
  return Exit::Ok;
}

}  // namespace pilar::cli
