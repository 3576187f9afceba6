#include "app/comments.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "i18n/words/access.h"
#include "i18n/words/comments.h"
#include "i18n/words/result.h"
#include "store/record_store.h"

namespace pilar::app {
namespace {

constexpr std::int32_t kLowestRatings = 2;

/// Empty where the form does not ask for both.
std::optional<CommentSurvey> comments_of(const InstalledVersion& version) {
  const auto& form = version.form;
  if (!form.is_public) return {};
  const auto text = std::ranges::find(form.items, ItemKind::Text, &Item::kind);
  const auto rating = std::ranges::find(form.measures, MeasureKind::Rating, &Measure::kind);
  if (text == form.items.end() || rating == form.measures.end()) return {};
  return CommentSurvey{&version, rating->items.front(), text->key};
}

bool has_need(const InstalledVersion& version) {
  return std::ranges::any_of(version.form.measures, [](const Measure& one) { return one.minimum.has_value() && !one.visits.empty(); });
}

/// The words of a record that was rated low; empty of any other. Each record is read by its own version of the survey.
std::string low_words(const Reference& reference, const CommentSurvey& survey, const store::StoredRecord& record) {
  const auto* version = reference.find(record.version);
  if (version == nullptr || record.state == RecordState::Voided) return {};
  const auto rating = version->form.index_of(survey.rating), text = version->form.index_of(survey.text);
  if (!rating || !text) return {};
  const auto answers = from_canonical(record.answers);
  const auto* code = std::get_if<Code>(&answers.at(*rating));
  const auto* words = std::get_if<std::string>(&answers.at(*text));
  return code != nullptr && code->value <= kLowestRatings && words != nullptr ? *words : std::string();
}

bool is_open(Day answered, Day today) { return answered.value + kCommentDays <= today.value; }

Problems check_comments(const Reference& reference, const Scope& scope, FacilityKey place, Right right) {
  using Kind = Problem::Kind;
  const auto* node = reference.organisation.find(place);
  if (node == nullptr || node->kind != NodeKind::Facility) return {{Kind::NotFound, Msg::ResultUnknownPlace, "tempat", {}}};
  if (scope.may(right, reference.organisation, place)) return {};
  return {{Kind::Forbidden, right == Right::ReadRecords ? Msg::AccessMayNotRead : Msg::CommentsMayNotMark, "tempat", {}}};
}

/// The id of a comment that a list named; what was looked up is kept, because many are marked of one day.
class CommentFinder {
 public:
  CommentFinder(Context& context, const Reference& reference, const CommentSurvey& survey, store::Tx& tx, const Node& node)
      : context_(context),
        reference_(reference),
        survey_(survey),
        tx_(tx),
        node_(node),
        today_(civil_day(context.clock.now(), node.zone)) {}

