#include "web/import_profile_pages.h"

#include <algorithm>
#include <array>

#include "app/import_run.h"
#include "i18n/format.h"
#include "i18n/words/import.h"
#include "i18n/words/people.h"
#include "i18n/words/result.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/import_pages.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kMostProfile = std::size_t{1} << 20U;

const Node* profile_place(const Visit& visit) {
  const auto code = visit.form.empty() ? visit.request.param("tempat") : visit.field("tempat");
  return code.empty() ? visit.reference->organisation.find(visit.why->place) : visit.reference->organisation.find(code);
}

std::string profile_href(const Node& place, std::string_view path, std::string_view name) {
  return "/impor/" + std::string(path) + "?tempat=" + http::percent_encode(place.code) + "&nama=" + http::percent_encode(name);
}

/// `number`: of the card, so that every field of the page has a name of its own.
void draw_profile(html::Out& o, const Visit& visit, const Node& owner, const store::StoredProfile& profile, std::size_t number) {
  const auto* version = visit.reference->latest(profile.instrument);
  const Fact facts[] = {
      {words(visit.lang, Msg::ImportInstrument), version == nullptr ? profile.instrument : version->form.title.in(visit.lang), {}},
      {words(visit.lang, Msg::PeoplePlace), owner.name, {}},
      {words(visit.lang, Msg::ImportWhen), format::moment(visit.lang, profile.changed_at, owner.zone), {}}};
  draw_card(o, {profile.name, {words(visit.lang, Msg::ImportProfileYaml), profile_href(owner, "profil.yaml", profile.name)}, {}, {}}, [&] {
    draw_facts(o, facts);
    if (!visit.scope->may(Right::WriteRecords, visit.reference->organisation, owner.key)) return;
    draw_post_form(o, visit, "/impor/profil", {{"tempat", owner.code}, {"nama", profile.name}, {"nomor", std::to_string(number)}}, [&] {
      Field name{"baru-" + std::to_string(number), words(visit.lang, Msg::ImportProfileName), "", profile.name};
      name.required = true;
      name.max_length = 80;
      draw_field(o, visit.lang, name);
      draw_button(o, words(visit.lang, Msg::ImportProfileRename), Button::Quiet);
    });
    draw_link_button(o, {words(visit.lang, Msg::ImportProfileDelete), profile_href(owner, "profil/hapus", profile.name)}, Button::Danger);
  });
}

/// Faults of a profile's text say where they stand in it.
void draw_profile_problems(html::Out& o, Lang lang, const Problems& problems) {
  std::vector<ProblemLine> lines;
  for (const auto& problem : problems) {
    const bool in_text = problem.field.starts_with(std::string(app::kBroughtProfile) + ":");
    lines.push_back({in_text ? "berkas" : problem.field, (in_text ? problem.field + ": " : "") + say(lang, problem)});
  }
  draw_problem_lines(o, lang, lines);
}

void draw_bring(html::Out& o, const Visit& visit, const Node& place, const Problems& problems) {
  if (!visit.scope->may(Right::WriteRecords, visit.reference->organisation, place.key)) return;
  draw_card(o, {words(visit.lang, Msg::ImportProfileBring), {}, words(visit.lang, Msg::ImportProfileBringNote), {}}, [&] {
    o.el("form", {{"method", "post"}, {"action", "/impor/profil/bawa"}, {"enctype", "multipart/form-data"}}, [&] {
      draw_csrf(o, visit);
      o.el("input", {{"type", "hidden"}, {"name", "tempat"}, {"value", place.code}});
      Field file{"berkas", words(visit.lang, Msg::ImportProfileFile), words(visit.lang, Msg::ImportProfileFileHint)};
      file.type = "file";
      file.required = true;
      file.problem = problem_of(visit.lang, problems, "berkas");
      draw_field(o, visit.lang, file);
      Field name{"sebagai", words(visit.lang, Msg::ImportProfileName), words(visit.lang, Msg::ImportProfileOwnName),
                 std::string(visit.field("sebagai"))};
      name.max_length = 80;
      draw_field(o, visit.lang, name);
      draw_button(o, words(visit.lang, Msg::ImportProfileKeep));
    });
  });
}

http::Reply profiles_page(const Visit& visit, int status, const Problems& problems) {
  const auto* place = profile_place(visit);
  if (place == nullptr) return import_refusal(visit, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "", {}}});
  const auto profiles = app::list_profiles(visit.context, *visit.scope, place->key);
  auto frame = staff_page(visit, Place::Imports, words(visit.lang, Msg::ImportProfiles));
  frame.path = {{words(visit.lang, Msg::ImportTitle), "/impor"}};
  frame.place = place->name;
  return html_page(status, draw_staff_page(frame, [&](html::Out& o) {
                     draw_profile_problems(o, visit.lang, problems);
                     if (profiles.empty())
                       draw_card(o, {}, [&] {
                         draw_empty(o, words(visit.lang, Msg::ImportProfilesNone), {words(visit.lang, Msg::ImportTitle), "/impor"});
                       });
                     std::size_t number = 0;
                     for (const auto& profile : profiles)
                       if (const auto* owner = visit.reference->organisation.find(profile.place))
                         draw_profile(o, visit, *owner, profile, ++number);
                     draw_bring(o, visit, *place, problems);
                   }));
}

