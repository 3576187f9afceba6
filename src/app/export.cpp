#include "app/export.h"

#include <algorithm>

#include "i18n/messages.h"
#include "interchange/csv.h"
#include "store/record_store.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kExportPage = 500;

std::string key_of_code(const Item& item, std::int32_t code) {
  const auto* option = find_option(item, code);
  return option != nullptr ? option->key : std::to_string(code);
}

/// An answer as a program reads it.
struct AnswerText {
  const Item& item;
  Zone zone;
  std::string operator()(Empty empty) const {
    constexpr std::string_view kNames[] = {"(not asked)", "", "(not observed)", "(not applicable)"};
    return std::string(kNames[static_cast<std::size_t>(empty)]);
  }
  std::string operator()(Code code) const { return key_of_code(item, code.value); }
  std::string operator()(const Codes& codes) const {
    std::string out;
    for (const auto code : codes) out += (out.empty() ? "" : " ") + key_of_code(item, code);
    return out;
  }
  std::string operator()(const Decimal& number) const { return text(number); }
  std::string operator()(Day day) const { return iso(day); }
  std::string operator()(TimeOfDay time) const {
    const auto two = [](std::int32_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(time.minutes / 60) + ":" + two(time.minutes % 60);
  }
  std::string operator()(Instant at) const { return iso(at, zone); }
  std::string operator()(const std::string& words) const { return words; }
  std::string operator()(const Photo& photo) const { return photo.hash; }
};

std::string_view state_name(RecordState state) {
  if (state == RecordState::Voided) return "voided";
  return state == RecordState::Flagged ? "flagged" : "valid";
}

/// One export at work: the columns of all versions of the instrument, those of the newest first.
class RecordExport {
 public:
  RecordExport(std::shared_ptr<const Reference> reference, InstrumentKey instrument)
      : reference_(std::move(reference)),
        instrument_(instrument) {
    for (auto at = reference_->versions.rbegin(); at != reference_->versions.rend(); ++at)
      if (at->instrument == instrument)
        for (const auto& item : at->form.items)
          if (std::ranges::find(items_, item.key) == items_.end()) items_.push_back(item.key);
    std::vector<std::string> titles{"facility", "unit", "day", "at", "id", "revision", "state", "version"};
    titles.insert(titles.end(), items_.begin(), items_.end());
    out_.row(titles);
  }

  /// Each page is a read of its own, so that no snapshot is kept open for long.
  void add_facility(Context& context, FacilityKey facility, Period days, const std::function<void(std::string_view)>& write) {
    store::RecordPage page{days.from, days.to, {}, {}, kExportPage};
    for (std::int64_t found = kExportPage; found == kExportPage;) {
      std::vector<store::StoredRecord> records;
      context.db.read([&](store::Tx& tx) { records = store::load_records(tx, facility, instrument_, page); });
      for (const auto& record : records) add(record);
      write(out_.take());
      found = static_cast<std::int64_t>(records.size());
      if (!records.empty()) page.after = std::move(records.back());
    }
  }

  std::string take() { return out_.take(); }
  std::int64_t count() const { return count_; }

 private:
  void add(const store::StoredRecord& record) {
    const auto* version = reference_->find(record.version);
    const auto* node = reference_->organisation.find(record.facility);
    require(version != nullptr && node != nullptr, "a stored record names an installed version and a known facility");
    const auto* unit = reference_->organisation.find_unit(record.facility, record.unit);
    std::vector<std::string> row{node->code,
                                 unit != nullptr ? unit->code : std::string(),
                                 iso(record.day),
                                 iso(record.at, node->zone),
                                 text(record.id),
                                 std::to_string(record.revision),
                                 std::string(state_name(record.state)),
                                 std::to_string(version->form.version)};
    const auto answers = from_canonical(record.answers);
    for (const auto& key : items_) {
      const auto index = version->form.index_of(key);
      row.push_back(index && *index < answers.size() ? std::visit(AnswerText{version->form.items[*index], node->zone}, answers[*index])
                                                     : std::string());
    }
    out_.row(row);
    ++count_;
  }

  std::shared_ptr<const Reference> reference_;
  InstrumentKey instrument_;
  std::vector<std::string> items_{};
  csv::Writer out_{};
  std::int64_t count_ = 0;
};

}  // namespace

Result<std::int64_t> export_records(Context& context, const Scope& scope, const ExportQuery& query,
                                    const std::function<void(std::string_view)>& write) {
  const auto reference = context.reference.get();
  const auto* version = reference->latest(query.instrument);
  if (version == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownInstrument, "instrument", {query.instrument});
  if (reference->organisation.find(query.place) == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "place");
  if (!scope.may(Right::ReadRecords, reference->organisation, query.place))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "place");
  if (query.from >= query.to) return refuse(Msg::ExportBadPeriod, "to");
  const Period days{first_day(query.from), first_day(query.to)};
  RecordExport work(reference, version->instrument);
  write(work.take());
  for (const auto facility : reference->organisation.facilities_under(query.place, Day{days.to.value - 1}))
    work.add_facility(context, facility, days, write);
  return work.count();
}

}  // namespace pilar::app
