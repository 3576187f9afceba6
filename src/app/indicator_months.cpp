#include "app/indicator_months.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/chart_mark.h"
#include "app/result_series.h"
#include "domain/report.h"
#include "store/cell_store.h"
#include "store/report_store.h"

namespace pilar::app {
namespace {

/// What is read of one instrument, or of one formula over it.
struct Source {
  const InstalledVersion* version = nullptr;
  SeriesNames names{};
  std::set<std::string, std::less<>> cumulative{};  ///< items that accumulate over a yearly target
  std::map<Month, Sums> months{};
};

/// A cell's or report's series belongs to one of them.
struct SourceName {
  Source* source = nullptr;
  std::string_view name;
};

class IndicatorReader {
 public:
  IndicatorReader(Context& context, IndicatorMonths& out, const IndicatorSpan& span)
      : context_(context),
        out_(out),
        unit_(span.unit),
        facility_(*out.kamus.node),
        whole_(span.months >= kIndicatorMonths),
        from_{out.until.value - span.months + 1},
        to_{out.until.value + 1} {
    if (!whole_) from_.value -= longest_rhythm() - 1;
  }

  void read() {
    for (const auto& line : out_.kamus.lines)
      if (line.used && line.measure != nullptr)
        for (const auto* part : out_.kamus.parts_of(line))
          if (part->measure != nullptr) add_source(*part);
    context_.db.read([&](store::Tx& tx) {
      gather_cells(tx);
      gather_reports(tx);
      marks_ = load_chart_setup(tx, *out_.kamus.reference, facility_, unit_.value_or(UnitKey{}));
    });
    for (const auto& line : out_.kamus.lines)
      if (line.used && line.measure != nullptr) out_.series.push_back(series_of(line));
  }

 private:
  int longest_rhythm() const {
    int longest = 1;
    for (const auto& line : out_.kamus.lines)
      if (line.used) longest = std::max(longest, line.profile().rhythm.collect);
    return longest;
  }

  void add_source(const KamusLine& line) {
    auto& source = sources_[line.form];
    if (source.version == nullptr) {
      source.version = line.form;
      source.names = series_names(*out_.kamus.reference, *line.form, {});
      for (const auto& [key, name] : source.names.names) cells_.emplace(key, SourceName{&source, name});
      for (const auto& [key, series] : source.names.kept) reports_.emplace(key, SourceName{&source, series->key});
    }
    if (is_cumulative(line.form->form, *line.measure)) source.cumulative.insert(line.measure->numerator);
  }

  bool is_wanted(UnitKey unit) const { return !unit_ || unit == *unit_; }

  template <class Map>
  static std::vector<SeriesKey> keys_of(const Map& names) {
    std::vector<SeriesKey> keys;
    for (const auto& [key, name] : names) keys.push_back(key);
    return keys;
  }

  void gather_cells(store::Tx& tx) {
    const auto keys = keys_of(cells_);
    if (keys.empty()) return;
    const auto first = month_of(year_of(first_day(from_)).from);
    store::each_month_cell(tx, facility_.key, first, to_, keys, [&](const store::CellRow& row) {
      if (!is_wanted(row.unit)) return;
      const auto& [source, name] = cells_.at(row.series);
      if (from_ <= row.month) source->months[row.month].add(name, row.bucket, row.cell);
      if (source->cumulative.contains(name)) accumulate(*source, name, row);
    });
  }

  /// A numerator over a yearly target counts in every later month of its year.
  void accumulate(Source& source, std::string_view name, const store::CellRow& row) const {
    const auto next_year = month_of(year_of(first_day(row.month)).to);
    for (auto month = std::max(row.month, from_); month < std::min(next_year, to_); ++month.value)
      source.months[month].add_year(name, row.cell);
  }

  void gather_reports(store::Tx& tx) {
    const auto keys = keys_of(reports_);
    if (keys.empty()) return;
    std::map<const Source*, Reports> reports;
    // A state holds until it is reported again, so that a glance looks back as far as the whole.
    const auto first = first_day({out_.until.value - kIndicatorMonths + 1});
    store::each_report(tx, facility_.key, keys, {year_of(first).from, year_of({first_day(to_).value - 1}).to},
                       [&](const CellKey& key, const Cell& cell) {
                         const auto& [source, name] = reports_.at(key.series);
                         reports[source].add(name, key, cell);
                       });
    for (auto& [instrument, source] : sources_)
      if (const auto found = reports.find(&source); found != reports.end()) add_reports(source, found->second);
  }

