#include <array>

#include "app/yearly_save.h"
#include "i18n/format.h"
#include "i18n/words/access.h"
#include "i18n/words/sasaran.h"
#include "web/decision.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/words.h"
#include "web/yearly_form.h"
#include "web/yearly_pages.h"

namespace pilar::web {
namespace {

constexpr std::size_t kYearlyBytes = std::size_t{256} << 10U;

/// A facility's sasaran, as the form works on them.
struct AskedYearly {
  YearlyAddress address;
  app::YearlyView view;
};

Result<AskedYearly> read_asked_yearly(const Visit& visit) {
  auto address = read_yearly_address(visit);
  if (!address) return std::unexpected(address.error());
  auto view = app::read_yearly(visit.context, *visit.scope, address->query());
  if (!view) return std::unexpected(view.error());
  if (!visit.scope->may(Right::WriteRecords, view->kamus.reference->organisation, view->node().key))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotWrite);
  return AskedYearly{*std::move(address), *std::move(view)};
}

http::Reply get_yearly_form(const Visit& visit) {
  const auto asked = read_asked_yearly(visit);
  if (!asked) return refuse_result(visit, asked.error());
  return html_page(200, draw_yearly_form(visit, asked->view, asked->address, blank_yearly_form(asked->view, asked->address)));
}

http::Reply post_yearly_form(const Visit& visit) {
  const auto asked = read_asked_yearly(visit);
  if (!asked) return refuse_result(visit, asked.error());
  auto form = read_yearly_form(visit, asked->view, asked->address);
  const auto edits = edits_of(form);
  if (form.problems.empty()) {
    const auto saved = app::save_yearly(visit.context, *visit.scope, asked->view.node().key, asked->view.year, edits);
    if (saved) return redirect(asked->address.href() + "&sudah=" + std::to_string(*saved));
    form.problems = saved.error();
  }
  return html_page(status_of(form.problems), draw_yearly_form(visit, asked->view, asked->address, form));
}

http::Reply copy_page(const Visit& visit, const AskedYearly& asked, int status, const Problems& problems) {
  const auto year = std::to_string(asked.view.year), before = std::to_string(asked.view.year - 1);
  const auto count = std::ssize(asked.view.copyable());
  Confirm confirm;
  confirm.title = say(visit.lang, Msg::SasaranCopy, {before});
  confirm.place = asked.view.node().name;
  confirm.words = say(visit.lang, Msg::SasaranCopyWords, {format::number(visit.lang, count), year, before});
  confirm.action = "/indikator/sasaran/salin";
  confirm.button = confirm.title;
  confirm.kind = Button::Primary;
  confirm.back = {words(visit.lang, Msg::SasaranTitle), asked.address.href()};
  confirm.hidden = {{"tempat", asked.view.node().code}, {"tahun", year}};
  confirm.problems = problems;
  return html_page(status, draw_confirm(visit, confirm));
}

Problems nothing_to_copy(const AskedYearly& asked) {
  if (!asked.view.copyable().empty()) return {};
  return {{Problem::Kind::Conflict, Msg::SasaranNothingToCopy, "", {std::to_string(asked.view.year - 1)}}};
}

http::Reply get_copy(const Visit& visit) {
  const auto asked = read_asked_yearly(visit);
  if (!asked) return refuse_result(visit, asked.error());
  if (const auto none = nothing_to_copy(*asked); !none.empty()) return refuse_result(visit, none);
  return copy_page(visit, *asked, 200, {});
}

http::Reply post_copy(const Visit& visit) {
  const auto asked = read_asked_yearly(visit);
  if (!asked) return refuse_result(visit, asked.error());
  if (const auto none = nothing_to_copy(*asked); !none.empty()) return refuse_result(visit, none);
  const auto copied = app::copy_last_year(visit.context, *visit.scope, asked->view.node().key, asked->view.year, visit.lang);
  if (!copied) return copy_page(visit, *asked, status_of(copied.error()), copied.error());
  return redirect(asked->address.href() + "&sudah=" + std::to_string(*copied));
}

constexpr std::array kYearlyFormRoutes{
    Route{http::Method::Get, "/indikator/sasaran/isi", May::WriteRecords, Work::Blocking, &get_yearly_form,
          "A table in which a facility's yearly targets are filled in."},
    Route{http::Method::Post, "/indikator/sasaran/isi", May::WriteRecords, Work::Blocking, &post_yearly_form,
          "Saves the rows that were changed.", kYearlyBytes},
    Route{http::Method::Get, "/indikator/sasaran/salin", May::WriteRecords, Work::Blocking, &get_copy,
          "Asks before last year's targets are copied."},
    Route{http::Method::Post, "/indikator/sasaran/salin", May::WriteRecords, Work::Blocking, &post_copy,
          "Copies last year's targets to those that are missing."},
};

}  // namespace

std::span<const Route> yearly_form_routes() { return kYearlyFormRoutes; }

}  // namespace pilar::web
