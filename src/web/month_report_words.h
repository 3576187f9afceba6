#pragma once
#include <optional>
#include <span>
#include <string>

#include "app/audit.h"
#include "app/month_report.h"
#include "web/components.h"
#include "web/route.h"

namespace pilar::web {

/// "terkirim", with the shape that says how urgent it is.
struct MonthStateTold {
  Mark mark = Mark::None;
  Ground ground = Ground::Clear;
  std::string words{};
};
MonthStateTold tell_state(Lang lang, const app::MonthCard& card);
/// "dikirim 3 November 2026 08.15 WIB oleh dr. Sari".
std::string event_words(Lang lang, const app::AuditNames& names, const app::MonthEvent& event, Zone zone);
/// The names of everybody who did something about these months.
app::AuditNames names_in(const Visit& visit, std::span<const app::MonthCard> cards);
std::string filled_words(Lang lang, const app::MonthCard& card);   ///< "8 dari 12 indikator terisi"
/// "2 indikator berubah setelah dikirim"; where it was accepted, that it changed after that.
std::string changed_words(Lang lang, const app::MonthCard& card);
std::string revision_words(Lang lang, const app::MonthCard& card);  ///< "revisi 2": how often it was sent
/// "/indikator/laporan/2026-10?tempat=melati"; without a month the list.
std::string month_report_href(const Node& facility, std::optional<Month> month, std::string_view below = {});

}  // namespace pilar::web
