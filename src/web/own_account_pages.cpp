#include "web/own_account_pages.h"

#include <array>

#include "app/second_factor.h"
#include "i18n/format.h"
#include "i18n/words/access.h"
#include "i18n/words/people.h"
#include "i18n/words/survey.h"
#include "web/account_pages.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::int64_t kHourMicros = 3600LL * 1'000'000;

/// "Puskesmas Melati, Poli Umum".
std::string place_of(const Visit& visit, const Grant& grant) {
  const auto& organisation = visit.reference->organisation;
  const auto* node = organisation.find(grant.place);
  const auto* unit = organisation.find_unit(grant.place, grant.unit);
  if (node == nullptr) return {};
  return unit == nullptr ? node->name : node->name + ", " + unit->name;
}

void draw_who(html::Out& o, const Visit& visit) {
  const auto factor = app::second_factor_of(visit.context, visit.person->account);
  std::vector<Fact> facts{{words(visit.lang, Msg::SignInLogin), visit.person->login, {}}};
  for (const auto& grant : visit.scope->grants()) facts.push_back({words(visit.lang, title(grant.role)), place_of(visit, grant), {}});
  if (visit.scope->grants().empty()) facts.push_back({words(visit.lang, Msg::AccountRole), words(visit.lang, Msg::AccessNoRole), {}});
  facts.push_back({words(visit.lang, Msg::SignInPassword), "••••••", {words(visit.lang, Msg::PasswordChange), "/akun/sandi"}});
  facts.push_back({words(visit.lang, Msg::SecondFactorTitle),
                   words(visit.lang, factor.is_on ? Msg::SecondFactorOn : Msg::SecondFactorOff),
                   {words(visit.lang, Msg::SecondFactorManage), "/akun/verifikasi"}});
  draw_card(o, {}, [&] {
    draw_facts(o, facts);
    draw_post_form(o, visit, "/keluar", {}, [&] { draw_button(o, say(visit.lang, Msg::SignOutButton)); });
  });
}

void draw_sessions(html::Out& o, const Visit& visit) {
  const auto sessions = app::list_sessions(visit.context, *visit.person, visit.request.cookie("pilar_sesi"));
  const auto zone = home_zone(visit);
  const auto limits = say(visit.lang, Msg::SessionsLimits,
                          {format::number(visit.lang, visit.context.sessions.idle_micros / kHourMicros),
                           format::number(visit.lang, visit.context.sessions.micros / kHourMicros / 24)});
  draw_card(o, {words(visit.lang, Msg::SessionsTitle), {}, limits, "sesi"}, [&] {
    const TableHead head{words(visit.lang, Msg::SessionsTitle),
                         {{words(visit.lang, Msg::SessionsDevice)},
                          {words(visit.lang, Msg::SessionsSince)},
                          {words(visit.lang, Msg::SessionsUsed)},
                          {words(visit.lang, Msg::SurveysDo)}},
                         {},
                         true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& one : sessions)
        rows.row([&](Row& row) {
          const auto device = one.device.empty() ? words(visit.lang, Msg::SessionsUnknownDevice) : one.device;
          row.name(device);
          row.cell(format::moment(visit.lang, one.created_at, zone));
          row.cell(one.is_this ? words(visit.lang, Msg::SessionsNow) : format::moment(visit.lang, one.seen_at, zone));
          if (one.is_this) return row.cell(words(visit.lang, Msg::SessionsThis));
          row.cell([&] {
            draw_post_form(o, visit, "/akun/sesi", {{"sesi", one.id}}, [&] {
              o.el("button", {{"class", "btn"}, {"aria-label", say(visit.lang, Msg::SessionsEndIt, {device})}},
                   say(visit.lang, Msg::SessionsEnd));
            });
          });
        });
    });
    if (sessions.size() < 2) return;
    draw_post_form(o, visit, "/akun/sesi", {{"sesi", "lain"}}, [&] { draw_button(o, say(visit.lang, Msg::SessionsEndOthers)); });
  });
}

