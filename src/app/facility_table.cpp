#include "app/facility_table.h"

#include <algorithm>
#include <map>

#include "app/result_series.h"
#include "i18n/words/access.h"
#include "i18n/words/home.h"
#include "i18n/words/result.h"
#include "store/network_cell.h"

namespace pilar::app {
namespace {

/// Which cells a table reads, and where each goes.
struct TableSource {
  std::size_t column = 0;
  std::string name{};    ///< of the series; empty: visits
  bool answers = false;  ///< those the need is decided by
};

class FacilityTableReader {
 public:
  FacilityTableReader(Context& context, std::shared_ptr<const Reference> reference, const Node& node, Month month, TableContent content)
      : context_(context),
        content_(content),
        from_(month) {
    table_.reference = std::move(reference);
    table_.node = &node;
    table_.month = month;
    table_.as_of = context.clock.now();
  }

  FacilityTable read() {
    choose_measures();
    return read_chosen();
  }

  /// One measure alone, from this month on.
  FacilityTable read_one(const InstalledVersion& version, const Measure& measure, Month from) {
    from_ = from;
    choose_series(version, measure, false);
    table_.measures.push_back({&version, &measure});
    return read_chosen();
  }

 private:
  FacilityTable read_chosen() {
    list_facilities();
    std::vector<SeriesKey> series;
    for (const auto& [key, source] : sources_) series.push_back(key);
    sums_.resize(table_.rows.size() * table_.measures.size());
    visits_.resize(table_.rows.size());
    answers_.resize(table_.rows.size());
    std::vector<FacilityKey> facilities;
    for (const auto& row : table_.rows) facilities.push_back(row.node->key);
    context_.db.read([&](store::Tx& tx) {
      const auto part = content_ == TableContent::All ? store::CellPart::All : store::CellPart::Counts;
      store::each_network_cell(tx, facilities, from_, {table_.month.value + 1}, series, [&](const store::CellRow& row) { add(row); }, part);
    });
    for (std::size_t i = 0; i < table_.rows.size(); ++i) finish(i);
    return std::move(table_);
  }

  void choose_measures() {
    const auto& reference = *table_.reference;
    for (const auto* version : reference.latest_of_all()) {
      if (!version->form.is_public || version->form.measures.empty()) continue;
      const auto& measure = version->form.measures.front();
      const bool decides = measure.minimum && minimum_ == nullptr;
      if (content_ == TableContent::Needs && !decides) continue;
      choose_series(*version, measure, decides);
      if (content_ == TableContent::All) table_.measures.push_back({version, &measure});
    }
  }

  void choose_series(const InstalledVersion& version, const Measure& measure, bool decides) {
    const auto& reference = *table_.reference;
    for (const auto& name : content_ == TableContent::All ? series_behind(measure) : std::vector{std::string(kRecords)})
      for (const auto key : reference.series_named(version.instrument, name))
        sources_[key] = {table_.measures.size(), name, decides && name == kRecords};
    if (!decides) return;
    minimum_ = &*measure.minimum;
    for (const auto key : reference.series_at(measure.visits)) sources_[key] = {};
  }

  void list_facilities() {
    const auto& organisation = table_.reference->organisation;
    const Day last{first_day({table_.month.value + 1}).value - 1};
    const auto facilities = organisation.facilities_under(table_.node->key, last);
    table_.rows.reserve(facilities.size());
    const auto* node = organisation.nodes().data();
    for (const auto key : facilities) {
      while (node->key < key) ++node;  // both in the order of their keys
      places_.resize(static_cast<std::size_t>(key.value) + 1);
      places_.back() = table_.rows.size();
      table_.rows.push_back({node, {}, {}, {}});
    }
  }

  /// Of facilities of the table alone.
  void add(const store::CellRow& cell) {
    const auto place = places_[static_cast<std::size_t>(cell.facility.value)];
    const auto& source = sources_.at(cell.series);
    if (source.name.empty()) visits_[place] = visits_[place] + cell.cell;
    if (source.answers) answers_[place] += cell.cell.n;
    if (!source.name.empty() && content_ == TableContent::All)
      sums_[place * table_.measures.size() + source.column].add(source.name, cell.bucket, cell.cell);
  }

  void finish(std::size_t i) {
    auto& row = table_.rows[i];
    if (visits_[i].n > 0) row.visits = visits_[i].sum;
    for (std::size_t column = 0; column < table_.measures.size(); ++column) {
      const auto& [version, measure] = table_.measures[column];
      const auto& sums = sums_[i * table_.measures.size() + column];
      row.readings.push_back(read_measure(version->form, *measure, sums));
    }
    if (minimum_ != nullptr) row.need = need_of(answers_[i], row.visits, *minimum_);
  }

  Context& context_;
  FacilityTable table_;
  std::map<SeriesKey, TableSource> sources_;
  TableContent content_;
  Month from_;
  const int* minimum_ = nullptr;  ///< of the first measure that has one: it decides the need
  std::vector<std::size_t> places_{};  ///< of a facility, by its key: where its row stands
  std::vector<Sums> sums_;  ///< row by row, one a measure
  std::vector<Cell> visits_;
  std::vector<std::int64_t> answers_;
};

}  // namespace

bool is_comparable(const Instrument& form, const Measure& measure) {
  return (measure.kind == MeasureKind::Rating || is_share(measure)) && !rests_on_reports(form, measure);
}

Result<FacilityTable> read_facility_shares(Context& context, const Scope& scope, FacilityKey place, const ShareWish& wish) {
  auto reference = context.reference.get();
  const auto* node = reference->organisation.find(place);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  if (!scope.may(Right::ReadResults, reference->organisation, place))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "tempat");
  const auto slash = std::min(wish.formula.find('/'), wish.formula.size());
  const auto* version = reference->latest(std::string_view(wish.formula).substr(0, slash));
  const Measure* measure = nullptr;
  if (version != nullptr && slash < wish.formula.size())
    for (const auto& one : version->form.measures)
      if (one.key == wish.formula.substr(slash + 1)) measure = &one;
  if (measure == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownMeasure, "ukuran", {wish.formula});
  if (!is_comparable(version->form, *measure)) return refuse(Problem::Kind::Invalid, Msg::FunnelNotComparable, "ukuran");
  if (wish.to <= wish.from) return refuse(Msg::ResultBadPeriod, "bulan");
  return FacilityTableReader(context, std::move(reference), *node, {wish.to.value - 1}, TableContent::All)
      .read_one(*version, *measure, wish.from);
}

Result<FacilityTable> read_facility_table(Context& context, const Scope& scope, FacilityKey place, Month month, TableContent content) {
  auto reference = context.reference.get();
  const auto* node = reference->organisation.find(place);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  if (!scope.may(Right::ReadResults, reference->organisation, place))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "tempat");
  return FacilityTableReader(context, std::move(reference), *node, month, content).read();
}

}  // namespace pilar::app
