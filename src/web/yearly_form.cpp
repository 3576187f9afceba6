#include "web/yearly_form.h"

#include <algorithm>

#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/entry.h"
#include "i18n/words/sasaran.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/question.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::string_view kSetBy = "/set_by", kSource = "/source";

/// Names of a row's fields.
std::string yearly_field(char which, const app::YearlyLine& line) { return std::string(1, which) + "." + line.key(); }

/// The field of the form that a problem's field means.
std::string field_of_problem(const std::string& field) {
  if (field.ends_with(kSetBy)) return "o." + field.substr(0, field.size() - kSetBy.size());
  if (field.ends_with(kSource)) return "s." + field.substr(0, field.size() - kSource.size());
  if (field.ends_with("/kind")) return "k." + field.substr(0, field.size() - std::string_view("/kind").size());
  return field.empty() ? field : "n." + field;
}

/// As parse_yearly_number() reads it again.
std::string typed_number(const Decimal& value) {
  auto written = text(value);
  std::ranges::replace(written, '.', ',');
  return written;
}

/// The number that stood there when the form was drawn.
const app::YearlyNumber* number_at(const app::YearlyLine& line, const std::optional<app::ReportMoment>& moment) {
  if (!moment) return nullptr;
  const auto at = std::ranges::find(line.numbers, *moment, &app::YearlyNumber::moment);
  return at == line.numbers.end() ? nullptr : &*at;
}

bool is_same_number(const YearlyTyped& row, const app::YearlyNumber* number) {
  if (number == nullptr) return trim(row.value).empty();
  return app::parse_yearly_number(row.value, row.line->item->digits) == std::optional(number->value);
}

bool is_unchanged(const YearlyTyped& row) {
  const auto* number = number_at(*row.line, row.seen);
  if (row.seen && number == nullptr) return false;
  if (!is_same_number(row, number)) return false;
  const auto* origin = number != nullptr && number->origin ? &*number->origin : nullptr;
  const auto kind = origin == nullptr ? std::string_view() : key_of(yearly_kinds(), origin->kind);
  return row.kind == kind && trim(row.set_by) == (origin == nullptr ? std::string_view() : std::string_view(origin->set_by)) &&
         trim(row.source) == (origin == nullptr ? std::string_view() : std::string_view(origin->source));
}

