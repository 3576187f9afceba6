#include "web/facility_table_list.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/result.h"
#include "i18n/words/table.h"
#include "web/month_address.h"
#include "web/result_words.h"

namespace pilar::web {
namespace {

constexpr std::array kKeeps{KeepRow{Keep::All, "", Msg::TableAll}, KeepRow{Keep::Short, "kurang", Msg::TableShort},
                            KeepRow{Keep::Late, "belum", Msg::TableLate}, KeepRow{Keep::Wrong, "salah", Msg::TableWrong},
                            KeepRow{Keep::BelowTarget, "target", Msg::TableBelowTarget}};

int small_number(std::string_view text) { return static_cast<int>(std::clamp<std::int64_t>(parse_int(text).value_or(0), 0, 100'000)); }

bool has_too_few(const app::FacilityRow& row) { return row.need && row.need->required && row.need->answers < *row.need->required; }

bool is_below_target(const app::FacilityRow& row) {
  return std::ranges::any_of(row.readings, [](const MeasureReading& reading) { return meets_target(reading) == false; });
}

/// What a column is sorted by.
struct SortKey {
  bool last = false;
  double value = 0;
};

SortKey sort_key(const app::FacilityTable& table, const app::FacilityRow& row, int order, Lang lang) {
  if (order == 1) return {!row.visits, static_cast<double>(row.visits.value_or(0))};
  if (order == 2) return {!row.need, row.need ? static_cast<double>(row.need->answers) : 0};
  const auto column = static_cast<std::size_t>(order - 3);
  if (column >= table.measures.size()) return {};
  const auto told = tell(lang, table.measures[column].version->form, row.readings[column]);
  return {!told.point || told.n < kFew, told.point.value_or(0)};
}

}  // namespace

std::span<const KeepRow> all_keeps() { return kKeeps; }

const KeepRow& row_of(Keep keep) { return *std::ranges::find(kKeeps, keep, &KeepRow::keep); }

std::string TableAddress::href(std::string_view path) const {
  std::string out = std::string(path) + "?tempat=" + http::percent_encode(place) + "&bulan=" + iso(month);
  if (keep != Keep::All) out += "&saring=" + std::string(row_of(keep).name);
  if (!search.empty()) out += "&cari=" + http::percent_encode(search);
  if (order != 0) out += "&urut=" + std::to_string(order);
  if (down) out += "&turun=1";
  if (page > 1) out += "&halaman=" + std::to_string(page);
  return out;
}

Result<TableRequest> read_table_request(const Visit& visit) {
  const auto& organisation = visit.reference->organisation;
  const auto code = visit.request.param("tempat");
  const auto* node = code.empty() ? organisation.find(visit.scope->root()) : organisation.find(code);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  const auto month = read_asked_month(visit, *node);
  if (!month) return std::unexpected(month.error());
  TableRequest out{{node->code, std::string(trim(visit.request.param("cari"))), *month}, node};
  const auto keep = std::ranges::find(kKeeps, visit.request.param("saring"), &KeepRow::name);
  if (keep != kKeeps.end()) out.address.keep = keep->keep;
  out.address.order = small_number(visit.request.param("urut"));
  out.address.down = visit.request.param("turun") == "1";
  out.address.page = std::max(1, small_number(visit.request.param("halaman")));
  return out;
}

bool has_values(const app::FacilityTable& table, std::size_t column) {
  const auto& form = table.measures.at(column).version->form;
  return std::ranges::any_of(table.rows, [&](const app::FacilityRow& row) {
    return column < row.readings.size() && tell(Lang::Id, form, row.readings[column]).point.has_value();
  });
}

bool is_kept(const app::FacilityRow& row, const TableAddress& address) {
  if (!address.search.empty() && lower_ascii(row.node->name).find(lower_ascii(address.search)) == std::string::npos) return false;
  switch (address.keep) {
    case Keep::All:
      return true;
    case Keep::Short:
      return has_too_few(row);
    case Keep::Late:
      return !row.visits;
    case Keep::Wrong:
      return row.need && row.need->state == Need::State::MoreThanVisits;
    case Keep::BelowTarget:
      return is_below_target(row);
  }
  return true;
}

std::vector<const app::FacilityRow*> kept_rows(const app::FacilityTable& table, const TableAddress& address, Lang lang) {
  std::vector<const app::FacilityRow*> rows;
  for (const auto& row : table.rows)
    if (is_kept(row, address)) rows.push_back(&row);
  std::ranges::sort(rows, {}, [](const auto* row) { return std::tie(row->node->name, row->node->key); });
  if (address.order == 0 && address.down) std::ranges::reverse(rows);
  if (address.order > 0)
    std::ranges::stable_sort(rows, [&](const auto* a, const auto* b) {
      const auto left = sort_key(table, *a, address.order, lang), right = sort_key(table, *b, address.order, lang);
      if (left.last != right.last) return right.last;
      return address.down ? right.value < left.value : left.value < right.value;
    });
  return rows;
}

}  // namespace pilar::web
