#include "web/month_report_pages.h"

#include <algorithm>
#include <array>

#include "app/month_report.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/indicator.h"
#include "i18n/words/page.h"
#include "i18n/words/period.h"
#include "i18n/words/result.h"
#include "i18n/words/validation.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/kamus_words.h"
#include "web/list_file.h"
#include "web/month_report_page.h"
#include "web/month_report_words.h"
#include "web/period_pages.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/validation_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

void draw_month_card(html::Out& o, const Visit& visit, const Node& facility, const app::MonthCard& card, const app::AuditNames& names) {
  const auto told = tell_state(visit.lang, card);
  draw_card(o, {.title = format::month(visit.lang, card.month)}, [&] {
    draw_badge(o, told.mark, told.words, told.ground);
    if (card.revision > 0) o.el("small", {}, revision_words(visit.lang, card));
    o.el("p", {}, filled_words(visit.lang, card));
    if (!card.events.empty()) o.el("p", {{"class", "note"}}, event_words(visit.lang, names, card.events.back(), facility.zone));
    if (!card.changed.empty()) draw_badge(o, Mark::Concern, changed_words(visit.lang, card));
    o.el("p", {}, [&] { o.el("a", {{"href", month_report_href(facility, card.month)}}, words(visit.lang, Msg::MonthTodoOpen)); });
  });
}

/// Cards begin with the first month that has anything; the running one is always there.
std::vector<const app::MonthCard*> shown_cards(const app::MonthReports& reports) {
  std::vector<const app::MonthCard*> shown;
  std::size_t last = 0;
  for (std::size_t i = 0; i < reports.cards.size(); ++i)
    if (reports.cards[i].filled > 0 || !reports.cards[i].events.empty()) last = i;
  for (std::size_t i = 0; i <= last && i < reports.cards.size(); ++i) shown.push_back(&reports.cards[i]);
  return shown;
}

Result<app::MonthReports> read_reports(const Visit& visit, std::optional<Month> month) {
  const auto* node = asked_place(visit);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  const auto running = month_of(civil_day(visit.context.clock.now(), node->zone));
  return app::read_month_reports(visit.context, *visit.scope, node->key, month.value_or(running));
}

/// The cards of the facility, or of one unit where the address names it.
class MonthListPage {
 public:
  MonthListPage(const Visit& visit, const app::MonthReports& reports, const app::UnitMonths& units, const app::PeriodView& period,
                const Unit* unit)
      : visit_(visit),
        lang_(visit.lang),
        reports_(reports),
        units_(units),
        period_(period),
        node_(*reports.months.kamus.node),
        unit_(unit) {}

  std::string draw(const app::MonthSending& sending, const Problems& problems) const {
    auto frame = staff_page(visit_, Place::Indicators, words(lang_, Msg::MonthTitle));
    frame.place = node_.name + (unit_ == nullptr ? "" : " · " + unit_->name);
    frame.path = {{words(lang_, Msg::IndicatorPageTitle), "/indikator?tempat=" + http::percent_encode(node_.code)}};
    frame.as_of = as_of(lang_, reports_.months.as_of, node_.zone);
    if (visit_.request.param("sudah") == "otomatis") frame.notice = words(lang_, Msg::MonthAutoSaved);
    frame.actions = [&](html::Out& o) {
      draw_link_button(o, {words(lang_, Msg::ValidationTitle), validation_href(node_)});
      draw_link_button(o, {words(lang_, Msg::PeriodTitle), period_href(node_)});
    };
    return draw_staff_page(frame, [&](html::Out& o) {
      o.el("p", {{"class", "note"}}, say(lang_, Msg::MonthListNote));
      if (period_.lock.exists()) draw_badge(o, Mark::Done, locked_words(lang_, period_));
      if (reports_.months.series.empty())
        return draw_empty(o, words(lang_, Msg::MonthNothingUsed),
                          {words(lang_, Msg::IndicatorPageOpenKamus), kamus_href(reports_.months.kamus, "")});
      if (!units_.cards.empty()) draw_filters(o, lang_, filters());
      draw_cards(o);
      if (app::may_send_month(*visit_.scope, reports_.months.kamus.reference->organisation, node_.key))
        draw_sending(o, visit_, node_, sending, problems);
    });
  }