class YearlyFormPage {
 public:
  YearlyFormPage(const Visit& visit, const app::YearlyView& view, const YearlyAddress& address, const YearlyForm& form)
      : visit_(visit),
        lang_(visit.lang),
        view_(view),
        address_(address),
        form_(form) {}

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Indicators, say(lang_, Msg::SasaranFillTitle, {std::to_string(view_.year)}));
    frame.place = view_.node().name;
    frame.path = {{in(Msg::SasaranTitle), address_.href()}};
    frame.entry = true;
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_summary(o);
      if (form_.rows.empty()) return draw_empty(o, in(Msg::SasaranNoneNeeded), {in(Msg::SasaranShowAll), everything("/isi")});
      o.el("form",
           {{"class", "grid-form"},
            {"method", "post"},
            {"action", "/indikator/sasaran/isi"},
            {"novalidate", true},
            {"data-rows", std::int64_t{0}}},
           [&] { draw_inside(o); });
    });
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  std::string everything(std::string_view below) const {
    auto address = address_;
    address.all = true;
    return address.href(below);
  }

  void draw_hidden(html::Out& o, const std::string& name, const std::string& value) const {
    o.el("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
  }

  void draw_inside(html::Out& o) const {
    draw_csrf(o, visit_);
    draw_hidden(o, "tempat", view_.node().code);
    draw_hidden(o, "tahun", std::to_string(view_.year));
    if (address_.all) draw_hidden(o, "lihat", "semua");
    if (address_.unit != nullptr) draw_hidden(o, "unit", address_.unit->code);
    draw_for_empty(o);
    draw_card(o, {.note = in(Msg::SasaranFillNote)}, [&] { draw_cells(o); });
    o.el("div", {{"class", "entry-end"}}, [&] {
      o.el("div", {{"class", "choices"}}, [&] {
        draw_button(o, in(Msg::SasaranSave), Button::Primary);
        if (!address_.all) draw_link_button(o, {in(Msg::SasaranShowAll), everything("/isi")});
      });
      o.el("p", {{"class", "note keys"}, {"hidden", true}}, in(Msg::GridKeys));
    });
  }

  void draw_summary(html::Out& o) const {
    std::vector<ProblemLine> lines;
    for (const auto& problem : form_.problems) {
      const auto row = std::ranges::find_if(form_.rows, [&](const YearlyTyped& one) { return problem.field.starts_with(one.line->key()); });
      const auto name = row == form_.rows.end() ? std::string() : line_words(lang_, *row->line) + ": ";
      lines.push_back({field_of_problem(problem.field), name + say(lang_, problem)});
    }
    draw_problem_lines(o, lang_, lines);
  }

  std::vector<Option> kinds(Message none) const {
    std::vector<Option> options{{"", in(none)}};
    for (const auto& row : yearly_kinds()) options.push_back({std::string(row.key), in(row.title)});
    return options;
  }

  void draw_for_empty(html::Out& o) const {
    draw_card(o, {.title = in(Msg::SasaranForEmpty)}, [&] {
      o.el("div", {{"class", "entry-where"}}, [&] {
        draw_select(o, lang_, {"kind", in(Msg::SasaranKind), "", form_.kind}, kinds(Msg::SasaranPickKind));
        auto set_by = text_field("set_by", Msg::SasaranSetBy, form_.set_by);
        for (const auto known : {Msg::SasaranByPusdatin, Msg::SasaranByOffice, Msg::SasaranByOwn})
          set_by.suggestions.push_back({in(known), in(known)});
        draw_field(o, lang_, set_by);
        draw_field(o, lang_, text_field("source", Msg::SasaranSource, form_.source));
      });
    });
  }

  Field text_field(const char* name, Message label, const std::string& value) const {
    Field field{name, in(label), "", value};
    field.max_length = static_cast<int>(app::kLongestOrigin);
    return field;
  }

  void draw_head(html::Out& o, Message title, bool above) const {
    o.el("th", {{"scope", "col"}}, [&] {
      o.text(in(title));
      if (above) o.el("small", {}, in(Msg::GridAsAbove));
    });
  }

  void draw_cells(html::Out& o) const {
    o.el("div", {{"class", "scroll"}}, [&] {
      o.el("table", {{"class", "data cells"}}, [&] {
        o.el("caption", {{"class", "visually-hidden"}}, say(lang_, Msg::SasaranFillTitle, {std::to_string(view_.year)}));
        o.el("thead", {}, [&] {
          o.el("tr", {}, [&] {
            draw_head(o, Msg::SasaranWhich, false);
            draw_head(o, Msg::SasaranNumber, false);
            draw_head(o, Msg::SasaranKind, true);
            draw_head(o, Msg::SasaranSetBy, true);
            draw_head(o, Msg::SasaranSource, true);
          });
        });
        o.el("tbody", {}, [&] {
          for (const auto& row : form_.rows) draw_typed(o, row);
        });
      });
    });
  }

  void draw_typed(html::Out& o, const YearlyTyped& row) const {
    o.el("tr", {}, [&] {
      o.el("th", {{"scope", "row"}}, [&] {
        o.text(line_words(lang_, *row.line));
        o.el("small", {}, row.line->version->form.title.in(lang_) + last_year(*row.line));
        draw_hidden(o, yearly_field('v', *row.line), row.seen ? text(*row.seen) : "");
      });
      draw_cell(o, row, 'n', Msg::SasaranNumber, row.value);
      draw_kind(o, row);
      draw_cell(o, row, 'o', Msg::SasaranSetBy, row.set_by);
      draw_cell(o, row, 's', Msg::SasaranSource, row.source);
    });
  }

  std::string last_year(const app::YearlyLine& line) const {
    if (!line.last_year) return {};
    return "; " + say(lang_, Msg::SasaranLastYear, {std::to_string(view_.year - 1), number_words(lang_, line, line.last_year->value)});
  }

  std::string problem_at(const std::string& name) const {
    std::string out;
    for (const auto& problem : form_.problems)
      if (field_of_problem(problem.field) == name) out += (out.empty() ? "" : " ") + say(lang_, problem);
    return out;
  }

  void draw_message(html::Out& o, const std::string& id, const std::string& problem) const {
    if (!problem.empty()) o.el("p", {{"class", "message"}, {"id", id + "-m"}}, problem);
  }

  void draw_cell(html::Out& o, const YearlyTyped& row, char which, Message label, const std::string& value) const {
    const auto name = yearly_field(which, *row.line), id = "f-" + name, problem = problem_at(name);
    const bool number = which == 'n';
    o.el("td", {{"class", "wrong", !problem.empty()}}, [&] {
      o.el("input", {{"class", number ? "form-control num" : "form-control"},
                     {"id", id},
                     {"name", name},
                     {"value", value},
                     {"inputmode", "decimal", number},
                     {"autocomplete", "off"},
                     {"maxlength", static_cast<std::int64_t>(app::kLongestOrigin), !number},
                     {"aria-label", in(label) + ", " + line_words(lang_, *row.line)},
                     {"aria-invalid", "true", !problem.empty()},
                     {"aria-describedby", id + "-m", !problem.empty()}});
      draw_message(o, id, problem);
    });
  }

  void draw_kind(html::Out& o, const YearlyTyped& row) const {
    const auto name = yearly_field('k', *row.line), id = "f-" + name, problem = problem_at(name);
    o.el("td", {{"class", "wrong", !problem.empty()}}, [&] {
      o.el("select",
           {{"class", "form-select"},
            {"id", id},
            {"name", name},
            {"aria-label", in(Msg::SasaranKind) + ", " + line_words(lang_, *row.line)},
            {"aria-invalid", "true", !problem.empty()},
            {"aria-describedby", id + "-m", !problem.empty()}},
           [&] {
             for (const auto& option : kinds(Msg::SasaranAsAbove))
               o.el("option", {{"value", option.value}, {"selected", option.value == row.kind}}, option.text);
           });
      draw_message(o, id, problem);
    });
  }

  const Visit& visit_;
  Lang lang_;
  const app::YearlyView& view_;
  const YearlyAddress& address_;
  const YearlyForm& form_;
};

}  // namespace

