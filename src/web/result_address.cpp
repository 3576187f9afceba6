#include "web/result_address.h"

#include <algorithm>
#include <array>
#include <climits>

#include "app/record_list.h"
#include "base/text.h"
#include "i18n/words/result.h"
#include "i18n/words/settings.h"
#include "web/month_address.h"
#include "web/result_words.h"
#include "web/site.h"

namespace pilar::web {
namespace {

constexpr std::int64_t kLongestMonths = 120;

constexpr std::size_t kLongestSearch = 200;
constexpr std::string_view kAllPages = "semua";
constexpr std::pair<PartOrder, std::string_view> kPartOrders[] = {
    {PartOrder::Name, "nama"}, {PartOrder::Value, "hasil"}, {PartOrder::Count, "jumlah"}};

/// "?a=b&c=d".
std::string query_of(const http::Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) out.append(out.empty() ? "?" : "&").append(name).append("=").append(http::percent_encode(value));
  return out;
}

/// What cannot be read is the list as it is: nothing is hidden by it.
PartsAddress read_parts(const http::Request& request) {
  PartsAddress out;
  out.search = trim(request.param("cari").substr(0, kLongestSearch));
  if (!is_utf8(out.search)) out.search.clear();
  auto order = request.param("urut");
  out.down = order.starts_with('-');
  if (out.down) order.remove_prefix(1);
  for (const auto& [value, name] : kPartOrders)
    if (name == order) out.order = value;
  const auto page = request.param("hal");
  out.page = page == kAllPages ? 0 : static_cast<int>(std::clamp<std::int64_t>(parse_int(page).value_or(1), 1, INT_MAX));
  return out;
}

void add_parts(http::Fields& fields, const PartsAddress& parts) {
  if (!parts.search.empty()) fields.emplace_back("cari", parts.search);
  for (const auto& [value, name] : kPartOrders)
    if (value == parts.order) fields.emplace_back("urut", (parts.down ? "-" : "") + std::string(name));
  if (parts.page != 1) fields.emplace_back("hal", parts.page == 0 ? std::string(kAllPages) : std::to_string(parts.page));
}

constexpr PresetName kPresets[] = {{Preset::ThisMonth, "bulan-ini", Msg::ResultThisMonth},
                                   {Preset::LastMonth, "bulan-lalu", Msg::ResultLastMonth},
                                   {Preset::LastDays, "30-hari", Msg::ResultLastDays},
                                   {Preset::ThisQuarter, "triwulan-ini", Msg::ResultThisQuarter},
                                   {Preset::ThisYear, "tahun-ini", Msg::ResultThisYear}};

std::unexpected<Problems> bad_period(std::string field) { return refuse(Msg::ResultBadPeriod, std::move(field)); }

bool says_period(const http::Request& request) {
  return std::ranges::any_of(std::array{"waktu", "bulan", "dari", "sampai"},
                             [&](const char* name) { return !request.param(name).empty(); });
}

/// Months ending with one of them.
Result<Period> read_months(const http::Request& request) {
  const auto month = read_month(request.param("bulan"));
  if (!month) return std::unexpected(month.error());
  const auto given = request.param("rentang");
  const auto length = given.empty() ? std::optional<std::int64_t>(1) : parse_int(given);
  if (!length || *length < 1 || *length > kLongestMonths) return bad_period("rentang");
  return Period{first_day({static_cast<std::int32_t>(month->value + 1 - *length)}), period_of(*month).to};
}

Result<Period> read_period(const http::Request& request, Day today) {
  if (const auto preset = request.param("waktu"); !preset.empty()) {
    const auto at = std::ranges::find(kPresets, preset, &PresetName::key);
    if (at == std::end(kPresets)) return bad_period("waktu");
    return period_named(at->preset, today);
  }
  if (!request.param("bulan").empty()) return read_months(request);
  const auto first = request.param("dari"), last = request.param("sampai");
  const auto from = parse_month_or_day(first.empty() ? last : first), to = parse_month_or_day(last.empty() ? first : last);
  if (!from || !to || to->to <= from->from) return bad_period("dari");
  return Period{from->from, to->to};
}

Result<const Node*> read_place(const Visit& visit) {
  const auto& organisation = visit.reference->organisation;
  const auto code = visit.request.param("tempat");
  const auto* node = code.empty() ? organisation.find(visit.scope->root()) : organisation.find(code);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  return node;
}

std::optional<app::Breakdown> read_breakdown(std::string_view text) {
  if (text.empty()) return {};
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return app::Breakdown{std::string(text), {}};
  return app::Breakdown{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

}  // namespace

http::Fields ResultAddress::fields() const {
  http::Fields out;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) out.emplace_back(name, value);
  };
  add("tempat", place);
  add("unit", unit);
  const auto [first, last] = period_ends(period);
  if (first == last && is_whole_months(period)) {
    add("bulan", first);
  } else {
    add("dari", first);
    add("sampai", last);
  }
  add("rinci", breakdown);
  add("ukuran", measure);
  if (chart) add("bagan", std::string(chart_key(*chart)));
  if (rules != math::SpcRules::Nhs) add("aturan", std::string(rules_key(rules)));
  add_parts(out, parts);
  return out;
}

