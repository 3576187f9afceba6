#include <algorithm>
#include <array>

#include "app/daily_count.h"
#include "app/entry.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/answer.h"
#include "i18n/words/entry.h"
#include "i18n/words/formula.h"
#include "i18n/words/indicator.h"
#include "i18n/words/result.h"
#include "web/decision.h"
#include "web/entry_address.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/kamus_pages.h"
#include "web/kamus_words.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// What is asked for: a facility, one of its units and a day.
struct AskedCount {
  const Node* node = nullptr;
  UnitKey unit{};
  std::string unit_code{};  ///< "-": the whole facility
  Day day{};
};

std::string day_href(const AskedCount& asked, Day day) {
  return daily_count_href(*asked.node) + "&unit=" + http::percent_encode(asked.unit_code) + "&hari=" + iso(day);
}

Result<AskedCount> read_asked_count(const Visit& visit) {
  AskedCount asked;
  asked.node = entry_place(visit);
  if (asked.node == nullptr) return refuse(Problem::Kind::NotFound, Msg::EntryPickPlace);
  const auto today = civil_day(visit.context.clock.now(), asked.node->zone);
  const auto typed = [&](std::string_view name) { return std::string(visit.form.empty() ? visit.request.param(name) : visit.field(name)); };
  const auto day = typed("hari");
  asked.day = day.empty() ? today : parse_day(day).value_or(Day{INT32_MIN});
  if (asked.day.value == INT32_MIN) return refuse(Msg::IndicatorBadDate, "hari");
  const auto units = app::units_to_fill(visit.reference->organisation, *visit.scope, *asked.node, today);
  asked.unit_code = typed("unit");
  if (asked.unit_code.empty()) asked.unit_code = units.whole || units.units.empty() ? "-" : units.units.front()->code;
  if (asked.unit_code == "-") return asked;
  const auto* unit = visit.reference->organisation.find_unit(asked.node->key, asked.unit_code);
  if (unit == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownUnit, "unit");
  asked.unit = unit->key;
  return asked;
}

/// What is wrong with one typed count, by the indicator's name.
using CountProblems = std::vector<std::pair<std::string, Problems>>;

