#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/record_search.h"
#include "store/comment_read_store.h"

/// Comments of people who rated 1 or 2, and who of the place has read them.
namespace pilar::app {

/// Of a survey for the public that asks for a rating and for words: the items' keys.
struct CommentSurvey {
  const InstalledVersion* version = nullptr;
  std::string rating{}, text{};
};
/// The first one, one with a minimum of answers before the others. Empty where no installed survey asks for both.
std::optional<CommentSurvey> comment_survey(const Reference& reference);

enum class Reading : std::uint8_t { Unread, Read, Any };

struct LowCommentQuery {
  FacilityKey place;
  std::optional<UnitKey> unit{};
  Period days;  ///< of the answers; those that are not open yet are left out
  Reading reading = Reading::Unread;
};
/// It stands in a list like everybody's comments: without a time, and without what else the person answered.
struct LowComment {
  ListedRecord listed{};  ///< names it in the list of the survey's comments
  std::string text{};
  std::optional<store::CommentRead> read{};
};
struct LowCommentList {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers point to
  CommentSurvey survey{};
  const Node* node = nullptr;
  std::vector<LowComment> comments{};  ///< the newest day first; within a unit's day in the order of their words
};
/// Days of answers whose comments have been opened within kUnreadDays.
Period unread_days(Day today);
inline constexpr std::int32_t kUnreadDays = 28;
/// All that the scope may read. Problems: no facility, no such unit, no right to read records there, or no survey with comments.
Result<LowCommentList> list_low_comments(Context& context, const Scope& scope, const LowCommentQuery& query);

struct MarkedComments {
  ManyChanged changed{};
  Instant at{};  ///< names them for undo_marks()
};
/// Marks them as read, or as unread, in one transaction with one audit line. Left: not found or not open, marked before, or no right to
/// write records of that unit. Problem without any right to write records at the place.
Result<MarkedComments> mark_comments(Context& context, const Scope& scope, FacilityKey place, const std::vector<ListedRecord>& comments,
                                     bool read);
/// Takes back what this person marked as read at that moment; how many. Problem without the right to write records there.
Result<std::int64_t> undo_marks(Context& context, const Scope& scope, FacilityKey place, Instant at);

}  // namespace pilar::app
