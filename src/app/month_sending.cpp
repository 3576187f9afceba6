#include "app/month_sending.h"

#include "app/month_report.h"
#include "i18n/words/access.h"
#include "i18n/words/indicator.h"
#include "i18n/words/period.h"
#include "store/facility_head.h"
#include "store/period_store.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kLookMicros = 3'600'000'000, kSendingDayMicros = 86'400'000'000;
constexpr int kLastSendingDay = 28, kHoursOfADay = 24;

/// One facility whose turn it is.
class DueReport {
 public:
  DueReport(Context& context, const store::StoredSending& sending) : context_(context), sending_(sending), now_(context.clock.now()) {}

  bool send() {
    const auto reference = context_.reference.get();
    const auto* node = reference->organisation.find(sending_.facility);
    if (node == nullptr) return mark(sending_.settled);
    const Month month{month_of(civil_day(now_, node->zone)).value - 1};
    const MonthSending when{.enabled = true, .day = sending_.day, .hour = sending_.hour};
    if (month <= sending_.settled || now_ < sending_time(when, month, node->zone)) return mark(sending_.settled);
    return look_at(month);
  }

 private:
  bool mark(Month settled) const {
    context_.db.shared([&](store::Tx& tx) { store::mark_sending(tx, sending_.facility, now_, settled); });
    return false;
  }

  bool look_at(Month month) const {
    const Scope scope(Role::Administrator, sending_.facility, std::string(kSentByItself));
    const auto reports = read_month_reports(context_, scope, sending_.facility, month, 1);
    const auto* card = reports ? reports->find(month) : nullptr;
    if (card == nullptr) return mark(sending_.settled);
    // Whoever sent it, or got it back, decides what becomes of it.
    if (!card->events.empty()) return mark(month);
    if (card->state != MonthState::Complete || !check_send(*card).empty()) return mark(sending_.settled);
    const auto sent = send_month(context_, scope, sending_.facility, month);
    mark(sent ? month : sending_.settled);
    return sent.has_value();
  }

  Context& context_;
  const store::StoredSending& sending_;
  Instant now_;
};

}  // namespace

Result<MonthSending> read_month_sending(Context& context, const Scope& scope, FacilityKey facility) {
  if (!scope.may(Right::ReadResults, context.reference.get()->organisation, facility))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "facility");
  std::optional<store::StoredSending> row;
  context.db.read([&](store::Tx& tx) { row = store::find_sending(tx, facility); });
  if (!row) return MonthSending{};
  return MonthSending{row->enabled, row->day, row->hour, row->at, row->actor};
}

Result<void> set_month_sending(Context& context, const Scope& scope, FacilityKey facility, const MonthSending& sending,
                               std::optional<Instant> seen) {
  const auto reference = context.reference.get();
  if (!may_send_month(scope, reference->organisation, facility)) return refuse(Problem::Kind::Forbidden, Msg::MonthMayNotSend);
  Problems wrong;
  if (sending.day < 1 || sending.day > kLastSendingDay) wrong.push_back({Problem::Kind::Invalid, Msg::MonthAutoDayWrong, "day", {}});
  if (sending.hour < 0 || sending.hour >= kHoursOfADay) wrong.push_back({Problem::Kind::Invalid, Msg::MonthAutoHourWrong, "hour", {}});
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  const auto now = context.clock.now();
  const auto* node = reference->organisation.find(facility);
  require(node != nullptr, "a facility over which somebody has rights is known");
  // Nothing of the time before it was switched on.
  const Month settled{month_of(civil_day(now, node->zone)).value - 2};
  Result<void> result;
  context.db.shared([&](store::Tx& tx) {
    result = {};
    const auto before = store::find_sending(tx, facility);
    if (seen && *seen != (before ? before->at : Instant{})) {
      result = refuse(Problem::Kind::Conflict, Msg::MonthAutoChanged);
      return;
    }
    store::put_sending(tx, {facility, sending.enabled, sending.day, sending.hour, settled, now, scope.actor()});
    const auto detail = R"({"on":)" + std::string(sending.enabled ? "1" : "0") + R"(,"day":)" + std::to_string(sending.day) + "}";
    store::append_audit(tx, facility, {now, scope.actor(), "month.automatic", "place:" + std::to_string(facility.value), detail});
  });
  return result;
}

Instant sending_time(const MonthSending& sending, Month month, Zone zone) {
  const auto first = start_of(first_day({month.value + 1}), zone);
  return {first.micros + (sending.day - 1) * kSendingDayMicros + sending.hour * kLookMicros};
}

std::size_t send_due_months(Context& context, std::size_t limit) {
  const auto now = context.clock.now();
  std::vector<store::StoredSending> due;
  context.db.read([&](store::Tx& tx) { due = store::load_due_sendings(tx, {now.micros - kLookMicros}, static_cast<std::int64_t>(limit)); });
  std::size_t sent = 0;
  for (const auto& one : due)
    if (DueReport(context, one).send()) ++sent;
  return sent;
}

}  // namespace pilar::app
