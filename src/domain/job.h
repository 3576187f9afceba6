#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace pilar {

/// Where a piece of work that outlives a request stands. The numbers are stored.
enum class JobState : std::uint8_t { Waiting = 1, Running = 2, Done = 3, Failed = 4, Cancelled = 5 };

inline bool is_over(JobState state) { return state != JobState::Waiting && state != JobState::Running; }
/// Stable keys: "waiting", "running", "done", "failed", "cancelled".
std::string_view name(JobState state);
std::optional<JobState> parse_job_state(std::string_view text);
/// "Menunggu giliran", "Berjalan", ...
Message title(JobState state);

}  // namespace pilar
