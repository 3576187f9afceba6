#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/result.h"
#include "base/result.h"
#include "domain/control.h"
#include "i18n/messages.h"
#include "i18n/named.h"
#include "web/route.h"

namespace pilar::web {

/// How the parts of a place are put side by side: "cari=mawar&urut=-hasil&hal=2".
enum class PartOrder : std::uint8_t { List, Name, Value, Count };
struct PartsAddress {
  std::string search{};
  PartOrder order = PartOrder::List;
  bool down = false;  ///< the largest first
  int page = 1;       ///< from 1; 0: all on one page
};

/// What the address of a page about results says, read and written in one place:
///   /hasil/kessan?tempat=melati&unit=farmasi&bulan=2026-10&rinci=penjamin:jkn&ukuran=janji
/// Instead of one month: waktu=30-hari (kPresets), dari=2026-05&sampai=2026-10 (months or days, both included), or
/// bulan=2026-10&rentang=6 (months ending with it). The first of waktu, bulan and dari that says something counts.
struct ResultAddress {
  std::string instrument{}, place{}, unit{}, breakdown{}, measure{};
  Period period{};
  std::optional<math::SpcChart> chart{};  ///< bagan=pp: the kind of control chart the reader chose
  math::SpcRules rules = math::SpcRules::Nhs;  ///< aturan=anhoej
  PartsAddress parts{};

  /// Everything above but the instrument, as it stands in the address.
  http::Fields fields() const;
  /// "/hasil/kessan" + `page` with those parameters.
  std::string href(std::string_view page = {}) const;
  http::Fields records_fields() const;  ///< those that choose records
  std::string records_href(std::string_view item = {}, std::string_view page = {}) const;  ///< the records behind it
};

/// Periods by name, as of a day: whole months up to the running one, or days up to today.
enum class Preset : std::uint8_t { ThisMonth, LastMonth, LastDays, ThisQuarter, ThisYear };
struct PresetName {
  Preset preset;
  std::string_view key;
  Message words;
};
std::span<const PresetName> preset_names();
Period period_named(Preset preset, Day today);

/// The address with what it means. Problems: an unknown place or unit, or a period that cannot be read. Without a place it is the
/// person's own; without a month the last one that has records, else the running one.
struct ResultRequest {
  ResultAddress address;
  app::ResultQuery query;
};
Result<ResultRequest> read_address(const Visit& visit);
/// The unit of the place with this code, null for none. Problem, of the field "unit": the place has no such unit.
Result<const Unit*> read_unit(const Visit& visit, const Node& place, std::string_view code);
/// What is not among the choices of a page, which are told in words.
std::unexpected<Problems> refuse_choice(std::string field, std::span<const std::string> choices);
/// The choice that the address names, `usual` where it names none. Problem: the page has no such choice.
template <class T>
Result<T> read_choice(const Visit& visit, std::string_view name, std::span<const NamedValue<T>> rows, T usual) {
  const auto text = visit.request.param(name);
  if (text.empty()) return usual;
  if (const auto known = find_value(rows, text)) return *known;
  std::vector<std::string> choices;
  for (const auto& row : rows) choices.emplace_back(say(visit.lang, row.title));
  return refuse_choice(std::string(name), choices);
}
/// The page that says what is wrong with such a request.
http::Reply refuse_result(const Visit& visit, const Problems& problems);

}  // namespace pilar::web
