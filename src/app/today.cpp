#include "app/today.h"

#include <algorithm>
#include <future>
#include <map>

#include "app/answered.h"
#include "app/chart_mark.h"
#include "app/comments.h"
#include "i18n/words/result.h"
#include "store/cell_store.h"

namespace pilar::app {
namespace {

constexpr int kNeedMonths = 3, kAnsweredMonths = 12;

bool has_minimum(const Instrument& form) {
  return std::ranges::any_of(form.measures, [](const Measure& one) { return one.minimum.has_value() && !one.visits.empty(); });
}

bool has_target(const Instrument& form) {
  return std::ranges::any_of(form.measures, [](const Measure& one) { return one.target.has_value(); });
}

/// Surveys first, the one with a minimum before the others, then what has a target and was answered.
std::vector<const InstalledVersion*> chosen_instruments(const Reference& reference, const std::set<InstrumentKey>& answered) {
  const auto matters = [&](const InstalledVersion& one) {
    return one.form.is_public || (has_target(one.form) && answered.contains(one.instrument));
  };
  std::vector<const InstalledVersion*> chosen;
  for (const auto* version : reference.latest_of_all())
    if (!version->form.measures.empty() && matters(*version)) chosen.push_back(version);
  std::ranges::stable_sort(chosen, {}, [](const InstalledVersion* one) {
    if (has_minimum(one->form)) return 0;
    return one->form.is_public ? 1 : 2;
  });
  if (chosen.size() > kTodayInstruments) chosen.resize(kTodayInstruments);
  return chosen;
}

class TodayReader {
 public:
  TodayReader(Context& context, const Scope& scope, const Node& node) : context_(context), scope_(scope) {
    today_.reference = context.reference.get();
    today_.node = today_.reference->organisation.find(node.key);
    today_.as_of = context.clock.now();
    today_.day = civil_day(today_.as_of, node.zone);
    today_.running = month_of(today_.day);
    const auto is_whole = [&](const Grant& grant) { return grant.place == node.key && grant.unit == UnitKey{0}; };
    const auto unit = scope.grants().front().unit;
    if (unit != UnitKey{0} && std::ranges::none_of(scope.grants(), is_whole))
      today_.unit = today_.reference->organisation.find_unit(node.key, unit);
  }

  Today read() {
    // Trends of all facilities of the country are no morning's reading: each of them is a page of its own.
    const auto under = today_.reference->organisation.facilities_under(today_.node->key, today_.day);
    const auto facilities = under.size();
    if (facilities <= kTodayFacilities) {
      read_marks();
      const Month from{today_.running.value - kAnsweredMonths + 1}, to{today_.running.value + 1};
      const auto answered = answered_instruments(context_, *today_.reference, *today_.node, under, from, to);
      for (const auto* version : chosen_instruments(*today_.reference, answered)) read_instrument(*version);
    }
    if (today_.node->kind == NodeKind::Facility)
      read_facility();
    else
      read_network(facilities > kTodayCompared ? TableContent::Needs : TableContent::All);
    return std::move(today_);
  }

 private:
  void read_instrument(const InstalledVersion& version) {
    ResultQuery query{version.form.key, today_.node->key, {}, {}};
    if (today_.unit != nullptr) query.unit = today_.unit->key;
    query.period = {first_day({today_.running.value - kNeedMonths + 1}), first_day({today_.running.value + 1})};
    query.trend_months = kTodayMonths;
    query.with_parts = false;
    auto view = read_result(context_, scope_, query);
    if (!view) return;
    if (has_minimum(version.form) && today_.survey == nullptr) today_.survey = today_.reference->latest(version.form.key);
    view->marks = marks_;
    today_.results.push_back(*std::move(view));
  }

  /// Once for all charts of a facility.
  void read_marks() {
    if (today_.node->kind != NodeKind::Facility) return;
    const auto unit = today_.unit == nullptr ? UnitKey{} : today_.unit->key;
    context_.db.read([&](store::Tx& tx) { marks_ = load_chart_setup(tx, *today_.reference, *today_.node, unit); });
  }

  void read_facility() {
    if (today_.survey == nullptr) return;
    context_.db.read([&](store::Tx& tx) { read_units(tx); });
    read_comments();
  }

  void read_units(store::Tx& tx) {
    struct Seen {
      std::int64_t this_month = 0, looked = 0;
      std::optional<Day> last{};
    };
    std::map<UnitKey, Seen> seen;
    const Day from{std::min(today_.day.value - kSilenceLooked, first_day(today_.running).value)};
    const auto series = today_.reference->series_named(today_.survey->instrument, kRecords);
    store::each_day_cell(tx, today_.node->key, from, {today_.day.value + 1}, series, [&](const store::CellRow& row) {
      auto& one = seen[row.unit];
      one.looked += row.cell.n;
      if (month_of(row.day) == today_.running) one.this_month += row.cell.n;
      if (row.cell.n > 0 && (!one.last || *one.last < row.day)) one.last = row.day;
    });
    for (const auto& unit : today_.reference->organisation.units(today_.node->key)) {
      if (!unit.exists_on(today_.day) || (today_.unit != nullptr && today_.unit->key != unit.key)) continue;
      const auto& one = seen[unit.key];
      const bool silent = one.looked >= kSilenceUsual && one.last && one.last->value <= today_.day.value - kSilence;
      today_.units.push_back({&unit, one.this_month, one.last, silent});
    }
    if (today_.unit == nullptr && seen.contains({0})) today_.units.push_back({nullptr, seen[{0}].this_month, seen[{0}].last, false});
  }

  /// Those nobody has read.
  void read_comments() {
    LowCommentQuery query{.place = today_.node->key, .days = unread_days(today_.day)};
    if (today_.unit != nullptr) query.unit = today_.unit->key;
    const auto list = list_low_comments(context_, scope_, query);
    if (list && !list->comments.empty()) today_.low = LowComments{std::ssize(list->comments), query.days};
  }

  void read_network(TableContent content) {
    const auto read = [&](Month month) -> std::optional<FacilityTable> {
      auto table = read_facility_table(context_, scope_, today_.node->key, month, content);
      if (!table) return {};
      return *std::move(table);
    };
    // Beside each other: of a country each of them reads tens of thousands of cells.
    auto before = std::async(std::launch::async, read, Month{today_.running.value - 1});
    today_.now = read(today_.running);
    today_.before = before.get();
  }

  Context& context_;
  const Scope& scope_;
  Today today_;
  ChartMarks marks_{};
};

}  // namespace

Result<Today> read_today(Context& context, const Scope& scope) {
  const auto reference = context.reference.get();
  const auto* node = reference->organisation.find(scope.root());
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  return TodayReader(context, scope, *node).read();
}

}  // namespace pilar::app
