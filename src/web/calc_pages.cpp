#include "web/calc_pages.h"

#include <algorithm>
#include <array>

#include "app/calc.h"
#include "app/calc_guide.h"
#include "base/text.h"
#include "i18n/field_name.h"
#include "i18n/messages.h"
#include "i18n/terms.h"
#include "i18n/words/calc.h"
#include "i18n/words/guide.h"
#include "i18n/words/people.h"
#include "i18n/words/result.h"
#include "web/calc_input.h"
#include "web/calc_pictures.h"
#include "web/calc_result.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

using json::Value;

constexpr std::size_t kFormBytes = std::size_t{4} << 20U;
constexpr std::size_t kShortAddress = 1500;  // what people can still send each other

std::string calculator_address(std::string_view method) { return "/hitung/" + std::string(method); }

/// What is searched: the method's name and words in the reader's language.
std::string haystack(Lang lang, const calc::Guide& guide) {
  return lower_ascii(std::string(guide.method) + " " + std::string(calc::summary(*calc::find(guide.method), lang)) + " " +
                     std::string(say(lang, guide.answers)) + " " + std::string(say(lang, guide.when)));
}

void draw_topic(html::Out& o, Lang lang, calc::Topic topic, std::span<const calc::Guide* const> rows) {
  draw_card(o, {.title = words(lang, calc::title(topic))}, [&] {
    o.el("ul", {{"class", "methods"}}, [&] {
      for (const auto* guide : rows)
        o.el("li", {}, [&] {
          o.el("a", {{"href", calculator_address(guide->method)}}, say(lang, guide->answers));
          o.el("p", {{"class", "hint"}}, calc::summary(*calc::find(guide->method), lang));
        });
    });
  });
}

http::Reply get_calculators(const Visit& visit) {
  const auto lang = visit.lang;
  const auto wanted = lower_ascii(trim(visit.request.param("cari")));
  auto frame = staff_page(visit, Place::Other, words(lang, Msg::CalcPagesTitle));
  return html_page(
      200, draw_staff_page(frame, [&](html::Out& o) {
        o.el("p", {{"class", "lead"}}, say(lang, Msg::CalcPagesLead));
        FilterBar bar{.action = "/hitung", .summary = wanted};
        bar.filters.push_back(
            Filter{.name = "cari", .label = words(lang, Msg::CalcPagesSearch), .value = std::string(visit.request.param("cari"))});
        draw_filters(o, lang, bar);
        bool any = false;
        for (auto topic = calc::Topic::Charts; topic <= calc::Topic::Risk; topic = static_cast<calc::Topic>(static_cast<int>(topic) + 1)) {
          std::vector<const calc::Guide*> rows;
          for (const auto& guide : calc::guides())
            if (guide.topic == topic && haystack(lang, guide).contains(wanted)) rows.push_back(&guide);
          if (!rows.empty()) draw_topic(o, lang, topic, rows);
          any = any || !rows.empty();
        }
        if (!any)
          draw_empty(o, say(lang, Msg::CalcPagesNone, {std::string(visit.request.param("cari"))}),
                     {words(lang, Msg::CalcPagesAll), "/hitung"});
      }));
}

/// What a page of a method shows: what was typed, and what came of it.
struct CalcSheet {
  const Visit& visit;
  const calc::Guide& guide;
  Value schema{};
  http::Fields typed{};
  std::optional<Value> input{};
  std::optional<calc::Answer> answer{};

  std::string typed_at(const std::string& name) const {
    const auto at = std::ranges::find(typed, name, &http::Fields::value_type::first);
    return at == typed.end() ? std::string() : at->second;
  }
  /// The method's refusal where it belongs to this field.
  std::string problem_at(const std::string& name) const {
    const auto* error = answer && answer->exit_code != 0 ? answer->body.find("error") : nullptr;
    if (error == nullptr || error->find("field")->string() != name) return {};
    return with_names(error->find("message")->string());
  }
  /// A text of the method with the names of its inputs and figures.
  std::string with_names(std::string_view text) const {
    const auto* inputs = schema.find("properties");
    return with_field_names(visit.lang, guide.method, text,
                            [&](std::string_view word) { return text.starts_with(word) && inputs->find(word) != nullptr; });
  }
};

