#include "app/context.h"

#include "store/instrument_store.h"

namespace pilar::app {

void refresh_reference(Context& context) {
  context.db.read([&](store::Tx& tx) {
    const auto current = context.reference.get();
    if (current->versions.empty() || store::load_generation(tx) != current->generation) context.reference.set(load_reference(tx));
  });
}

}  // namespace pilar::app
