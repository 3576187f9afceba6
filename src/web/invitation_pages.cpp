#include "web/invitation_pages.h"

#include <array>

#include "i18n/format.h"
#include "i18n/words/access.h"
#include "i18n/words/common.h"
#include "i18n/words/people.h"
#include "i18n/words/survey.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/qr_sheet.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

http::Reply invitation_over(const Visit& visit) {
  return problem_reply(404, visit.request.path, visit.lang, {{Problem::Kind::NotFound, Msg::InvitationOver, "", {}}});
}

std::string draw_welcome(const Visit& visit, const app::Invitee& invitee, const Problems& problems) {
  auto frame = staff_page(visit, Place::Other, say(visit.lang, Msg::InvitationWelcome, {invitee.name}));
  frame.place = words(visit.lang, Msg::InvitationLead);
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {}, [&] {
      o.el("form", {{"method", "post"}, {"action", visit.request.path}, {"class", "entry"}}, [&] {
        draw_csrf(o, visit);
        draw_problems(o, visit.lang, problems);
        o.el("p", {}, [&] {
          o.text(say(visit.lang, Msg::SignInLogin));
          o.text(": ");
          o.el("strong", {}, invitee.login);
        });
        // For the browser's own keeper of passwords.
        o.el("input", {{"type", "text"}, {"name", "login"}, {"value", invitee.login}, {"autocomplete", "username"}, {"hidden", true}});
        Field password{"password", words(visit.lang, Msg::PasswordNew), words(visit.lang, Msg::FirstRunPasswordHint)};
        password.type = "password";
        password.required = true;
        password.autocomplete = "new-password";
        password.problem = problem_of(visit.lang, problems, "password");
        draw_field(o, visit.lang, password);
        draw_button(o, say(visit.lang, Msg::PasswordSave), Button::Primary);
      });
    });
  });
}

http::Reply get_invitation(const Visit& visit) {
  const auto invitee = app::find_invitee(visit.context, visit.args.at(0));
  if (!invitee) return invitation_over(visit);
  return html_page(200, draw_welcome(visit, *invitee, {}));
}

http::Reply post_invitation(const Visit& visit) {
  const auto invitee = app::find_invitee(visit.context, visit.args.at(0));
  if (!invitee) return invitation_over(visit);
  const auto done = app::accept_invitation(visit.context, visit.args.at(0), visit.field("password"));
  if (!done) return html_page(status_of(done.error()), draw_welcome(visit, *invitee, done.error()));
  return redirect("/masuk?sudah=sandi");
}

constexpr std::array kInvitationRoutes{
    Route{http::Method::Get, "/undangan/:arg", May::Anyone, Work::Blocking, &get_invitation, "An invitation: asks for a password."},
    Route{http::Method::Post, "/undangan/:arg", May::Anyone, Work::Password, &post_invitation, "Sets the password of an invitation."},
};

}  // namespace

std::string draw_invitation(const Visit& visit, const ShownInvitation& shown) {
  const auto address = site_address(visit.request) + "/undangan/" + shown.invitation.token;
  const auto back = "/orang/" + http::percent_encode(shown.login);
  const auto zone = visit.reference->organisation.find(visit.why->place)->zone;
  auto frame =
      staff_page(visit, Place::People, say(visit.lang, shown.is_reset ? Msg::InvitationResetTitle : Msg::InvitationTitle, {shown.name}));
  frame.path = {{shown.name, back}};
  frame.actions = [&](html::Out& o) { draw_action_button(o, "print", say(visit.lang, Msg::SheetPrint)); };
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {}, [&] {
      o.el("p", {}, say(visit.lang, Msg::InvitationHow, {format::moment(visit.lang, shown.invitation.expires_at, zone)}));
      draw_qr(o, address, say(visit.lang, Msg::InvitationCode, {shown.name}));
      o.el("p", {{"class", "secret"}}, [&] { o.el("code", {{"id", "tautan"}}, address); });
      o.el("div", {{"class", "choices"}}, [&] {
        draw_copy_button(o, "tautan", say(visit.lang, Msg::CommonCopy));
        draw_link_button(o, {words(visit.lang, Msg::InvitationDone), back}, Button::Primary);
      });
    });
    draw_card(o, {}, [&] {
      const Fact facts[] = {{words(visit.lang, Msg::CommonName), shown.name, {}}, {words(visit.lang, Msg::SignInLogin), shown.login, {}}};
      draw_facts(o, facts);
    });
  });
}

std::span<const Route> invitation_routes() { return kInvitationRoutes; }

}  // namespace pilar::web
