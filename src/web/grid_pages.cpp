#include <array>
#include <future>
#include <memory>

#include "base/text.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/entry.h"
#include "i18n/words/integrity.h"
#include "web/entry_address.h"
#include "web/entry_form.h"
#include "web/entry_hints.h"
#include "web/entry_pages.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/grid_form.h"
#include "web/question.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kFirstRows = 10, kGridBytes = std::size_t{2} << 20U;

class GridPage {
 public:
  GridPage(const Visit& visit, const EntryRequest& entry, const Grid& grid, std::size_t saved, std::vector<std::string> hints = {})
      : visit_(visit),
        entry_(entry),
        grid_(grid),
        saved_(saved),
        hints_(std::move(hints)),
        lang_(visit.lang),
        items_(grid_items(entry.version->form)) {}

  http::Reply reply() {
    const auto& form = entry_.version->form;
    auto frame = staff_page(visit_, Place::Entry, say(lang_, Msg::GridTitle, {form.title.in(lang_)}));
    frame.entry = true;
    frame.place = entry_.node->name;
    frame.path = {{words(lang_, Msg::EntryTitle), entry_href("", *entry_.node)},
                  {form.title.in(lang_), entry_href(form.key, *entry_.node)}};
    if (saved_ > 0) frame.notice = say(lang_, Msg::GridSaved, {format::number(lang_, static_cast<std::int64_t>(saved_))});
    return html_page(wrong() == 0 ? 200 : 422, draw_staff_page(frame, [&](html::Out& o) { draw(o); }));
  }

 private:
  std::size_t wrong() const {
    return static_cast<std::size_t>(std::ranges::count_if(grid_.rows, [](const GridRow& row) { return !row.problems.empty(); }));
  }

  void draw(html::Out& o) {
    draw_summary(o);
    draw_hints(o);
    o.el("form",
         {{"class", "grid-form"},
          {"method", "post"},
          {"action", "/isi/" + entry_.version->form.key + "/banyak"},
          {"novalidate", true},
          {"data-rows", static_cast<std::int64_t>(most_grid_rows(entry_.version->form))}},
         [&] {
           draw_csrf(o, visit_);
           hidden(o, std::string(kPlaceField), entry_.node->code);
           hidden(o, std::string(kVersionField), std::to_string(entry_.version->form.version));
           draw_for_all(o);
           draw_card(o, {.note = hint()}, [&] {
             draw_cells(o);
             draw_lists(o);
           });
           draw_end(o);
         });
  }

  std::string hint() const {
    return words(lang_, Msg::GridHint) + (entry_.version->form.asks_for(ItemKind::Photo) ? " " + words(lang_, Msg::GridNoPhotos) : "");
  }

  /// Of rows that were saved: what may be looked at again.
  void draw_hints(html::Out& o) {
    if (hints_.empty()) return;
    draw_card(o, {.title = words(lang_, Msg::EntryLookTitle)}, [&] {
      o.el("ul", {}, [&] {
        for (const auto& hint : hints_) o.el("li", {}, hint);
      });
    });
  }

