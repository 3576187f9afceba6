#pragma once
#include <string>

#include "app/context.h"
#include "web/desk.h"

namespace pilar::web {

/// Memory and files of this process, as the kernel says.
struct ProcessFacts {
  std::int64_t resident_bytes = 0, open_files = 0;
  double cpu_seconds = 0;
};
ProcessFacts read_process();

/// Everything that is counted, in the text format of Prometheus (exposition format 0.0.4). No label holds anything personal:
/// routes stand as their patterns.
std::string draw_metrics(const app::Context& context, const Desk& desk);

}  // namespace pilar::web
