#include "web/yearly_pages.h"

#include <array>
#include <functional>

#include "app/yearly_office.h"
#include "i18n/words/indicator.h"
#include "web/kamus_words.h"
#include "web/list_file.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/yearly_course.h"
#include "web/yearly_office_page.h"
#include "web/yearly_page.h"

namespace pilar::web {
namespace {

/// Answers for a facility or for an office, whichever the address names.
http::Reply answer_yearly(const Visit& visit, const std::function<http::Reply(const app::YearlyView&, const YearlyAddress&)>& of_facility,
                          const std::function<http::Reply(const app::YearlyOffice&, const YearlyOfficeAddress&)>& of_office) {
  const auto address = read_yearly_address(visit);
  if (!address) return refuse_result(visit, address.error());
  if (address->node->kind != NodeKind::Facility) {
    const auto office = app::read_yearly_office(visit.context, *visit.scope, address->node->key, address->year);
    if (!office) return refuse_result(visit, office.error());
    return of_office(*office, read_yearly_office_address(visit, *address->node, address->year));
  }
  const auto view = app::read_yearly(visit.context, *visit.scope, address->query());
  if (!view) return refuse_result(visit, view.error());
  return of_facility(*view, *address);
}

http::Reply get_yearly(const Visit& visit) {
  return answer_yearly(
      visit, [&](const auto& view, const auto& address) { return html_page(200, draw_yearly(visit, view, address)); },
      [&](const auto& office, const auto& address) { return html_page(200, draw_yearly_office(visit, office, address)); });
}

http::Reply yearly_file(const Visit& visit, FileKind kind) {
  return answer_yearly(
      visit,
      [&](const app::YearlyView& view, const YearlyAddress& address) {
        const auto name = "sasaran-" + view.node().code + "-" + std::to_string(view.year);
        return table_reply(name, yearly_table(visit.lang, view, address), kind);
      },
      [&](const app::YearlyOffice& office, const YearlyOfficeAddress& address) {
        const auto name = "sasaran-" + office.node->code + "-" + std::to_string(office.year);
        return table_reply(name, yearly_office_table(visit, office, address), kind);
      });
}

http::Reply course_file(const Visit& visit, FileKind kind) {
  return answer_yearly(
      visit,
      [&](const app::YearlyView& view, const YearlyAddress&) {
        const auto name = "cakupan-" + view.node().code + "-" + std::to_string(view.year);
        return table_reply(name, course_table(visit.lang, view), kind);
      },
      [&](const app::YearlyOffice&, const YearlyOfficeAddress&) {
        return refuse_result(visit, {{Problem::Kind::Invalid, Msg::IndicatorNotFacility, "tempat", {}}});
      });
}

constexpr std::array kYearlyRoutes{
    Route{http::Method::Get, "/indikator/sasaran", May::ReadResults, Work::Blocking, &get_yearly,
          "A facility's yearly targets and the coverages over them, or which facilities below an office lack some."},
    csv_route<yearly_file>("/indikator/sasaran/data.csv", May::ReadResults, "The targets as CSV."),
    workbook_route<yearly_file>("/indikator/sasaran/data.xlsx", May::ReadResults, "The targets as a workbook."),
    csv_route<course_file>("/indikator/sasaran/cakupan.csv", May::ReadResults, "The coverages month by month as CSV."),
    workbook_route<course_file>("/indikator/sasaran/cakupan.xlsx", May::ReadResults, "The coverages month by month as a workbook."),
};

}  // namespace

std::span<const Route> yearly_routes() { return kYearlyRoutes; }

}  // namespace pilar::web
