#include "domain/place.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "i18n/words/place.h"

namespace pilar {
namespace {

constexpr std::array kFacilityTypes{FacilityType{"puskesmas", Msg::PlaceTypePuskesmas, Level::Fktp},
                                    FacilityType{"klinik_pratama", Msg::PlaceTypeKlinikPratama, Level::Fktp},
                                    FacilityType{"praktik_dokter", Msg::PlaceTypePraktikDokter, Level::Fktp},
                                    FacilityType{"praktik_dokter_gigi", Msg::PlaceTypePraktikDokterGigi, Level::Fktp},
                                    FacilityType{"rs_d_pratama", Msg::PlaceTypeRsDPratama, Level::Fktp},
                                    FacilityType{"klinik_utama", Msg::PlaceTypeKlinikUtama, Level::Fkrtl},
                                    FacilityType{"rs", Msg::PlaceTypeRs, Level::Fkrtl}};

constexpr std::array kCapabilities{Capability{"rawat_inap", Msg::PlaceCanInpatient}, Capability{"gawat_darurat", Msg::PlaceCanEmergency},
                                   Capability{"persalinan", Msg::PlaceCanBirth},     Capability{"poned", Msg::PlaceCanPoned},
                                   Capability{"gigi", Msg::PlaceCanDental},          Capability{"farmasi", Msg::PlaceCanPharmacy},
                                   Capability{"laboratorium", Msg::PlaceCanLab},     Capability{"radiologi", Msg::PlaceCanRadiology},
                                   Capability{"ambulans", Msg::PlaceCanAmbulance}};

constexpr std::array kCodeSystems{CodeSystem{"bpjs", Msg::PlaceCodeBpjs}, CodeSystem{"satusehat", Msg::PlaceCodeSatusehat},
                                  CodeSystem{"kemenkes", Msg::PlaceCodeKemenkes}, CodeSystem{"dhis2", Msg::PlaceCodeDhis2}};

struct KindRow {
  NodeKind kind;
  Message title;
  std::string_view above;  ///< P payer, R region, B branch, V province, D district; none of them: only a root
};
constexpr std::array kKindRows{
    KindRow{NodeKind::Payer, Msg::PlaceKindPayer, ""},        KindRow{NodeKind::Region, Msg::PlaceKindRegion, "PR"},
    KindRow{NodeKind::Branch, Msg::PlaceKindBranch, "PR"},    KindRow{NodeKind::Province, Msg::PlaceKindProvince, ""},
    KindRow{NodeKind::District, Msg::PlaceKindDistrict, "V"}, KindRow{NodeKind::Facility, Msg::PlaceKindFacility, "PRBVD"}};
constexpr std::string_view kKindLetters = "PRBVDF";

constexpr std::array kNodeKinds{NodeKind::Payer,    NodeKind::Region,   NodeKind::Branch,
                                NodeKind::Province, NodeKind::District, NodeKind::Facility};
constexpr std::array kUnitKindRows{UnitKind::Service, UnitKind::Cluster, UnitKind::Pustu, UnitKind::Posyandu};
constexpr std::array kUnitTitles{Msg::PlaceUnitService, Msg::PlaceUnitCluster, Msg::PlaceUnitPustu, Msg::PlaceUnitPosyandu};

constexpr std::size_t kDeepestTree = 64;

bool is_office(NodeKind kind) { return kind == NodeKind::Province || kind == NodeKind::District; }

/// A name is one line; ";" separates names in tables.
bool is_name(std::string_view text) {
  return !trim(text).empty() && text.size() <= kLongestPlaceName && text.find_first_of("\r\n\t") == std::string_view::npos;
}

class Judge {
 public:
  Judge(const Organisation& next, const Node& node) : next_(next), node_(node) {}

  Problems judge() {
    check_words();
    check_parent();
    check_supervisor();
    check_end();
    check_successor();
    return std::move(wrong_);
  }

 private:
  void wrong(Message message, const char* field, std::vector<std::string> args = {}, Problem::Kind kind = Problem::Kind::Invalid) {
    wrong_.push_back({kind, message, field, std::move(args)});
  }

  void check_words() {
    if (!is_name(node_.name)) wrong(Msg::PlaceNoName, "name");
    if (node_.code.empty() || !is_place_code(node_.code)) wrong(Msg::PlaceBadCode, "code");
    if (next_.is_code_taken(node_.code, node_.key)) wrong(Msg::PlaceCodeTaken, "code", {node_.code}, Problem::Kind::Conflict);
    const bool is_facility = node_.kind == NodeKind::Facility;
    if (is_facility && find_facility_type(node_.facility_type) == nullptr) wrong(Msg::PlaceBadType, "type");
    if (!is_facility && !node_.facility_type.empty()) wrong(Msg::PlaceTypeAbove, "type");
  }

