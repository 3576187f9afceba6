#include "web/trust_pages.h"

#include <array>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "http/certificate.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/ops.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/qr_sheet.h"
#include "web/site.h"

namespace pilar::web {
namespace {

constexpr std::string_view kCertificatePath = "/percaya/pilar.crt";

/// Steps for one kind of device; each line of the text is a step.
struct Device {
  Message title, steps;
};
constexpr Device kDevices[] = {
    {Msg::TrustAndroid, Msg::TrustAndroidSteps}, {Msg::TrustIos, Msg::TrustIosSteps}, {Msg::TrustWindows, Msg::TrustWindowsSteps}};

/// Where a phone that does not trust us yet can open this page: over plain HTTP where there is a port for it.
std::string trust_address(const Visit& visit) {
  const auto site = site_address(visit.request);
  const auto port = visit.desk->settings.number("redirect-port");
  if (site.empty() || port == 0) return site.empty() ? site : site + std::string(kTrustPath);
  return "http://" + host_of(site) + (port == 80 ? "" : ":" + std::to_string(port)) + std::string(kTrustPath);
}

void draw_device(html::Out& o, Lang lang, const Device& device) {
  o.el("details", {{"class", "more"}}, [&] {
    o.el("summary", {}, say(lang, device.title));
    o.el("ol", {}, [&] {
      for (const auto step : split(say(lang, device.steps), '\n')) o.el("li", {}, step);
    });
  });
}

/// The fingerprint in two-digit groups that may wrap.
std::string spaced(std::string fingerprint) {
  for (auto& c : fingerprint)
    if (c == ':') c = ' ';
  return fingerprint;
}

void draw_trust(html::Out& o, const Visit& visit, const http::CertificateFacts& authority) {
  const auto lang = visit.lang;
  o.el("h1", {}, say(lang, Msg::TrustTitle));
  o.el("p", {}, say(lang, Msg::TrustLead));
  draw_link_button(o, {std::string(say(lang, Msg::TrustDownload)), std::string(kCertificatePath)}, Button::Primary);
  o.el("h2", {}, say(lang, Msg::TrustSteps));
  for (const auto& device : kDevices) draw_device(o, lang, device);
  o.el("h2", {}, say(lang, Msg::TrustCompare));
  o.el("p", {}, say(lang, Msg::TrustCompareLead));
  o.el("p", {}, [&] { o.el("code", {}, spaced(authority.fingerprint)); });
  o.el("p", {{"class", "note"}},
       say(lang, Msg::TrustUntil, {authority.subject, format::date(lang, civil_day(authority.until, Zone::Wib))}));
  if (const auto address = trust_address(visit); !address.empty()) {
    o.el("h2", {}, say(lang, Msg::TrustOther));
    o.el("p", {}, say(lang, Msg::TrustOtherLead));
    draw_qr(o, address, address);
    o.el("p", {{"class", "note"}}, address);
  }
}

http::Reply get_trust(const Visit& visit) {
  const auto authority = http::read_certificate(visit.desk->settings.text("authority"));
  PublicPage page;
  page.lang = visit.lang;
  page.title = say(visit.lang, Msg::TrustTitle);
  page.owner = "Pilar";
  page.other_language_href = other_language_href(visit.request, visit.lang);
  return html_page(authority ? 200 : 404, draw_public_page(page, [&](html::Out& o) {
                     if (authority) return draw_trust(o, visit, *authority);
                     o.el("h1", {}, say(visit.lang, Msg::TrustTitle));
                     o.el("p", {}, say(visit.lang, Msg::TrustNone));
                   }));
}

http::Reply get_authority(const Visit& visit) {
  const auto& file = visit.desk->settings.text("authority");
  const auto authority = http::read_certificate(file);
  if (!authority || !authority->is_authority)  // a file that is something else is nobody's business
    return problem_reply(404, visit.request.path, visit.lang, {{Problem::Kind::NotFound, Msg::TrustNone, "", {}}});
  std::ifstream in(file, std::ios::binary);
  return {200,
          "application/x-x509-ca-cert",
          {std::istreambuf_iterator<char>(in), {}},
          {{"Content-Disposition", "attachment; filename=\"pilar.crt\""}}};
}

constexpr std::array kTrustRoutes{
    Route{http::Method::Get, kTrustPath, May::Anyone, Work::Blocking, &get_trust, "How a phone learns to trust this server's certificate."},
    Route{http::Method::Get, kCertificatePath, May::Anyone, Work::Blocking, &get_authority, "The authority's certificate."},
};

}  // namespace

std::span<const Route> trust_routes() { return kTrustRoutes; }

}  // namespace pilar::web
