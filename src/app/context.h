#pragma once
#include "app/reference.h"
#include "base/clock.h"
#include "base/hash.h"
#include "store/writer.h"

namespace pilar::app {

/// What a use case stands on. Passed by reference, made once at the start.
struct Context {
  store::Database& db;
  const Clock& clock;
  ReferenceHolder& reference;
  SigningKey signing_key;
};

/// Reads instruments, series and organisation again when another process changed them.
void refresh_reference(Context& context);

}  // namespace pilar::app
