#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "app/context.h"
#include "base/ahead.h"
#include "store/record_store.h"

namespace pilar::app {

/// Many records of an instrument, one page ahead of whoever takes them: facility by facility, by day, unit and id. Each page is a read of
/// its own, so that no snapshot is kept open for long. The context must outlive it.
class RecordPages {
 public:
  struct Page {
    std::vector<store::StoredRecord> records{};     ///< of one facility; never empty
    std::shared_ptr<const Reference> reference{};  ///< of the same snapshot: knows every version that they name
  };

  /// `first` says which records of each facility, and how many a page has at most.
  RecordPages(Context& context, std::vector<FacilityKey> facilities, InstrumentKey instrument, const store::RecordPage& first);
  /// Nothing at the end.
  std::optional<Page> next() { return pages_.next(); }

 private:
  std::optional<Page> read();

  Context& context_;
  std::vector<FacilityKey> facilities_;
  InstrumentKey instrument_;
  store::RecordPage first_, wanted_;
  std::size_t at_ = 0;  ///< among the facilities
  Ahead<Page> pages_;   ///< reads from the start on, so that it stands last
};

}  // namespace pilar::app
