#include "web/people_pages.h"

#include <algorithm>
#include <array>

#include "app/invitation.h"
#include "app/people.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/access.h"
#include "i18n/words/common.h"
#include "i18n/words/people.h"
#include "i18n/words/result.h"
#include "i18n/words/survey.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/invitation_pages.h"
#include "web/list_file.h"
#include "web/place_choice.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::int64_t kPeopleAPage = 50, kPeopleAChunk = 200;

struct OrderRow {
  std::string_view name;
  store::AccountOrder order;
};
constexpr std::array kOrders{OrderRow{"nama", store::AccountOrder::Name}, OrderRow{"masuk", store::AccountOrder::Login},
                             OrderRow{"baru", store::AccountOrder::Newest}};

/// What the address asks for: words, role, place, open or closed, order. Refused when it names a place that is not theirs.
Result<app::PeopleQuery> read_people_query(const Visit& visit) {
  app::PeopleQuery query;
  query.words = trim(visit.request.param("cari"));
  query.role = parse_role(visit.request.param("peran"));
  query.closed = visit.request.param("keadaan") == "tutup";
  const auto order = std::ranges::find(kOrders, visit.request.param("urut"), &OrderRow::name);
  if (order != kOrders.end()) query.order = order->order;
  if (visit.request.param("tempat").empty()) return query;
  const auto* node = chosen_place(visit);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  query.place = node->key;
  return query;
}

/// This list with one part of its address changed.
std::string list_href(const Visit& visit, std::string_view path, std::string_view changed, std::string_view value) {
  http::Fields query;
  for (const std::string_view name : {"cari", "peran", "tempat", "keadaan", "urut"})
    query.emplace_back(name, name == changed ? value : visit.request.param(name));
  if (changed == "halaman") query.emplace_back(changed, value);
  return http::target_of(path, query);
}

std::string roles_words(const Visit& visit, const std::vector<Grant>& roles) {
  std::string out;
  for (const auto& grant : roles) {
    if (!out.empty()) out += "; ";
    out += words(visit.lang, title(grant.role)) + ", " + place_words(visit, grant);
  }
  return out.empty() ? words(visit.lang, Msg::PeopleNoRole) : out;
}

Message state_of(const store::StoredAccount& account) {
  if (!account.active) return Msg::PeopleStateClosed;
  return account.password_hash.empty() ? Msg::PeopleStateInvited : Msg::PeopleStateOpen;
}

FilterBar people_filters(const Visit& visit, const app::PeopleQuery& query, const std::string& count) {
  std::vector<Option> roles{{"", words(visit.lang, Msg::PeopleAnyRole)}};
  for (const auto role : all_roles())
    if (role != Role::Machine) roles.push_back({std::string(name(role)), words(visit.lang, title(role))});
  FilterBar bar{"/orang", count, {}, {}};
  bar.filters = {{"cari", words(visit.lang, Msg::PeopleSearch), query.words, {}},
                 {"peran", words(visit.lang, Msg::AccountRole), std::string(query.role ? name(*query.role) : ""), std::move(roles)},
                 {"keadaan",
                  words(visit.lang, Msg::PeopleState),
                  query.closed ? "tutup" : "",
                  {{"", words(visit.lang, Msg::PeopleStateOpen)}, {"tutup", words(visit.lang, Msg::PeopleStateClosed)}}}};
  for (const auto* kept : {"tempat", "urut"})
    if (!visit.request.param(kept).empty()) bar.kept.emplace_back(kept, visit.request.param(kept));
  return bar;
}

void draw_people_table(html::Out& o, const Visit& visit, const app::PeopleQuery& query, const app::People& people) {
  const auto column = [&](Message title, std::string_view order, store::AccountOrder which) {
    return Column{words(visit.lang, title), false, list_href(visit, "/orang", "urut", order),
                  query.order == which ? Sorted::Up : Sorted::No};
  };
  const TableHead head{words(visit.lang, Msg::PeopleTitle),
                       {column(Msg::CommonName, "nama", store::AccountOrder::Name),
                        column(Msg::SignInLogin, "masuk", store::AccountOrder::Login),
                        {words(visit.lang, Msg::PeopleRoles)},
                        {words(visit.lang, Msg::PeopleState)},
                        column(Msg::PeopleSince, "baru", store::AccountOrder::Newest)},
                       words(visit.lang, query.order == store::AccountOrder::Newest  ? Msg::PeopleByNewest
                                         : query.order == store::AccountOrder::Login ? Msg::PeopleByLogin
                                                                                     : Msg::PeopleByName),
                       true};
  draw_table(o, head, [&](Rows& rows) {
    for (const auto& one : people.people)
      rows.row([&](Row& row) {
        row.name(one.account.name, person_href(one.account.login));
        row.cell(one.account.login);
        row.cell(roles_words(visit, one.roles));
        row.cell(words(visit.lang, state_of(one.account)));
        row.cell(format::short_date(visit.lang, civil_day(one.account.created_at, Zone::Wib)));
      });
  });
}

