#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "app/record.h"
#include "store/import_store.h"
#include "store/record_store.h"

/// What an import does to the store, and how it is undone. Every record goes through the same rows, cells and audit trail as
/// through every other door.
namespace pilar::app {

/// Which months are locked at a moment.
struct LockedMonths {
  PeriodLock lock{};
  Instant now{};
  bool has(Day day) const { return lock.is_locked(month_of(day), now); }
};

/// What becomes of one row.
enum class RowFate : std::uint8_t {
  Added,
  Revived,    ///< was taken out when an import was undone, and comes back
  Same,       ///< here before with this content, now or once
  Changed,    ///< here before with other content
  Forbidden,  ///< would change a record that the scope may not correct
  Clash,      ///< another row of the same file has the same key and other content
  Locked      ///< would add or change a record of a locked month
};
inline constexpr std::size_t kRowFates = 7;

struct ImportManner {
  Uuid import;
  std::string file_name{};  ///< stands in the reason of every correction
  bool corrections = true;  ///< false: changed rows are left out
};

/// What would become of the record beside the one of its id that is there already; `period` is the lock on the months of its facility.
RowFate fate_of(store::Tx& tx, const Reference& reference, const Scope& scope, const store::StoredRecord& row,
                const std::optional<store::StoredRecord>& existing, const LockedMonths& period);

struct BatchFates {
  std::vector<RowFate> fates{};  ///< of each record, in order
  std::int64_t micros = 0;       ///< of the writer's time
};
using OnFates = std::move_only_function<void(BatchFates, std::exception_ptr)>;
/// Writes records of one facility in one body, with one audit line. What was written before by the same import is left as it is.
void submit_import(Context& context, const Scope& scope, FacilityKey facility, std::vector<NewRecord> records, const ImportManner& manner,
                   OnFates done);

struct UndoneBatch {
  std::int64_t voided = 0, restored = 0;
  std::vector<Uuid> kept{};        ///< changed by somebody since, or of a locked month, and left alone
  std::optional<Uuid> last{};      ///< behind which the next batch begins; empty at the end
};
/// Takes back what the import did to up to `limit` records behind `after`, in one body. Problem without the right to correct there.
Result<UndoneBatch> undo_batch(Context& context, const Scope& scope, FacilityKey facility, const ImportManner& manner,
                               const std::optional<Uuid>& after, std::int64_t limit);

}  // namespace pilar::app
