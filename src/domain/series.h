#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/id.h"
#include "domain/answer.h"
#include "domain/cell.h"
#include "domain/instrument.h"

namespace pilar {

/// Buckets of a coded item's cells that are not option codes.
inline constexpr std::int32_t kBucketNotObserved = -3, kBucketNotApplicable = -4;
/// Of an item with several choices: records that answered it at all.
inline constexpr std::int32_t kBucketAnswered = -1;
/// Of a limit's series: values within it, and above it.
inline constexpr std::int32_t kBucketWithin = 1, kBucketAbove = 0;
/// Key of the series that counts records.
inline constexpr std::string_view kRecords = "#";

/// One countable thing of an instrument. Immutable: wording or coding that changes its meaning changes `definition`
/// and so starts a new series; a version that leaves both unchanged keeps the series.
struct Series {
  std::string key;  ///< "nilai", "nilai@penjamin=jkn", "tunggu<=60", "tunggu<=60@penjamin=jkn", "#" = number of records
  Hash definition{};
  Aggregation aggregation = Aggregation::Flow;
  int digits = 0;                        ///< scale of sums: value = sum / 10^digits
  std::optional<std::size_t> item{};     ///< empty for "#"
  std::optional<std::size_t> by_item{};  ///< breakdown: counted only where this Choice item ...
  std::int32_t by_code = 0;              ///< ... has this option
  std::optional<std::int64_t> limit{};   ///< counts values within it, on the scale of sums, and above it
  std::shared_ptr<const Item> derived{};  ///< of a formula: what is calculated from the record's answers; `item` is empty then
  SeriesKey id{};                        ///< given by the store; 0 until then
};

/// An item's own series, then those of its limits.
std::vector<Series> plain_series(const Item& item);

/// All series of an instrument, in a fixed order.
std::vector<Series> series_of(const Instrument& instrument);

/// The same, and every breakdown that could be defined later: each counted item by each Choice item. A series of the store
/// belongs to a version when its key and definition are among these.
std::vector<Series> possible_series(const Instrument& instrument);

struct Delta {
  SeriesKey series;
  std::int32_t bucket = 0;
  Cell cell;
  Aggregation aggregation = Aggregation::Flow;
  std::optional<PersonHash> person{};  ///< DistinctPersons: whose mention it is; the cell is what a first mention adds
};

/// When a record speaks, within its civil day: the bucket of what it reports of a state. Rises with time; whole minutes, positive in
/// every zone.
std::int32_t report_minute(Day day, Instant at);

/// What one stored record adds to its cells: a pure function of the record. A coded answer goes to its option's bucket (with
/// its code as value, except where the option means "not applicable"), a number to bucket 0 with its scaled value, or to the bin
/// of it where its distribution is kept, a report of a state or of a yearly target to the bucket of its minute, several choices to
/// each option's bucket, a text to bucket 0 as a count. What a formula derives counts as a number.
std::vector<Delta> observe(const Instrument& instrument, std::span<const Series> series, const Answers& answers, std::int32_t minute);

/// "tunggu<=60".
std::string limit_key(std::string_view item_key, const Decimal& limit);

}  // namespace pilar
