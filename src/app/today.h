#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "app/facility_table.h"
#include "app/result.h"

/// What a facility's people, or whoever looks after several facilities, find on their desk in the morning.
namespace pilar::app {

/// How one unit answers a survey.
struct UnitAnswers {
  const Unit* unit = nullptr;  ///< null: given to the facility as a whole
  std::int64_t this_month = 0;
  std::optional<Day> last{};  ///< within the last kSilenceLooked days
  bool is_silent = false;     ///< it used to answer, and has not for kSilence days
};
inline constexpr std::int32_t kSilenceLooked = 60, kSilence = 7;
/// A unit with fewer answers in kSilenceLooked days is not expected to answer every week.
inline constexpr std::int64_t kSilenceUsual = 12;

/// Comments of people who rated 1 or 2 that nobody of the place has read (app/comments.h).
struct LowComments {
  std::int64_t count = 0;
  Period days;  ///< of the answers
};

struct Today {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers point to
  const Node* node = nullptr;
  const Unit* unit = nullptr;  ///< of somebody who looks after one unit
  Day day;
  Month running;
  Instant as_of;
  /// Public instruments first, then those with a target that were answered within a year, at most kTodayInstruments; none of a place
  /// with more than kTodayFacilities.
  std::vector<ResultView> results{};         ///< of the place as a whole, without its parts
  std::vector<UnitAnswers> units{};          ///< of a facility: answers to the survey with a minimum
  const InstalledVersion* survey = nullptr;  ///< that survey
  std::optional<LowComments> low{};          ///< empty where the scope may not read records, or there are none
  /// Above facilities: the running month and the one before; of more than kTodayCompared the needs alone, since so many are not compared.
  std::optional<FacilityTable> now{}, before{};
};
inline constexpr std::size_t kTodayInstruments = 5, kTodayFacilities = 300, kTodayCompared = 500;
inline constexpr int kTodayMonths = 24;

/// A bounded number of statements, however many facilities, instruments and records there are. Problems: a scope without a place.
Result<Today> read_today(Context& context, const Scope& scope);

}  // namespace pilar::app
