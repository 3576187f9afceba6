#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/indicator.h"
#include "domain/reading.h"
#include "domain/record.h"
#include "domain/validation.h"
#include "store/validation_store.h"

/// Second-person validation: records of an indicator's month are drawn at random, somebody else fills them in again from the source
/// document without seeing the first answers, and both are compared. The second answers are no records.
namespace pilar::app {

/// The rule in force at a place: its own, that of the nearest place above it, else the one that comes with the program.
struct RuleInForce {
  ValidationRule rule{};
  FacilityKey place{};  ///< whose it is; kEverywhere: the program's
  Instant at{};         ///< since when it stands so
};
/// Problems: an unknown place, or no right to see results there.
Result<RuleInForce> read_validation_rule(Context& context, const Scope& scope, FacilityKey place);
/// For the place and all below it that have no rule of their own. `seen`: RuleInForce::at of the rule it was typed over; empty: whatever it
/// is. Problems: no right, values out of range, no source, or somebody was faster (Conflict).
Result<void> save_validation_rule(Context& context, const Scope& scope, FacilityKey place, const ValidationRule& rule,
                                  std::optional<Instant> seen = {});

/// What a validation would be, before it is begun.
struct ValidationPlan {
  const KamusLine* line = nullptr;
  Month month{};
  std::size_t population = 0, size = 0;
};
/// Problems: no right to begin one, the indicator is not in use or has no instrument, the answers are participants' (nobody can see them
/// twice), no records in the month, or one that is still being filled in.
Result<ValidationPlan> plan_validation(Context& context, const Scope& scope, const KamusView& kamus, IndicatorKey indicator, Month month);
/// Draws the sample and keeps it with its seed. Problems: those of plan_validation.
Result<Uuid> begin_validation(Context& context, const Scope& scope, FacilityKey facility, IndicatorKey indicator, Month month);

/// One question and how far both agree on it.
struct ItemAgreement {
  const Item* item = nullptr;
  std::int64_t compared = 0, same = 0;
  math::Agreement kappa{};  ///< of coded items; n is 0 for others
};
/// An answer on which they differ.
struct AnswerDifference {
  const store::StoredValidated* row = nullptr;
  const Item* item = nullptr;
  Answer first{}, second{};
};

/// How far both agree. Shares are of the records that were filled in again.
struct ValidationReading {
  std::int64_t filled = 0, not_found = 0, waiting = 0;  ///< records
  std::int64_t compared = 0, same = 0;  ///< answers
  std::vector<ItemAgreement> items{};  ///< in the order of the newest form, those that were compared
  /// Kappa of what the indicator counts: how each record counts in a share, the answer of a rating; n is 0 where it counts neither.
  math::Agreement kappa{};
  Share first{}, second{};  ///< of the sample, where the indicator is a share
  std::vector<AnswerDifference> differences{};

  /// Whether the agreement reaches the threshold; empty while nothing is compared.
  std::optional<bool> is_good(int threshold) const;
};

/// A validation with its records; pointers of the reading point into it.
struct ValidationView {
  std::shared_ptr<const Reference> reference{};
  const Node* node = nullptr;
  store::StoredValidation row{};
  std::vector<store::StoredValidated> records{};
  ValidationReading reading{};
  std::map<std::int32_t, std::int32_t> revisions{};  ///< of each record now, by its place in the sample; 0 where it is voided
  std::string key{};  ///< of the indicator
  Words title{};
  bool may_begin = false;  ///< the reader may end it

  ValidationView() = default;
  ValidationView(ValidationView&&) = default;
  ValidationView& operator=(ValidationView&&) = default;
  ValidationView(const ValidationView&) = delete;
  ValidationView& operator=(const ValidationView&) = delete;
  ~ValidationView() = default;

  bool is_closed() const { return row.closed_at.has_value(); }
  const store::StoredValidated* find(std::int32_t place) const;
};
/// Problems: an unknown facility or validation, no right to see results there. Answers are shown to who may read records there, so the
/// differences are left out for others.
Result<ValidationView> read_validation(Context& context, const Scope& scope, FacilityKey facility, const Uuid& id);
/// Of the months [from, to), the latest first, each with its reading but without differences.
Result<std::vector<ValidationView>> list_validations(Context& context, const Scope& scope, const KamusView& kamus, Month from, Month to);

/// Whether the scope may begin and end validations of the facility.
bool may_validate(const Scope& scope, const Organisation& organisation, FacilityKey facility);
/// Why the scope may not fill in this record again: no right to write records of its unit, it entered or corrected it, or it is done
/// already. Empty: it may.
Problems check_validator(Context& context, const Scope& scope, const ValidationView& view, const store::StoredValidated& one);

/// Keeps what the second person found in the source document; with the last record the validation is closed. Problems: those of
/// check_validator, and of the answers beside their items.
Result<void> fill_validated(Context& context, const Scope& scope, const ValidationView& view, std::int32_t place, const RawAnswers& typed);
/// Says that the source document was not found, and why.
Result<void> miss_validated(Context& context, const Scope& scope, const ValidationView& view, std::int32_t place,
                            const std::string& reason);
/// Ends it with what is filled in so far; the rest stays open and is said. Problems: no right, it is closed already.
Result<void> end_validation(Context& context, const Scope& scope, const ValidationView& view);

}  // namespace pilar::app
