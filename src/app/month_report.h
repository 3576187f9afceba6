#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/indicator_months.h"

/// A facility's indicator report of a month: filled in, analysed, sent, accepted or returned.
namespace pilar::app {

enum class MonthState : std::uint8_t {
  Empty,
  Partly,
  Complete,  ///< every indicator has data, and nobody has sent it
  Sent,
  Accepted,
  Returned
};

enum class MonthStep : std::uint8_t { Send, Accept, Return, Withdraw };

/// One act on a report.
struct MonthEvent {
  MonthStep step = MonthStep::Send;
  Instant at{};
  std::string actor{}, reason{};
};

/// A value as it was when the report was sent.
struct SentValue {
  int version = 1;  ///< of the profile
  std::optional<std::int64_t> numerator{}, denominator{};
  std::optional<double> point{};  ///< in the measure's unit
  bool collected = false;
  bool operator==(const SentValue&) const = default;
};
/// What a reading of so many records comes to.
SentValue sent_value(int version, const MeasureReading& reading, std::int64_t records);
/// How many answers, records or reports are behind a reading: of shares and ratios the denominator.
std::int64_t count_behind(const MeasureReading& reading);
/// What would be sent now.
SentValue value_now(const IndicatorSeries& series, Month month);

struct MonthNote {
  std::string analysis{}, follow_up{};
  Instant at{};  ///< when it was written
};

/// One month of a facility at a glance.
struct MonthCard {
  Month month{};
  bool running = false;
  std::size_t filled = 0, all = 0;  ///< indicators with data, indicators in use
  MonthState state = MonthState::Empty;
  std::vector<MonthEvent> events{};
  std::map<IndicatorKey, SentValue> sent{};  ///< by the last sending
  std::vector<IndicatorKey> changed{};       ///< since then; none while it is not sent
  int revision = 0;                          ///< how often it was sent; what changed since is the next one
  std::map<IndicatorKey, MonthNote> notes{};
  std::vector<IndicatorKey> unexplained{};   ///< below their target without analysis and follow-up
};

struct MonthReports {
  IndicatorMonths months{};
  std::vector<MonthCard> cards{};  ///< the latest month first

  const MonthCard* find(Month month) const;
};
/// The cards of so many months up to `until`. Problems: those of read_indicator_months.
Result<MonthReports> read_month_reports(Context& context, const Scope& scope, FacilityKey facility, Month until,
                                        int months = kIndicatorMonths);

/// Whether the scope sends reports of the facility; whether it stands above it and accepts them.
bool may_send_month(const Scope& scope, const Organisation& organisation, FacilityKey facility);
bool may_accept_month(const Scope& scope, const Organisation& organisation, FacilityKey facility);

/// Keeps the values as they are now; of what was sent before, as its next revision. Problems: no right, the month is not over, it was
/// sent already and nothing changed since, nothing is in use, or a missed target has no analysis and follow-up.
Result<void> send_month(Context& context, const Scope& scope, FacilityKey facility, Month month);
/// Accepts, returns or takes back what was sent; the last two with a reason.
Result<void> decide_month(Context& context, const Scope& scope, FacilityKey facility, Month month, MonthStep step,
                          const std::string& reason);
/// Writes why a target was missed and what follows. `seen`: MonthNote::at of what it was typed over, 0 for nothing; empty: whatever stands
/// there. Problems: no right, the report was sent, the indicator is not in use, or somebody was faster (Conflict).
Result<void> save_month_note(Context& context, const Scope& scope, FacilityKey facility, Month month, IndicatorKey indicator,
                             const MonthNote& note, std::optional<Instant> seen = {});

/// Whether the facility used the indicator by the end of that month; a mandatory one always.
bool is_in_use(const IndicatorSeries& series, Month month);
/// What stands in the way of sending this card now; empty: nothing.
Problems check_send(const MonthCard& card);

/// Reports that wait for this scope to accept them, by facility and month.
struct WaitingReport {
  const Node* node = nullptr;
  Month month{};
};
struct WaitingReports {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers point to
  std::vector<WaitingReport> rows{};
};
WaitingReports list_waiting_months(Context& context, const Scope& scope);

}  // namespace pilar::app