YearlyForm blank_yearly_form(const app::YearlyView& view, const YearlyAddress& address) {
  YearlyForm form;
  for (const auto& line : view.lines) {
    if (!address.shows(line)) continue;
    YearlyTyped row{&line};
    if (!line.is_missing()) {
      const auto& now = line.numbers.front();
      row.seen = now.moment;
      row.value = typed_number(now.value);
      if (now.origin) {
        row.kind = key_of(yearly_kinds(), now.origin->kind);
        row.set_by = now.origin->set_by;
        row.source = now.origin->source;
      }
    }
    form.rows.push_back(std::move(row));
  }
  return form;
}

YearlyForm read_yearly_form(const Visit& visit, const app::YearlyView& view, const YearlyAddress& address) {
  YearlyForm form;
  const auto typed = [&](const std::string& name) { return std::string(visit.field(name)); };
  form.kind = typed("kind");
  form.set_by = typed("set_by");
  form.source = typed("source");
  for (const auto& line : view.lines) {
    if (!address.shows(line)) continue;
    form.rows.push_back({&line, app::parse_report_moment(visit.field(yearly_field('v', line))), typed(yearly_field('n', line)),
                         typed(yearly_field('k', line)), typed(yearly_field('o', line)), typed(yearly_field('s', line))});
  }
  return form;
}

std::vector<app::YearlyEdit> edits_of(YearlyForm& form) {
  std::vector<app::YearlyEdit> edits;
  const auto or_above = [](const std::string& own, const std::string& above) { return trim(own).empty() ? above : own; };
  for (const auto& row : form.rows) {
    if (is_unchanged(row)) continue;
    const auto kind = find_value(yearly_kinds(), or_above(row.kind, form.kind));
    if (!kind) form.problems.push_back({Problem::Kind::Invalid, Msg::SasaranNoKind, row.line->key() + "/kind", {}});
    edits.push_back({row.line->key(), row.seen, row.value, kind.value_or(YearlyKind::Projected), or_above(row.set_by, form.set_by),
                     or_above(row.source, form.source)});
  }
  return edits;
}

std::string draw_yearly_form(const Visit& visit, const app::YearlyView& view, const YearlyAddress& address, const YearlyForm& form) {
  return YearlyFormPage(visit, view, address, form).draw();
}

}  // namespace pilar::web
