#include "cli/stopping.h"

#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <string>

#include "base/log.h"
#include "cli/command.h"

namespace pilar::cli {

StopSignals::StopSignals() {
  sigemptyset(&set_);
  sigaddset(&set_, SIGTERM);
  sigaddset(&set_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  ::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error code where it happens
}

std::jthread StopSignals::watch(std::function<void()> stop, std::function<void()> hurry) const {
  return std::jthread([set = set_, stop = std::move(stop), hurry = std::move(hurry)](const std::stop_token& given_up) {
    const std::stop_callback wake(given_up, [self = pthread_self()] { pthread_kill(self, SIGINT); });
    for (const auto* step : {&stop, &hurry}) {
      int signal = 0;
      sigwait(&set, &signal);
      if (given_up.stop_requested()) return;
      (*step)();
    }
  });
}

LastResort::LastResort(std::chrono::seconds patience)
    : thread_([patience](const std::stop_token& ended) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        wake.wait_for(lock, ended, patience, [] { return false; });
        if (ended.stop_requested()) return;
        log::warn("serve.abandoned", "after=" + std::to_string(patience.count()) + "s");
        std::_Exit(static_cast<int>(Exit::Ok));
      }) {}

}  // namespace pilar::cli
