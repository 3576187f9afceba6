#include "cli/audit.h"

#include <ostream>

#include "app/audit.h"
#include "cli/open_store.h"
#include "i18n/words/command.h"

namespace pilar::cli {

Result<Exit> export_audit(const Invocation& invocation) {
  OpenStore opened(place_of(invocation), invocation.clock);
  auto& context = opened.context();
  if (invocation.has("heads")) {
    invocation.out << app::export_heads(context);
    return Exit::Ok;
  }
  const auto code = invocation.text("facility");
  const auto reference = context.reference.get();
  if (!code.empty() && reference->organisation.find(code) == nullptr)
    return refuse(Problem::Kind::NotFound, Msg::UserUnknownPlace, "--facility", {code});
  for (const auto& node : reference->organisation.nodes()) {
    if (!code.empty() && node.code != code) continue;
    auto trail = app::AuditExport::open(context, operator_scope(), node.key);
    if (!trail) return std::unexpected(trail.error());
    for (auto piece = trail->next(); !piece.empty(); piece = trail->next()) invocation.out << piece;
  }
  return Exit::Ok;
}

}  // namespace pilar::cli
