#include "web/record_table.h"

#include <algorithm>
#include <memory>
#include <span>

#include "app/record_line.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/entry.h"
#include "i18n/words/result.h"
#include "web/answer_words.h"
#include "web/record_filters.h"
#include "web/record_words.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kLinesAtOnce = 500;

std::string unit_name(const app::RecordList& list, UnitKey key, Lang lang) {
  const auto* unit = list.reference->organisation.find_unit(list.node->key, key);
  return unit == nullptr ? words(lang, Msg::ResultWholePlace) : unit->name;
}

std::string seen_text(Lang lang, const app::SeenAnswer& seen, Zone zone) {
  if (seen.opens) return say(lang, Msg::RecordListOpens, {format::short_date(lang, *seen.opens)});
  if (seen.item == nullptr || !seen.answer) return words(lang, Msg::RecordListNotAsked);
  return answer_words(lang, *seen.item, *seen.answer, zone);
}

/// As the page shows it: a moment of the record's own day is its time, because the day stands in front of the line.
std::string shown_text(Lang lang, const app::SeenAnswer& seen, Zone zone, Day day) {
  const auto* at = seen.answer && !seen.opens ? std::get_if<Instant>(&*seen.answer) : nullptr;
  if (at == nullptr) return seen_text(lang, seen, zone);
  const auto own = civil_day(*at, zone);
  return (own == day ? "" : format::short_date(lang, own) + " ") + format::time(lang, *at, zone);
}

std::string state_text(Lang lang, const app::RecordLine& line) {
  auto state = words(lang, state_words(line.state));
  if (line.revision > 1) state += ", " + say(lang, Msg::RecordListRevised, {format::number(lang, line.revision - 1)});
  return state;
}

TableColumn column_of(Lang lang, const Item& item) {
  TableColumn column{item.label.in(lang)};
  if (is_numeric(item.kind)) {
    column.kind = TableColumn::Kind::Number;
    column.unit = item.unit;
  }
  if (item.kind == ItemKind::Date) column.kind = TableColumn::Kind::Day;
  if (item.kind == ItemKind::Instant) column.kind = TableColumn::Kind::Moment;
  return column;
}

TableCell cell_of(Lang lang, const app::SeenAnswer& seen, Zone zone) {
  if (seen.answer) {
    if (const auto* number = std::get_if<Decimal>(&*seen.answer)) return *number;
    if (const auto* day = std::get_if<Day>(&*seen.answer)) return *day;
    if (const auto* at = std::get_if<Instant>(&*seen.answer)) return ZonedTime{*at, zone};
  }
  return seen_text(lang, seen, zone);
}

/// How the rows of a file come: as they are stored where the list is sorted by day, else in the order that was asked for.
using OnFoundLine = std::function<void(const app::RecordLine&)>;
struct LineSource {
  app::RecordList list{};
  std::int64_t count = 0;
  std::function<void(const OnFoundLine&)> each{};
};

Result<LineSource> lines_by_day(const Visit& visit, const RecordRequest& request) {
  auto list = app::open_list(visit.context, *visit.scope, request.query);
  if (!list) return std::unexpected(list.error());
  const auto count = app::count_found(visit.context, *visit.scope, request.query, request.filter);
  if (!count) return std::unexpected(count.error());
  return LineSource{*std::move(list), *count, [&](const OnFoundLine& on_line) {
                      (void)app::each_found(visit.context, *visit.scope, request.query, request.filter, on_line);
                    }};
}

Result<LineSource> lines_in_order(const Visit& visit, const RecordRequest& request) {
  auto found = app::search_records(visit.context, *visit.scope, request.query, request.filter, request.sort);
  if (!found) return std::unexpected(found.error());
  const auto shared = std::make_shared<const app::FoundRecords>(*std::move(found));
  return LineSource{shared->list, std::ssize(shared->records), [&visit, shared](const OnFoundLine& on_line) {
                      for (std::size_t first = 0; first < shared->records.size(); first += kLinesAtOnce)
                        for (const auto& line : app::load_found(visit.context, *visit.scope, *shared, first, kLinesAtOnce).lines)
                          on_line(line);
                    }};
}

