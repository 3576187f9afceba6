#include "web/person_pages.h"

#include <algorithm>
#include <array>

#include "app/audit.h"
#include "app/invitation.h"
#include "app/people.h"
#include "app/second_factor.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/access.h"
#include "i18n/words/common.h"
#include "i18n/words/page.h"
#include "i18n/words/people.h"
#include "i18n/words/result.h"
#include "i18n/words/survey.h"
#include "web/audit_words.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/invitation_pages.h"
#include "web/people_pages.h"
#include "web/place_choice.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kLinesShown = 20;

http::Reply person_refusal(const Visit& visit, const Problems& problems) { return problem_reply(visit, problems); }

/// The version the form was drawn from; a form without one matches no account.
app::SeenVersion seen_version(const Visit& visit) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(parse_int(visit.field("version")).value_or(0), 0, INT32_MAX));
}

bool is_stale(const Problems& problems) { return problems.front().message == Msg::PeopleChanged; }

constexpr std::string_view kReason = "reason", kLeaves = "tinggalkan";

/// Closing was refused because the person has open duties: it can be asked for again, knowing them.
bool has_duties(const Problems& problems) { return !problems.empty() && problems.front().message == Msg::AccessOpenDuties; }

std::string given_reason(const Visit& visit) { return std::string(trim(visit.field(kReason))); }

/// Why an account or a role is changed. It stays in the audit trail for good, so its hint asks to name nobody.
Field change_reason(const Visit& visit, bool required, const Problems& problems) {
  auto field = reason_field(visit, problems, kReason, Msg::PersonWhy, words(visit.lang, Msg::PersonWhyHint));
  field.required = required;
  return field;
}

struct ChangeInput {
  const Visit& visit;
  const app::PersonFile& file;
  store::GrantKey role{};
};

Result<void> do_close(const ChangeInput& in) {
  const auto duties = in.visit.field(kLeaves) == "ya" ? app::Duties::AreLeft : app::Duties::MustBeDone;
  return app::close_account(in.visit.context, *in.visit.scope, in.file.account.login, seen_version(in.visit), given_reason(in.visit),
                            duties);
}
Result<void> do_reopen(const ChangeInput& in) {
  return app::reopen_account(in.visit.context, *in.visit.scope, in.file.account.login, seen_version(in.visit), given_reason(in.visit));
}
Result<void> do_remove_factor(const ChangeInput& in) {
  return app::remove_second_factor(in.visit.context, *in.visit.scope, in.file.account.login, seen_version(in.visit),
                                   given_reason(in.visit));
}
Result<void> do_end_role(const ChangeInput& in) {
  return app::end_role(in.visit.context, *in.visit.scope, in.role, seen_version(in.visit), given_reason(in.visit));
}

/// A change of somebody's account that is asked for and then done: its name in the address and its words.
struct Change {
  std::string_view name;
  Message title, words, button, done;
  Button kind;
  Result<void> (*run)(const ChangeInput&);  ///< null: makes an invitation, which is shown
  bool takes_away = true;                   ///< needs a reason
};
constexpr std::array kChanges{
    Change{"tutup", Msg::PersonCloseTitle, Msg::PersonCloseWords, Msg::PersonClose, Msg::PersonClosed, Button::Danger, &do_close},
    Change{"buka", Msg::PersonReopenTitle, Msg::PersonReopenWords, Msg::PersonReopen, Msg::PersonReopened, Button::Primary, &do_reopen,
           false},
    Change{"sandi", Msg::PersonResetTitle, Msg::PersonResetWords, Msg::PersonReset, Msg::PersonWasReset, Button::Danger, nullptr},
    Change{"verifikasi", Msg::PersonFactorTitle, Msg::PersonFactorWords, Msg::PersonFactor, Msg::PersonFactorRemoved, Button::Danger,
           &do_remove_factor},
    Change{"peran", Msg::PersonEndTitle, Msg::PersonEndWords, Msg::PersonEnd, Msg::PersonEnded, Button::Danger, &do_end_role},
};

