#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "app/context.h"
#include "domain/access.h"

namespace pilar::app {

struct ExportQuery {
  std::string instrument;
  FacilityKey place;  ///< a facility or any node above
  Month from, to;     ///< half-open
};

/// Every record of the instrument at the place and below as CSV, whatever its state and version, in pieces, so that memory does
/// not grow with it. A column an item, named by its key; choices are the keys of their options; an empty answer is an empty
/// field, or (not asked), (not observed), (not applicable). Returns how many records there were.
/// Problems: an unknown instrument or place, an empty period, no right to read the records of the place.
Result<std::int64_t> export_records(Context& context, const Scope& scope, const ExportQuery& query,
                                    const std::function<void(std::string_view)>& write);

}  // namespace pilar::app
