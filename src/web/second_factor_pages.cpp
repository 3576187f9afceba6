#include "web/second_factor_pages.h"

#include <array>

#include "app/second_factor.h"
#include "i18n/format.h"
#include "i18n/words/access.h"
#include "i18n/words/people.h"
#include "i18n/words/survey.h"
#include "web/account_pages.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/qr_sheet.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::string_view kFactorPath = "/akun/verifikasi";

StaffPage factor_page(const Visit& visit) {
  auto frame = staff_page(visit, Place::Other, words(visit.lang, Msg::SecondFactorTitle));
  frame.path = {{visit.person->name, "/akun"}};
  return frame;
}

void draw_code_field(html::Out& o, const Visit& visit, Message hint, const Problems& problems) {
  Field code{"code", words(visit.lang, Msg::SecondFactorCode), words(visit.lang, hint)};
  code.required = true;
  code.autocomplete = "one-time-code";
  code.max_length = 30;
  code.problem = problem_of(visit.lang, problems, "code");
  draw_field(o, visit.lang, code);
}

/// "ABCD EFGH ...", as people type it.
std::string in_groups(std::string_view key) {
  std::string out;
  for (std::size_t i = 0; i < key.size(); ++i) out += (i > 0 && i % 4 == 0 ? " " : "") + std::string(1, key[i]);
  return out;
}

std::string draw_setup(const Visit& visit, const std::string& key, const Problems& problems) {
  auto frame = factor_page(visit);
  frame.place = words(visit.lang, Msg::SecondFactorLead);
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {words(visit.lang, Msg::SecondFactorScan), {}, words(visit.lang, Msg::SecondFactorScanHow), {}}, [&] {
      draw_qr(o, app::authenticator_address(visit.person->login, key), say(visit.lang, Msg::SecondFactorQr));
      o.el("p", {{"class", "note"}}, say(visit.lang, Msg::SecondFactorTyped));
      o.el("p", {{"class", "secret"}}, [&] { o.el("code", {}, in_groups(key)); });
    });
    draw_card(o, {words(visit.lang, Msg::SecondFactorTry), {}, {}, {}}, [&] {
      draw_post_form(o, visit, kFactorPath, {{"kunci", key}, {"ubah", "nyala"}}, [&] {
        draw_problems(o, visit.lang, problems);
        draw_code_field(o, visit, Msg::SecondFactorCodeHint, problems);
        draw_button(o, say(visit.lang, Msg::SecondFactorSwitchOn), Button::Primary);
      });
    });
  });
}

std::string draw_state(const Visit& visit, const app::SecondFactorState& state, const Problems& problems) {
  auto frame = factor_page(visit);
  frame.place = words(visit.lang, Msg::SecondFactorOn);
  return draw_staff_page(frame, [&](html::Out& o) {
    const auto left = say(visit.lang, Msg::SecondFactorLeft, {format::number(visit.lang, state.recovery_codes)});
    draw_card(o, {words(visit.lang, Msg::SecondFactorChange), {}, left, {}}, [&] {
      draw_post_form(o, visit, kFactorPath, {}, [&] {
        draw_problems(o, visit.lang, problems);
        draw_code_field(o, visit, Msg::SecondFactorAnyCodeHint, problems);
        o.el("div", {{"class", "choices"}}, [&] {
          draw_button(o, say(visit.lang, Msg::SecondFactorNewCodes), Button::Quiet, "ubah", "kode");
          draw_button(o, say(visit.lang, Msg::SecondFactorSwitchOff), Button::Danger, "ubah", "mati");
        });
      });
    });
  });
}

std::string draw_codes(const Visit& visit, const std::vector<std::string>& codes) {
  auto frame = factor_page(visit);
  frame.notice = words(visit.lang, Msg::SecondFactorIsOnNow);
  frame.actions = [&](html::Out& o) { draw_action_button(o, "print", say(visit.lang, Msg::SheetPrint)); };
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {words(visit.lang, Msg::SecondFactorCodes), {}, words(visit.lang, Msg::SecondFactorCodesHow), {}}, [&] {
      o.el("p", {}, say(visit.lang, Msg::SecondFactorCodesOf, {visit.person->login}));
      o.el("ol", {{"class", "codes"}}, [&] {
        for (const auto& code : codes) o.el("li", {}, [&] { o.el("code", {}, code); });
      });
      draw_link_button(o, {words(visit.lang, Msg::SecondFactorKept), "/akun"}, Button::Primary);
    });
  });
}

/// The page as it stands, with what went wrong just now.
http::Reply factor_reply(const Visit& visit, int status, const Problems& problems) {
  const auto state = app::second_factor_of(visit.context, visit.person->account);
  if (state.is_on) return html_page(status, draw_state(visit, state, problems));
  const auto key = std::string(visit.field("kunci"));
  return html_page(status, draw_setup(visit, key.empty() ? app::new_factor_key() : key, problems));
}

http::Reply get_factor(const Visit& visit) { return factor_reply(visit, 200, {}); }

http::Reply post_factor(const Visit& visit) {
  const auto& person = *visit.person;
  if (const auto wait = visit.desk->sign_ins.minutes_to_wait(person.login, visit.context.clock.now()))
    return factor_reply(visit, 429, {{Problem::Kind::Busy, Msg::SignInWait, "code", {std::to_string(wait)}}});
  const auto wanted = visit.field("ubah"), code = visit.field("code");
  Problems wrong;
  if (wanted == "mati") {
    const auto done = app::switch_off_second_factor(visit.context, person, code);
    if (done) return redirect("/akun?sudah=mati");
    wrong = done.error();
  } else {
    const auto codes = wanted == "kode" ? app::renew_recovery_codes(visit.context, person, code)
                                        : app::switch_on_second_factor(visit.context, person, visit.field("kunci"), code);
    if (codes) return html_page(200, draw_codes(visit, *codes));
    wrong = codes.error();
  }
  count_wrong_try(visit, person.login);
  return factor_reply(visit, status_of(wrong), wrong);
}

constexpr std::array kFactorRoutes{
    Route{http::Method::Get, kFactorPath, May::SignedIn, Work::Blocking, &get_factor, "The second factor of the own account."},
    Route{http::Method::Post, kFactorPath, May::SignedIn, Work::Blocking, &post_factor, "Switches the own second factor on or off."},
};

}  // namespace

std::span<const Route> second_factor_routes() { return kFactorRoutes; }

}  // namespace pilar::web