class DailyCountPage {
 public:
  DailyCountPage(const Visit& visit, const AskedCount& asked, const app::DailyCounts& day, const CountProblems& problems)
      : visit_(visit),
        lang_(visit.lang),
        asked_(asked),
        day_(day),
        problems_(problems) {}

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Entry, in(Msg::CountTitle));
    frame.place = asked_.node->name;
    frame.path = {{in(Msg::EntryTitle), entry_href("", *asked_.node)}};
    if (const auto saved = parse_int(visit_.request.param("tersimpan")); saved && problems_.empty())
      frame.notice = *saved == 0 ? in(Msg::CountNothingNew) : say(lang_, Msg::CountSaved, {format::number(lang_, *saved)});
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_filters(o, lang_, filters());
      if (day_.lines.empty())
        draw_card(o, {}, [&] { draw_empty(o, in(Msg::CountEmpty), {in(Msg::KamusTitle), kamus_href(day_.kamus, "")}); });
      else
        draw_form(o);
    });
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  Day today() const { return day_.kamus.today; }

  FilterBar filters() const {
    const auto units = app::units_to_fill(visit_.reference->organisation, *visit_.scope, *asked_.node, today());
    std::vector<Option> options;
    if (units.whole) options.push_back({"-", in(Msg::EntryWhole)});
    for (const auto* unit : units.units) options.push_back({unit->code, unit->name});
    FilterBar bar{"/sensus", format::date(lang_, asked_.day), {}, {{"tempat", asked_.node->code}}};
    bar.filters = {{"unit", in(Msg::EntryUnit), asked_.unit_code, std::move(options)},
                   {"hari", in(Msg::DailyCounts), iso(asked_.day), {}, "date"}};
    return bar;
  }

  void draw_form(html::Out& o) const {
    draw_card(o, {.title = format::weekday(lang_, asked_.day) + ", " + format::date(lang_, asked_.day), .note = in(Msg::CountNote)}, [&] {
      draw_summary(o);
      draw_days(o);
      const Hidden hidden{{"tempat", asked_.node->code}, {"unit", asked_.unit_code}, {"hari", iso(asked_.day)}};
      draw_post_form(o, visit_, "/sensus", hidden, [&] {
        for (const auto& line : day_.lines) draw_line(o, line);
        o.el("div", {{"class", "choices"}}, [&] { draw_button(o, in(Msg::CountSave), Button::Primary); });
      });
    });
  }

  void draw_summary(html::Out& o) const {
    std::vector<ProblemLine> lines;
    for (const auto& [key, problems] : problems_)
      for (const auto& problem : problems)
        lines.push_back({"n." + key, day_.find(key)->line->profile().title.in(lang_) + ": " + say(lang_, problem)});
    draw_problem_lines(o, lang_, lines);
  }

  void draw_days(html::Out& o) const {
    o.el("p", {{"class", "row-actions"}}, [&] {
      const Day before{asked_.day.value - 1}, after{asked_.day.value + 1};
      draw_link_button(o, {"← " + format::short_date(lang_, before), day_href(asked_, before)});
      if (asked_.day < today()) draw_link_button(o, {format::short_date(lang_, after) + " →", day_href(asked_, after)});
    });
  }

  std::string month_words(const app::CountLine& line) const {
    if (line.month_days == 0) return say(lang_, Msg::CountMonthNone, {format::month(lang_, month_of(asked_.day))});
    return say(lang_, Msg::CountMonth,
               {format::month(lang_, month_of(asked_.day)), format::number(lang_, line.month_numerator),
                format::number(lang_, line.month_denominator), format::number(lang_, static_cast<std::int64_t>(line.month_days))});
  }

  Problems problems_of(const std::string& key) const {
    for (const auto& [name, problems] : problems_)
      if (name == key) return problems;
    return {};
  }

  void draw_line(html::Out& o, const app::CountLine& line) const {
    const auto& profile = line.line->profile();
    const auto& key = line.line->entry->key();
    o.el("div", {{"role", "group"}, {"aria-labelledby", "t-" + key}}, [&] {
      o.el("h3", {{"id", "t-" + key}}, profile.title.in(lang_));
      o.el("input", {{"type", "hidden"}, {"name", "r." + key}, {"value", std::to_string(line.revision)}});
      std::string wrong;
      for (const auto& problem : problems_of(key)) wrong += (wrong.empty() ? "" : " ") + say(lang_, problem);
      number(o, "n." + key, in(Msg::KamusNumerator), profile.numerator.in(lang_), line.numerator, wrong);
      number(o, "d." + key, in(Msg::KamusDenominator), profile.denominator.in(lang_), line.denominator, {});
      draw_above(o, line);
      o.el("p", {{"class", "note"}}, month_words(line));
    });
  }

  /// Asked only where it was refused, or stands so already.
  void draw_above(html::Out& o, const app::CountLine& line) const {
    const auto& key = line.line->entry->key();
    const auto problems = problems_of(key);
    const bool refused = std::ranges::find(problems, Msg::CountAbove, &Problem::message) != problems.end();
    const bool stands = line.numerator.value_or(0) > line.denominator.value_or(0);
    if (!refused && !stands) return;
    Choice choice{.name = "a." + key, .label = in(Msg::CountTrulyAbove), .options = {{"ya", in(Msg::CountTrulyAbove)}}};
    choice.several = choice.quiet = true;
    if (stands && !refused) choice.chosen = {"ya"};
    draw_choice(o, choice);
  }

  void number(html::Out& o, std::string name, std::string label, std::string hint, const std::optional<std::int64_t>& value,
              std::string problem) const {
    Field field{std::move(name), std::move(label), std::move(hint)};
    field.value = visit_.form.empty() ? (value ? std::to_string(*value) : std::string()) : std::string(visit_.field(field.name));
    field.problem = std::move(problem);
    field.inputmode = "numeric";
    field.max_length = 9;
    draw_field(o, lang_, field);
  }

  const Visit& visit_;
  Lang lang_;
  const AskedCount& asked_;
  const app::DailyCounts& day_;
  const CountProblems& problems_;
};

