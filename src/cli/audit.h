#pragma once
#include "cli/command.h"

namespace pilar::cli {
/// `pilar audit export`: the audit trails, or only their heads, as text that can be checked elsewhere (docs/audit-format.md).
Result<Exit> export_audit(const Invocation& invocation);
}  // namespace pilar::cli
