#include "app/yearly.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "app/yearly_series.h"
#include "base/text.h"
#include "domain/report.h"
#include "domain/series.h"
#include "i18n/messages.h"
#include "i18n/words/sasaran.h"
#include "store/cell_store.h"
#include "store/record_store.h"
#include "store/report_store.h"
#include "store/yearly_store.h"

namespace pilar::app {
namespace {

Period days_of_year(int year) {
  const auto from = make_day(year, 1, 1), to = make_day(year + 1, 1, 1);
  require(from && to, "the year is one that is offered");
  return {*from, *to};
}

/// What was said of one item by its units, and what was reached towards it.
struct YearlyData {
  const YearlyItem* item = nullptr;
  std::map<UnitKey, std::map<ReportMoment, Cell>> reports{};                        ///< of this year and the one before
  std::map<UnitKey, std::map<ReportMoment, YearlyOrigin>> origins{};
  std::map<UnitKey, std::map<ReportMoment, std::string>> sources{};  ///< what the form itself says
  std::map<std::string, std::map<Month, Cell>, std::less<>> reached{};  ///< by numerator
};

class YearlyReader {
 public:
  YearlyReader(Context& context, const Scope& scope, const YearlyQuery& query, YearlyView& out)
      : context_(context),
        may_read_records_(scope.may(Right::ReadRecords, out.kamus.reference->organisation, query.facility)),
        query_(query),
        out_(out),
        year_(days_of_year(query.year)),
        before_(days_of_year(query.year - 1)),
        items_(yearly_items(*out.kamus.reference)) {
    for (const auto& item : items_) data_.push_back({&item, {}, {}, {}, {}});
  }

  void read() {
    context_.db.read([&](store::Tx& tx) {
      gather_numbers(tx);
      gather_origins(tx);
      gather_reached(tx);
      if (may_read_records_)
        for (auto& data : data_) gather_form_sources(tx, data);
    });
    for (auto& data : data_)
      if (query_.all || is_needed(data)) add(data);
    std::ranges::stable_sort(out_.lines, {}, [](const YearlyLine& line) { return !line.is_missing(); });
  }

 private:
  void gather_numbers(store::Tx& tx) {
    std::map<SeriesKey, YearlyData*> whose;
    for (auto& data : data_)
      for (const auto key : data.item->reports) whose.emplace(key, &data);
    std::vector<SeriesKey> keys;
    for (const auto& [key, data] : whose) keys.push_back(key);
    store::each_report(tx, query_.facility, keys, {before_.from, year_.to}, [&](const CellKey& key, const Cell& cell) {
      if (key.day < before_.from || cell.n <= 0) return;
      auto& all = whose.at(key.series)->reports[key.unit][{key.day, key.bucket}];
      all = all + cell;
    });
  }

  void gather_origins(store::Tx& tx) {
    for (auto& one : store::load_origins(tx, query_.facility, {before_.from, year_.to}))
      for (auto& data : data_)
        if (data.item->version->instrument == one.instrument && data.item->item->key == one.item)
          data.origins[one.unit][{one.day, one.minute}] = {one.kind, std::move(one.set_by), std::move(one.source), one.at,
                                                           std::move(one.actor)};
  }

  /// Of numbers that came through the instrument's own form, a statement a day on which there are any.
  void gather_form_sources(store::Tx& tx, YearlyData& data) const {
    const auto& version = *data.item->version;
    if (version.form.is_public) return;
    std::set<Day> days;
    for (const auto& [unit, reports] : data.reports)
      for (const auto& [moment, cell] : reports)
        if (!data.origins[unit].contains(moment)) days.insert(moment.day);
    for (const auto day : days)
      store::each_record(tx, query_.facility, version.instrument, day, Day{day.value + 1}, [&](const store::StoredRecord& record) {
        if (record.state != RecordState::Voided)
          data.sources[record.unit].insert_or_assign({record.day, report_minute(record.day, record.at)}, required_text_of(record));
      });
  }

  std::string required_text_of(const store::StoredRecord& record) const {
    const auto* version = out_.kamus.reference->find(record.version);
    if (version == nullptr) return {};
    const auto answers = from_canonical(record.answers);
    for (std::size_t i = 0; i < answers.size() && i < version->form.items.size(); ++i)
      if (const auto* said = std::get_if<std::string>(&answers[i]); said != nullptr && version->form.items[i].required) return *said;
    return {};
  }

