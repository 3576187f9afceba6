#include "app/record_list.h"

#include <algorithm>

#include "i18n/messages.h"
#include "store/record_store.h"

namespace pilar::app {
namespace {

constexpr std::size_t kMostFacilities = 50;

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
  if (out.item->kind == ItemKind::Text && form.is_public && today < opens) {
    if (std::holds_alternative<std::string>(answers[*index])) out.opens = opens;
    if (!out.opens) out.answer = answers[*index];
    return out;
  }
  out.answer = answers[*index];
  return out;
}

RecordLine line_of(const Reference& reference, const RecordList& list, const store::StoredRecord& record, Day today) {
  const auto* version = reference.find(record.version);
  require(version != nullptr, "the version of a record is known");
  RecordLine line{record.day, record.unit, {}, record.channel, record.state, record.revision, {}};
  if (!list.version->form.is_public && record.channel != Channel::Public) line.at = record.at;
  const auto answers = from_canonical(record.answers);
  for (const auto* column : list.columns) line.answers.push_back(seen(version->form, answers, column->key, record, today));
  return line;
}

/// The place behind the first `count` of these records, which begin with a unit's day.
RecordPosition position_behind(const std::vector<store::StoredRecord>& records, std::size_t count) {
  const auto& last = records[count - 1];
  const auto same = [&](const store::StoredRecord& one) { return one.day == last.day && one.unit == last.unit; };
  const auto end = records.begin() + static_cast<std::ptrdiff_t>(count);
  return {last.day, last.unit, std::count_if(records.begin(), end, same)};
}

/// Whoever reads comments wants those that were written.
bool is_unwritten(const RecordLine& line) {
  if (line.answers.size() != 1 || line.answers.front().item == nullptr || line.answers.front().item->kind != ItemKind::Text) return false;
  const auto& answer = line.answers.front().answer;
  return answer && std::holds_alternative<Empty>(*answer);
}

/// Lines of a unit's day in the order of their answer, whoever came first.
void hide_order(std::vector<RecordLine>& lines) {
  const auto answer_text = [](const RecordLine& line) {
    Answers shown;
    for (const auto& one : line.answers) shown.push_back(one.answer.value_or(Answer{Empty::NotAsked}));
    return to_canonical(shown);
  };
  std::ranges::stable_sort(lines, [&](const RecordLine& a, const RecordLine& b) {
    if (a.day != b.day) return a.day < b.day;
    if (a.unit != b.unit) return a.unit < b.unit;
    return answer_text(a) < answer_text(b);
  });
}

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

Result<RecordList> list_records(Context& context, const Scope& scope, const RecordListQuery& query) {
  RecordList list;
  list.reference = context.reference.get();
  if (auto wrong = check_query(*list.reference, scope, query); !wrong.empty()) return std::unexpected(std::move(wrong));
  list.version = list.reference->latest(query.instrument);
  list.node = list.reference->organisation.find(query.facility);
  list.columns = columns_of(list.version->form, query.item);
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
  for (auto i = static_cast<std::size_t>(passed); i < end; ++i) list.lines.push_back(line_of(*list.reference, list, records[i], today));
  if (end < records.size()) list.next = position_behind(records, end);
  std::erase_if(list.lines, is_unwritten);
  if (list.version->form.is_public) hide_order(list.lines);
  return list;
}

std::optional<Day> last_record_day(Context& context, const Scope& scope, std::string_view instrument, FacilityKey place) {
  const auto reference = context.reference.get();
  const auto* version = reference->latest(instrument);
  const auto* node = reference->organisation.find(place);
  if (version == nullptr || node == nullptr || !scope.may(Right::ReadResults, reference->organisation, place)) return {};
  const auto today = civil_day(context.clock.now(), node->zone);
  auto facilities = reference->organisation.facilities_under(place, today);
  facilities.resize(std::min(facilities.size(), kMostFacilities));
  std::optional<Day> latest;
  context.db.read([&](store::Tx& tx) {
    for (const auto facility : facilities)
      if (const auto day = store::last_record_day(tx, facility, version->instrument, {today.value + 1}); day && (!latest || *latest < *day))
        latest = day;
  });
  return latest;
}

}  // namespace pilar::app
