#pragma once
#include <vector>

#include "app/today.h"
#include "web/components.h"
#include "web/route.h"

namespace pilar::web {

/// What waits for the reader, the late and the wrong first; each row leads to its cure.
std::vector<Todo> todos_of(const Visit& visit, const app::Today& today);
/// When something will be due next, for whoever has nothing to do: "1 Desember 2026: kunjungan November 2026 bisa diisi."
std::string next_due(Lang lang, const app::Today& today);

}  // namespace pilar::web
