#include "app/result.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/chart_mark.h"
#include "app/result_children.h"
#include "app/result_series.h"
#include "domain/report.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/result.h"
#include "store/cell_store.h"
#include "store/network_cell.h"
#include "store/office_cell.h"
#include "store/report_store.h"

namespace pilar::app {
namespace {

constexpr int kLongestDays = 3653;  // ten years

using PartKey = std::pair<FacilityKey, UnitKey>;

struct Months {
  Month from, to;  ///< half-open
  bool holds(Month month) const { return from <= month && month < to; }
};

/// Cells on their way to readings: per month for the trend, per part for the comparison.
struct Gathered {
  std::map<Month, Sums> months;
  std::map<PartKey, Sums> parts;
  Sums period;
};

class Reader {
 public:
  Reader(Context& context, const ResultQuery& query, std::shared_ptr<const Reference> reference, const InstalledVersion& version,
         const Node& node)
      : context_(context),
        query_(query),
        reference_(std::move(reference)),
        version_(version),
        node_(node) {}

  Result<ResultView> read() {
    const Day last{query_.period.to.value - 1};
    names_ = series_names(*reference_, version_, query_.breakdown);
    trend_to_ = {month_of(last).value + 1};
    trend_from_ = {std::min(month_of(query_.period.from).value, trend_to_.value - query_.trend_months)};
    facilities_ = reference_->organisation.facilities_under(node_.key, last);
    below_ = children_of(reference_->organisation, node_, facilities_, last);
    std::optional<Problem> problem;
    context_.db.read([&](store::Tx& tx) {
      problem = check_edges(tx);
      if (problem) return;
      gather(tx);
      gather_years(tx);
      gather_reports(tx);
      gather_visits(tx);
      if (query_.with_marks && is_facility()) marks_ = load_chart_setup(tx, *reference_, node_, query_.unit.value_or(UnitKey{}));
    });
    if (problem) return refuse(*std::move(problem));
    return assemble();
  }

 private:
  bool in_period(Month month) const { return span_.from <= month && month < span_.to; }

  /// Day cells expire; the months they stood in can only be read whole.
  std::optional<Problem> check_edges(store::Tx& tx) const {
    if (span_.edges.empty()) return {};
    const auto first = store::first_day_with_cells(tx, one_facility());
    if (span_.edges.front().from >= first) return {};
    return Problem{Problem::Kind::Invalid, Msg::ResultDaysGone, "period", {day_arg(first)}};
  }

  bool is_facility() const { return node_.kind == NodeKind::Facility; }
  bool is_wanted(UnitKey unit) const { return !query_.unit || unit == *query_.unit; }
  std::optional<FacilityKey> one_facility() const { return is_facility() ? std::optional(node_.key) : std::nullopt; }

  /// Which part of the comparison a facility's cells belong to; empty where it does not lie here.
  std::optional<PartKey> part_of(FacilityKey facility, UnitKey unit) const {
    if (is_facility()) return facility == node_.key ? std::optional(PartKey{facility, unit}) : std::nullopt;
    const auto at = below_.child_of.find(facility);
    return at == below_.child_of.end() ? std::nullopt : std::optional(PartKey{at->second, {0}});
  }

  /// Cells of whole months and of single days here, each with its part.
  using OnPart = std::function<void(PartKey, const store::CellRow&)>;
  /// Cells of the months of `all` for the place as a whole, and of those of `compared`, which lie within, for its parts.
  void each_month(store::Tx& tx, Months all, Months compared, store::SeriesSet series, const store::OnCell& whole,
                  const OnPart& part) const {
    if (is_facility())
      return store::each_month_cell(tx, node_.key, all.from, all.to, series, [&](const store::CellRow& row) {
        if (is_wanted(row.unit)) whole(row);
        if (compared.holds(row.month)) part({node_.key, row.unit}, row);
      });
    store::each_office_cell(tx, {&below_.whole, 1}, all.from, all.to, series, whole);
    if (!query_.with_parts) return;
    store::each_office_cell(tx, below_.offices, compared.from, compared.to, series,
                            [&](const store::CellRow& row) { part({row.facility, {0}}, row); });
    store::each_network_cell(tx, below_.facilities, compared.from, compared.to, series,
                             [&](const store::CellRow& row) { part({below_.child_of.at(row.facility), {0}}, row); });
  }
  void each_edge(store::Tx& tx, std::span<const Period> edges, store::SeriesSet series, const OnPart& visit) const {
    const auto give = [&](const store::CellRow& row) {
      if (const auto part = part_of(row.facility, row.unit)) visit(*part, row);
    };
    for (const auto edge : edges)
      is_facility() ? store::each_summed_cell(tx, node_.key, edge, series, give)
                    : store::each_network_sum(tx, facilities_, edge, series, give);
  }

