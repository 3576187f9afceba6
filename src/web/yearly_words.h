#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/yearly.h"
#include "web/components.h"
#include "web/forms.h"
#include "web/route.h"

/// What the pages of yearly targets have in common: their address, and a number and a coverage in words.
namespace pilar::web {

/// /indikator/sasaran?tempat=melati&tahun=2026&lihat=semua&unit=poli
struct YearlyAddress {
  const Node* node = nullptr;
  int year = 1970;
  bool all = false;
  const Unit* unit = nullptr;

  std::string href(std::string_view below = {}) const;
  app::YearlyQuery query() const;
  /// Whether the line is of the chosen unit.
  bool shows(const app::YearlyLine& line) const { return unit == nullptr || line.unit == unit->key; }
};
/// The place, year and choices that the address (of a form: its fields) names; without a year the running one. Problems: an unknown
/// place or unit, a year that cannot be read or is not offered.
Result<YearlyAddress> read_yearly_address(const Visit& visit);
/// The years on offer, the newest first; one that has not begun says so.
std::vector<Option> year_options(Lang lang, Day today);
/// The day of the number; "berlaku mulai 1 Januari 2027" where that has not come.
std::string since_words(Lang lang, const app::YearlyNumber& number, Day today);

/// "Sasaran balita"; with several units, "Sasaran balita, Posyandu Mawar".
std::string line_words(Lang lang, const app::YearlyLine& line);
std::string unit_words(Lang lang, const Unit* unit);  ///< "seluruh fasilitas" for none
/// "1.250 orang".
std::string number_words(Lang lang, const app::YearlyLine& line, const Decimal& value);
std::string kind_of_number(Lang lang, const app::YearlyNumber& number);  ///< "proyeksi", "tidak disebut"
/// The document, or what the instrument's own form says; "tidak disebut" for neither.
std::string source_of_number(Lang lang, const app::YearlyNumber& number);
/// Titles of what is computed over it: "Cakupan ibu hamil, SPM ibu hamil".
std::string uses_words(Lang lang, const app::YearlyLine& line);

/// A coverage at the end of a month in words; one of the four states, and whether it is on the way.
struct CourseTold {
  std::optional<double> point{};  ///< per cent, never capped; empty: no sasaran, no cases, or not collected
  std::string value{}, cases{};   ///< "51,6%", "6.892 dari 13.344"
  std::string reached{};          ///< in the month: "120", "0", "belum dikumpulkan"
  std::string expected{};         ///< "50,0%"; empty without a target
  std::string state{};            ///< "di jalur", "belum di jalur", "bulan berjalan", "sasaran belum diisi", ...
  Mark mark = Mark::None;
  bool over = false;
};
CourseTold tell_course(Lang lang, const app::YearlyCourse& course, const app::CourseMonth& month);
/// The month that stands for the coverage: the last one judged, else the last one.
const app::CourseMonth* month_that_stands(const app::YearlyCourse& course);

}  // namespace pilar::web
