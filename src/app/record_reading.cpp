#include "app/record_reading.h"

#include <algorithm>

#include "app/place_change.h"
#include "app/record_parts.h"
#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/answer.h"
#include "i18n/words/api.h"
#include "i18n/words/result.h"

namespace pilar::app {
namespace {

/// Facilities that one page looks at, however few records they have.
constexpr std::size_t kFacilitiesAPage = 200;

std::unexpected<Problems> refuse_whole() { return refuse(Problem::Kind::Forbidden, Msg::ApiWholePublic, "instrument"); }

/// One page under way.
class PageReader {
 public:
  PageReader(const Reference& reference, const Scope& scope, const WholeRecordQuery& query, InstrumentKey instrument)
      : reference_(reference),
        scope_(scope),
        query_(query),
        instrument_(instrument) {}

  /// False when the page is full.
  bool read(store::Tx& tx, FacilityKey facility) {
    store::RecordPage page{query_.from, query_.to, query_.unit, {}, static_cast<std::int64_t>(query_.limit)};
    if (query_.after && query_.after->facility == facility) {
      page.after.emplace();
      page.after->day = query_.after->day;
      page.after->unit = query_.after->unit;
      page.after->id = query_.after->id;
    }
    auto rows = store::load_records(tx, facility, instrument_, page);
    const bool more = rows.size() == query_.limit;
    for (auto& row : rows) {
      last_ = {facility, row.day, row.unit, row.id};
      if (is_wanted(row)) found_.push_back(std::move(row));
      if (found_.size() == query_.limit) return false;
    }
    if (!more) last_ = {facility, query_.to, {INT32_MAX}, {}};
    return !more;
  }

  std::vector<store::StoredRecord>& found() { return found_; }
  /// Where the next page begins.
  const WholeRecordPosition& last() const { return last_; }

 private:
  bool is_wanted(const store::StoredRecord& row) const {
    if (query_.state && *query_.state != row.state) return false;
    return scope_.may(Right::ReadRecords, reference_.organisation, row.facility, row.unit);
  }

  const Reference& reference_;
  const Scope& scope_;
  const WholeRecordQuery& query_;
  InstrumentKey instrument_;
  std::vector<store::StoredRecord> found_{};
  WholeRecordPosition last_{};
};

Problems check_whole_query(const Reference& reference, const Scope& scope, const WholeRecordQuery& query) {
  using Kind = Problem::Kind;
  const auto* version = reference.latest(query.instrument);
  if (version == nullptr) return {{Kind::NotFound, Msg::ResultUnknownInstrument, "instrument", {query.instrument}}};
  if (reference.organisation.find(query.place) == nullptr) return {{Kind::NotFound, Msg::ResultUnknownPlace, "place", {}}};
  if (!scope.may(Right::ReadRecords, reference.organisation, query.place)) return {{Kind::Forbidden, Msg::AccessMayNotRead, "place", {}}};
  if (query.unit && reference.organisation.find_unit(query.place, *query.unit) == nullptr)
    return {{Kind::NotFound, Msg::ResultUnknownUnit, "unit", {}}};
  if (version->form.is_public) return {{Kind::Forbidden, Msg::ApiWholePublic, "item", {}}};
  return {};
}

/// The reference is of the same snapshot as the records, so that it knows every version they name.
Result<WholeRecordPage> read_whole_page(std::shared_ptr<const Reference> reference, store::Tx& tx, const Scope& scope,
                                        const WholeRecordQuery& query, Instant now) {
  WholeRecordPage page;
  page.reference = std::move(reference);
  if (auto wrong = check_whole_query(*page.reference, scope, query); !wrong.empty()) return std::unexpected(std::move(wrong));
  const auto& organisation = page.reference->organisation;
  auto facilities = organisation.facilities_under(query.place, civil_day(now, organisation.find(query.place)->zone));
  if (query.after) std::erase_if(facilities, [&](FacilityKey one) { return one < query.after->facility; });
  PageReader reader(*page.reference, scope, query, page.reference->latest(query.instrument)->instrument);
  std::size_t looked = 0;
  bool full = false;
  for (; looked < facilities.size() && looked < kFacilitiesAPage && !full; ++looked) full = !reader.read(tx, facilities[looked]);
  if (full || looked < facilities.size()) page.next = reader.last();
  for (auto& row : reader.found()) page.records.push_back(whole_record(page.reference, std::move(row)));
  return page;
}

}  // namespace

WholeRecord whole_record(std::shared_ptr<const Reference> reference, store::StoredRecord record) {
  WholeRecord whole;
  whole.version = &version_of(*reference, record.version);
  whole.node = reference->organisation.find(record.facility);
  require(whole.node != nullptr, "a record's facility is known");
  whole.unit = reference->organisation.find_unit(record.facility, record.unit);
  whole.reference = std::move(reference);
  whole.record = std::move(record);
  return whole;
}

Result<WholeRecord> read_whole_record(Context& context, const Scope& scope, FacilityKey facility, const Uuid& id) {
  auto reference = context.reference.get();
  if (!scope.may(Right::ReadRecords, reference->organisation, facility))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "facility");
  std::optional<store::StoredRecord> record;
  context.db.read([&](store::Tx& tx) { record = store::find_record(tx, facility, id); });
  if (!record) return refuse(Problem::Kind::NotFound, Msg::RecordNotFound, "id");
  if (!scope.may(Right::ReadRecords, reference->organisation, facility, record->unit))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "unit");
  if (reference->find(record->version) == nullptr) refresh_reference(context);
  auto whole = whole_record(context.reference.get(), *std::move(record));
  if (whole.version->form.is_public) return refuse_whole();
  return whole;
}

std::string text(const WholeRecordPosition& position) {
  return std::to_string(position.facility.value) + "." + std::to_string(position.day.value) + "." + std::to_string(position.unit.value) +
         "." + text(position.id);
}

std::optional<WholeRecordPosition> parse_record_position(std::string_view text) {
  const auto parts = split(text, '.');
  if (parts.size() != 4) return {};
  const auto facility = parse_int(parts[0]), day = parse_int(parts[1]), unit = parse_int(parts[2]);
  const auto id = parse_uuid(parts[3]);
  const auto fits = [](const std::optional<std::int64_t>& n) { return n && *n >= INT32_MIN && *n <= INT32_MAX; };
  if (!fits(facility) || !fits(day) || !fits(unit) || !id) return {};
  return WholeRecordPosition{
      {static_cast<std::int32_t>(*facility)}, {static_cast<std::int32_t>(*day)}, {static_cast<std::int32_t>(*unit)}, *id};
}

Result<WholeRecordPage> list_whole_records(Context& context, const Scope& scope, const WholeRecordQuery& query) {
  Result<WholeRecordPage> result;
  const auto now = context.clock.now();
  context.db.read([&](store::Tx& tx) { result = read_whole_page(reference_in(context, tx), tx, scope, query, now); });
  return result;
}

}  // namespace pilar::app
