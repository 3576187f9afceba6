#include "interchange/import_guess.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"

namespace pilar {
namespace {

constexpr std::array<std::string_view, 10> kWhen{
    "tanggalkunjungan", "tglkunjungan", "tanggalpelayanan", "tglpelayanan", "tanggal", "tgl", "waktu", "date", "tanggalperiksa", "day"};
constexpr std::array<std::string_view, 7> kUnits{"poli", "poliklinik", "unit", "namapoli", "ruang", "klaster", "unitpelayanan"};
constexpr std::array<std::string_view, 9> kFacilities{"kodefaskes", "kodeppk",       "kdppk",     "faskes", "fasilitas",
                                                      "facility",   "kodefasilitas", "puskesmas", "fktp"};
constexpr std::array<std::string_view, 11> kRowNames{
    "nokunjungan", "noregistrasi", "noreg", "kodebooking", "nomorantrean", "noantrean", "norawat", "nosep", "nolab", "noresep", "id"};

/// 0: nothing in common; more is better.
int likeness(std::string_view column, std::string_view name) {
  if (column.empty() || name.empty()) return 0;
  if (column == name) return 100;
  if (column.size() > 3 && name.size() > 3 && (column.starts_with(name) || name.starts_with(column))) return 60;
  if (column.size() > 4 && name.size() > 4 && (column.find(name) != std::string_view::npos || name.find(column) != std::string_view::npos))
    return 40;
  const std::string_view candidates[] = {name};
  return nearest(column, candidates).empty() ? 0 : 30;
}

int likeness(const std::string& column, const Item& item) {
  return std::max({likeness(column, bare_letters(item.key)), likeness(column, bare_letters(item.label.id)),
                   likeness(column, bare_letters(item.label.en))});
}

/// The column that is called one of these names, the earlier name first; the end when none is.
template <std::size_t N>
std::size_t column_called(std::span<const std::string> bare, const std::array<std::string_view, N>& names) {
  for (const auto name : names)
    for (std::size_t i = 0; i < bare.size(); ++i)
      if (bare[i] == name) return i;
  return bare.size();
}

bool is_imported(const Item& item) { return item.kind != ItemKind::Calculation && item.kind != ItemKind::Photo; }

struct Pair {
  int likeness = 0;
  std::size_t item = 0, column = 0;
};

/// Pairs of items and columns, the most alike first; each item and each column once.
std::vector<Pair> paired(const Instrument& instrument, std::span<const std::string> bare) {
  std::vector<Pair> all, out;
  for (std::size_t i = 0; i < instrument.items.size(); ++i)
    for (std::size_t c = 0; c < bare.size() && is_imported(instrument.items[i]); ++c)
      if (const int alike = likeness(bare[c], instrument.items[i]); alike > 0) all.push_back({alike, i, c});
  std::ranges::stable_sort(all, std::ranges::greater(), &Pair::likeness);
  std::set<std::size_t> items, columns;
  for (const auto& pair : all)
    if (!items.contains(pair.item) && !columns.contains(pair.column)) {
      items.insert(pair.item);
      columns.insert(pair.column);
      out.push_back(pair);
    }
  return out;
}

}  // namespace

std::string bare_letters(std::string_view text) {
  std::string out;
  for (const char c : lower_ascii(text)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (plain) out += c;
  }
  return out;
}

const Option* option_meant(const Item& item, std::string_view text) {
  const auto bare = bare_letters(text);
  if (bare.empty()) return nullptr;
  for (const auto& option : item.options)
    if (bare_letters(option.key) == bare) return &option;
  if (const auto code = parse_int(trim(text)))
    if (const auto* option = find_option(item, static_cast<std::int32_t>(*code))) return option;
  for (const auto& option : item.options)
    if (bare_letters(option.label.id) == bare || bare_letters(option.label.en) == bare) return &option;
  return nullptr;
}

const Option* nearest_option(const Item& item, std::string_view text) {
  const auto bare = bare_letters(text);
  const Option* best = nullptr;
  int most = 0;
  for (const auto& option : item.options) {
    const int alike = std::max({likeness(bare, bare_letters(option.key)), likeness(bare, bare_letters(option.label.id)),
                                likeness(bare, bare_letters(option.label.en))});
    if (alike <= most) continue;
    most = alike;
    best = &option;
  }
  return best;
}

ImportProfile::Reading guess_marks(std::span<const ColumnGuess> columns) {
  // Columns that can be read both ways have been settled by those that cannot, so one that has a comma tells.
  const auto with_comma = [](const ColumnGuess& one) { return one.kind == ColumnGuess::Kind::Number && one.mark == ','; };
  const auto month_first = [](const ColumnGuess& one) { return one.kind == ColumnGuess::Kind::Date && one.order == DateOrder::MonthFirst; };
  ImportProfile::Reading reading;
  reading.mark = std::ranges::any_of(columns, with_comma) ? ',' : '.';
  reading.order = std::ranges::any_of(columns, month_first) ? DateOrder::MonthFirst : DateOrder::DayFirst;
  return reading;
}

ImportProfile guess_profile(const Instrument& instrument, std::span<const ColumnGuess> columns, std::string_view facility) {
  ImportProfile profile;
  profile.name = profile_name(instrument.key);
  profile.instrument = instrument.key;
  profile.file = guess_marks(columns);
  std::vector<std::string> bare;
  for (const auto& column : columns) bare.push_back(bare_letters(column.name));
  const auto named = [&](std::size_t i) { return i < columns.size() ? columns[i].name : std::string(); };
  for (const auto& pair : paired(instrument, bare))
    profile.items.push_back({instrument.items[pair.item].key, {columns[pair.column].name, {}, {}}});
  profile.at.column = named(column_called(bare, kWhen));
  if (profile.at.column.empty()) {
    const auto dated = std::ranges::find(columns, ColumnGuess::Kind::Date, &ColumnGuess::kind);
    if (dated != columns.end()) profile.at.column = dated->name;
  }
  profile.unit.column = named(column_called(bare, kUnits));
  if (facility.empty())
    profile.facility.column = named(column_called(bare, kFacilities));
  else
    profile.facility.fixed = facility;
  if (auto key = named(column_called(bare, kRowNames)); !key.empty()) profile.key.push_back(std::move(key));
  return profile;
}

int fit_of(const Instrument& instrument, std::span<const std::string> names) {
  std::vector<std::string> bare;
  for (const auto& name : names) bare.push_back(bare_letters(name));
  int fit = 0;
  for (const auto& pair : paired(instrument, bare))
    if (pair.likeness >= 40) fit += instrument.items[pair.item].required ? 2 : 1;
  return fit;
}

}  // namespace pilar