std::string change_href(const app::PersonFile& file, std::string_view change) {
  return person_href(file.account.login) + "/ubah?apa=" + std::string(change);
}

std::string role_state(const Visit& visit, const Grant& grant) {
  const auto* node = visit.reference->organisation.find(grant.place);
  const auto today = civil_day(visit.context.clock.now(), node == nullptr ? Zone::Wib : node->zone);
  if (grant.to && *grant.to <= today) return words(visit.lang, Msg::PersonRoleOver);
  return grant.from > today ? words(visit.lang, Msg::PersonRoleLater) : words(visit.lang, Msg::PersonRoleNow);
}

class PersonPage {
 public:
  PersonPage(const Visit& visit, const app::PersonFile& file, const Problems& problems) : visit_(visit), file_(file), problems_(problems) {}

  std::string draw() {
    auto frame = staff_page(visit_, Place::People, file_.account.name);
    frame.path = {{in(Msg::PeopleTitle), "/orang"}};
    frame.place = file_.account.login;
    frame.notice = notice();
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_account(o);
      draw_roles(o);
      draw_trail(o);
    });
  }

 private:
  std::string in(Message message) const { return words(visit_.lang, message); }

  std::string notice() const {
    const auto done = visit_.request.param("sudah");
    if (done == "nama") return in(Msg::PersonRenamed);
    if (done == "beri") return in(Msg::PersonRoleGiven);
    const auto change = std::ranges::find(kChanges, done, &Change::name);
    return change == kChanges.end() ? "" : in(change->done);
  }

  std::string sign_in_words() const {
    const auto zone = visit_.reference->organisation.find(visit_.why->place)->zone;
    if (!file_.account.active) return in(Msg::PeopleStateClosed);
    if (file_.invited_until) return say(visit_.lang, Msg::PersonInvited, {format::moment(visit_.lang, *file_.invited_until, zone)});
    if (file_.account.password_hash.empty()) return in(Msg::PersonInvitationLate);
    return in(file_.account.must_change ? Msg::PersonMustChange : Msg::PeopleStateOpen);
  }

  void draw_account(html::Out& o) {
    const auto* home = visit_.reference->organisation.find(file_.account.organisation);
    const Fact facts[] = {
        {in(Msg::PeopleState), sign_in_words(), {}},
        {in(Msg::SecondFactorTitle), in(file_.second_factor ? Msg::SecondFactorOn : Msg::SecondFactorOff), {}},
        {in(Msg::PersonHome), home == nullptr ? "" : home->name, {}},
    };
    draw_card(o, {in(Msg::PersonAccount), {}, {}, {}}, [&] {
      draw_facts(o, facts);
      if (!file_.may_manage) return o.el("p", {{"class", "note"}}, say(visit_.lang, Msg::PersonNotYours));
      draw_post_form(o, visit_, person_href(file_.account.login), {{"version", std::to_string(file_.account.version)}}, [&] {
        draw_problems(o, visit_.lang, problems_);
        Field name{"name", in(Msg::CommonName), "", problems_.empty() ? file_.account.name : std::string(visit_.field("name"))};
        name.required = true;
        name.max_length = 200;
        name.problem = problem_of(visit_.lang, problems_, "name");
        draw_field(o, visit_.lang, name);
        draw_button(o, in(Msg::PersonRename));
      });
      o.el("div", {{"class", "choices"}}, [&] {
        if (file_.account.active) draw_change(o, "sandi");
        if (file_.second_factor) draw_change(o, "verifikasi");
        draw_change(o, file_.account.active ? "tutup" : "buka");
      });
    });
  }

  void draw_change(html::Out& o, std::string_view name) {
    const auto* change = std::ranges::find(kChanges, name, &Change::name);
    draw_link_button(o, {in(change->button), change_href(file_, name)}, name == "tutup" ? Button::Danger : Button::Quiet);
  }

  void draw_roles(html::Out& o) {
    const Link give{in(Msg::PersonGive), person_href(file_.account.login) + "/peran"};
    draw_card(o, {in(Msg::PeopleRoles), give, {}, {}}, [&] {
      if (file_.grants.empty()) return draw_empty(o, in(Msg::PeopleNoRole));
      const TableHead head{in(Msg::PeopleRoles),
                           {{in(Msg::AccountRole)},
                            {in(Msg::PeoplePlace)},
                            {in(Msg::PeopleFrom)},
                            {in(Msg::PeopleTo)},
                            {in(Msg::PeopleState)},
                            {in(Msg::PersonGivenBy)},
                            {in(Msg::SurveysDo)}},
                           {},
                           true};
      const auto names = app::audit_names(visit_.context, givers());
      draw_table(o, head, [&](Rows& rows) {
        for (const auto& stored : file_.grants) rows.row([&](Row& row) { draw_role(o, row, stored, names); });
      });
    });
  }

  std::vector<std::string> givers() const {
    std::vector<std::string> who;
    for (const auto& stored : file_.grants) who.push_back(stored.given_by);
    return who;
  }

  void draw_role(html::Out& o, Row& row, const store::StoredGrant& stored, const app::AuditNames& names) {
    const auto& grant = stored.grant;
    row.name(in(title(grant.role)));
    row.cell(place_words(visit_, grant));
    row.cell(grant.from.value == 0 ? "" : format::short_date(visit_.lang, grant.from));
    row.cell(grant.to ? format::short_date(visit_.lang, Day{grant.to->value - 1}) : "");
    row.cell(role_state(visit_, grant));
    row.cell(who_words(visit_.lang, names, stored.given_by));
    row.cell([&] {
      const bool is_over = role_state(visit_, grant) == in(Msg::PersonRoleOver);
      if (is_over || !visit_.scope->may_give(grant, visit_.reference->organisation)) return;
      const auto href = change_href(file_, "peran") + "&peran=" + std::to_string(stored.key.value);
      o.el("a", {{"href", href}, {"aria-label", say(visit_.lang, Msg::PersonEndTitle, {file_.account.name, in(title(grant.role))})}},
           in(Msg::PersonEnd));
    });
  }

  void draw_trail(html::Out& o) {
    app::AuditQuery query{.facility = file_.account.organisation, .subject = app::subject_of(file_.account.key), .limit = kLinesShown};
    const auto page = app::list_audit(visit_.context, *visit_.scope, query);
    if (!page) return;
    const auto* home = visit_.reference->organisation.find(file_.account.organisation);
    const Link all{in(Msg::AuditAll),
                   "/jejak?tempat=" + http::percent_encode(home->code) + "&orang=" + http::percent_encode(file_.account.login)};
    draw_card(o, {in(Msg::PersonTrail), all, {}, {}}, [&] { draw_audit_table(o, visit_, *home, *page); });
  }

  const Visit& visit_;
  const app::PersonFile& file_;
  const Problems& problems_;
};

