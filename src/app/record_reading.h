#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "store/record_store.h"

/// Whole records, for programs that keep a copy. What people see of them is in app/record_list.h.
namespace pilar::app {

/// A record with what its numbers mean.
struct WholeRecord {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers point to
  const InstalledVersion* version = nullptr;
  const Node* node = nullptr;
  const Unit* unit = nullptr;  ///< null: it belongs to the whole facility
  store::StoredRecord record{};
};

/// Of an instrument for the public nobody reads whole records: they would show what one person answered. Its answers are read item
/// by item (list_records).
/// Problems: unknown place or record, an instrument for the public, no right to read records of that unit.
Result<WholeRecord> read_whole_record(Context& context, const Scope& scope, FacilityKey facility, const Uuid& id);
/// A stored record with what its numbers mean.
WholeRecord whole_record(std::shared_ptr<const Reference> reference, store::StoredRecord record);

/// Where a page of records begins: behind this record.
struct WholeRecordPosition {
  FacilityKey facility;
  Day day;
  UnitKey unit;
  Uuid id;
};
/// "7.20769.3.018f..." and back.
std::string text(const WholeRecordPosition& position);
std::optional<WholeRecordPosition> parse_record_position(std::string_view text);

struct WholeRecordQuery {
  std::string instrument;
  FacilityKey place;  ///< a facility or any node above
  std::optional<UnitKey> unit{};  ///< only with a facility
  Day from, to;                   ///< half-open
  std::optional<RecordState> state{};
  std::optional<WholeRecordPosition> after{};
  std::size_t limit = 100;
};
struct WholeRecordPage {
  std::shared_ptr<const Reference> reference{};
  std::vector<WholeRecord> records{};
  std::optional<WholeRecordPosition> next{};  ///< empty on the last page
};
/// By facility, day, unit and id, of the facilities that are below the place today. A page may hold fewer records than asked for and
/// still have a next one. Records of units that the scope does not reach are left out.
/// Problems as above, and an unknown instrument or unit.
Result<WholeRecordPage> list_whole_records(Context& context, const Scope& scope, const WholeRecordQuery& query);

}  // namespace pilar::app
