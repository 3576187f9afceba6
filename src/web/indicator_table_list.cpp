#include "web/indicator_table_list.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/text.h"
#include "domain/place.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/indicator.h"
#include "i18n/words/indicator_table.h"
#include "i18n/words/result.h"
#include "i18n/words/table.h"
#include "web/month_address.h"

namespace pilar::web {
namespace {

constexpr std::array kIndicatorKeeps{NamedValue{IndicatorKeep::All, std::string_view(""), Msg::TableAll},
                                     NamedValue{IndicatorKeep::Reached, std::string_view("tercapai"), Msg::ResultTargetReached},
                                     NamedValue{IndicatorKeep::Missed, std::string_view("belum"), Msg::ResultTargetMissed},
                                     NamedValue{IndicatorKeep::Zero, std::string_view("nol"), Msg::IndicatorTableZero},
                                     NamedValue{IndicatorKeep::NoCases, std::string_view("tanpa-kasus"), Msg::IndicatorNoCases},
                                     NamedValue{IndicatorKeep::NotCollected, std::string_view("tanpa-data"), Msg::IndicatorNotCollected},
                                     NamedValue{IndicatorKeep::Few, std::string_view("sedikit"), Msg::CommonFewData}};

constexpr std::array kIndicatorOrders{NamedValue{IndicatorOrder::Name, std::string_view(""), Msg::TableFacility},
                                      NamedValue{IndicatorOrder::Value, std::string_view("nilai"), Msg::IndicatorValue},
                                      NamedValue{IndicatorOrder::Cases, std::string_view("kasus"), Msg::IndicatorTableCases},
                                      NamedValue{IndicatorOrder::Change, std::string_view("perubahan"), Msg::IndicatorTableChange}};

std::span<const NamedValue<IndicatorOrder>> indicator_orders() { return kIndicatorOrders; }

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

std::span<const NamedValue<IndicatorKeep>> indicator_keeps() { return kIndicatorKeeps; }

std::string IndicatorTableAddress::href(std::string_view below) const {
  auto out = "/wilayah/indikator" + std::string(below) + "?tempat=" + http::percent_encode(place);
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) out += "&" + std::string(name) + "=" + http::percent_encode(value);
  };
  add("indikator", indicator);
  add("bulan", iso(month));
  add("tipe", type);
  add("saring", key_of(indicator_keeps(), keep));
  add("cari", search);
  add("urut", key_of(indicator_orders(), order));
  if (down) add("turun", "1");
  if (page > 1) add("halaman", std::to_string(page));
  return out;
}

Result<IndicatorTableAddress> read_indicator_table_address(const Visit& visit, const Node& place) {
  const auto& given = visit.request;
  IndicatorTableAddress address{.place = place.code, .indicator = std::string(given.param("indikator"))};
  const auto month = read_asked_month(visit, place);
  if (!month) return std::unexpected(month.error());
  address.month = *month;
  if (find_facility_type(given.param("tipe")) != nullptr) address.type = given.param("tipe");
  address.search = trim(given.param("cari"));
  address.keep = find_value(indicator_keeps(), given.param("saring")).value_or(address.keep);
  address.order = find_value(indicator_orders(), given.param("urut")).value_or(address.order);
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
  rows.reserve(table.rows.size());
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
  struct Keyed {
    bool last;
    double figure;
    app::IndicatorRow* row;
  };
  std::vector<Keyed> keyed;
  keyed.reserve(rows.size());
  for (auto* row : rows) {
    const auto [last, figure] = indicator_sort_key(*row, address.order);
    keyed.push_back({last, address.down ? -figure : figure, row});
  }
  std::ranges::stable_sort(keyed, {}, [](const Keyed& one) { return std::pair(one.last, one.figure); });
  std::ranges::transform(keyed, rows.begin(), &Keyed::row);
}

}  // namespace pilar::web
