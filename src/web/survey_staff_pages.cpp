#include <algorithm>
#include <array>

#include "app/survey_link.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/survey.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/qr_sheet.h"
#include "web/site.h"
#include "web/survey_pages.h"

namespace pilar::web {
namespace {

constexpr std::size_t kFacilitiesAPage = 50;

http::Reply refusal(const Visit& visit, const Problems& problems) { return problem_reply(visit, problems); }

std::string sheet_href(const Node& facility) { return "/survei/" + http::percent_encode(facility.code) + "/qr"; }
std::string place_href(const Node& facility) { return "/survei?tempat=" + http::percent_encode(facility.code); }

/// The links of one instrument, in the order of its units.
struct Offer {
  const app::InstalledVersion* version = nullptr;
  std::vector<store::SurveyLink> links{};
};

std::vector<Offer> offers_of(const app::Reference& reference, const std::vector<store::SurveyLink>& links) {
  std::vector<Offer> offers;
  for (const auto* version : reference.latest_of_all()) {
    if (!version->form.is_public) continue;
    Offer offer{version};
    for (const auto& link : links)
      if (link.instrument == version->instrument) offer.links.push_back(link);
    offers.push_back(std::move(offer));
  }
  return offers;
}

std::string unit_name(const app::Reference& reference, const store::SurveyLink& link, Lang lang) {
  const auto* unit = link.unit.value == 0 ? nullptr : reference.organisation.find_unit(link.facility, link.unit);
  return unit == nullptr ? std::string(say(lang, Msg::SurveysWhole)) : unit->name;
}

class PlacePage {
 public:
  PlacePage(const Visit& visit, const Node& facility, std::vector<Offer> offers)
      : visit_(visit),
        facility_(facility),
        offers_(std::move(offers)),
        manages_(visit.scope->may(Right::ManageLinks)) {}

  std::string draw() {
    auto frame = staff_page(visit_, Place::Surveys, in(Msg::SurveysTitle));
    frame.place = facility_.name;
    if (visit_.scope->root() != facility_.key) frame.path = {{in(Msg::SurveysTitle), "/survei"}};
    frame.notice = notice();
    const bool any = std::ranges::any_of(offers_, [](const Offer& offer) { return !offer.links.empty(); });
    if (any && manages_)
      frame.actions = [&](html::Out& o) { draw_link_button(o, {in(Msg::SurveysSheet), sheet_href(facility_)}, Button::Primary); };
    return draw_staff_page(frame, [&](html::Out& o) {
      if (!any) draw_empty(o, say(visit_.lang, Msg::SurveysEmpty));
      if (manages_ && lacks_links()) draw_missing(o);
      for (const auto& offer : offers_)
        if (!offer.links.empty()) draw_offer(o, offer);
    });
  }

 private:
  std::string in(Message message) const { return std::string(say(visit_.lang, message)); }

  std::string notice() const {
    const auto done = visit_.request.param("sudah");
    if (done == "tutup") return in(Msg::SurveysClosedNow);
    if (done == "buka") return in(Msg::SurveysOpenedNow);
    return done == "siap" ? in(Msg::SurveysAddedNow) : std::string();
  }

  bool lacks_links() const {
    const auto places = visit_.reference->organisation.units(facility_.key).size() + 1;
    return std::ranges::any_of(offers_, [&](const Offer& offer) { return offer.links.size() < places; });
  }

  void draw_form(html::Out& o, const Body& body) {
    const auto action = "/survei/" + http::percent_encode(facility_.code) + "/tautan";
    o.el("form", {{"method", "post"}, {"action", action}}, [&] {
      draw_csrf(o, visit_);
      body();
    });
  }

  void draw_missing(html::Out& o) {
    draw_form(o, [&] {
      o.el("p", {}, say(visit_.lang, Msg::SurveysMissing));
      draw_button(o, say(visit_.lang, Msg::SurveysAdd), Button::Quiet, "ubah", "siap");
    });
  }

