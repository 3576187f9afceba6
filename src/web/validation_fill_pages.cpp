#include <algorithm>
#include <array>

#include "base/text.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/entry.h"
#include "i18n/words/period.h"
#include "i18n/words/validation.h"
#include "web/decision.h"
#include "web/entry_form.h"
#include "web/entry_live.h"
#include "web/frame.h"
#include "web/question.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/validation_pages.h"
#include "web/validation_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// A drawn record that the reader may fill in again.
struct AskedRow {
  app::ValidationView view;
  const store::StoredValidated* row = nullptr;
  const app::InstalledVersion* version = nullptr;

  std::string href(std::string_view page) const {
    return validation_href(*view.node, view.row.id, "/" + std::string(page) + "/" + std::to_string(row->place));
  }
};

std::expected<AskedRow, http::Reply> find_row(const Visit& visit) {
  auto view = find_validation_view(visit);
  if (!view) return std::unexpected(view.error());
  AskedRow asked{*std::move(view)};
  const auto place = parse_int(visit.args.at(1)).value_or(0);
  asked.row = place > 0 && place <= INT32_MAX ? asked.view.find(static_cast<std::int32_t>(place)) : nullptr;
  if (asked.row == nullptr) return std::unexpected(refuse_result(visit, {{Problem::Kind::NotFound, Msg::ValidationUnknown, "", {}}}));
  if (const auto wrong = app::check_validator(visit.context, *visit.scope, asked.view, *asked.row); !wrong.empty())
    return std::unexpected(refuse_result(visit, wrong));
  asked.version = asked.view.reference->find(asked.row->version);
  require(asked.version != nullptr, "the version of a drawn record is known");
  return asked;
}

/// The form of the record's own version, blank, with the time and unit by which its source document is found.
class SecondForm {
 public:
  SecondForm(const Visit& visit, const AskedRow& asked, const RawAnswers& typed, const Problems& problems)
      : visit_(visit),
        lang_(visit.lang),
        asked_(asked),
        form_(asked.version->form),
        typed_(typed),
        problems_(problems) {}

  std::string draw() const {
    const auto& view = asked_.view;
    const auto title =
        say(lang_, Msg::ValidationFillTitle, {format::number(lang_, asked_.row->place), format::number(lang_, std::ssize(view.records))});
    auto frame = staff_page(visit_, Place::Indicators, title);
    frame.entry = true;
    frame.place = form_.title.in(lang_) + " · " + view.node->name;
    frame.path = {{say(lang_, Msg::ValidationOf, {view.title.in(lang_)}), validation_href(*view.node, view.row.id)}};
    return draw_staff_page(frame, [&](html::Out& o) {
      o.el("p", {{"class", "note"}}, words(lang_, Msg::ValidationFillNote));
      draw_where(o);
      draw_form(o);
    });
  }

 private:
  void draw_where(html::Out& o) const {
    const auto& view = asked_.view;
    const auto* unit = view.reference->organisation.find_unit(view.node->key, asked_.row->unit);
    const Fact facts[] = {{words(lang_, Msg::ValidationWhen), format::moment(lang_, asked_.row->at, view.node->zone), {}},
                          {words(lang_, Msg::ValidationUnit), unit == nullptr ? words(lang_, Msg::EntryWhole) : unit->name, {}}};
    draw_card(o, {}, [&] { draw_facts(o, facts); });
  }

  void draw_form(html::Out& o) const {
    o.el("form", {{"id", "isian"}, {"class", "entry-form"}, {"method", "post"}, {"action", asked_.href("isi")}, {"novalidate", true}}, [&] {
      draw_summary(o);
      for (const auto& [name, value] : {std::pair{"csrf", &visit_.csrf}, {"tempat", &asked_.view.node->code}})
        o.el("input", {{"type", "hidden"}, {"name", name}, {"value", *value}});
      for (std::size_t i = 0; i < form_.sections.size(); ++i) draw_part_of(o, i);
      draw_card(o, {}, [&] {
        o.el("div", {{"class", "choices"}}, [&] {
          draw_button(o, words(lang_, Msg::ValidationFillSave), Button::Primary);
          draw_link_button(o, {words(lang_, Msg::ValidationMiss), asked_.href("tanpa")});
        });
      });
      o.json({{"data-form", true}}, live_form(lang_, form_, asked_.view.node->zone));
    });
  }

  void draw_summary(html::Out& o) const {
    std::vector<ProblemLine> lines;
    for (const auto& problem : problems_) {
      const auto* item = form_.find(problem.field);
      const auto label = item == nullptr ? std::string() : item->label.in(lang_) + ": ";
      lines.push_back({item == nullptr ? "" : problem.field, label + words_of_answer(lang_, problem, form_)});
    }
    draw_problem_lines(o, lang_, lines);
  }