  void check_parent() {
    if (!node_.parent) return;
    const auto* above = next_.find(*node_.parent);
    if (above == nullptr) return wrong(Msg::PlaceNoParent, "parent", {}, Problem::Kind::NotFound);
    if (is_above_itself()) return wrong(Msg::PlaceCycle, "parent", {node_.name, above->name}, Problem::Kind::Conflict);
    if (!may_hang_on(node_.kind, above->kind)) wrong(Msg::PlaceWrongParent, "parent", {node_.name, above->name});
    if (above->valid_to && (!node_.valid_to || *above->valid_to < *node_.valid_to)) wrong(Msg::PlaceParentClosed, "parent", {above->name});
  }

  /// Climbs no further than the tree can be deep, so that a circle elsewhere ends too.
  bool is_above_itself() const {
    const auto* up = &node_;
    for (std::size_t steps = 0; up->parent; ++steps) {
      if (*up->parent == node_.key || steps > kDeepestTree) return true;
      up = next_.find(*up->parent);
      if (up == nullptr) return false;
    }
    return false;
  }

  void check_supervisor() {
    if (!node_.supervisor) return;
    const auto* office = next_.find(*node_.supervisor);
    if (office == nullptr) return wrong(Msg::PlaceNoSupervisor, "supervisor", {}, Problem::Kind::NotFound);
    const auto* above = node_.parent ? next_.find(*node_.parent) : nullptr;
    if (node_.kind != NodeKind::Facility || !is_office(office->kind) || (above != nullptr && is_office(above->kind)))
      wrong(Msg::PlaceWrongSupervisor, "supervisor", {office->name});
    else if (office->valid_to && (!node_.valid_to || *office->valid_to < *node_.valid_to))
      wrong(Msg::PlaceParentClosed, "supervisor", {office->name});
  }

  void check_end() {
    if (!node_.valid_to) return;
    if (*node_.valid_to <= node_.valid_from) return wrong(Msg::PlaceEndsEarly, "valid_to");
    const auto outlives = [&](const Node* child) { return !child->valid_to || *node_.valid_to < *child->valid_to; };
    const auto open = std::ranges::count_if(next_.children(node_.key), outlives);
    if (open > 0) wrong(Msg::PlaceHasChildren, "valid_to", {std::to_string(open)}, Problem::Kind::Conflict);
  }

  void check_successor() {
    if (!node_.successor) return;
    const auto* into = next_.find(*node_.successor);
    if (into == nullptr) return wrong(Msg::PlaceNoSuccessor, "successor", {}, Problem::Kind::NotFound);
    if (into->key == node_.key) return wrong(Msg::PlaceMergeItself, "successor", {}, Problem::Kind::Conflict);
    if (node_.kind != NodeKind::Facility || into->kind != NodeKind::Facility) return wrong(Msg::PlaceMergeKind, "successor");
    if (!node_.valid_to) return wrong(Msg::PlaceMergeOpen, "successor");
    if (!into->exists_on(*node_.valid_to)) wrong(Msg::PlaceMergeClosed, "successor", {into->name}, Problem::Kind::Conflict);
  }

