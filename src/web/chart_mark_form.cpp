#include "web/chart_mark_form.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/named.h"
#include "i18n/words/mark.h"
#include "i18n/words/people.h"
#include "web/chart_mark_words.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr int kMarkMonths = 60;

constexpr std::array kMarkForms{NamedValue{MarkForm::Event, std::string_view("kejadian"), Msg::MarkAddEvent},
                                NamedValue{MarkForm::Baseline, std::string_view("dasar"), Msg::MarkAddBaseline},
                                NamedValue{MarkForm::Rebase, std::string_view("batas"), Msg::MarkAddRebase}};

std::span<const NamedValue<MarkForm>> mark_forms() { return kMarkForms; }

/// The fields of one form, as they were sent or as they stand.
class MarkFields {
 public:
  MarkFields(const Visit& visit, const app::MarkList& list, const MarkFormPage& page)
      : visit_(visit),
        lang_(visit.lang),
        list_(list),
        page_(page) {}

  void draw(html::Out& o) const {
    draw_problems(o, lang_, page_.problems, [&](std::string_view field) { return label_of(field); });
    if (page_.form == MarkForm::Event) draw_event(o);
    if (page_.form == MarkForm::Baseline) draw_baseline(o);
    if (page_.form == MarkForm::Rebase) draw_rebase(o);
    draw_texts(o);
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }

  std::string label_of(std::string_view field) const {
    if (field == "kind") return in(Msg::MarkKind);
    if (field == "day") return in(day_label());
    if (field == "to") return in(Msg::MarkTo);
    if (field == "text") return in(text_label());
    if (field == "link") return in(Msg::MarkLink);
    return field == "action" ? in(Msg::MarkLinkedAction) : std::string();
  }
  Message day_label() const {
    if (page_.form == MarkForm::Event) return Msg::MarkDay;
    return page_.form == MarkForm::Baseline ? Msg::MarkFrom : Msg::MarkStart;
  }
  Message text_label() const { return page_.form == MarkForm::Event ? Msg::MarkText : Msg::MarkWhy; }

  std::string value_of(std::string_view name, const std::string& standing) const {
    return page_.problems.empty() ? standing : std::string(visit_.field(name));
  }

  Field field(const char* name, const std::string& standing, bool required = true) const {
    Field out{name, label_of(name), "", value_of(name, standing)};
    out.required = required;
    out.problem = problem_of(lang_, page_.problems, name);
    return out;
  }

  void draw_event(html::Out& o) const {
    std::vector<Option> kinds{{"", in(Msg::MarkChoose)}};
    for (const auto& row : chart_mark_kinds())
      if (is_event(row.value)) kinds.push_back({std::string(row.key), in(row.title)});
    const auto kind = page_.mark == nullptr ? std::string() : std::string(key_of(chart_mark_kinds(), page_.mark->kind));
    draw_select(o, lang_, field("kind", kind), kinds);
    auto day = field("day", iso(page_.mark == nullptr ? list_.today : page_.mark->day));
    day.type = "date";
    draw_field(o, lang_, day);
  }

  std::vector<Option> month_options(Month newest, Month oldest) const {
    std::vector<Option> out{{"", in(Msg::MarkChoose)}};
    for (auto month = newest; oldest <= month; --month.value) out.push_back({iso(month), format::month(lang_, month)});
    return out;
  }
  Month running() const { return month_of(list_.today); }
  /// Far enough back for whatever stands in the form.
  Month oldest() const {
    const Month usual{running().value - kMarkMonths};
    return page_.mark == nullptr ? usual : std::min(usual, month_of(page_.mark->day));
  }
  std::string month_text() const { return page_.mark == nullptr ? std::string() : iso(month_of(page_.mark->day)); }

  void draw_baseline(html::Out& o) const {
    const auto months = month_options({running().value - 1}, oldest());
    auto from = field("day", month_text());
    from.hint = say(lang_, Msg::MarkBaselineHint, {std::to_string(kControlMonths), std::to_string(kControlSteady)});
    draw_select(o, lang_, from, months);
    const auto to = page_.mark == nullptr || !page_.mark->to ? std::string() : iso(*page_.mark->to);
    draw_select(o, lang_, field("to", to), months);
  }

