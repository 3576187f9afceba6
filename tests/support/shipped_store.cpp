#include "support/shipped_store.h"

#include "app/instrument.h"

namespace pilar::test {

void shipped_instruments(const store::DatabaseOptions& empty) {
  three_facilities(empty);
  const FixedClock clock{Instant{1'700'000'000'000'000}};
  const auto db = store::open(empty, clock);
  app::ReferenceHolder reference;
  app::Context context{*db, clock, reference, SigningKey{{7}}, kQuickPasswords};
  app::refresh_reference(context);
  app::install_shipped_instruments(context, Scope(Role::Administrator, kEverywhere, "test"));
}

}  // namespace pilar::test
