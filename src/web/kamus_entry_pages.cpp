#include <algorithm>
#include <array>

#include "app/audit.h"
#include "app/formula.h"
#include "app/indicator_months.h"
#include "app/validation.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/answer.h"
#include "i18n/words/exchange.h"
#include "i18n/words/formula.h"
#include "i18n/words/indicator.h"
#include "i18n/words/indicator_table.h"
#include "i18n/words/result.h"
#include "i18n/words/sasaran.h"
#include "i18n/words/validation.h"
#include "web/audit_words.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/indicator_table_list.h"
#include "web/kamus_codes.h"
#include "web/kamus_formula.h"
#include "web/kamus_pages.h"
#include "web/kamus_words.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/validation_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// The target that a facility gave last, as it types it; empty: that of the profile.
std::string own_target_text(Lang lang, const app::KamusLine& line) {
  const auto& targets = line.use.targets;
  return targets.empty() || !targets.back().target ? std::string() : format::number(lang, *targets.back().target);
}

/// The profile as facts; what is empty is left out.
class ProfileFacts {
 public:
  ProfileFacts(Lang lang, const app::KamusView& view, const app::KamusLine& line)
      : lang_(lang),
        view_(view),
        line_(line),
        profile_(line.profile()) {}

  std::vector<Fact> facts() {
    add_meaning();
    add_formula();
    add_collection();
    return std::move(facts_);
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  void add(Message term, std::string text, Link link = {}) {
    if (!text.empty() || !link.text.empty()) facts_.push_back({in(term), std::move(text), std::move(link)});
  }

  void add_meaning() {
    add(Msg::KamusRationale, profile_.rationale.in(lang_));
    add(Msg::KamusAim, profile_.aim.in(lang_));
    add(Msg::KamusDefinition, profile_.definition.in(lang_));
    add(Msg::KamusArea, in(title_of(service_areas(), profile_.area)));
    add(Msg::KamusType, in(title_of(indicator_types(), profile_.type)));
    if (profile_.stage) add(Msg::KamusStage, in(title_of(indicator_stages(), *profile_.stage)));
    add(Msg::KamusPillar, in(title_of(pillars(), profile_.pillar)));
    std::string tags;
    for (const auto& tag : profile_.tags) tags += (tags.empty() ? "" : ", ") + tag_words(lang_, view_.reference->tag_sets, tag);
    add(Msg::KamusTags, tags);
    if (profile_.safety_goal > 0) add(Msg::KamusSafety, say(lang_, Msg::KamusGoalNumber, {std::to_string(profile_.safety_goal)}));
  }

  void add_formula() {
    add(Msg::KamusNumerator, profile_.numerator.in(lang_));
    add(Msg::KamusDenominator, profile_.denominator.in(lang_));
    add(Msg::KamusInclusion, profile_.inclusion.in(lang_));
    add(Msg::KamusExclusion, profile_.exclusion.in(lang_));
    std::ranges::move(formula_facts(lang_, view_, line_), std::back_inserter(facts_));
    if (line_.measure != nullptr) add(Msg::KamusDirection, in(title_of(directions(), better_of(*line_.measure))));
    add(Msg::KamusTarget, target_of_indicator(lang_, line_, line_.target));
  }

  void add_collection() {
    add(Msg::KamusMethod, profile_.method.in(lang_));
    add(Msg::KamusDataSource, profile_.data_source.in(lang_));
    add(Msg::KamusSample, profile_.sample.in(lang_));
    add(Msg::KamusSampling, profile_.sampling.in(lang_));
    const auto& rhythm = profile_.rhythm;
    add(Msg::KamusRhythm,
        say(lang_, Msg::KamusRhythmWords,
            {months_words(lang_, rhythm.collect), months_words(lang_, rhythm.analyse), months_words(lang_, rhythm.report)}));
    add(Msg::KamusPresentation, profile_.presentation.in(lang_));
    add(Msg::KamusLevel, in(title_of(indicator_levels(), profile_.level)));
    add(Msg::KamusResponsible, line_.use.responsible.empty() ? profile_.responsible.in(lang_) : line_.use.responsible);
    add(Msg::KamusTypesOfFacility, types_words(lang_, profile_));
    add(Msg::KamusSource, profile_.source);
    if (!profile_.mark.empty()) add(Msg::ResultMark, profile_.mark.in(lang_));
    add(Msg::KamusKey, profile_.key);
    add(Msg::KamusCodes, codes_words(lang_, profile_));
  }

  Lang lang_;
  const app::KamusView& view_;
  const app::KamusLine& line_;
  const Indicator& profile_;
  std::vector<Fact> facts_{};
};

class EntryPage {
 public:
  EntryPage(const Visit& visit, const app::KamusView& view, const app::KamusLine& line, const Problems& problems)
      : visit_(visit),
        lang_(visit.lang),
        view_(view),
        line_(line),
        problems_(problems) {}

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Indicators, line_.profile().title.in(lang_));
    frame.place = kamus_place(lang_, view_);
    frame.path = {{in(Msg::KamusTitle), kamus_href(view_, "")}};
    frame.notice = notice();
    frame.actions = [&](html::Out& o) { draw_entry_actions(o); };
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_waiting(o);
      if (is_facility()) draw_use(o);
      if (is_facility() && line_.used) draw_last_validation(o);
      draw_card(o, {.title = in(Msg::KamusAbout)}, [&] {
        draw_facts(o, ProfileFacts(lang_, view_, line_).facts());
        draw_not_a_target(o, lang_);
      });
      draw_efforts(o);
      draw_versions(o);
    });
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  bool is_facility() const { return view_.is_of_facility(); }
  bool may_use() const {
    return is_facility() && line_.version->published &&
           visit_.scope->may(Right::ManageIndicators, view_.reference->organisation, view_.node->key);
  }

  std::string notice() const {
    const auto done = visit_.request.param("sudah");
    if (done == "pakai") return in(Msg::KamusUseSaved);
    if (done == "terbit") return in(Msg::KamusSaved);
    return done == "rancangan" ? in(Msg::KamusSavedDraft) : std::string();
  }

  void draw_entry_actions(html::Out& o) const {
    if (const auto href = indicator_result_href(view_, line_); !href.empty()) draw_link_button(o, {in(Msg::KamusResult), href});
    if (is_facility() && line_.measure != nullptr && is_cumulative(line_.form->form, *line_.measure))
      draw_link_button(o, {in(Msg::SasaranTitle), "/indikator/sasaran?tempat=" + http::percent_encode(view_.node->code)});
    if (view_.node != nullptr && !is_facility() && line_.measure != nullptr && line_.version->published)
      draw_link_button(
          o, {in(Msg::IndicatorTableOpen), indicator_table_href(*view_.node, line_.entry->key(), {month_of(view_.today).value - 1})});
    draw_action_button(o, "print", in(Msg::ResultPrint));
    if (app::may_manage_indicators(*visit_.scope, view_.reference->organisation, line_.entry->owner))
      draw_link_button(o, {in(Msg::KamusChange), entry_href(view_, line_, "/ubah")});
  }

  /// While records of earlier days are still being counted by a new formula.
  void draw_waiting(html::Out& o) const {
    if (!line_.profile().counted() || line_.form == nullptr) return;
    const auto waiting = app::count_waiting(visit_.context, *line_.form);
    if (waiting > 0)
      o.el("p", {{"class", "note"}, {"role", "status"}}, say(lang_, Msg::FormulaStillCounting, {format::number(lang_, waiting)}));
  }

  void draw_use(html::Out& o) const {
    draw_card(o, {.title = say(lang_, Msg::KamusUseTitle, {view_.node->name}), .id = "pakai"}, [&] {
      o.el("p", {}, say(lang_, line_.used ? Msg::KamusUsedNow : Msg::KamusNotUsedNow));
      draw_own_targets(o);
      if (may_use()) draw_use_form(o);
    });
  }

  /// The latest one that is closed, of the months that can be seen together.
  void draw_last_validation(html::Out& o) const {
    const auto running = month_of(view_.today);
    const auto all =
        app::list_validations(visit_.context, *visit_.scope, view_, {running.value - app::kIndicatorMonths}, {running.value + 1});
    if (!all) return;
    const auto is_its = [&](const app::ValidationView& one) { return one.row.indicator == line_.entry->id && one.is_closed(); };
    const auto last = std::ranges::find_if(*all, is_its);
    if (last == all->end()) return;
    const auto told = tell_validation(lang_, *last);
    const Link open{in(Msg::ValidationOpenOne), validation_href(*view_.node, last->row.id)};
    draw_card(o, {.title = in(Msg::ValidationLast), .link = open}, [&] {
      draw_badge(o, told.mark, told.words);
      o.el("p", {}, format::month(lang_, last->row.month) + ": " + short_validation(lang_, *last));
      // What it said of an earlier definition says little of this one.
      if (last->row.version != line_.profile().version)
        o.el("p", {{"class", "note"}}, say(lang_, Msg::ValidationOlder, {format::number(lang_, last->row.version)}));
    });
  }

  void draw_own_targets(html::Out& o) const {
    if (line_.use.targets.empty()) return;
    std::string list;
    for (const auto& target : line_.use.targets)
      list += (list.empty() ? "" : "; ") + say(lang_, Msg::KamusTargetSince,
                                               {target_of_indicator(lang_, line_, target.target ? target.target : line_.profile().target),
                                                format::short_date(lang_, target.from)});
    const Fact facts[] = {{in(Msg::KamusOwnTarget), list, {}}};
    draw_facts(o, facts);
  }

  void draw_use_form(html::Out& o) const {
    const Hidden hidden{{"tempat", view_.node->code},
                        {"terlihat", problems_.empty() ? line_.use.stamp() : std::string(visit_.field("terlihat"))}};
    draw_post_form(o, visit_, entry_href(view_, line_, "/pakai"), hidden, [&] {
      draw_problems(o, lang_, problems_, [&](std::string_view field) {
        return field == "target" ? in(Msg::KamusOwnTarget) : field == "target_from" ? in(Msg::KamusOwnTargetFrom) : std::string();
      });
      Field responsible{"responsible", in(Msg::KamusOwnResponsible), line_.profile().responsible.in(lang_),
                        problems_.empty() ? line_.use.responsible : std::string(visit_.field("responsible"))};
      responsible.max_length = 200;
      draw_field(o, lang_, responsible);
      const auto usual = target_of_indicator(lang_, line_, line_.profile().target);
      auto hint = say(lang_, Msg::KamusOwnTargetHint, {usual.empty() ? in(Msg::ResultNoTarget) : usual});
      if (const auto range = target_range_words(lang_, line_); !range.empty()) hint += " " + range;
      Field target{"target", in(Msg::KamusOwnTarget), std::move(hint),
                   problems_.empty() ? own_target_text(lang_, line_) : std::string(visit_.field("target"))};
      target.inputmode = "decimal";
      target.problem = problem_of(lang_, problems_, "target");
      draw_field(o, lang_, target);
      Field from{"target_from", in(Msg::KamusOwnTargetFrom), "",
                 problems_.empty() ? iso(view_.today) : std::string(visit_.field("target_from"))};
      from.type = "date";
      from.problem = problem_of(lang_, problems_, "target_from");
      draw_field(o, lang_, from);
      o.el("div", {{"class", "choices"}}, [&] {
        draw_button(o, in(line_.used ? Msg::KamusUseSave : Msg::KamusUseHere), Button::Primary);
        if (line_.used && !line_.use.mandatory) draw_link_button(o, {in(Msg::KamusUseDrop), entry_href(view_, line_, "/lepas")});
      });
    });
  }

  void draw_efforts(html::Out& o) const {
    if (line_.profile().efforts.empty()) return;
    draw_card(o, {.title = in(Msg::KamusEfforts), .note = in(Msg::KamusEffortsNote)}, [&] {
      const TableHead head{.caption = in(Msg::KamusEfforts), .columns = {{in(Msg::KamusWhat)}, {in(Msg::KamusWho)}}, .stacks = true};
      draw_table(o, head, [&](Rows& rows) {
        for (const auto& effort : line_.profile().efforts)
          rows.row([&](Row& row) {
            row.cell(effort.what.in(lang_));
            row.cell(effort.who.in(lang_));
          });
      });
    });
  }

  void draw_versions(html::Out& o) const {
    std::vector<std::string> who;
    for (const auto& version : line_.entry->versions) who.push_back(version.actor);
    const auto names = app::audit_names(visit_.context, who);
    const auto zone = view_.node == nullptr ? Zone::Wib : view_.node->zone;
    draw_card(o, {.title = in(Msg::KamusVersions)}, [&] {
      std::vector<Fact> facts;
      for (const auto& version : line_.entry->versions) {
        const auto since = version.profile.valid_from ? say(lang_, Msg::KamusSince, {format::date(lang_, *version.profile.valid_from)})
                                                      : in(Msg::KamusFromTheStart);
        auto text = (version.published ? since : in(Msg::KamusDraft)) + "; " +
                    say(lang_, Msg::KamusSavedBy, {format::moment(lang_, version.saved_at, zone), who_words(lang_, names, version.actor)});
        if (!version.reason.empty()) text += ". " + version.reason;
        facts.push_back({say(lang_, Msg::KamusVersionNumber, {std::to_string(version.profile.version)}), std::move(text), {}});
      }
      draw_facts(o, facts);
    });
  }

  const Visit& visit_;
  Lang lang_;
  const app::KamusView& view_;
  const app::KamusLine& line_;
  const Problems& problems_;
};

