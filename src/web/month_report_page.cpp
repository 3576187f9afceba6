#include "web/month_report_page.h"

#include <algorithm>

#include "i18n/format.h"
#include "i18n/words/common.h"
#include "i18n/words/entry.h"
#include "i18n/words/exchange.h"
#include "i18n/words/indicator.h"
#include "i18n/words/period.h"
#include "i18n/words/result.h"
#include "i18n/words/table.h"
#include "i18n/words/validation.h"
#include "web/decision.h"
#include "web/entry_address.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/indicator_words.h"
#include "web/kamus_formula.h"
#include "web/kamus_words.h"
#include "web/list_file.h"
#include "web/month_exchange.h"
#include "web/month_report_words.h"
#include "web/period_pages.h"
#include "web/result_words.h"
#include "web/table_reply.h"
#include "web/validation_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr int kLongestNote = 2000;

/// One report as this visit sees it.
class ReportPage {
 public:
  ReportPage(const Visit& visit, const app::MonthReports& reports, const app::MonthCard& card, const MonthParts& parts,
             const Problems& problems, const UnitMonth* part)
      : visit_(visit),
        lang_(visit.lang),
        reports_(reports),
        card_(card),
        parts_(parts),
        problems_(problems),
        part_(part),
        node_(*reports.months.kamus.node) {}

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Indicators, say(lang_, Msg::MonthReportOf, {format::month(lang_, card_.month)}));
    frame.place = node_.name + (part_ == nullptr ? "" : " · " + part_->unit->name);
    frame.path = {{in(Msg::MonthList), month_report_href(node_, {})}};
    frame.as_of = as_of(lang_, reports_.months.as_of, node_.zone);
    frame.notice = notice();
    frame.actions = [&](html::Out& o) { draw_report_actions(o); };
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_problems(o, lang_, problems_);
      draw_unit_filter(o);
      if (part_ != nullptr) o.el("p", {{"class", "note"}}, in(Msg::MonthUnitNote));
      if (part_ == nullptr) draw_standing(o);
      if (reports_.months.series.empty())
        return draw_empty(o, in(Msg::MonthNothingUsed), {in(Msg::IndicatorPageOpenKamus), kamus_href(reports_.months.kamus, "")});
      if (part_ == nullptr) draw_effects(o, visit_, reports_, parts_.effects);
      draw_values(o);
      if (part_ != nullptr) return;
      draw_unit_table(o, visit_, reports_, parts_.units, card_.month);
      draw_notes(o);
      draw_history(o);
      draw_month_exchange(o, lang_, node_, card_.month);
    });
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  const Organisation& organisation() const { return reports_.months.kamus.reference->organisation; }
  bool is_sent() const { return card_.state == app::MonthState::Sent || card_.state == app::MonthState::Accepted; }
  bool may_send() const { return app::may_send_month(*visit_.scope, organisation(), node_.key); }
  bool may_accept() const { return app::may_accept_month(*visit_.scope, organisation(), node_.key); }

  const std::vector<app::IndicatorSeries>& shown() const { return part_ == nullptr ? reports_.months.series : part_->months.series; }
  std::string unit_parameter() const { return part_ == nullptr ? std::string() : "&unit=" + http::percent_encode(part_->unit->code); }

  /// The units that existed in that month.
  void draw_unit_filter(html::Out& o) const {
    std::vector<Option> units{{"", in(Msg::EntryWhole)}};
    const Day last{first_day({card_.month.value + 1}).value - 1};
    for (const auto& unit : organisation().units(node_.key))
      if (unit.exists_on(last)) units.push_back({unit.code, unit.name});
    if (units.size() == 1) return;
    FilterBar bar{
        "/indikator/laporan/" + iso(card_.month), part_ == nullptr ? in(Msg::EntryWhole) : part_->unit->name, {}, {{"tempat", node_.code}}};
    bar.filters = {{"unit", in(Msg::ResultUnit), part_ == nullptr ? "" : part_->unit->code, std::move(units)}};
    draw_filters(o, lang_, bar);
  }

  std::string notice() const {
    const auto done = visit_.request.param("sudah");
    const auto month = format::month(lang_, card_.month);
    if (done == "kirim") return say(lang_, Msg::MonthWasSent, {month});
    if (done == "terima") return say(lang_, Msg::MonthWasAccepted, {month});
    if (done == "kembalikan") return say(lang_, Msg::MonthWasReturned, {month});
    if (done == "tarik") return say(lang_, Msg::MonthWasWithdrawn, {month});
    return done == "analisis" ? in(Msg::MonthSaved) : std::string();
  }

  const app::MonthNote* note_of(const app::IndicatorSeries& series) const {
    const auto at = card_.notes.find(series.line->entry->id);
    return at == card_.notes.end() ? nullptr : &at->second;
  }
  const app::SentValue* sent_of(const app::IndicatorSeries& series) const {
    const auto at = card_.sent.find(series.line->entry->id);
    return at == card_.sent.end() || !is_sent() ? nullptr : &at->second;
  }
  bool is_changed(const app::IndicatorSeries& series) const {
    return std::ranges::find(card_.changed, series.line->entry->id) != card_.changed.end();
  }
  std::string point_words(const app::IndicatorSeries& series, const app::SentValue& value) const {
    if (!value.point) return in(value.collected ? Msg::IndicatorNoCases : Msg::IndicatorNotCollected);
    const auto unit = unit_of(series.line->form->form, *series.measure);
    return format::number(lang_, *value.point, unit.digits) + unit.behind;
  }

  void draw_report_actions(html::Out& o) const {
    draw_file_actions(o, lang_, month_report_href(node_, card_.month, "/data.xlsx") + unit_parameter(),
                      month_report_href(node_, card_.month, "/data.csv") + unit_parameter());
    if (part_ != nullptr) return;
    const auto step = [&](Message label, std::string_view name, Button kind) {
      draw_link_button(o, {in(label), month_report_href(node_, card_.month, "/ubah") + "&apa=" + std::string(name)}, kind);
    };
    if (may_send() && card_.state == app::MonthState::Sent) step(Msg::MonthWithdraw, "tarik", Button::Quiet);
    if (may_accept() && is_sent()) step(Msg::MonthReturn, "kembalikan", Button::Quiet);
    if (may_accept() && card_.state == app::MonthState::Sent) draw_accept(o);
    if (!may_send() || card_.running || card_.all == 0) return;
    const auto send = month_report_href(node_, card_.month, "/ubah") + "&apa=kirim";
    const auto revision = say(lang_, Msg::MonthNextRevision, {format::number(lang_, std::int64_t{card_.revision} + 1)});
    if (!is_sent())
      draw_link_button(o, {card_.sent.empty() ? in(Msg::MonthSend) : revision, send}, Button::Primary);
    else if (!card_.changed.empty())
      draw_link_button(o, {revision, send});
  }

  /// Accepting takes nothing away and can be undone, so it is not asked twice.
  void draw_accept(html::Out& o) const {
    draw_post_form(o, visit_, month_report_href(node_, card_.month, "/ubah"), {{"tempat", node_.code}, {"apa", "terima"}},
                   [&] { draw_button(o, in(Msg::MonthAccept), Button::Primary); });
  }

  void draw_standing(html::Out& o) const {
    const auto told = tell_state(lang_, card_);
    draw_card(o, {}, [&] {
      draw_badge(o, told.mark, told.words, told.ground);
      o.el("p", {}, filled_words(lang_, card_));
      if (card_.revision > 0) o.el("p", {{"class", "note"}}, revision_words(lang_, card_));
      if (!card_.changed.empty()) draw_badge(o, Mark::Concern, changed_words(lang_, card_));
      draw_lock(o);
      if (!card_.unexplained.empty() && !is_sent())
        o.el("p", {{"class", "note"}}, say(lang_, Msg::MonthNeedsAnalysisCount, {format::number(lang_, std::ssize(card_.unexplained))}));
    });
  }

  void draw_lock(html::Out& o) const {
    const auto& lock = parts_.period.lock;
    if (!lock.is_locked(card_.month, parts_.period.as_of)) return;
    o.el("p", {}, [&] { o.el("a", {{"href", period_href(node_)}}, locked_words(lang_, parts_.period)); });
  }

  void draw_values(html::Out& o) const {
    const TableHead head{.caption = in(Msg::IndicatorPageTitle),
                         .columns = {{in(Msg::KamusIndicator)},
                                     {in(Msg::MonthNumerator), true},
                                     {in(Msg::MonthDenominator), true},
                                     {in(Msg::IndicatorValue), true},
                                     {in(Msg::KamusTarget)},
                                     {in(Msg::CommonState)}},
                         .stacks = true};
    draw_card(o, {.title = in(Msg::IndicatorPageTitle)}, [&] {
      draw_table(o, head, [&](Rows& rows) {
        for (const auto& series : shown()) rows.row([&](Row& row) { draw_value_row(o, row, series); });
      });
    });
  }

  void draw_value_row(html::Out& o, Row& row, const app::IndicatorSeries& series) const {
    const auto told = tell_indicator(lang_, series, card_.month);
    const auto number = [&](const std::optional<std::int64_t>& value) { return value ? format::number(lang_, *value) : std::string(); };
    row.name(series.line->profile().title.in(lang_),
             indicator_result_href(reports_.months.kamus, *series.line) + "&bulan=" + iso(card_.month) + unit_parameter());
    row.cell(number(told.numerator));
    row.cell(number(told.denominator));
    row.cell([&] {
      o.text(told.point ? told.value : std::string(format::kNone));
      if (told.over) o.el("small", {}, in(Msg::ResultOver));
      if (part_ == nullptr && is_changed(series)) draw_sent_before(o, series);
      if (part_ == nullptr) draw_validated(o, series);
    });
    row.cell(target_of_indicator(lang_, *series.line, series.line->target));
    row.cell([&] {
      if (told.met)
        draw_badge(o, *told.met ? Mark::Done : Mark::Concern, told.state);
      else
        o.text(told.state);
      if (part_ == nullptr && !told.point && !is_sent()) draw_evidence(o, series);
    });
  }

  void draw_validated(html::Out& o, const app::IndicatorSeries& series) const {
    const auto* view = parts_.validation_of(series.line->entry->id);
    const auto told = view == nullptr ? std::string() : short_validation(lang_, *view);
    if (told.empty()) return;
    o.el("small", {}, [&] { o.el("a", {{"href", validation_href(node_, view->row.id)}}, told); });
  }

  void draw_sent_before(html::Out& o, const app::IndicatorSeries& series) const {
    const auto* sent = sent_of(series);
    const auto was = sent == nullptr ? in(Msg::IndicatorNotCollected) : point_words(series, *sent);
    o.el("small", {}, say(lang_, Msg::MonthWas, {was, point_words(series, app::value_now(series, card_.month))}));
  }

  /// What is not collected is one click from being filled in.
  void draw_evidence(html::Out& o, const app::IndicatorSeries& series) const {
    const auto link = evidence_link(visit_, reports_.months.kamus, *series.line);
    if (link.href.empty()) return;
    o.el("small", {}, [&] { o.el("a", {{"href", link.href}}, say(lang_, Msg::MonthEvidence, {link.text})); });
  }

  /// A form for each indicator below its target; what was written is shown to everybody.
  void draw_notes(html::Out& o) const {
    for (const auto& series : reports_.months.series) {
      const auto* reading = series.reading(card_.month);
      const bool missed = reading != nullptr && meets_target(*reading) == false;
      const auto* note = note_of(series);
      if (!missed && note == nullptr) continue;
      draw_card(o, {.title = series.line->profile().title.in(lang_), .note = missed ? in(Msg::MonthNeedsAnalysis) : std::string()}, [&] {
        draw_efforts_of(o, series);
        if (may_send() && !is_sent()) return draw_note_form(o, series, note);
        if (note == nullptr) return;
        const Fact facts[] = {{in(Msg::MonthAnalysis), note->analysis, {}}, {in(Msg::MonthFollowUp), note->follow_up, {}}};
        draw_facts(o, facts);
      });
    }
  }

  void draw_efforts_of(html::Out& o, const app::IndicatorSeries& series) const {
    std::vector<Fact> facts;
    for (const auto& effort : series.line->profile().efforts)
      facts.push_back({in(Msg::KamusEfforts), effort.what.in(lang_) + " (" + effort.who.in(lang_) + ")", {}});
    draw_facts(o, facts);
  }

  void draw_note_form(html::Out& o, const app::IndicatorSeries& series, const app::MonthNote* note) const {
    const Hidden hidden{{"tempat", node_.code},
                        {"indikator", std::to_string(series.line->entry->id.value)},
                        {"terlihat", std::to_string(note == nullptr ? 0 : note->at.micros)}};
    draw_post_form(o, visit_, month_report_href(node_, card_.month, "/analisis"), hidden, [&] {
      const auto field = [&](const char* name, Message label, Message hint, const std::string& value) {
        Field one{name, in(label), in(hint), value};
        one.rows = 3;
        one.max_length = kLongestNote;
        draw_field(o, lang_, one);
      };
      field("analysis", Msg::MonthAnalysis, Msg::MonthAnalysisHint, note == nullptr ? "" : note->analysis);
      field("follow_up", Msg::MonthFollowUp, Msg::MonthFollowUpHint, note == nullptr ? "" : note->follow_up);
      draw_button(o, in(Msg::MonthSaveAnalysis));
    });
  }

  void draw_history(html::Out& o) const {
    if (card_.events.empty()) return;
    const auto names = names_in(visit_, {&card_, 1});
    draw_card(o, {.title = in(Msg::MonthHistory)}, [&] {
      o.el("ol", {{"class", "links"}}, [&] {
        for (const auto& event : card_.events) o.el("li", {}, event_words(lang_, names, event, node_.zone));
      });
    });
  }

  const Visit& visit_;
  Lang lang_;
  const app::MonthReports& reports_;
  const app::MonthCard& card_;
  const MonthParts& parts_;
  const Problems& problems_;
  const UnitMonth* part_;
  const Node& node_;
};

}  // namespace