  void draw_offer(html::Out& o, const Offer& offer) {
    const auto& form = offer.version->form;
    const auto results = "/hasil/" + form.key + "?tempat=" + http::percent_encode(facility_.code);
    draw_card(o, {form.title.in(visit_.lang), {in(Msg::SurveysResults), results}, form.mark.in(visit_.lang), {}}, [&] {
      TableHead head{form.title.in(visit_.lang), {{in(Msg::SurveysUnit)}, {in(Msg::SurveysAddress)}, {in(Msg::SurveysState)}}, {}};
      if (manages_) head.columns.push_back({in(Msg::SurveysDo)});
      draw_table(o, head, [&](Rows& rows) {
        for (const auto& link : offer.links) rows.row([&](Row& row) { draw_link(o, row, link); });
      });
    });
  }

  void draw_link(html::Out& o, Row& row, const store::SurveyLink& link) {
    const auto unit = unit_name(*visit_.reference, link, visit_.lang);
    const auto path = "/s/" + app::link_name(link);
    row.name(unit);
    row.cell([&] { o.el("a", {{"class", "text-nowrap"}, {"href", path}}, path); });
    row.cell(
        [&] { draw_badge(o, link.open ? Mark::Done : Mark::Open, say(visit_.lang, link.open ? Msg::SurveysOpen : Msg::SurveysClosed)); });
    if (!manages_) return;
    row.cell([&] {
      draw_form(o, [&] {
        o.el("input", {{"type", "hidden"}, {"name", "tautan"}, {"value", link.code}});
        const auto whose = say(visit_.lang, link.open ? Msg::SurveysCloseIt : Msg::SurveysOpenIt, {unit});
        o.el("button", {{"class", "btn"}, {"name", "ubah"}, {"value", link.open ? "tutup" : "buka"}, {"aria-label", whose}},
             say(visit_.lang, link.open ? Msg::SurveysClose : Msg::SurveysReopen));
      });
    });
  }

