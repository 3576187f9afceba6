#include "web/effort_pages.h"

#include <algorithm>
#include <array>
#include <functional>
#include <variant>

#include "app/month_report.h"
#include "app/record_list.h"
#include "app/record_reading.h"
#include "app/yearly.h"
#include "i18n/format.h"
#include "i18n/words/common.h"
#include "i18n/words/effort.h"
#include "i18n/words/indicator.h"
#include "i18n/words/result.h"
#include "i18n/words/table.h"
#include "web/entry_address.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/indicator_words.h"
#include "web/kamus_words.h"
#include "web/list_file.h"
#include "web/month_report_words.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::string_view kEffortForm = "donabedian", kProofPrefix = "bukti_";
constexpr std::int32_t kThere = 1, kFullPoint = 2;
constexpr int kEffortMonths = 12;

/// What the page is made of, read once.
struct EffortFacts {
  Lang lang = Lang::Id;
  const Node& node;
  const app::MonthReports& reports;
  const app::YearlyView& year;

  Month last() const { return reports.months.until; }
  std::string count(std::size_t number) const { return format::number(lang, static_cast<std::int64_t>(number)); }
  std::string month() const { return format::month(lang, last()); }
};

/// Indicators of these areas in the last month that is over, by whether they reach their target.
struct Reached {
  std::size_t met = 0, judged = 0;
};
Reached reached_in(const EffortFacts& facts, std::span<const ServiceArea> areas) {
  Reached out;
  for (const auto& series : facts.reports.months.series) {
    const auto* reading = series.reading(facts.last());
    const auto met = reading == nullptr ? std::nullopt : meets_target(*reading);
    if (!met || (!areas.empty() && std::ranges::find(areas, series.line->profile().area) == areas.end())) continue;
    ++out.judged;
    if (*met) ++out.met;
  }
  return out;
}

std::string place_query(const EffortFacts& facts) { return "?tempat=" + http::percent_encode(facts.node.code); }

Link say_in_use(const EffortFacts& facts) {
  const auto used = facts.reports.months.series.size();
  if (used == 0) return {};
  return {say(facts.lang, Msg::EffortInUse, {facts.count(used)}), "/indikator" + place_query(facts)};
}

Link say_below(const EffortFacts& facts) {
  const auto all = reached_in(facts, {});
  if (all.judged == 0) return {};
  return {say(facts.lang, Msg::EffortBelow, {facts.count(all.judged - all.met), facts.month()}),
          month_report_href(facts.node, facts.last())};
}

Link say_notes(const EffortFacts& facts) {
  std::size_t notes = 0;
  for (const auto& card : facts.reports.cards) notes += card.notes.size();
  if (notes == 0) return {};
  return {say(facts.lang, Msg::EffortNotes, {facts.count(notes), std::to_string(kEffortMonths)}), month_report_href(facts.node, {})};
}

Link say_sent(const EffortFacts& facts) {
  const auto sent = std::ranges::count_if(facts.reports.cards, [](const app::MonthCard& card) {
    return card.state == app::MonthState::Sent || card.state == app::MonthState::Accepted;
  });
  if (sent == 0) return {};
  return {say(facts.lang, Msg::EffortSent, {facts.count(static_cast<std::size_t>(sent)), facts.count(facts.reports.cards.size())}),
          month_report_href(facts.node, {})};
}

Link say_courses(const EffortFacts& facts) {
  std::size_t judged = 0, good = 0;
  for (const auto& course : facts.year.courses)
    if (const auto* month = course.judged()) {
      ++judged;
      if (*month->on_the_way) ++good;
    }
  if (judged == 0) return {};
  return {say(facts.lang, Msg::EffortCourses, {facts.count(good), facts.count(judged)}), "/indikator/sasaran" + place_query(facts)};
}