 private:
  FilterBar filters() const {
    std::vector<Option> options{{"", words(lang_, Msg::MonthUnitWhole)}};
    for (const auto& one : reports_.months.kamus.reference->organisation.units(node_.key)) options.push_back({one.code, one.name});
    FilterBar bar{"/indikator/laporan", unit_ == nullptr ? options.front().text : unit_->name, {}, {{"tempat", node_.code}}};
    bar.filters = {{"unit", words(lang_, Msg::ValidationUnit), unit_ == nullptr ? "" : unit_->code, std::move(options)}};
    return bar;
  }

  void draw_cards(html::Out& o) const {
    if (unit_ != nullptr) return draw_cards_of(o, *unit_);
    const auto names = names_in(visit_, reports_.cards);
    o.el("div", {{"class", "grid small"}}, [&] {
      for (const auto* card : shown_cards(reports_)) draw_month_card(o, visit_, node_, *card, names);
    });
  }

  void draw_cards_of(html::Out& o, const Unit& wanted) const {
    const auto is_its = [&](const app::UnitCard& card) { return card.unit->key == wanted.key; };
    if (std::ranges::none_of(units_.cards, is_its)) return draw_empty(o, words(lang_, Msg::MonthUnitNone));
    o.el("div", {{"class", "grid small"}}, [&] {
      for (const auto& card : units_.cards)
        if (is_its(card)) draw_unit_card(o, visit_, node_, card);
    });
  }

  const Visit& visit_;
  Lang lang_;
  const app::MonthReports& reports_;
  const app::UnitMonths& units_;
  const app::PeriodView& period_;
  const Node& node_;
  const Unit* unit_;  ///< null: the whole facility
};

http::Reply month_list_page(const Visit& visit, const app::MonthSending* typed, const Problems& problems) {
  const auto reports = read_reports(visit, {});
  if (!reports) return refuse_result(visit, reports.error());
  const auto& node = *reports->months.kamus.node;
  const auto facility = node.key;
  const auto unit = read_unit(visit, node, visit.request.param("unit"));
  if (!unit) return refuse_result(visit, unit.error());
  const auto units = app::read_unit_months(visit.context, *visit.scope, *reports);
  if (!units) return refuse_result(visit, units.error());
  const auto period = app::read_period(visit.context, *visit.scope, facility);
  if (!period) return refuse_result(visit, period.error());
  const auto sending = app::read_month_sending(visit.context, *visit.scope, facility);
  if (!sending) return refuse_result(visit, sending.error());
  const MonthListPage page(visit, *reports, *units, *period, *unit);
  return html_page(problems.empty() ? 200 : status_of(problems), page.draw(typed == nullptr ? *sending : *typed, problems));
}

http::Reply get_month_list(const Visit& visit) { return month_list_page(visit, nullptr, {}); }

/// When that was written what a form was typed over; a form without it was typed over nothing.
Instant instant_seen(const Visit& visit) { return {parse_int(visit.field("terlihat")).value_or(0)}; }

