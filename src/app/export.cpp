#include "app/export.h"

#include <algorithm>
#include <map>
#include <optional>

#include "app/record_pages.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/command.h"
#include "i18n/words/common.h"
#include "i18n/words/result.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kExportPage = 500;

std::string key_of_code(const Item& item, std::int32_t code) {
  const auto* option = find_option(item, code);
  return option != nullptr ? option->key : std::to_string(code);
}

/// An answer as a program reads it.
struct AnswerCell {
  const Item& item;
  Zone zone;
  TableCell operator()(Empty empty) const {
    constexpr std::string_view kNames[] = {"(not asked)", "", "(not observed)", "(not applicable)"};
    return std::string(kNames[static_cast<std::size_t>(empty)]);
  }
  TableCell operator()(Code code) const { return key_of_code(item, code.value); }
  TableCell operator()(const Codes& codes) const {
    std::string out;
    for (const auto code : codes) out += (out.empty() ? "" : " ") + key_of_code(item, code);
    return out;
  }
  TableCell operator()(const Decimal& number) const { return number; }
  TableCell operator()(Day day) const { return day; }
  TableCell operator()(TimeOfDay time) const { return iso(time); }
  TableCell operator()(Instant at) const { return ZonedTime{at, zone}; }
  TableCell operator()(const std::string& words) const { return words; }
  /// Only that somebody was named: hashes do not leave the store.
  TableCell operator()(const NamedPerson&) const { return std::string("(given)"); }
  TableCell operator()(const PersonHash&) const { return std::string("(given)"); }
  TableCell operator()(const Photo& photo) const { return photo.hash; }
};

std::string_view state_name(RecordState state) {
  if (state == RecordState::Voided) return "voided";
  return state == RecordState::Flagged ? "flagged" : "valid";
}

TableColumn::Kind column_kind(ItemKind kind) {
  if (is_numeric(kind)) return TableColumn::Kind::Number;
  if (kind == ItemKind::Date) return TableColumn::Kind::Day;
  return kind == ItemKind::Instant ? TableColumn::Kind::Moment : TableColumn::Kind::Text;
}

/// The items of all versions of the instrument, those of the newest first.
std::vector<TableColumn> item_columns(const Reference& reference, InstrumentKey instrument) {
  std::vector<TableColumn> columns;
  for (auto at = reference.versions.rbegin(); at != reference.versions.rend(); ++at) {
    if (at->instrument != instrument) continue;
    for (const auto& item : at->form.items)
      if (std::ranges::find(columns, item.key, &TableColumn::title) == columns.end()) columns.push_back({item.key, column_kind(item.kind)});
  }
  return columns;
}

std::vector<TableColumn> record_columns() {
  using Kind = TableColumn::Kind;
  return {{"facility"},
          {"unit"},
          {"day", Kind::Day},
          {"at", Kind::Moment},
          {"id"},
          {"revision", Kind::Number},
          {"state"},
          {"version", Kind::Number}};
}

/// What the rows of one export need.
struct RecordExport {
  Context& context;
  std::shared_ptr<const Reference> reference;
  InstrumentKey instrument;
  FacilityKey place;
  Period days;
  std::vector<TableColumn> items;

  std::int64_t count() const {
    std::int64_t all = 0;
    context.db.read([&](store::Tx& tx) {
      for (const auto facility : facilities()) all += store::count_records(tx, facility, instrument, days.from, days.to);
    });
    return all;
  }

  void run(const OnTableRow& give) const {
    Places places;
    RecordPages pages(context, facilities(), instrument, {days.from, days.to, {}, {}, kExportPage});
    while (const auto page = pages.next())
      for (const auto& record : page->records) give(row_of(record, places));
  }

 private:
  /// Where the answer of each column stands among those of a version.
  using Places = std::map<VersionKey, std::vector<std::optional<std::size_t>>>;

  std::vector<FacilityKey> facilities() const { return reference->organisation.facilities_under(place, Day{days.to.value - 1}); }

  const std::vector<std::optional<std::size_t>>& places_in(const InstalledVersion& version, Places& places) const {
    auto& known = places[version.version];
    if (known.empty())
      for (const auto& column : items) known.push_back(version.form.index_of(column.title));
    return known;
  }

  std::vector<TableCell> row_of(const store::StoredRecord& record, Places& places) const {
    const auto* version = reference->find(record.version);
    const auto* node = reference->organisation.find(record.facility);
    require(version != nullptr && node != nullptr, "a stored record names an installed version and a known facility");
    const auto* unit = reference->organisation.find_unit(record.facility, record.unit);
    std::vector<TableCell> row{node->code,
                               unit != nullptr ? unit->code : std::string(),
                               record.day,
                               ZonedTime{record.at, node->zone},
                               text(record.id),
                               Decimal::whole(record.revision),
                               std::string(state_name(record.state)),
                               Decimal::whole(version->form.version)};
    const auto answers = from_canonical(record.answers);
    row.reserve(row.size() + items.size());
    for (const auto& index : places_in(*version, places))
      row.push_back(index && *index < answers.size() ? std::visit(AnswerCell{version->form.items[*index], node->zone}, answers[*index])
                                                     : TableCell());
    return row;
  }
};

}  // namespace

Result<Table> export_table(Context& context, Lang lang, const Scope& scope, const ExportQuery& query) {
  const auto reference = context.reference.get();
  const auto* version = reference->latest(query.instrument);
  if (version == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownInstrument, "instrument", {query.instrument});
  const auto* node = reference->organisation.find(query.place);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "place");
  if (!scope.may(Right::ReadRecords, reference->organisation, query.place))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "place");
  if (query.from >= query.to) return refuse(Msg::ExportBadPeriod, "to");
  RecordExport work{context,
                    reference,
                    version->instrument,
                    query.place,
                    {first_day(query.from), first_day(query.to)},
                    item_columns(*reference, version->instrument)};
  Table table{.caption = version->form.title.in(lang), .columns = record_columns()};
  table.notes = {{std::string(say(lang, Msg::ResultPlace)), node->name},
                 {std::string(say(lang, Msg::CommonPeriod)), format::range(lang, query.from, Month{query.to.value - 1})},
                 {std::string(say(lang, Msg::ResultReadAt)), format::moment(lang, context.clock.now(), node->zone)},
                 {std::string(say(lang, Msg::ResultCsvLines)), std::to_string(work.count())}};
  table.columns.insert(table.columns.end(), work.items.begin(), work.items.end());
  table.rows = [work = std::move(work)](const OnTableRow& give) { work.run(give); };
  return table;
}

}  // namespace pilar::app
