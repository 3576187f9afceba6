#include "web/account_pages.h"

#include <algorithm>
#include <array>

#include "app/account.h"
#include "app/organisation.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/people.h"
#include "web/desk.h"
#include "web/device_words.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/site.h"

namespace pilar::web {
namespace {

/// Only a place of our own to return to: no other host, no scheme.
std::string return_to(std::string_view wanted) {
  if (!wanted.starts_with('/') || wanted.starts_with("//") || wanted.find('\\') != std::string_view::npos) return "/beranda";
  return std::string(wanted);
}

std::string draw_sign_in(const Visit& visit, const Problems& problems, std::string_view login, std::string_view back) {
  auto frame = staff_page(visit, Place::Other, std::string(say(visit.lang, Msg::SignInTitle)));
  if (visit.request.param("sudah") == "sandi") frame.notice = say(visit.lang, Msg::SignInPasswordSaved);
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {}, [&] {
      o.el("form", {{"method", "post"}, {"action", "/masuk"}, {"class", "entry"}}, [&] {
        draw_problems(o, visit.lang, problems);
        o.el("input", {{"type", "hidden"}, {"name", "lalu"}, {"value", back}});
        Field name{"login", std::string(say(visit.lang, Msg::SignInLogin))};
        name.value = login;
        name.required = true;
        name.autocomplete = "username";
        draw_field(o, visit.lang, name);
        Field password{"password", std::string(say(visit.lang, Msg::SignInPassword))};
        password.type = "password";
        password.required = true;
        password.autocomplete = "current-password";
        password.problem = problem_of(visit.lang, problems, "password");
        draw_field(o, visit.lang, password);
        draw_button(o, say(visit.lang, Msg::SignInButton), Button::Primary);
      });
    });
  });
}

http::Reply get_sign_in(const Visit& visit) {
  if (visit.person) return redirect("/beranda");
  if (!app::has_accounts(visit.context)) return redirect("/mulai");
  return html_page(200, draw_sign_in(visit, {}, "", return_to(visit.request.param("lalu"))));
}

std::string session_cookie(const http::Request& request, std::string_view token, std::int64_t seconds) {
  return "pilar_sesi=" + std::string(token) + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(seconds) +
         (request.secure ? "; Secure" : "");
}

/// The second page of signing in, with the half-open token in the form: nothing is stored before the code was right.
std::string draw_code_page(const Visit& visit, const Problems& problems, std::string_view half_open, std::string_view back) {
  auto frame = staff_page(visit, Place::Other, std::string(say(visit.lang, Msg::SignInCodeTitle)));
  frame.place = say(visit.lang, Msg::SignInCodeLead);
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {}, [&] {
      o.el("form", {{"method", "post"}, {"action", "/masuk/kode"}, {"class", "entry"}}, [&] {
        draw_problems(o, visit.lang, problems);
        o.el("input", {{"type", "hidden"}, {"name", "lalu"}, {"value", back}});
        o.el("input", {{"type", "hidden"}, {"name", "tengah"}, {"value", half_open}});
        Field code{"code", std::string(say(visit.lang, Msg::SecondFactorCode)), std::string(say(visit.lang, Msg::SecondFactorAnyCodeHint))};
        code.required = true;
        code.autocomplete = "one-time-code";
        code.max_length = 30;
        code.problem = problem_of(visit.lang, problems, "code");
        draw_field(o, visit.lang, code);
        draw_button(o, say(visit.lang, Msg::SignInButton), Button::Primary);
      });
    });
  });
}

bool is_own_machine(std::string_view address) { return address.empty() || address.starts_with("127.") || address == "::1"; }

/// Minutes until this name may be tried again from this address. A proxy on our own machine speaks for everybody.
std::int64_t minutes_to_wait(const Visit& visit, const std::string& login) {
  const auto now = visit.context.clock.now();
  const auto by_name = visit.desk->sign_ins.minutes_to_wait(login, now);
  if (is_own_machine(visit.request.peer)) return by_name;
  return std::max(by_name, visit.desk->addresses.minutes_to_wait(visit.request.peer, now));
}

Problems wait_problems(std::int64_t minutes, const char* field) {
  return {{Problem::Kind::Busy, Msg::SignInWait, field, {std::to_string(minutes)}}};
}

http::Reply signed_in(const Visit& visit, const std::string& login, std::string_view token, std::string back) {
  visit.desk->sign_ins.forget(login);
  auto reply = redirect(std::move(back));
  reply.headers.emplace_back("Set-Cookie", session_cookie(visit.request, token, visit.context.sessions.micros / 1'000'000));
  return reply;
}

http::Reply post_sign_in(const Visit& visit) {
  const auto login = lower_ascii(trim(visit.field("login")));
  const auto back = return_to(visit.field("lalu"));
  if (const auto wait = minutes_to_wait(visit, login))
    return ask_to_wait(html_page(429, draw_sign_in(visit, wait_problems(wait, "password"), login, back)), wait);
  const auto failed = visit.desk->sign_ins.tries(login, visit.context.clock.now());
  const auto token = app::sign_in(visit.context, login, visit.field("password"), device_of(visit.request.header("user-agent")), failed);
  if (!token) {
    count_wrong_try(visit, login);
    return html_page(403, draw_sign_in(visit, token.error(), login, back));
  }
  // The tries before stay counted until the code was right too.
  if (app::is_half_open(*token)) return html_page(200, draw_code_page(visit, {}, *token, back));
  return signed_in(visit, login, *token, back);
}