  const Visit& visit_;
  const Node& facility_;
  std::vector<Offer> offers_;
  bool manages_;
};

/// For who looks after many facilities: all of them by name, narrowed by a search.
http::Reply choice_page(const Visit& visit) {
  const auto& organisation = visit.reference->organisation;
  const auto words = lower_ascii(trim(visit.request.param("cari")));
  const auto today = civil_day(visit.context.clock.now(), Zone::Wib);
  std::vector<const Node*> found;
  for (const auto key : organisation.facilities_under(visit.scope->root(), today)) {
    const auto* node = organisation.find(key);
    if (lower_ascii(node->name).find(words) != std::string::npos) found.push_back(node);
  }
  std::ranges::sort(found, {}, [](const Node* node) { return node->name; });
  const auto pages = std::max<std::size_t>(1, (found.size() + kFacilitiesAPage - 1) / kFacilitiesAPage);
  const auto wanted = parse_int(visit.request.param("halaman")).value_or(1);
  const auto at = static_cast<std::size_t>(std::clamp<std::int64_t>(wanted, 1, static_cast<std::int64_t>(pages)));

  auto frame = staff_page(visit, Place::Surveys, std::string(say(visit.lang, Msg::SurveysTitle)));
  frame.place = say(visit.lang, Msg::SurveysChoose);
  return html_page(
      200, draw_staff_page(frame, [&](html::Out& o) {
        const auto count = say(visit.lang, Msg::SurveysFound, {std::to_string(found.size())});
        draw_filters(o, visit.lang, {"/survei", count, {{"cari", std::string(say(visit.lang, Msg::SurveysSearch)), words, {}}}, {}});
        if (found.empty()) return draw_empty(o, say(visit.lang, Msg::SurveysNoneFound));
        draw_card(o, {count, {}, {}, {}}, [&] {
          const TableHead head{
              count, {{std::string(say(visit.lang, Msg::SurveysFacility))}, {std::string(say(visit.lang, Msg::SurveysType))}}, {}};
          draw_table(o, head, [&](Rows& rows) {
            for (auto i = (at - 1) * kFacilitiesAPage; i < std::min(at * kFacilitiesAPage, found.size()); ++i)
              rows.row([&](Row& row) {
                row.name(found[i]->name, place_href(*found[i]));
                row.cell(found[i]->facility_type);
              });
          });
        });
        draw_pagination(o, visit.lang, static_cast<int>(at), static_cast<int>(pages),
                        [&](int number) { return "/survei?cari=" + http::percent_encode(words) + "&halaman=" + std::to_string(number); });
      }));
}

http::Reply get_surveys(const Visit& visit) {
  const auto& organisation = visit.reference->organisation;
  const auto code = visit.request.param("tempat");
  const auto* node = code.empty() ? organisation.find(visit.scope->root()) : organisation.find(code);
  if (code.empty() && (node == nullptr || node->kind != NodeKind::Facility)) return choice_page(visit);
  const auto links = app::read_links(visit.context, *visit.scope, node == nullptr ? FacilityKey{} : node->key);
  if (!links) return refusal(visit, links.error());
  return html_page(200, PlacePage(visit, *node, offers_of(*visit.reference, *links)).draw());
}

http::Reply post_link(const Visit& visit) {
  const auto* node = visit.reference->organisation.find(visit.args.at(0));
  const auto facility = node == nullptr ? FacilityKey{} : node->key;
  const auto wanted = visit.field("ubah");
  if (wanted == "siap") {
    if (const auto added = app::add_missing_links(visit.context, *visit.scope, facility); !added) return refusal(visit, added.error());
  } else {
    const auto done = app::open_link(visit.context, *visit.scope, facility, visit.field("tautan"), wanted == "buka");
    if (!done) return refusal(visit, done.error());
  }
  return redirect(place_href(*node) + "&sudah=" + http::percent_encode(wanted));
}

http::Reply get_sheet(const Visit& visit) {
  const auto* node = visit.reference->organisation.find(visit.args.at(0));
  const auto links = app::read_links(visit.context, *visit.scope, node == nullptr ? FacilityKey{} : node->key);
  if (!links) return refusal(visit, links.error());
  const auto unit = visit.request.param("unit"), instrument = visit.request.param("instrumen");
  QrSheet sheet{*node, site_address(visit.request), {}, {}};
  std::vector<web::Option> units{{"", std::string(say(visit.lang, Msg::SheetAllUnits))}};
  std::vector<web::Option> surveys{{"", std::string(say(visit.lang, Msg::SheetAllSurveys))}};
  for (const auto& offer : offers_of(*visit.reference, *links)) {
    surveys.push_back({offer.version->form.key, offer.version->form.title.in(visit.lang)});
    for (const auto& link : offer.links) {
      const auto key = std::to_string(link.unit.value);
      if (std::ranges::find(units, key, &web::Option::value) == units.end())
        units.push_back({key, unit_name(*visit.reference, link, visit.lang)});
      if (!link.open || (!unit.empty() && unit != key) || (!instrument.empty() && instrument != offer.version->form.key)) continue;
      const auto* named = link.unit.value == 0 ? nullptr : visit.reference->organisation.find_unit(link.facility, link.unit);
      sheet.cards.push_back({named == nullptr ? "" : named->name, offer.version->form.title.in(visit.lang), app::link_name(link)});
    }
  }
  sheet.filters = {{"unit", std::string(say(visit.lang, Msg::SurveysUnit)), std::string(unit), std::move(units)},
                   {"instrumen", std::string(say(visit.lang, Msg::SheetSurvey)), std::string(instrument), std::move(surveys)}};
  return html_page(200, draw_qr_sheet(visit, sheet));
}

constexpr std::array kSurveyStaffRoutes{
    Route{http::Method::Get, "/survei", May::ReadResults, Work::Blocking, &get_surveys, "The surveys of a place and their addresses."},
    Route{http::Method::Post, "/survei/:arg/tautan", May::ManageLinks, Work::Blocking, &post_link, "Opens, closes or makes survey links."},
    Route{http::Method::Get, "/survei/:arg/qr", May::ManageLinks, Work::Blocking, &get_sheet, "A sheet of QR codes to print."},
};

}  // namespace

std::span<const Route> survey_staff_routes() { return kSurveyStaffRoutes; }

}  // namespace pilar::web