std::string draw_month_report(const Visit& visit, const app::MonthReports& reports, const app::MonthCard& card, const MonthParts& parts,
                              const Problems& problems, const UnitMonth* part) {
  return ReportPage(visit, reports, card, parts, problems, part).draw();
}

namespace {

std::vector<TableCell> report_row(Lang lang, const app::MonthCard& card, const MonthParts& parts, const app::IndicatorSeries& series,
                                  bool is_whole) {
  const auto told = tell_indicator(lang, series, card.month);
  const auto id = series.line->entry->id;
  const auto note = is_whole ? card.notes.find(id) : card.notes.end();
  const auto sent = is_whole ? card.sent.find(id) : card.sent.end();
  const bool was_sent = sent != card.sent.end() && sent->second.point;
  const auto* view = parts.validation_of(id);
  return {series.line->profile().title.in(lang),
          words(lang, title_of(service_areas(), series.line->profile().area)),
          count_cell(told.numerator),
          count_cell(told.denominator),
          told.point ? TableCell(rounded(*told.point)) : TableCell(),
          series.line->target ? TableCell(*series.line->target) : TableCell(),
          told.state,
          was_sent ? TableCell(rounded(*sent->second.point)) : TableCell(),
          note == card.notes.end() ? std::string() : note->second.analysis,
          note == card.notes.end() ? std::string() : note->second.follow_up,
          view == nullptr ? std::string() : short_validation(lang, *view)};
}

}  // namespace

