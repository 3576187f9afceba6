#pragma once
#include <string_view>
#include <vector>

#include "domain/access.h"
#include "domain/organisation.h"

namespace pilar::app {

/// Places whose name or code holds the words and where the scope has the right, by name; at most `limit`, those that begin with the
/// words first.
std::vector<const Node*> find_places(const Organisation& organisation, const Scope& scope, Right right, std::string_view words,
                                     std::size_t limit);

}  // namespace pilar::app
