#include "app/result_groups.h"

#include <algorithm>
#include <map>

#include "app/month_report.h"
#include "app/result_children.h"
#include "app/result_series.h"
#include "i18n/words/access.h"
#include "i18n/words/result.h"
#include "store/cell_store.h"
#include "store/network_cell.h"
#include "store/office_cell.h"

namespace pilar::app {
namespace {

bool is_counted_by(const InstalledVersion& version, const Measure& measure, const Item& by, const Option& option) {
  const auto items = counted_items(measure);
  return !items.empty() && std::ranges::all_of(items, [&](const std::string& item) {
    return std::ranges::find(version.series, breakdown_key(item, by.key, option.key), &Series::key) != version.series.end();
  });
}

/// All groups of a measure, read together.
class GroupReader {
 public:
  GroupReader(Context& context, const ResultQuery& query, std::shared_ptr<const Reference> reference, const InstalledVersion& version,
              const Measure& measure)
      : context_(context),
        query_(query),
        reference_(std::move(reference)),
        version_(version),
        measure_(measure) {}

  std::vector<ResultGroups> read() {
    for (const auto& by : version_.form.items)
      if (by.kind == ItemKind::Choice) add_item(by);
    if (series_.empty()) return {};
    gather();
    std::vector<ResultGroups> out;
    for (auto& [by, first] : items_) {
      ResultGroups groups{.reference = reference_, .by = by};
      for (std::size_t i = 0; i < by->options.size(); ++i)
        groups.groups.push_back({&by->options[i], read_measure(version_.form, measure_, sums_[first + i])});
      if (std::ranges::count_if(groups.groups, [](const auto& one) { return count_behind(one.reading) > 0; }) > 1)
        out.push_back(std::move(groups));
    }
    return out;
  }

 private:
  struct Use {
    std::size_t group = 0;
    std::string name{};
  };

  void add_item(const Item& by) {
    if (!std::ranges::all_of(by.options, [&](const Option& option) { return is_counted_by(version_, measure_, by, option); })) return;
    items_.emplace_back(&by, sums_.size());
    for (const auto& option : by.options) {
      for (const auto& [key, name] : series_names(*reference_, version_, Breakdown{by.key, option.key}).names)
        if (std::ranges::find(behind_, name) != behind_.end()) series_[key] = {sums_.size(), name};
      sums_.emplace_back();
    }
  }

  void gather() {
    const auto* node = reference_->organisation.find(query_.place);
    std::vector<SeriesKey> keys;
    for (const auto& [key, use] : series_) keys.push_back(key);
    context_.db.read([&](store::Tx& tx) {
      sums_.assign(sums_.size(), Sums());
      node->kind == NodeKind::Facility ? gather_facility(tx, keys) : gather_office(tx, *node, keys);
    });
  }

  void add(const store::CellRow& row) {
    const auto& use = series_.at(row.series);
    sums_[use.group].add(use.name, row.bucket, row.cell);
  }

  void gather_facility(store::Tx& tx, store::SeriesSet keys) {
    const auto take = [&](const store::CellRow& row) {
      if (!query_.unit || row.unit == *query_.unit) add(row);
    };
    store::each_month_cell(tx, query_.place, span_.from, span_.to, keys, take);
    for (const auto edge : span_.edges) store::each_summed_cell(tx, query_.place, edge, keys, take);
  }

  void gather_office(store::Tx& tx, const Node& office, store::SeriesSet keys) {
    const auto& organisation = reference_->organisation;
    const Day last{query_.period.to.value - 1};
    const auto below = children_of(organisation, office, organisation.facilities_under(office.key, last), last);
    const auto take = [&](const store::CellRow& row) { add(row); };
    store::each_office_cell(tx, {&below.whole, 1}, span_.from, span_.to, keys, take);
    for (const auto edge : span_.edges) store::each_network_sum(tx, below.whole.facilities, edge, keys, take);
  }

  Context& context_;
  const ResultQuery& query_;
  std::shared_ptr<const Reference> reference_;
  const InstalledVersion& version_;
  const Measure& measure_;
  std::vector<std::string> behind_ = series_behind(measure_);
  MonthSpan span_ = span_of(query_.period);
  std::vector<std::pair<const Item*, std::size_t>> items_{};  ///< with the place of its first option's sums
  std::vector<Sums> sums_{};
  std::map<SeriesKey, Use> series_{};
};

}  // namespace

Result<std::vector<ResultGroups>> read_groups(Context& context, const Scope& scope, const ResultQuery& query, std::string_view measure) {
  auto reference = context.reference.get();
  const auto* version = reference->with_results(query.instrument);
  if (version == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownInstrument, "instrument", {query.instrument});
  if (reference->organisation.find(query.place) == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "place");
  if (!scope.may(Right::ReadResults, reference->organisation, query.place))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "place");
  const auto found = std::ranges::find(version->form.measures, measure, &Measure::key);
  if (found == version->form.measures.end())
    return refuse(Problem::Kind::NotFound, Msg::ResultUnknownMeasure, "ukuran", {std::string(measure)});
  if (query.period.from >= query.period.to) return refuse(Msg::ResultBadPeriod, "period");
  return GroupReader(context, query, reference, *version, *found).read();
}

}  // namespace pilar::app