std::optional<std::int64_t> typed_count(const Visit& visit, const std::string& name, Problems& wrong) {
  const auto typed = trim(visit.field(name));
  if (typed.empty()) return {};
  const auto number = parse_int(typed);
  if (!number || *number < 0) wrong.push_back({Problem::Kind::Invalid, Msg::CountNotNumber, name, {std::string(typed.substr(0, 20))}});
  return number;
}

/// What was typed for one indicator; empty where nothing was, or nothing new.
std::optional<app::CountEntry> typed_daily_count(const Visit& visit, const app::CountLine& line, Problems& wrong) {
  const auto& key = line.line->entry->key();
  if (!is_utf8(visit.field("n." + key)) || !is_utf8(visit.field("d." + key))) {
    wrong.push_back({Problem::Kind::Invalid, Msg::AnswerBadText, key, {}});
    return {};
  }
  const auto numerator = typed_count(visit, "n." + key, wrong), denominator = typed_count(visit, "d." + key, wrong);
  if (!wrong.empty() || (!numerator && !denominator && !line.record)) return {};
  if (!numerator || !denominator) {
    wrong.push_back({Problem::Kind::Invalid, Msg::CountHalf, key, {}});
    return {};
  }
  if (numerator == line.numerator && denominator == line.denominator) return {};
  const auto seen = static_cast<std::int32_t>(parse_int(visit.field("r." + key)).value_or(0));
  return app::CountEntry{key, *numerator, *denominator, seen, visit.field("a." + key) == "ya"};
}

Result<app::DailyCounts> read_day(const Visit& visit, const AskedCount& asked) {
  return app::read_daily_counts(visit.context, *visit.scope, asked.node->key, asked.unit, asked.day);
}

http::Reply get_daily_count(const Visit& visit) {
  const auto asked = read_asked_count(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const auto day = read_day(visit, *asked);
  if (!day) return refuse_result(visit, day.error());
  return html_page(200, DailyCountPage(visit, *asked, *day, {}).draw());
}

http::Reply post_daily_count(const Visit& visit) {
  const auto asked = read_asked_count(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const auto day = read_day(visit, *asked);
  if (!day) return refuse_result(visit, day.error());
  CountProblems problems;
  std::int64_t saved = 0;
  for (const auto& line : day->lines) {
    Problems wrong;
    if (const auto entry = typed_daily_count(visit, line, wrong)) {
      const auto done = app::save_daily_count(visit.context, *visit.scope, *day, *entry, words(visit.lang, Msg::CountReason));
      if (done)
        ++saved;
      else
        wrong = done.error();
    }
    if (!wrong.empty()) problems.emplace_back(line.line->entry->key(), std::move(wrong));
  }
  if (problems.empty()) return redirect(day_href(*asked, asked->day) + "&tersimpan=" + std::to_string(saved));
  const auto now = read_day(visit, *asked);
  if (!now) return refuse_result(visit, now.error());
  return html_page(422, DailyCountPage(visit, *asked, *now, problems).draw());
}

constexpr std::array kDailyCountRoutes{
    Route{http::Method::Get, "/sensus", May::WriteRecords, Work::Blocking, &get_daily_count,
          "Numerators and denominators that are counted by hand, of a unit and a day."},
    Route{http::Method::Post, "/sensus", May::WriteRecords, Work::Blocking, &post_daily_count, "Saves them."},
};

}  // namespace

std::span<const Route> daily_count_routes() { return kDailyCountRoutes; }

}  // namespace pilar::web
