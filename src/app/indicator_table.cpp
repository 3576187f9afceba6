#include "app/indicator_table.h"

#include <algorithm>
#include <map>

#include "app/indicator_use.h"
#include "app/month_report.h"
#include "i18n/words/exchange.h"
#include "i18n/words/indicator.h"
#include "i18n/words/indicator_table.h"
#include "i18n/words/result.h"
#include "store/month_report_store.h"

namespace pilar::app {
namespace {

IndicatorValue row_value(const NetworkValue& value) {
  const auto held = sent_value(0, value.reading, value.records);
  return {held.numerator, held.denominator, held.point, held.collected, count_behind(value.reading)};
}

TableReport report_after(store::MonthAct act) {
  switch (act) {
    case store::MonthAct::Send:
      return TableReport::Sent;
    case store::MonthAct::Accept:
      return TableReport::Accepted;
    case store::MonthAct::Return:
      return TableReport::Returned;
    case store::MonthAct::Withdraw:
      break;
  }
  return TableReport::NotSent;
}

/// The values of one month at these facilities, in their order.
std::vector<NetworkValue> values_at(store::Tx& tx, const IndicatorTable& table, const std::vector<FacilityKey>& facilities, Month month) {
  const auto& line = *table.line;
  NetworkValues values(*table.kamus.reference,
                       {{line.form, line.measure, facilities, summed_parts(table.kamus, line), /*share_only=*/true}},
                       {{month, {month.value + 1}}}, NetworkValues::Facilities::Apart);
  values.gather(tx);
  std::vector<NetworkValue> out;
  out.reserve(facilities.size());
  for (std::size_t i = 0; i < facilities.size(); ++i) out.push_back(values.value(0, i, 0));
  return out;
}

/// Fills in the rows of a table that has everything else.
class IndicatorTableReader {
 public:
  IndicatorTableReader(Context& context, IndicatorTable& out) : context_(context), out_(out) {}

  void read() {
    const Day end = first_day({out_.month.value + 1});
    const auto facilities = organisation().facilities_under(out_.kamus.node->key, std::min(Day{end.value - 1}, out_.kamus.today));
    context_.db.read([&](store::Tx& tx) {
      uses_.gather(tx, facilities, *out_.line);
      std::vector<FacilityKey> users;
      users.reserve(facilities.size());
      for (const auto key : facilities)
        if (uses_.uses(*out_.line, *organisation().find(key), out_.kamus.today, end)) users.push_back(key);
      out_.others = facilities.size() - users.size();
      if (users.empty()) return;
      auto values = values_at(tx, out_, users, out_.month);
      out_.rows.reserve(users.size());
      for (std::size_t i = 0; i < users.size(); ++i) add_row(*organisation().find(users[i]), std::move(values[i]));
    });
  }

 private:
  const Organisation& organisation() const { return out_.kamus.reference->organisation; }

  void add_row(const Node& node, NetworkValue&& value) {
    IndicatorRow row{.node = &node, .target = uses_.target(*out_.line, node.key, out_.kamus.today), .value = row_value(value)};
    row.reading = std::move(value.reading);
    row.reading.measure = measure_with(row.target);
    if (!out_.running) row.met = meets_target(row.reading);
    out_.rows.push_back(std::move(row));
  }

  /// The measure as the indicator sees it with this target; few targets serve many facilities.
  const Measure* measure_with(const std::optional<Decimal>& target) {
    if (last_ != nullptr && last_->target == target) return last_;  // nearly always that of the row before
    auto& kept = by_target_[target ? text(*target) : std::string()];
    if (kept == nullptr) {
      auto measure = *out_.line->measure;
      measure.title = out_.line->profile().title;
      measure.target = target;
      out_.measures.push_back(std::make_unique<const Measure>(std::move(measure)));
      kept = out_.measures.back().get();
    }
    last_ = kept;
    return kept;
  }

  Context& context_;
  IndicatorTable& out_;
  NetworkUses uses_{};
  std::map<std::string, const Measure*> by_target_{};
  const Measure* last_ = nullptr;
};

}  // namespace

std::optional<double> IndicatorRow::change() const {
  if (!value.point || !before.point) return {};
  return *value.point - *before.point;
}

std::optional<MeasureReading> IndicatorTable::total() const {
  if (rows.empty() || !has_share(*line->measure)) return {};
  MeasureReading sum;
  sum.measure = line->measure;
  for (const auto& row : rows) {
    sum.respondents += row.reading.respondents;
    sum.duration.n += row.reading.duration.n;
    sum.share.numerator += row.reading.share.numerator;
    sum.share.denominator += row.reading.share.denominator;
  }
  if (sum.share.denominator == 0) return {};
  return sum;
}

Result<IndicatorTable> read_indicator_table(Context& context, const Scope& scope, const IndicatorTableQuery& query) {
  auto kamus = read_kamus_of(context, scope, query.place);
  if (!kamus) return std::unexpected(kamus.error());
  if (kamus->node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  if (kamus->node->kind == NodeKind::Facility) return refuse(Problem::Kind::Invalid, Msg::IndicatorTableOffice, "tempat");
  const auto* line = kamus->find(query.indicator);
  if (line == nullptr || line->measure == nullptr || !line->version->published)
    return refuse(Problem::Kind::NotFound, Msg::IndicatorUnknown, "indikator", {query.indicator});
  const auto running = month_of(kamus->today);
  if (running < query.month) return refuse(Problem::Kind::Invalid, Msg::MonthNotBegun, "bulan", {iso(query.month)});
  IndicatorTable out;
  out.kamus = *std::move(kamus);
  out.line = line;
  out.month = query.month;
  out.running = running == query.month;
  out.as_of = context.clock.now();
  IndicatorTableReader(context, out).read();
  return out;
}

void add_details(Context& context, const Scope& scope, const IndicatorTable& table, std::span<IndicatorRow* const> rows) {
  if (rows.empty()) return;
  require(scope.may(Right::ReadResults, table.kamus.reference->organisation, table.kamus.node->key), "the table is read by who may");
  std::vector<IndicatorRow*> ordered(rows.begin(), rows.end());
  std::ranges::sort(ordered, {}, [](const IndicatorRow* row) { return row->node->key; });
  std::vector<FacilityKey> facilities;
  for (const auto* row : ordered) facilities.push_back(row->node->key);
  context.db.read([&](store::Tx& tx) {
    const auto before = values_at(tx, table, facilities, {table.month.value - 1});
    for (std::size_t i = 0; i < ordered.size(); ++i) ordered[i]->before = row_value(before[i]);
    store::each_month_act(tx, facilities, table.month, [&](FacilityKey facility, const store::StoredMonthAct& act) {
      (*std::ranges::lower_bound(ordered, facility, {}, [](const IndicatorRow* row) { return row->node->key; }))->report =
          report_after(act.act);
    });
  });
}

}  // namespace pilar::app
