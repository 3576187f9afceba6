#pragma once
#include <cstdint>
#include <vector>

#include "app/record.h"

namespace pilar::app {

struct BatchResult {
  std::int64_t added = 0;
  std::int64_t repeated = 0;             ///< here before with the same content: nothing was added
  std::vector<std::size_t> conflicts{};  ///< positions of records whose id is taken by other content; left out
  std::vector<std::size_t> locked{};     ///< positions of records of a locked month; left out
  std::vector<std::size_t> photoless{};  ///< positions of records that name a photo the facility does not have; left out
};
using OnBatch = std::move_only_function<void(Result<BatchResult>, std::exception_ptr)>;

/// Adds many records of one facility in one body, with one audit line that names `subject` and counts. All of them have that
/// facility; their answers have been judged.
void submit_batch(Context& context, const Scope& scope, FacilityKey facility, std::vector<NewRecord> records, std::string subject,
                  OnBatch done);

}  // namespace pilar::app