struct AskedEntry {
  app::KamusView view;
  const app::KamusLine* line = nullptr;
};

Result<AskedEntry> read_entry(const Visit& visit) {
  auto view = read_kamus_request(visit);
  if (!view) return std::unexpected(view.error());
  AskedEntry asked{*std::move(view), nullptr};
  asked.line = asked.view.find(visit.args.front());
  if (asked.line == nullptr) return refuse(Problem::Kind::NotFound, Msg::IndicatorUnknown, "", {std::string(visit.args.front())});
  return asked;
}

http::Reply get_entry(const Visit& visit) {
  const auto asked = read_entry(visit);
  if (!asked) return refuse_result(visit, asked.error());
  return html_page(200, EntryPage(visit, asked->view, *asked->line, {}).draw());
}

Result<app::UseEdit> read_use_edit(const Visit& visit) {
  Problems wrong;
  app::UseEdit edit;
  edit.responsible = trim(visit.field("responsible"));
  if (!is_utf8(edit.responsible)) wrong.push_back({Problem::Kind::Invalid, Msg::AnswerBadText, "responsible", {}});
  edit.target = read_target(visit, wrong);
  if (!trim(visit.field("target_from")).empty()) {
    edit.target_from = parse_day(trim(visit.field("target_from")));
    if (!edit.target_from) wrong.push_back({Problem::Kind::Invalid, Msg::IndicatorBadDate, "target_from", {}});
  }
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  edit.seen = visit.field("terlihat");
  return edit;
}

