#include "web/pack_pages.h"

#include <algorithm>
#include <array>

#include "app/pack_upload.h"
#include "base/text.h"
#include "domain/instrument_change.h"
#include "i18n/format.h"
#include "i18n/words/import.h"
#include "i18n/words/integrity.h"
#include "i18n/words/pack_page.h"
#include "i18n/words/result.h"
#include "i18n/words/xlsform.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/instrument_view.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kFormInMemory = std::size_t{256} << 10U, kFormExamples = 5;

std::string pack_href(std::string_view id) { return std::string(kPackPage) + "/" + http::percent_encode(id); }

std::string format_words(Lang lang, FormFormat format) {
  switch (format) {
    case FormFormat::XlsForm:
      return "XLSForm";
    case FormFormat::Fhir:
      return "FHIR Questionnaire R4";
    case FormFormat::Pack:
      break;
  }
  return words(lang, Msg::FormPackFile);
}

/// "survey!C5", "12:3", "item 4.2": where a fault stands, in words.
std::string where_words(Lang lang, const std::string& field) {
  if (field.empty()) return words(lang, Msg::PackPageWholeFile);
  if (const auto mark = field.rfind('!'); mark != std::string::npos)
    return say(lang, Msg::PackPageCell, {field.substr(0, mark), field.substr(mark + 1)});
  const auto colon = field.find(':');
  if (colon == std::string::npos || !parse_int(field.substr(0, colon)) || !parse_int(field.substr(colon + 1))) return field;
  return say(lang, Msg::PackPageLine, {field.substr(0, colon), field.substr(colon + 1)});
}

/// What is wrong with a file that was just sent; nothing of it is kept.
struct FaultyForm {
  std::string name{};
  Problems problems{};
  bool is_read = false;  ///< its faults stand at places inside it
};

void draw_form_faults(html::Out& o, Lang lang, const FaultyForm& faulty) {
  const auto count = format::number(lang, std::ssize(faulty.problems));
  const auto title = say(lang, Msg::PackPageFaults, {faulty.name});
  draw_card(o, {title, {}, say(lang, Msg::PackPageFaultCount, {count}) + " " + words(lang, Msg::PackPageFaultsNote), "salah"}, [&] {
    const TableHead head{title, {{words(lang, Msg::PackPageWhere)}, {words(lang, Msg::PackPageWrong)}}, {}, true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& problem : faulty.problems)
        rows.row([&](Row& row) {
          row.name(where_words(lang, problem.field));
          row.cell(say(lang, problem));
        });
    });
  });
}

void draw_file_form(html::Out& o, const Visit& visit, const FaultyForm& faulty) {
  const auto lang = visit.lang;
  const auto megabytes = std::min<std::int64_t>(app::kMostFormBytes >> 20U, visit.desk->settings.number("body-megabytes"));
  draw_card(o, {}, [&] {
    Problems shown;
    if (!faulty.is_read) shown = faulty.problems;
    for (auto& problem : shown) problem.field = "berkas";
    draw_problems(o, lang, shown);
    o.el("form", {{"method", "post"}, {"action", kPackPage}, {"enctype", "multipart/form-data"}}, [&] {
      draw_csrf(o, visit);
      Field file{"berkas", words(lang, Msg::PackPageFile), say(lang, Msg::PackPageFileHint, {format::number(lang, megabytes)})};
      file.type = "file";
      file.required = true;
      file.problem = problem_of(lang, shown, "berkas");
      draw_field(o, lang, file);
      draw_button(o, words(lang, Msg::PackPageCheck), Button::Primary);
    });
  });
}

void draw_form_examples(html::Out& o, const Visit& visit) {
  const auto all = visit.reference->latest_of_all();
  if (all.empty()) return;
  draw_card(o,
            {words(visit.lang, Msg::PackPageExamples),
             {words(visit.lang, Msg::FormListTitle), "/instrumen"},
             words(visit.lang, Msg::PackPageExamplesNote),
             {}},
            [&] {
              o.el("ul", {{"class", "links"}}, [&] {
                for (const auto* version : std::span(all).first(std::min(all.size(), kFormExamples)))
                  o.el("li", {}, [&] {
                    const auto text = say(visit.lang, Msg::PackPageExample, {version->form.title.in(visit.lang)});
                    o.el("a", {{"href", "/instrumen/" + version->form.key + "/xlsform"}}, text);
                  });
              });
            });
}

std::string draw_send(const Visit& visit, const FaultyForm& faulty) {
  const auto in = [&](Message message) { return words(visit.lang, message); };
  auto frame = staff_page(visit, Place::Instruments, in(Msg::PackPageTitle));
  frame.place = in(Msg::PackPageLead);
  frame.path = {{in(Msg::FormListTitle), "/instrumen"}};
  if (visit.request.param("batal") == "1") frame.notice = in(Msg::PackPageCancelled);
  return draw_staff_page(frame, [&](html::Out& o) {
    if (faulty.is_read) draw_form_faults(o, visit.lang, faulty);
    draw_file_form(o, visit, faulty);
    draw_form_examples(o, visit);
  });
}