  void gather_reached(store::Tx& tx) {
    std::map<SeriesKey, std::vector<std::pair<YearlyData*, std::string>>> whose;
    for (auto& data : data_)
      for (const auto key : data.item->numerators) whose[key].emplace_back(&data, name_of_series(*data.item, key));
    std::vector<SeriesKey> keys;
    for (const auto& [key, data] : whose) keys.push_back(key);
    if (keys.empty()) return;
    store::each_month_cell(tx, query_.facility, month_of(year_.from), month_of(year_.to), keys, [&](const store::CellRow& row) {
      if (row.bucket < 0) return;
      for (auto& [data, name] : whose.at(row.series)) {
        auto& all = data->reached[name][row.month];
        all = all + row.cell;
      }
    });
  }

  /// The item that a series counts, whichever version it is of.
  std::string name_of_series(const YearlyItem& item, SeriesKey key) const {
    for (const auto& version : out_.kamus.reference->versions)
      if (version.instrument == item.version->instrument)
        for (const auto& series : version.series)
          if (series.id == key) return series.key;
    throw Bug("a numerator has a series");
  }

  const KamusLine* indicator_of(const YearlyItem& item, const Measure& measure) const {
    const auto at = std::ranges::find_if(out_.kamus.lines, [&](const KamusLine& line) {
      return line.used && line.measure == &measure && line.form->instrument == item.version->instrument;
    });
    return at == out_.kamus.lines.end() ? nullptr : &*at;
  }

  bool is_needed(const YearlyData& data) const {
    if (!data.reports.empty()) return true;
    if (std::ranges::any_of(data.reached, [](const auto& one) { return !one.second.empty(); })) return true;
    return std::ranges::any_of(data.item->coverages, [&](const Measure* measure) { return indicator_of(*data.item, *measure) != nullptr; });
  }

  void add(YearlyData& data) {
    std::set<UnitKey> units;
    for (const auto& [unit, reports] : data.reports) units.insert(unit);
    units.insert(query_.units.begin(), query_.units.end());
    if (units.empty()) units.insert(UnitKey{});
    for (const auto unit : units) out_.lines.push_back(line_of(data, unit));
    for (const auto* measure : data.item->coverages) out_.courses.push_back(course_of(data, *measure));
  }

  YearlyLine line_of(YearlyData& data, UnitKey unit) const {
    YearlyLine line{data.item->version, data.item->item, unit, out_.kamus.reference->organisation.find_unit(query_.facility, unit)};
    const auto& reports = data.reports[unit];
    for (const auto& [moment, cell] : reports) {
      auto number = number_of(data, unit, moment, cell);
      if (moment.day < year_.from)
        line.last_year = std::move(number);
      else
        line.numbers.insert(line.numbers.begin(), std::move(number));
    }
    for (const auto* measure : data.item->coverages) {
      const auto* indicator = indicator_of(*data.item, *measure);
      line.uses.push_back(indicator == nullptr ? measure->title : indicator->profile().title);
    }
    return line;
  }

  YearlyNumber number_of(YearlyData& data, UnitKey unit, const ReportMoment& moment, const Cell& cell) const {
    YearlyNumber number{value_of_report(*data.item->item, cell), moment, {}, {}};
    const auto& origins = data.origins[unit];
    if (const auto at = origins.find(moment); at != origins.end())
      number.origin = at->second;
    else if (const auto said = data.sources[unit].find(moment); said != data.sources[unit].end())
      number.form_source = said->second;
    return number;
  }

  /// Reports of one minute count as their mean, as everywhere (domain/report.h).
  static Decimal value_of_report(const Item& item, const Cell& cell) {
    Reports one;
    one.add(item.key, {}, cell);
    const auto all = [](FacilityKey, UnitKey) { return true; };
    const auto value = Decimal::make(one.total(item.key, Aggregation::YearlyTarget, Day{}, all).sum, item.digits);
    require(value.has_value(), "a stored number is one");
    return *value;
  }

  Cell target_of_year(const YearlyData& data) const {
    Reports all;
    for (const auto& [unit, reports] : data.reports)
      for (const auto& [moment, cell] : reports)
        all.add(data.item->item->key, {query_.facility, moment.day, unit, {}, moment.minute}, cell);
    return all.total(data.item->item->key, Aggregation::YearlyTarget, year_.from, [](FacilityKey, UnitKey) { return true; });
  }

