#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "domain/integrity.h"
#include "store/integrity_store.h"

/// Keutuhan data: signs that a facility's figures of a month were not found but made, with their evidence.
namespace pilar::app {

/// A record behind a sign; never one of an instrument for the public.
struct SignRecord {
  Uuid id;
  UnitKey unit;
  Day day;
};

/// A sign with what it speaks of; pointers are into the view's Reference. What `first` and `second` count:
///   MonthEnd: cases before the last days, and in them; JustOver: months over of months near; Speed: x cases;
///   Seconds: quick of timed forms; CopiedMonth: x figures; RoundNumbers: round of all; Duplicates: same of the day's;
///   OverDenominator: numerator and denominator; TooGood: x months, n cases; Rule: x records.
struct FoundSign {
  SignKind kind = SignKind::Rule;
  Sign sign{};
  const InstalledVersion* version = nullptr;
  const Measure* measure = nullptr;
  const Item* item = nullptr;
  const Rule* rule = nullptr;
  std::optional<UnitKey> unit{};  ///< 0: the facility as a whole; empty: all of it
  std::optional<Day> day{};
  std::optional<Instant> hour{};
  std::optional<Month> like{};    ///< CopiedMonth: whose figures it has
  math::Share first{}, second{};
  std::optional<double> target{};  ///< MonthEnd, JustOver, TooGood: in (0,1), of the way that is good
  double figure = 0;               ///< Seconds: median seconds; Unusual: the figure, in the item's unit
  std::optional<Usual> usual{};
  std::optional<Oddness> oddness{};
  bool uneven = false;                    ///< RoundNumbers: by all last digits
  std::vector<SignRecord> records{};      ///< the first kMostSignRecords, as far as the scope may read them
  std::optional<store::StoredCheck> checked{};

  /// Names it with its evidence: when that changes it is another sign. No personal data.
  std::string key() const;
};
inline constexpr std::size_t kMostSignRecords = 50;

struct IntegrityView {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers point to
  const Node* node = nullptr;
  Month month{}, running{};
  Instant as_of{};
  bool cut = false;                 ///< only the first kMostLooked records of the month were looked at
  std::vector<FoundSign> signs{};  ///< the gravest first
};
/// Earlier months that figures are compared with; records of the month that are looked at one by one.
inline constexpr int kIntegrityMonths = 24;
inline constexpr std::int64_t kMostLooked = 20'000;

/// Computed from cells of kIntegrityMonths months and from the records of the month alone: the cost does not grow with age. Signs of units
/// that the scope does not reach are left out. Problems: no facility, a month that has not begun, or no right to see results there.
Result<IntegrityView> read_integrity(Context& context, const Scope& scope, FacilityKey facility, Month month);

/// Whether the scope may say that a sign was looked into.
bool may_check_signs(const Scope& scope, const Organisation& organisation, FacilityKey facility);
/// Says that the sign was looked into and what came of it; audited. Problems: no right, no such sign now, or no reason.
Result<void> check_sign(Context& context, const Scope& scope, FacilityKey facility, Month month, std::string_view sign,
                        const std::string& reason);

/// How many signs of the month wait to be looked into, as they were last counted, for whoever may say that they were; empty
/// where nobody has looked or the scope may not. One row is read.
std::optional<store::StoredCount> find_waiting_signs(Context& context, const Scope& scope, FacilityKey facility, Month month);

/// Facilities with signs of a month that nobody has looked into, as they were last counted.
struct WaitingFacilities {
  std::int64_t all = 0;
  std::int64_t high = 0;  ///< with a high sign among them
};
/// Of the facilities below the place, in one statement. Problems: no such place, or no right to see results there.
Result<WaitingFacilities> count_waiting_facilities(Context& context, const Scope& scope, FacilityKey place, Month month);

/// One facility of an office.
struct IntegrityRow {
  const Node* node = nullptr;
  std::optional<store::StoredCount> count{};  ///< empty: not looked at yet
};
struct OfficeIntegrity {
  std::shared_ptr<const Reference> reference{};
  const Node* node = nullptr;
  Month month{}, running{};
  std::vector<IntegrityRow> rows{};  ///< most of the gravest first, then by name
};
/// The counts as they were when each facility was last looked at, by somebody or by count_signs_step(). Problems: no such place, or no
/// right to see results there.
Result<OfficeIntegrity> read_office_integrity(Context& context, const Scope& scope, FacilityKey place, Month month);
/// Looks at up to kCountedAtOnce facilities of the place: those never looked at first, then the longest ago. How many.
Result<std::size_t> count_signs(Context& context, const Scope& scope, FacilityKey place, Month month);
inline constexpr std::size_t kCountedAtOnce = 25;

/// One step of counting the last month that is over everywhere, behind the pages: passes by up to kPassedAStep facilities behind `after`
/// and looks at up to kCountedAStep of them, never counted or with other data since (a fold of the month says so). Reads outside of writing
/// transactions and writes a row a facility. Returns the last facility it came to, and nothing at the end.
std::optional<FacilityKey> count_signs_step(Context& context, FacilityKey after);
inline constexpr std::size_t kPassedAStep = 500, kCountedAStep = 5;

}  // namespace pilar::app