/// Draws the form of a method from its schema.
class CalcForm {
 public:
  CalcForm(html::Out& o, const CalcSheet& sheet) : o_(o), s_(sheet), lang_(sheet.visit.lang) {}

  void draw() {
    o_.el("form", {{"method", "post"}, {"action", calculator_address(s_.guide.method)}, {"novalidate", true}}, [&] {
      o_.el("p", {{"class", "hint"}}, say(lang_, Msg::CalcPagesNumbers));
      for (const auto& [key, field] : s_.schema.find("properties")->object()) {
        if (widget_of(field) != CalcWidget::Group) {
          draw_one("", key, field, is_required(key));
          continue;
        }
        o_.el("fieldset", {{"class", "field"}}, [&] {
          o_.el("legend", {{"class", "form-label"}}, field_name(lang_, s_.guide.method, key));
          if (const auto hint = hint_of(field); !hint.empty()) o_.el("p", {{"class", "hint"}}, hint);
          for (const auto& [inner, one] : field.find("properties")->object()) draw_one(key, inner, one, false);
        });
      }
      draw_button(o_, words(lang_, Msg::CalcPagesRun), Button::Primary);
    });
  }

 private:
  bool is_required(const std::string& key) const {
    const auto* required = s_.schema.find("required");
    return required != nullptr && std::ranges::any_of(required->array(), [&](const Value& one) { return one.string() == key; });
  }

  std::string hint_of(const Value& field) const {
    const auto* text = field.find("description");
    return text == nullptr ? std::string() : s_.with_names(term(lang_, text->string()));
  }

  std::string unit_of(const Value& field) const {
    const auto* unit = field.find("x-unit");
    return unit == nullptr || !unit->is_string() ? std::string() : std::string(term(lang_, unit->string()));
  }

  std::string how(CalcWidget widget, const Value& field) const {
    switch (widget) {
      case CalcWidget::List:
        return words(lang_, Msg::CalcPagesList);
      case CalcWidget::Table:
        return words(lang_, Msg::CalcPagesTable);
      case CalcWidget::Pairs:
        return words(lang_, Msg::CalcPagesPairs);
      case CalcWidget::Json:
        return words(lang_, Msg::CalcPagesAsJson);
      case CalcWidget::Records: {
        std::string titles;
        for (const auto& [title, schema] : field.find("items")->find("properties")->object())
          (titles += titles.empty() ? "" : ", ") += title + " (" + std::string(field_name(lang_, s_.guide.method, title)) + ")";
        return say(lang_, Msg::CalcPagesRecords, {titles});
      }
      default:
        return {};
    }
  }

  /// `group` is the object it stands in; empty: none.
  void draw_one(const std::string& group, const std::string& key, const Value& schema, bool required) {
    const auto widget = widget_of(schema);
    const auto name = group.empty() ? key : group + "." + key;
    const auto scope = group.empty() ? std::string(s_.guide.method) : group;
    Field field{.name = name,
                .label = std::string(field_name(lang_, scope, key)),
                .hint = hint_of(schema),
                .value = s_.typed_at(name),
                .problem = s_.problem_at(name),
                .required = required};
    if (const auto more = how(widget, schema); !more.empty()) field.hint += (field.hint.empty() ? "" : " ") + more;
    if (widget == CalcWidget::Choice || widget == CalcWidget::Flag)
      return draw_select(o_, lang_, field, options_of(widget, scope, key, schema));
    const bool large = widget == CalcWidget::List || widget == CalcWidget::Table || widget == CalcWidget::Records ||
                       widget == CalcWidget::Pairs || widget == CalcWidget::Json;
    constexpr int kRows = 6;
    if (large) field.rows = kRows;
    if (large && !unit_of(schema).empty()) field.label += " (" + unit_of(schema) + ")";
    if (!large) field.unit = unit_of(schema);
    if (widget == CalcWidget::Number) field.inputmode = "decimal";
    draw_field(o_, lang_, field);
  }

