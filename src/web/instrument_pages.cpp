#include "web/instrument_pages.h"

#include <array>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "interchange/xlsform.h"
#include "web/answer_words.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/result_words.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

http::Reply page(std::string body) { return {200, "text/html; charset=utf-8", std::move(body), {}}; }

Msg audience(const Instrument& form) { return form.is_public ? Msg::FormListPublic : Msg::FormListInternal; }

http::Reply get_list(const Visit& visit) {
  const auto lang = visit.lang;
  auto frame = staff_page(visit, Place::Instruments, words(lang, Msg::FormListTitle));
  frame.actions = [&](html::Out& o) { draw_link_button(o, {words(lang, Msg::CalcPagesTitle), "/hitung"}); };
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
            });
            row.cell([&] { o.el("a", {{"href", "/hasil/" + form.key}}, say(lang, Msg::FormListResults)); });
          });
      });
    });
  };
  return page(draw_staff_page(frame, draw));
}

std::string terms_of(Lang lang, const Item& item) {
  std::string out;
  const auto add = [&](const std::string& one) { out += (out.empty() ? "" : ", ") + one; };
  if (item.kind != ItemKind::Calculation) add(words(lang, item.required ? Msg::FormRequired : Msg::FormOptional));
  if (!item.relevance.empty()) add(words(lang, Msg::FormConditional));
  if (item.may_be_not_observed) add(say(lang, Msg::FormMayBe, {words(lang, Msg::CommonNotObserved)}));
  if (item.may_be_not_applicable) add(say(lang, Msg::FormMayBe, {words(lang, Msg::CommonNotApplicable)}));
  return out;
}

void draw_item(html::Out& o, Lang lang, const Item& item) {
  o.el("dt", {}, [&] {
    o.el("b", {}, item.label.in(lang));
    if (const auto terms = terms_of(lang, item); !terms.empty()) o.el("small", {}, terms);
  });
  o.el("dd", {}, [&] {
    o.text(kind_words(lang, item));
    if (!item.help.empty()) o.el("small", {}, item.help.in(lang));
    if (!item.source.empty()) o.el("small", {}, item.source);
  });
}

void draw_section(html::Out& o, Lang lang, const Instrument& form, std::size_t which) {
  const auto& section = form.sections[which];
  draw_card(o, {.title = section.title.in(lang), .note = section.hint.in(lang)}, [&] {
    o.el("dl", {{"class", "facts questions"}}, [&] {
      for (const auto& item : form.items)
        if (item.section == which) draw_item(o, lang, item);
    });
  });
}

std::string labels(Lang lang, const Instrument& form, const Measure& measure) {
  std::string out;
  for (const auto& key : measure.items) out += (out.empty() ? "“" : ", “") + name_of(lang, &measure, *form.find(key)) + "”";
  return out;
}

Msg sum_message(Aggregation aggregation) {
  switch (aggregation) {
    case Aggregation::State:
      return Msg::FormMeasureState;
    case Aggregation::YearlyTarget:
      return Msg::FormMeasureYearly;
    case Aggregation::DistinctPersons:
      return Msg::FormMeasurePersons;
    case Aggregation::Flow:
      break;
  }
  return Msg::FormMeasureSum;
}

std::string formula_of(Lang lang, const Instrument& form, const Measure& measure) {
  const auto label = [&](const std::string& key) { return "“" + form.find(key)->label.in(lang) + "”"; };
  switch (measure.kind) {
    case MeasureKind::Rating:
      return words(lang, Msg::FormMeasureRating);
    case MeasureKind::Skm:
      return words(lang, Msg::FormMeasureSkm);
    case MeasureKind::Sum:
      return say(lang, sum_message(first_item(form, measure).aggregation), {labels(lang, form, measure)});
    case MeasureKind::Duration:
      if (!measure.within) return say(lang, Msg::FormMeasureDuration, {labels(lang, form, measure)});
      return say(lang, Msg::FormMeasureWithin, {labels(lang, form, measure), within_words(lang, form, measure)});
    case MeasureKind::Ratio:
      return say(lang, measure.complement ? Msg::FormMeasureComplement : Msg::FormMeasureRatio,
                 {label(measure.numerator), label(measure.denominator)});
    case MeasureKind::Share:
      break;
  }
  std::string positive;
  for (const auto& key : measure.positive)
    if (const auto* option = find_option(*form.find(measure.items.front()), key))
      positive += (positive.empty() ? "“" : ", “") + option->label.in(lang) + "”";
  return say(lang, Msg::FormMeasureShare, {positive});
}

std::string measure_words(Lang lang, const Instrument& form, const Measure& measure) {
  auto out = formula_of(lang, form, measure);
  if (measure.target)
    out += " " + say(lang, Msg::FormMeasureTarget, {format::number(lang, *measure.target) + unit_of(form, measure).behind});
  if (measure.minimum) out += " " + say(lang, Msg::FormMeasureMinimum, {format::number(lang, *measure.minimum)});
  return out;
}

void draw_measures(html::Out& o, Lang lang, const Instrument& form) {
  if (form.measures.empty()) return;
  draw_card(o, {.title = words(lang, Msg::FormMeasures)}, [&] {
    std::vector<Fact> facts;
    for (const auto& measure : form.measures)
      facts.push_back({measure.title.in(lang),
                       (measure.meaning.empty() ? "" : measure.meaning.in(lang) + " ") + measure_words(lang, form, measure),
                       {words(lang, Msg::HomeSeeResult), "/hasil/" + form.key + "?ukuran=" + measure.key}});
    draw_facts(o, facts);
  });
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
  frame.path = {{words(lang, Msg::FormListTitle), "/instrumen"}};
  const auto draw = [&](html::Out& o) {
    draw_card(o, {.title = words(lang, Msg::FormAbout)}, [&] {
      std::vector<Fact> facts{{words(lang, Msg::FormPurpose), form.purpose.in(lang)},
                              {words(lang, Msg::ResultVersion), format::number(lang, form.version)},
                              {words(lang, Msg::ResultSource), form.source}};
      if (form.valid_from) facts.push_back({words(lang, Msg::FormValid), format::date(lang, *form.valid_from)});
      if (!form.mark.empty()) facts.push_back({words(lang, Msg::ResultMark), form.mark.in(lang)});
      draw_facts(o, facts);
    });
    draw_measures(o, lang, form);
    for (std::size_t i = 0; i < form.sections.size(); ++i) draw_section(o, lang, form, i);
    draw_formats(o, lang, form);
  };
  return page(draw_staff_page(frame, draw));
}

constexpr std::array kInstrumentRoutes{
    Route{http::Method::Get, "/instrumen", May::ReadResults, Work::Blocking, &get_list, "The installed instruments."},
    Route{http::Method::Get, "/instrumen/:arg", May::ReadResults, Work::Blocking, &get_instrument, "One instrument, to be read."},
    Route{http::Method::Get, "/instrumen/:arg/xlsform", May::ReadResults, Work::Blocking, &get_xlsform, "An instrument as XLSForm."},
};

}  // namespace

std::span<const Route> instrument_routes() { return kInstrumentRoutes; }

}  // namespace pilar::web