Table month_report_table(const Visit& visit, const app::MonthReports& reports, const app::MonthCard& card, const MonthParts& parts,
                         const UnitMonth* part) {
  using enum TableColumn::Kind;
  constexpr int kDigits = 4;
  const auto lang = visit.lang;
  const auto& node = *reports.months.kamus.node;
  const auto in = [&](Message message) { return words(lang, message); };
  Table out{.caption = say(lang, Msg::MonthReportOf, {format::month(lang, card.month)}) + ", " + node.name};
  out.notes = {{in(Msg::CommonState), tell_state(lang, card).words + (card.revision > 0 ? ", " + revision_words(lang, card) : "")},
               {in(Msg::TableAsOf), as_of(lang, reports.months.as_of, node.zone)}};
  if (part != nullptr) out.notes.emplace_back(in(Msg::ResultUnit), part->unit->name);
  out.columns = {{in(Msg::KamusIndicator)},
                 {in(Msg::KamusArea)},
                 {in(Msg::MonthNumerator), Number},
                 {in(Msg::MonthDenominator), Number},
                 {in(Msg::IndicatorValue), Number, kDigits},
                 {in(Msg::KamusTarget), Number},
                 {in(Msg::CommonState)},
                 {in(Msg::MonthValueSent), Number, kDigits},
                 {in(Msg::MonthAnalysis)},
                 {in(Msg::MonthFollowUp)},
                 {in(Msg::ValidationTitle)}};
  out.rows = [lang, &reports, &card, &parts, part](const OnTableRow& write) {
    for (const auto& series : part == nullptr ? reports.months.series : part->months.series)
      write(report_row(lang, card, parts, series, part == nullptr));
  };
  return out;
}

}  // namespace pilar::web
