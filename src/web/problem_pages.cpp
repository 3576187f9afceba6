#include "web/problem_pages.h"

#include "base/json.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/page.h"
#include "web/layout.h"

namespace pilar::web {
namespace {

/// RFC 9457, with every problem's field under "errors".
std::string problem_json(int status, Lang lang, const Problems& problems, std::string_view incident) {
  json::Object body{{"type", "about:blank"}, {"title", say(lang, Msg::PageProblemTitle)}, {"status", status}};
  if (!problems.empty()) body.emplace_back("detail", say(lang, problems.front()));
  if (!incident.empty()) body.emplace_back("incident", std::string(incident));
  json::Array errors;
  for (const auto& problem : problems)
    errors.emplace_back(json::Object{{"field", problem.field}, {"code", key_of(problem.message)}, {"message", say(lang, problem)}});
  body.emplace_back("errors", std::move(errors));
  return json::print(json::Value(std::move(body)));
}

std::string problem_page(Lang lang, const Problems& problems) {
  PublicPage page;
  page.lang = lang;
  page.title = say(lang, Msg::PageProblemTitle);
  page.owner = "Pilar";
  return draw_public_page(page, [&](html::Out& o) {
    o.el("h1", {}, page.title);
    for (const auto& problem : problems) o.el("p", {}, say(lang, problem));
    o.el("p", {}, [&] { o.el("a", {{"href", "/"}}, say(lang, Msg::PageBack)); });
  });
}

}  // namespace

Message message_of(int status) {
  switch (status) {
    case 400:
      return Msg::PageBadRequest;
    case 408:
      return Msg::PageTooSlow;
    case 413:
    case 431:
      return Msg::PageTooLarge;
    case 500:
      return Msg::PageUnanswered;
    case 503:
      return Msg::PageBusy;
    default:
      return Msg::PageNotFound;
  }
}

http::Reply problem_reply(int status, std::string_view path, Lang lang, const Problems& problems, std::string_view incident) {
  if (path.starts_with("/api/")) return {status, "application/problem+json", problem_json(status, lang, problems, incident), {}};
  return {status, "text/html; charset=utf-8", problem_page(lang, problems), {}};
}

std::string role_words(Lang lang, const Organisation& organisation, const Grant& grant) {
  const auto* place = organisation.find(grant.place);
  const auto* unit = organisation.find_unit(grant.place, grant.unit);
  const auto role = say(lang, title(grant.role));
  if (place == nullptr) return std::string(role);
  return say(lang, Msg::AccessRoleAt, {std::string(role), unit == nullptr ? place->name : place->name + " (" + unit->name + ")"});
}

std::string role_words(Lang lang, const Organisation& organisation, const Scope& scope) {
  std::string out;
  for (const auto& grant : scope.grants()) out.append(out.empty() ? "" : ", ").append(role_words(lang, organisation, grant));
  return out;
}

http::Reply problem_reply(const Visit& visit, const Problems& problems) {
  const auto& path = visit.request.path;
  const bool refused = !problems.empty() && problems.front().kind == Problem::Kind::Forbidden && !path.starts_with("/api/");
  if (!refused || !visit.scope || visit.scope->grants().empty()) return problem_reply(status_of(problems), path, visit.lang, problems);
  auto told = problems;
  told.push_back(
      {Problem::Kind::Forbidden, Msg::AccessYourRoles, "", {role_words(visit.lang, visit.reference->organisation, *visit.scope)}});
  return problem_reply(status_of(problems), path, visit.lang, told);
}

}  // namespace pilar::web
