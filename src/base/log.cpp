#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace pilar::log {
namespace {

spdlog::level::level_enum level_of(Level level) {
  switch (level) {
    case Level::Debug:
      return spdlog::level::debug;
    case Level::Info:
      return spdlog::level::info;
    case Level::Warn:
      return spdlog::level::warn;
    case Level::Error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = spdlog::stderr_logger_mt("pilar");
    made->set_pattern("t=%Y-%m-%dT%H:%M:%S.%e%z level=%l %v");
    return made;
  }();
  return *instance;
}

}  // namespace

void set_level(Level level) { logger().set_level(level_of(level)); }

void write(Level level, std::string_view event, std::string_view detail) {
  if (detail.empty())
    logger().log(level_of(level), "event={}", event);
  else
    logger().log(level_of(level), "event={} {}", event, detail);
}

}  // namespace pilar::log
