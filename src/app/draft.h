#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "app/sign_in.h"
#include "store/draft_store.h"

namespace pilar::app {

/// A form on its way: what was typed, under the id of the record it will become.
struct NewDraft {
  FacilityKey facility;
  Uuid id;
  InstrumentKey instrument;
  std::string fields;          ///< what was typed, as a form sends it
  std::int32_t seen_turn = 0;  ///< the turn this device saved or read last; 0: none yet
};

/// Keeps what was typed and returns its new turn. Sending the same again is harmless. Problems: no right to write records there,
/// the record was sent already, another device has saved a newer turn, or the draft is somebody else's.
Result<std::int32_t> keep_draft(Context& context, const Person& person, const NewDraft& draft);

/// The person's drafts that are neither sent nor thrown away nor older than so many days, the latest first.
std::vector<store::StoredDraft> list_drafts(Context& context, const Person& person, std::int64_t days);
/// The person's own draft, also a thrown-away one.
std::optional<store::StoredDraft> find_draft(Context& context, const Person& person, FacilityKey facility, const Uuid& id);

/// Throws the draft away; take_back_draft() undoes it for a day. Problem when the person has no such draft.
Result<void> throw_draft(Context& context, const Person& person, FacilityKey facility, const Uuid& id);
Result<void> take_back_draft(Context& context, const Person& person, FacilityKey facility, const Uuid& id);

/// Removes drafts that nobody changed for so many days, and those thrown away more than a day ago; returns how many.
std::int64_t expire_drafts(Context& context, std::int64_t days);

}  // namespace pilar::app
