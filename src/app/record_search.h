#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/record_list.h"

namespace pilar::app {

/// Which records of a list are wanted; empty parts match everything. What asks for an answer looks at one of the columns shown: of
/// an instrument for the public that is one alone, so that no two answers are put together.
struct RecordFilter {
  std::optional<RecordState> state{};
  std::optional<Channel> channel{};
  std::string login{};               ///< entered by this account
  std::string item{};                ///< the item that `answer`, `low` and `high` are about: one of the list's columns
  std::string answer{};              ///< the key of an option of the item
  std::optional<Decimal> low{}, high{};  ///< of a number, a calculation or a scale, both included
  std::string words{};  ///< each word or quoted phrase stands in one of the texts shown, as fold_text() compares; comments that are not
                        ///< open are not looked at
  bool is_empty() const;
};

/// By day and unit, or by the answer to a column.
struct RecordSort {
  std::string by{};  ///< empty: day; "unit"; else an item's key
  bool down = false;  ///< the latest or largest first
};

/// A record that was found, and what it is sorted by.
struct FoundRecord {
  Uuid id;
  Day day;
  UnitKey unit;
  Instant at{};  ///< where it may be seen
  std::optional<Decimal> number{};
  std::string text{};  ///< the beginning of the answer; of an instrument for the public, of the one that is shown
  bool is_missing = true;  ///< it has no answer to the item sorted by
};
struct FoundRecords {
  RecordList list{};                  ///< its place and columns, without lines
  std::vector<FoundRecord> records{};  ///< all that match, in the order wanted
};
/// Looks at every record of the period. Problems as of list_records, an unknown login, and answers asked for without an item.
Result<FoundRecords> search_records(Context& context, const Scope& scope, const RecordListQuery& query, const RecordFilter& filter,
                                    const RecordSort& sort);

struct FoundLines {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the lines point to
  std::vector<RecordLine> lines{};
};
/// Some of what was found, in its order, as it is now; what the scope reaches no longer is left out.
FoundLines load_found(Context& context, const Scope& scope, const FoundRecords& found, std::size_t first, std::size_t count);

/// Every line that matches, by day and unit, in constant memory; of an instrument for the public those of a unit's day in the order of
/// their answer. Returns how many. Problems as of search_records.
Result<std::int64_t> each_found(Context& context, const Scope& scope, const RecordListQuery& query, const RecordFilter& filter,
                                const std::function<void(const RecordLine&)>& on_line);
/// How many each_found() would give.
Result<std::int64_t> count_found(Context& context, const Scope& scope, const RecordListQuery& query, const RecordFilter& filter);

/// A record of a list as the list names it: its id and revision, or the day, unit and a mark that only this item's list knows.
struct ListedRecord {
  std::optional<Uuid> id{};
  Day day;
  UnitKey unit;
  std::string mark{};
  std::int32_t revision = 1;
};
std::string text(const ListedRecord& record);
std::optional<ListedRecord> parse_listed(std::string_view text);

/// What became of many at once.
struct ManyChanged {
  std::int64_t done = 0;
  std::int64_t left = 0;  ///< changed or voided by somebody else meanwhile, not found, or no right at that unit
};
/// Takes the listed records out of every sum.
ManyChanged void_listed(Context& context, const Scope& scope, const RecordListQuery& query, const std::vector<ListedRecord>& records,
                        const std::string& reason);
/// The same comment on each; none on records of an instrument for the public.
ManyChanged note_listed(Context& context, const Scope& scope, const RecordListQuery& query, const std::vector<ListedRecord>& records,
                        const std::string& words);

}  // namespace pilar::app