  YearlyCourse course_of(const YearlyData& data, const Measure& measure) const {
    YearlyCourse course{data.item->version, indicator_of(*data.item, measure), {}, false, {}};
    auto shown = measure;
    if (course.line != nullptr) {
      shown.title = course.line->profile().title;
      shown.target = course.line->target;
    }
    course.measure = std::make_unique<const Measure>(std::move(shown));
    const auto target = target_of_year(data);
    course.has_target_number = target.n > 0;
    const auto running = month_of(civil_day(out_.as_of, out_.node().zone));
    const auto reached = data.reached.find(measure.numerator);
    CourseMonth so_far;
    Cell sum;
    for (auto month = month_of(year_.from); month < month_of(year_.to) && month <= running; ++month.value) {
      so_far.month = month;
      so_far.running = month == running;
      so_far.reached.reset();
      if (reached != data.reached.end())
        if (const auto at = reached->second.find(month); at != reached->second.end() && at->second.n > 0) {
          so_far.reached = at->second.sum;
          sum = sum + at->second;
        }
      so_far.any = so_far.any || so_far.reached.has_value();
      if (!so_far.reached && !so_far.running) ++so_far.gaps;
      judge(course, so_far, target, sum);
      course.months.push_back(so_far);
    }
    return course;
  }

  void judge(const YearlyCourse& course, CourseMonth& month, const Cell& target, const Cell& sum) const {
    const auto& measure = *course.measure;
    Sums sums;
    if (target.n > 0) sums.add(measure.denominator, 0, target);
    if (month.any) sums.add_year(measure.numerator, sum);
    month.reading = read_measure(course.version->form, measure, sums);
    const auto number = month.month.value - month_of(year_.from).value + 1;
    month.expected = measure.target ? std::optional(expected_by(*measure.target, number)) : std::nullopt;
    month.on_the_way = measure.target && month.any && !month.running
                           ? is_on_the_way(month.reading.share, *measure.target, better_of(measure), number)
                           : std::nullopt;
  }

  Context& context_;
  bool may_read_records_;
  const YearlyQuery& query_;
  YearlyView& out_;
  Period year_, before_;
  std::vector<YearlyItem> items_;
  std::vector<YearlyData> data_{};
};

}  // namespace

std::string text(const ReportMoment& moment) { return std::to_string(moment.day.value) + "." + std::to_string(moment.minute); }

std::optional<ReportMoment> parse_report_moment(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return {};
  const auto day = parse_int(text.substr(0, dot)), minute = parse_int(text.substr(dot + 1));
  constexpr std::int64_t kMost = 1'000'000;
  if (!day || !minute || *day < -kMost || *day > kMost || *minute < 0 || *minute > kMost) return {};
  return ReportMoment{Day{static_cast<std::int32_t>(*day)}, static_cast<std::int32_t>(*minute)};
}

Result<void> check_yearly_year(int year, Day today) {
  const auto oldest = civil(today).year - kYearsBack, newest = newest_yearly(today);
  if (oldest <= year && year <= newest) return {};
  return refuse(Problem::Kind::Invalid, Msg::SasaranBadYear, "tahun",
                {std::to_string(oldest), std::to_string(newest), day_arg(planning_begins(newest))});
}

std::string YearlyLine::key() const { return version->form.key + "/" + item->key + "/" + std::to_string(unit.value); }

const CourseMonth* YearlyCourse::judged() const {
  for (auto at = months.rbegin(); at != months.rend(); ++at)
    if (at->on_the_way) return &*at;
  return nullptr;
}

std::size_t YearlyView::missing() const { return static_cast<std::size_t>(std::ranges::count_if(lines, &YearlyLine::is_missing)); }

std::vector<const YearlyLine*> YearlyView::copyable() const {
  std::vector<const YearlyLine*> out;
  for (const auto& line : lines)
    if (line.is_missing() && line.last_year) out.push_back(&line);
  return out;
}

Result<YearlyView> read_yearly(Context& context, const Scope& scope, const YearlyQuery& query) {
  auto kamus = read_facility_kamus(context, scope, query.facility);
  if (!kamus) return std::unexpected(kamus.error());
  YearlyView view;
  view.kamus = *std::move(kamus);
  view.as_of = context.clock.now();
  view.year = query.year;
  view.running_year = civil(civil_day(view.as_of, view.node().zone)).year;
  if (auto wrong = check_yearly_year(query.year, civil_day(view.as_of, view.node().zone)); !wrong)
    return std::unexpected(std::move(wrong.error()));
  YearlyReader(context, scope, query, view).read();
  return view;
}

}  // namespace pilar::app
