#include "web/import_pages.h"

#include <algorithm>
#include <array>

#include "app/audit.h"
#include "app/import_run.h"
#include "app/own_work.h"
#include "app/stored_file.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/import.h"
#include "i18n/words/job.h"
#include "i18n/words/people.h"
#include "i18n/words/result.h"
#include "web/audit_words.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/import_result.h"
#include "web/import_setup.h"
#include "web/job_pages.h"
#include "web/list_file.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::int64_t kImportsShown = 50, kMostImports = 100'000;
constexpr std::size_t kMostUpload = std::size_t{4096} << 20U, kUploadMemory = std::size_t{256} << 10U;
constexpr std::size_t kMostSetupForm = std::size_t{2} << 20U;
constexpr std::size_t kMostRoots = 200;

/// The places for which this person may import: a facility, or an office for all below it.
std::vector<const Node*> import_places(const Visit& visit) {
  const auto& organisation = visit.reference->organisation;
  std::vector<const Node*> out;
  for (const auto root : visit.scope->roots(organisation)) {
    const auto* node = organisation.find(root);
    if (node != nullptr && visit.scope->may(Right::WriteRecords, organisation, root)) out.push_back(node);
  }
  // An office may bring the file of one facility too.
  for (const auto& node : organisation.nodes()) {
    if (out.size() >= kMostRoots) break;
    const bool there = std::ranges::find(out, &node) != out.end();
    if (!there && node.kind == NodeKind::Facility && visit.scope->may(Right::WriteRecords, organisation, node.key)) out.push_back(&node);
  }
  return out;
}

void draw_upload(html::Out& o, const Visit& visit, const Problems& problems) {
  const auto lang = visit.lang;
  const auto places = import_places(visit);
  const auto most = format::number(lang, visit.desk->settings.number("import-megabytes"));
  draw_card(o, {words(lang, Msg::ImportBring), {}, {}, {}}, [&] {
    o.el("form", {{"method", "post"}, {"action", "/impor"}, {"enctype", "multipart/form-data"}}, [&] {
      draw_csrf(o, visit);
      draw_problems(o, lang, problems);
      Field file{"berkas", words(lang, Msg::ImportFile), say(lang, Msg::ImportFileHint, {most})};
      file.type = "file";
      file.required = true;
      file.problem = problem_of(lang, problems, "berkas");
      draw_field(o, lang, file);
      if (places.size() == 1) {
        o.el("input", {{"type", "hidden"}, {"name", "tempat"}, {"value", places.front()->code}});
      } else {
        std::vector<Option> options;
        for (const auto* place : places) options.push_back({place->code, place->name, {}});
        Field place{"tempat", words(lang, Msg::ImportPlace), words(lang, Msg::ImportPlaceHint), std::string(visit.field("tempat"))};
        place.required = true;
        draw_select(o, lang, place, options);
      }
      draw_button(o, words(lang, Msg::ImportUpload), Button::Primary);
    });
  });
}

std::string counts_words(Lang lang, const app::ImportReport& report) {
  const auto n = [&](std::int64_t count) { return format::number(lang, count); };
  return report.rows == 0 ? std::string()
                          : say(lang, Msg::ImportCounts, {n(report.added), n(report.changed), n(report.repeated), n(report.refused)});
}

void draw_imports(html::Out& o, const Visit& visit, const std::vector<store::StoredImport>& imports) {
  const auto lang = visit.lang;
  const Link profiles{words(lang, Msg::ImportProfiles), "/impor/profil"};
  draw_card(o, {words(lang, Msg::ImportList), profiles, {}, {}}, [&] {
    if (imports.empty()) return draw_empty(o, words(lang, Msg::ImportNone));
    std::vector<std::string> owners;
    for (const auto& import : imports) owners.push_back(import.owner);
    const auto names = app::audit_names(visit.context, owners);
    const TableHead head{words(lang, Msg::ImportList),
                         {{words(lang, Msg::ImportFile)},
                          {words(lang, Msg::PeoplePlace)},
                          {words(lang, Msg::PeopleState)},
                          {words(lang, Msg::ImportCountsTitle)},
                          {words(lang, Msg::JobOwner)},
                          {words(lang, Msg::ImportWhen)}},
                         words(lang, Msg::JobsOrder),
                         true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& import : imports)
        rows.row([&](Row& row) {
          const auto* node = visit.reference->organisation.find(import.place);
          row.name(import.file_name, import_href(import.id));
          row.cell(node == nullptr ? "" : node->name);
          row.cell(words(lang, title(import.state)));
          row.cell(counts_words(lang, app::report_from_json(import.report)));
          row.cell(who_words(lang, names, import.owner));
          row.cell(format::moment(lang, import.created_at, node == nullptr ? Zone::Wib : node->zone));
        });
    });
  });
}

