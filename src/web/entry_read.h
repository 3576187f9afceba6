#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/draft.h"
#include "app/entry.h"
#include "http/message.h"
#include "web/layout.h"
#include "web/route.h"

/// What a request about entering records names, and what was typed in its form.
namespace pilar::web {

/// An instrument and a facility; the pointers live as long as the visit's reference.
struct EntryRequest {
  const app::InstalledVersion* version = nullptr;
  const Node* node = nullptr;
};
/// The instrument of the address, in the version the form was made with, and the place. Problems: unknown instrument, no place
/// named, or no right there.
Result<EntryRequest> read_entry_request(const Visit& visit);
/// A draft is continued with the version it was begun with.
void use_version_of(const store::StoredDraft& draft, const app::Reference& reference, EntryRequest& entry);

/// "-" is the whole facility; empty when nothing, or no unit of the facility, is named.
std::optional<UnitKey> unit_named(const Visit& visit, const Node& node, std::string_view code);

/// What stood in the form.
struct Typed {
  std::optional<UnitKey> unit{};
  std::string at{};  ///< local, as typed
  RawAnswers answers{};
};
Typed read_typed(const Visit& visit, const Node& node, const Instrument& form, const http::Fields& fields);

app::EntryForm entry_of(const Visit& visit, const EntryRequest& entry, const Typed& typed, const Uuid& id);
/// Everything wrong at once, also a unit or a time that is missing. A record that breaks a rule of high importance passes only where the
/// form says that it was checked (kCheckedField).
Result<app::NewRecord> judge_entry(const Visit& visit, const Typed& typed, const app::EntryForm& form, Right right);

/// What may be looked at again in a record that stands, as hints_query writes it.
std::string entry_hints(const Visit& visit, const app::NewRecord& record);

/// "Tersimpan." and the way to it, where the address says that something was saved.
void tell_saved(const Visit& visit, const Node& node, StaffPage& frame);

}  // namespace pilar::web