Link say_reached(const EffortFacts& facts) {
  constexpr std::array kServices{ServiceArea::Ukm, ServiceArea::Ukp};
  const auto services = reached_in(facts, kServices);
  if (services.judged == 0) return {};
  return {say(facts.lang, Msg::EffortReached, {facts.count(services.met), facts.count(services.judged), facts.month()}),
          "/indikator" + place_query(facts)};
}

/// The first of these indicators that the facility uses and that has a value.
Link say_indicator(const EffortFacts& facts, std::span<const std::string_view> keys) {
  for (const auto& series : facts.reports.months.series) {
    if (std::ranges::find(keys, series.line->entry->key()) == keys.end()) continue;
    const auto told = tell_indicator(facts.lang, series, facts.last());
    if (!told.point) continue;
    const auto value = told.over ? told.value + ", " + words(facts.lang, Msg::ResultOver) : told.value;
    return {say(facts.lang, Msg::EffortOfIndicator, {series.line->profile().title.in(facts.lang), value, facts.month()}),
            entry_href(facts.reports.months.kamus, *series.line)};
  }
  return {};
}
Link say_missed(const EffortFacts& facts) {
  constexpr std::array<std::string_view, 1> kKeys{"peluang-terlewat"};
  return say_indicator(facts, kKeys);
}
Link say_content(const EffortFacts& facts) {
  constexpr std::array<std::string_view, 3> kKeys{"inm-kepuasan", "rating-jkn-umum", "janji-layanan"};
  return say_indicator(facts, kKeys);
}

/// Which point the data themselves prove, by its item.
struct LiveProof {
  std::string_view item;
  Link (*tell)(const EffortFacts&);
};
constexpr std::array kLiveProofs{
    LiveProof{"program", &say_in_use},    LiveProof{"masalah", &say_below},    LiveProof{"alternatif", &say_notes},
    LiveProof{"rencana", &say_notes},     LiveProof{"pelaksanaan", &say_sent}, LiveProof{"akses", &say_courses},
    LiveProof{"upaya", &say_reached},     LiveProof{"mutu", &say_notes},       LiveProof{"efisien", &say_missed},
    LiveProof{"keterkaitan", &say_notes}, LiveProof{"kesesuaian", &say_sent},  LiveProof{"eksternal", &say_content}};

/// One point: what the latest review says of it, and what the data show.
struct EffortPoint {
  const Item* item = nullptr;
  std::optional<std::int32_t> state{};  ///< 0 not there, 1 there, 2 there with proof; empty: not reviewed
  std::string written{};
  Link live{};
};

std::vector<EffortPoint> points_of(const Instrument& form, const Answers& answers, const EffortFacts& facts) {
  std::vector<EffortPoint> points;
  const auto answer_to = [&](std::string_view key) -> const Answer* {
    for (std::size_t i = 0; i < form.items.size() && i < answers.size(); ++i)
      if (form.items[i].key == key) return &answers[i];
    return nullptr;
  };
  for (const auto& item : form.items) {
    if (item.kind != ItemKind::Scale) continue;
    EffortPoint point{.item = &item};
    if (const auto* answer = answer_to(item.key); answer != nullptr)
      if (const auto* code = std::get_if<Code>(answer)) point.state = code->value;
    if (const auto* answer = answer_to(std::string(kProofPrefix) + item.key); answer != nullptr)
      if (const auto* text = std::get_if<std::string>(answer)) point.written = *text;
    if (const auto* row = std::ranges::find(kLiveProofs, item.key, &LiveProof::item); row != kLiveProofs.end())
      point.live = row->tell(facts);
    points.push_back(std::move(point));
  }
  return points;
}