  void draw_part_of(html::Out& o, std::size_t section) const {
    const auto shown = [&](const Item& item) { return item.section == section; };
    if (std::ranges::none_of(form_.items, shown)) return;
    draw_card(o, {.title = form_.sections[section].title.in(lang_), .note = form_.sections[section].hint.in(lang_)}, [&] {
      for (const auto& item : form_.items)
        if (shown(item)) draw_one(o, item);
    });
  }

  void draw_one(html::Out& o, const Item& item) const {
    if (item.kind == ItemKind::Calculation) return;  // follows from the others
    o.el("div", {{"class", "question"}, {"data-item", item.key}}, [&] {
      if (item.kind == ItemKind::Photo) {
        o.el("p", {{"class", "form-label"}}, item.label.in(lang_));
        return o.el("p", {{"class", "hint"}}, words(lang_, Msg::ValidationFillPhoto));
      }
      if (!item.relevance.empty()) o.el("p", {{"class", "hint when"}}, words(lang_, Msg::EntryWhenRelevant));
      const auto typed = typed_.find(item.key);
      Question question{item, lang_, Audience::Staff};
      question.typed = typed == typed_.end() ? nullptr : &typed->second;
      for (const auto& problem : problems_)
        if (problem.field == item.key) question.problem += (question.problem.empty() ? "" : " ") + words_of_answer(lang_, problem, form_);
      draw_question(o, question);
    });
  }

  const Visit& visit_;
  Lang lang_;
  const AskedRow& asked_;
  const Instrument& form_;
  const RawAnswers& typed_;
  const Problems& problems_;
};

http::Reply get_fill(const Visit& visit) {
  const auto asked = find_row(visit);
  if (!asked) return asked.error();
  return html_page(200, SecondForm(visit, *asked, {}, {}).draw());
}

http::Reply post_fill(const Visit& visit) {
  const auto asked = find_row(visit);
  if (!asked) return asked.error();
  const auto& form = asked->version->form;
  const auto typed = read_entry_answers(form, visit.form, asked->view.node->zone);
  const auto done = app::fill_validated(visit.context, *visit.scope, asked->view, asked->row->place, with_points(form, typed));
  if (!done) return html_page(status_of(done.error()), SecondForm(visit, *asked, typed, done.error()).draw());
  return redirect(validation_href(*asked->view.node, asked->view.row.id) + "&sudah=isi");
}

std::string draw_miss(const Visit& visit, const AskedRow& asked, const Problems& problems) {
  const auto number = format::number(visit.lang, asked.row->place);
  Confirm confirm;
  confirm.title = say(visit.lang, Msg::ValidationMissTitle, {number});
  confirm.place = asked.view.node->name;
  confirm.words = words(visit.lang, Msg::ValidationMissWords);
  confirm.action = asked.href("tanpa");
  confirm.button = words(visit.lang, Msg::ValidationMissDo);
  confirm.kind = Button::Primary;
  confirm.back = {say(visit.lang, Msg::ValidationOf, {asked.view.title.in(visit.lang)}),
                  validation_href(*asked.view.node, asked.view.row.id)};
  confirm.hidden = {{"tempat", asked.view.node->code}};
  confirm.problems = problems;
  confirm.reason = reason_field(visit, problems, "reason", Msg::PeriodReason, words(visit.lang, Msg::PeriodReasonHint));
  confirm.reason->rows = 2;
  return draw_confirm(visit, confirm);
}

http::Reply get_miss(const Visit& visit) {
  const auto asked = find_row(visit);
  if (!asked) return asked.error();
  return html_page(200, draw_miss(visit, *asked, {}));
}

http::Reply post_miss(const Visit& visit) {
  const auto asked = find_row(visit);
  if (!asked) return asked.error();
  const auto reason = std::string(trim(visit.field("reason")));
  const auto done = app::miss_validated(visit.context, *visit.scope, asked->view, asked->row->place, reason);
  if (!done) return html_page(status_of(done.error()), draw_miss(visit, *asked, done.error()));
  return redirect(validation_href(*asked->view.node, asked->view.row.id) + "&sudah=isi");
}

constexpr std::array kValidationFillRoutes{
    Route{http::Method::Get, "/indikator/validasi/:arg/isi/:arg", May::WriteRecords, Work::Blocking, &get_fill,
          "The blank form of a drawn record."},
    Route{http::Method::Post, "/indikator/validasi/:arg/isi/:arg", May::WriteRecords, Work::Blocking, &post_fill,
          "Keeps what a second person found in the source document.", kEntryMemoryBytes},
    Route{http::Method::Get, "/indikator/validasi/:arg/tanpa/:arg", May::WriteRecords, Work::Blocking, &get_miss,
          "Asks why the source document was not found."},
    Route{http::Method::Post, "/indikator/validasi/:arg/tanpa/:arg", May::WriteRecords, Work::Blocking, &post_miss,
          "Says that the source document was not found."},
};

}  // namespace

std::span<const Route> validation_fill_routes() { return kValidationFillRoutes; }

}  // namespace pilar::web
