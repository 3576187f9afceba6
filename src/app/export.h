#pragma once
#include <string>

#include "app/context.h"
#include "domain/access.h"
#include "i18n/lang.h"
#include "interchange/table.h"

namespace pilar::app {

struct ExportQuery {
  std::string instrument;
  FacilityKey place;  ///< a facility or any node above
  Month from, to;     ///< half-open
};

/// Every record of the instrument at the place and below as a table, whatever its state and version; its rows are read in pieces
/// when they are asked for, so that memory does not grow with them. A column an item, headed by its key; choices are the keys of
/// their options; an empty answer is an empty cell, or (not asked), (not observed), (not applicable). The context must outlive
/// the table. Problems: an unknown instrument or place, an empty period, no right to read the records of the place.
Result<Table> export_table(Context& context, Lang lang, const Scope& scope, const ExportQuery& query);

}  // namespace pilar::app
