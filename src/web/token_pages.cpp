#include "web/token_pages.h"

#include <algorithm>
#include <array>

#include "app/api_token.h"
#include "app/audit.h"
#include "app/people.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/access.h"
#include "i18n/words/people.h"
#include "i18n/words/result.h"
#include "i18n/words/survey.h"
#include "web/audit_words.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/people_pages.h"
#include "web/place_choice.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kTokensAPage = 50;

Zone token_zone(const Visit& visit) { return visit.reference->organisation.find(visit.why->place)->zone; }

std::string token_state(const Visit& visit, const store::StoredToken& token) {
  if (token.revoked_at) return say(visit.lang, Msg::TokensRevoked, {format::moment(visit.lang, *token.revoked_at, token_zone(visit))});
  if (token.expires_at <= visit.context.clock.now()) return words(visit.lang, Msg::TokensExpired);
  return say(visit.lang, Msg::TokensValid, {format::short_date(visit.lang, civil_day(token.expires_at, token_zone(visit)))});
}

bool is_usable(const Visit& visit, const store::StoredToken& token) {
  return !token.revoked_at && token.expires_at > visit.context.clock.now();
}

void draw_token_row(html::Out& o, const Visit& visit, Row& row, const store::StoredToken& token, const app::AuditNames& names) {
  row.name(token.name);
  row.cell(words(visit.lang, title(token.role)));
  row.cell(place_words(visit, {token.role, token.organisation}));
  row.cell(token.used_at ? format::moment(visit.lang, *token.used_at, token_zone(visit)) : words(visit.lang, Msg::TokensUnused));
  row.cell(token_state(visit, token));
  row.cell(token.given_by.empty() ? "" : who_words(visit.lang, names, token.given_by));
  row.cell([&] {
    if (!is_usable(visit, token)) return;
    o.el("a",
         {{"href", "/token/" + std::to_string(token.key.value) + "/cabut"},
          {"aria-label", say(visit.lang, Msg::TokensRevokeIt, {token.name})}},
         say(visit.lang, Msg::TokensRevoke));
  });
}

void draw_token_list(html::Out& o, const Visit& visit, std::span<const store::StoredToken> tokens) {
  if (tokens.empty()) return draw_empty(o, say(visit.lang, Msg::TokensNone));
  std::vector<std::string> givers;
  for (const auto& token : tokens) givers.push_back(token.given_by);
  const auto names = app::audit_names(visit.context, givers);
  TableHead head{words(visit.lang, Msg::TokensTitle), {}, {}, true};
  for (const auto column :
       {Msg::TokensName, Msg::AccountRole, Msg::PeoplePlace, Msg::TokensUsed, Msg::PeopleState, Msg::TokensMadeBy, Msg::SurveysDo})
    head.columns.push_back({words(visit.lang, column)});
  draw_table(o, head, [&](Rows& rows) {
    for (const auto& token : tokens) rows.row([&](Row& row) { draw_token_row(o, visit, row, token, names); });
  });
}

void draw_token_form(html::Out& o, const Visit& visit, const Node& place, const Problems& problems) {
  draw_card(o, {say(visit.lang, Msg::TokensNew, {place.name}), other_place_link(visit), words(visit.lang, Msg::TokensNewHow), {}}, [&] {
    draw_post_form(o, visit, "/token", {{"tempat", place.code}}, [&] {
      draw_problems(o, visit.lang, problems);
      Field name{"name", words(visit.lang, Msg::TokensName), words(visit.lang, Msg::TokensNameHint), std::string(visit.field("name"))};
      name.required = true;
      name.max_length = 100;
      name.problem = problem_of(visit.lang, problems, "name");
      draw_field(o, visit.lang, name);
      std::vector<Option> roles;
      for (const auto role : app::givable_roles(*visit.scope, visit.reference->organisation, place.key))
        roles.push_back({std::string(pilar::name(role)), words(visit.lang, title(role))});
      Field role{"role", words(visit.lang, Msg::AccountRole), words(visit.lang, Msg::TokensRoleHint), std::string(visit.field("role"))};
      if (role.value.empty()) role.value = pilar::name(Role::Machine);
      role.required = true;
      role.problem = problem_of(visit.lang, problems, "role");
      draw_select(o, visit.lang, role, roles);
      Field days{"days", words(visit.lang, Msg::TokensDays), "", std::string(visit.field("days"))};
      if (days.value.empty()) days.value = "365";
      days.required = true;
      days.inputmode = "numeric";
      days.unit = words(visit.lang, Msg::TokensDaysUnit);
      days.problem = problem_of(visit.lang, problems, "days");
      draw_field(o, visit.lang, days);
      draw_button(o, say(visit.lang, Msg::TokensMake), Button::Primary);
    });
  });
}

