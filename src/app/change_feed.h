#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.h"
#include "app/record_reading.h"

/// What changed since a reader last asked: records and places as they are now, each once.
///
/// The guarantee: whoever asks again and again with the cursor of the answer before gets every change that was committed in its
/// scope, none skipped, whatever is written meanwhile; a change told of is told of again only after another one. Every write to a
/// facility locks its head row until it is committed and numbers what it writes there (docs/decisions/0005-one-lock-per-facility.md),
/// so the committed numbers of one facility never have a gap that is filled later, and the cursor holds one number for each place. There
/// is no order between places.
namespace pilar::app {

/// How far a reader has come at one place.
struct SeenChanges {
  std::int64_t number = -1;  ///< changes up to this one are known; -1: nothing is
  std::int32_t version = 0;  ///< of the place itself
  bool operator==(const SeenChanges&) const = default;
};
struct ChangeCursor {
  std::map<FacilityKey, SeenChanges> seen{};
  /// In the middle of one place's changes: those of `number` up to this id are known too.
  struct Inside {
    FacilityKey place;
    std::int64_t number = 0;
    Uuid id;
    bool operator==(const Inside&) const = default;
  };
  std::optional<Inside> inside{};
  bool operator==(const ChangeCursor&) const = default;
};
/// Letters, digits, hyphens, dots and tildes; a few letters for each place. The id stands in it veiled, because the id of an answer of
/// the public tells when it was given.
std::string text(const ChangeCursor& cursor, const SigningKey& key);
std::optional<ChangeCursor> parse_change_cursor(std::string_view text, const SigningKey& key);

/// The most places one reader may follow, because the cursor has a number for each.
inline constexpr std::size_t kMostFollowed = 1000;

struct Change {
  std::int64_t number = 0;                   ///< of the line in the place's audit trail; 0 for a place
  const Node* place = nullptr;               ///< the place that changed, or whose record did
  std::optional<WholeRecord> record{};       ///< of an instrument for the public: only instrument, unit and day are to be told
};
struct ChangePage {
  std::shared_ptr<const Reference> reference{};
  std::vector<Change> changes{};
  ChangeCursor next{};
  bool more = false;  ///< there is more already
};
struct ChangeQuery {
  FacilityKey place;  ///< this place and everything below it today; kEverywhere too
  ChangeCursor after{};
  std::size_t limit = 500;
};
/// Answers of the public that came in on one day at one unit are one change a page.
/// Problems: an unknown place, no right to read records there, more than kMostFollowed places.
Result<ChangePage> read_changes(Context& context, const Scope& scope, const ChangeQuery& query);

}  // namespace pilar::app