http::Reply get_profiles(const Visit& visit) { return profiles_page(visit, 200, {}); }

http::Reply post_profile(const Visit& visit) {
  const auto* place = profile_place(visit);
  if (place == nullptr) return profiles_page(visit, 404, {});
  const auto done = app::rename_profile(visit.context, *visit.scope, place->key, visit.field("nama"),
                                        visit.field("baru-" + std::string(visit.field("nomor"))));
  if (!done) return profiles_page(visit, status_of(done.error()), done.error());
  return redirect("/impor/profil?tempat=" + http::percent_encode(place->code));
}

http::Reply post_brought(const Visit& visit) {
  const auto* place = profile_place(visit);
  if (place == nullptr) return profiles_page(visit, 404, {});
  const auto file = std::ranges::find(visit.files, "berkas", &http::Part::name);
  if (file == visit.files.end()) return profiles_page(visit, 422, {{Problem::Kind::Invalid, Msg::ImportChooseFile, "berkas", {}}});
  const auto done = app::bring_profile(visit.context, *visit.scope, place->key, visit.field("sebagai"), file->content);
  if (!done) return profiles_page(visit, status_of(done.error()), done.error());
  return redirect("/impor/profil?tempat=" + http::percent_encode(place->code));
}

http::Reply get_delete(const Visit& visit) {
  const auto* place = profile_place(visit);
  const auto name = visit.request.param("nama");
  if (place == nullptr || !app::find_profile(visit.context, *visit.scope, place->key, name))
    return import_refusal(visit, {{Problem::Kind::NotFound, Msg::ImportProfileUnknown, "", {}}});
  Confirm confirm;
  confirm.title = say(visit.lang, Msg::ImportProfileDeleteTitle, {std::string(name)});
  confirm.words = words(visit.lang, Msg::ImportProfileDeleteWords);
  confirm.action = "/impor/profil/hapus";
  confirm.button = words(visit.lang, Msg::ImportProfileDelete);
  confirm.back = {words(visit.lang, Msg::ImportProfiles), "/impor/profil?tempat=" + http::percent_encode(place->code)};
  confirm.hidden = {{"tempat", place->code}, {"nama", std::string(name)}};
  return html_page(200, draw_confirm(visit, confirm));
}

http::Reply post_delete(const Visit& visit) {
  const auto* place = profile_place(visit);
  if (place == nullptr) return profiles_page(visit, 404, {});
  const auto done = app::delete_profile(visit.context, *visit.scope, place->key, visit.field("nama"));
  if (!done) return import_refusal(visit, done.error());
  return redirect("/impor/profil?tempat=" + http::percent_encode(place->code));
}

http::Reply get_yaml(const Visit& visit) {
  const auto* place = profile_place(visit);
  const auto name = visit.request.param("nama");
  const auto profile = place == nullptr ? std::nullopt : app::find_profile(visit.context, *visit.scope, place->key, name);
  if (!profile) return import_refusal(visit, {{Problem::Kind::NotFound, Msg::ImportProfileUnknown, "", {}}});
  return {200,
          "application/yaml; charset=utf-8",
          profile->content,
          {{"Content-Disposition", "attachment; filename=\"" + safe_file_name(profile_name(name)) + ".yaml\""}}};
}

constexpr std::array kImportProfileRoutes{
    Route{http::Method::Get, "/impor/profil", May::WriteRecords, Work::Blocking, &get_profiles, "Profiles of imports."},
    Route{http::Method::Post, "/impor/profil", May::WriteRecords, Work::Blocking, &post_profile, "Renames a profile."},
    Route{http::Method::Post, "/impor/profil/bawa", May::WriteRecords, Work::Blocking, &post_brought, "Keeps a profile from a file.",
          kMostProfile, nullptr, kMostProfile},
    Route{http::Method::Get, "/impor/profil/hapus", May::WriteRecords, Work::Blocking, &get_delete, "Asks before a profile is removed."},
    Route{http::Method::Post, "/impor/profil/hapus", May::WriteRecords, Work::Blocking, &post_delete, "Removes a profile."},
    Route{http::Method::Get, "/impor/profil.yaml", May::WriteRecords, Work::Blocking, &get_yaml, "A profile as YAML."},
};

}  // namespace

std::span<const Route> import_profile_routes() { return kImportProfileRoutes; }

}  // namespace pilar::web
