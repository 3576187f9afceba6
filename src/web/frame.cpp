#include "web/frame.h"

#include <algorithm>
#include <array>
#include <optional>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/entry.h"
#include "i18n/words/help.h"
#include "i18n/words/indicator.h"
#include "i18n/words/page.h"
#include "i18n/words/people.h"
#include "i18n/words/place_page.h"
#include "i18n/words/table.h"
#include "web/site.h"
#include "web/tour.h"

namespace pilar::web {
namespace {

/// A word of the bar is there for who may open what it leads to.
struct BarRow {
  Place place;
  Message words;
  std::string_view href;
  std::optional<Right> right{};
};
constexpr std::array kBar{
    BarRow{Place::Home, Msg::FrameHome, "/beranda"},
    BarRow{Place::Region, Msg::FrameRegion, "/wilayah", Right::ReadResults},
    BarRow{Place::Indicators, Msg::FrameIndicators, "/indikator", Right::ReadResults},
    BarRow{Place::Entry, Msg::EntryFrame, "/isi", Right::WriteRecords},
    BarRow{Place::Surveys, Msg::FrameSurveys, "/survei", Right::ReadResults},
    BarRow{Place::Imports, Msg::FrameImports, "/impor", Right::WriteRecords},
    BarRow{Place::Instruments, Msg::FrameInstruments, "/instrumen"},
    BarRow{Place::Places, Msg::PlacesTitle, "/tempat", Right::ManagePlaces},
    BarRow{Place::People, Msg::FramePeople, "/orang", Right::ManageAccounts},
    BarRow{Place::Audit, Msg::FrameAudit, "/jejak", Right::ReadAudit},
};

/// Which chapter of the guide (help/) speaks of the pages below a path; the first row that fits.
struct HelpRow {
  std::string_view path, chapter;
};
constexpr std::array kHelp{HelpRow{"/beranda", "beranda"},
                           HelpRow{"/hasil", "grafik"},
                           HelpRow{"/wilayah/indikator", "indikator"},
                           HelpRow{"/wilayah", "fasilitas"},
                           HelpRow{"/faskes", "fasilitas"},
                           HelpRow{"/survei", "kessan"},
                           HelpRow{"/komentar", "kerahasiaan"},
                           HelpRow{"/indikator", "indikator"},
                           HelpRow{"/kamus", "indikator"},
                           HelpRow{"/sensus", "indikator"},
                           HelpRow{"/isi", "isi"},
                           HelpRow{"/catatan", "isi"},
                           HelpRow{"/antrean", "tanpa-jaringan"},
                           HelpRow{"/impor", "impor"},
                           HelpRow{"/pekerjaan", "impor"},
                           HelpRow{"/instrumen", "instrumen"},
                           HelpRow{"/tempat", "pengelola"},
                           HelpRow{"/orang", "pengelola"},
                           HelpRow{"/token", "pengelola"},
                           HelpRow{"/jejak", "pengelola"},
                           HelpRow{"/debug", "pengelola"}};

/// "/hasil/kessan/mengapa" explains a figure, whatever it is a figure of.
constexpr std::string_view kExplains = "/mengapa";

Link help_for(Lang lang, std::string_view path) {
  const auto fits = [&](const HelpRow& row) {
    return path.starts_with(row.path) && (path.size() == row.path.size() || path[row.path.size()] == '/');
  };
  const auto* row = std::ranges::find_if(kHelp, fits);
  if (row == kHelp.end()) return {};
  const auto chapter = path.ends_with(kExplains) ? std::string_view("angka") : row->chapter;
  return {std::string(say(lang, Msg::FrameHelp)), "/bantuan/" + std::string(chapter)};
}

/// Whether the person's place is above facilities.
bool oversees(const Visit& visit) {
  const auto* home = visit.reference->organisation.find(visit.person->scope.root());
  return home != nullptr && home->kind != NodeKind::Facility;
}

/// The place that this page is about, where its address or its form names one.
const Node* named_place(const Visit& visit) {
  constexpr std::array<std::string_view, 3> kOfPlaces{"/faskes/", "/tempat/", "/survei/"};
  const auto& organisation = visit.reference->organisation;
  const auto begins = [&](std::string_view prefix) { return visit.request.path.starts_with(prefix); };
  if (!visit.args.empty() && std::ranges::any_of(kOfPlaces, begins)) return organisation.find(visit.args.front());
  const auto asked = visit.request.param("tempat");
  const auto code = asked.empty() ? visit.field("tempat") : asked;
  return code.empty() ? nullptr : organisation.find(code);
}

/// Which role opens this page: of several the one that reaches the place that the page is about.
std::string why_words(const Visit& visit) {
  if (visit.why == nullptr) return std::string(say(visit.lang, Msg::AccessWhyOpen));
  const auto& organisation = visit.reference->organisation;
  const auto* place = named_place(visit);
  const auto* here = place == nullptr || !visit.right ? nullptr : visit.scope->why(*visit.right, organisation, place->key);
  const auto& grant = here == nullptr ? *visit.why : *here;
  const auto role = role_words(visit.lang, organisation, grant);
  if (!grant.to) return say(visit.lang, Msg::AccessWhy, {role});
  return say(visit.lang, Msg::AccessWhyUntil, {role, format::short_date(visit.lang, Day{grant.to->value - 1})});
}

}  // namespace

StaffPage staff_page(const Visit& visit, Place place, std::string title) {
  const auto say_it = [&](Message message) { return std::string(say(visit.lang, message)); };
  StaffPage page;
  page.lang = visit.lang;
  page.title = std::move(title);
  page.other_language_href = other_language_href(visit.request, visit.lang);
  if (!visit.person) return page;
  for (const auto& row : kBar) {
    if (row.right && !visit.person->scope.may(*row.right)) continue;
    if (row.place == Place::Region && !oversees(visit)) continue;
    if (row.place == place) page.current = page.pages.size();
    page.pages.push_back({say_it(row.words), std::string(row.href)});
  }
  page.pages.push_back({say_it(Msg::HelpTitle), "/bantuan"});
  if (visit.person->scope.may(Right::ReadResults)) page.search_href = "/cari";
  page.tour = tour_step(visit);
  page.help = help_for(visit.lang, visit.request.path);
  page.person = {visit.person->name, "/akun"};
  page.account = std::to_string(visit.person->account.value);
  page.why = why_words(visit);
  return page;
}

std::string other_language_href(const http::Request& request, Lang lang) {
  std::string out = request.path + "?";
  for (const auto& [name, value] : request.query)
    if (name != "bahasa") out += http::percent_encode(name) + "=" + http::percent_encode(value) + "&";
  return out + (lang == Lang::Id ? "bahasa=en" : "bahasa=id");
}

std::string as_of(Lang lang, Instant at, Zone zone) { return format::moment(lang, at, zone); }

Zone home_zone(const Visit& visit) {
  const auto* home = visit.scope ? visit.reference->organisation.find(visit.scope->root()) : nullptr;
  return home == nullptr ? Zone::Wib : home->zone;
}

void draw_csrf(html::Out& o, const Visit& visit) { o.el("input", {{"type", "hidden"}, {"name", "csrf"}, {"value", visit.csrf}}); }

}  // namespace pilar::web
