#include "app/import_rows.h"

#include <algorithm>

#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/answer.h"
#include "i18n/words/import.h"
#include "i18n/words/result.h"
#include "interchange/import_guess.h"
#include "interchange/typed_text.h"
#include "store/place_store.h"

namespace pilar::app {
namespace {

constexpr std::size_t kKnownTexts = 10'000;  // remembered at most; more are looked up again
constexpr std::int32_t kNoonSecond = 12 * 3600;

Instant instant_of(const LocalTime& time, Zone zone) {
  return {start_of(time.day, zone).micros + std::int64_t{time.second.value_or(kNoonSecond)} * 1'000'000};
}

std::string clock_text(std::int32_t second) { return iso(TimeOfDay{second / 60}); }

}  // namespace

ImportRows::ImportRows(Context& context, const Scope& scope, const ImportProfile& profile)
    : context_(&context),
      scope_(&scope),
      profile_(profile),
      reference_(context.reference.get()),
      now_(context.clock.now()) {}

Result<ImportRows> ImportRows::open(Context& context, const Scope& scope, const ImportProfile& profile, std::span<const std::string> names,
                                    std::optional<xlsx::DaySystem> days) {
  ImportRows rows(context, scope, profile);
  rows.days_ = days;
  rows.version_ = rows.reference_->latest(profile.instrument);
  if (rows.version_ == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownInstrument, "instrument", {profile.instrument});
  rows.names_.assign(names.begin(), names.end());
  if (auto found = rows.find_columns(names); !found) return std::unexpected(found.error());
  return rows;
}

ImportRows::From ImportRows::from_of(const ImportProfile::Source& source, std::span<const std::string> names, Problems& wrong) const {
  From from;
  from.fixed = source.fixed;
  for (const auto& [text, code] : source.values) from.values.emplace(bare_letters(text), code);
  if (source.column.empty()) return from;
  const auto at = std::ranges::find(names, trim(source.column));
  if (at != names.end()) {
    from.column = static_cast<std::size_t>(at - names.begin());
    return from;
  }
  std::vector<std::string_view> candidates(names.begin(), names.end());
  wrong.push_back(
      {Problem::Kind::Invalid, Msg::ImportNoColumn, source.column, {source.column, std::string(nearest(source.column, candidates))}});
  return from;
}

Result<void> ImportRows::find_columns(std::span<const std::string> names) {
  Problems wrong;
  const auto position = [&](const std::string& column) { return from_of({column, {}, {}}, names, wrong).column.value_or(0); };
  for (const auto& column : profile_.key) key_.push_back(position(column));
  facility_ = from_of(profile_.facility, names, wrong);
  unit_ = from_of(profile_.unit, names, wrong);
  at_ = from_of(profile_.at, names, wrong);
  if (profile_.at.empty()) wrong.push_back({Problem::Kind::Invalid, Msg::ImportNoTime, "at", {}});
  if (profile_.facility.empty()) wrong.push_back({Problem::Kind::Invalid, Msg::ImportNoPlace, "facility", {}});
  if (!profile_.time.empty()) time_ = position(profile_.time);
  for (const auto& [key, source] : profile_.items) {
    const auto* item = version_->form.find(key);
    if (item == nullptr) {
      wrong.push_back({Problem::Kind::Invalid, Msg::AnswerUnknownItem, key, {key, ""}});
      continue;
    }
    items_.push_back({item, from_of(source, names, wrong)});
  }
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  if (items_.empty()) return refuse(Msg::ImportNoItems, "items");
  time_in_key_ = key_.empty() || (at_.column && std::ranges::find(key_, *at_.column) != key_.end());
  return {};
}

std::string_view ImportRows::text_in(const Row& row, const From& from) {
  if (!from.column) return from.fixed;
  return *from.column < row.cells.size() ? trim(row.cells[*from.column]) : std::string_view();
}

std::string ImportRows::meant(const From& from, std::string_view text) {
  if (from.values.empty()) return std::string(text);
  const auto found = from.values.find(bare_letters(text));
  return found == from.values.end() ? std::string(text) : found->second;
}

void ImportRows::fault(const Row& row, std::optional<std::size_t> column, Problem problem) const {
  ImportFault one{row.reader.line(), {}, {}, std::move(problem)};
  if (column && *column < names_.size()) {
    one.column = names_[*column];
    one.cell = column_letters(*column) + std::to_string(one.line);
  }
  row.out.faults.push_back(std::move(one));
}

/// A row may have empty cells behind its last name; a worksheet leaves empty cells at the end out.
bool ImportRows::check_shape(const Row& row) {
  const auto blank = [](std::string_view cell) { return trim(cell).empty(); };
  const auto width = row.cells.size();
  const bool fits = width == names_.size() || (width < names_.size() && days_) ||
                    (width > names_.size() && std::ranges::all_of(row.cells.subspan(names_.size()), blank));
  if (!fits) fault(row, {}, {Problem::Kind::Invalid, Msg::ImportRagged, "", {std::to_string(width), std::to_string(names_.size())}});
  return fits;
}

/// Told once a cell, whatever it is needed for.
bool ImportRows::refuse_unreadable(const Row& row, std::optional<std::size_t> column) const {
  const auto bad = std::ranges::find(row.reader.unreadable(), column.value_or(SIZE_MAX), &TableReader::Unreadable::column);
  if (bad == row.reader.unreadable().end()) return false;
  const auto cell = column_letters(*column) + std::to_string(row.reader.line());
  if (std::ranges::find(row.out.faults, cell, &ImportFault::cell) == row.out.faults.end()) fault(row, column, bad->problem);
  return true;
}

ImportedRow ImportRows::read(const TableReader& reader) {
  ImportedRow out;
  const Row row{reader, reader.fields(), out};
  out.record.version = version_->version;
  out.record.channel = Channel::Import;
  if (!check_shape(row)) return out;
  const auto* node = read_facility(row);
  const auto zone = node == nullptr ? Zone::Wib : node->zone;
  if (node != nullptr) read_unit(row, *node);
  read_time(row, zone);
  for (const auto column : key_) refuse_unreadable(row, column);
  read_answers(row, zone);
  out.record.id = id_of(row);
  return out;
}

const Node* ImportRows::read_facility(const Row& row) {
  if (refuse_unreadable(row, facility_.column)) return nullptr;
  const auto text = shortened(meant(facility_, text_in(row, facility_)));  // no place has so long a name; many are remembered
  auto known = facilities_.find(text);
  if (known == facilities_.end()) {
    if (facilities_.size() >= kKnownTexts) facilities_.clear();
    known = facilities_.emplace(text, find_facility(text)).first;
  }
  if (known->second.problem) fault(row, facility_.column, *known->second.problem);
  if (!known->second.key) return nullptr;
  row.out.record.facility = *known->second.key;
  return reference_->organisation.find(*known->second.key);
}

ImportRows::Known<FacilityKey> ImportRows::find_facility(std::string_view text) {
  const auto& organisation = reference_->organisation;
  const auto* node = organisation.find(text);
  if (node == nullptr && !text.empty()) {
    std::vector<FacilityKey> others;
    context_->db.read([&](store::Tx& tx) { others = store::find_code(tx, text); });
    if (others.size() == 1) node = organisation.find(others.front());
  }
  const auto bare = bare_letters(text);
  std::vector<std::string_view> codes;
  for (const auto& one : organisation.nodes()) {
    if (one.kind != NodeKind::Facility || !scope_->may(Right::WriteRecords, organisation, one.key)) continue;
    codes.emplace_back(one.code);
    if (node == nullptr && bare_letters(one.name) == bare) node = &one;
  }
  if (node == nullptr || node->kind != NodeKind::Facility) {
    if (unknown_places_.size() < ImportReport::kMostFaults) unknown_places_.emplace(text);
    return {{}, Problem{Problem::Kind::Invalid, Msg::ImportUnknownPlace, "", {std::string(text), std::string(nearest(text, codes))}}};
  }
  Known<FacilityKey> known{node->key, {}};
  if (!scope_->may(Right::WriteRecords, organisation, node->key))
    known.problem = Problem{Problem::Kind::Forbidden, Msg::AccessMayNotWrite, "", {}};
  return known;
}

void ImportRows::read_unit(const Row& row, const Node& node) {
  if (refuse_unreadable(row, unit_.column)) return;
  const auto text = shortened(meant(unit_, text_in(row, unit_)));
  if (text.empty()) return;
  auto known = units_.find({node.key, text});
  if (known == units_.end()) {
    if (units_.size() >= kKnownTexts) units_.clear();
    known = units_.emplace(std::pair(node.key, text), find_unit(node, text)).first;
  }
  if (known->second.problem) fault(row, unit_.column, *known->second.problem);
  if (known->second.key) row.out.record.unit = *known->second.key;
}

ImportRows::Known<UnitKey> ImportRows::find_unit(const Node& node, std::string_view text) const {
  const auto bare = bare_letters(text);
  std::vector<std::string_view> names;
  for (const auto& unit : reference_->organisation.units(node.key)) {
    if (unit.code == text || bare_letters(unit.name) == bare || bare_letters(unit.code) == bare) return {unit.key, {}};
    names.emplace_back(unit.name);
    names.emplace_back(unit.code);
  }
  return {{},
          Problem{Problem::Kind::Invalid, Msg::RecordUnknownUnit, "", {std::string(text), node.name, std::string(nearest(text, names))}}};
}

/// A bare day is noon of that day at the facility, so that no zone moves it.
void ImportRows::read_time(const Row& row, Zone zone) {
  if (refuse_unreadable(row, at_.column) || refuse_unreadable(row, time_)) return;
  const auto text = text_in(row, at_);
  const auto exact = parse_instant(text);
  auto local = exact ? std::nullopt : local_time(text);
  if (!exact && !local) return fault(row, at_.column, no_date(text));
  if (local && time_) {
    const auto clock = trim(*time_ < row.cells.size() ? row.cells[*time_] : std::string_view());
    const auto second = parse_clock(clock);
    if (!clock.empty() && !second) return fault(row, time_, {Problem::Kind::Invalid, Msg::AnswerNotATime, "", {std::string(clock)}});
    if (second) local->second = second;
  }
  row.out.record.at = exact ? *exact : instant_of(*local, zone);
  if (auto problem = check_time(row.out.record.at, now_, zone)) fault(row, at_.column, *std::move(problem));
}

std::optional<LocalTime> ImportRows::local_time(std::string_view text) const {
  if (auto local = parse_local_time(text, profile_.file.order.value_or(DateOrder::DayFirst))) return local;
  return days_ ? xlsx::time_of_serial(text, *days_) : std::nullopt;
}

/// Text does not say where its numbers begin to count days, so a number is told as what it probably is and not taken for it.
Problem ImportRows::no_date(std::string_view text) const {
  const auto serial = days_ ? std::nullopt : xlsx::time_of_serial(text, xlsx::DaySystem::From1900);
  if (serial) return {Problem::Kind::Invalid, Msg::ImportSerialDay, "", {std::string(text), day_arg(serial->day)}};
  return {Problem::Kind::Invalid, Msg::AnswerNotADate, "", {std::string(text)}};
}

std::string ImportRows::number_text(std::string_view text) const {
  if (days_ || profile_.file.mark == '.')
    if (const auto plain = parse_decimal(text)) return pilar::text(*plain);
  const auto number = parse_number(text, profile_.file.mark == '\0' ? '.' : profile_.file.mark);
  return number ? pilar::text(*number) : std::string(text);
}

std::string ImportRows::as_read(const Item& item, const From& from, std::string_view text, Zone zone, Day day) const {
  auto mapped = meant(from, text);
  switch (item.kind) {
    case ItemKind::Choice:
    case ItemKind::Multiple:
    case ItemKind::Scale:
    case ItemKind::YesNo: {
      const auto* option = option_meant(item, mapped);
      return option == nullptr ? mapped : option->key;
    }
    case ItemKind::Number:
      return number_text(mapped);
    case ItemKind::Date: {
      const auto local = local_time(mapped);
      return local ? iso(local->day) : mapped;
    }
    case ItemKind::Time: {
      if (const auto second = parse_clock(mapped)) return clock_text(*second);
      const auto local = local_time(mapped);
      return local && local->second ? clock_text(*local->second) : mapped;
    }
    case ItemKind::Instant: {
      if (parse_instant(mapped)) return mapped;
      if (const auto second = parse_clock(mapped)) return iso(instant_of({day, second}, zone), zone);
      const auto local = local_time(mapped);
      return local && local->second ? iso(instant_of(*local, zone), zone) : mapped;
    }
    case ItemKind::Text:
    case ItemKind::Photo:
    case ItemKind::Calculation:
    case ItemKind::Person:
      break;
  }
  return mapped;
}

RawAnswer ImportRows::raw_answer(const FromItem& one, std::string_view text, Zone zone, Day day) const {
  RawAnswer raw;
  if (one.item->kind != ItemKind::Multiple || option_meant(*one.item, meant(one.from, text)) != nullptr) {
    raw.values.push_back(as_read(*one.item, one.from, text, zone, day));
    return raw;
  }
  const char separator = text.find(';') != std::string_view::npos ? ';' : text.find('|') != std::string_view::npos ? '|' : ',';
  for (const auto part : split(text, separator)) raw.values.push_back(as_read(*one.item, one.from, trim(part), zone, day));
  return raw;
}

void ImportRows::read_answers(const Row& row, Zone zone) {
  RawAnswers raw;
  std::vector<std::string> unread;
  const auto day = civil_day(row.out.record.at, zone);
  for (const auto& one : items_) {
    const auto text = text_in(row, one.from);
    if (refuse_unreadable(row, one.from.column)) unread.push_back(one.item->key);
    raw[one.item->key] = raw_answer(one, text, zone, day);
  }
  auto answers = check_answers(version_->form, raw, day, false);
  auto problems = answers ? check_moments(version_->form, *answers, now_, zone) : std::move(answers.error());
  if (answers) row.out.record.answers = *std::move(answers);
  for (auto& problem : problems) {
    if (std::ranges::find(unread, problem.field) != unread.end()) continue;  // said already, and better
    const auto from = std::ranges::find(items_, problem.field, [](const FromItem& one) { return one.item->key; });
    fault(row, from == items_.end() ? std::optional<std::size_t>() : from->from.column, std::move(problem));
  }
}

/// A hash of the key columns. Where the time is part of the key it stands in front, so that records of a period lie together.
Uuid ImportRows::id_of(const Row& row) const {
  std::string seed = profile_.instrument;
  for (const auto column : key_) seed.append("\x1f").append(column < row.cells.size() ? trim(row.cells[column]) : std::string_view());
  if (key_.empty())
    for (std::size_t i = 0; i < std::min(row.cells.size(), names_.size()); ++i) seed.append("\x1f").append(trim(row.cells[i]));
  return hashed_uuid(make_uuid(time_in_key_ ? row.out.record.at : Instant{}), sha256(seed));
}

}  // namespace pilar::app