std::string ResultAddress::href(std::string_view page) const {
  return "/hasil/" + http::percent_encode(instrument) + std::string(page) + query_of(fields());
}

http::Fields ResultAddress::records_fields() const {
  return ResultAddress{.instrument = instrument, .place = place, .unit = unit, .period = period}.fields();
}

std::string ResultAddress::records_href(std::string_view item, std::string_view page) const {
  auto fields = records_fields();
  if (!item.empty()) fields.emplace_back("butir", item);
  return "/catatan/" + http::percent_encode(instrument) + std::string(page) + query_of(fields);
}

std::span<const PresetName> preset_names() { return kPresets; }

Period period_named(Preset preset, Day today) {
  constexpr std::int32_t kDays = 30, kQuarter = 3, kYear = 12;
  const auto running = month_of(today);
  const auto since = [&](std::int32_t months) {
    return Period{first_day({running.value - running.value % months}), period_of(running).to};
  };
  switch (preset) {
    case Preset::ThisMonth:
      break;
    case Preset::LastMonth:
      return period_of(Month{running.value - 1});
    case Preset::LastDays:
      return {{today.value + 1 - kDays}, {today.value + 1}};
    case Preset::ThisQuarter:
      return since(kQuarter);
    case Preset::ThisYear:
      return since(kYear);
  }
  return period_of(running);
}

Result<ResultRequest> read_address(const Visit& visit) {
  ResultRequest out;
  auto& [address, query] = out;
  address.instrument = query.instrument = visit.args.front();
  const auto node = read_place(visit);
  if (!node) return std::unexpected(node.error());
  address.place = (*node)->code;
  query.place = (*node)->key;
  const auto unit = read_unit(visit, **node, visit.request.param("unit"));
  if (!unit) return std::unexpected(unit.error());
  if (*unit != nullptr) {
    address.unit = (*unit)->code;
    query.unit = (*unit)->key;
  }
  const auto& given = visit.request;
  const auto today = civil_day(visit.context.clock.now(), (*node)->zone);
  const auto period =
      says_period(given)
          ? read_period(given, today)
          : period_of(month_of(app::last_record_day(visit.context, *visit.scope, query.instrument, query.place).value_or(today)));
  if (!period) return std::unexpected(period.error());
  address.period = query.period = *period;
  address.breakdown = given.param("rinci");
  query.breakdown = read_breakdown(address.breakdown);
  address.measure = given.param("ukuran");
  address.chart = parse_chart(given.param("bagan"));
  address.rules = parse_rules(given.param("aturan")).value_or(math::SpcRules::Nhs);
  address.parts = read_parts(given);
  return out;
}

Result<const Unit*> read_unit(const Visit& visit, const Node& place, std::string_view code) {
  if (code.empty()) return nullptr;
  const auto* unit = visit.reference->organisation.find_unit(place.key, code);
  if (unit == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownUnit, "unit", {std::string(code)});
  return unit;
}

std::unexpected<Problems> refuse_choice(std::string field, std::span<const std::string> choices) {
  std::string all;
  for (const auto& choice : choices) all.append(all.empty() ? "" : ", ").append(choice);
  return refuse(Msg::SettingNeedsChoice, std::move(field), {std::move(all)});
}

http::Reply refuse_result(const Visit& visit, const Problems& problems) { return problem_reply(visit, problems); }

}  // namespace pilar::web