  std::vector<Option> options_of(CalcWidget widget, std::string_view scope, const std::string& key, const Value& schema) const {
    const auto name_of = [&](const Value& one) {
      const auto text = one.is_string() ? one.string() : json::print(one);
      const auto choice = key + "=" + text;
      return has_field_name(scope, choice) ? std::string(field_name(lang_, scope, choice)) : text;
    };
    std::vector<Option> options{{"", words(lang_, Msg::CalcPagesChoose)}};
    if (const auto* usual = schema.find("default"); usual != nullptr && widget == CalcWidget::Choice)
      options.front().text += " (" + name_of(*usual) + ")";
    if (widget == CalcWidget::Flag) {
      options.push_back({"ya", words(lang_, Msg::CalcPagesYes)});
      options.push_back({"tidak", words(lang_, Msg::CalcPagesNo)});
      return options;
    }
    for (const auto& one : schema.find("enum")->array()) {
      const auto text = one.is_string() ? one.string() : json::print(one);
      options.push_back({text, name_of(one)});
    }
    return options;
  }

  html::Out& o_;
  const CalcSheet& s_;
  Lang lang_;
};

void draw_examples(html::Out& o, const CalcSheet& sheet) {
  const auto* examples = sheet.schema.find("examples");
  if (examples == nullptr) return;
  const auto& all = examples->array();
  o.el("p", {{"class", "examples"}}, [&] {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto number = std::to_string(i + 1);
      const auto text =
          all.size() == 1 ? words(sheet.visit.lang, Msg::CalcPagesOneExample) : say(sheet.visit.lang, Msg::CalcPagesExample, {number});
      draw_link_button(o, {text, calculator_address(sheet.guide.method) + "?contoh=" + number});
    }
    if (!sheet.typed.empty()) draw_link_button(o, {words(sheet.visit.lang, Msg::CalcPagesEmpty), calculator_address(sheet.guide.method)});
  });
}

void draw_answer(html::Out& o, const CalcSheet& sheet) {
  const auto lang = sheet.visit.lang;
  draw_card(o, {.title = words(lang, Msg::CalcPagesResult), .id = "hasil"}, [&] {
    draw_calc_picture(o, lang, sheet.guide.method, *sheet.input, sheet.answer->body);
    draw_calc_result(o, lang, sheet.guide.method, sheet.schema, sheet.answer->body);
  });
  draw_card(o, {.title = words(lang, Msg::CalcPagesCommand)}, [&] {
    const auto command = "pilar calc " + std::string(sheet.guide.method) + " <<'E'\n" + json::pretty(*sheet.input) + "\nE";
    o.el("pre", {{"id", "perintah"}, {"tabindex", 0}}, command);
    draw_copy_button(o, "perintah", words(lang, Msg::CommonCopy));
    o.el("p", {{"class", "hint"}}, "POST /api/v1/calc/" + std::string(sheet.guide.method));
    o.el("details", {}, [&] {
      o.el("summary", {}, say(lang, Msg::CalcPagesJson));
      o.el("pre", {{"tabindex", 0}}, json::pretty(sheet.answer->body));
    });
  });
}

void draw_refusal(html::Out& o, const CalcSheet& sheet) {
  const auto* error = sheet.answer->body.find("error");
  const std::array lines{ProblemLine{error->find("field")->string(), sheet.with_names(error->find("message")->string())}};
  draw_problem_lines(o, sheet.visit.lang, lines);
}

