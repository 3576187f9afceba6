#pragma once
#include "cli/command.h"

namespace pilar::cli {

/// `pilar pack import FILE`: writes the pack that another format describes; nothing is installed.
Result<Exit> import_pack(const Invocation& invocation);
/// `pilar pack export KEY`: an installed instrument in another format.
Result<Exit> export_pack(const Invocation& invocation);

}  // namespace pilar::cli
