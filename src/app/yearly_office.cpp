#include "app/yearly_office.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/yearly.h"
#include "app/yearly_series.h"
#include "domain/report.h"
#include "i18n/words/access.h"
#include "i18n/words/result.h"
#include "store/network_cell.h"
#include "store/yearly_store.h"

namespace pilar::app {
namespace {

/// What is known of one item at one facility.
struct OfficeItem {
  bool needed = false;
  std::set<UnitKey> before{};  ///< units with a number in the year or the year before
  std::set<UnitKey> now{};     ///< units with a number in the year
};

class YearlyOfficeReader {
 public:
  YearlyOfficeReader(Context& context, YearlyOffice& out)
      : context_(context),
        out_(out),
        year_(year_of(*make_day(out.year, 1, 1))),
        before_(year_of(*make_day(out.year - 1, 1, 1))),
        today_(civil_day(out.as_of, out.node->zone)),
        last_(std::min(Day{year_.to.value - 1}, today_)),
        items_(yearly_items(*out.reference)) {}

  void read() {
    const auto& organisation = out_.reference->organisation;
    for (const auto key : organisation.facilities_under(out_.node->key, last_))
      if (const auto* node = organisation.find(key); node->exists_on(last_)) {
        places_.emplace(key, out_.rows.size());
        out_.rows.push_back({node, 0, {}});
        keys_.push_back(key);
      }
    known_.resize(out_.rows.size() * items_.size());
    need_mandatory();
    context_.db.read([&](store::Tx& tx) {
      gather_users(tx);
      gather_reporters(tx);
      gather_numerators(tx);
    });
    for (std::size_t row = 0; row < out_.rows.size(); ++row)
      for (std::size_t item = 0; item < items_.size(); ++item) finish(row, item);
    std::ranges::sort(out_.rows, {}, [](const YearlyFacility& row) { return std::pair(row.node->name, row.node->key); });
  }

 private:
  OfficeItem& at(std::size_t row, std::size_t item) { return known_[row * items_.size() + item]; }

  /// Calls back with each item that the indicator is computed over.
  template <class Visit>
  void each_item_of(const Indicator& profile, Visit&& visit) const {
    for (std::size_t i = 0; i < items_.size(); ++i)
      if (items_[i].version->form.key == profile.instrument() &&
          std::ranges::any_of(items_[i].coverages, [&](const Measure* measure) { return measure->key == profile.measure(); }))
        visit(i);
  }

  bool is_seen_by(const IndicatorEntry& entry, const Node& node) const {
    return is_for(entry.published()->profile, node.facility_type) && out_.reference->organisation.is_under(node.key, entry.owner);
  }

  void need_mandatory() {
    for (const auto& entry : out_.reference->indicators) {
      const auto* published = entry.published();
      if (published == nullptr || !published->profile.mandatory) continue;
      each_item_of(published->profile, [&](std::size_t item) {
        for (std::size_t row = 0; row < out_.rows.size(); ++row)
          if (is_seen_by(entry, *out_.rows[row].node)) at(row, item).needed = true;
      });
    }
  }

  void gather_users(store::Tx& tx) {
    std::vector<const IndicatorEntry*> entries;
    std::vector<IndicatorKey> keys;
    for (const auto& entry : out_.reference->indicators) {
      bool counts = false;
      if (entry.published() != nullptr) each_item_of(entry.published()->profile, [&](std::size_t) { counts = true; });
      if (!counts) continue;
      entries.push_back(&entry);
      keys.push_back(entry.id);
    }
    store::each_user(tx, keys, today_, [&](std::size_t i, FacilityKey facility) {
      const auto place = places_.find(facility);
      if (place == places_.end() || !is_seen_by(*entries[i], *out_.rows[place->second].node)) return;
      each_item_of(entries[i]->published()->profile, [&](std::size_t item) { at(place->second, item).needed = true; });
    });
  }

  void gather_reporters(store::Tx& tx) {
    std::map<SeriesKey, std::size_t> whose;
    for (std::size_t i = 0; i < items_.size(); ++i)
      for (const auto key : items_[i].reports) whose.emplace(key, i);
    std::vector<SeriesKey> keys;
    for (const auto& [key, item] : whose) keys.push_back(key);
    store::each_yearly_reporter(tx, keys, {before_.from, year_.to}, [&](const store::YearlyReporter& one) {
      const auto place = places_.find(one.facility);
      if (place == places_.end()) return;
      auto& known = at(place->second, whose.at(one.series));
      known.needed = true;
      known.before.insert(one.unit);
      if (year_.from <= one.last) known.now.insert(one.unit);
    });
  }

  void gather_numerators(store::Tx& tx) {
    std::map<SeriesKey, std::vector<std::size_t>> whose;
    for (std::size_t i = 0; i < items_.size(); ++i)
      for (const auto key : items_[i].numerators) whose[key].push_back(i);
    std::vector<SeriesKey> keys;
    for (const auto& [key, items] : whose) keys.push_back(key);
    if (keys.empty() || keys_.empty()) return;
    const auto last = month_of(last_);
    const auto first = std::max(month_of(year_.from), Month{last.value - 1});
    store::each_network_cell(tx, keys_, first, {last.value + 1}, keys, [&](const store::CellRow& row) {
      const auto place = places_.find(row.facility);
      if (place == places_.end() || row.bucket < 0 || row.cell.n <= 0) return;
      for (const auto item : whose.at(row.series)) at(place->second, item).needed = true;
    });
  }

  void finish(std::size_t row, std::size_t item) {
    const auto& known = at(row, item);
    if (!known.needed) return;
    auto& facility = out_.rows[row];
    auto units = known.before;
    if (units.empty()) units.insert(UnitKey{});
    facility.needed += units.size();
    for (const auto unit : units)
      if (!known.now.contains(unit))
        facility.missing.push_back(
            {items_[item].version, items_[item].item, out_.reference->organisation.find_unit(facility.node->key, unit)});
  }

  Context& context_;
  YearlyOffice& out_;
  Period year_, before_;
  Day today_, last_;
  std::vector<YearlyItem> items_;
  std::map<FacilityKey, std::size_t> places_{};
  std::vector<FacilityKey> keys_{};
  std::vector<OfficeItem> known_{};
};

}  // namespace

Result<YearlyOffice> read_yearly_office(Context& context, const Scope& scope, FacilityKey place, int year) {
  YearlyOffice out;
  out.reference = context.reference.get();
  out.node = out.reference->organisation.find(place);
  if (out.node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  if (!scope.may(Right::ReadResults, out.reference->organisation, place)) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead);
  out.as_of = context.clock.now();
  out.year = year;
  out.running_year = civil(civil_day(out.as_of, out.node->zone)).year;
  if (auto wrong = check_yearly_year(year, civil_day(out.as_of, out.node->zone)); !wrong) return std::unexpected(std::move(wrong.error()));
  YearlyOfficeReader(context, out).read();
  return out;
}

}  // namespace pilar::app
