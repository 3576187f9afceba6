#include "web/frame.h"

#include "i18n/format.h"
#include "i18n/messages.h"

namespace pilar::web {

StaffPage staff_page(const Visit& visit, Place place, std::string title) {
  const auto say_it = [&](Msg message) { return std::string(say(visit.lang, message)); };
  StaffPage page;
  page.lang = visit.lang;
  page.title = std::move(title);
  page.other_language_href = other_language_href(visit.request, visit.lang);
  if (!visit.person) return page;
  page.pages = {
      {say_it(Msg::FrameHome), "/beranda"}, {say_it(Msg::FrameSurveys), "/survei"}, {say_it(Msg::FrameInstruments), "/instrumen"}};
  if (place != Place::Other) page.current = static_cast<std::size_t>(place);
  page.person = {visit.person->name, "/akun"};
  return page;
}

std::string other_language_href(const http::Request& request, Lang lang) {
  std::string out = request.path + "?";
  for (const auto& [name, value] : request.query)
    if (name != "bahasa") out += http::percent_encode(name) + "=" + http::percent_encode(value) + "&";
  return out + (lang == Lang::Id ? "bahasa=en" : "bahasa=id");
}

std::string as_of(Lang lang, Instant at, Zone zone) { return format::moment(lang, at, zone); }

void draw_csrf(html::Out& o, const Visit& visit) { o.el("input", {{"type", "hidden"}, {"name", "csrf"}, {"value", visit.csrf}}); }

}  // namespace pilar::web
