#include "web/yearly_course.h"

#include <algorithm>
#include <cmath>

#include "i18n/format.h"
#include "i18n/words/common.h"
#include "i18n/words/indicator.h"
#include "i18n/words/result.h"
#include "i18n/words/sasaran.h"
#include "i18n/words/table.h"
#include "web/charts.h"
#include "web/frame.h"
#include "web/kamus_words.h"
#include "web/result_words.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// Ends of the axis lie on round numbers.
constexpr double kAxisStep = 20;

std::string course_href(const app::YearlyView& view, const app::YearlyCourse& course) {
  return "/hasil/" + course.version->form.key + "?tempat=" + http::percent_encode(view.node().code) + "&ukuran=" + course.measure->key;
}

void draw_course_row(html::Out& o, Row& row, Lang lang, const app::YearlyView& view, const app::YearlyCourse& course) {
  const auto* month = month_that_stands(course);
  row.name(course.measure->title.in(lang), course_href(view, course));
  if (month == nullptr) return;
  const auto told = tell_course(lang, course, *month);
  row.cell(format::month(lang, month->month));
  row.cell([&] {
    o.text(told.point ? told.value : std::string(format::kNone));
    if (!told.cases.empty()) o.el("small", {}, told.cases);
  });
  row.cell(told.expected.empty() ? std::string(format::kNone) : told.expected);
  row.cell([&] { draw_badge(o, told.mark, told.state); });
}

/// "Cakupan ibu hamil: 51,6% sampai Juni 2026, seharusnya 50,0%".
std::string course_finding(Lang lang, const app::YearlyCourse& course, const app::CourseMonth& month, const CourseTold& told) {
  const auto title = course.measure->title.in(lang);
  if (!told.point) return say(lang, Msg::SasaranFindingNone, {title, told.state});
  const auto until = format::month(lang, month.month);
  if (told.expected.empty()) return say(lang, Msg::SasaranFindingPlain, {title, told.value, until});
  return say(lang, Msg::SasaranFinding, {title, told.value, until, told.expected});
}

LineChart course_chart(Lang lang, const app::YearlyView& view, const app::YearlyCourse& course) {
  LineChart chart;
  Line coverage{words(lang, Msg::SasaranCoverage), {}, false}, expected{words(lang, Msg::SasaranExpected), {}, true};
  double highest = 100;
  const auto january = month_of(*make_day(view.year, 1, 1));
  for (std::size_t i = 0; i < static_cast<std::size_t>(kMonthsAYear); ++i) {
    const Month month{january.value + static_cast<std::int32_t>(i)};
    chart.ticks.push_back(format::short_month(lang, month));
    expected.values.push_back(course.measure->target ? std::optional(expected_by(*course.measure->target, static_cast<int>(i) + 1))
                                                     : std::nullopt);
    if (expected.values.back()) highest = std::max(highest, *expected.values.back());
    if (i >= course.months.size()) {
      coverage.values.emplace_back();
      chart.cases.emplace_back(format::kNone);
      continue;
    }
    const auto& one = course.months[i];
    const auto told = tell_course(lang, course, one);
    coverage.values.push_back(told.point);
    if (told.point) highest = std::max(highest, *told.point);
    chart.cases.push_back(say(lang, Msg::SasaranMonthCases, {told.reached, told.cases.empty() ? told.state : told.cases}));
    if (one.running) chart.open_from = std::min(chart.open_from, i);
  }
  chart.lines.push_back(std::move(coverage));
  if (course.measure->target) chart.lines.push_back(std::move(expected));
  chart.axis = {0, std::ceil(highest / kAxisStep) * kAxisStep};
  chart.unit = {"%", 1};
  return chart;
}

