#include "web/instrument_pages.h"

#include <array>

#include "app/instrument.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/guide.h"
#include "i18n/words/pack_page.h"
#include "i18n/words/result.h"
#include "i18n/words/xlsform.h"
#include "interchange/xlsform.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/instrument_view.h"
#include "web/list_file.h"
#include "web/pack_pages.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// Where the program brings a version that is not installed because of what people installed; else empty.
std::string left_out_words(const Visit& visit, const Instrument& form) {
  const auto* shipped = app::find_left_out(*visit.reference, form.key);
  return shipped == nullptr ? std::string()
                            : say(visit.lang, Msg::FormLeftOut, {std::to_string(shipped->version), std::to_string(form.version)});
}

http::Reply get_instrument_list(const Visit& visit) {
  const auto lang = visit.lang;
  auto frame = staff_page(visit, Place::Instruments, words(lang, Msg::FormListTitle));
  frame.actions = [&](html::Out& o) {
    draw_link_button(o, {words(lang, Msg::CalcPagesTitle), "/hitung"});
    draw_file_links(o, lang, "/instrumen.xlsx", "/instrumen.csv");
    if (visit.scope->may_program(visit.reference->organisation))
      draw_link_button(o, {words(lang, Msg::PackPageAdd), std::string(kPackPage)}, Button::Primary);
  };
  const auto draw = [&](html::Out& o) {
    draw_card(o, {.note = words(lang, Msg::FormListNote)}, [&] {
      const TableHead head{.caption = words(lang, Msg::FormListTitle),
                           .columns = {{words(lang, Msg::CommonName)},
                                       {words(lang, Msg::FormListFor)},
                                       {words(lang, Msg::ResultVersion), true},
                                       {words(lang, Msg::FormListQuestions), true},
                                       {words(lang, Msg::ResultSource)},
                                       {""}}};
      draw_table(o, head, [&](Rows& rows) {
        for (const auto* version : visit.reference->latest_of_all())
          rows.row([&](Row& row) {
            const auto& form = version->form;
            row.name(form.title.in(lang), "/instrumen/" + form.key);
            row.cell(say(lang, audience(form)));
            row.cell(format::number(lang, form.version));
            row.cell(format::number(lang, std::ssize(form.items)));
            row.cell([&] {
              o.text(form.source);
              if (!form.mark.empty()) o.el("small", {}, form.mark.in(lang));
              if (const auto left_out = left_out_words(visit, form); !left_out.empty()) o.el("small", {}, left_out);
            });
            row.cell([&] { o.el("a", {{"href", "/hasil/" + form.key}}, say(lang, Msg::FormListResults)); });
          });
      });
    });
  };
  return html_page(200, draw_staff_page(frame, draw));
}

http::Reply instruments_file(const Visit& visit, FileKind kind) {
  const auto lang = visit.lang;
  const auto all = visit.reference->latest_of_all();
  auto table = list_table(visit, words(lang, Msg::FormListTitle), {}, std::ssize(all));
  table.columns = {{words(lang, Msg::CommonName)},
                   {words(lang, Msg::FormListFor)},
                   {words(lang, Msg::ResultVersion), TableColumn::Kind::Number},
                   {words(lang, Msg::FormListQuestions), TableColumn::Kind::Number},
                   {words(lang, Msg::ResultSource)},
                   {words(lang, Msg::ResultMark)}};
  table.rows = [&](const OnTableRow& on_row) {
    for (const auto* version : all) {
      const auto& form = version->form;
      const TableCell row[] = {
          form.title.in(lang), words(lang, audience(form)), Decimal::whole(form.version), Decimal::whole(std::ssize(form.items)),
          form.source,         form.mark.in(lang)};
      on_row(row);
    }
  };
  return table_reply("pilar-instrumen", table, kind);
}

void draw_formats(html::Out& o, Lang lang, const Instrument& form) {
  draw_card(o, {.title = words(lang, Msg::FormFiles), .note = words(lang, Msg::FormFilesNote)}, [&] {
    o.el("div", {{"class", "choices"}}, [&] {
      draw_link_button(o, {"XLSForm", "/instrumen/" + form.key + "/xlsform"});
      draw_link_button(o, {"FHIR R4", "/api/v1/fhir/Questionnaire/" + form.key});
      draw_link_button(o, {words(lang, Msg::FormPackFile), "/api/v1/instruments/" + form.key + "/pack"});
    });
  });
}

http::Reply unknown_form(const Visit& visit) {
  const Problem unknown{Problem::Kind::NotFound, Msg::ResultUnknownInstrument, "", {std::string(visit.args.front())}};
  return problem_reply(404, visit.request.path, visit.lang, {unknown});
}

http::Reply get_xlsform(const Visit& visit) {
  const auto* version = visit.reference->latest(visit.args.front());
  if (version == nullptr) return unknown_form(visit);
  const auto name = safe_file_name(version->form.key) + "-" + std::to_string(version->form.version) + ".xlsx";
  return file_reply(name, kWorkbookType,
                    [&](const std::string& path) { xlsform::write_workbook(xlsform::sheets_of(version->form), path); });
}

http::Reply get_instrument(const Visit& visit) {
  const auto lang = visit.lang;
  const auto* version = visit.reference->latest(visit.args.front());
  if (version == nullptr) return unknown_form(visit);
  const auto& form = version->form;
  auto frame = staff_page(visit, Place::Instruments, form.title.in(lang));
  frame.place = say(lang, audience(form));
  frame.notice = installed_words(visit, form);
  frame.path = {{words(lang, Msg::FormListTitle), "/instrumen"}};
  const auto draw = [&](html::Out& o) {
    draw_card(o, {.title = words(lang, Msg::FormAbout), .note = left_out_words(visit, form)},
              [&] { draw_facts(o, about_facts(lang, form)); });
    draw_measures(o, lang, form, true);
    draw_questions(o, lang, form, Wording::Plain);
    draw_rules(o, lang, form, Wording::Plain);
    draw_formats(o, lang, form);
  };
  return html_page(200, draw_staff_page(frame, draw));
}

constexpr std::array kInstrumentRoutes{
    Route{http::Method::Get, "/instrumen", May::ReadResults, Work::Blocking, &get_instrument_list, "The installed instruments."},
    csv_route<instruments_file>("/instrumen.csv", May::ReadResults, "The installed instruments as CSV."),
    workbook_route<instruments_file>("/instrumen.xlsx", May::ReadResults),
    Route{http::Method::Get, "/instrumen/:arg", May::ReadResults, Work::Blocking, &get_instrument, "One instrument, to be read."},
    Route{http::Method::Get, "/instrumen/:arg/xlsform", May::ReadResults, Work::Blocking, &get_xlsform, "An instrument as XLSForm."},
};

}  // namespace

std::span<const Route> instrument_routes() { return kInstrumentRoutes; }

}  // namespace pilar::web
