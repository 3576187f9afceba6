#include "app/month_unit.h"

#include <algorithm>
#include <map>
#include <set>

#include "domain/series.h"
#include "i18n/words/access.h"
#include "store/cell_store.h"

namespace pilar::app {
namespace {

/// In which months a unit has records of an instrument.
using FilledMonths = std::map<std::pair<UnitKey, InstrumentKey>, std::set<Month>>;

bool is_of_units(const IndicatorSeries& series) { return series.line->profile().level != IndicatorLevel::Facility; }

class UnitReader {
 public:
  UnitReader(Context& context, const MonthReports& reports) : context_(context), reports_(reports), node_(*reports.months.kamus.node) {}

  UnitMonths read() {
    for (const auto& series : reports_.months.series)
      if (is_of_units(series)) wanted_.push_back(&series);
    if (!wanted_.empty() && !reports_.cards.empty()) gather();
    UnitMonths out;
    for (const auto& card : reports_.cards)
      for (const auto& unit : reports_.months.kamus.reference->organisation.units(node_.key))
        if (unit.exists_on({period_of(card.month).to.value - 1})) add_card(out, card, unit);
    for (const auto* series : wanted_)
      if (std::ranges::none_of(filled_, [&](const auto& one) { return one.first.second == series->line->form->instrument; }))
        out.unfilled.push_back(series);
    return out;
  }

 private:
  void gather() {
    std::map<SeriesKey, InstrumentKey> records;
    for (const auto* series : wanted_) {
      const auto instrument = series->line->form->instrument;
      for (const auto key : reports_.months.kamus.reference->series_named(instrument, kRecords)) records.emplace(key, instrument);
    }
    std::vector<SeriesKey> keys;
    for (const auto& [key, instrument] : records) keys.push_back(key);
    // A slower rhythm reaches back before the first card.
    const Month from{reports_.cards.back().month.value - longest() + 1}, to{reports_.cards.front().month.value + 1};
    context_.db.read([&](store::Tx& tx) {
      store::each_month_cell(tx, node_.key, from, to, keys, [&](const store::CellRow& row) {
        if (row.unit != UnitKey{} && row.cell.n > 0) filled_[{row.unit, records.at(row.series)}].insert(row.month);
      });
    });
  }

  int longest() const {
    int longest = 1;
    for (const auto* series : wanted_) longest = std::max(longest, series->line->profile().rhythm.collect);
    return longest;
  }

  void add_card(UnitMonths& out, const MonthCard& card, const Unit& unit) const {
    UnitCard mine{.unit = &unit, .month = card.month};
    for (const auto* series : wanted_) {
      const auto at = filled_.find({unit.key, series->line->form->instrument});
      if (at == filled_.end() || !is_in_use(*series, card.month)) continue;
      const Month first{card.month.value - series->line->profile().rhythm.collect + 1};
      const auto found = at->second.lower_bound(first);
      (found != at->second.end() && *found <= card.month ? mine.filled : mine.missing).push_back(series);
    }
    if (mine.all() == 0) return;
    mine.state = state_of_unit(card, mine);
    out.cards.push_back(std::move(mine));
  }

  /// With the facility's report it goes; until then it says what the unit has done.
  static MonthState state_of_unit(const MonthCard& card, const UnitCard& mine) {
    if (card.state == MonthState::Sent || card.state == MonthState::Accepted || card.state == MonthState::Returned) return card.state;
    if (mine.filled.empty()) return MonthState::Empty;
    return mine.missing.empty() ? MonthState::Complete : MonthState::Partly;
  }

  Context& context_;
  const MonthReports& reports_;
  const Node& node_;
  std::vector<const IndicatorSeries*> wanted_{};
  FilledMonths filled_{};
};

}  // namespace

std::vector<const UnitCard*> UnitMonths::of(Month month) const {
  std::vector<const UnitCard*> out;
  for (const auto& card : cards)
    if (card.month == month) out.push_back(&card);
  return out;
}

Result<UnitMonths> read_unit_months(Context& context, const Scope& scope, const MonthReports& reports) {
  const auto& kamus = reports.months.kamus;
  if (!scope.may(Right::ReadResults, kamus.reference->organisation, kamus.node->key))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "facility");
  return UnitReader(context, reports).read();
}

}  // namespace pilar::app