std::string notice_of(const Visit& visit) {
  const auto done = visit.request.param("sudah");
  if (done == "sandi") return words(visit.lang, Msg::PasswordChanged);
  if (done == "sesi") return words(visit.lang, Msg::SessionsEnded);
  return done == "mati" ? words(visit.lang, Msg::SecondFactorIsOff) : std::string();
}

http::Reply get_account(const Visit& visit) {
  auto frame = staff_page(visit, Place::Other, visit.person->name);
  frame.notice = notice_of(visit);
  return html_page(200, draw_staff_page(frame, [&](html::Out& o) {
                     draw_who(o, visit);
                     draw_sessions(o, visit);
                   }));
}

http::Reply post_sessions(const Visit& visit) {
  const auto which = visit.field("sesi");
  if (which == "lain") {
    app::end_other_sessions(visit.context, *visit.person, visit.request.cookie("pilar_sesi"));
  } else if (const auto done = app::end_session(visit.context, *visit.person, which); !done) {
    return problem_reply(visit, done.error());
  }
  return redirect("/akun?sudah=sesi");
}

std::string draw_password(const Visit& visit, const Problems& problems) {
  auto frame = staff_page(visit, Place::Other, words(visit.lang, Msg::PasswordChange));
  frame.path = {{visit.person->name, "/akun"}};
  if (visit.person->must_change) frame.place = words(visit.lang, Msg::PasswordMustChange);
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {{}, {}, words(visit.lang, Msg::PasswordEndsSessions), {}}, [&] {
      o.el("form", {{"method", "post"}, {"action", "/akun/sandi"}, {"class", "entry"}}, [&] {
        draw_csrf(o, visit);
        draw_problems(o, visit.lang, problems);
        const auto field = [&](const char* name, Message label, std::string hint, const char* complete) {
          Field one{name, words(visit.lang, label), std::move(hint)};
          one.type = "password";
          one.required = true;
          one.autocomplete = complete;
          one.problem = problem_of(visit.lang, problems, name);
          draw_field(o, visit.lang, one);
        };
        field("present", Msg::PasswordPresent, "", "current-password");
        field("password", Msg::PasswordNew, words(visit.lang, Msg::FirstRunPasswordHint), "new-password");
        draw_button(o, say(visit.lang, Msg::PasswordSave), Button::Primary);
      });
    });
  });
}

http::Reply get_password(const Visit& visit) { return html_page(200, draw_password(visit, {})); }

http::Reply post_password(const Visit& visit) {
  const auto now = visit.context.clock.now();
  const auto& login = visit.person->login;
  if (const auto wait = visit.desk->sign_ins.minutes_to_wait(login, now))
    return html_page(429, draw_password(visit, {{Problem::Kind::Busy, Msg::SignInWait, "present", {std::to_string(wait)}}}));
  const auto done = app::change_own_password(visit.context, *visit.person, visit.request.cookie("pilar_sesi"), visit.field("present"),
                                             visit.field("password"));
  if (done) return redirect("/akun?sudah=sandi");
  if (done.error().front().field == "present") count_wrong_try(visit, login);
  return html_page(status_of(done.error()), draw_password(visit, done.error()));
}

constexpr std::array kOwnAccountRoutes{
    Route{http::Method::Get, "/akun", May::SignedIn, Work::Blocking, &get_account, "Who is signed in, where, and the way out."},
    Route{http::Method::Post, "/akun/sesi", May::SignedIn, Work::Blocking, &post_sessions, "Ends other sessions of one's own."},
    Route{http::Method::Get, "/akun/sandi", May::SignedIn, Work::Blocking, &get_password, "Asks for a new password of one's own."},
    Route{http::Method::Post, "/akun/sandi", May::SignedIn, Work::Password, &post_password, "Changes the own password."},
};

}  // namespace

std::span<const Route> own_account_routes() { return kOwnAccountRoutes; }

}  // namespace pilar::web