  std::optional<Uuid> find(const ListedRecord& listed) {
    if (!is_open(listed.day, today_)) return {};
    const auto [day, is_new] = days_.try_emplace({listed.day, listed.unit});
    const auto take = [&](const store::StoredRecord& record) {
      if (!low_words(reference_, survey_, record).empty()) day->second.emplace(list_mark(context_, survey_.text, record.id), record.id);
    };
    if (is_new) store::each_record(tx_, node_.key, survey_.version->instrument, listed.day, {listed.day.value + 1}, take, listed.unit);
    const auto found = day->second.find(listed.mark);
    return found == day->second.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  Context& context_;
  const Reference& reference_;
  const CommentSurvey& survey_;
  store::Tx& tx_;
  const Node& node_;
  Day today_;
  std::map<std::pair<Day, UnitKey>, std::map<std::string, Uuid>> days_{};
};

std::string count_detail(std::int64_t count) { return R"({"comments":)" + std::to_string(count) + "}"; }

std::string subject_of(const CommentSurvey& survey) { return "instrument:" + survey.version->form.key; }

void sort_comments(std::vector<LowComment>& comments) {
  std::ranges::sort(comments, [](const LowComment& a, const LowComment& b) {
    if (a.listed.day != b.listed.day) return a.listed.day > b.listed.day;
    if (a.listed.unit != b.listed.unit) return a.listed.unit < b.listed.unit;
    return std::tie(a.text, a.listed.mark) < std::tie(b.text, b.listed.mark);
  });
}

}  // namespace

std::optional<CommentSurvey> comment_survey(const Reference& reference) {
  std::optional<CommentSurvey> first;
  for (const auto* version : reference.latest_of_all()) {
    auto survey = comments_of(*version);
    if (!survey) continue;
    if (has_need(*version)) return survey;
    if (!first) first = std::move(survey);
  }
  return first;
}

Period unread_days(Day today) { return {{today.value - kCommentDays - kUnreadDays + 1}, {today.value - kCommentDays + 1}}; }

Result<LowCommentList> list_low_comments(Context& context, const Scope& scope, const LowCommentQuery& query) {
  LowCommentList list;
  list.reference = context.reference.get();
  const auto& organisation = list.reference->organisation;
  if (auto wrong = check_comments(*list.reference, scope, query.place, Right::ReadRecords); !wrong.empty())
    return std::unexpected(std::move(wrong));
  if (query.unit && organisation.find_unit(query.place, *query.unit) == nullptr)
    return refuse(Problem::Kind::NotFound, Msg::ResultUnknownUnit, "unit");
  auto survey = comment_survey(*list.reference);
  if (!survey) return refuse(Problem::Kind::NotFound, Msg::CommentsNotKept, "tempat");
  list.survey = *std::move(survey);
  list.node = organisation.find(query.place);
  const auto today = civil_day(context.clock.now(), list.node->zone);
  const auto instrument = list.survey.version->instrument;
  context.db.read([&](store::Tx& tx) {
    auto reads = store::load_comment_reads(tx, query.place, instrument, query.days);
    const auto take = [&](const store::StoredRecord& record) {
      if (!is_open(record.day, today) || !scope.may(Right::ReadRecords, organisation, query.place, record.unit)) return;
      const auto read = reads.find(record.id);
      const bool is_read = read != reads.end();
      if (query.reading != Reading::Any && is_read != (query.reading == Reading::Read)) return;
      auto words = low_words(*list.reference, list.survey, record);
      if (words.empty()) return;
      LowComment comment{
          {{}, record.day, record.unit, list_mark(context, list.survey.text, record.id), record.revision}, std::move(words), {}};
      if (is_read) comment.read = read->second;
      list.comments.push_back(std::move(comment));
    };
    store::each_record(tx, query.place, instrument, query.days.from, query.days.to, take, query.unit);
  });
  sort_comments(list.comments);
  return list;
}

Result<MarkedComments> mark_comments(Context& context, const Scope& scope, FacilityKey place, const std::vector<ListedRecord>& comments,
                                     bool read) {
  const auto reference = context.reference.get();
  if (auto wrong = check_comments(*reference, scope, place, Right::WriteRecords); !wrong.empty()) return std::unexpected(std::move(wrong));
  const auto survey = comment_survey(*reference);
  if (!survey) return refuse(Problem::Kind::NotFound, Msg::CommentsNotKept, "tempat");
  MarkedComments marked{{}, context.clock.now()};
  context.db.write(place, [&](store::Write& write) {
    marked.changed = {};
    CommentFinder finder(context, *reference, *survey, write.tx(), *reference->organisation.find(place));
    for (const auto& listed : comments) {
      const bool may = scope.may(Right::WriteRecords, reference->organisation, place, listed.unit);
      const auto id = may ? finder.find(listed) : std::nullopt;
      const bool done = id && (read ? store::insert_comment_read(write.tx(), place, *id, {marked.at, scope.actor()})
                                    : store::delete_comment_read(write.tx(), place, *id));
      ++(done ? marked.changed.done : marked.changed.left);
    }
    if (marked.changed.done > 0)
      write.audit(
          {marked.at, scope.actor(), read ? "comment.read" : "comment.unread", subject_of(*survey), count_detail(marked.changed.done)});
  });
  return marked;
}

Result<std::int64_t> undo_marks(Context& context, const Scope& scope, FacilityKey place, Instant at) {
  const auto reference = context.reference.get();
  if (auto wrong = check_comments(*reference, scope, place, Right::WriteRecords); !wrong.empty()) return std::unexpected(std::move(wrong));
  const auto survey = comment_survey(*reference);
  if (!survey) return refuse(Problem::Kind::NotFound, Msg::CommentsNotKept, "tempat");
  std::int64_t undone = 0;
  context.db.write(place, [&](store::Write& write) {
    undone = store::delete_comment_reads(write.tx(), place, {at, scope.actor()});
    if (undone > 0) write.audit({context.clock.now(), scope.actor(), "comment.unread", subject_of(*survey), count_detail(undone)});
  });
  return undone;
}

}  // namespace pilar::app
