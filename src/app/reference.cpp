#include "app/reference.h"

#include <algorithm>
#include <span>

#include "app/shipped.h"
#include "interchange/kamus.h"
#include "interchange/pack.h"
#include "store/formula_store.h"
#include "store/indicator_store.h"
#include "store/organisation_store.h"

namespace pilar::app {
namespace {

using SeriesTable = std::span<const store::StoredSeries>;  ///< in the order of their instruments

Instrument read_installed(const store::StoredVersion& version, const Reference& known) {
  if (const auto* same = known.find(version.version); same != nullptr && same->form.content == version.content) return same->form;
  if (const auto* shipped = find_shipped(version.content); shipped != nullptr) return *shipped;
  auto form = read_pack(version.content, "installed");
  if (!form)
    throw Fault("reading installed instruments",
                "version " + std::to_string(version.version.value) + " does not read: " + form.error().front().field);
  return *std::move(form);
}

/// The form with the limits of all its instrument's versions: one defined later holds for earlier records too.
Instrument with_all_limits(const InstalledVersion& version, std::span<const InstalledVersion> versions) {
  auto form = version.form;
  for (auto& item : form.items)
    for (const auto& other : versions) {
      const auto* twin = other.instrument == version.instrument ? other.form.find(item.key) : nullptr;
      if (twin == nullptr) continue;
      for (const auto& limit : twin->limits)
        if (limit.scaled(item.digits) && std::ranges::find(item.limits, limit) == item.limits.end()) item.limits.push_back(limit);
    }
  return form;
}

/// Series the form has by itself, plus those defined later over its items: the table decides which exist.
std::vector<Series> installed_series(const Instrument& form, InstrumentKey instrument, SeriesTable table) {
  auto possible = possible_series(form);
  std::vector<Series> out;
  for (const auto& row : store::series_of(table, instrument)) {
    const auto match = std::ranges::find_if(possible, [&](const Series& s) { return s.key == row.key && s.definition == row.definition; });
    if (match == possible.end()) continue;
    match->id = row.series;
    out.push_back(*match);
  }
  return out;
}

/// The series with the keys that the store gave them; a formula's are there from the moment it counts.
std::vector<Series> stored_formula_series(std::vector<Series> series, InstrumentKey instrument, SeriesTable table) {
  for (auto& one : series)
    if (const auto* stored = store::find_series(table, instrument, one); stored != nullptr) one.id = stored->series;
  return series;
}

/// How sums of the formula are read: its items without what is calculated, which differs between versions of the instrument.
InstalledVersion formula_reading(const Indicator& profile, const Formula& formula, const InstalledVersion& latest,
                                 std::vector<Item> items) {
  InstalledVersion out{latest.instrument, latest.version, {}, {}, {}, {}};
  auto& form = out.form;
  form.key = formula_key(formula);
  form.over = latest.form.key;
  form.title = profile.title;
  form.purpose = profile.definition;
  form.source = profile.source;
  form.mark = profile.mark;
  form.pillar = profile.pillar;
  form.version = profile.version;
  form.valid_from = profile.valid_from;
  form.items = std::move(items);
  form.measures.push_back(formula_measure(formula));
  const auto& denominator = form.measures.back().denominator;
  for (auto& item : form.items) item.label = item.key == denominator ? profile.denominator : profile.numerator;
  form.measures.back().title = profile.title;
  form.measures.back().meaning = profile.definition;
  form.measures.back().target = profile.target;
  return out;
}

Indicator read_formula_profile(const store::StoredFormula& stored) {
  auto profile = read_indicator(stored.content, "installed");
  if (!profile || !profile->counted()) throw Fault("reading formulas", stored.key + " does not read");
  return *std::move(profile);
}

const InstalledVersion* newest_of(const std::vector<InstalledVersion>& versions, InstrumentKey instrument) {
  const InstalledVersion* found = nullptr;
  for (const auto& one : versions)
    if (one.instrument == instrument) found = &one;
  return found;
}

/// Lets records of every version that has the formula's items be counted by it.
void count_by(Installed& out, const store::StoredFormula& stored, const Formula& formula, SeriesTable table) {
  for (auto& version : out.versions) {
    if (version.instrument != stored.instrument) continue;
    auto items = formula_items(formula, version.form);
    if (!items) continue;
    auto& to = stored.facility == kEverywhere ? version.counted : version.counted_at[stored.facility];
    std::ranges::move(stored_formula_series(formula_series(*std::move(items)), stored.instrument, table), std::back_inserter(to));
  }
}

void add_formulas(Installed& out, std::vector<store::StoredFormula> rows, SeriesTable table) {
  std::ranges::stable_sort(rows, {}, &store::StoredFormula::key);
  for (const auto& stored : rows) {
    const auto profile = read_formula_profile(stored);
    const auto formula = *profile.counted();
    out.formula_places.emplace_back(stored.key, stored.facility);
    count_by(out, stored, formula, table);
    const auto* latest = newest_of(out.versions, stored.instrument);
    auto items = latest == nullptr ? Result<std::vector<Item>>(std::vector<Item>{}) : formula_items(formula, latest->form);
    if (latest == nullptr || !items || (!out.formulas.empty() && out.formulas.back().form.key == stored.key)) continue;
    auto reading = formula_reading(profile, formula, *latest, *items);
    reading.series = stored_formula_series(formula_series(*std::move(items)), stored.instrument, table);
    out.formulas.push_back(std::move(reading));
  }
}

std::shared_ptr<const Installed> load_installed(store::Tx& tx, const store::InstalledCount& stored, const Reference& known) {
  auto out = std::make_shared<Installed>();
  out->stored = stored;
  const auto table = store::load_series(tx);
  for (const auto& version : store::load_versions(tx))
    out->versions.push_back({version.instrument, version.version, read_installed(version, known), {}, {}, {}});
  std::ranges::stable_sort(out->versions, {}, &InstalledVersion::instrument);
  for (auto& one : out->versions) one.series = installed_series(with_all_limits(one, out->versions), one.instrument, table);
  add_formulas(*out, store::load_formulas(tx), table);
  return out;
}

/// The profile as it was read before, where its text is the same.
const Indicator* known_profile(const Reference& known, const store::StoredIndicator& stored) {
  for (const auto& entry : known.indicators)
    if (entry.id == stored.indicator)
      for (const auto& version : entry.versions)
        if (version.profile.content == stored.content) return &version.profile;
  return nullptr;
}

Indicator read_stored(const store::StoredIndicator& stored, const Reference& known) {
  if (const auto* same = known_profile(known, stored)) return *same;
  auto profile = read_indicator(stored.content, "installed");
  if (!profile) throw Fault("reading the kamus indikator", stored.key + " does not read: " + profile.error().front().field);
  return *std::move(profile);
}

std::vector<IndicatorEntry> entries_of(const std::vector<store::StoredIndicator>& rows, const Reference& known) {
  std::vector<IndicatorEntry> entries;
  for (const auto& row : rows) {
    if (entries.empty() || entries.back().id != row.indicator) entries.push_back({row.indicator, row.owner, {}});
    entries.back().versions.push_back(
        {read_stored(row, known), row.state == store::IndicatorState::Published, row.saved_at, row.actor, row.reason});
  }
  return entries;
}

std::vector<TagSet> read_tag_sets(store::Tx& tx) {
  std::vector<TagSet> sets;
  for (const auto& content : store::load_tag_sets(tx)) {
    auto set = read_tag_set(content, "installed");
    if (!set) throw Fault("reading tag sets", set.error().front().field);
    sets.push_back(*std::move(set));
  }
  return sets;
}

}  // namespace

const IndicatorVersion* IndicatorEntry::published() const {
  for (auto at = versions.rbegin(); at != versions.rend(); ++at)
    if (at->published) return &*at;
  return nullptr;
}

const IndicatorVersion* IndicatorEntry::draft() const { return versions.back().published ? nullptr : &versions.back(); }

const InstalledVersion* Reference::find(VersionKey version) const {
  const auto at = std::ranges::find(versions, version, &InstalledVersion::version);
  return at == versions.end() ? nullptr : &*at;
}

const InstalledVersion* Reference::latest(std::string_view instrument_key) const {
  const InstalledVersion* found = nullptr;
  for (const auto& one : versions)
    if (one.form.key == instrument_key) found = &one;
  return found;
}

const InstalledVersion* Reference::with_results(std::string_view key) const {
  const auto* instrument = latest(key);
  return instrument == nullptr ? formula(key) : instrument;
}

const InstalledVersion* Reference::formula(std::string_view key) const {
  const auto at = std::ranges::lower_bound(formulas, key, {}, [](const InstalledVersion& one) { return std::string_view(one.form.key); });
  return at == formulas.end() || at->form.key != key ? nullptr : &*at;
}

std::optional<InstrumentKey> Reference::instrument_of(SeriesKey series) const {
  const auto has = [&](const InstalledVersion& one) { return std::ranges::find(one.series, series, &Series::id) != one.series.end(); };
  for (const auto all : {versions, formulas})
    if (const auto at = std::ranges::find_if(all, has); at != all.end()) return at->instrument;
  return {};
}

const InstalledVersion* Reference::latest(InstrumentKey instrument) const {
  const InstalledVersion* found = nullptr;
  for (const auto& one : versions)
    if (one.instrument == instrument) found = &one;
  return found;
}

std::vector<const InstalledVersion*> Reference::latest_of_all() const {
  std::vector<const InstalledVersion*> out;
  for (const auto& one : versions) {
    if (!out.empty() && out.back()->instrument == one.instrument) out.pop_back();
    out.push_back(&one);
  }
  return out;
}

std::vector<SeriesKey> Reference::series_named(InstrumentKey instrument, std::string_view series_key) const {
  std::vector<SeriesKey> out;
  for (const auto& one : versions)
    if (one.instrument == instrument)
      for (const auto& series : one.series)
        if (series.key == series_key) out.push_back(series.id);
  std::ranges::sort(out);
  const auto repeated = std::ranges::unique(out);
  out.erase(repeated.begin(), repeated.end());
  return out;
}

std::vector<SeriesKey> Reference::series_at(std::string_view path) const {
  const auto slash = path.find('/');
  const auto* source = slash == std::string_view::npos ? nullptr : latest(path.substr(0, slash));
  if (source == nullptr) return {};
  return series_named(source->instrument, path.substr(slash + 1));
}

std::shared_ptr<const Reference> load_reference(store::Tx& tx, const Reference& known) {
  auto out = std::make_shared<Reference>();
  out->generation = store::load_generation(tx);
  const auto stored = store::count_installed(tx);
  out->installed = stored == known.installed->stored ? known.installed : load_installed(tx, stored, known);
  out->versions = out->installed->versions;
  out->formulas = out->installed->formulas;
  out->organisation = store::load_organisation(tx);
  out->indicators = entries_of(store::load_shared_indicators(tx), known);
  out->tag_sets = read_tag_sets(tx);
  return out;
}

std::vector<IndicatorEntry> load_own_indicators(store::Tx& tx, FacilityKey facility) {
  return entries_of(store::load_indicators(tx, facility), {});
}

}  // namespace pilar::app