http::Reply get_people(const Visit& visit) {
  auto query = read_people_query(visit);
  if (!query) return problem_reply(visit, query.error());
  const auto page = std::clamp<std::int64_t>(parse_int(visit.request.param("halaman")).value_or(1), 1, 1'000'000);
  query->limit = kPeopleAPage;
  query->offset = (page - 1) * kPeopleAPage;
  const auto people = app::list_people(visit.context, *visit.scope, *query);
  const auto count = say(visit.lang, Msg::PeopleCount, {format::number(visit.lang, people.all)});
  auto frame = staff_page(visit, Place::People, words(visit.lang, Msg::PeopleTitle));
  const auto* place = query->place == FacilityKey{} ? nullptr : visit.reference->organisation.find(query->place);
  frame.place = place == nullptr ? count : place->name + " · " + count;
  frame.actions = [&](html::Out& o) {
    draw_link_button(o, {words(visit.lang, Msg::TokensTitle), "/token"});
    draw_file_links(o, visit.lang, list_href(visit, "/orang.xlsx", "", ""), list_href(visit, "/orang.csv", "", ""));
    draw_link_button(o, {words(visit.lang, Msg::PeopleInvite), place == nullptr ? "/undang" : place_choice_href("/undang", *place)},
                     Button::Primary);
  };
  return html_page(200, draw_staff_page(frame, [&](html::Out& o) {
                     draw_filters(o, visit.lang, people_filters(visit, *query, count));
                     if (people.people.empty())
                       draw_empty(o, say(visit.lang, Msg::PeopleNone), {words(visit.lang, Msg::PeopleAll), "/orang"});
                     else
                       draw_card(o, {}, [&] { draw_people_table(o, visit, *query, people); });
                     const auto pages = static_cast<int>((people.all + kPeopleAPage - 1) / kPeopleAPage);
                     draw_pagination(o, visit.lang, static_cast<int>(page), pages,
                                     [&](int number) { return list_href(visit, "/orang", "halaman", std::to_string(number)); });
                     draw_place_choice(o, visit, "/orang");
                   }));
}

/// The list with all its pages, a few hundred people at a time.
Table people_table(const Visit& visit, app::PeopleQuery query) {
  query.limit = kPeopleAChunk;
  query.offset = 0;
  const auto all = app::list_people(visit.context, *visit.scope, query).all;
  auto table = list_table(visit, words(visit.lang, Msg::PeopleTitle), people_filters(visit, query, {}), all);
  if (const auto* place = visit.reference->organisation.find(query.place))
    table.notes.insert(table.notes.begin(), {words(visit.lang, Msg::PeoplePlace), place->name});
  table.columns = {{words(visit.lang, Msg::CommonName)},
                   {words(visit.lang, Msg::SignInLogin)},
                   {words(visit.lang, Msg::PeopleRoles)},
                   {words(visit.lang, Msg::PeopleState)},
                   {words(visit.lang, Msg::PeopleSince), TableColumn::Kind::Day}};
  table.rows = [&visit, query, all](const OnTableRow& on_row) {
    auto page = query;
    for (; page.offset < all; page.offset += kPeopleAChunk)
      for (const auto& one : app::list_people(visit.context, *visit.scope, page).people) {
        const auto& account = one.account;
        const TableCell row[] = {account.name, account.login, roles_words(visit, one.roles), words(visit.lang, state_of(account)),
                                 civil_day(account.created_at, Zone::Wib)};
        on_row(row);
      }
  };
  return table;
}

http::Reply people_file(const Visit& visit, FileKind kind) {
  auto query = read_people_query(visit);
  if (!query) return problem_reply(visit, query.error());
  return table_reply("pilar-orang", people_table(visit, *std::move(query)), kind);
}

std::string draw_invite(const Visit& visit, const Node& place, const Problems& problems) {
  auto frame = staff_page(visit, Place::People, words(visit.lang, Msg::PeopleInvite));
  frame.place = words(visit.lang, Msg::PeopleInviteLead);
  frame.path = {{words(visit.lang, Msg::PeopleTitle), "/orang"}};
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {place.name, other_place_link(visit), {}, {}}, [&] {
      draw_post_form(o, visit, "/undang", {{"tempat", place.code}}, [&] {
        draw_problems(o, visit.lang, problems);
        const auto field = [&](const char* name, Message label, Message hint) {
          Field one{name, words(visit.lang, label), words(visit.lang, hint), std::string(visit.field(name))};
          one.required = true;
          one.autocomplete = "off";
          one.problem = problem_of(visit.lang, problems, name);
          draw_field(o, visit.lang, one);
        };
        field("name", Msg::CommonName, Msg::PeopleNameHint);
        field("login", Msg::SignInLogin, Msg::FirstRunLoginHint);
        draw_role_fields(o, visit, place, problems);
        draw_button(o, say(visit.lang, Msg::PeopleInviteButton), Button::Primary);
      });
    });
    draw_place_choice(o, visit, "/undang");
  });
}

http::Reply unknown_place(const Visit& visit) {
  return problem_reply(404, visit.request.path, visit.lang, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "", {}}});
}

