#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/time.h"
#include "domain/expression.h"
#include "domain/validation_rule.h"
#include "i18n/lang.h"

namespace pilar {

enum class ItemKind : std::uint8_t { Choice, Multiple, Scale, Number, Date, Time, Instant, Text, Photo, YesNo, Calculation, Person };

/// How a series adds up over time and units; the numbers are stored.
enum class Aggregation : std::uint8_t {
  Flow = 1,            ///< sums over time and units: visits, answers
  State = 2,           ///< latest in time, summed over units: members, staff present
  YearlyTarget = 3,    ///< entered once a year; numerators over it accumulate through the year
  DistinctPersons = 4  ///< each person once per facility and month
};
enum class Pillar : std::uint8_t { Peserta, Ppk, Asuradur };

struct Option {
  std::string key;        ///< stable name, used by expressions, imports and the API
  std::int32_t code = 0;  ///< the bucket of its cell; >= 0 and unique in the item
  Words label{};
  bool not_applicable = false;  ///< counted apart, never in a denominator ("tidak berlaku")
};

struct Item {
  std::string key;
  ItemKind kind = ItemKind::Text;
  Words label{}, hint{}, help{};
  std::string source{};     ///< regulation or document the wording comes from
  std::size_t section = 0;  ///< index into Instrument::sections
  bool required = false;
  bool may_be_not_observed = false, may_be_not_applicable = false;
  std::vector<Option> options{};  ///< Choice, Multiple, Scale, YesNo
  int digits = 0;                 ///< Number, Calculation: digits after the point, 0..6
  std::optional<Decimal> low{}, high{};
  std::string unit{};             ///< unit of measurement, e.g. "menit"
  Aggregation aggregation = Aggregation::Flow;  ///< State, YearlyTarget: Number, Calculation; DistinctPersons: Person
  bool distribution = false;  ///< Number, Calculation: kept in logarithmic bins (bins.h), so that quantiles can be read
  std::vector<Decimal> limits{};  ///< "within" of its duration measures, each counted by a series of its own
  std::size_t max_length = 2000;  ///< Text: code points
  bool may_lie_ahead = false;     ///< Instant: may be after it is entered, as a booking is; others may not
  expression::Program relevance{}, constraint{}, calculation{};
  Words constraint_message{};
  std::vector<std::size_t> by{};  ///< breakdown: Choice items, earlier or later, by whose options this item is also counted
};

struct Section {
  std::string key;
  Words title{}, hint{};
  int step = 1;  ///< page of a public form; step 1 is sent at once, later steps are optional
};

enum class MeasureKind : std::uint8_t { Rating, Skm, Share, Sum, Ratio, Duration };

/// Which way is the good one.
enum class Better : std::uint8_t { Higher, Lower, Neither };

/// How the result page reads the cells of the instrument.
struct Measure {
  std::string key;
  MeasureKind kind = MeasureKind::Share;
  Words title{}, meaning{};
  std::vector<std::string> items{};  ///< Rating: one; Skm: the unsur; Share: one or more; Sum, Duration: one
  std::string numerator{}, denominator{};  ///< Ratio: Number items
  bool complement = false;  ///< Ratio: 1 - numerator/denominator
  int per = kPercent;       ///< Ratio: the value is numerator/denominator times this; 1 is an average, 1000 a rate
  std::string unit{};       ///< Ratio that is no percentage: its unit of measurement
  std::vector<std::string> positive{};  ///< Share: option keys that count as numerator
  std::optional<Decimal> within{};  ///< Duration: the limit, in the item's unit, included
  std::optional<Decimal> target{};  ///< in the measure's own unit (percent where is_share())
  std::optional<Better> better{};   ///< where it is not as better_of() says by the kind
  std::optional<int> minimum{};  ///< respondents needed a month (min(minimum, visits)); KESSAN: 30
  std::string visits{};  ///< "instrument/item" whose monthly sum is the number of visits

  static constexpr int kPercent = 100;
};

/// A versioned form: survey, checklist, register, tally, report. Content, not code.
struct Instrument {
  std::string key;
  int version = 1;
  Words title{}, purpose{};
  std::string source{};
  Words mark{};  ///< e.g. "susunan Pilar": shown wherever the instrument is shown
  Pillar pillar = Pillar::Peserta;
  std::optional<Day> valid_from{};
  bool is_public = false;  ///< may be answered without an account
  std::vector<Section> sections{};
  std::vector<Item> items{};
  std::vector<Measure> measures{};
  std::vector<Rule> rules{};  ///< what a sound record keeps; breaking one is a warning
  std::string content{};  ///< the pack text it was read from
  std::string over{};     ///< of a formula: the instrument whose records it counts; empty for a form that is filled in

  const Item* find(std::string_view item_key) const;
  std::optional<std::size_t> index_of(std::string_view item_key) const;
  bool asks_for(ItemKind kind) const;
};

const Option* find_option(const Item& item, std::string_view key);
const Option* find_option(const Item& item, std::int32_t code);
bool is_coded(ItemKind kind);  ///< answered by an option: Choice, Scale, YesNo
bool is_numeric(ItemKind kind);  ///< Number, Calculation
/// A numerator over a denominator: Share, Ratio, and Duration with a limit.
bool has_share(const Measure& measure);
/// The same, read in per cent.
bool is_share(const Measure& measure);
/// As the measure says, else by its kind: more of a sum is neither good nor bad, a shorter time is better, of anything else more is.
Better better_of(const Measure& measure);
bool is_kept(Aggregation aggregation);  ///< State, YearlyTarget: reports that replace each other, never summed over time

/// The symbols an expression may use: the first `count` items, in order. Choice and yes/no are texts (their option's key), a person
/// the text "ada", scales their code; a time of day and an instant are numbers of seconds (since midnight, since 1970 UTC).
std::vector<expression::Symbol> symbols_of(const std::vector<Item>& items, std::size_t count);

}  // namespace pilar
