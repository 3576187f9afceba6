#include "web/month_address.h"

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/command.h"
#include "i18n/words/exchange.h"
#include "i18n/words/result.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::int32_t kMonthsOffered = 24;

}  // namespace

Result<Month> read_month(std::string_view text) {
  const auto month = parse_month(text);
  if (!month) return refuse(Msg::ExportBadMonth, "bulan");
  return *month;
}

Result<Month> read_asked_month(const Visit& visit, const Node& place, std::int32_t usually_back) {
  const auto running = month_of(civil_day(visit.context.clock.now(), place.zone));
  const auto text = visit.form.empty() ? visit.request.param("bulan") : visit.field("bulan");
  if (text.empty()) return Month{running.value - usually_back};
  const auto month = read_month(text);
  if (month && running < *month) return refuse(Msg::MonthNotBegun, "bulan", {month_arg(*month)});
  return month;
}

Filter month_choice(Lang lang, Month shown, Month running) {
  Filter filter{"bulan", words(lang, Msg::ResultMonth), iso(shown)};
  const auto offer = [&](Month month) { filter.options.push_back({iso(month), format::month(lang, month)}); };
  for (std::int32_t back = 0; back < kMonthsOffered; ++back) offer({running.value - back});
  if (shown.value <= running.value - kMonthsOffered) offer(shown);
  return filter;
}

}  // namespace pilar::web