  void gather(store::Tx& tx) {
    const auto add_to_period = [&](PartKey part, const store::CellRow& row) {
      const auto& name = names_.names.at(row.series);
      gathered_.parts[part].add(name, row.bucket, row.cell);
      if (is_wanted(row.unit)) gathered_.period.add(name, row.bucket, row.cell);
    };
    const auto add_to_whole = [&](const store::CellRow& row) {
      const auto& name = names_.names.at(row.series);
      gathered_.months[row.month].add(name, row.bucket, row.cell);
      if (in_period(row.month)) gathered_.period.add(name, row.bucket, row.cell);
    };
    each_month(
        tx, {trend_from_, trend_to_}, {span_.from, span_.to}, names_.keys, add_to_whole,
        [&](PartKey part, const store::CellRow& row) { gathered_.parts[part].add(names_.names.at(row.series), row.bucket, row.cell); });
    each_edge(tx, span_.edges, names_.keys, add_to_period);
  }

  /// Numerators over yearly targets, from the first day of each year on.
  std::vector<SeriesKey> cumulative_series() const {
    std::set<std::string_view> numerators;
    if (!query_.breakdown)
      for (const auto& measure : version_.form.measures)
        if (is_cumulative(version_.form, measure)) numerators.insert(measure.numerator);
    std::vector<SeriesKey> keys;
    for (const auto& [key, name] : names_.names)
      if (numerators.contains(name)) keys.push_back(key);
    return keys;
  }

  void gather_years(store::Tx& tx) {
    const auto series = cumulative_series();
    if (series.empty()) return;
    const Day last{query_.period.to.value - 1};
    const auto to_date = span_of({year_of(last).from, query_.period.to});
    const auto add_to_period = [&](PartKey part, const store::CellRow& row) {
      const auto& name = names_.names.at(row.series);
      gathered_.parts[part].add_year(name, row.cell);
      if (is_wanted(row.unit)) gathered_.period.add_year(name, row.cell);
    };
    const Months counted{to_date.from, to_date.to};
    const auto add_to_whole = [&](const store::CellRow& row) {
      const auto& name = names_.names.at(row.series);
      if (counted.holds(row.month)) gathered_.period.add_year(name, row.cell);
      const auto next_year = month_of(year_of(first_day(row.month)).to);
      for (auto month = std::max(row.month, trend_from_); month < std::min(next_year, trend_to_); ++month.value)
        gathered_.months[month].add_year(name, row.cell);
    };
    each_month(tx, {month_of(year_of(first_day(trend_from_)).from), trend_to_}, counted, series, add_to_whole,
               [&](PartKey part, const store::CellRow& row) { gathered_.parts[part].add_year(names_.names.at(row.series), row.cell); });
    each_edge(tx, to_date.edges, series, add_to_period);
  }