  const Organisation& next_;
  const Node& node_;
  Problems wrong_{};
};

}  // namespace

std::string text(const Village& village) { return village.code.empty() ? village.name : village.name + " (" + village.code + ")"; }

std::optional<Village> parse_village(std::string_view text) {
  text = trim(text);
  Village village{std::string(text), {}};
  const auto open = text.rfind('(');
  if (text.ends_with(')') && open != std::string_view::npos) {
    const auto code = text.substr(open + 1, text.size() - open - 2);
    if (!code.empty() && code.find_first_not_of("0123456789.") == std::string_view::npos)
      village = {std::string(trim(text.substr(0, open))), std::string(code)};
  }
  if (village.name.empty()) return {};
  return village;
}

PlaceFacts tidy(PlaceFacts facts) {
  const auto sort_once = [](auto& list) {
    std::ranges::sort(list);
    const auto twice = std::ranges::unique(list);
    list.erase(twice.begin(), twice.end());
  };
  std::erase_if(facts.codes, [](const auto& code) { return code.second.empty(); });
  sort_once(facts.capabilities);
  sort_once(facts.villages);
  return facts;
}

std::span<const FacilityType> facility_types() { return kFacilityTypes; }
std::span<const Capability> capabilities() { return kCapabilities; }
std::span<const CodeSystem> code_systems() { return kCodeSystems; }
std::span<const NodeKind> node_kinds() { return kNodeKinds; }
std::span<const UnitKind> unit_kinds() { return kUnitKindRows; }

const FacilityType* find_facility_type(std::string_view key) {
  const auto row = std::ranges::find(kFacilityTypes, key, &FacilityType::key);
  return row == kFacilityTypes.end() ? nullptr : &*row;
}

Message title(NodeKind kind) { return kKindRows.at(static_cast<std::size_t>(kind)).title; }
Message title(UnitKind kind) { return kUnitTitles.at(static_cast<std::size_t>(kind)); }
Message title(Level level) { return level == Level::Fktp ? Msg::PlaceFktp : Msg::PlaceFkrtl; }

bool is_place_code(std::string_view code) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
  return code.size() <= kLongestPlaceCode && code.find_first_not_of(kLetters) == std::string_view::npos;
}

bool stands_in(NodeKind kind, Tree tree) { return kind == NodeKind::Facility || is_office(kind) == (tree == Tree::Government); }

const Node* above(const Organisation& organisation, const Node& node, Tree tree) {
  for (const auto& key : {node.parent, node.supervisor}) {
    const auto* up = key ? organisation.find(*key) : nullptr;
    if (up != nullptr && up->kind != NodeKind::Facility && stands_in(up->kind, tree)) return up;
  }
  return nullptr;
}

std::vector<const Node*> path_in(const Organisation& organisation, const Node& node, Tree tree) {
  std::vector<const Node*> path;
  for (const auto* up = &node; up != nullptr && path.size() <= kDeepestTree; up = above(organisation, *up, tree)) path.push_back(up);
  std::ranges::reverse(path);
  return path;
}

bool may_hang_on(NodeKind below, NodeKind above) {
  return kKindRows.at(static_cast<std::size_t>(below)).above.contains(kKindLetters[static_cast<std::size_t>(above)]);
}

Problems check_node(const Organisation& next, const Node& node) { return Judge(next, node).judge(); }

Problems check_unit(const Organisation& next, const Unit& unit) {
  Problems wrong;
  const auto* facility = next.find(unit.facility);
  if (facility == nullptr || facility->kind != NodeKind::Facility)
    wrong.push_back({Problem::Kind::Invalid, Msg::PlaceUnitNowhere, "parent", {}});
  if (!is_name(unit.name)) wrong.push_back({Problem::Kind::Invalid, Msg::PlaceUnitNoName, "name", {}});
  if (unit.code.empty() || !is_place_code(unit.code)) wrong.push_back({Problem::Kind::Invalid, Msg::PlaceBadCode, "code", {}});
  const auto same = [&](const Unit& other) { return other.code == unit.code && other.key != unit.key; };
  if (std::ranges::any_of(next.units(unit.facility), same))
    wrong.push_back({Problem::Kind::Conflict, Msg::PlaceUnitCodeTaken, "code", {unit.code}});
  if (unit.valid_to && *unit.valid_to <= unit.valid_from) wrong.push_back({Problem::Kind::Invalid, Msg::PlaceEndsEarly, "valid_to", {}});
  return wrong;
}

Problems check_facts(const PlaceFacts& facts) {
  Problems wrong;
  for (const auto& [system, code] : facts.codes)
    if (!is_place_code(code) || std::ranges::find(kCodeSystems, system, &CodeSystem::key) == kCodeSystems.end())
      wrong.push_back({Problem::Kind::Invalid, Msg::PlaceBadCode, "code_" + system, {}});
  for (const auto& capability : facts.capabilities)
    if (std::ranges::find(kCapabilities, capability, &Capability::key) == kCapabilities.end())
      wrong.push_back({Problem::Kind::Invalid, Msg::PlaceBadCapability, "capabilities", {capability}});
  for (std::size_t i = 0; i < facts.villages.size(); ++i) {
    const auto& name = facts.villages[i].name;
    if (!is_name(name) || name.contains(';')) wrong.push_back({Problem::Kind::Invalid, Msg::PlaceBadVillage, "villages", {name}});
    if (i > 0 && name == facts.villages[i - 1].name) wrong.push_back({Problem::Kind::Invalid, Msg::PlaceVillageTwice, "villages", {name}});
  }
  return wrong;
}

}  // namespace pilar