class EffortPage {
 public:
  EffortPage(const Visit& visit, const app::InstalledVersion& version, const std::optional<app::WholeRecord>& last,
             const EffortFacts& facts)
      : visit_(visit),
        lang_(visit.lang),
        form_(last ? last->version->form : version.form),
        last_(last),
        facts_(facts),
        points_(points_of(form_, last ? from_canonical(last->record.answers) : Answers{}, facts)) {}

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Indicators, in(Msg::EffortTitle));
    frame.place = facts_.node.name;
    frame.path = {{in(Msg::IndicatorPageTitle), "/indikator" + place_query(facts_)}};
    frame.as_of = as_of(lang_, facts_.reports.months.as_of, facts_.node.zone);
    frame.actions = [&](html::Out& o) {
      draw_file_actions(o, lang_, file_href(".xlsx"), file_href(".csv"));
      if (visit_.scope->may(Right::WriteRecords, visit_.reference->organisation, facts_.node.key)) {
        auto review = fill_in_link(visit_, facts_.node, std::string(kEffortForm));
        review.text = in(Msg::EffortReview);
        draw_link_button(o, review, Button::Primary);
      }
    };
    return draw_staff_page(frame, [&](html::Out& o) {
      o.el("p", {{"class", "note"}}, in(Msg::EffortNote));
      o.el("p", {}, last_ ? say(lang_, Msg::EffortReviewed, {format::date(lang_, last_->record.day)}) : in(Msg::EffortNever));
      for (std::size_t section = 0; section < form_.sections.size(); ++section) draw_section(o, section);
    });
  }

  Table table() const {
    Table out{.caption = in(Msg::EffortTitle) + ", " + facts_.node.name};
    out.notes = {
        {in(Msg::CommonState), last_ ? say(lang_, Msg::EffortReviewed, {format::date(lang_, last_->record.day)}) : in(Msg::EffortNever)},
        {in(Msg::TableAsOf), as_of(lang_, facts_.reports.months.as_of, facts_.node.zone)}};
    out.columns = {{in(Msg::EffortPoint)}, {in(Msg::CommonState)}, {in(Msg::EffortWritten)}, {in(Msg::EffortLive)}};
    out.rows = [this](const OnTableRow& write) {
      for (const auto& point : points_) {
        const std::vector<TableCell> cells{point.item->label.in(lang_), state_of(point).words, point.written, point.live.text};
        write(cells);
      }
    };
    return out;
  }

 private:
  struct StateTold {
    Mark mark = Mark::Open;
    std::string words{};
  };

  std::string in(Message message) const { return words(lang_, message); }
  std::string file_href(std::string_view ending) const { return "/indikator/upaya-mutu/data" + std::string(ending) + place_query(facts_); }

  /// A bare tick is no proof, whatever was ticked.
  StateTold state_of(const EffortPoint& point) const {
    if (!point.state) return {Mark::Open, in(Msg::EffortNotReviewed)};
    if (*point.state >= kThere && point.written.empty())
      return point.live.text.empty() ? StateTold{Mark::Concern, in(Msg::EffortNoProof)} : StateTold{Mark::Done, in(Msg::EffortShown)};
    const auto option = std::ranges::find(point.item->options, *point.state, &pilar::Option::code);
    const auto label = option == point.item->options.end() ? std::string() : option->label.in(lang_);
    return {*point.state == kFullPoint ? Mark::Done : Mark::Open, label};
  }

  void draw_section(html::Out& o, std::size_t section) const {
    std::vector<const EffortPoint*> points;
    std::int64_t score = 0;
    for (const auto& point : points_)
      if (point.item->section == section) {
        points.push_back(&point);
        score += point.state.value_or(0);
      }
    if (points.empty()) return;
    const auto full = static_cast<std::int64_t>(points.size()) * kFullPoint;
    const auto title = form_.sections[section].title.in(lang_);
    const auto scored = last_ ? say(lang_, Msg::EffortScore, {title, format::number(lang_, score), format::number(lang_, full)}) : title;
    const TableHead head{.caption = title,
                         .columns = {{in(Msg::EffortPoint)}, {in(Msg::CommonState)}, {in(Msg::EffortWritten)}, {in(Msg::EffortLive)}},
                         .stacks = true};
    draw_card(o, {.title = scored}, [&] {
      draw_table(o, head, [&](Rows& rows) {
        for (const auto* point : points) rows.row([&](Row& row) { draw_point(o, row, *point); });
      });
    });
  }

  void draw_point(html::Out& o, Row& row, const EffortPoint& point) const {
    row.name(point.item->label.in(lang_));
    row.cell([&] {
      const auto told = state_of(point);
      draw_badge(o, told.mark, told.words);
    });
    row.cell(point.written.empty() ? std::string(format::kNone) : point.written);
    row.cell([&] {
      if (point.live.text.empty()) return o.text(format::kNone);
      o.el("a", {{"href", point.live.href}}, point.live.text);
    });
  }

  const Visit& visit_;
  Lang lang_;
  const Instrument& form_;
  const std::optional<app::WholeRecord>& last_;
  const EffortFacts& facts_;
  std::vector<EffortPoint> points_;
};

