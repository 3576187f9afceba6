#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/facility_table.h"
#include "base/result.h"
#include "web/route.h"

namespace pilar::web {

/// Which facilities are left.
enum class Keep : std::uint8_t { All, Short, Late, Wrong, BelowTarget };
struct KeepRow {
  Keep keep;
  std::string_view name;  ///< in the address
  Message words;
};
std::span<const KeepRow> all_keeps();
const KeepRow& row_of(Keep keep);

/// The address of the table: /wilayah?tempat=cabang&bulan=2026-10&saring=kurang&cari=melati&urut=1&turun=1&halaman=2
struct TableAddress {
  std::string place{}, search{};
  Month month{};
  Keep keep = Keep::All;
  int order = 0;  ///< column: 0 name, 1 visits, 2 answers, then the measures
  bool down = false;
  int page = 1;

  std::string href(std::string_view path = "/wilayah") const;
};

struct TableRequest {
  TableAddress address;
  const Node* node = nullptr;
};
/// Without a place it is the person's own, without a month the last one that is over: nobody can report the visits of the running one
/// yet. Problems: an unknown place, a month that cannot be read or has not begun.
Result<TableRequest> read_table_request(const Visit& visit);

/// Whether any facility has a value in this column of measures in the month.
bool has_values(const app::FacilityTable& table, std::size_t column);

bool is_kept(const app::FacilityRow& row, const TableAddress& address);
/// What the address leaves, in its order. Values from few answers stand behind the others, whichever way they are sorted: they
/// prove neither the best nor the worst.
std::vector<const app::FacilityRow*> kept_rows(const app::FacilityTable& table, const TableAddress& address, Lang lang);

}  // namespace pilar::web
