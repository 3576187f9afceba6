#include "cli/migrate.h"

#include <ostream>

#include "app/indicator.h"
#include "app/instrument.h"
#include "cli/open_store.h"
#include "i18n/words/command.h"
#include "store/migrate.h"

namespace pilar::cli {
namespace {

void print_steps(const Invocation& invocation, const std::vector<store::Migration>& steps) {
  if (invocation.json()) {
    json::Array names;
    for (const auto& step : steps) names.emplace_back(step.name);
    return invocation.print(json::Object{{"steps", std::move(names)}});
  }
  const bool dry_run = invocation.has("dry-run");
  for (const auto& step : steps) invocation.tell(dry_run ? Msg::MigrateWouldRun : Msg::MigrateRan, {step.name});
  if (steps.empty()) invocation.tell(Msg::MigrateNothing);
}

}  // namespace

Result<Exit> migrate(const Invocation& invocation) {
  const auto place = place_of(invocation);
  if (invocation.has("dry-run")) {
    print_steps(invocation, store::plan(place.options()));
    return Exit::Ok;
  }
  make_folders(place);
  const auto steps = store::migrate(place.options(), invocation.clock);
  OpenStore opened(place, invocation.clock);
  app::install_shipped_instruments(opened.context(), operator_scope());
  app::install_shipped_kamus(opened.context(), operator_scope());
  print_steps(invocation, steps);
  return Exit::Ok;
}

}  // namespace pilar::cli
