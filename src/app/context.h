#pragma once
#include <cstdint>
#include <memory>

#include "app/reference.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/password.h"
#include "store/writer.h"

namespace pilar::app {

/// How long somebody stays signed in: without doing anything, and at most.
struct SessionLimits {
  std::int64_t idle_micros = 8LL * 3600 * 1'000'000;
  std::int64_t micros = 7LL * 24 * 3600 * 1'000'000;
};

/// What a use case stands on. Passed by reference, made once at the start.
struct Context {
  store::Database& db;
  const Clock& clock;
  ReferenceHolder& reference;
  SigningKey signing_key;
  PasswordCost passwords{};
  SessionLimits sessions{};
  SigningKey person_key{};  ///< of the hashes that stand for persons; made once for a store and kept with it
  std::int64_t keep_files_days = 30;  ///< files of imports, results of jobs
};

/// Reads instruments, series and organisation again when another process changed them.
void refresh_reference(Context& context);
/// The Reference as the transaction sees it: the current one when nobody changed anything since, else a new one.
std::shared_ptr<const Reference> reference_in(Context& context, store::Tx& tx);
/// Whether the store answers and its schema is this program's.
bool is_store_ready(Context& context);

}  // namespace pilar::app
