#include "app/result.h"

#include <algorithm>
#include <map>
#include <set>

#include "i18n/messages.h"
#include "store/cell_store.h"

namespace pilar::app {
namespace {

constexpr int kLongestMonths = 120;

using PartKey = std::pair<FacilityKey, UnitKey>;

/// Cells on their way to readings: per month for the trend, per part for the comparison.
struct Gathered {
  std::map<Month, Sums> months;
  std::map<PartKey, Sums> parts;
  Sums period;
};

/// Which series to read and under which item's name to sum them.
struct SeriesNames {
  std::map<SeriesKey, std::string> names;
  std::vector<SeriesKey> keys;  ///< ascending
};

SeriesNames series_names(const Reference& reference, const InstalledVersion& latest, const std::optional<Breakdown>& breakdown) {
  SeriesNames out;
  const auto suffix = breakdown ? "@" + breakdown->item + "=" + breakdown->option : std::string();
  for (const auto& version : reference.versions) {
    if (version.instrument != latest.instrument) continue;
    for (const auto& series : version.series) {
      const bool plain = series.key.find('@') == std::string::npos;
      if (!breakdown && plain) out.names.emplace(series.id, series.key);
      if (breakdown && series.key.ends_with(suffix)) out.names.emplace(series.id, series.key.substr(0, series.key.size() - suffix.size()));
    }
  }
  for (const auto& [key, name] : out.names) out.keys.push_back(key);
  return out;
}

class Reader {
 public:
  Reader(Context& context, const ResultQuery& query, std::shared_ptr<const Reference> reference, const InstalledVersion& version,
         const Node& node)
      : context_(context),
        query_(query),
        reference_(std::move(reference)),
        version_(version),
        node_(node) {}

  ResultView read() {
    names_ = series_names(*reference_, version_, query_.breakdown);
    trend_from_ = {std::min(query_.from.value, query_.to.value - query_.trend_months)};
    facilities_ = reference_->organisation.facilities_under(node_.key, Day{first_day(query_.to).value - 1});
    context_.db.read([&](store::Tx& tx) {
      if (node_.kind == NodeKind::Facility)
        gather_facility(tx);
      else
        gather_network(tx);
      gather_visits(tx);
    });
    return assemble();
  }

 private:
  bool in_period(Month month) const { return query_.from <= month && month < query_.to; }

  void gather_facility(store::Tx& tx) {
    store::each_month_cell(tx, node_.key, trend_from_, query_.to, names_.keys, [&](const store::CellRow& row) {
      const auto& name = names_.names.at(row.series);
      if (in_period(row.month)) gathered_.parts[{row.facility, row.unit}].add(name, row.bucket, row.cell);
      if (query_.unit && row.unit != *query_.unit) return;
      gathered_.months[row.month].add(name, row.bucket, row.cell);
      if (in_period(row.month)) gathered_.period.add(name, row.bucket, row.cell);
    });
  }

  void gather_network(store::Tx& tx) {
    std::map<FacilityKey, FacilityKey> part_of;  // facility -> the child of this node it stands under
    for (const auto* child : reference_->organisation.children(node_.key))
      for (const auto facility : reference_->organisation.facilities_under(child->key, Day{first_day(query_.to).value - 1}))
        part_of.emplace(facility, child->key);
    const std::set<FacilityKey> visible(facilities_.begin(), facilities_.end());
    store::each_network_cell(tx, trend_from_, query_.to, names_.keys, [&](const store::CellRow& row) {
      if (!visible.contains(row.facility)) return;
      const auto& name = names_.names.at(row.series);
      gathered_.months[row.month].add(name, row.bucket, row.cell);
      if (!in_period(row.month)) return;
      gathered_.period.add(name, row.bucket, row.cell);
      gathered_.parts[{part_of.at(row.facility), {0}}].add(name, row.bucket, row.cell);
    });
  }

  const Measure* measure_with_minimum() const {
    for (const auto& measure : version_.form.measures)
      if (measure.minimum && !measure.visits.empty()) return &measure;
    return nullptr;
  }

  /// Visits are reported through another instrument; a month nobody reported stays unknown.
  void gather_visits(store::Tx& tx) {
    const auto* measure = measure_with_minimum();
    if (measure == nullptr) return;
    const auto slash = measure->visits.find('/');
    const auto* source = slash == std::string::npos ? nullptr : reference_->latest(std::string_view(measure->visits).substr(0, slash));
    if (source == nullptr) return;
    const auto series = reference_->series_named(source->instrument, std::string_view(measure->visits).substr(slash + 1));
    const auto note = [&](const store::CellRow& row) {
      auto& sum = visits_[{row.facility, row.month}];
      sum = sum + row.cell;
    };
    if (node_.kind == NodeKind::Facility)
      store::each_month_cell(tx, node_.key, query_.from, query_.to, series, note);
    else
      store::each_network_cell(tx, query_.from, query_.to, series, note);
  }

  std::optional<std::int64_t> visits(FacilityKey facility, Month month) const {
    const auto at = visits_.find({facility, month});
    if (at == visits_.end() || at->second.n == 0) return {};
    return at->second.sum;
  }

  std::vector<MeasureReading> measures_of(const Sums& sums) const {
    std::vector<MeasureReading> out;
    for (const auto& measure : version_.form.measures)
      if (!query_.breakdown || measure.kind == MeasureKind::Rating) out.push_back(read_measure(version_.form, measure, sums));
    return out;
  }