http::Reply post_code(const Visit& visit) {
  const auto half_open = visit.field("tengah");
  const auto back = return_to(visit.field("lalu"));
  const auto account = app::find_half_open(visit.context, half_open);
  if (!account) return html_page(403, draw_sign_in(visit, {{Problem::Kind::Forbidden, Msg::SignInTooSlow, "", {}}}, "", back));
  const auto& login = account->login;
  if (const auto wait = minutes_to_wait(visit, login))
    return ask_to_wait(html_page(429, draw_code_page(visit, wait_problems(wait, "code"), half_open, back)), wait);
  const auto failed = visit.desk->sign_ins.tries(login, visit.context.clock.now());
  const auto token =
      app::confirm_sign_in(visit.context, half_open, visit.field("code"), device_of(visit.request.header("user-agent")), failed);
  if (token) return signed_in(visit, login, *token, back);
  count_wrong_try(visit, login);
  return html_page(403, draw_code_page(visit, token.error(), half_open, back));
}

http::Reply post_sign_out(const Visit& visit) {
  app::sign_out(visit.context, visit.request.cookie("pilar_sesi"));
  auto reply = redirect("/masuk");
  reply.headers.emplace_back("Set-Cookie", session_cookie(visit.request, "", 0));
  return reply;
}

std::string draw_first_run(const Visit& visit, const Problems& problems) {
  const auto say_it = [&](Message message) { return std::string(say(visit.lang, message)); };
  auto frame = staff_page(visit, Place::Other, say_it(Msg::FirstRunTitle));
  frame.place = say_it(Msg::FirstRunLead);
  const auto field = [&](html::Out& o, const char* name, Message label, Message hint, const char* type = "text") {
    Field f{name, say_it(label), say_it(hint)};
    f.value = type == std::string_view("password") ? "" : std::string(visit.field(name));
    f.type = type;
    f.required = true;
    f.problem = problem_of(visit.lang, problems, name);
    if (f.type == "password") f.autocomplete = "new-password";
    draw_field(o, visit.lang, f);
  };
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {}, [&] {
      o.el("form", {{"method", "post"}, {"action", "/mulai"}, {"class", "entry"}}, [&] {
        draw_problems(o, visit.lang, problems);
        field(o, "facility", Msg::FirstRunFacility, Msg::FirstRunFacilityHint);
        Field zone{"zone", say_it(Msg::FirstRunZone)};
        zone.value = visit.field("zone");
        draw_select(o, visit.lang, zone, std::array{Option{"WIB", "WIB"}, Option{"WITA", "WITA"}, Option{"WIT", "WIT"}});
        Field units{"units", say_it(Msg::FirstRunUnits), say_it(Msg::FirstRunUnitsHint)};
        units.value = visit.form.empty() ? say_it(Msg::FirstRunUnitsExample) : std::string(visit.field("units"));
        units.rows = 6;
        units.required = true;
        units.problem = problem_of(visit.lang, problems, "units");
        draw_field(o, visit.lang, units);
        field(o, "name", Msg::FirstRunName, Msg::FirstRunNameHint);
        field(o, "login", Msg::SignInLogin, Msg::FirstRunLoginHint);
        field(o, "password", Msg::SignInPassword, Msg::FirstRunPasswordHint, "password");
        draw_button(o, say(visit.lang, Msg::FirstRunButton), Button::Primary);
      });
    });
  });
}

http::Reply get_first_run(const Visit& visit) {
  if (app::has_accounts(visit.context)) return redirect("/masuk");
  return html_page(200, draw_first_run(visit, {}));
}

http::Reply post_first_run(const Visit& visit) {
  app::FirstRun wanted;
  wanted.facility = visit.field("facility");
  wanted.zone = parse_zone(visit.field("zone")).value_or(Zone::Wib);
  for (const auto line : split(visit.field("units"), '\n'))
    if (const auto name = trim(line); !name.empty()) wanted.units.emplace_back(name);
  wanted.administrator = {lower_ascii(trim(visit.field("login"))),
                          std::string(visit.field("name")),
                          std::string(visit.field("password")),
                          Role::Administrator,
                          {}};
  const auto done = app::run_first_time(visit.context, wanted);
  if (!done) return html_page(status_of(done.error()), draw_first_run(visit, done.error()));
  return redirect("/masuk");
}

constexpr std::array kAccountRoutes{
    Route{http::Method::Get, "/masuk", May::Anyone, Work::Blocking, &get_sign_in, "The sign-in form."},
    Route{http::Method::Post, "/masuk", May::Anyone, Work::Password, &post_sign_in, "Signs a person in."},
    Route{http::Method::Post, "/masuk/kode", May::Anyone, Work::Blocking, &post_code, "The second page of signing in: a code."},
    Route{http::Method::Post, "/keluar", May::SignedIn, Work::Blocking, &post_sign_out, "Ends the session."},
    Route{http::Method::Get, "/mulai", May::Anyone, Work::Blocking, &get_first_run, "The first page of an empty installation."},
    Route{http::Method::Post, "/mulai", May::Anyone, Work::Password, &post_first_run, "Makes the first facility and administrator."},
};

}  // namespace

void count_wrong_try(const Visit& visit, const std::string& login) {
  const auto now = visit.context.clock.now();
  if (!is_own_machine(visit.request.peer)) visit.desk->addresses.count(visit.request.peer, now);
  if (visit.desk->sign_ins.count(login, now)) app::note_lock_out(visit.context, login, visit.desk->sign_ins.tries(login, now));
}

std::span<const Route> account_routes() { return kAccountRoutes; }

}  // namespace pilar::web