http::Reply get_invite(const Visit& visit) {
  const auto* place = chosen_place(visit);
  return place == nullptr ? unknown_place(visit) : html_page(200, draw_invite(visit, *place, {}));
}

http::Reply post_invite(const Visit& visit) {
  const auto* place = chosen_place(visit);
  if (place == nullptr) return unknown_place(visit);
  const auto grant = read_role_fields(visit, *place);
  if (!grant) return html_page(status_of(grant.error()), draw_invite(visit, *place, grant.error()));
  app::NewAccount account{
      lower_ascii(trim(visit.field("login"))), std::string(trim(visit.field("name"))), "", grant->role, grant->place, grant->unit};
  account.from = grant->from;
  account.to = grant->to;
  const ShownInvitation who{account.name, account.login, {}, false};
  const auto invitation = app::invite_person(visit.context, *visit.scope, std::move(account));
  if (!invitation) return html_page(status_of(invitation.error()), draw_invite(visit, *place, invitation.error()));
  return html_page(200, draw_invitation(visit, {who.name, who.login, *invitation, false}));
}

constexpr std::array kPeopleRoutes{
    Route{http::Method::Get, "/orang", May::ManageAccounts, Work::Blocking, &get_people, "The people of the places somebody looks after."},
    csv_route<people_file>("/orang.csv", May::ManageAccounts, "The same list as CSV."),
    workbook_route<people_file>("/orang.xlsx", May::ManageAccounts, "The same list as a workbook."),
    Route{http::Method::Get, "/undang", May::ManageAccounts, Work::Blocking, &get_invite, "Asks whom to invite."},
    Route{http::Method::Post, "/undang", May::ManageAccounts, Work::Blocking, &post_invite, "Adds a person and makes an invitation."},
};

}  // namespace

void draw_role_fields(html::Out& o, const Visit& visit, const Node& place, const Problems& problems) {
  std::vector<Option> roles;
  for (const auto role : app::givable_roles(*visit.scope, visit.reference->organisation, place.key))
    if (role != Role::Machine) roles.push_back({std::string(name(role)), words(visit.lang, title(role))});
  Field role{"role", words(visit.lang, Msg::AccountRole), "", std::string(visit.field("role"))};
  if (role.value.empty()) role.value = name(Role::Officer);
  role.required = true;
  role.problem = problem_of(visit.lang, problems, "role");
  draw_select(o, visit.lang, role, roles);
  if (const auto& units = visit.reference->organisation.units(place.key); !units.empty()) {
    std::vector<Option> options{{"", words(visit.lang, Msg::PeopleAllUnits)}};
    for (const auto& unit : units) options.push_back({unit.code, unit.name});
    Field field{"unit", words(visit.lang, Msg::SurveysUnit), words(visit.lang, Msg::PeopleUnitHint), std::string(visit.field("unit"))};
    field.problem = problem_of(visit.lang, problems, "unit");
    draw_select(o, visit.lang, field, options);
  }
  const auto day = [&](const char* name, Message label, Message hint) {
    Field field{name, words(visit.lang, label), words(visit.lang, hint), std::string(visit.field(name))};
    field.type = "date";
    field.problem = problem_of(visit.lang, problems, name);
    draw_field(o, visit.lang, field);
  };
  day("from", Msg::PeopleFrom, Msg::PeopleFromHint);
  day("to", Msg::PeopleTo, Msg::PeopleToHint);
}

Result<Grant> read_role_fields(const Visit& visit, const Node& place) {
  Problems wrong;
  const auto role = parse_role(visit.field("role"));
  if (!role) wrong.push_back({Problem::Kind::Invalid, Msg::PeoplePickRole, "role", {}});
  Grant grant{role.value_or(Role::Officer), place.key, {}, civil_day(visit.context.clock.now(), place.zone), {}};
  if (const auto code = visit.field("unit"); !code.empty()) {
    const auto* unit = visit.reference->organisation.find_unit(place.key, code);
    if (unit == nullptr) wrong.push_back({Problem::Kind::NotFound, Msg::AccessGrantUnit, "unit", {}});
    if (unit != nullptr) grant.unit = unit->key;
  }
  const auto day_of = [&](const char* name) -> std::optional<Day> {
    const auto text = visit.field(name);
    auto day = parse_day(text);
    if (!text.empty() && !day) wrong.push_back({Problem::Kind::Invalid, Msg::PeopleBadDay, name, {}});
    return day;
  };
  if (const auto from = day_of("from")) grant.from = *from;
  if (const auto last = day_of("to")) grant.to = Day{last->value + 1};
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  return grant;
}

std::string place_words(const Visit& visit, const Grant& grant) {
  const auto& organisation = visit.reference->organisation;
  const auto* node = organisation.find(grant.place);
  if (node == nullptr) return {};
  const auto* unit = organisation.find_unit(grant.place, grant.unit);
  return unit == nullptr ? node->name : node->name + " (" + unit->name + ")";
}

std::string person_href(std::string_view login) { return "/orang/" + http::percent_encode(login); }

std::span<const Route> people_routes() { return kPeopleRoutes; }

}  // namespace pilar::web