  /// With a breakdown the record counter is not broken down; the best-answered item stands for it.
  std::int64_t records_of(const Sums& sums) const {
    if (!query_.breakdown) return sums.records();
    std::int64_t most = 0;
    for (const auto& measure : version_.form.measures)
      if (measure.kind == MeasureKind::Rating) most = std::max(most, read_measure(version_.form, measure, sums).rating.n);
    return most;
  }

  std::vector<ItemReading> items_of(const Sums& sums) const {
    std::vector<ItemReading> out;
    std::set<std::string> counted;
    for (const auto& [key, name] : names_.names) counted.insert(name);
    for (std::size_t i = 0; i < version_.form.items.size(); ++i)
      if (counted.contains(version_.form.items[i].key)) out.push_back(read_item(version_.form, i, sums));
    return out;
  }

  std::vector<ResultMonth> trend() const {
    const auto running = month_of(civil_day(context_.clock.now(), node_.zone));
    std::vector<ResultMonth> out;
    for (Month month = trend_from_; month < query_.to; ++month.value) {
      const auto at = gathered_.months.find(month);
      const Sums none;
      const auto& sums = at == gathered_.months.end() ? none : at->second;
      if (out.empty() && sums.empty()) continue;  // the trend begins with the first month that has anything
      out.push_back({month, running <= month, records_of(sums), measures_of(sums)});
    }
    return out;
  }

  std::optional<Need> need(FacilityKey facility, Month month, std::int64_t answers) const {
    const auto* measure = measure_with_minimum();
    if (measure == nullptr || query_.breakdown) return {};
    return need_of(answers, visits(facility, month), *measure->minimum);
  }

  ResultPart part(std::string name, FacilityKey place, std::optional<UnitKey> unit, const Sums& sums) const {
    ResultPart out{std::move(name), place, unit, records_of(sums), measures_of(sums), {}};
    const auto* node = reference_->organisation.find(place);
    const bool one_month = query_.to.value - query_.from.value == 1;
    if (!unit && node != nullptr && node->kind == NodeKind::Facility && one_month) out.need = need(place, query_.from, out.records);
    return out;
  }

  const Sums& part_sums(FacilityKey place, UnitKey unit) const {
    static const Sums none;
    const auto at = gathered_.parts.find({place, unit});
    return at == gathered_.parts.end() ? none : at->second;
  }

  std::vector<ResultPart> parts() const {
    std::vector<ResultPart> out;
    if (node_.kind != NodeKind::Facility) {
      for (const auto* child : reference_->organisation.children(node_.key))
        out.push_back(part(child->name, child->key, {}, part_sums(child->key, {0})));
      return out;
    }
    for (const auto& unit : reference_->organisation.units(node_.key))
      out.push_back(part(unit.name, node_.key, unit.key, part_sums(node_.key, unit.key)));
    if (gathered_.parts.contains({node_.key, {0}})) out.push_back(part("", node_.key, UnitKey{0}, part_sums(node_.key, {0})));
    return out;
  }

  std::vector<MonthNeed> needs() const {
    std::vector<MonthNeed> out;
    if (node_.kind != NodeKind::Facility || query_.unit) return out;
    for (Month month = query_.from; month < query_.to; ++month.value) {
      const auto at = gathered_.months.find(month);
      if (const auto one = need(node_.key, month, at == gathered_.months.end() ? 0 : records_of(at->second))) out.push_back({month, *one});
    }
    return out;
  }

  ResultView assemble() const {
    ResultView view;
    view.reference = reference_;
    view.version = &version_;
    view.node = &node_;
    if (query_.unit) view.unit = reference_->organisation.find_unit(node_.key, *query_.unit);
    view.from = query_.from;
    view.to = query_.to;
    view.breakdown = query_.breakdown;
    view.as_of = context_.clock.now();
    view.facilities = facilities_.size();
    view.records = records_of(gathered_.period);
    view.measures = measures_of(gathered_.period);
    view.items = items_of(gathered_.period);
    view.trend = trend();
    view.parts = parts();
    view.needs = needs();
    return view;
  }

  Context& context_;
  const ResultQuery& query_;
  std::shared_ptr<const Reference> reference_;
  const InstalledVersion& version_;
  const Node& node_;
  SeriesNames names_;
  Month trend_from_;
  std::vector<FacilityKey> facilities_;
  Gathered gathered_;
  std::map<std::pair<FacilityKey, Month>, Cell> visits_;
};

bool has_breakdown(const InstalledVersion& version, const Breakdown& breakdown) {
  const auto suffix = "@" + breakdown.item + "=" + breakdown.option;
  return std::ranges::any_of(version.series, [&](const Series& series) { return series.key.ends_with(suffix); });
}

}  // namespace

Result<ResultView> read_result(Context& context, const Scope& scope, const ResultQuery& query) {
  auto reference = context.reference.get();
  const auto* version = reference->latest(query.instrument);
  if (version == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownInstrument, "instrument", {query.instrument});
  const auto* node = reference->organisation.find(query.place);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "place");
  if (!scope.may(Right::ReadResults, reference->organisation, query.place))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "place");
  if (query.unit && reference->organisation.find_unit(query.place, *query.unit) == nullptr)
    return refuse(Problem::Kind::NotFound, Msg::ResultUnknownUnit, "unit");
  if (query.from >= query.to || query.to.value - query.from.value > kLongestMonths) return refuse(Msg::ResultBadPeriod, "period");
  if (query.breakdown && !has_breakdown(*version, *query.breakdown))
    return refuse(Problem::Kind::NotFound, Msg::ResultUnknownBreakdown, "breakdown");
  return Reader(context, query, reference, *version, *node).read();
}

}  // namespace pilar::app
