#include "web/yearly_words.h"

#include <algorithm>

#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/indicator.h"
#include "i18n/words/result.h"
#include "i18n/words/sasaran.h"
#include "web/kamus_words.h"
#include "web/result_address.h"
#include "web/words.h"

namespace pilar::web {

std::string YearlyAddress::href(std::string_view below) const {
  std::string out =
      "/indikator/sasaran" + std::string(below) + "?tempat=" + http::percent_encode(node->code) + "&tahun=" + std::to_string(year);
  if (all) out += "&lihat=semua";
  if (unit != nullptr) out += "&unit=" + http::percent_encode(unit->code);
  return out;
}

app::YearlyQuery YearlyAddress::query() const {
  app::YearlyQuery query{.facility = node->key, .year = year, .all = all};
  if (unit != nullptr) query.units = {unit->key};
  return query;
}

Result<YearlyAddress> read_yearly_address(const Visit& visit) {
  const auto asked = [&](std::string_view name) { return visit.form.empty() ? visit.request.param(name) : visit.field(name); };
  YearlyAddress address{asked_place(visit)};
  if (address.node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  constexpr std::int64_t kLatestYear = 9999;
  const auto today = civil_day(visit.context.clock.now(), address.node->zone);
  address.year = civil(today).year;
  if (const auto year = asked("tahun"); !year.empty()) {
    const auto number = parse_int(year);
    // What is no year is as far from being offered as the year 0.
    address.year = static_cast<int>(std::clamp<std::int64_t>(number.value_or(0), 0, kLatestYear));
    if (auto wrong = app::check_yearly_year(address.year, today); !wrong) return std::unexpected(std::move(wrong.error()));
  }
  address.all = asked("lihat") == "semua";
  const auto unit = read_unit(visit, *address.node, asked("unit"));
  if (!unit) return std::unexpected(unit.error());
  address.unit = *unit;
  return address;
}

std::vector<Option> year_options(Lang lang, Day today) {
  const auto running = civil(today).year;
  std::vector<Option> years;
  for (int year = newest_yearly(today); year >= running - app::kYearsBack; --year) {
    const auto number = std::to_string(year);
    years.push_back({number, year > running ? say(lang, Msg::SasaranPlannedYear, {number}) : number});
  }
  return years;
}

std::string since_words(Lang lang, const app::YearlyNumber& number, Day today) {
  const auto day = format::date(lang, number.moment.day);
  return today < number.moment.day ? say(lang, Msg::SasaranCountsFrom, {day}) : day;
}

std::string unit_words(Lang lang, const Unit* unit) { return unit == nullptr ? words(lang, Msg::SasaranWhole) : unit->name; }

std::string line_words(Lang lang, const app::YearlyLine& line) {
  const auto label = line.item->label.in(lang);
  return line.place == nullptr ? label : label + ", " + line.place->name;
}

std::string number_words(Lang lang, const app::YearlyLine& line, const Decimal& value) {
  const auto number = format::number(lang, value, line.item->digits);
  return line.item->unit.empty() ? number : number + " " + line.item->unit;
}

std::string kind_of_number(Lang lang, const app::YearlyNumber& number) {
  return words(lang, number.origin ? title_of(yearly_kinds(), number.origin->kind) : Msg::SasaranNotSaid);
}

std::string source_of_number(Lang lang, const app::YearlyNumber& number) {
  if (number.origin) return number.origin->source;
  return number.form_source.empty() ? words(lang, Msg::SasaranNotSaid) : number.form_source;
}

std::string uses_words(Lang lang, const app::YearlyLine& line) {
  std::string out;
  for (const auto& use : line.uses) out += (out.empty() ? "" : ", ") + use.in(lang);
  return out;
}

namespace {

/// Why there is no coverage.
Message why_no_coverage(const app::YearlyCourse& course, const app::CourseMonth& month) {
  if (!course.has_target_number) return Msg::SasaranNoNumberYet;
  return month.any ? Msg::IndicatorNoCases : Msg::IndicatorNotCollected;
}

Message verdict_of(const app::YearlyCourse& course, const app::CourseMonth& month) {
  if (month.running) return Msg::SasaranRunning;
  if (!course.measure->target || !month.on_the_way) return Msg::SasaranNoGoal;
  return *month.on_the_way ? Msg::SasaranOnTheWay : Msg::SasaranBehind;
}

Mark mark_of(const app::CourseMonth& month, bool over) {
  if (over) return Mark::Concern;
  if (!month.on_the_way) return Mark::Open;
  return *month.on_the_way ? Mark::Done : Mark::Concern;
}

}  // namespace

CourseTold tell_course(Lang lang, const app::YearlyCourse& course, const app::CourseMonth& month) {
  CourseTold told;
  const auto& share = month.reading.share;
  told.reached = month.reached ? format::number(lang, *month.reached) : words(lang, Msg::IndicatorNotCollected);
  if (month.expected) told.expected = format::number(lang, *month.expected, 1) + "%";
  if (!course.has_target_number || !month.any || share.denominator <= 0) {
    told.state = words(lang, why_no_coverage(course, month));
    told.mark = course.has_target_number ? Mark::Open : Mark::Concern;
  } else {
    told.point = *share.value() * 100;
    told.value = format::percent(lang, share.numerator, share.denominator);
    told.cases = say(lang, Msg::SasaranOfTarget, {format::number(lang, share.numerator), format::number(lang, share.denominator)});
    told.over = is_over(share);
    told.mark = mark_of(month, told.over);
    told.state = words(lang, verdict_of(course, month));
    if (told.over) told.state += "; " + words(lang, Msg::SasaranOver);
  }
  if (month.gaps > 0 && month.any) told.state += "; " + say(lang, Msg::SasaranGaps, {format::number(lang, std::int64_t{month.gaps})});
  return told;
}

const app::CourseMonth* month_that_stands(const app::YearlyCourse& course) {
  if (const auto* judged = course.judged()) return judged;
  return course.months.empty() ? nullptr : &course.months.back();
}

}  // namespace pilar::web