  static void hidden(html::Out& o, const std::string& name, const std::string& value) {
    o.el("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
  }

  std::string cell_name(std::size_t row, std::string_view key) const { return "c." + std::to_string(row) + "." + std::string(key); }

  void draw_summary(html::Out& o) {
    std::vector<ProblemLine> lines;
    for (std::size_t i = 0; i < grid_.rows.size(); ++i)
      for (const auto& problem : grid_.rows[i].problems) lines.push_back({cell_name(i, field_of(problem)), line_of(i, problem)});
    if (lines.empty()) return;
    o.el("p", {},
         say(lang_, saved_ > 0 ? Msg::GridSomeWrong : Msg::GridNothingSaved, {format::number(lang_, static_cast<std::int64_t>(wrong()))}));
    draw_problem_lines(o, lang_, lines);
  }

  /// Which cell a problem belongs to; a record that says nothing at all is shown at its first one.
  std::string field_of(const Problem& problem) const {
    if (problem.field == "unit") return std::string(kUnitField);
    if (problem.field == "at") return std::string(kAtField);
    return entry_.version->form.find(problem.field) == nullptr ? items_.front()->key : problem.field;
  }

  std::string line_of(std::size_t row, const Problem& problem) const {
    const auto* item = entry_.version->form.find(problem.field);
    const auto label = item == nullptr ? std::string() : item->label.in(lang_) + ": ";
    return say(lang_, Msg::GridRow, {std::to_string(row + 1)}) + ", " + label + words_of_answer(lang_, problem, entry_.version->form);
  }

  void draw_for_all(html::Out& o) {
    draw_card(o, {.title = words(lang_, Msg::GridForAll)}, [&] {
      o.el("div", {{"class", "entry-where"}}, [&] {
        const auto today = civil_day(visit_.context.clock.now(), entry_.node->zone);
        const auto units = app::units_to_fill(visit_.reference->organisation, *visit_.scope, *entry_.node, today);
        std::vector<Option> options;
        if (units.whole) options.push_back({"-", words(lang_, Msg::EntryWhole)});
        for (const auto* unit : units.units) options.push_back({unit->code, unit->name});
        if (options.size() > 1) options.insert(options.begin(), {"", words(lang_, Msg::EntryPickUnit)});
        Field unit{std::string(kUnitField), words(lang_, Msg::EntryUnit), "", grid_.unit};
        draw_select(o, lang_, unit, options);
        Field at{std::string(kAtField), words(lang_, Msg::EntryAt), "", grid_.at};
        at.type = "datetime-local";
        draw_field(o, lang_, at);
      });
    });
  }

  void draw_head(html::Out& o, const std::string& title, const std::string& note) {
    o.el("th", {{"scope", "col"}}, [&] {
      o.text(title);
      if (!note.empty()) o.el("small", {}, note);
    });
  }

  void draw_cells(html::Out& o) {
    o.el("div", {{"class", "scroll wide"}}, [&] {
      o.el("table", {{"class", "data cells"}}, [&] {
        o.el("caption", {{"class", "visually-hidden"}}, say(lang_, Msg::GridTitle, {entry_.version->form.title.in(lang_)}));
        o.el("thead", {}, [&] {
          o.el("tr", {}, [&] {
            draw_head(o, words(lang_, Msg::GridNumber), "");
            draw_head(o, words(lang_, Msg::EntryUnit), words(lang_, Msg::GridAsAbove));
            draw_head(o, words(lang_, Msg::EntryAt), words(lang_, Msg::GridAsAbove));
            for (const auto* item : items_) draw_head(o, item->label.in(lang_) + (item->required ? " *" : ""), item->unit);
          });
        });
        o.el("tbody", {}, [&] {
          for (std::size_t i = 0; i < grid_.rows.size(); ++i) draw_row(o, i);
        });
      });
    });
  }

  void draw_row(html::Out& o, std::size_t number) {
    const auto& row = grid_.rows[number];
    o.el("tr", {}, [&] {
      o.el("th", {{"scope", "row"}}, [&] {
        o.text(std::to_string(number + 1));
        hidden(o, cell_name(number, kIdField), text(row.id));
      });
      draw_cell(o, number, kUnitField, words(lang_, Msg::EntryUnit), row.unit, {});
      draw_cell(o, number, kAtField, words(lang_, Msg::EntryAt), row.at, {});
      for (std::size_t i = 0; i < items_.size(); ++i)
        draw_cell(o, number, items_[i]->key, items_[i]->label.in(lang_), row.cells[i], items_[i]);
    });
  }

  std::string problem_at(const GridRow& row, std::string_view key) const {
    std::string out;
    for (const auto& problem : row.problems)
      if (field_of(problem) == key) out += (out.empty() ? "" : " ") + words_of_answer(lang_, problem, entry_.version->form);
    return out;
  }

  void draw_cell(html::Out& o, std::size_t row, std::string_view key, const std::string& label, const std::string& value,
                 const Item* item) {
    const auto name = cell_name(row, key), id = "f-" + name;
    const auto problem = problem_at(grid_.rows[row], key);
    const bool number = item != nullptr && item->kind == ItemKind::Number;
    const auto list = key == kUnitField ? "l-unit" : item != nullptr && !item->options.empty() ? "l-" + item->key : std::string();
    o.el("td", {{"class", "wrong", !problem.empty()}}, [&] {
      o.el("input", {{"class", number ? "form-control num" : "form-control"},
                     {"id", id},
                     {"name", name},
                     {"value", value},
                     {"list", list, !list.empty()},
                     {"inputmode", "decimal", number},
                     {"autocomplete", "off"},
                     {"aria-label", label + ", " + say(lang_, Msg::GridRow, {std::to_string(row + 1)})},
                     {"aria-invalid", "true", !problem.empty()},
                     {"aria-describedby", id + "-m", !problem.empty()}});
      if (!problem.empty()) o.el("p", {{"class", "message"}, {"id", id + "-m"}}, problem);
    });
  }

  /// What each column may hold, offered while somebody types.
  void draw_lists(html::Out& o) {
    o.el("datalist", {{"id", "l-unit"}}, [&] {
      for (const auto& unit : visit_.reference->organisation.units(entry_.node->key)) o.el("option", {{"value", unit.name}});
    });
    for (const auto* item : items_) {
      if (item->options.empty()) continue;
      o.el("datalist", {{"id", "l-" + item->key}}, [&] {
        for (const auto& option : item->options) o.el("option", {{"value", option.label.in(lang_)}});
        if (item->may_be_not_observed) o.el("option", {{"value", say(lang_, Msg::CommonNotObserved)}});
        if (item->may_be_not_applicable) o.el("option", {{"value", say(lang_, Msg::CommonNotApplicable)}});
      });
    }
  }

  void draw_end(html::Out& o) {
    o.el("div", {{"class", "entry-end"}}, [&] {
      o.el("div", {{"class", "check"}}, [&] {
        o.el("input", {{"type", "checkbox"}, {"id", "f-semua"}, {"name", "_semua"}, {"value", "1"}, {"checked", grid_.all_or_nothing}});
        o.el("label", {{"for", "f-semua"}}, say(lang_, Msg::GridAllOrNothing));
      });
      if (std::ranges::any_of(grid_.rows, [](const GridRow& row) { return asks_for_check(row.problems); })) draw_check_box(o, lang_, false);
      o.el("div", {{"class", "choices"}}, [&] {
        draw_button(o, say(lang_, Msg::GridSave), Button::Primary);
        draw_button(o, say(lang_, Msg::GridMoreRows), Button::Quiet, "_tambah", "1");
      });
      o.el("p", {{"class", "note keys"}, {"hidden", true}}, say(lang_, Msg::GridKeys));
    });
  }

  const Visit& visit_;
  const EntryRequest& entry_;
  const Grid& grid_;
  std::size_t saved_;
  std::vector<std::string> hints_;
  Lang lang_;
  std::vector<const Item*> items_;
};

std::expected<EntryRequest, http::Reply> find_grid(const Visit& visit) {
  const auto entry = read_entry_request(visit);
  if (entry) return *entry;
  return std::unexpected(problem_reply(visit, entry.error()));
}

http::Reply get_grid(const Visit& visit) {
  const auto entry = find_grid(visit);
  if (!entry) return entry.error();
  const auto now = visit.context.clock.now();
  Grid grid;
  grid.at = local_text(now, entry->node->zone);
  const auto units = app::units_to_fill(visit.reference->organisation, *visit.scope, *entry->node, civil_day(now, entry->node->zone));
  if (units.units.empty())
    grid.unit = "-";
  else if (!units.whole && units.units.size() == 1)
    grid.unit = units.units.front()->code;
  add_blank_rows(grid, entry->version->form, kFirstRows, now);
  return GridPage(visit, *entry, grid, 0).reply();
}

/// Sends all of them and waits for all, so that they share transactions.
std::vector<Result<app::Saved>> save_all(const Visit& visit, std::vector<app::NewRecord> records) {
  std::vector<std::shared_ptr<std::promise<Result<app::Saved>>>> promises;
  std::vector<std::future<Result<app::Saved>>> waiting;
  for (auto& record : records) {
    promises.push_back(std::make_shared<std::promise<Result<app::Saved>>>());
    waiting.push_back(promises.back()->get_future());
    app::submit_record(visit.context, *visit.scope, std::move(record),
                       [promise = promises.back()](Result<app::Saved> saved, std::exception_ptr failed) {
                         if (failed)
                           promise->set_exception(failed);
                         else
                           promise->set_value(std::move(saved));
                       });
  }
  std::vector<Result<app::Saved>> out;
  std::exception_ptr failed;
  for (auto& one : waiting) {
    try {
      out.push_back(one.get());
    } catch (...) { failed = std::current_exception(); }
  }
  if (failed) std::rethrow_exception(failed);
  return out;
}

/// Odd figures and broken rules of rows on their way, each with the number of its row.
std::vector<std::string> grid_hints(const Visit& visit, const EntryRequest& entry, const std::vector<app::NewRecord>& records,
                                    const std::vector<std::size_t>& rows) {
  std::vector<std::string> out;
  if (records.empty()) return out;
  const auto& form = entry.version->form;
  const auto day = civil_day(records.front().at, entry.node->zone);
  const auto usual = app::read_usual(visit.context, *visit.scope, *entry.version, entry.node->key, day);
  for (std::size_t i = 0; i < records.size() && out.size() < kMostHints; ++i) {
    const auto& answers = records[i].answers;
    for (const auto& hint :
         hint_words(visit.lang, form, app::odd_figures(form, answers, records[i].unit, usual), broken_rules(form, answers, day)))
      out.push_back(say(visit.lang, Msg::GridRow, {std::to_string(rows[i] + 1)}) + ". " + hint);
  }
  return out;
}

http::Reply post_grid(const Visit& visit) {
  const auto entry = find_grid(visit);
  if (!entry) return entry.error();
  const auto& form = entry->version->form;
  const auto now = visit.context.clock.now();
  auto grid = read_grid(form, visit.form);
  if (!visit.field("_tambah").empty()) {
    add_blank_rows(grid, form, kFirstRows, now);
    return GridPage(visit, *entry, grid, 0).reply();
  }
  std::erase_if(grid.rows, [](const GridRow& row) { return row.is_blank(); });
  std::vector<app::NewRecord> right;
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < grid.rows.size(); ++i)
    if (auto record = judge_row(visit, *entry, grid, grid.rows[i])) {
      right.push_back(*std::move(record));
      rows.push_back(i);
    }
  std::size_t saved = 0;
  const bool some_wrong = right.size() < grid.rows.size();
  std::vector<std::string> hints;
  if (!grid.all_or_nothing || !some_wrong) {
    hints = grid_hints(visit, *entry, right, rows);
    const auto outcomes = save_all(visit, std::move(right));
    std::vector<GridRow> left;
    for (std::size_t i = 0, next = 0; i < grid.rows.size(); ++i) {
      const bool sent = next < rows.size() && rows[next] == i;
      const auto* outcome = sent ? &outcomes[next++] : nullptr;
      if (outcome != nullptr) count_record(*visit.desk, *outcome, nullptr);
      if (outcome != nullptr && *outcome) {
        ++saved;
        continue;
      }
      if (outcome != nullptr) grid.rows[i].problems = outcome->error();
      left.push_back(std::move(grid.rows[i]));
    }
    grid.rows = std::move(left);
  }
  if (grid.rows.empty()) add_blank_rows(grid, form, kFirstRows, now);
  return GridPage(visit, *entry, grid, saved, std::move(hints)).reply();
}

constexpr std::array kGridRoutes{
    Route{http::Method::Get, "/isi/:arg/banyak", May::WriteRecords, Work::Blocking, &get_grid,
          "A table in which staff enter many records."},
    Route{http::Method::Post, "/isi/:arg/banyak", May::WriteRecords, Work::Blocking, &post_grid, "Saves the right rows of the table.",
          kGridBytes},
};

}  // namespace

std::span<const Route> grid_routes() { return kGridRoutes; }

}  // namespace pilar::web