void draw_course(html::Out& o, Lang lang, const app::YearlyView& view, const app::YearlyCourse& course, std::size_t number) {
  const auto* month = month_that_stands(course);
  if (month == nullptr) return;
  const auto told = tell_course(lang, course, *month);
  if (!told.point) return;
  auto chart = course_chart(lang, view, course);
  chart.id = "cakupan-" + std::to_string(number);
  chart.finding = course_finding(lang, course, *month, told);
  chart.measure = words(lang, Msg::SasaranMeasure);
  chart.source.push_back(told.state);
  chart.source.push_back(version_words(lang, course.version->form) +
                         (course.version->form.mark.empty() ? "" : ", " + course.version->form.mark.in(lang)));
  draw_lines(o, lang, chart);
}

TableCell whole_cell(const std::optional<std::int64_t>& value) { return value ? TableCell(Decimal::whole(*value)) : TableCell(); }

std::vector<TableCell> course_cells(Lang lang, const app::YearlyCourse& course, const app::CourseMonth& month) {
  const auto told = tell_course(lang, course, month);
  const auto& share = month.reading.share;
  return {course.measure->title.in(lang),
          iso(month.month),
          whole_cell(month.reached),
          month.any ? TableCell(Decimal::whole(share.numerator)) : TableCell(),
          course.has_target_number ? TableCell(Decimal::whole(share.denominator)) : TableCell(),
          told.point ? TableCell(rounded(*told.point)) : TableCell(),
          month.expected ? TableCell(rounded(*month.expected)) : TableCell(),
          told.state};
}

}  // namespace

void draw_courses(html::Out& o, Lang lang, const app::YearlyView& view, const YearlyAddress& address) {
  if (view.courses.empty() || view.year > view.running_year) return;
  const TableHead head{.caption = words(lang, Msg::SasaranCourses),
                       .columns = {{words(lang, Msg::KamusIndicator)},
                                   {words(lang, Msg::SasaranUntil)},
                                   {words(lang, Msg::SasaranCoverage), true},
                                   {words(lang, Msg::SasaranExpected), true},
                                   {words(lang, Msg::CommonState)}},
                       .stacks = true};
  draw_card(o, {.title = words(lang, Msg::SasaranCourses), .note = words(lang, Msg::SasaranCoursesNote)}, [&] {
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& course : view.courses) rows.row([&](Row& row) { draw_course_row(o, row, lang, view, course); });
    });
    o.el("p", {{"class", "note"}}, [&] {
      o.el("a", {{"href", address.href("/cakupan.xlsx")}}, words(lang, Msg::ResultWorkbook));
      o.text(" ");
      o.el("a", {{"href", address.href("/cakupan.csv")}}, words(lang, Msg::ResultDownload));
    });
  });
  for (std::size_t i = 0; i < view.courses.size(); ++i) draw_course(o, lang, view, view.courses[i], i + 1);
}

Table course_table(Lang lang, const app::YearlyView& view) {
  using enum TableColumn::Kind;
  constexpr int kDigits = 4;
  Table out{.caption = words(lang, Msg::SasaranCourses) + ", " + view.node().name};
  out.notes = {{words(lang, Msg::SasaranYear), std::to_string(view.year)},
               {words(lang, Msg::TableAsOf), as_of(lang, view.as_of, view.node().zone)}};
  out.columns = {{words(lang, Msg::KamusIndicator)},
                 {words(lang, Msg::ResultMonth)},
                 {words(lang, Msg::SasaranReached), Number},
                 {words(lang, Msg::SasaranCumulative), Number},
                 {words(lang, Msg::SasaranWhich), Number},
                 {words(lang, Msg::SasaranCoverage), Number, kDigits, "%"},
                 {words(lang, Msg::SasaranExpected), Number, kDigits, "%"},
                 {words(lang, Msg::CommonState)}};
  out.rows = [&view, lang](const OnTableRow& write) {
    for (const auto& course : view.courses)
      for (const auto& month : course.months) write(course_cells(lang, course, month));
  };
  return out;
}

}  // namespace pilar::web
