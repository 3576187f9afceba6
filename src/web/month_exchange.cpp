#include "web/month_exchange.h"

#include <array>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/exchange.h"
#include "i18n/words/page.h"
#include "i18n/words/result.h"
#include "interchange/fhir.h"
#include "web/api_indicator_json.h"
#include "web/forms.h"
#include "web/kamus_words.h"
#include "web/month_report_words.h"
#include "web/result_address.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

Result<app::MonthFigures> read_exchange(const Visit& visit) {
  const auto* node = asked_place(visit);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  const auto month = parse_month(visit.args.front());
  if (!month) return refuse(Problem::Kind::NotFound, Msg::PageNotFound);
  return app::read_month_figures(visit.context, *visit.scope, node->key, *month);
}

/// A document that a browser saves.
http::Reply saved_document(std::string_view media, std::string_view kind, const app::MonthFigures& figures, const json::Value& value) {
  const auto name = safe_file_name(std::string(kind) + "-" + figures.kamus.node->code + "-" + iso(figures.month) + ".json");
  return {200, std::string(media), json::print(value), {{"Content-Disposition", "attachment; filename=\"" + name + "\""}}};
}

http::Reply get_dhis2_file(const Visit& visit) {
  const auto figures = read_exchange(visit);
  if (!figures) return refuse_result(visit, figures.error());
  const auto set = data_value_set_json(visit.lang, *figures, {});
  if (!set) return refuse_result(visit, set.error());
  return saved_document("application/json", "dhis2", *figures, *set);
}

http::Reply get_fhir_file(const Visit& visit) {
  const auto figures = read_exchange(visit);
  if (!figures) return refuse_result(visit, figures.error());
  return saved_document(fhir::kMediaType, "fhir", *figures, fhir_month_json(*figures));
}

constexpr std::array kExchangeRoutes{
    Route{http::Method::Get, "/indikator/laporan/:arg/dhis2.json", May::ReadResults, Work::Blocking, &get_dhis2_file,
          "A month's indicators as a DHIS2 file."},
    Route{http::Method::Get, "/indikator/laporan/:arg/fhir.json", May::ReadResults, Work::Blocking, &get_fhir_file,
          "A month's indicators as FHIR MeasureReport."},
};

}  // namespace

std::span<const Route> month_exchange_routes() { return kExchangeRoutes; }

void draw_month_exchange(html::Out& o, Lang lang, const Node& place, Month month) {
  const CardHead head{.title = words(lang, Msg::ExchangeTitle), .note = say(lang, Msg::ExchangeNote, {format::month(lang, month)})};
  draw_card(o, head, [&] {
    o.el("p", {}, words(lang, Msg::ExchangeDhis2Words));
    draw_link_button(o, {words(lang, Msg::ExchangeDhis2), month_report_href(place, month, "/dhis2.json")});
    o.el("p", {}, words(lang, Msg::ExchangeFhirWords));
    draw_link_button(o, {words(lang, Msg::ExchangeFhir), month_report_href(place, month, "/fhir.json")});
  });
}

}  // namespace pilar::web
