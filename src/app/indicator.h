#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.h"
#include "domain/access.h"

/// The kamus indikator of a place: what its offices and it itself keep, and which of it a facility uses.
namespace pilar::app {

/// A target of a facility's own.
struct OwnTarget {
  Day from;
  std::optional<Decimal> target{};  ///< empty: that of the profile again
};

/// How a facility uses an indicator.
struct IndicatorUse {
  bool mandatory = false;
  std::optional<Day> from{};  ///< empty: it does not, or it is mandatory and nobody said when
  std::string responsible{};  ///< empty: as in the profile
  std::vector<OwnTarget> targets{};  ///< oldest first

  /// Of what the facility says about it: another text after each change of it, empty while it says nothing.
  std::string stamp() const;
};

/// One indicator as a place sees it; borrowed from its KamusView.
struct KamusLine {
  const IndicatorEntry* entry = nullptr;
  const IndicatorVersion* version = nullptr;  ///< the newest published one, else the draft
  const InstalledVersion* form = nullptr;     ///< that gives its value; null where the formula names none that exists
  const Measure* measure = nullptr;
  bool used = false;  ///< by this facility, today
  IndicatorUse use{};
  std::optional<Decimal> target{};  ///< in force today: the facility's own, the profile's, the measure's

  const Indicator& profile() const { return version->profile; }
};

struct KamusView {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers point to, as `own` does
  std::vector<IndicatorEntry> own{};             ///< kept by the facility itself
  std::vector<std::unique_ptr<const InstalledVersion>> sums{};  ///< forms of those that add up others
  const Node* node = nullptr;                    ///< null: for every place
  Day today{};
  std::vector<KamusLine> lines{};  ///< by area and title; of a facility only what is meant for its kind

  KamusView() = default;
  KamusView(KamusView&&) = default;
  KamusView& operator=(KamusView&&) = default;
  KamusView(const KamusView&) = delete;
  KamusView& operator=(const KamusView&) = delete;
  ~KamusView() = default;

  FacilityKey place() const { return node == nullptr ? kEverywhere : node->key; }
  bool is_of_facility() const { return node != nullptr && node->kind == NodeKind::Facility; }
  /// The facility's own before one of the same name from above; null where there is none.
  const KamusLine* find(std::string_view key) const;
  /// What a line is read from: itself, or of a sum all indicators in it, through sums within it; each once.
  std::vector<const KamusLine*> parts_of(const KamusLine& line) const;
};

/// A bounded number of statements. Drafts are there only for who may change them. `place` may be kEverywhere. Problem: an unknown
/// place, or no right to see results there.
Result<KamusView> read_kamus_of(Context& context, const Scope& scope, FacilityKey place);
/// The same of a facility. Problem besides: another kind of place.
Result<KamusView> read_facility_kamus(Context& context, const Scope& scope, FacilityKey facility);

/// Whether the scope may change what `owner` keeps.
bool may_manage_indicators(const Scope& scope, const Organisation& organisation, FacilityKey owner);

/// A profile on its way into the kamus.
struct IndicatorEdit {
  FacilityKey owner;                 ///< of a new entry
  std::optional<IndicatorKey> id{};  ///< empty: a new entry
  Instant seen{};                    ///< `saved_at` of the version it was made from; 0 for a new entry
  Indicator profile{};               ///< its version number is given here
  bool publish = false;              ///< else kept as a draft
  std::string reason{};
};
struct SavedIndicator {
  IndicatorKey id;
  std::int32_t version = 1;
};
/// Saves the profile as the next version, over a draft where the newest version is one. Problems: no right, somebody was faster
/// (Conflict), a name that is taken; and for publishing, whatever is missing or does not fit its predecessor. Nothing is published half.
Result<SavedIndicator> save_indicator(Context& context, const Scope& scope, const IndicatorEdit& edit);

/// What a facility says about an indicator.
struct UseEdit {
  std::string responsible{};
  std::optional<Decimal> target{};   ///< empty: that of the profile
  std::optional<Day> target_from{};  ///< empty: today
  std::optional<std::string> seen{};  ///< IndicatorUse::stamp of what it was typed over; empty: whatever it is
};
/// Begins to use the indicator, or changes how. Problem besides: somebody was faster (Conflict).
Result<void> use_indicator(Context& context, const Scope& scope, FacilityKey facility, IndicatorKey indicator, const UseEdit& edit);
/// Ends it today; records and results stay.
Result<void> drop_indicator(Context& context, const Scope& scope, FacilityKey facility, IndicatorKey indicator);

struct InstalledKamus {
  std::size_t added = 0;    ///< new entries and versions
  std::size_t unchanged = 0;
  std::size_t kept = 0;  ///< shipped, and left out for what an administrator has
};
/// Takes in a content file for every place; all of it or nothing. For administrators.
Result<InstalledKamus> install_kamus(Context& context, const Scope& scope, std::string_view yaml, std::string_view file);
/// Takes in every such file built into the program. Where an administrator wrote a version of an indicator that the shipped one does not
/// fit behind, or installed a form that it does not fit, it is left out and counted in the log. A fault in a file is a Bug.
void install_shipped_kamus(Context& context, const Scope& scope);

}  // namespace pilar::app
