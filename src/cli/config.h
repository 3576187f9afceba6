#pragma once
#include "cli/command.h"

namespace pilar::cli {

/// Says every setting or one of them: its value, where that comes from, its range and its meaning. With --markdown the table as
/// docs/settings.md holds it.
Result<Exit> config(const Invocation& invocation);

/// docs/settings.md: every setting with its default, by heading.
std::string settings_page(Lang lang);

}  // namespace pilar::cli
