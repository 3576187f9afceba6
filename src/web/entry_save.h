#pragma once
#include "app/record.h"
#include "web/entry_read.h"

/// One record that staff entered, saved in one way, whether a page, the tally or a browser's queue sent it.
namespace pilar::web {

/// What became of the fields of a form.
struct SentEntry {
  Typed typed{};  ///< as they stood in the form, photos by their hash
  app::EntryForm form{};
  Result<app::Saved> saved{};  ///< or everything wrong; the problems' fields are item keys, "at" and "unit"
  std::string hints{};  ///< what may be looked at again in a record that stands (hints_query)
};
/// Judges and saves; the same fields under the same id once more are the same record.
SentEntry save_entry(const Visit& visit, const EntryRequest& entry, const Uuid& id, const http::Fields& fields);

}  // namespace pilar::web
