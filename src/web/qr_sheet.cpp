#include "web/qr_sheet.h"

#include <algorithm>

#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/survey.h"
#include "interchange/qr.h"
#include "web/frame.h"

namespace pilar::web {
namespace {

constexpr std::size_t kQuiet = 4;  // modules, ISO/IEC 18004

/// One path of runs of dark modules: "M4 4h7v1h-7z".
std::string path_of(const QrCode& code) {
  std::string out;
  for (std::size_t row = 0; row < code.size; ++row)
    for (std::size_t from = 0; from < code.size;) {
      auto to = from;
      while (to < code.size && code.is_dark(row, to)) ++to;
      const auto width = std::to_string(to - from);
      if (to > from) {
        out.append("M").append(std::to_string(from + kQuiet)).append(" ").append(std::to_string(row + kQuiet));
        out.append("h").append(width).append("v1h-").append(width).append("z");
      }
      from = to + 1;
    }
  return out;
}

bool is_host(std::string_view host) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' ||
           c == ']';
  };
  return !host.empty() && host.size() <= 255 && std::ranges::all_of(host, good);
}

std::string without_scheme(const std::string& address) {
  const auto at = address.find("://");
  return at == std::string::npos ? address : address.substr(at + 3);
}

void draw_qr_card(html::Out& o, Lang lang, const QrSheet& sheet, const QrCard& card) {
  const auto address = sheet.site + "/s/" + card.name;
  o.el("section", {{"class", "qr-card"}}, [&] {
    o.el("h2", {}, say(lang, Msg::SheetInvite));
    draw_qr(o, address, say(lang, Msg::SheetCode, {address}));
    o.el("p", {{"class", "qr-address"}}, without_scheme(address));
    o.el("p", {{"class", "qr-how"}}, say(lang, Msg::SheetHow));
    o.el("p", {{"class", "qr-place"}}, [&] {
      o.el("b", {}, card.unit.empty() ? sheet.facility.name : card.unit);
      o.text(card.unit.empty() ? card.title : sheet.facility.name + " · " + card.title);
    });
  });
}

}  // namespace

void draw_qr(html::Out& o, std::string_view text, std::string_view words) {
  const auto code = make_qr(text);
  if (!code) return;
  const auto side = std::to_string(code->size + 2 * kQuiet);
  o.el(
      "svg",
      {{"class", "qr"}, {"viewBox", "0 0 " + side + " " + side}, {"role", "img"}, {"aria-label", words}, {"shape-rendering", "crispEdges"}},
      [&] {
        o.el("rect", {{"width", side}, {"height", side}, {"fill", "#fff"}});
        o.el("path", {{"d", path_of(*code)}, {"fill", "#000"}});
      });
}

std::string site_address(const http::Request& request) {
  const auto host = request.header("host");
  if (!is_host(host)) return {};
  return (request.secure ? "https://" : "http://") + lower_ascii(host);
}

std::string host_of(const std::string& site) {
  auto host = without_scheme(site);
  const auto colon = host.rfind(':');
  if (colon != std::string::npos && (host.rfind(']') == std::string::npos || colon > host.rfind(']'))) host.resize(colon);
  return host;
}

std::string draw_qr_sheet(const Visit& visit, const QrSheet& sheet) {
  const auto in = [&](Message message) { return std::string(say(visit.lang, message)); };
  auto frame = staff_page(visit, Place::Surveys, in(Msg::SheetTitle));
  frame.place = sheet.facility.name;
  frame.path = {{in(Msg::SurveysTitle), "/survei?tempat=" + http::percent_encode(sheet.facility.code)}};
  frame.actions = [&](html::Out& o) { draw_action_button(o, "print", say(visit.lang, Msg::SheetPrint)); };
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_filters(o, visit.lang,
                 {.action = visit.request.path, .summary = in(Msg::SheetTitle), .filters = sheet.filters, .on_paper = false});
    if (sheet.site.empty()) return draw_empty(o, say(visit.lang, Msg::SheetNoHost));
    if (sheet.cards.empty()) return draw_empty(o, say(visit.lang, Msg::SheetEmpty));
    o.el("div", {{"class", sheet.cards.size() == 1 ? "qr-sheet alone" : "qr-sheet"}}, [&] {
      for (const auto& card : sheet.cards) draw_qr_card(o, visit.lang, sheet, card);
    });
  });
}

}  // namespace pilar::web
