#include "web/indicator_table_list.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/text.h"
#include "domain/place.h"
#include "i18n/messages.h"

namespace pilar::web {
namespace {

constexpr std::array kIndicatorKeeps{IndicatorKeepRow{IndicatorKeep::All, "", Msg::TableAll},
                                     IndicatorKeepRow{IndicatorKeep::Reached, "tercapai", Msg::ResultTargetReached},
                                     IndicatorKeepRow{IndicatorKeep::Missed, "belum", Msg::ResultTargetMissed},
                                     IndicatorKeepRow{IndicatorKeep::Zero, "nol", Msg::IndicatorTableZero},
                                     IndicatorKeepRow{IndicatorKeep::NoCases, "tanpa-kasus", Msg::IndicatorNoCases},
                                     IndicatorKeepRow{IndicatorKeep::NotCollected, "tanpa-data", Msg::IndicatorNotCollected},
                                     IndicatorKeepRow{IndicatorKeep::Few, "sedikit", Msg::CommonFewData}};

struct IndicatorOrderRow {
  IndicatorOrder order;
  std::string_view name;
};
constexpr std::array kIndicatorOrders{IndicatorOrderRow{IndicatorOrder::Name, ""}, IndicatorOrderRow{IndicatorOrder::Value, "nilai"},
                                      IndicatorOrderRow{IndicatorOrder::Cases, "kasus"},
                                      IndicatorOrderRow{IndicatorOrder::Change, "perubahan"}};

bool is_in_state(const app::IndicatorRow& row, IndicatorKeep keep) {
  switch (keep) {
    case IndicatorKeep::Reached:
      return row.met == true;
    case IndicatorKeep::Missed:
      return row.met == false;
    case IndicatorKeep::Zero:
      return row.value.state() == ValueState::Zero;
    case IndicatorKeep::NoCases:
      return row.value.state() == ValueState::NoCases;
    case IndicatorKeep::NotCollected:
      return row.value.state() == ValueState::NotCollected;
    case IndicatorKeep::Few:
      return has_few_cases(row);
    case IndicatorKeep::All:
      break;
  }
  return true;
}

/// What proves little or is not there stands last.
std::pair<bool, double> indicator_sort_key(const app::IndicatorRow& row, IndicatorOrder order) {
  if (order == IndicatorOrder::Cases) return {!row.value.point, static_cast<double>(row.value.n.value_or(0))};
  const auto figure = order == IndicatorOrder::Change ? row.change() : row.value.point;
  const bool few_before = order == IndicatorOrder::Change && row.before.n.value_or(0) < kFew && has_share(*row.reading.measure);
  return {!figure || has_few_cases(row) || few_before, figure.value_or(0)};
}

}  // namespace

std::span<const IndicatorKeepRow> indicator_keeps() { return kIndicatorKeeps; }

const IndicatorKeepRow& row_of(IndicatorKeep keep) { return *std::ranges::find(kIndicatorKeeps, keep, &IndicatorKeepRow::keep); }

std::string IndicatorTableAddress::href(std::string_view below) const {
  auto out = "/wilayah/indikator" + std::string(below) + "?tempat=" + http::percent_encode(place);
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) out += "&" + std::string(name) + "=" + http::percent_encode(value);
  };
  add("indikator", indicator);
  add("bulan", iso(month));
  add("tipe", type);
  add("saring", row_of(keep).name);
  add("cari", search);
  add("urut", std::ranges::find(kIndicatorOrders, order, &IndicatorOrderRow::order)->name);
  if (down) add("turun", "1");
  if (page > 1) add("halaman", std::to_string(page));
  return out;
}

IndicatorTableAddress read_indicator_table_address(const Visit& visit, const Node& place) {
  const auto& given = visit.request;
  IndicatorTableAddress address{.place = place.code, .indicator = std::string(given.param("indikator"))};
  const auto running = month_of(civil_day(visit.context.clock.now(), place.zone));
  const auto month = parse_month(given.param("bulan"));
  address.month = month && *month <= running ? *month : Month{running.value - 1};
  if (find_facility_type(given.param("tipe")) != nullptr) address.type = given.param("tipe");
  address.search = trim(given.param("cari"));
  if (const auto keep = std::ranges::find(kIndicatorKeeps, given.param("saring"), &IndicatorKeepRow::name); keep != kIndicatorKeeps.end())
    address.keep = keep->keep;
  if (const auto order = std::ranges::find(kIndicatorOrders, given.param("urut"), &IndicatorOrderRow::name);
      order != kIndicatorOrders.end())
    address.order = order->order;
  address.down = given.param("turun") == "1";
  address.page = static_cast<int>(std::clamp<std::int64_t>(parse_int(given.param("halaman")).value_or(1), 1, 100'000));
  return address;
}

std::string indicator_table_href(const Node& place, std::string_view indicator, Month month) {
  return IndicatorTableAddress{.place = place.code, .indicator = std::string(indicator), .month = month}.href();
}

bool has_few_cases(const app::IndicatorRow& row) {
  return row.value.point && row.reading.measure->kind != MeasureKind::Sum && row.value.n.value_or(0) < kFew;
}

bool is_kept(const app::IndicatorRow& row, const IndicatorTableAddress& address) {
  if (!address.type.empty() && row.node->facility_type != address.type) return false;
  if (!address.search.empty() && lower_ascii(row.node->name).find(lower_ascii(address.search)) == std::string::npos) return false;
  return is_in_state(row, address.keep);
}

std::vector<app::IndicatorRow*> kept_rows(app::IndicatorTable& table, const IndicatorTableAddress& address) {
  std::vector<app::IndicatorRow*> rows;
  for (auto& row : table.rows)
    if (is_kept(row, address)) rows.push_back(&row);
  std::ranges::sort(rows, {}, [](const auto* row) { return std::tie(row->node->name, row->node->key); });
  return rows;
}

void sort_rows(std::vector<app::IndicatorRow*>& rows, const IndicatorTableAddress& address) {
  if (address.order == IndicatorOrder::Name) {
    if (address.down) std::ranges::reverse(rows);
    return;
  }
  std::ranges::stable_sort(rows, [&](const auto* a, const auto* b) {
    const auto [left_last, left] = indicator_sort_key(*a, address.order);
    const auto [right_last, right] = indicator_sort_key(*b, address.order);
    if (left_last != right_last) return right_last;
    return address.down ? right < left : left < right;
  });
}

}  // namespace pilar::web