/// Every import that the page would show, and those behind them.
http::Reply imports_file(const Visit& visit, FileKind kind) {
  const auto imports = app::list_imports(visit.context, *visit.scope, kMostImports);
  std::vector<std::string> owners;
  for (const auto& import : imports) owners.push_back(import.owner);
  const auto names = app::audit_names(visit.context, owners);
  auto table = list_table(visit, words(visit.lang, Msg::ImportList), {}, std::ssize(imports));
  table.columns = {{words(visit.lang, Msg::ImportFile)},  {words(visit.lang, Msg::PeoplePlace)},
                   {words(visit.lang, Msg::PeopleState)}, {words(visit.lang, Msg::ImportCountsTitle)},
                   {words(visit.lang, Msg::JobOwner)},    {words(visit.lang, Msg::ImportWhen), TableColumn::Kind::Moment}};
  table.rows = [&](const OnTableRow& on_row) {
    for (const auto& import : imports) {
      const auto* node = visit.reference->organisation.find(import.place);
      const TableCell row[] = {import.file_name,
                               node == nullptr ? std::string() : node->name,
                               words(visit.lang, title(import.state)),
                               counts_words(visit.lang, app::report_from_json(import.report)),
                               who_words(visit.lang, names, import.owner),
                               ZonedTime{import.created_at, node == nullptr ? Zone::Wib : node->zone}};
      on_row(row);
    }
  };
  return table_reply("pilar-impor", table, kind);
}

std::string draw_list(const Visit& visit, const Problems& problems) {
  auto frame = staff_page(visit, Place::Imports, words(visit.lang, Msg::ImportTitle));
  frame.place = words(visit.lang, Msg::ImportLead);
  frame.actions = [&](html::Out& o) { draw_file_links(o, visit.lang, "/impor.xlsx", "/impor.csv"); };
  const auto imports = app::list_imports(visit.context, *visit.scope, kImportsShown);
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_upload(o, visit, problems);
    draw_imports(o, visit, imports);
  });
}

http::Reply get_imports(const Visit& visit) { return html_page(200, draw_list(visit, {})); }