  void add_reports(Source& source, const Reports& reports) const {
    std::map<std::string_view, Aggregation> kinds;
    for (const auto& [key, series] : source.names.kept) kinds.emplace(series->key, series->aggregation);
    const auto wanted = [&](FacilityKey, UnitKey unit) { return is_wanted(unit); };
    for (auto month = from_; month < to_; ++month.value)
      for (const auto& [name, kind] : kinds)
        if (const auto total = reports.total(name, kind, {period_of(month).to.value - 1}, wanted); total.n > 0)
          source.months[month].add(name, 0, total);
  }

  struct Value {
    MeasureReading reading{};
    bool known = false;  ///< whether anything was collected
  };

  Value read(const KamusLine& line, const Measure& measure, Month month) const {
    const auto& source = sources_.at(line.form);
    const auto at = source.months.find(month);
    const Sums none;
    return {read_measure(line.form->form, measure, at == source.months.end() ? none : at->second), at != source.months.end()};
  }

  /// Sum over sum: the parts' numerators over their denominators, never an average of their values.
  Value add_up(const KamusLine& line, const Measure& measure, Month month) const {
    Value out;
    out.reading.measure = &measure;
    for (const auto* part : out_.kamus.parts_of(line)) {
      if (part->measure == nullptr || !is_share(*part->measure)) continue;
      const auto value = read(*part, *part->measure, month);
      out.known = out.known || value.known;
      out.reading.share.numerator += value.reading.share.numerator;
      out.reading.share.denominator += value.reading.share.denominator;
      out.reading.respondents += value.reading.respondents;
    }
    return out;
  }

  IndicatorSeries series_of(const KamusLine& line) const {
    IndicatorSeries series{&line};
    auto measure = *line.measure;
    measure.title = line.profile().title;
    measure.target = line.target;
    series.measure = std::make_unique<const Measure>(std::move(measure));
    const bool is_sum = !line.profile().sum_of.empty();
    for (auto month = from_; month < to_; ++month.value) {
      const auto value = is_sum ? add_up(line, *series.measure, month) : read(line, *series.measure, month);
      if (series.months.empty() && !value.known) continue;
      series.months.push_back({month, out_.running <= month, value.reading.respondents, {value.reading}});
    }
    if (!whole_) return series;
    std::vector<ControlMonth> given;
    for (const auto& month : series.months) given.push_back({month.month, month.running, &month.measures.front()});
    series.choice = marks_.choice(line.form->form.key + "/" + line.measure->key);
    const bool yearly = is_cumulative(line.form->form, *series.measure);
    series.control = yearly ? yearly_control(*series.measure) : control_of(*series.measure, given, series.choice);
    return series;
  }

  Context& context_;
  IndicatorMonths& out_;
  std::optional<UnitKey> unit_;
  const Node& facility_;
  bool whole_;  ///< enough months for a control chart
  Month from_, to_;
  ChartMarks marks_{};
  std::map<const InstalledVersion*, Source> sources_{};
  std::map<SeriesKey, SourceName> cells_{}, reports_{};
};

}  // namespace

const ResultMonth* IndicatorSeries::month(Month wanted) const {
  const auto at = std::ranges::find(months, wanted, &ResultMonth::month);
  return at == months.end() ? nullptr : &*at;
}

const MeasureReading* IndicatorSeries::reading(Month wanted) const {
  const auto* found = month(wanted);
  return found == nullptr ? nullptr : &found->measures.front();
}

Result<IndicatorMonths> read_indicator_months(Context& context, const Scope& scope, FacilityKey facility, const IndicatorSpan& span) {
  auto kamus = read_facility_kamus(context, scope, facility);
  if (!kamus) return std::unexpected(kamus.error());
  IndicatorMonths out;
  out.kamus = *std::move(kamus);
  out.as_of = context.clock.now();
  out.running = month_of(civil_day(out.as_of, out.kamus.node->zone));
  out.until = span.until;
  IndicatorReader(context, out, span).read();
  return out;
}

}  // namespace pilar::app
