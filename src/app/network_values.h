#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/indicator.h"
#include "domain/reading.h"
#include "domain/report.h"
#include "store/cell_store.h"

namespace pilar::app {

/// Whole months, half-open.
struct MonthRange {
  Month from, to;
  bool operator==(const MonthRange&) const = default;
};

/// A measure that is read over a set of facilities.
struct NetworkMeasure {
  const InstalledVersion* form = nullptr;
  const Measure* measure = nullptr;
  std::vector<FacilityKey> facilities{};  ///< whose records count, ascending
  std::vector<std::pair<const InstalledVersion*, const Measure*>> parts{};  ///< of a sum of indicators: what it adds up
  /// Of a duration within a limit only the share and how many there were: median, 90th percentile and mean stand in dozens of bins a
  /// facility.
  bool share_only = false;
};

/// Which place in a list a facility has: one look for each cell, however many facilities there are.
class FacilitySlots {
 public:
  FacilitySlots() = default;
  /// Ascending keys; all in one slot, or each in its own.
  FacilitySlots(std::span<const FacilityKey> facilities, bool apart);
  std::optional<std::size_t> find(FacilityKey facility) const;

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  std::int32_t first_ = 0;
  std::vector<std::uint32_t> slots_{};  ///< by key, from `first_` on
};

/// What the line's value is added up of; nothing where it is no sum of indicators.
std::vector<std::pair<const InstalledVersion*, const Measure*>> summed_parts(const KamusView& kamus, const KamusLine& line);

/// What is read of a measure, for all its facilities together or for one of them.
struct NetworkValue {
  std::int64_t records = 0;
  MeasureReading reading{};
};

/// Values of many measures over many facilities and periods, read in a number of statements that grows with series and months but not
/// with facilities. Each value is what the result page of the same place and period shows.
class NetworkValues {
 public:
  enum class Facilities : std::uint8_t { Together, Apart };

  /// The measures and their forms must outlive it. Ranges are one year at most, in order, and do not overlap.
  NetworkValues(const Reference& reference, std::vector<NetworkMeasure> measures, std::vector<MonthRange> ranges, Facilities facilities);

  void gather(store::Tx& tx);

  std::span<const NetworkMeasure> measures() const { return measures_; }
  std::span<const MonthRange> ranges() const { return ranges_; }
  /// Of all facilities of the measure; only where they are read together.
  NetworkValue value(std::size_t measure, std::size_t range) const;
  /// Of the facility at this place in the measure's list; only where they are read apart.
  NetworkValue value(std::size_t measure, std::size_t facility, std::size_t range) const;

 private:
  /// Where a series counts: it may feed several measures.
  struct Use {
    std::size_t measure = 0;
    std::string name{};
    Aggregation aggregation = Aggregation::Flow;
  };
  /// What one measure is read from; a slot is a facility, or all of them.
  struct Shelf {
    bool cumulative = false;
    FacilitySlots slots{};
    std::vector<Sums> sums{};        ///< slot by slot, one a range
    std::vector<Reports> reports{};  ///< one a slot
  };

  void shelve(const Reference& reference, std::size_t measure, Facilities facilities);
  std::size_t slots_of(std::size_t measure) const { return shelves_[measure].reports.size(); }
  void add_cell(const store::CellRow& row);
  void add_to(const Use& use, std::size_t slot, const store::CellRow& row);
  void add_report(const CellKey& key, const Cell& cell);
  void take_reports();
  std::vector<FacilityKey> all_facilities() const;
  store::CellPart part_needed() const;
  NetworkValue read(std::size_t measure, std::size_t slot, std::size_t range) const;

  std::vector<NetworkMeasure> measures_;            ///< as asked for, then the parts of sums
  std::map<std::size_t, std::vector<std::size_t>> parts_{};  ///< of each sum, where they stand
  std::vector<MonthRange> ranges_;
  std::vector<Shelf> shelves_{};
  std::map<SeriesKey, std::vector<Use>> cells_{}, reports_{};
};

}  // namespace pilar::app
