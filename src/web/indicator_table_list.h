#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/indicator_table.h"
#include "i18n/named.h"
#include "web/result_words.h"
#include "web/route.h"

namespace pilar::web {

/// Which facilities of the table of one indicator are left.
enum class IndicatorKeep : std::uint8_t { All, Reached, Missed, Zero, NoCases, NotCollected, Few };
/// As they stand in the address and on the page.
std::span<const NamedValue<IndicatorKeep>> indicator_keeps();

enum class IndicatorOrder : std::uint8_t { Name, Value, Cases, Change };

/// /wilayah/indikator?tempat=cabang&indikator=hasil-darah&bulan=2026-10&tipe=puskesmas&saring=belum&cari=melati&urut=nilai&turun=1
struct IndicatorTableAddress {
  std::string place{}, indicator{};
  Month month{};
  std::string type{}, search{};  ///< type: FacilityType::key; empty: all
  IndicatorKeep keep = IndicatorKeep::All;
  IndicatorOrder order = IndicatorOrder::Name;
  bool down = false;
  int page = 1;

  std::string href(std::string_view below = {}) const;
};
/// A filter that cannot be read is left out; without a month it is the last one that is over where the place is. Problems: those of
/// read_asked_month.
Result<IndicatorTableAddress> read_indicator_table_address(const Visit& visit, const Node& place);
/// The table of one indicator (without one: the first of the kamus) over the facilities below an office.
std::string indicator_table_href(const Node& place, std::string_view indicator, Month month);

/// Fewer than kFew cases; of sums, which rest on no number of cases, never.
bool has_few_cases(const app::IndicatorRow& row);
bool is_kept(const app::IndicatorRow& row, const IndicatorTableAddress& address);
/// What the address leaves, by name.
std::vector<app::IndicatorRow*> kept_rows(app::IndicatorTable& table, const IndicatorTableAddress& address);
/// In the address's order. Values from few cases stand behind the others, whichever way they are sorted: they prove neither the best
/// nor the worst. By change, the rows must have their details.
void sort_rows(std::vector<app::IndicatorRow*>& rows, const IndicatorTableAddress& address);

}  // namespace pilar::web
