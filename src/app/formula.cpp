#include "app/formula.h"

#include <algorithm>
#include <set>

#include "app/nearest_name.h"
#include "i18n/words/formula.h"
#include "i18n/words/indicator.h"
#include "store/formula_store.h"
#include "store/instrument_store.h"

namespace pilar::app {
namespace {

constexpr std::size_t kMostParts = 20;

Problem formula_problem(const char* field, Message message, std::vector<std::string> args = {}) {
  return {Problem::Kind::Invalid, message, field, std::move(args)};
}

Problems check_path(const Reference& reference, const std::string& formula) {
  std::vector<std::string> paths;
  for (const auto* version : reference.latest_of_all())
    for (const auto& measure : version->form.measures) paths.push_back(version->form.key + "/" + measure.key);
  if (std::ranges::find(paths, formula) != paths.end()) return {};
  const std::vector<std::string_view> names(paths.begin(), paths.end());
  return {unknown_name("formula", formula, names, Msg::IndicatorFormulaUnknown, Msg::IndicatorFormulaNear)};
}

Problems check_counted(const Reference& reference, const Formula& formula) {
  const auto* form = formula.over.empty() ? nullptr : reference.latest(formula.over);
  if (form == nullptr) {
    std::vector<std::string_view> names;
    for (const auto* version : reference.latest_of_all()) names.push_back(version->form.key);
    return {unknown_name("records/over", formula.over, names, Msg::FormulaOverUnknown, Msg::FormulaOverNear)};
  }
  // Conditions could be narrowed until they hold for one participant only.
  if (form->form.is_public) return {formula_problem("records/over", Msg::FormulaPublic)};
  auto items = formula_items(formula, form->form);
  if (items) return {};
  for (auto& problem : items.error()) problem.field = "records/" + problem.field;
  return std::move(items.error());
}

/// Sums of indicators, looked through to what they are made of.
class SumChecker {
 public:
  SumChecker(const Reference& reference, std::span<const IndicatorEntry> own, const Indicator& profile)
      : reference_(reference),
        own_(own),
        profile_(profile) {}

  Problems check() {
    if (profile_.sum_of.size() > kMostParts) return {formula_problem("sum_of", Msg::FormulaTooManyParts, {std::to_string(kMostParts)})};
    for (const auto& key : profile_.sum_of) check_part(key);
    return std::move(problems_);
  }

 private:
  const Indicator* find(std::string_view key) const {
    const auto among = [&](std::span<const IndicatorEntry> entries) -> const Indicator* {
      for (const auto& entry : entries)
        if (entry.key() == key && entry.published() != nullptr) return &entry.published()->profile;
      return nullptr;
    };
    const auto* own = among(own_);
    return own != nullptr ? own : among(reference_.indicators);
  }

  std::vector<std::string_view> names() const {
    std::vector<std::string_view> out;
    for (const auto* entries : {&own_, &shared_})
      for (const auto& entry : *entries) out.push_back(entry.key());
    return out;
  }

  void add(Message message, std::vector<std::string> args) { problems_.push_back(formula_problem("sum_of", message, std::move(args))); }

  void check_part(const std::string& key) {
    if (contains_itself(key)) return add(Msg::FormulaCycle, {key});
    const auto* part = find(key);
    if (part == nullptr) return problems_.push_back(unknown_name("sum_of", key, names(), Msg::FormulaPartUnknown, Msg::FormulaPartNear));
    if (!part->sum_of.empty()) return;
    const auto measure = measure_of(reference_, *part);
    if (!measure || !is_share(*measure)) add(Msg::FormulaPartNoShare, {part->title.id});
  }

  /// Whether the indicator of this name is, or is made of, the one that is checked.
  bool contains_itself(const std::string& key) {
    if (key == profile_.key) return true;
    if (!seen_.insert(key).second) return false;
    const auto* part = find(key);
    return part != nullptr && std::ranges::any_of(part->sum_of, [&](const std::string& other) { return contains_itself(other); });
  }

  const Reference& reference_;
  std::span<const IndicatorEntry> own_;
  std::span<const IndicatorEntry> shared_ = reference_.indicators;
  const Indicator& profile_;
  std::set<std::string> seen_{};
  Problems problems_{};
};

bool counts_already(const Reference& reference, const std::string& key, FacilityKey facility) {
  return std::ranges::any_of(reference.installed->formula_places, [&](const auto& place) {
    return place.first == key && (place.second == kEverywhere || place.second == facility);
  });
}

}  // namespace

Problems check_formula(const Reference& reference, std::span<const IndicatorEntry> own, const Indicator& profile) {
  if (!has_one_formula(profile)) return {formula_problem("formula", Msg::PackOneFormula)};
  if (!profile.sum_of.empty()) return SumChecker(reference, own, profile).check();
  if (const auto formula = profile.counted()) return check_counted(reference, *formula);
  return check_path(reference, profile.formula);
}

std::optional<Measure> measure_of(const Reference& reference, const Indicator& profile) {
  if (const auto formula = profile.counted()) return formula_measure(*formula);
  const auto* form = reference.latest(profile.instrument());
  if (form == nullptr) return {};
  const auto at = std::ranges::find(form->form.measures, profile.measure(), &Measure::key);
  return at == form->form.measures.end() ? std::nullopt : std::optional(*at);
}

void begin_to_count(store::Tx& tx, const Reference& reference, const Indicator& profile, FacilityKey owner) {
  const auto formula = profile.counted();
  if (!formula) return;
  const auto* node = reference.organisation.find(owner);
  const auto facility = node != nullptr && node->kind == NodeKind::Facility ? owner : kEverywhere;
  const auto key = formula_key(*formula);
  if (counts_already(reference, key, facility)) return;
  const auto* form = reference.latest(formula->over);
  require(form != nullptr, "a formula is checked before it counts");
  auto items = formula_items(*formula, form->form);
  require(items.has_value(), "a formula is checked before it counts");
  const store::StoredFormula row{key, facility, form->instrument, profile.content};
  const auto table = store::load_series(tx);
  for (const auto& series : formula_series(*std::move(items))) {
    const auto* stored = store::find_series(table, form->instrument, series);
    store::insert_formula_fills(tx, stored != nullptr ? stored->series : store::insert_series(tx, form->instrument, series), row);
  }
  store::insert_formula(tx, row);
}

std::int64_t count_waiting(Context& context, const InstalledVersion& formula) {
  std::vector<SeriesKey> keys;
  for (const auto& series : formula.series) keys.push_back(series.id);
  std::int64_t waiting = 0;
  context.db.read([&](store::Tx& tx) { waiting = store::count_unfilled(tx, keys); });
  return waiting;
}

}  // namespace pilar::app