/// Both uses of one indicator that two people set.
std::string draw_use_conflict(const Visit& visit, const AskedEntry& now, const app::UseEdit& mine) {
  const auto& [view, line] = now;
  const auto title = line->profile().title.in(visit.lang);
  Conflict conflict{
      say(visit.lang, Msg::KamusConflict, {title}), {}, entry_href(view, *line, "/pakai"), {}, {title, entry_href(view, *line)}};
  conflict.fields = {
      {words(visit.lang, Msg::KamusOwnResponsible), mine.responsible, line->use.responsible},
      {words(visit.lang, Msg::KamusOwnTarget), std::string(trim(visit.field("target"))), own_target_text(visit.lang, *line)}};
  const auto from = std::string(trim(visit.field("target_from")));
  conflict.fields.push_back(
      {words(visit.lang, Msg::KamusOwnTargetFrom), from, line->use.targets.empty() ? std::string() : iso(line->use.targets.back().from)});
  for (const auto& [name, value] : visit.form)
    if (name != "csrf" && name != "terlihat") conflict.hidden.emplace_back(name, value);
  conflict.hidden.emplace_back("terlihat", line->use.stamp());
  return draw_conflict(visit, conflict);
}

http::Reply post_use(const Visit& visit) {
  const auto asked = read_entry(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const auto& [view, line] = *asked;
  const auto again = [&](const Problems& problems) {
    return html_page(status_of(problems), EntryPage(visit, view, *line, problems).draw());
  };
  const auto edit = read_use_edit(visit);
  if (!edit) return again(edit.error());
  const auto saved = app::use_indicator(visit.context, *visit.scope, view.place(), line->entry->id, *edit);
  if (!saved && saved.error().front().message == Msg::KamusUseChanged) {
    const auto now = read_entry(visit);
    return now ? html_page(409, draw_use_conflict(visit, *now, *edit)) : refuse_result(visit, now.error());
  }
  if (!saved) return again(saved.error());
  return redirect(entry_href(view, *line) + (view.node == nullptr ? "?" : "&") + "sudah=pakai");
}

std::string draw_drop(const Visit& visit, const app::KamusView& view, const app::KamusLine& line, const Problems& problems) {
  const auto title = line.profile().title.in(visit.lang);
  Confirm confirm;
  confirm.title = say(visit.lang, Msg::KamusUseDropTitle, {title});
  confirm.place = kamus_place(visit.lang, view);
  confirm.words = words(visit.lang, Msg::KamusUseDropWords);
  confirm.action = entry_href(view, line, "/lepas");
  confirm.button = words(visit.lang, Msg::KamusUseDrop);
  confirm.back = {title, entry_href(view, line)};
  if (view.node != nullptr) confirm.hidden = {{"tempat", view.node->code}};
  confirm.problems = problems;
  return draw_confirm(visit, confirm);
}

http::Reply get_drop(const Visit& visit) {
  const auto asked = read_entry(visit);
  if (!asked) return refuse_result(visit, asked.error());
  return html_page(200, draw_drop(visit, asked->view, *asked->line, {}));
}

http::Reply post_drop(const Visit& visit) {
  const auto asked = read_entry(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const auto& [view, line] = *asked;
  const auto dropped = app::drop_indicator(visit.context, *visit.scope, view.place(), line->entry->id);
  if (!dropped) return html_page(status_of(dropped.error()), draw_drop(visit, view, *line, dropped.error()));
  return redirect(kamus_href(view, "", {{"sudah", "hapus"}}));
}

constexpr std::array kEntryRoutes{
    Route{http::Method::Get, "/kamus/:arg", May::ReadResults, Work::Blocking, &get_entry, "The profile of one indicator."},
    Route{http::Method::Post, "/kamus/:arg/pakai", May::ManageIndicators, Work::Blocking, &post_use,
          "A facility uses an indicator, or changes its own target."},
    Route{http::Method::Get, "/kamus/:arg/lepas", May::ManageIndicators, Work::Blocking, &get_drop,
          "Asks before a facility stops using an indicator."},
    Route{http::Method::Post, "/kamus/:arg/lepas", May::ManageIndicators, Work::Blocking, &post_drop,
          "A facility stops using an indicator."},
};

}  // namespace

std::span<const Route> kamus_entry_routes() { return kEntryRoutes; }

}  // namespace pilar::web
