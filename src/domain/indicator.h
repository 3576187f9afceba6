#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/time.h"
#include "domain/formula.h"
#include "domain/instrument.h"
#include "i18n/named.h"

namespace pilar {

/// What an indicator looks at (Donabedian).
enum class IndicatorType : std::uint8_t { Structure, Process, Outcome };
enum class IndicatorStage : std::uint8_t { Input, Process, Output, Outcome };
/// Administrasi dan manajemen, upaya kesehatan masyarakat, upaya kesehatan perseorangan, kepemimpinan dan manajemen Puskesmas.
enum class ServiceArea : std::uint8_t { Admen, Ukm, Ukp, Kmp };
/// The smallest part of a facility that has a value of its own. An officer's value is for that officer and the direct superior.
enum class IndicatorLevel : std::uint8_t { Facility, Unit, Officer };

std::span<const NamedValue<IndicatorType>> indicator_types();
std::span<const NamedValue<IndicatorStage>> indicator_stages();
std::span<const NamedValue<ServiceArea>> service_areas();
std::span<const NamedValue<Better>> directions();
std::span<const NamedValue<IndicatorLevel>> indicator_levels();
std::span<const NamedValue<Pillar>> pillars();

/// Upaya pencapaian: what will be done, and by whom.
struct Effort {
  Words what{}, who{};
  bool operator==(const Effort&) const = default;
};

/// How often it is collected, analysed and reported; in months.
struct Rhythm {
  int collect = 1, analyse = 1, report = 3;
};

/// What another system calls the parts of an indicator's value. Codes or identifiers, as that system has them.
struct IndicatorCode {
  std::string system{};                    ///< "dhis2"
  std::string numerator{}, denominator{};  ///< of a share or ratio
  std::string value{};                     ///< the value itself; of anything but a share or ratio the only part
  std::string option{};                    ///< of DHIS2: the category option combo of them all; empty: its default
  std::string set{};                       ///< of DHIS2: the data set they are complete in
  bool operator==(const IndicatorCode&) const = default;
};

/// The profile of one quality indicator (kamus indikator), one version of it: the fields of the profile form of PMK 30/2022. Content.
struct Indicator {
  std::string key;
  int version = 1;
  std::optional<Day> valid_from{};  ///< values of earlier days keep the version before
  Words title{}, rationale{}, aim{}, definition{};
  IndicatorType type = IndicatorType::Process;
  std::optional<IndicatorStage> stage{};
  ServiceArea area = ServiceArea::Ukp;
  Pillar pillar = Pillar::Ppk;
  int safety_goal = 0;             ///< sasaran keselamatan pasien 1-6; 0: none
  std::vector<std::string> tags{};  ///< "dimensi-mutu/efektif": a tag of a set
  std::string formula{};           ///< "laboratorium/lama_darah": the measure of an instrument that gives its value, or empty for
  std::optional<Formula> records{};  ///< ... a formula of its own over the records of an instrument, or
  bool tally = false;                ///< ... numbers counted by hand and entered day by day, or
  std::vector<std::string> sum_of{};  ///< ... the other indicators, by their keys, whose numerators and denominators are added up
  Words numerator{}, denominator{}, inclusion{}, exclusion{};
  std::optional<Decimal> target{};  ///< in the measure's unit; empty: the measure's own
  Words method{}, data_source{}, sample{}, sampling{}, presentation{}, responsible{};
  Rhythm rhythm{};
  IndicatorLevel level = IndicatorLevel::Facility;
  std::vector<std::string> facility_types{};  ///< keys of facility_types(); empty: all
  bool mandatory = false;                     ///< every facility of these types uses it
  std::vector<Effort> efforts{};
  std::vector<IndicatorCode> codes{};  ///< at most one a system
  std::string source{};
  Words mark{};           ///< e.g. "perlu dikonfirmasi": shown wherever the indicator is
  std::string content{};  ///< the text it was read from

  /// The formula by which its value is counted; empty where it is a measure of an instrument or a sum of other indicators.
  std::optional<Formula> counted() const;
  /// Where its results are read: "laboratorium/lama_darah", or "f0123456789ab/nilai" of a formula; empty for a sum of indicators.
  std::string path() const;
  /// "laboratorium" and "lama_darah"; both empty where the formula is not of that form.
  std::string_view instrument() const;
  std::string_view measure() const;
  /// Null where that system has no code for it.
  const IndicatorCode* code_in(std::string_view system) const;
};

/// The instrument by which numbers counted by hand are entered, and its items.
inline constexpr std::string_view kDailyCount = "sensus-harian", kCountIndicator = "indikator", kCountNumerator = "pembilang",
                                  kCountDenominator = "penyebut";

/// Whether its value comes about in exactly one way: by a measure, a formula of its own, counts by hand or other indicators.
bool has_one_formula(const Indicator& indicator);

/// Whether a facility of this type is meant.
bool is_for(const Indicator& indicator, std::string_view facility_type);

/// A set of words by which indicators are ordered: dimensions of quality, sasaran. Content.
struct Tag {
  std::string key;
  Words label{};
  std::string group{};                ///< within the set, such as "input"; may be empty
  std::vector<std::string> like{};    ///< "set/tag" of the nearest tags in another set; empty: none has its meaning
};
struct TagSet {
  std::string key;
  Words title{};
  std::string source{};
  Words mark{};
  std::string compared{};  ///< the set that `like` of its tags speaks of; empty: they are compared with none
  std::vector<Tag> tags{};
  std::string content{};
};
const Tag* find_tag(const TagSet& set, std::string_view key);
/// The tag of "set/tag"; null where there is none.
const Tag* find_tag(std::span<const TagSet> sets, std::string_view path);

/// What forbids publishing it after `before` (null: its first version): problems with the field's name.
Problems check_indicator(const Indicator& indicator, const Indicator* before);

}  // namespace pilar
