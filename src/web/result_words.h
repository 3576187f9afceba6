#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/result.h"
#include "web/charts.h"

namespace pilar::web {

/// Fewer answers than this are shown hollow and in brackets.
inline constexpr std::int64_t kFew = 30;

/// A measure's figure as people read it; the same wherever it stands.
struct Told {
  std::string value{}, cases{}, interval{};     ///< "4,3", "66 jawaban", "selang 95%: 4,1–4,5"; interval may be empty
  std::optional<double> point{};                ///< in the unit that is shown (per cent for shares); empty: nothing counted
  std::optional<math::Interval> reach{};        ///< 95 %, same unit
  std::int64_t n = 0;                           ///< answers or records it rests on
  std::string also{};                           ///< of durations: median and p90; else empty
  bool over = false;                            ///< a share above 100 %, which is said wherever its value stands
};
Told tell(Lang lang, const Instrument& form, const MeasureReading& reading);

/// How values of the measure are written in a chart, and its natural ends: 1–5, 25–100, 0–100; of a sum, 0 to above `highest`.
ValueFormat unit_of(const Instrument& form, const Measure& measure);
/// Whether its values have no natural end: sums, times, rates.
bool is_open_ended(const Measure& measure);
Axis axis_of(const Instrument& form, const Measure& measure, double highest);

/// "≥ 85%", "≤ 5%"; the measure has a target.
std::string target_words(Lang lang, const Instrument& form, const Measure& measure);

/// The months since the last answer was due, in words.
struct NeedTold {
  Mark mark = Mark::None;
  std::string words{}, note{};
};
NeedTold tell(Lang lang, const Need& need);

/// Short name of an item: of an unsur of SKM the name of the regulation, else its label.
std::string name_of(Lang lang, const Measure* measure, const Item& item);
std::string form_href(const Instrument& form);  ///< where it is read what is asked, or what a formula counts
std::string version_words(Lang lang, const Instrument& form);  ///< "Kesan setelah layanan, versi 1"
std::string period_words(Lang lang, Period period);  ///< "Oktober 2026", "Mei–Oktober 2026", "9–20 Februari 2026"
/// Whether it begins and ends with a month.
bool is_whole_months(Period period);
/// First and last month or day as they stand in addresses and tables: "2026-05" and "2026-10", "2026-02-09" and "2026-02-20".
std::pair<std::string, std::string> period_ends(Period period);
std::string records_words(Lang lang, const Instrument& form, std::int64_t count);  ///< "66 jawaban", "3 isian"

/// "A, Sangat baik".
std::string grade_words(Lang lang, math::SkmGrade grade);
/// Positions of the three lowest unsur and all that tie with the third; empty when all are equal.
std::vector<std::size_t> priorities(const math::Skm& skm);
/// "23,5 menit"; a dash where there is none.
std::string duration_words(Lang lang, const Item& item, const std::optional<double>& value);
/// "dalam 60 menit"; the measure has a limit.
std::string within_words(Lang lang, const Instrument& form, const Measure& measure);
/// The one item of a measure that has one.
const Item& first_item(const Instrument& form, const Measure& measure);
/// An exact total with its unit.
std::string total_words(Lang lang, const std::optional<Decimal>& total);

}  // namespace pilar::web
