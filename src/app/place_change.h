#pragma once
#include <functional>
#include <string>

#include "app/place.h"

namespace pilar::app {

/// One change of one place, inside its transaction.
struct PlaceChange {
  store::Tx& tx;
  const Reference& reference;  ///< current, whatever other processes did
  const Organisation& organisation;
  Node node;                   ///< as it is; the body changes it, and what it says afterwards is stored
  Instant at;
  std::string detail{};        ///< JSON of the audit line: keys and codes only
};
/// Empty when the change can be kept. It writes nothing before it is sure.
using PlaceChangeBody = std::function<Problems(PlaceChange&)>;

/// Finds the place, checks right and version, runs the body, stores the node with the next version, writes the audit line
/// `action` and makes the change known.
Result<void> run_change(Context& context, const Scope& scope, const SeenPlace& seen, const char* action, const PlaceChangeBody& body);

}  // namespace pilar::app
