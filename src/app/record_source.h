#pragma once
#include <vector>

#include "app/result.h"
#include "store/record_note_store.h"

namespace pilar::app {

/// Who entered or imported the records of the result's facility, unit and period, most first; voided ones are left out. None of an
/// instrument for the public, of an office or of a breakdown. Problem without the right to read records there.
Result<std::vector<store::RecordSource>> read_record_sources(Context& context, const Scope& scope, const ResultView& view);

}  // namespace pilar::app