/// The latest valid review; empty where there is none.
Result<std::optional<app::WholeRecord>> read_last_review(const Visit& visit, const Node& node) {
  std::optional<app::WholeRecord> last;
  const auto day = app::last_record_day(visit.context, *visit.scope, kEffortForm, node.key);
  if (!day) return last;
  auto page = app::list_whole_records(
      visit.context, *visit.scope,
      {.instrument = std::string(kEffortForm), .place = node.key, .from = *day, .to = {day->value + 1}, .state = RecordState::Valid});
  if (!page) return std::unexpected(page.error());
  for (auto& record : page->records)
    if (!last || last->record.at < record.record.at) last = std::move(record);
  return last;
}

http::Reply answer_effort(const Visit& visit, const std::function<http::Reply(const EffortPage&, const Node&)>& answer) {
  const auto* node = asked_place(visit);
  if (node == nullptr) return refuse_result(visit, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat", {}}});
  if (node->kind != NodeKind::Facility) return refuse_result(visit, {{Problem::Kind::Invalid, Msg::IndicatorNotFacility, "tempat", {}}});
  const auto* version = visit.reference->latest(kEffortForm);
  if (version == nullptr) return refuse_result(visit, {{Problem::Kind::NotFound, Msg::EffortMissing, "", {}}});
  const auto today = civil_day(visit.context.clock.now(), node->zone);
  const auto reports = app::read_month_reports(visit.context, *visit.scope, node->key, {month_of(today).value - 1}, kEffortMonths);
  if (!reports) return refuse_result(visit, reports.error());
  const auto year = app::read_yearly(visit.context, *visit.scope, {.facility = node->key, .year = civil(today).year});
  if (!year) return refuse_result(visit, year.error());
  const auto last = read_last_review(visit, *node);
  if (!last) return refuse_result(visit, last.error());
  return answer(EffortPage(visit, *version, *last, {visit.lang, *node, *reports, *year}), *node);
}

http::Reply get_effort(const Visit& visit) {
  return answer_effort(visit, [](const EffortPage& page, const Node&) { return html_page(200, page.draw()); });
}
http::Reply effort_file(const Visit& visit, FileKind kind) {
  return answer_effort(
      visit, [&](const EffortPage& page, const Node& node) { return table_reply("upaya-mutu-" + node.code, page.table(), kind); });
}

constexpr std::array kEffortRoutes{
    Route{http::Method::Get, "/indikator/upaya-mutu", May::ReadRecords, Work::Blocking, &get_effort,
          "The nineteen points of quality improvement with their written and live proof."},
    csv_route<effort_file>("/indikator/upaya-mutu/data.csv", May::ReadRecords),
    workbook_route<effort_file>("/indikator/upaya-mutu/data.xlsx", May::ReadRecords),
};

}  // namespace

std::span<const Route> effort_routes() { return kEffortRoutes; }

std::string effort_href(const Node& facility) { return "/indikator/upaya-mutu?tempat=" + http::percent_encode(facility.code); }

}  // namespace pilar::web
