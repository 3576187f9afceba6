#include "web/account_pages.h"

#include <array>

#include "app/organisation.h"
#include "base/text.h"
#include "i18n/messages.h"
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

http::Reply post_sign_in(const Visit& visit) {
  const auto login = lower_ascii(trim(visit.field("login")));
  const auto back = return_to(visit.field("lalu"));
  const auto now = visit.context.clock.now();
  if (const auto wait = visit.sign_ins.minutes_to_wait(login, now)) {
    const Problems problems{{Problem::Kind::Busy, Msg::SignInWait, "password", {std::to_string(wait)}}};
    return html_page(429, draw_sign_in(visit, problems, login, back));
  }
  auto token = app::sign_in(visit.context, login, visit.field("password"));
  if (token)
    visit.sign_ins.forget(login);
  else
    visit.sign_ins.count(login, now);
  if (!token) return html_page(403, draw_sign_in(visit, token.error(), login, back));
  auto reply = redirect(back);
  reply.headers.emplace_back("Set-Cookie", session_cookie(visit.request, *token, app::kSessionMicros / 1'000'000));
  return reply;
}

http::Reply get_account(const Visit& visit) {
  const auto say_it = [&](Msg message) { return std::string(say(visit.lang, message)); };
  const auto* place = visit.reference->organisation.find(visit.person->scope.root());
  const std::array facts{Fact{say_it(Msg::SignInLogin), visit.person->login, {}},
                         Fact{say_it(Msg::AccountRole), std::string(name(visit.person->scope.role())), {}},
                         Fact{say_it(Msg::AccountPlace), place == nullptr ? "" : place->name, {}}};
  return html_page(200, draw_staff_page(staff_page(visit, Place::Other, visit.person->name), [&](html::Out& o) {
                     draw_card(o, {}, [&] {
                       draw_facts(o, facts);
                       o.el("form", {{"method", "post"}, {"action", "/keluar"}}, [&] {
                         draw_csrf(o, visit);
                         draw_button(o, say(visit.lang, Msg::SignOutButton));
                       });
                     });
                   }));
}

http::Reply post_sign_out(const Visit& visit) {
  app::sign_out(visit.context, visit.request.cookie("pilar_sesi"));
  auto reply = redirect("/masuk");
  reply.headers.emplace_back("Set-Cookie", session_cookie(visit.request, "", 0));
  return reply;
}

std::string draw_first_run(const Visit& visit, const Problems& problems) {
  const auto say_it = [&](Msg message) { return std::string(say(visit.lang, message)); };
  auto frame = staff_page(visit, Place::Other, say_it(Msg::FirstRunTitle));
  frame.place = say_it(Msg::FirstRunLead);
  const auto field = [&](html::Out& o, const char* name, Msg label, Msg hint, const char* type = "text") {
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
    Route{http::Method::Get, "/akun", May::ReadResults, Work::Blocking, &get_account, "Who is signed in, and the way out."},
    Route{http::Method::Post, "/keluar", May::ReadResults, Work::Blocking, &post_sign_out, "Ends the session."},
    Route{http::Method::Get, "/mulai", May::Anyone, Work::Blocking, &get_first_run, "The first page of an empty installation."},
    Route{http::Method::Post, "/mulai", May::Anyone, Work::Password, &post_first_run, "Makes the first facility and administrator."},
};

}  // namespace

std::span<const Route> account_routes() { return kAccountRoutes; }

}  // namespace pilar::web
