#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/import_report.h"
#include "app/record.h"
#include "interchange/import_profile.h"
#include "interchange/table_reader.h"
#include "interchange/xlsx_value.h"

namespace pilar::app {

/// One row of a file as a record, or everything that is wrong with it.
struct ImportedRow {
  NewRecord record{};
  std::vector<ImportFault> faults{};
};

/// Reads rows as records of the profile's instrument: names of options, units and places, numbers and dates as people write them.
class ImportRows {
 public:
  /// `days`: where a workbook begins to count days; empty for a text file.
  /// Problems: no such instrument or item, columns that the file does not have, with the nearest ones.
  static Result<ImportRows> open(Context& context, const Scope& scope, const ImportProfile& profile, std::span<const std::string> names,
                                 std::optional<xlsx::DaySystem> days);

  ImportedRow read(const TableReader& row);
  /// Codes of facilities that were not found; the first kMostFaults.
  const std::set<std::string>& unknown_places() const { return unknown_places_; }
  const Reference& reference() const { return *reference_; }

 private:
  /// Where a value comes from: a column or a fixed text, and what the column's texts stand for.
  struct From {
    std::optional<std::size_t> column{};
    std::string fixed{};
    std::map<std::string, std::string, std::less<>> values{};  ///< by bare letters
  };
  struct FromItem {
    const Item* item = nullptr;
    From from{};
  };
  struct Row {
    const TableReader& reader;
    std::span<const std::string_view> cells;
    ImportedRow& out;
  };
  /// A place or unit that a text means, or why none.
  template <class Key>
  struct Known {
    std::optional<Key> key{};
    std::optional<Problem> problem{};
  };

  ImportRows(Context& context, const Scope& scope, const ImportProfile& profile);
  Result<void> find_columns(std::span<const std::string> names);
  From from_of(const ImportProfile::Source& source, std::span<const std::string> names, Problems& wrong) const;
  static std::string_view text_in(const Row& row, const From& from);
  static std::string meant(const From& from, std::string_view text);
  void fault(const Row& row, std::optional<std::size_t> column, Problem problem) const;
  bool check_shape(const Row& row);
  bool refuse_unreadable(const Row& row, std::optional<std::size_t> column) const;
  const Node* read_facility(const Row& row);
  Known<FacilityKey> find_facility(std::string_view text);
  void read_unit(const Row& row, const Node& node);
  Known<UnitKey> find_unit(const Node& node, std::string_view text) const;
  void read_time(const Row& row, Zone zone);
  void read_answers(const Row& row, Zone zone);
  RawAnswer raw_answer(const FromItem& from, std::string_view text, Zone zone, Day day) const;
  /// `day`: the row's, to which a bare time of day belongs.
  std::string as_read(const Item& item, const From& from, std::string_view text, Zone zone, Day day) const;
  std::string number_text(std::string_view text) const;
  /// As people write it, or as a workbook counts it where a cell has lost its format.
  std::optional<LocalTime> local_time(std::string_view text) const;
  Problem no_date(std::string_view text) const;
  Uuid id_of(const Row& row) const;

  Context* context_;
  const Scope* scope_;
  ImportProfile profile_;
  std::shared_ptr<const Reference> reference_;
  Instant now_;
  const InstalledVersion* version_ = nullptr;
  std::optional<xlsx::DaySystem> days_{};
  std::vector<std::string> names_{};
  std::vector<std::size_t> key_{};
  bool time_in_key_ = false;
  From facility_{}, unit_{}, at_{};
  std::optional<std::size_t> time_{};
  std::vector<FromItem> items_{};
  std::map<std::string, Known<FacilityKey>, std::less<>> facilities_{};
  std::map<std::pair<FacilityKey, std::string>, Known<UnitKey>> units_{};
  std::set<std::string> unknown_places_{};
};

}  // namespace pilar::app
