#pragma once
#include <exception>

#include "app/record.h"
#include "app/settings.h"
#include "base/time.h"
#include "web/proxies.h"
#include "web/try_limit.h"
#include "web/watch.h"

namespace pilar::web {

/// What all requests of a site share besides the store. Shared by what waits for a commit, because that may answer after the
/// site's end.
struct Desk {
  Desk(app::Settings of_operator, std::size_t routes, Instant now);

  const app::Settings settings;
  const Instant started;
  Proxies proxies;
  TryLimit sign_ins;   ///< by name
  TryLimit addresses;  ///< wrong passwords, by address
  TryLimit sends;      ///< by the token of one page of a public form
  TryLimit forms;      ///< by survey link
  Watch watch;
};

/// Writes down what became of a record.
void count_record(Desk& desk, const Result<app::Saved>& saved, const std::exception_ptr& failed);

}  // namespace pilar::web