http::Reply post_import(const Visit& visit) {
  const auto refuse_with = [&](Problems problems) { return html_page(status_of(problems), draw_list(visit, problems)); };
  const auto* place = visit.reference->organisation.find(visit.field("tempat"));
  if (place == nullptr) return refuse_with({{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat", {}}});
  const auto file = std::ranges::find(visit.files, "berkas", &http::Part::name);
  if (file == visit.files.end() || file->content.empty())
    return refuse_with({{Problem::Kind::Invalid, file == visit.files.end() ? Msg::ImportChooseFile : Msg::ImportEmptyFile, "berkas", {}}});
  const auto id = app::begin_import(visit.context, *visit.scope, place->key, file->file_name.value_or(""), file->content);
  if (!id) {
    auto problems = id.error();
    for (auto& problem : problems) problem.field = "berkas";
    return refuse_with(std::move(problems));
  }
  return redirect(import_href(*id));
}

http::Reply setup_page(const Visit& visit, const store::StoredImport& import, const ImportProfile& profile, int status,
                       const Problems& problems) {
  const auto preview = app::preview_import(visit.context, import, profile.file);
  if (!preview) {
    auto all = problems;
    std::ranges::copy(preview.error(), std::back_inserter(all));
    return html_page(status == 200 ? 422 : status, draw_unreadable(visit, import, profile, all));
  }
  return html_page(status, draw_import_setup(visit, import, profile, *preview, problems));
}

bool may_set_up(const store::StoredImport& import) { return import.state == ImportState::Draft || import.state == ImportState::Checked; }

http::Reply get_import(const Visit& visit) {
  const auto import = asked_import(visit);
  if (!import) return import_refusal(visit, import.error());
  app::see_own_jobs(visit.context, *visit.scope, import->place, import->id);
  const bool set_up = import->state == ImportState::Draft || (may_set_up(*import) && visit.request.param("atur") == "1");
  const auto job = app::job_of(visit.context, *import);
  if (set_up) {
    const bool failed = job && job->state == JobState::Failed && visit.request.param("atur").empty();
    return setup_page(visit, *import, app::profile_of(*import), 200, failed ? app::problems_of(*job) : Problems{});
  }
  const bool going =
      import->state == ImportState::Checking || import->state == ImportState::Writing || import->state == ImportState::Undoing;
  return refreshing(html_page(200, draw_import_result(visit, *import, job, {})), going);
}

/// Another instrument, or another sheet: what was guessed before does not fit any more.
bool is_other_table(const ImportProfile& before, const ImportProfile& after) {
  return before.instrument != after.instrument || before.file.sheet != after.file.sheet ||
         before.file.header_line != after.file.header_line || before.file.separator != after.file.separator ||
         before.file.encoding != after.file.encoding;
}

/// The kept profile that was chosen, or the guess in place of all of them.
Result<ImportProfile> wanted_profile(const Visit& visit, const store::StoredImport& import, const ImportProfile& before) {
  const auto name = visit.field("pakai");
  if (name != kNoProfile) return app::choose_profile(visit.context, *visit.scope, import, name);
  const auto preview = app::preview_import(visit.context, import, before.file);
  if (!preview) return std::unexpected(preview.error());
  const auto* version = visit.reference->latest(before.instrument);
  if (version == nullptr) return before;
  return app::guessed_profile(visit.context, *preview, version->form, import.place);
}

http::Reply use_profile(const Visit& visit, const store::StoredImport& import, const ImportProfile& before) {
  const auto wanted = wanted_profile(visit, import, before);
  if (!wanted) return setup_page(visit, import, before, status_of(wanted.error()), wanted.error());
  const auto saved = app::set_profile(visit.context, *visit.scope, import.id, seen_import_version(visit), *wanted);
  if (!saved) return setup_page(visit, import, before, status_of(saved.error()), saved.error());
  return redirect(import_href(import.id) + "?atur=1&pakai=" + http::percent_encode(visit.field("pakai")));
}

http::Reply post_setup(const Visit& visit) {
  const auto import = asked_import(visit);
  if (!import) return import_refusal(visit, import.error());
  if (!may_set_up(*import)) return import_refusal(visit, {{Problem::Kind::Conflict, Msg::ImportIsWritten, "", {}}});
  const auto before = app::profile_of(*import);
  const auto action = visit.field("aksi");
  if (action == "pakai") return use_profile(visit, *import, before);
  auto profile = read_setup(visit, before);
  if (is_other_table(before, profile)) {
    const auto preview = app::preview_import(visit.context, *import, profile.file);
    const auto* version = visit.reference->latest(profile.instrument);
    if (preview && version != nullptr) profile = app::guessed_profile(visit.context, *preview, version->form, import->place);
    const auto saved = app::set_profile(visit.context, *visit.scope, import->id, seen_import_version(visit), profile);
    if (!saved) return setup_page(visit, *import, profile, status_of(saved.error()), saved.error());
    return redirect(import_href(import->id) + "?atur=1");
  }
  const auto saved = app::set_profile(visit.context, *visit.scope, import->id, seen_import_version(visit), profile);
  if (!saved) return setup_page(visit, *import, profile, status_of(saved.error()), saved.error());
  if (action == "simpan") {
    const auto kept = app::save_profile(visit.context, *visit.scope, import->place, visit.field("profil"), profile);
    const auto now = asked_import(visit);
    if (!kept) return setup_page(visit, now ? *now : *import, profile, status_of(kept.error()), kept.error());
    return redirect(import_href(import->id) + "?atur=1&sudah=profil");
  }
  if (action != "periksa") return redirect(import_href(import->id) + "?atur=1");
  const auto job = app::start_check(visit.context, *visit.scope, import->id, seen_import_version(visit) + 1, visit.lang);
  if (!job) return setup_page(visit, *import, profile, status_of(job.error()), job.error());
  return redirect(import_href(import->id));
}

http::Reply post_save(const Visit& visit) {
  const auto import = asked_import(visit);
  if (!import) return import_refusal(visit, import.error());
  const auto job = app::start_writing(visit.context, *visit.scope, import->id, seen_import_version(visit), visit.field("ubah") != "tidak");
  if (!job) return html_page(status_of(job.error()), draw_import_result(visit, *import, app::job_of(visit.context, *import), job.error()));
  return redirect(import_href(import->id));
}

std::string draw_undo(const Visit& visit, const store::StoredImport& import, const Problems& problems) {
  const auto report = app::report_from_json(import.report);
  const auto n = [&](std::int64_t count) { return format::number(visit.lang, count); };
  Confirm confirm;
  confirm.title = say(visit.lang, Msg::ImportUndoTitle, {import.file_name});
  confirm.words = say(visit.lang, Msg::ImportUndoWords, {n(report.added), n(report.changed)});
  confirm.action = import_href(import.id) + "/batalkan";
  confirm.button = words(visit.lang, Msg::ImportUndo);
  confirm.back = {import.file_name, import_href(import.id)};
  confirm.hidden = {{"version", std::to_string(import.version)}};
  confirm.problems = problems;
  return draw_confirm(visit, confirm);
}

http::Reply get_undo(const Visit& visit) {
  const auto import = asked_import(visit);
  if (!import) return import_refusal(visit, import.error());
  return html_page(200, draw_undo(visit, *import, {}));
}

http::Reply post_undo(const Visit& visit) {
  const auto import = asked_import(visit);
  if (!import) return import_refusal(visit, import.error());
  const auto job = app::start_undo(visit.context, *visit.scope, import->id, seen_import_version(visit));
  if (!job) return html_page(status_of(job.error()), draw_undo(visit, *import, job.error()));
  return redirect(import_href(import->id));
}

http::Reply get_answers(const Visit& visit) {
  const auto import = asked_import(visit);
  if (!import) return import_refusal(visit, import.error());
  store::StoredJob job;
  job.place = import->place;
  job.result_file = import->answers;
  return stored_file_reply(visit.context, job);
}

constexpr std::array kImportRoutes{
    Route{http::Method::Get, "/impor", May::WriteRecords, Work::Blocking, &get_imports, "Imports, and the form that brings a file."},
    csv_route<imports_file>("/impor.csv", May::WriteRecords, "The imports as CSV."),
    workbook_route<imports_file>("/impor.xlsx", May::WriteRecords),
    Route{http::Method::Post, "/impor", May::WriteRecords, Work::Blocking, &post_import, "Brings a file.", kMostUpload, nullptr,
          kUploadMemory, "import-megabytes"},
    Route{http::Method::Get, "/impor/:arg", May::WriteRecords, Work::Blocking, &get_import, "One import: how it is read, what was found."},
    Route{http::Method::Post, "/impor/:arg", May::WriteRecords, Work::Blocking, &post_setup, "Says how the file is read; starts the check.",
          kMostSetupForm},
    Route{http::Method::Post, "/impor/:arg/simpan", May::WriteRecords, Work::Blocking, &post_save, "Starts the saving."},
    Route{http::Method::Get, "/impor/:arg/batalkan", May::WriteRecords, Work::Blocking, &get_undo, "Asks before an import is undone."},
    Route{http::Method::Post, "/impor/:arg/batalkan", May::WriteRecords, Work::Blocking, &post_undo, "Starts the undoing."},
    Route{http::Method::Get, "/impor/:arg/berkas", May::WriteRecords, Work::Blocking, &get_answers, "The file with what is wrong in it."},
};

}  // namespace

std::span<const Route> import_routes() { return kImportRoutes; }

std::string import_href(const Uuid& id) { return "/impor/" + text(id); }

Result<store::StoredImport> asked_import(const Visit& visit) {
  const auto id = parse_uuid(visit.args.at(0));
  if (!id) return refuse(Problem::Kind::NotFound, Msg::ImportUnknown);
  return app::load_import(visit.context, *visit.scope, *id);
}

http::Reply import_refusal(const Visit& visit, const Problems& problems) { return problem_reply(visit, problems); }

std::int32_t seen_import_version(const Visit& visit) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(parse_int(visit.field("version")).value_or(0), 0, INT32_MAX - 1));
}

}  // namespace pilar::web
