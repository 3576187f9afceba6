#include "web/grid_form.h"

#include <algorithm>
#include <map>

#include "base/hash.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/entry.h"
#include "interchange/typed_text.h"
#include "web/entry_form.h"

namespace pilar::web {
namespace {

constexpr std::size_t kMostCells = 6000, kMostRows = 200, kFieldsARow = 3;

bool same_words(std::string_view typed, std::string_view words) { return lower_ascii(trim(typed)) == lower_ascii(trim(words)); }

bool says(std::string_view typed, Message message) {
  return same_words(typed, say(Lang::Id, message)) || same_words(typed, say(Lang::En, message));
}

/// The option's key, or the text itself for the judgement to refuse.
std::string option_text(const Item& item, std::string_view typed) {
  for (const auto& option : item.options)
    if (same_words(typed, option.label.id) || same_words(typed, option.label.en) || same_words(typed, option.key)) return option.key;
  return std::string(typed);
}

std::string moment_text(const LocalTime& time, Zone zone) {
  const Instant at{start_of(time.day, zone).micros + std::int64_t{*time.second} * 1'000'000};
  return iso(at, zone);
}

std::string day_text(std::string_view typed) {
  const auto time = parse_local_time(typed, DateOrder::DayFirst);
  return time && !time->second ? iso(time->day) : std::string(typed);
}

/// "08:15".
std::string minutes_text(std::int32_t second) { return iso(TimeOfDay{second / 60}); }

std::string clock_text(std::string_view typed) {
  const auto second = parse_clock(typed);
  return second ? minutes_text(*second) : std::string(typed);
}

std::string number_text(std::string_view typed) {
  const auto number = parse_number(typed, ',');
  return number ? text(*number) : std::string(typed);
}

std::string written(const Item& item, std::string_view typed, Zone zone) {
  switch (item.kind) {
    case ItemKind::Number:
      return number_text(typed);
    case ItemKind::Date:
      return day_text(typed);
    case ItemKind::Time:
      return clock_text(typed);
    case ItemKind::Instant: {
      const auto time = parse_local_time(typed, DateOrder::DayFirst);
      return time && time->second ? moment_text(*time, zone) : std::string(typed);
    }
    default:
      return item.options.empty() ? std::string(typed) : option_text(item, typed);
  }
}

/// "c.12.lama": the name of a cell.
struct CellName {
  std::size_t row = 0;
  std::string_view key{};
};
std::optional<CellName> parse_cell_name(std::string_view name) {
  const auto parts = split(name, '.');
  if (parts.size() != 3 || parts[0] != "c") return {};
  const auto row = parse_int(parts[1]);
  if (!row || *row < 0 || *row >= static_cast<std::int64_t>(kMostRows)) return {};
  return CellName{static_cast<std::size_t>(*row), parts[2]};
}

void put(GridRow& row, const std::vector<const Item*>& items, std::string_view key, const std::string& value) {
  if (key == kIdField) {
    row.id = parse_uuid(value).value_or(Uuid{});
  } else if (key == kUnitField) {
    row.unit = value;
  } else if (key == kAtField) {
    row.at = value;
  } else {
    const auto found = std::ranges::find(items, key, [](const Item* item) { return std::string_view(item->key); });
    if (found != items.end()) row.cells[static_cast<std::size_t>(found - items.begin())] = value;
  }
}

/// A unit by its code or its name; "-" is the whole facility.
std::optional<UnitKey> unit_typed(const Visit& visit, const Node& node, std::string_view typed) {
  if (const auto unit = unit_named(visit, node, trim(typed))) return unit;
  if (says(typed, Msg::EntryWhole)) return UnitKey{};
  for (const auto& unit : visit.reference->organisation.units(node.key))
    if (same_words(typed, unit.name)) return unit.key;
  return {};
}

/// The local text of the row's time; a day alone keeps the hour that stands above the table.
std::string at_of(const Grid& grid, const GridRow& row) {
  const auto typed = trim(row.at);
  if (typed.empty()) return grid.at;
  const auto time = parse_local_time(typed, DateOrder::DayFirst);
  if (!time) return std::string(typed);
  constexpr std::size_t kHour = 11;  // in "2026-11-21T08:15"
  const auto clock = time->second ? minutes_text(*time->second) : grid.at.substr(std::min(grid.at.size(), kHour));
  return iso(time->day) + "T" + clock;
}

}  // namespace

bool GridRow::is_blank() const {
  return std::ranges::all_of(cells, [](const std::string& cell) { return trim(cell).empty(); });
}

std::vector<const Item*> grid_items(const Instrument& form) {
  std::vector<const Item*> items;
  for (const auto& item : form.items)
    if (item.kind != ItemKind::Calculation && item.kind != ItemKind::Photo) items.push_back(&item);
  return items;
}

std::size_t most_grid_rows(const Instrument& form) {
  return std::clamp<std::size_t>(kMostCells / (grid_items(form).size() + kFieldsARow), 1, kMostRows);
}

Grid read_grid(const Instrument& form, const http::Fields& fields) {
  const auto items = grid_items(form);
  Grid grid;
  std::map<std::size_t, GridRow> rows;
  for (const auto& [name, value] : fields) {
    if (name == kUnitField) grid.unit = value;
    if (name == kAtField) grid.at = value;
    if (name == "_semua") grid.all_or_nothing = true;
    const auto cell = parse_cell_name(name);
    if (!cell) continue;
    auto& row = rows[cell->row];
    row.cells.resize(items.size());
    put(row, items, cell->key, value);
  }
  for (auto& [number, row] : rows)
    if (row.id != Uuid{}) grid.rows.push_back(std::move(row));
  return grid;
}

void add_blank_rows(Grid& grid, const Instrument& form, std::size_t count, Instant now) {
  const auto items = grid_items(form).size();
  for (std::size_t i = 0; i < count && grid.rows.size() < most_grid_rows(form); ++i)
    grid.rows.push_back({make_uuid(now), {}, {}, std::vector<std::string>(items), {}});
}

RawAnswer read_cell(const Item& item, std::string_view text, Zone zone) {
  const auto typed = trim(text);
  if (typed.empty()) return {};
  if (item.may_be_not_observed && says(typed, Msg::CommonNotObserved)) return {{}, Empty::NotObserved};
  if (item.may_be_not_applicable && says(typed, Msg::CommonNotApplicable)) return {{}, Empty::NotApplicable};
  RawAnswer out;
  if (item.kind != ItemKind::Multiple) {
    out.values.push_back(written(item, typed, zone));
    return out;
  }
  for (const auto part : split(typed, ';'))
    if (!trim(part).empty()) out.values.push_back(option_text(item, trim(part)));
  return out;
}

Result<app::NewRecord> judge_row(const Visit& visit, const EntryRequest& entry, const Grid& grid, GridRow& row) {
  const auto items = grid_items(entry.version->form);
  Typed typed;
  typed.unit = unit_typed(visit, *entry.node, trim(row.unit).empty() ? grid.unit : row.unit);
  typed.at = at_of(grid, row);
  for (std::size_t i = 0; i < items.size(); ++i) {
    auto answer = read_cell(*items[i], row.cells[i], entry.node->zone);
    if (!answer.values.empty() || answer.empty) typed.answers.emplace(items[i]->key, std::move(answer));
  }
  auto record = judge_entry(visit, typed, entry_of(visit, entry, typed, row.id), Right::WriteRecords);
  row.problems = record ? Problems{} : record.error();
  return record;
}

}  // namespace pilar::web
