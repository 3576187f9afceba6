#pragma once
#include "cli/command.h"

namespace pilar::cli {

/// Serves until SIGTERM or SIGINT. An empty store is migrated and gets the shipped instruments first; one of an older schema is
/// refused. Problems: an address that is open to the network without TLS, a certificate without its key.
Result<Exit> serve(const Invocation& invocation);

}  // namespace pilar::cli
