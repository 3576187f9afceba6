#include "web/place_address.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "i18n/words/result.h"

namespace pilar::web {
namespace {

constexpr std::string_view kTop = "*", kGovernment = "dinas", kByCode = "kode";
struct PlaceStateRow {
  std::string_view name;
  app::PlaceState state;
};
constexpr std::array kPlaceStates{PlaceStateRow{"", app::PlaceState::Open}, PlaceStateRow{"tutup", app::PlaceState::Closed},
                                  PlaceStateRow{"semua", app::PlaceState::All}};

/// The person's own place where it is an office of the tree and the only one.
const Node* own_level(const Visit& visit, Tree tree) {
  const auto& organisation = visit.reference->organisation;
  const auto roots = visit.scope->roots(organisation);
  const auto* node = roots.size() == 1 ? organisation.find(roots.front()) : nullptr;
  return node != nullptr && node->kind != NodeKind::Facility && stands_in(node->kind, tree) ? node : nullptr;
}

}  // namespace

std::string PlaceAddress::href(std::string_view path) const {
  return http::target_of(path, {{"pohon", query.tree == Tree::Government ? std::string(kGovernment) : std::string()},
                                {"tempat", level},
                                {"cari", query.words},
                                {"tipe", query.facility_type},
                                {"lain", other},
                                {"keadaan", std::string(std::ranges::find(kPlaceStates, query.state, &PlaceStateRow::state)->name)},
                                {"urut", query.order == app::PlaceOrder::Code ? std::string(kByCode) : std::string()},
                                {"halaman", page > 1 ? std::to_string(page) : std::string()}});
}

PlaceAddress PlaceAddress::everything() const {
  PlaceAddress out;
  out.query.tree = query.tree;
  out.query.at = query.at;
  out.level = level;
  return out;
}

PlaceAddress PlaceAddress::at(const Node& node) const {
  auto out = everything();
  out.query.at = node.key;
  out.level = node.code;
  return out;
}

Result<PlaceAddress> read_place_address(const Visit& visit) {
  const auto& organisation = visit.reference->organisation;
  const auto given = [&](std::string_view name) { return visit.request.param(name); };
  PlaceAddress out;
  auto& query = out.query;
  query.tree = given("pohon") == kGovernment ? Tree::Government : Tree::Payer;
  query.words = trim(given("cari"));
  if (find_facility_type(given("tipe")) != nullptr) query.facility_type = given("tipe");
  if (const auto* row = std::ranges::find(kPlaceStates, given("keadaan"), &PlaceStateRow::name); row != kPlaceStates.end())
    query.state = row->state;
  if (given("urut") == kByCode) query.order = app::PlaceOrder::Code;
  const auto* level = given("tempat") == kTop   ? nullptr
                      : given("tempat").empty() ? own_level(visit, query.tree)
                                                : organisation.find(given("tempat"));
  if (level == nullptr && !given("tempat").empty() && given("tempat") != kTop)
    return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  if (level != nullptr && stands_in(level->kind, query.tree) && level->kind != NodeKind::Facility) {
    query.at = level->key;
    out.level = level->code;
  } else if (own_level(visit, query.tree) != nullptr) {
    out.level = kTop;
  }
  const auto other_tree = query.tree == Tree::Payer ? Tree::Government : Tree::Payer;
  const auto* other = organisation.find(given("lain"));
  if (other == nullptr && !given("lain").empty()) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "lain");
  if (other != nullptr && other->kind != NodeKind::Facility && stands_in(other->kind, other_tree)) {
    query.other = other->key;
    out.other = other->code;
  }
  out.page = static_cast<int>(std::clamp<std::int64_t>(parse_int(given("halaman")).value_or(1), 1, 100'000));
  query.limit = kPlacesAPage;
  query.offset = static_cast<std::size_t>(out.page - 1) * kPlacesAPage;
  return out;
}

}  // namespace pilar::web
