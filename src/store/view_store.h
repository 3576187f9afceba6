#pragma once
#include <span>
#include <string>

#include "domain/instrument.h"
#include "store/db.h"

namespace pilar::store {

/// A version of an instrument as installed.
struct FormVersion {
  VersionKey version;
  const Instrument* form = nullptr;
};

/// "view_kessan". Instruments whose keys have a hyphen need quotes in SQL.
std::string view_name(const std::string& instrument_key);

/// Makes the instrument's view for analysts, or makes it anew: one row a record, one named column an item, over all of its
/// versions, which are not empty and the oldest first (docs/data-model.md). Its columns only ever grow: an item that becomes a number,
/// or stops being one, gets another column. Inside Database::shared.
void replace_view(Tx& tx, InstrumentKey instrument, std::span<const FormVersion> versions);

}  // namespace pilar::store