http::Reply token_page(const Visit& visit, int status, const Problems& problems) {
  const auto* place = chosen_place(visit);
  if (place == nullptr)
    return problem_reply(404, visit.request.path, visit.lang, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "", {}}});
  const auto tokens = app::list_tokens(visit.context, *visit.scope);
  const auto pages = std::max<std::size_t>(1, (tokens.size() + kTokensAPage - 1) / kTokensAPage);
  const auto wanted = parse_int(visit.request.param("halaman")).value_or(1);
  const auto at = static_cast<std::size_t>(std::clamp<std::int64_t>(wanted, 1, static_cast<std::int64_t>(pages)));
  const auto shown = std::span(tokens).subspan((at - 1) * kTokensAPage);
  auto frame = staff_page(visit, Place::People, words(visit.lang, Msg::TokensTitle));
  frame.place = words(visit.lang, Msg::TokensLead);
  frame.path = {{words(visit.lang, Msg::PeopleTitle), "/orang"}};
  frame.actions = [&](html::Out& o) { draw_link_button(o, {words(visit.lang, Msg::TokensHowToUse), "/api"}); };
  if (visit.request.param("sudah") == "cabut") frame.notice = words(visit.lang, Msg::TokensIsRevoked);
  return html_page(status, draw_staff_page(frame, [&](html::Out& o) {
                     draw_card(o, {}, [&] { draw_token_list(o, visit, shown.first(std::min(shown.size(), kTokensAPage))); });
                     draw_pagination(o, visit.lang, static_cast<int>(at), static_cast<int>(pages),
                                     [&](int number) { return "/token?halaman=" + std::to_string(number); });
                     draw_token_form(o, visit, *place, problems);
                     draw_place_choice(o, visit, "/token");
                   }));
}

http::Reply get_tokens(const Visit& visit) { return token_page(visit, 200, {}); }

std::string draw_made(const Visit& visit, const std::string& name, const std::string& token) {
  auto frame = staff_page(visit, Place::People, say(visit.lang, Msg::TokensMade, {name}));
  frame.path = {{words(visit.lang, Msg::TokensTitle), "/token"}};
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {{}, {}, words(visit.lang, Msg::TokensOnce), {}}, [&] {
      o.el("p", {{"class", "secret"}}, [&] { o.el("code", {{"id", "token"}}, token); });
      o.el("div", {{"class", "choices"}}, [&] {
        draw_copy_button(o, "token", say(visit.lang, Msg::CommonCopy));
        draw_link_button(o, {words(visit.lang, Msg::TokensKept), "/token"}, Button::Primary);
      });
    });
  });
}

http::Reply post_token(const Visit& visit) {
  const auto* place = chosen_place(visit);
  const auto role = parse_role(visit.field("role"));
  if (place == nullptr || !role) return token_page(visit, 422, {{Problem::Kind::Invalid, Msg::PeoplePickRole, "role", {}}});
  const app::NewToken wanted{std::string(trim(visit.field("name"))), *role, place->key, parse_int(visit.field("days")).value_or(0)};
  const auto issued = app::create_token(visit.context, *visit.scope, wanted);
  if (!issued) return token_page(visit, status_of(issued.error()), issued.error());
  return html_page(200, draw_made(visit, wanted.name, issued->token));
}

/// The token that the path names, where the person may see it.
std::optional<store::StoredToken> token_of_path(const Visit& visit) {
  const auto tokens = app::list_tokens(visit.context, *visit.scope);
  const auto key = parse_int(visit.args.at(0)).value_or(0);
  const auto found = std::ranges::find(tokens, key, [](const store::StoredToken& one) { return std::int64_t{one.key.value}; });
  if (found == tokens.end()) return {};
  return *found;
}

http::Reply revoke_page(const Visit& visit, int status, const Problems& problems) {
  const auto token = token_of_path(visit);
  if (!token) return problem_reply(404, visit.request.path, visit.lang, {{Problem::Kind::NotFound, Msg::TokenUnknown, "", {}}});
  Confirm confirm;
  confirm.title = say(visit.lang, Msg::TokensRevokeIt, {token->name});
  confirm.words = words(visit.lang, Msg::TokensRevokeWords);
  confirm.action = visit.request.path;
  confirm.button = words(visit.lang, Msg::TokensRevoke);
  confirm.back = {words(visit.lang, Msg::TokensTitle), "/token"};
  confirm.problems = problems;
  return html_page(status, draw_confirm(visit, confirm));
}

http::Reply get_revoke(const Visit& visit) { return revoke_page(visit, 200, {}); }

http::Reply post_revoke(const Visit& visit) {
  const auto token = token_of_path(visit);
  const auto done = app::revoke_token(visit.context, *visit.scope, token ? token->key : store::TokenKey{});
  if (!done) return revoke_page(visit, status_of(done.error()), done.error());
  return redirect("/token?sudah=cabut");
}

constexpr std::array kTokenRoutes{
    Route{http::Method::Get, "/token", May::ManageAccounts, Work::Blocking, &get_tokens,
          "The API tokens of the places somebody looks after."},
    Route{http::Method::Post, "/token", May::ManageAccounts, Work::Blocking, &post_token, "Makes an API token and shows it once."},
    Route{http::Method::Get, "/token/:arg/cabut", May::ManageAccounts, Work::Blocking, &get_revoke, "Asks before a token is revoked."},
    Route{http::Method::Post, "/token/:arg/cabut", May::ManageAccounts, Work::Blocking, &post_revoke, "Revokes an API token."},
};

}  // namespace

std::span<const Route> token_routes() { return kTokenRoutes; }

}  // namespace pilar::web
