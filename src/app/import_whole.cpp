#include <algorithm>
#include <optional>

#include "app/import.h"
#include "app/import_run.h"
#include "i18n/words/import.h"
#include "i18n/words/result.h"

// Imports that run to their end where they are called, for the command line.
namespace pilar::app {

Result<store::StoredImport> record_import(Context& context, const Scope& scope, const std::string& path, const ImportProfile& profile,
                                          const ImportReport& checked) {
  const auto reference = context.reference.get();
  const auto& nodes = reference->organisation.nodes();
  const auto top = std::ranges::find_if(nodes, [](const Node& node) { return !node.parent && !node.supervisor; });
  if (top == nodes.end()) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace);
  store::StoredImport import;
  import.place = top->key;
  import.created_at = import.changed_at = context.clock.now();
  import.id = make_uuid(import.created_at);
  import.owner = scope.actor();
  import.state = ImportState::Written;
  import.file_name = path.substr(path.find_last_of('/') + 1);
  import.profile = to_yaml(profile);
  import.report = json::print(to_json(checked));
  context.db.write(import.place, [&](store::Write& write) { store::insert_import(write.tx(), import); });
  return import;
}

void finish_import(Context& context, const store::StoredImport& import, const ImportReport& report) {
  auto after = import;
  after.report = json::print(to_json(report));
  context.db.write(import.place, [&](store::Write& write) { store::update_import(write.tx(), after, context.clock.now()); });
}

Result<Undone> undo_whole(Context& context, const Scope& scope, store::StoredImport import, std::int64_t at_once) {
  if (import.state != ImportState::Written) return refuse(Problem::Kind::Conflict, Msg::ImportNotWritten);
  const ImportManner manner{import.id, import.file_name, true};
  Undone all;
  for (const auto facility : facilities_of_import(context.reference.get()->organisation, reach_of(import))) {
    std::optional<Uuid> after;
    do {
      const auto batch = undo_batch(context, scope, facility, manner, after, at_once);
      if (!batch) return std::unexpected(batch.error());
      all.voided += batch->voided;
      all.restored += batch->restored;
      all.kept += std::ssize(batch->kept);
      after = batch->last;
    } while (after);
  }
  import.state = ImportState::Undone;
  context.db.write(import.place, [&](store::Write& write) { store::update_import(write.tx(), import, context.clock.now()); });
  return all;
}

}  // namespace pilar::app
