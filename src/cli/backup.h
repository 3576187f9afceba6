#pragma once
#include "cli/command.h"

namespace pilar::cli {

Result<Exit> backup(const Invocation& invocation);
Result<Exit> restore(const Invocation& invocation);

}  // namespace pilar::cli