  /// States and yearly targets: what each unit last reported, added up at the end of each month and of the period.
  void gather_reports(store::Tx& tx) {
    if (names_.kept.empty()) return;
    const Day last{query_.period.to.value - 1};
    std::vector<SeriesKey> keys;
    std::map<std::string_view, Aggregation> kinds;
    for (const auto& [key, series] : names_.kept) {
      keys.push_back(key);
      kinds.emplace(series->key, series->aggregation);
    }
    Reports reports;
    std::set<PartKey> parts;
    store::each_report(tx, one_facility(), keys, {year_of(first_day(trend_from_)).from, year_of(last).to},
                       [&](const CellKey& key, const Cell& cell) {
                         const auto part = part_of(key.facility, key.unit);
                         if (!part) return;
                         reports.add(names_.kept.at(key.series)->key, key, cell);
                         parts.insert(*part);
                       });
    const auto add = [&](Sums& sums, Day day, const Reports::Within& within) {
      for (const auto& [name, kind] : kinds)
        if (const auto total = reports.total(name, kind, day, within); total.n > 0) sums.add(name, 0, total);
    };
    const auto wanted = [&](FacilityKey, UnitKey unit) { return is_wanted(unit); };
    for (auto month = trend_from_; month < trend_to_; ++month.value) add(gathered_.months[month], {period_of(month).to.value - 1}, wanted);
    add(gathered_.period, last, wanted);
    if (!query_.with_parts) parts.clear();
    holds_reports_ = std::ranges::any_of(kinds, [&](const auto& one) { return reports.total(one.first, one.second, last, wanted).n > 0; });
    for (const auto& part : parts)
      add(gathered_.parts[part], last, [&](FacilityKey facility, UnitKey unit) { return part_of(facility, unit) == part; });
  }

  const Measure* measure_with_minimum() const {
    for (const auto& measure : version_.form.measures)
      if (measure.minimum && !measure.visits.empty()) return &measure;
    return nullptr;
  }

  /// Visits are reported through another instrument; a month nobody reported stays unknown. Only facilities have a need.
  void gather_visits(store::Tx& tx) {
    const auto* measure = measure_with_minimum();
    if (measure == nullptr || query_.breakdown || (!is_facility() && !query_.with_parts)) return;
    const auto slash = measure->visits.find('/');
    const auto* source = slash == std::string::npos ? nullptr : reference_->latest(std::string_view(measure->visits).substr(0, slash));
    if (source == nullptr) return;
    const auto series = reference_->series_named(source->instrument, std::string_view(measure->visits).substr(slash + 1));
    const auto note = [&](const store::CellRow& row) {
      auto& sum = visits_[{row.facility, row.month}];
      sum = sum + row.cell;
    };
    if (node_.kind == NodeKind::Facility)
      store::each_month_cell(tx, node_.key, span_.from, span_.to, series, note);
    else
      store::each_network_cell(tx, below_.facilities, span_.from, span_.to, series, note);
  }

  std::optional<std::int64_t> visits(FacilityKey facility, Month month) const {
    const auto at = visits_.find({facility, month});
    if (at == visits_.end() || at->second.n == 0) return {};
    return at->second.sum;
  }

  std::vector<MeasureReading> measures_of(const Sums& sums) const {
    std::vector<MeasureReading> out;
    for (const auto& measure : version_.form.measures)
      if (!query_.breakdown || is_broken_down(measure)) out.push_back(read_measure(version_.form, measure, sums));
    return out;
  }

  /// With a breakdown, only measures whose every item is counted by it.
  bool is_broken_down(const Measure& measure) const {
    return std::ranges::all_of(counted_items(measure), [&](const std::string& key) {
      return std::ranges::any_of(names_.names, [&](const auto& entry) { return entry.second == key; });
    });
  }

  /// With a breakdown the record counter is not broken down; the best-answered item stands for it.
  std::int64_t records_of(const Sums& sums) const {
    if (!query_.breakdown) return sums.records();
    std::int64_t most = 0;
    for (const auto& reading : items_of(sums)) most = std::max(most, reading.answered);
    return most;
  }

  std::vector<ItemReading> items_of(const Sums& sums) const {
    std::vector<ItemReading> out;
    std::set<std::string> counted;
    for (const auto& [key, name] : names_.names) counted.insert(name);
    for (const auto& [key, series] : names_.kept) counted.insert(series->key);
    for (std::size_t i = 0; i < version_.form.items.size(); ++i)
      if (counted.contains(version_.form.items[i].key)) out.push_back(read_item(version_.form, i, sums));
    return out;
  }