http::Reply get_person(const Visit& visit) {
  const auto file = app::load_person(visit.context, *visit.scope, visit.args.at(0));
  if (!file) return person_refusal(visit, file.error());
  return html_page(200, PersonPage(visit, *file, {}).draw());
}

/// Both names of a person whose account somebody else changed meanwhile.
std::string draw_name_conflict(const Visit& visit, const app::PersonFile& file) {
  const auto state = words(visit.lang, file.account.active ? Msg::PeopleStateOpen : Msg::PeopleStateClosed);
  const auto name = std::string(trim(visit.field("name")));
  Conflict conflict{say(visit.lang, Msg::PersonConflict, {file.account.name}), {}, person_href(file.account.login), {}, {}};
  conflict.fields = {{words(visit.lang, Msg::CommonName), name, file.account.name}, {words(visit.lang, Msg::PeopleState), state, state}};
  conflict.hidden = {{"version", std::to_string(file.account.version)}, {"name", name}};
  conflict.back = {file.account.name, person_href(file.account.login)};
  return draw_conflict(visit, conflict);
}

http::Reply post_person(const Visit& visit) {
  const auto login = visit.args.at(0);
  const auto done = app::rename_account(visit.context, *visit.scope, login, visit.field("name"), seen_version(visit));
  if (done) return redirect(person_href(login) + "?sudah=nama");
  const auto file = app::load_person(visit.context, *visit.scope, login);
  if (!file) return person_refusal(visit, file.error());
  if (is_stale(done.error())) return html_page(409, draw_name_conflict(visit, *file));
  return html_page(status_of(done.error()), PersonPage(visit, *file, done.error()).draw());
}