http::Reply get_send(const Visit& visit) { return html_page(200, draw_send(visit, {})); }

http::Reply post_send(const Visit& visit) {
  const auto file = std::ranges::find(visit.files, "berkas", &http::Part::name);
  if (file == visit.files.end() || file->content.empty()) {
    const auto message = file == visit.files.end() ? Msg::ImportChooseFile : Msg::ImportEmptyFile;
    return html_page(422, draw_send(visit, {"", {{Problem::Kind::Invalid, message, "", {}}}}));
  }
  const auto name = file->file_name.value_or("");
  const auto kept = app::keep_form_file(visit.context, *visit.scope, name, file->content);
  if (kept) return redirect(pack_href(text(*kept)));
  const bool is_read = std::ranges::any_of(kept.error(), [](const Problem& problem) { return !problem.field.empty(); });
  return html_page(status_of(kept.error()), draw_send(visit, {is_utf8(name) ? name : "", kept.error(), is_read}));
}

Message part_words(FormPart part) {
  constexpr std::array kWords{Msg::PackPartKind,     Msg::PackPartLabel,  Msg::PackPartHint,    Msg::PackPartOptions, Msg::PackPartRequired,
                              Msg::PackPartLimits,   Msg::PackPartWhen,   Msg::PackPartMust,    Msg::PackPartFormula, Msg::PackPartSection,
                              Msg::PackPartCounting, Msg::PackPartTitle,  Msg::PackPartPurpose, Msg::PackPartSource,  Msg::PackPartAudience,
                              Msg::PackPartValid,    Msg::PackPartTarget, Msg::PackPartRule};
  static_assert(kWords.size() == static_cast<std::size_t>(FormPart::Rule) + 1);
  return kWords.at(static_cast<std::size_t>(part));
}

std::string change_words(Lang lang, const FormChange& change) {
  if (change.fate == FormFate::Added) return words(lang, Msg::PackPageAdded);
  if (change.fate == FormFate::Removed)
    return words(lang, change.of == FormChange::Of::Measure ? Msg::PackPageMeasureRemoved
                       : change.of == FormChange::Of::Rule  ? Msg::PackPageRuleRemoved
                                                            : Msg::PackPageRemoved);
  std::string parts;
  for (const auto part : change.parts) parts += (parts.empty() ? "" : ", ") + words(lang, part_words(part));
  return say(lang, Msg::PackPageChanged, {parts});
}

std::string thing_words(Lang lang, const FormChange& change) {
  if (change.of == FormChange::Of::Instrument) return words(lang, Msg::PackPageAbout);
  const auto title = change.title.in(lang);
  if (change.of == FormChange::Of::Rule) return say(lang, Msg::PackPageRule, {title});
  return change.of == FormChange::Of::Measure ? say(lang, Msg::PackPageMeasure, {title}) : title;
}

/// What a kept file would become.
class UploadPage {
 public:
  UploadPage(const Visit& visit, const app::FormUpload& upload, Problems problems)
      : visit_(visit),
        upload_(upload),
        form_(upload.file.form),
        problems_(std::move(problems)),
        href_(pack_href(visit.args.at(0))) {}

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Instruments, form_.title.in(visit_.lang));
    frame.place = upload_.name + " · " + words(visit_.lang, audience(form_));
    frame.path = {{in(Msg::FormListTitle), "/instrumen"}, {in(Msg::PackPageTitle), std::string(kPackPage)}};
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_what(o);
      draw_changes(o);
      draw_decision(o);
      draw_questions(o, visit_.lang, form_, Wording::Whole);
      draw_measures(o, visit_.lang, form_, false);
      draw_rules(o, visit_.lang, form_, Wording::Whole);
    });
  }

 private:
  std::string in(Message message) const { return words(visit_.lang, message); }
  std::string count(std::size_t number) const { return format::number(visit_.lang, static_cast<std::int64_t>(number)); }
  std::string installed_version() const { return std::to_string(upload_.installed->form.version); }

  std::string state() const {
    if (upload_.installed == nullptr) return in(Msg::PackPageNew);
    return say(visit_.lang, upload_.is_same ? Msg::PackPageSame : Msg::PackPageRenews, {installed_version()});
  }

  void draw_what(html::Out& o) const {
    std::vector<Fact> facts{
        {in(Msg::PackPageState), state()},
        {in(Msg::PackPageFormat), format_words(visit_.lang, upload_.file.format)},
        {in(Msg::PackPageKey), form_.key},
        {in(Msg::PackPageContent), say(visit_.lang, Msg::PackPageContentWords,
                                       {count(form_.sections.size()), count(form_.items.size()), count(form_.measures.size())})}};
    std::ranges::copy(about_facts(visit_.lang, form_), std::back_inserter(facts));
    draw_card(o, {.title = in(Msg::PackPageWhat)}, [&] { draw_facts(o, facts); });
  }

  void draw_changes(html::Out& o) const {
    if (upload_.installed == nullptr || upload_.is_same) return;
    const auto changes = changes_between(upload_.installed->form, form_);
    const auto title = say(visit_.lang, Msg::PackPageChanges, {installed_version()});
    draw_card(o, {.title = title, .note = in(Msg::PackPageChangesNote)}, [&] {
      if (changes.empty()) return o.el("p", {}, in(Msg::PackPageNoChanges));
      const TableHead head{title, {{in(Msg::PackPageThing)}, {in(Msg::PackPageChange)}}, {}, true};
      draw_table(o, head, [&](Rows& rows) {
        for (const auto& change : changes)
          rows.row([&](Row& row) {
            row.name(thing_words(visit_.lang, change));
            row.cell(change_words(visit_.lang, change));
          });
      });
    });
  }

  void draw_decision(html::Out& o) const {
    auto problems = problems_;
    if (upload_.refused && problems.empty()) problems.push_back(*upload_.refused);
    const bool may_install = !upload_.is_same && !upload_.refused;
    draw_card(o, {.title = may_install ? in(Msg::PackPageConfirm) : "", .note = may_install ? in(Msg::PackPageConfirmNote) : ""}, [&] {
      draw_problems(o, visit_.lang, problems);
      if (may_install) draw_install(o, problems);
      draw_post_form(o, visit_, href_ + "/batal", {}, [&] { draw_button(o, in(Msg::PackPageCancel)); });
    });
  }

  void draw_install(html::Out& o, const Problems& problems) const {
    const auto seen = upload_.installed == nullptr ? "0" : installed_version();
    draw_post_form(o, visit_, href_, {{"terlihat", seen}}, [&] {
      draw_field(o, visit_.lang, reason_field(visit_, problems, "alasan", Msg::PackPageReason, in(Msg::PackPageReasonHint)));
      draw_button(o, say(visit_.lang, Msg::PackPageInstall, {std::to_string(form_.version)}), Button::Primary);
    });
  }

  const Visit& visit_;
  const app::FormUpload& upload_;
  const Instrument& form_;
  Problems problems_;
  std::string href_;
};

