#pragma once
#include "cli/command.h"

namespace pilar::cli {

/// Makes the clinic's own authority (once) and a server certificate signed by it in tls/ of the data folder, and says which
/// settings use them. A certificate that is valid for long enough and for the same names is left alone.
Result<Exit> tls(const Invocation& invocation);

/// What is wrong with the certificate that the settings name, in words; nothing without a certificate.
std::optional<Problem> check_certificate(const app::Settings& settings);

}  // namespace pilar::cli
