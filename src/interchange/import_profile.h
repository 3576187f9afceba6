#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "interchange/text_encoding.h"
#include "interchange/typed_text.h"

namespace pilar {

/// How the columns of a file become records: a small YAML file that can be kept and used again.
///
///     import: ae
///     instrument: nhs-ae
///     file: {sheet: Data, encoding: utf-8, separator: ";", header: 3, decimal: comma, dates: day-first}   # what is left out is recognised
///     key: [org_code, type, period]      # columns that name a row: importing again changes nothing; without any, the whole row names it
///     facility: {column: org_code}       # or {fixed: CODE}
///     unit: {column: poli, values: {POLI UMUM: umum}}      # optional
///     at: {column: period, time: jam}    # a date or a moment; the time of day may stand in a column of its own
///     items:                             # item: column, or what the column's texts stand for
///       attendances: attendances
///       penjamin: {column: Cara Bayar, values: {BPJS: jkn}}
///       jenis: {fixed: rawat_jalan}
struct ImportProfile {
  using Values = std::vector<std::pair<std::string, std::string>>;
  /// A column, or the same text for every row; `values` says what the column's texts stand for.
  struct Source {
    std::string column{}, fixed{};
    Values values{};
    bool empty() const { return column.empty() && fixed.empty(); }
    bool operator==(const Source&) const = default;
  };
  struct ItemSource {
    std::string item{};
    Source from{};
    bool operator==(const ItemSource&) const = default;
  };
  /// What is not said here is recognised.
  struct Reading {
    std::string sheet{};
    std::optional<Encoding> encoding{};
    char separator = '\0';
    std::int64_t header_line = 0;
    char mark = '\0';  ///< the decimal mark
    std::optional<DateOrder> order{};
    bool operator==(const Reading&) const = default;
  };
  std::string name{}, instrument{};
  Reading file{};
  std::vector<std::string> key{};
  Source facility{}, unit{}, at{};
  std::string time{};  ///< column of the time of day, or empty
  std::vector<ItemSource> items{};

  const ItemSource* find(std::string_view item) const;
  bool operator==(const ImportProfile&) const = default;
};

/// A draft may lack the place and the time: somebody is still choosing them.
enum class ProfileNeed : std::uint8_t { Whole, Draft };
/// All faults of the file together, each with "file:LINE:COLUMN" as field.
Result<ImportProfile> read_import_profile(std::string_view text, std::string_view file, ProfileNeed need = ProfileNeed::Whole);
/// The text that reads as this profile.
std::string to_yaml(const ImportProfile& profile);
/// "Kunjungan P-Care 2026" as a profile's name: "kunjungan-p-care-2026".
std::string profile_name(std::string_view words);

/// "utf-8", "utf-16le", "utf-16be", "windows-1252".
std::string_view name(Encoding encoding);
std::optional<Encoding> parse_encoding(std::string_view text);

}  // namespace pilar