std::string sheet_page(const CalcSheet& sheet) {
  const auto lang = sheet.visit.lang;
  auto frame = staff_page(sheet.visit, Place::Other, words(lang, sheet.guide.answers));
  frame.path = {{words(lang, Msg::CalcPagesTitle), "/hitung"}};
  frame.charts = has_calc_picture(sheet.guide.method);
  frame.actions = [&](html::Out& o) { draw_action_button(o, "print", words(lang, Msg::ResultPrint)); };
  if (sheet.visit.request.method == http::Method::Post)
    frame.other_language_href = calculator_address(sheet.guide.method) + (lang == Lang::Id ? "?bahasa=en" : "?bahasa=id");
  return draw_staff_page(frame, [&](html::Out& o) {
    o.el("p", {{"class", "lead"}}, sheet.with_names(say(lang, sheet.guide.when)));
    const bool refused = sheet.answer && sheet.answer->exit_code != 0;
    if (sheet.answer && !refused) draw_answer(o, sheet);
    draw_card(o, {.title = words(lang, Msg::CalcPagesInput), .note = std::string(calc::summary(*calc::find(sheet.guide.method), lang))},
              [&] {
                if (refused) draw_refusal(o, sheet);
                draw_examples(o, sheet);
                CalcForm(o, sheet).draw();
              });
    draw_card(o, {.title = words(lang, Msg::CalcPagesSource)}, [&] {
      for (const auto& source : sheet.schema.find("x-source")->array()) o.el("p", {}, sheet.with_names(source.string()));
    });
  });
}

std::optional<CalcSheet> sheet_of(const Visit& visit) {
  const auto* method = calc::find(visit.args.at(0));
  const auto* guide = method == nullptr ? nullptr : calc::find_guide(calc::name(*method));
  if (guide == nullptr) return {};
  return CalcSheet{.visit = visit, .guide = *guide, .schema = calc::schema(*method)};
}

http::Reply unknown_calculator(const Visit& visit) {
  return problem_reply(404, visit.request.path, visit.lang,
                       {{Problem::Kind::NotFound, Msg::CalcMethodUnknown, "", {std::string(visit.args.at(0))}}});
}

void calculate(CalcSheet& sheet) {
  sheet.input = read_calc_form(sheet.schema, sheet.typed);
  sheet.answer = calc::run(sheet.guide.method, json::print(*sheet.input), sheet.visit.lang);
}

http::Reply get_calculator(const Visit& visit) {
  auto sheet = sheet_of(visit);
  if (!sheet) return unknown_calculator(visit);
  const auto* examples = sheet->schema.find("examples");
  const auto number = parse_int(visit.request.param("contoh")).value_or(0);
  if (examples != nullptr && number >= 1 && number <= static_cast<std::int64_t>(examples->array().size()))
    sheet->typed = write_calc_form(sheet->schema, examples->array()[static_cast<std::size_t>(number) - 1]);
  for (const auto& [name, value] : visit.request.query)
    if (name != "bahasa" && name != "contoh" && !value.empty()) sheet->typed.emplace_back(name, value);
  if (!sheet->typed.empty()) calculate(*sheet);
  return html_page(sheet->answer && sheet->answer->exit_code != 0 ? 422 : 200, sheet_page(*sheet));
}

/// What is short goes on under an address of its own, which can be sent to somebody.
http::Reply post_calculator(const Visit& visit) {
  auto sheet = sheet_of(visit);
  if (!sheet) return unknown_calculator(visit);
  std::string address;
  for (const auto& [name, value] : visit.form)
    if (!trim(value).empty()) {
      sheet->typed.emplace_back(name, value);
      address += (address.empty() ? "?" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
    }
  if (address.size() <= kShortAddress) return redirect(calculator_address(sheet->guide.method) + address);
  calculate(*sheet);
  return html_page(sheet->answer->exit_code != 0 ? 422 : 200, sheet_page(*sheet));
}

constexpr std::array kCalcRoutes{
    Route{http::Method::Get, "/hitung", May::Anyone, Work::Blocking, &get_calculators, "The calculators by topic, with a search."},
    Route{http::Method::Get, "/hitung/:arg", May::Anyone, Work::Blocking, &get_calculator,
          "A calculator; calculates when its input stands in the address."},
    Route{http::Method::Post, "/hitung/:arg", May::Anyone, Work::Blocking, &post_calculator, "Calculates what is too long for an address.",
          kFormBytes},
};

}  // namespace

std::span<const Route> calc_routes() { return kCalcRoutes; }

}  // namespace pilar::web