/// The change that the address or the form names, of this person.
struct Asked {
  const Change* change = nullptr;
  app::PersonFile file;
  const store::StoredGrant* role = nullptr;
};

Result<Asked> read_change(const Visit& visit) {
  const auto given = [&](std::string_view name) { return visit.form.empty() ? visit.request.param(name) : visit.field(name); };
  auto file = app::load_person(visit.context, *visit.scope, visit.args.at(0));
  if (!file) return std::unexpected(file.error());
  const auto* change = std::ranges::find(kChanges, given("apa"), &Change::name);
  if (change == kChanges.end()) return refuse(Problem::Kind::NotFound, Msg::PageNotFound);
  Asked asked{change, *std::move(file), nullptr};
  if (change->run != &do_end_role) return asked;
  const auto role = std::ranges::find(asked.file.grants, parse_int(given("peran")).value_or(0),
                                      [](const store::StoredGrant& one) { return std::int64_t{one.key.value}; });
  if (role == asked.file.grants.end()) return refuse(Problem::Kind::NotFound, Msg::AccessGrantUnknown);
  asked.role = &*role;
  return asked;
}

std::string draw_change_page(const Visit& visit, const Asked& asked, const Problems& problems) {
  const auto& account = asked.file.account;
  Confirm confirm;
  const auto role = asked.role == nullptr ? "" : words(visit.lang, title(asked.role->grant.role));
  const auto place = asked.role == nullptr ? "" : place_words(visit, asked.role->grant);
  confirm.title = say(visit.lang, asked.change->title, {account.name, role});
  confirm.words = say(visit.lang, asked.change->words, {account.name, role, place});
  confirm.action = person_href(account.login) + "/ubah";
  confirm.button = words(visit.lang, asked.change->button);
  confirm.kind = asked.change->kind;
  confirm.back = {account.name, person_href(account.login)};
  confirm.hidden = {{"apa", std::string(asked.change->name)}, {"version", std::to_string(account.version)}};
  if (asked.role != nullptr) confirm.hidden.emplace_back("peran", std::to_string(asked.role->key.value));
  if (has_duties(problems)) {
    confirm.hidden.emplace_back(std::string(kLeaves), "ya");
    confirm.button = words(visit.lang, Msg::PersonCloseAnyway);
  }
  confirm.problems = problems;
  confirm.reason = change_reason(visit, asked.change->takes_away, problems);
  return draw_confirm(visit, confirm);
}

http::Reply get_change(const Visit& visit) {
  const auto asked = read_change(visit);
  if (!asked) return person_refusal(visit, asked.error());
  return html_page(200, draw_change_page(visit, *asked, {}));
}

