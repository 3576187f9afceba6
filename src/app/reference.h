#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "domain/indicator.h"
#include "domain/instrument.h"
#include "domain/organisation.h"
#include "domain/series.h"
#include "store/db.h"
#include "store/instrument_store.h"

namespace pilar::app {

/// One installed version of an instrument with the series its records feed.
struct InstalledVersion {
  InstrumentKey instrument;
  VersionKey version;
  Instrument form;
  std::vector<Series> series;  ///< with their keys
  std::vector<Series> counted{};  ///< of formulas that count its records everywhere
  std::map<FacilityKey, std::vector<Series>> counted_at{};  ///< of formulas that count those of one facility
};

/// One version of an entry of the kamus indikator.
struct IndicatorVersion {
  Indicator profile;
  bool published = false;  ///< else a draft, which counts for nothing yet
  Instant saved_at{};
  std::string actor{}, reason{};
};

/// An entry of the kamus indikator, all its versions, oldest first; a draft can only be the last.
struct IndicatorEntry {
  IndicatorKey id;
  FacilityKey owner;  ///< kEverywhere, or who keeps it for itself and what is below
  std::vector<IndicatorVersion> versions{};

  /// The newest published one; null where there is only a draft.
  const IndicatorVersion* published() const;
  const IndicatorVersion* draft() const;
  const IndicatorVersion& newest() const { return versions.back(); }
  const std::string& key() const { return versions.back().profile.key; }
};

/// Every installed version, and the formulas of indicators that count their records. Versions, series and formulas are only ever added, so
/// that their numbers tell whether anything was.
struct Installed {
  std::vector<InstalledVersion> versions{};  ///< by instrument, oldest first
  std::vector<InstalledVersion> formulas{};  ///< as forms to read sums by; their keys are formula_key()
  std::vector<std::pair<std::string, FacilityKey>> formula_places{};  ///< which formula counts where (kEverywhere), by key
  store::InstalledCount stored{};
};

/// What every request needs to know and seldom changes: instruments, series, indicators, organisation. Immutable, read from one
/// snapshot; a change makes a new one with a higher generation.
class Reference {
 public:
  std::int64_t generation = 0;
  std::shared_ptr<const Installed> installed = std::make_shared<const Installed>();  ///< of all since the last installation
  std::span<const InstalledVersion> versions = installed->versions, formulas = installed->formulas;
  Organisation organisation;
  std::vector<IndicatorEntry> indicators;  ///< those that no facility keeps for itself
  std::vector<TagSet> tag_sets;

  const InstalledVersion* find(VersionKey version) const;
  /// The newest version of the instrument, or nullptr.
  const InstalledVersion* latest(std::string_view instrument_key) const;
  /// The formula of this key, or nullptr.
  const InstalledVersion* formula(std::string_view key) const;
  /// Whatever has results under this key: an instrument or a formula.
  const InstalledVersion* with_results(std::string_view key) const;
  /// The instrument whose records feed the series; empty where no installed version knows it.
  std::optional<InstrumentKey> instrument_of(SeriesKey series) const;
  const InstalledVersion* latest(InstrumentKey instrument) const;
  std::vector<const InstalledVersion*> latest_of_all() const;
  /// Every series of the instrument with this key, over all versions, ascending; more than one where its meaning changed.
  std::vector<SeriesKey> series_named(InstrumentKey instrument, std::string_view series_key) const;
  /// The same of "instrument/series"; none where there is no such instrument.
  std::vector<SeriesKey> series_at(std::string_view path) const;
};

/// Reads it all within the transaction, but takes over the forms that `known` has: an installed version never changes. A stored
/// pack that no longer reads is a Fault: it was checked when it was installed.
std::shared_ptr<const Reference> load_reference(store::Tx& tx, const Reference& known = {});

/// The entries that this facility keeps for itself.
std::vector<IndicatorEntry> load_own_indicators(store::Tx& tx, FacilityKey facility);

/// The current Reference of this process. Several owners outlive each other on purpose: a request keeps the one it began with.
class ReferenceHolder {
 public:
  std::shared_ptr<const Reference> get() const { return current_.load(); }
  /// Keeps what it has when that is newer.
  void set(std::shared_ptr<const Reference> next) {
    if (next->generation >= current_.load()->generation) current_.store(std::move(next));
  }

 private:
  std::atomic<std::shared_ptr<const Reference>> current_{std::make_shared<const Reference>()};
};

}  // namespace pilar::app