http::Reply pack_refusal(const Visit& visit, const Problems& problems) { return problem_reply(visit, problems); }

http::Reply upload_page(const Visit& visit, int status, Problems problems) {
  const auto upload = app::open_form_file(visit.context, *visit.scope, visit.args.at(0));
  if (!upload) return pack_refusal(visit, upload.error());
  return html_page(status, UploadPage(visit, *upload, std::move(problems)).draw());
}

http::Reply get_upload(const Visit& visit) { return upload_page(visit, 200, {}); }

http::Reply post_install(const Visit& visit) {
  const auto reason = visit.field("alasan");
  if (auto wrong = check_reason(reason, "alasan"); !wrong.empty()) return upload_page(visit, 422, std::move(wrong));
  const auto seen = std::clamp<std::int64_t>(parse_int(visit.field("terlihat")).value_or(0), 0, INT32_MAX);
  const auto installed =
      app::install_form_file(visit.context, *visit.scope, visit.args.at(0), {static_cast<int>(seen), std::string(trim(reason))});
  if (!installed) {
    const auto status = status_of(installed.error());
    return status == 404 ? pack_refusal(visit, installed.error()) : upload_page(visit, status, installed.error());
  }
  auto address = "/instrumen/" + http::percent_encode(installed->key) + "?terpasang=" + std::to_string(installed->version);
  if (installed->late_series > 0) address += "&deret=" + std::to_string(installed->late_series);
  return redirect(std::move(address));
}

http::Reply post_cancel(const Visit& visit) {
  app::drop_form_file(visit.context, *visit.scope, visit.args.at(0));
  return redirect(std::string(kPackPage) + "?batal=1");
}

constexpr std::array kPackRoutes{
    Route{http::Method::Get, kPackPage, May::Administer, Work::Blocking, &get_send, "Asks for the file of a form."},
    Route{http::Method::Post, kPackPage, May::Administer, Work::Blocking, &post_send, "Reads a form and keeps it; installs nothing.",
          app::kMostFormBytes, nullptr, kFormInMemory},
    Route{http::Method::Get, "/instrumen/tambah/:arg", May::Administer, Work::Blocking, &get_upload,
          "What a form would become, and what it changes."},
    Route{http::Method::Post, "/instrumen/tambah/:arg", May::Administer, Work::Blocking, &post_install, "Installs it."},
    Route{http::Method::Post, "/instrumen/tambah/:arg/batal", May::Administer, Work::Blocking, &post_cancel, "Removes it."},
};

}  // namespace

std::span<const Route> pack_routes() { return kPackRoutes; }

std::string installed_words(const Visit& visit, const Instrument& form) {
  const auto version = std::to_string(form.version);
  if (visit.request.param("terpasang") != version) return {};
  const auto late = parse_int(visit.request.param("deret")).value_or(0);
  if (late <= 0) return say(visit.lang, Msg::PackPageInstalled, {version});
  return say(visit.lang, Msg::PackPageFilling, {version, format::number(visit.lang, late)});
}

}  // namespace pilar::web
