#include "app/record_list.h"

#include <algorithm>

#include "app/record_line.h"
#include "base/hash.h"
#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/result.h"
#include "store/network_cell.h"
#include "store/record_store.h"

namespace pilar::app {
namespace {

constexpr std::size_t kMostFacilities = 2000;
constexpr std::int64_t kMostPassed = 100'000;

std::vector<const Item*> columns_of(const Instrument& form, std::string_view item) {
  std::vector<const Item*> columns;
  if (!item.empty()) return {form.find(item)};
  if (form.is_public) return columns;
  for (const auto& one : form.items) columns.push_back(&one);
  return columns;
}

SeenAnswer seen(const Instrument& form, const Answers& answers, const std::string& key, const store::StoredRecord& record, Day today) {
  SeenAnswer out;
  const auto index = form.index_of(key);
  if (!index || *index >= answers.size()) return out;
  out.item = &form.items[*index];
  const Day opens{record.day.value + kCommentDays};
  const bool waits = out.item->kind == ItemKind::Text || out.item->kind == ItemKind::Photo;
  if (waits && form.is_public && today < opens) {
    if (!std::holds_alternative<Empty>(answers[*index])) out.opens = opens;
    if (!out.opens) out.answer = answers[*index];
    return out;
  }
  out.answer = answers[*index];
  return out;
}

}  // namespace

RecordLine line_of(const Context& context, const Reference& reference, const RecordList& list, const store::StoredRecord& record,
                   Day today) {
  const auto* version = reference.find(record.version);
  require(version != nullptr, "the version of a record is known");
  RecordLine line{{}, {}, record.day, record.unit, {}, record.channel, record.state, record.revision, {}};
  const bool is_public = list.version->form.is_public;
  if (!is_public) line.id = record.id;
  if (is_public && !list.columns.empty()) line.mark = list_mark(context, list.columns.front()->key, record.id);
  if (!is_public && record.channel != Channel::Public) line.at = record.at;
  const auto answers = from_canonical(record.answers);
  for (const auto* column : list.columns) line.answers.push_back(seen(version->form, answers, column->key, record, today));
  // Whoever voids a participant's record must not find it again in the list of another question.
  if (is_public && record.state == RecordState::Voided) line.answers.assign(list.columns.size(), SeenAnswer{});
  return line;
}

namespace {

/// The place behind the first `count` of these records, which begin with a unit's day.
RecordPosition position_behind(const std::vector<store::StoredRecord>& records, std::size_t count) {
  const auto& last = records[count - 1];
  const auto same = [&](const store::StoredRecord& one) { return one.day == last.day && one.unit == last.unit; };
  const auto end = records.begin() + static_cast<std::ptrdiff_t>(count);
  return {last.day, last.unit, std::count_if(records.begin(), end, same)};
}

}  // namespace

bool is_unwritten(const RecordLine& line) {
  if (line.answers.size() != 1 || line.answers.front().item == nullptr) return false;
  const auto kind = line.answers.front().item->kind;
  if (kind != ItemKind::Text && kind != ItemKind::Photo) return false;
  const auto& answer = line.answers.front().answer;
  return answer && std::holds_alternative<Empty>(*answer);
}

std::string answer_text(const RecordLine& line) {
  Answers shown;
  for (const auto& one : line.answers) shown.push_back(one.answer.value_or(Answer{Empty::NotAsked}));
  return to_canonical(shown);
}

void hide_order(std::vector<RecordLine>& lines) {
  std::ranges::stable_sort(lines, [&](const RecordLine& a, const RecordLine& b) {
    if (a.day != b.day) return a.day < b.day;
    if (a.unit != b.unit) return a.unit < b.unit;
    return answer_text(a) < answer_text(b);
  });
}

namespace {

Problems check_query(const Reference& reference, const Scope& scope, const RecordListQuery& query) {
  using Kind = Problem::Kind;
  const auto* version = reference.latest(query.instrument);
  if (version == nullptr) return {{Kind::NotFound, Msg::ResultUnknownInstrument, "instrument", {query.instrument}}};
  const auto* node = reference.organisation.find(query.facility);
  if (node == nullptr || node->kind != NodeKind::Facility) return {{Kind::NotFound, Msg::ResultUnknownPlace, "place", {}}};
  if (!scope.may(Right::ReadRecords, reference.organisation, query.facility))
    return {{Kind::Forbidden, Msg::AccessMayNotRead, "place", {}}};
  if (query.unit && reference.organisation.find_unit(query.facility, *query.unit) == nullptr)
    return {{Kind::NotFound, Msg::ResultUnknownUnit, "unit", {}}};
  if (!query.item.empty() && version->form.find(query.item) == nullptr) return {{Kind::NotFound, Msg::ResultUnknownItem, "item", {}}};
  return {};
}

}  // namespace

std::string text(const RecordPosition& position) {
  return iso(position.day) + "." + std::to_string(position.unit.value) + "." + std::to_string(position.passed);
}

std::optional<RecordPosition> parse_list_position(std::string_view text) {
  const auto parts = split(text, '.');
  if (parts.size() != 3) return {};
  const auto day = parse_day(parts[0]);
  const auto unit = parse_int(parts[1]), passed = parse_int(parts[2]);
  if (!day || !unit || *unit < 0 || *unit > INT32_MAX || !passed || *passed < 0 || *passed > kMostPassed) return {};
  return RecordPosition{*day, {static_cast<std::int32_t>(*unit)}, *passed};
}

Result<RecordList> open_list(Context& context, const Scope& scope, const RecordListQuery& query) {
  RecordList list;
  list.reference = context.reference.get();
  if (auto wrong = check_query(*list.reference, scope, query); !wrong.empty()) return std::unexpected(std::move(wrong));
  list.version = list.reference->latest(query.instrument);
  list.node = list.reference->organisation.find(query.facility);
  list.columns = columns_of(list.version->form, query.item);
  return list;
}

Result<RecordList> list_records(Context& context, const Scope& scope, const RecordListQuery& query) {
  auto opened = open_list(context, scope, query);
  if (!opened) return opened;
  auto list = *std::move(opened);
  const auto today = civil_day(context.clock.now(), list.node->zone);
  const auto passed = query.after ? query.after->passed : 0;
  store::RecordPage page{query.from, query.to, query.unit, {}, passed + query.limit + 1};
  if (query.after) {
    page.after.emplace();
    page.after->day = query.after->day;
    page.after->unit = query.after->unit;
  }
  std::vector<store::StoredRecord> records;
  context.db.read([&](store::Tx& tx) { records = store::load_records(tx, query.facility, list.version->instrument, page); });
  const auto end = std::min(records.size(), static_cast<std::size_t>(passed + query.limit));
  for (auto i = static_cast<std::size_t>(passed); i < end; ++i) {
    if (scope.may(Right::ReadRecords, list.reference->organisation, query.facility, records[i].unit))
      list.lines.push_back(line_of(context, *list.reference, list, records[i], today));
  }
  if (end > 0 && end < records.size()) list.next = position_behind(records, end);
  std::erase_if(list.lines, is_unwritten);
  if (list.version->form.is_public) hide_order(list.lines);
  return list;
}

std::string list_mark(const Context& context, std::string_view item, const Uuid& record) {
  constexpr std::size_t kBytes = 12;
  const auto mark = sign(context.signing_key, "list|" + std::string(item) + "|" + text(record));
  return hex(std::span(mark).first(kBytes));
}

std::optional<Day> last_record_day(Context& context, const Scope& scope, std::string_view instrument, FacilityKey place) {
  const auto reference = context.reference.get();
  const auto* version = reference->with_results(instrument);
  const auto* node = reference->organisation.find(place);
  if (version == nullptr || node == nullptr || !scope.may(Right::ReadResults, reference->organisation, place)) return {};
  const auto today = civil_day(context.clock.now(), node->zone);
  auto facilities = reference->organisation.facilities_under(place, today);
  facilities.resize(std::min(facilities.size(), kMostFacilities));
  std::optional<Day> latest;
  context.db.read([&](store::Tx& tx) { latest = store::last_record_day(tx, facilities, version->instrument, {today.value + 1}); });
  return latest;
}

}  // namespace pilar::app
