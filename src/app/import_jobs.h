#pragma once
#include "app/job_runner.h"

namespace pilar::app {

/// The work of every kind of job of the program.
JobKinds job_kinds();

}  // namespace pilar::app