std::vector<TableCell> row_of(Lang lang, const app::RecordList& list, std::span<const std::size_t> columns, const app::RecordLine& line) {
  const auto zone = list.node->zone;
  std::vector<TableCell> row{line.day, unit_name(list, line.unit, lang)};
  for (const auto column : columns) row.push_back(cell_of(lang, line.answers[column], zone));
  row.emplace_back(state_text(lang, line));
  row.emplace_back(words(lang, channel_words(line.channel)));
  if (!list.version->form.is_public) row.push_back(line.at ? TableCell(ZonedTime{*line.at, zone}) : TableCell());
  return row;
}

}  // namespace

std::vector<std::size_t> shown_columns(const RecordRequest& request, const app::RecordList& list) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < list.columns.size(); ++i)
    if (request.columns.empty() || std::ranges::find(request.columns, list.columns[i]->key) != request.columns.end()) out.push_back(i);
  return out;
}

std::vector<std::string> record_titles(Lang lang, const RecordRequest& request, const app::RecordList& list) {
  std::vector<std::string> out{words(lang, Msg::RecordListDay), words(lang, Msg::ResultUnit)};
  for (const auto column : shown_columns(request, list)) out.push_back(list.columns[column]->label.in(lang));
  out.push_back(words(lang, Msg::RecordListState));
  out.push_back(words(lang, Msg::RecordListChannel));
  if (!list.version->form.is_public) out.push_back(words(lang, Msg::RecordListAt));
  return out;
}

std::vector<std::string> record_fields(Lang lang, const RecordRequest& request, const app::RecordList& list, const app::RecordLine& line) {
  const auto zone = list.node->zone;
  std::vector<std::string> out{format::short_date(lang, line.day), unit_name(list, line.unit, lang)};
  for (const auto column : shown_columns(request, list)) out.push_back(shown_text(lang, line.answers[column], zone, line.day));
  out.push_back(state_text(lang, line));
  out.push_back(words(lang, channel_words(line.channel)));
  if (!list.version->form.is_public) out.push_back(line.at ? format::time(lang, *line.at, zone) : std::string(format::kNone));
  return out;
}

Result<Table> record_table(const Visit& visit, const RecordRequest& request) {
  auto source = request.sort.by.empty() ? lines_by_day(visit, request) : lines_in_order(visit, request);
  if (!source) return std::unexpected(source.error());
  const auto lang = visit.lang;
  const auto& list = source->list;
  Table table;
  table.caption = say(lang, Msg::RecordListTitle, {list.version->form.title.in(lang)});
  table.notes = {{words(lang, Msg::RecordListPlace), list.node->name},
                 {words(lang, Msg::CommonPeriod), period_words(lang, request.address.period)}};
  for (const auto& filter : record_filters(visit, request, list).filters)
    if (filter.type != "date" && !filter.value.empty()) table.notes.emplace_back(filter.label, shown_value(filter));
  table.notes.emplace_back(words(lang, Msg::RecordListRows), format::number(lang, source->count));
  table.notes.emplace_back(words(lang, Msg::RecordListAsOf), format::moment(lang, visit.context.clock.now(), list.node->zone));
  table.columns = {{words(lang, Msg::RecordListDay), TableColumn::Kind::Day}, {words(lang, Msg::ResultUnit)}};
  for (const auto column : shown_columns(request, list)) table.columns.push_back(column_of(lang, *list.columns[column]));
  table.columns.push_back({words(lang, Msg::RecordListState)});
  table.columns.push_back({words(lang, Msg::RecordListChannel)});
  if (!list.version->form.is_public) table.columns.push_back({words(lang, Msg::RecordListAt), TableColumn::Kind::Moment});
  table.rows = [lang, columns = shown_columns(request, list), source = *std::move(source)](const OnTableRow& on_row) {
    source.each([&](const app::RecordLine& line) { on_row(row_of(lang, source.list, columns, line)); });
  };
  return table;
}

}  // namespace pilar::web
