#include "web/month_report_words.h"

#include "http/message.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/indicator.h"
#include "i18n/words/period.h"
#include "web/audit_words.h"
#include "web/words.h"

namespace pilar::web {

MonthStateTold tell_state(Lang lang, const app::MonthCard& card) {
  switch (card.state) {
    case app::MonthState::Sent:
      return {Mark::Done, Ground::Filled, words(lang, Msg::MonthSent)};
    case app::MonthState::Accepted:
      return {Mark::Done, Ground::Filled, words(lang, Msg::MonthAccepted)};
    case app::MonthState::Returned:
      return {Mark::Concern, Ground::Filled, words(lang, Msg::MonthReturned)};
    default:
      break;
  }
  if (card.running) return {Mark::Open, Ground::Clear, words(lang, Msg::MonthRunning)};
  if (card.state == app::MonthState::Complete) return {Mark::Concern, Ground::Clear, words(lang, Msg::MonthComplete)};
  return {Mark::Open, Ground::Clear, words(lang, card.state == app::MonthState::Empty ? Msg::MonthEmpty : Msg::MonthPartly)};
}

std::string event_words(Lang lang, const app::AuditNames& names, const app::MonthEvent& event, Zone zone) {
  const auto at = format::moment(lang, event.at, zone);
  const auto who = who_words(lang, names, event.actor);
  switch (event.step) {
    case app::MonthStep::Accept:
      return say(lang, Msg::MonthAcceptedAt, {at, who});
    case app::MonthStep::Return:
      return say(lang, Msg::MonthReturnedAt, {at, who, event.reason});
    case app::MonthStep::Withdraw:
      return say(lang, Msg::MonthWithdrawnAt, {at, who, event.reason});
    case app::MonthStep::Send:
      break;
  }
  return say(lang, Msg::MonthSentAt, {at, who});
}

app::AuditNames names_in(const Visit& visit, std::span<const app::MonthCard> cards) {
  std::vector<std::string> who;
  for (const auto& card : cards)
    for (const auto& event : card.events) who.push_back(event.actor);
  return app::audit_names(visit.context, who);
}

std::string filled_words(Lang lang, const app::MonthCard& card) {
  return say(lang, Msg::MonthFilled,
             {format::number(lang, static_cast<std::int64_t>(card.filled)), format::number(lang, static_cast<std::int64_t>(card.all))});
}

std::string changed_words(Lang lang, const app::MonthCard& card) {
  const bool accepted = card.state == app::MonthState::Accepted;
  return say(lang, accepted ? Msg::MonthChangedAccepted : Msg::MonthChangedCount, {format::number(lang, std::ssize(card.changed))});
}

std::string revision_words(Lang lang, const app::MonthCard& card) {
  return say(lang, Msg::MonthRevision, {format::number(lang, std::int64_t{card.revision})});
}

std::string month_report_href(const Node& facility, std::optional<Month> month, std::string_view below) {
  std::string out = "/indikator/laporan";
  if (month) out += "/" + iso(*month);
  return out + std::string(below) + "?tempat=" + http::percent_encode(facility.code);
}

}  // namespace pilar::web
