#include "domain/job.h"

#include <algorithm>
#include <array>

#include "i18n/words/job.h"

namespace pilar {
namespace {
struct JobStateRow {
  JobState state;
  std::string_view name;
  Message title;
};
constexpr std::array kJobStates{
    JobStateRow{JobState::Waiting, "waiting", Msg::JobWaiting},
    JobStateRow{JobState::Running, "running", Msg::JobRunning},
    JobStateRow{JobState::Done, "done", Msg::JobDone},
    JobStateRow{JobState::Failed, "failed", Msg::JobFailed},
    JobStateRow{JobState::Cancelled, "cancelled", Msg::JobCancelled},
};
const JobStateRow& job_state_row(JobState state) { return *std::ranges::find(kJobStates, state, &JobStateRow::state); }
}  // namespace

std::string_view name(JobState state) { return job_state_row(state).name; }

std::optional<JobState> parse_job_state(std::string_view text) {
  const auto* row = std::ranges::find(kJobStates, text, &JobStateRow::name);
  if (row == kJobStates.end()) return {};
  return row->state;
}

Message title(JobState state) { return job_state_row(state).title; }

}  // namespace pilar
