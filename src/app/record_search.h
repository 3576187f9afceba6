#pragma once
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
  std::string words{};  ///< each stands somewhere in the texts shown, in any case (ASCII); comments that are not open are not looked at
  bool is_empty() const;
};

/// By day and unit, or by the answer to a column.
struct RecordSort {
  std::string by{};  ///< empty: day; "unit"; else an item's key
  bool down = false;  ///< the latest or largest first
};

/// How many records of the period one search looks at; a list that has more says so.
inline constexpr std::int64_t kMostSearched = 20'000;

struct FoundRecords {
  RecordList list{};  ///< all lines that match, in the order wanted; list.next is empty
  std::vector<std::shared_ptr<const Reference>> references{};  ///< keep what the lines point to, should it change while pages are read
  bool is_capped = false;  ///< the period has more than kMostSearched records: later ones were not looked at
};
/// Problems as of list_records, an unknown login, and answers asked for without an item.
Result<FoundRecords> search_records(Context& context, const Scope& scope, const RecordListQuery& query, const RecordFilter& filter,
                                    const RecordSort& sort);

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