http::Reply post_change(const Visit& visit) {
  const auto asked = read_change(visit);
  if (!asked) return person_refusal(visit, asked.error());
  const auto& account = asked->file.account;
  const auto reason = given_reason(visit);
  if (const auto wrong = check_reason(reason, std::string(kReason)); !wrong.empty() && (asked->change->takes_away || !reason.empty()))
    return html_page(422, draw_change_page(visit, *asked, wrong));
  if (asked->change->run == nullptr) {
    const auto invitation = app::reset_password(visit.context, *visit.scope, account.login, seen_version(visit), reason);
    if (invitation) return html_page(200, draw_invitation(visit, {account.name, account.login, *invitation, true}));
    return html_page(status_of(invitation.error()), draw_change_page(visit, *asked, invitation.error()));
  }
  const auto done = asked->change->run({visit, asked->file, asked->role == nullptr ? store::GrantKey{} : asked->role->key});
  if (!done) return html_page(status_of(done.error()), draw_change_page(visit, *asked, done.error()));
  return redirect(person_href(account.login) + "?sudah=" + std::string(asked->change->name));
}

std::string draw_give(const Visit& visit, const app::PersonFile& file, const Node& place, const Problems& problems) {
  const auto path = person_href(file.account.login) + "/peran";
  auto frame = staff_page(visit, Place::People, say(visit.lang, Msg::PersonGiveTitle, {file.account.name}));
  frame.path = {{file.account.name, person_href(file.account.login)}};
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {place.name, other_place_link(visit), {}, {}}, [&] {
      draw_post_form(o, visit, path, {{"tempat", place.code}, {"version", std::to_string(file.account.version)}}, [&] {
        draw_problems(o, visit.lang, problems);
        draw_role_fields(o, visit, place, problems);
        draw_field(o, visit.lang, change_reason(visit, false, problems));
        draw_button(o, say(visit.lang, Msg::PersonGive), Button::Primary);
      });
    });
    draw_place_choice(o, visit, path);
  });
}

http::Reply role_page(const Visit& visit, int status, const Problems& problems) {
  const auto file = app::load_person(visit.context, *visit.scope, visit.args.at(0));
  if (!file) return person_refusal(visit, file.error());
  const auto* place = chosen_place(visit);
  if (place == nullptr) return person_refusal(visit, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "", {}}});
  return html_page(status, draw_give(visit, *file, *place, problems));
}

http::Reply get_role(const Visit& visit) { return role_page(visit, 200, {}); }

http::Reply post_role(const Visit& visit) {
  const auto login = visit.args.at(0);
  const auto* place = chosen_place(visit);
  if (const auto file = app::load_person(visit.context, *visit.scope, login); !file || place == nullptr) return role_page(visit, 404, {});
  const auto grant = read_role_fields(visit, *place);
  if (!grant) return role_page(visit, status_of(grant.error()), grant.error());
  const auto reason = given_reason(visit);
  if (const auto wrong = check_reason(reason, std::string(kReason)); !wrong.empty() && !reason.empty()) return role_page(visit, 422, wrong);
  const auto given = app::give_role(visit.context, *visit.scope, login, *grant, seen_version(visit), reason);
  if (!given) return role_page(visit, status_of(given.error()), given.error());
  return redirect(person_href(login) + "?sudah=beri");
}

constexpr std::array kPersonRoutes{
    Route{http::Method::Get, "/orang/:arg", May::ManageAccounts, Work::Blocking, &get_person, "One person: account, roles, trail."},
    Route{http::Method::Post, "/orang/:arg", May::ManageAccounts, Work::Blocking, &post_person, "Changes a person's name."},
    Route{http::Method::Get, "/orang/:arg/ubah", May::ManageAccounts, Work::Blocking, &get_change, "Asks before an account is changed."},
    Route{http::Method::Post, "/orang/:arg/ubah", May::ManageAccounts, Work::Blocking, &post_change,
          "Closes, reopens or resets an account, or ends a role."},
    Route{http::Method::Get, "/orang/:arg/peran", May::ManageAccounts, Work::Blocking, &get_role, "Asks which role to give."},
    Route{http::Method::Post, "/orang/:arg/peran", May::ManageAccounts, Work::Blocking, &post_role, "Gives a role."},
};

}  // namespace

std::span<const Route> person_routes() { return kPersonRoutes; }

}  // namespace pilar::web
