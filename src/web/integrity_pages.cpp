#include "web/integrity_pages.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/integrity.h"
#include "i18n/words/result.h"
#include "web/decision.h"
#include "web/forms.h"
#include "web/integrity_page.h"
#include "web/integrity_words.h"
#include "web/kamus_words.h"
#include "web/list_file.h"
#include "web/month_address.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// What the address, or a posted form, asks for.
struct IntegrityRequest {
  const Node* node = nullptr;
  Month month{};
};

Result<IntegrityRequest> read_integrity_request(const Visit& visit) {
  const auto* node = asked_place(visit);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  const auto month = read_asked_month(visit, *node);
  if (!month) return std::unexpected(month.error());
  return IntegrityRequest{node, *month};
}

bool is_facility(const IntegrityRequest& asked) { return asked.node->kind == NodeKind::Facility; }

/// The page or file of a facility or of an office.
template <class OfFacility, class OfOffice>
http::Reply integrity_reply(const Visit& visit, const OfFacility& of_facility, const OfOffice& of_office) {
  const auto asked = read_integrity_request(visit);
  if (!asked) return refuse_result(visit, asked.error());
  if (is_facility(*asked)) {
    const auto view = app::read_integrity(visit.context, *visit.scope, asked->node->key, asked->month);
    return view ? of_facility(*view) : refuse_result(visit, view.error());
  }
  const auto office = app::read_office_integrity(visit.context, *visit.scope, asked->node->key, asked->month);
  return office ? of_office(*office) : refuse_result(visit, office.error());
}

http::Reply get_integrity(const Visit& visit) {
  return integrity_reply(
      visit, [&](const app::IntegrityView& view) { return html_page(200, draw_integrity(visit, view)); },
      [&](const app::OfficeIntegrity& office) { return html_page(200, draw_office_integrity(visit, office)); });
}

http::Reply integrity_as(const Visit& visit, FileKind kind) {
  return integrity_reply(
      visit, [&](const app::IntegrityView& view) { return integrity_file(visit, view, kind); },
      [&](const app::OfficeIntegrity& office) { return office_integrity_file(visit, office, kind); });
}

http::Reply post_count(const Visit& visit) {
  const auto asked = read_integrity_request(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const auto counted = app::count_signs(visit.context, *visit.scope, asked->node->key, asked->month);
  if (!counted) return refuse_result(visit, counted.error());
  return redirect(integrity_href(*asked->node, asked->month) + "&sudah=" + std::to_string(*counted));
}

/// A sign that somebody says was looked into.
struct AskedSign {
  IntegrityRequest request{};
  app::IntegrityView view{};
  const app::FoundSign* sign = nullptr;
};

Result<AskedSign> read_asked_sign(const Visit& visit) {
  const auto asked = read_integrity_request(visit);
  if (!asked) return std::unexpected(asked.error());
  auto view = app::read_integrity(visit.context, *visit.scope, asked->node->key, asked->month);
  if (!view) return std::unexpected(view.error());
  AskedSign out{*asked, *std::move(view), nullptr};
  const std::string name(visit.form.empty() ? visit.request.param("tanda") : visit.field("tanda"));
  const auto found = std::ranges::find(out.view.signs, name, [](const app::FoundSign& one) { return one.key(); });
  if (found == out.view.signs.end()) return refuse(Problem::Kind::NotFound, Msg::IntegritySignGone, "tanda");
  out.sign = &*found;
  return out;
}

std::string draw_check(const Visit& visit, const AskedSign& asked, const Problems& problems) {
  Confirm confirm;
  confirm.title = words(visit.lang, Msg::IntegrityCheckTitle);
  confirm.place = asked.request.node->name + " · " + format::month(visit.lang, asked.request.month);
  confirm.words = sign_words(visit.lang, asked.sign->kind) + ", " + sign_subject(visit.lang, asked.view, *asked.sign) + ". " +
                  evidence_words(visit.lang, *asked.sign);
  confirm.action = "/indikator/keutuhan/periksa";
  confirm.button = words(visit.lang, Msg::IntegrityCheckButton);
  confirm.kind = Button::Primary;
  confirm.back = {words(visit.lang, Msg::IntegrityTitle), integrity_href(*asked.request.node, asked.request.month)};
  confirm.hidden = {{"tempat", asked.request.node->code}, {"bulan", iso(asked.request.month)}, {"tanda", asked.sign->key()}};
  confirm.problems = problems;
  confirm.reason = reason_field(visit, problems, "reason", Msg::IntegrityReason, words(visit.lang, Msg::IntegrityReasonHint));
  confirm.reason->rows = 2;
  return draw_confirm(visit, confirm);
}

http::Reply get_check(const Visit& visit) {
  const auto asked = read_asked_sign(visit);
  if (!asked) return refuse_result(visit, asked.error());
  return html_page(200, draw_check(visit, *asked, {}));
}

http::Reply post_check(const Visit& visit) {
  const auto asked = read_asked_sign(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const std::string reason(trim(visit.field("reason")));
  const auto& [node, month] = asked->request;
  const auto done = app::check_sign(visit.context, *visit.scope, node->key, month, asked->sign->key(), reason);
  if (!done) return html_page(status_of(done.error()), draw_check(visit, *asked, done.error()));
  return redirect(integrity_href(*node, month) + "&sudah=periksa");
}

constexpr std::array kIntegrityRoutes{
    Route{http::Method::Get, "/indikator/keutuhan", May::ReadResults, Work::Blocking, &get_integrity,
          "Signs about the soundness of a facility's data, or how many an office's facilities have."},
    csv_route<integrity_as>("/indikator/keutuhan/data.csv", May::ReadResults),
    workbook_route<integrity_as>("/indikator/keutuhan/data.xlsx", May::ReadResults),
    Route{http::Method::Post, "/indikator/keutuhan/hitung", May::ReadResults, Work::Blocking, &post_count,
          "Looks at an office's facilities again."},
    Route{http::Method::Get, "/indikator/keutuhan/periksa", May::ManageIndicators, Work::Blocking, &get_check,
          "Asks what came of looking into a sign."},
    Route{http::Method::Post, "/indikator/keutuhan/periksa", May::ManageIndicators, Work::Blocking, &post_check,
          "Says that a sign was looked into."},
};

}  // namespace

std::span<const Route> integrity_routes() { return kIntegrityRoutes; }

}  // namespace pilar::web
