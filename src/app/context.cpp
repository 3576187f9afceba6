#include "app/context.h"

#include "store/instrument_store.h"
#include "store/migrate.h"

namespace pilar::app {

void refresh_reference(Context& context) {
  context.db.read([&](store::Tx& tx) { context.reference.set(reference_in(context, tx)); });
}

std::shared_ptr<const Reference> reference_in(Context& context, store::Tx& tx) {
  auto current = context.reference.get();
  const bool is_new = current->versions.empty() || store::load_generation(tx) != current->generation;
  return is_new ? load_reference(tx, *current) : current;
}

bool is_store_ready(Context& context) {
  try {
    store::SchemaState state;
    context.db.read([&](store::Tx& tx) { state = store::schema_state(tx); });
    return state.current == state.known && !state.is_newer();
  } catch (const Fault&) { return false; }
}

}  // namespace pilar::app
