#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "domain/record.h"

namespace pilar::app {

/// Comments and photos on an instrument for the public are opened this many days after they came in, so that staff cannot tell who wrote
/// them.
inline constexpr std::int32_t kCommentDays = 7;

/// Where a page of records begins: behind this many records of a unit's day. It names no record, because the id of one tells when
/// it was made.
struct RecordPosition {
  Day day;
  UnitKey unit;
  std::int64_t passed = 0;
};

/// "2026-11-21.3.100": day, unit, records of them passed; and back.
std::string text(const RecordPosition& position);
std::optional<RecordPosition> parse_list_position(std::string_view text);

struct RecordListQuery {
  std::string instrument;
  FacilityKey facility;
  std::optional<UnitKey> unit{};
  Day from, to;                     ///< half-open
  std::string item{};               ///< empty: every item, or none of an instrument for the public
  std::optional<RecordPosition> after{};
  std::int64_t limit = 100;
};

/// One answer as it may be seen.
struct SeenAnswer {
  const Item* item = nullptr;  ///< of the record's own version; nullptr: that version does not ask it
  std::optional<Answer> answer{};
  std::optional<Day> opens{};  ///< a comment or photo not open yet
};

struct RecordLine {
  std::optional<Uuid> id{};  ///< never of an instrument for the public
  std::string mark{};        ///< of an instrument for the public: names the record in the list of this item only
  Day day;
  UnitKey unit;
  std::optional<Instant> at{};  ///< never of an instrument for the public
  Channel channel = Channel::Public;
  RecordState state = RecordState::Valid;
  std::int32_t revision = 1;
  std::vector<SeenAnswer> answers{};  ///< one a column
};

struct RecordList {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers below point to
  const InstalledVersion* version = nullptr;
  const Node* node = nullptr;
  std::vector<const Item*> columns{};
  std::vector<RecordLine> lines{};
  std::optional<RecordPosition> next{};  ///< empty on the last page
};

/// The records behind a number, by day and unit. Of an instrument for the public only the one item asked for is shown, and the
/// records of a unit's day stand in the order of that answer, so that pages cannot be laid side by side to see one person. Comments that
/// nobody wrote and photos that nobody took are left out, and so are records of units that the scope does not reach.
/// Problems: unknown instrument, facility, unit or item, or no right to read records there.
Result<RecordList> list_records(Context& context, const Scope& scope, const RecordListQuery& query);

/// A name for a record that cannot be joined with its name in another item's list.
std::string list_mark(const Context& context, std::string_view item, const Uuid& record);

/// Day of the latest record at the place; of a place above facilities, the latest of its first 2,000 facilities.
std::optional<Day> last_record_day(Context& context, const Scope& scope, std::string_view instrument, FacilityKey place);

}  // namespace pilar::app