  void draw_rebase(html::Out& o) const {
    o.el("p", {}, in(Msg::MarkRebaseHint));
    draw_select(o, lang_, field("day", month_text()), month_options(running(), oldest()));
    std::vector<Option> actions{{"", in(Msg::MarkChoose)}};
    const auto standing = list_.standing();
    for (const auto& mark : standing)
      if (mark.kind == ChartMarkKind::Action) actions.push_back({std::to_string(mark.number), mark_words(lang_, mark, standing)});
    auto action = field("action", page_.mark == nullptr ? std::string() : std::to_string(page_.mark->action));
    if (actions.size() == 1) action.hint = in(Msg::MarkNoAction);
    draw_select(o, lang_, action, actions);
  }

  void draw_texts(html::Out& o) const {
    auto text = field("text", page_.mark == nullptr ? std::string() : page_.mark->text);
    text.hint = in(Msg::MarkTextHint);
    text.rows = 2;
    text.max_length = static_cast<int>(kLongestMark);
    draw_field(o, lang_, text);
    auto link = field("link", page_.mark == nullptr ? std::string() : page_.mark->link, false);
    link.hint = in(Msg::MarkLinkHint);
    link.max_length = static_cast<int>(kLongestMark);
    draw_field(o, lang_, link);
  }

  const Visit& visit_;
  Lang lang_;
  const app::MarkList& list_;
  const MarkFormPage& page_;
};

void add_wrong(Problems& to, Message message, const char* field) { to.push_back({Problem::Kind::Invalid, message, field, {}}); }

void read_event(const Visit& visit, ChartMark& mark, Problems& wrong) {
  const auto kind = find_value(chart_mark_kinds(), visit.field("kind"));
  if (!kind || !is_event(*kind))
    add_wrong(wrong, Msg::MarkBadKind, "kind");
  else
    mark.kind = *kind;
  const auto day = parse_day(trim(visit.field("day")));
  if (day)
    mark.day = *day;
  else
    add_wrong(wrong, Msg::MarkBadDay, "day");
}

void read_lines(const Visit& visit, ChartMark& mark, Problems& wrong) {
  const auto from = parse_month(visit.field("day"));
  if (from)
    mark.day = first_day(*from);
  else
    add_wrong(wrong, Msg::MarkBadDay, "day");
  if (mark.kind == ChartMarkKind::Rebase) {
    mark.action = static_cast<std::int32_t>(std::clamp<std::int64_t>(parse_int(visit.field("action")).value_or(0), 0, INT32_MAX));
    return;
  }
  mark.to = parse_month(visit.field("to"));
  if (!mark.to) add_wrong(wrong, Msg::MarkBadDay, "to");
}

}  // namespace

std::optional<MarkForm> parse_mark_form(std::string_view key) { return find_value(mark_forms(), key); }

MarkForm form_of(ChartMarkKind kind) {
  if (is_event(kind)) return MarkForm::Event;
  return kind == ChartMarkKind::Baseline ? MarkForm::Baseline : MarkForm::Rebase;
}

Result<ChartMark> read_mark_form(const Visit& visit, const app::MarkList& list, MarkForm form, std::int32_t number) {
  ChartMark mark{.number = number, .unit = list.unit == nullptr ? UnitKey{} : list.unit->key, .formula = list.formula};
  if (form != MarkForm::Event) mark.kind = form == MarkForm::Baseline ? ChartMarkKind::Baseline : ChartMarkKind::Rebase;
  mark.text = trim(visit.field("text"));
  mark.link = trim(visit.field("link"));
  Problems wrong;
  if (form == MarkForm::Event)
    read_event(visit, mark, wrong);
  else
    read_lines(visit, mark, wrong);
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  return mark;
}

std::string draw_mark_form(const Visit& visit, const app::MarkList& list, const MarkFormPage& page) {
  const auto title = page.mark == nullptr ? title_of(mark_forms(), page.form) : Msg::MarkChangeTitle;
  auto frame = staff_page(visit, Place::Indicators, words(visit.lang, title));
  frame.place = list.node->name + (list.unit == nullptr ? "" : " · " + list.unit->name) + " · " + list.measure->title.in(visit.lang);
  frame.path = {page.back};
  return draw_staff_page(frame, [&](html::Out& o) {
    draw_card(o, {}, [&] {
      Hidden hidden{{"jenis", std::string(key_of(mark_forms(), page.form))}};
      if (page.seen > 0) hidden.emplace_back(std::string(kSeenMark), std::to_string(page.seen));
      draw_post_form(o, visit, page.action, hidden, [&] {
        MarkFields(visit, list, page).draw(o);
        o.el("div", {{"class", "choices"}}, [&] {
          draw_button(o, words(visit.lang, Msg::MarkSave), Button::Primary);
          draw_link_button(o, {words(visit.lang, Msg::DecisionLeave), page.back.href});
        });
      });
    });
  });
}

}  // namespace pilar::web
