#include "web/place_words.h"

#include <algorithm>
#include <array>

#include "app/place_list.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/people.h"
#include "i18n/words/place.h"
#include "i18n/words/place_page.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// Pages of their own below /tempat/: a place with such a code goes by its key.
constexpr std::array<std::string_view, 4> kPlacePages{"tambah", "impor", "data.csv", "data.xlsx"};
constexpr std::size_t kMostSuggestions = 600;

}  // namespace

std::string place_page_href(const Node& node) {
  const bool is_taken = std::ranges::find(kPlacePages, node.code) != kPlacePages.end();
  return "/tempat/" + (is_taken ? "@" + std::to_string(node.key.value) : http::percent_encode(node.code));
}

const Node* place_of_address(const Visit& visit) {
  const auto text = visit.args.at(0);
  const auto& organisation = visit.reference->organisation;
  if (!text.starts_with('@')) return organisation.find(text);
  const auto key = parse_int(text.substr(1));
  return key && *key > 0 && *key <= INT32_MAX ? organisation.find(FacilityKey{static_cast<std::int32_t>(*key)}) : nullptr;
}

std::string kind_words(Lang lang, const Node& node) {
  const auto* type = find_facility_type(node.facility_type);
  return words(lang, type == nullptr ? title(node.kind) : type->title);
}

bool is_open_today(const Visit& visit, const Node& node) { return node.exists_on(civil_day(visit.context.clock.now(), node.zone)); }

std::string place_state(const Visit& visit, const Node& node) {
  const auto lang = visit.lang;
  const auto today = civil_day(visit.context.clock.now(), node.zone);
  if (today < node.valid_from) return say(lang, Msg::PlaceStateLater, {format::short_date(lang, node.valid_from)});
  if (!node.valid_to) return {};
  const auto day = format::short_date(lang, *node.valid_to);
  const auto* into = node.successor ? visit.reference->organisation.find(*node.successor) : nullptr;
  if (into != nullptr) return say(lang, today < *node.valid_to ? Msg::PlaceStateWillMerge : Msg::PlaceStateMerged, {into->name, day});
  return say(lang, today < *node.valid_to ? Msg::PlaceStateWillClose : Msg::PlaceStateClosed, {day});
}

std::string named_with_code(const Node& node) { return node.name + " (" + node.code + ")"; }

Field place_field(const Visit& visit, std::string name, Message label, Message hint, std::optional<FacilityKey> value,
                  const MayBePlace& may_be) {
  Field field{std::move(name), words(visit.lang, label), words(visit.lang, hint), {}};
  field.autocomplete = "off";
  const auto* node = value ? visit.reference->organisation.find(*value) : nullptr;
  field.value = visit.form.empty() ? (node == nullptr ? "" : node->code) : std::string(visit.field(field.name));
  for (const auto& one : visit.reference->organisation.nodes()) {
    if (!may_be(one)) continue;
    if (field.suggestions.size() == kMostSuggestions) {
      field.suggestions.clear();
      break;
    }
    field.suggestions.push_back({one.code, one.name});
  }
  return field;
}

std::optional<FacilityKey> read_place_field(const Visit& visit, std::string_view name, const MayBePlace& may_be, Problems& wrong) {
  const auto text = trim(visit.field(name));
  if (text.empty()) return {};
  const auto found = app::find_named_place(visit.reference->organisation, text, may_be);
  if (found.node != nullptr) return found.node->key;
  std::string offers;
  for (const auto* near : found.near) offers += (offers.empty() ? "" : ", ") + named_with_code(*near);
  wrong.push_back({Problem::Kind::NotFound, Msg::PlaceNoneNamed, std::string(name), {std::string(text), offers}});
  return {};
}

std::optional<Day> read_day_field(const Visit& visit, std::string_view name, Problems& wrong) {
  const auto day = parse_day(visit.field(name));
  if (!day) wrong.push_back({Problem::Kind::Invalid, Msg::PeopleBadDay, std::string(name), {}});
  return day;
}

app::SeenPlace seen_place(const Visit& visit, const Node& node) {
  const auto version = std::clamp<std::int64_t>(parse_int(visit.field("version")).value_or(0), 0, INT32_MAX);
  return {node.key, static_cast<std::int32_t>(version)};
}

bool is_place_stale(const Problems& problems) { return problems.front().message == Msg::PlaceChanged; }

Problems check_may_manage(const Visit& visit, const Node& node) {
  if (visit.scope->may(Right::ManagePlaces, visit.reference->organisation, node.key)) return {};
  return {{Problem::Kind::Forbidden, Msg::PlaceMayNotManage, "", {}}};
}

http::Reply place_refusal(const Visit& visit, const Problems& problems) { return problem_reply(visit, problems); }

}  // namespace pilar::web