/// Both settings of automatic sending that two people made.
std::string draw_sending_conflict(const Visit& visit, const Node& facility, const app::MonthSending& mine,
                                  const app::MonthSending& theirs) {
  const auto in = [&](Message message) { return words(visit.lang, message); };
  const auto choice = [&](const app::MonthSending& one) { return in(one.enabled ? Msg::MonthAutoYes : Msg::MonthAutoNo); };
  const auto day = std::to_string(mine.day), hour = std::to_string(mine.hour);
  Conflict conflict{in(Msg::MonthAuto), {}, "/indikator/laporan/otomatis", {}, {in(Msg::MonthTitle), month_report_href(facility, {})}};
  conflict.fields = {{in(Msg::MonthAutoOn), choice(mine), choice(theirs)},
                     {in(Msg::MonthAutoDay), day, std::to_string(theirs.day)},
                     {in(Msg::MonthAutoHour), hour, std::to_string(theirs.hour)}};
  conflict.hidden = {{"tempat", facility.code},
                     {"terlihat", std::to_string(theirs.at.value_or(Instant{}).micros)},
                     {"on", mine.enabled ? "ya" : "tidak"},
                     {"day", day},
                     {"hour", hour}};
  return draw_conflict(visit, conflict);
}

http::Reply post_sending(const Visit& visit) {
  const auto* node = asked_place(visit);
  if (node == nullptr) return refuse_result(visit, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat", {}}});
  const auto whole = [&](std::string_view name) {
    const auto value = parse_int(trim(visit.field(name))).value_or(-1);
    return value < 0 || value > INT32_MAX ? -1 : static_cast<int>(value);
  };
  const app::MonthSending wanted{.enabled = visit.field("on") == "ya", .day = whole("day"), .hour = whole("hour")};
  const auto saved = app::set_month_sending(visit.context, *visit.scope, node->key, wanted, instant_seen(visit));
  if (!saved && saved.error().front().message == Msg::MonthAutoChanged) {
    const auto theirs = app::read_month_sending(visit.context, *visit.scope, node->key);
    return theirs ? html_page(409, draw_sending_conflict(visit, *node, wanted, *theirs)) : refuse_result(visit, theirs.error());
  }
  if (!saved) return month_list_page(visit, &wanted, saved.error());
  return redirect(month_report_href(*node, {}) + "&sudah=otomatis");
}

/// The report that the address names.
struct AskedReport {
  app::MonthReports reports;
  const app::MonthCard* card = nullptr;
  MonthParts parts{};
  std::optional<UnitMonth> part{};  ///< where the address names a unit

  const UnitMonth* unit() const { return part ? &*part : nullptr; }

  const Node& node() const { return *reports.months.kamus.node; }
};

Result<AskedReport> read_asked_report(const Visit& visit) {
  const auto month = parse_month(visit.args.front());
  if (!month) return refuse(Problem::Kind::NotFound, Msg::PageNotFound);
  auto reports = read_reports(visit, month);
  if (!reports) return std::unexpected(reports.error());
  if (reports->months.running < *month) return refuse(Problem::Kind::NotFound, Msg::PageNotFound);
  AskedReport asked{*std::move(reports), nullptr, {}};
  asked.card = asked.reports.find(*month);
  const auto unit = read_unit(visit, asked.node(), visit.request.param("unit"));
  if (!unit) return std::unexpected(unit.error());
  if (*unit != nullptr) {
    auto months = app::read_indicator_months(visit.context, *visit.scope, asked.node().key, *month, (*unit)->key);
    if (!months) return std::unexpected(months.error());
    asked.part = UnitMonth{*unit, *std::move(months)};
  }
  auto parts = read_month_parts(visit, asked.reports, *asked.card);
  if (!parts) return std::unexpected(parts.error());
  asked.parts = *std::move(parts);
  return asked;
}

http::Reply report_page(const Visit& visit, const AskedReport& asked, int status, const Problems& problems) {
  return html_page(status, draw_month_report(visit, asked.reports, *asked.card, asked.parts, problems, asked.unit()));
}

http::Reply get_report(const Visit& visit) {
  const auto asked = read_asked_report(visit);
  if (!asked) return refuse_result(visit, asked.error());
  return report_page(visit, *asked, 200, {});
}

http::Reply report_file(const Visit& visit, FileKind kind) {
  const auto asked = read_asked_report(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const auto unit = asked->part ? "-" + asked->part->unit->code : std::string();
  const auto name = "laporan-indikator-" + asked->node().code + unit + "-" + iso(asked->card->month);
  return table_reply(name, month_report_table(visit, asked->reports, *asked->card, asked->parts, asked->unit()), kind);
}

/// A step that is asked for and then done.
struct StepRow {
  std::string_view name;
  app::MonthStep step;
  Message title, words, button;
  Button kind;
  bool needs_reason;
};
constexpr std::array kSteps{
    StepRow{"kirim", app::MonthStep::Send, Msg::MonthSendTitle, Msg::MonthSendWords, Msg::MonthSend, Button::Primary, false},
    StepRow{"terima", app::MonthStep::Accept, Msg::MonthAccept, Msg::MonthAccept, Msg::MonthAccept, Button::Primary, false},
    StepRow{"kembalikan", app::MonthStep::Return, Msg::MonthReturnTitle, Msg::MonthReturnWords, Msg::MonthReturn, Button::Danger, true},
    StepRow{"tarik", app::MonthStep::Withdraw, Msg::MonthWithdrawTitle, Msg::MonthWithdrawWords, Msg::MonthWithdraw, Button::Danger, true},
};

const StepRow* asked_step(const Visit& visit) {
  const auto name = visit.form.empty() ? visit.request.param("apa") : visit.field("apa");
  const auto* row = std::ranges::find(kSteps, name, &StepRow::name);
  return row == kSteps.end() ? nullptr : row;
}

std::string step_words(Lang lang, const StepRow& step, const app::MonthCard& card) {
  if (step.step != app::MonthStep::Send) return words(lang, step.words);
  const auto missing = card.all - card.filled;
  const auto more = missing == 0 ? words(lang, Msg::MonthSendWhole)
                                 : say(lang, Msg::MonthSendMissing, {format::number(lang, static_cast<std::int64_t>(missing))});
  return say(lang, step.words, {more});
}

std::string draw_step(const Visit& visit, const AskedReport& asked, const StepRow& step, const Problems& problems) {
  const auto month = format::month(visit.lang, asked.card->month);
  Confirm confirm;
  const bool again = step.step == app::MonthStep::Send && asked.card->revision > 0;
  confirm.title =
      again ? say(visit.lang, Msg::MonthSendRevisionTitle, {month, format::number(visit.lang, std::int64_t{asked.card->revision} + 1)})
            : say(visit.lang, step.title, {month});
  confirm.place = asked.node().name;
  confirm.words = step_words(visit.lang, step, *asked.card);
  confirm.action = month_report_href(asked.node(), asked.card->month, "/ubah");
  confirm.button = words(visit.lang, step.button);
  confirm.kind = step.kind;
  confirm.back = {month, month_report_href(asked.node(), asked.card->month)};
  confirm.hidden = {{"tempat", asked.node().code}, {"apa", std::string(step.name)}};
  confirm.problems = problems;
  if (step.needs_reason) {
    confirm.reason = reason_field(visit, problems, "reason", Msg::MonthReason);
    confirm.reason->rows = 2;
  }
  return draw_confirm(visit, confirm);
}

http::Reply get_step(const Visit& visit) {
  const auto asked = read_asked_report(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const auto* step = asked_step(visit);
  if (step == nullptr) return refuse_result(visit, {{Problem::Kind::NotFound, Msg::PageNotFound, "", {}}});
  return html_page(200, draw_step(visit, *asked, *step, {}));
}

http::Reply post_step(const Visit& visit) {
  const auto asked = read_asked_report(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const auto* step = asked_step(visit);
  if (step == nullptr) return refuse_result(visit, {{Problem::Kind::NotFound, Msg::PageNotFound, "", {}}});
  const auto reason = std::string(trim(visit.field("reason")));
  if (step->needs_reason)
    if (const auto wrong = check_reason(reason, "reason"); !wrong.empty()) return html_page(422, draw_step(visit, *asked, *step, wrong));
  const auto facility = asked->node().key;
  const auto month = asked->card->month;
  const auto done = step->step == app::MonthStep::Send
                        ? app::send_month(visit.context, *visit.scope, facility, month)
                        : app::decide_month(visit.context, *visit.scope, facility, month, step->step, reason);
  if (!done) return html_page(status_of(done.error()), draw_step(visit, *asked, *step, done.error()));
  return redirect(month_report_href(asked->node(), month) + "&sudah=" + std::string(step->name));
}

/// Both analyses of one indicator that two people wrote.
std::string draw_note_conflict(const Visit& visit, const AskedReport& asked, IndicatorKey indicator, const app::MonthNote& mine) {
  const auto found = asked.card->notes.find(indicator);
  const auto theirs = found == asked.card->notes.end() ? app::MonthNote{} : found->second;
  const auto month = format::month(visit.lang, asked.card->month), back = month_report_href(asked.node(), asked.card->month);
  Conflict conflict{
      say(visit.lang, Msg::MonthNoteConflict, {month}), {}, month_report_href(asked.node(), asked.card->month, "/analisis"), {}, {}};
  conflict.fields = {{words(visit.lang, Msg::MonthAnalysis), mine.analysis, theirs.analysis},
                     {words(visit.lang, Msg::MonthFollowUp), mine.follow_up, theirs.follow_up}};
  conflict.hidden = {{"tempat", asked.node().code},
                     {"indikator", std::to_string(indicator.value)},
                     {"terlihat", std::to_string(theirs.at.micros)},
                     {"analysis", mine.analysis},
                     {"follow_up", mine.follow_up}};
  conflict.back = {month, back};
  return draw_conflict(visit, conflict);
}

http::Reply post_note(const Visit& visit) {
  const auto asked = read_asked_report(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const auto id = parse_int(visit.field("indikator")).value_or(0);
  const app::MonthNote note{std::string(visit.field("analysis")), std::string(visit.field("follow_up"))};
  const auto indicator = IndicatorKey{id > 0 && id <= INT32_MAX ? static_cast<std::int32_t>(id) : 0};
  const auto saved =
      app::save_month_note(visit.context, *visit.scope, asked->node().key, asked->card->month, indicator, note, instant_seen(visit));
  if (!saved && saved.error().front().message == Msg::MonthNoteChanged)
    return html_page(409, draw_note_conflict(visit, *asked, indicator, note));
  if (!saved) return report_page(visit, *asked, status_of(saved.error()), saved.error());
  return redirect(month_report_href(asked->node(), asked->card->month) + "&sudah=analisis");
}

constexpr std::array kMonthRoutes{
    Route{http::Method::Get, "/indikator/laporan", May::ReadResults, Work::Blocking, &get_month_list,
          "The monthly indicator reports of a facility, a card a month."},
    Route{http::Method::Post, "/indikator/laporan/otomatis", May::ManageIndicators, Work::Blocking, &post_sending,
          "Sets whether complete reports send themselves, and when."},
    Route{http::Method::Get, "/indikator/laporan/:arg", May::ReadResults, Work::Blocking, &get_report, "The indicator report of a month."},
    csv_route<report_file>("/indikator/laporan/:arg/data.csv", May::ReadResults),
    workbook_route<report_file>("/indikator/laporan/:arg/data.xlsx", May::ReadResults),
    Route{http::Method::Post, "/indikator/laporan/:arg/analisis", May::ManageIndicators, Work::Blocking, &post_note,
          "Keeps why a target was missed and what follows."},
    Route{http::Method::Get, "/indikator/laporan/:arg/ubah", May::ManageIndicators, Work::Blocking, &get_step,
          "Asks before a report is sent, accepted, returned or taken back."},
    Route{http::Method::Post, "/indikator/laporan/:arg/ubah", May::ManageIndicators, Work::Blocking, &post_step,
          "Sends, accepts, returns or takes back a report."},
};

}  // namespace

std::span<const Route> month_report_routes() { return kMonthRoutes; }

}  // namespace pilar::web
