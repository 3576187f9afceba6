#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/audit.h"
#include "app/context.h"
#include "domain/access.h"
#include "store/record_note_store.h"
#include "store/record_store.h"

namespace pilar::app {

/// One content of a record: the current one, or one that was replaced.
struct RecordContent {
  const InstalledVersion* version = nullptr;
  std::int32_t revision = 1;
  UnitKey unit;
  Instant at;
  RecordState state = RecordState::Valid;
  Answers answers{};
};
/// One change of a record, from one content to the next.
struct RecordChange {
  RecordContent before, after;
  Instant at;
  std::string actor, reason;
};

/// One record with everything that happened to it.
struct RecordDetail {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers point to
  const InstalledVersion* version = nullptr;
  const Node* node = nullptr;
  const Unit* unit = nullptr;  ///< null: it belongs to the whole facility
  store::StoredRecord record{};
  bool is_hidden = false;  ///< of an instrument for the public: no answers, no times, in no revision
  Answers answers{};
  std::optional<std::string> author{};   ///< "account:12"; of records that staff entered
  std::vector<RecordChange> changes{};   ///< oldest first
  std::vector<store::StoredNote> notes{};
  AuditNames names{};  ///< of the authors of all this
};

/// Of an instrument for the public nobody sees what one person answered (app/record_list.h): only where and how it came.
/// Problems: unknown place or record, another instrument's record, no right to read records of that unit.
Result<RecordDetail> read_record(Context& context, const Scope& scope, std::string_view instrument, FacilityKey facility, const Uuid& id);

struct NewNote {
  Uuid id;  ///< a repeated send is one note
  store::NoteKind kind = store::NoteKind::Comment;
  std::string text{};
};
inline constexpr std::size_t kLongestNote = 2000;
/// Adds a comment, or says that the record was checked and is right: by somebody who may correct it and neither entered nor
/// corrected it. Nothing of it is ever changed. Problems beside "text".
Result<void> add_note(Context& context, const Scope& scope, const RecordDetail& detail, const NewNote& note);

}  // namespace pilar::app