  std::vector<ResultMonth> trend() const {
    const auto running = month_of(civil_day(context_.clock.now(), node_.zone));
    std::vector<ResultMonth> out;
    for (Month month = trend_from_; month < trend_to_; ++month.value) {
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
    const bool one_month = query_.period == period_of(span_.from);
    if (!unit && node != nullptr && node->kind == NodeKind::Facility && one_month) out.need = need(place, span_.from, out.records);
    return out;
  }

  const Sums& part_sums(FacilityKey place, UnitKey unit) const {
    static const Sums none;
    const auto at = gathered_.parts.find({place, unit});
    return at == gathered_.parts.end() ? none : at->second;
  }

  std::vector<ResultPart> parts() const {
    std::vector<ResultPart> out;
    if (!query_.with_parts) return out;
    if (node_.kind != NodeKind::Facility) {
      for (const auto* child : reference_->organisation.children(node_.key, Day{query_.period.to.value - 1}))
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
    for (Month month = span_.from; month < span_.to; ++month.value) {
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
    view.period = query_.period;
    view.breakdown = query_.breakdown;
    view.as_of = context_.clock.now();
    view.facilities = facilities_.size();
    view.records = records_of(gathered_.period);
    view.is_empty = view.records == 0 && !holds_reports_;
    view.measures = measures_of(gathered_.period);
    view.items = items_of(gathered_.period);
    view.trend = trend();
    view.parts = parts();
    view.needs = needs();
    view.marks = marks_;
    return view;
  }

  Context& context_;
  const ResultQuery& query_;
  std::shared_ptr<const Reference> reference_;
  const InstalledVersion& version_;
  const Node& node_;
  MonthSpan span_ = span_of(query_.period);
  SeriesNames names_;
  Month trend_from_, trend_to_;
  std::vector<FacilityKey> facilities_;
  Children below_{{node_.key}};
  Gathered gathered_;
  bool holds_reports_ = false;
  ChartMarks marks_{};
  std::map<std::pair<FacilityKey, Month>, Cell> visits_;
};

bool has_breakdown(const InstalledVersion& version, const Breakdown& breakdown) {
  const auto suffix = "@" + breakdown.item + "=" + breakdown.option;
  return std::ranges::any_of(version.series, [&](const Series& series) { return series.key.ends_with(suffix); });
}

}  // namespace

MonthSpan span_of(Period period) {
  const auto first = month_of(period.from);
  MonthSpan out{first_day(first) == period.from ? first : Month{first.value + 1}, month_of(period.to)};
  if (out.from > out.to) return {out.from, out.from, {period}};  // within one month
  const Period before{period.from, first_day(out.from)}, after{first_day(out.to), period.to};
  for (const auto edge : {before, after})
    if (edge.from < edge.to) out.edges.push_back(edge);
  return out;
}

Result<ResultView> read_result(Context& context, const Scope& scope, const ResultQuery& query) {
  auto reference = context.reference.get();
  const auto* version = reference->with_results(query.instrument);
  if (version == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownInstrument, "instrument", {query.instrument});
  const auto* node = reference->organisation.find(query.place);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "place");
  if (!scope.may(Right::ReadResults, reference->organisation, query.place))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "place");
  if (query.unit && reference->organisation.find_unit(query.place, *query.unit) == nullptr)
    return refuse(Problem::Kind::NotFound, Msg::ResultUnknownUnit, "unit");
  if (query.period.from >= query.period.to || query.period.to.value - query.period.from.value > kLongestDays)
    return refuse(Msg::ResultBadPeriod, "period");
  if (query.breakdown && !has_breakdown(*version, *query.breakdown))
    return refuse(Problem::Kind::NotFound, Msg::ResultUnknownBreakdown, "breakdown");
  return Reader(context, query, reference, *version, *node).read();
}

}  // namespace pilar::app
