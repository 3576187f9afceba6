#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/context.h"
#include "base/result.h"
#include "domain/access.h"
#include "domain/place.h"
#include "i18n/lang.h"
#include "interchange/table.h"

/// Places as rows of a table: the same columns go out and come in.
namespace pilar::app {

enum class PlaceColumn : std::uint8_t {
  Code,
  Name,
  Kind,
  Type,
  Parent,
  Supervisor,
  Zone,
  From,
  To,
  Successor,
  MovedFrom,
  OtherCode,
  Capabilities,
  Villages,
  Units
};
struct PlaceColumnRow {
  PlaceColumn column;
  std::string_view key;  ///< stands at the head of the column: "induk"
  Message title, hint;       ///< what it is, and what may stand in it
  std::string_view system{};  ///< CodeSystem::key of an OtherCode
};
std::span<const PlaceColumnRow> place_columns();

/// The places as a table that can be imported again; words of lists in the language, which import understands as it does their keys.
/// `places` must live as long as the table.
Table place_table(Lang lang, std::shared_ptr<const Reference> reference, std::vector<const Node*> places,
                  std::map<FacilityKey, PlaceFacts> facts);
/// What is known of every place whose results the scope may see, for place_table().
std::map<FacilityKey, PlaceFacts> load_place_facts(Context& context, const Scope& scope);

/// A unit in a cell: its name, and its kind in brackets where that is no service: "Pustu Sukamaju [Pustu]".
struct NamedUnit {
  std::string name;
  UnitKind kind = UnitKind::Service;
};
/// Empty where there is no name or the kind is none.
std::optional<NamedUnit> parse_named_unit(std::string_view text);

/// The kind, type or capability that a text names, by its key or its title in either language; capitals do not matter.
std::optional<NodeKind> parse_kind_words(std::string_view text);
const FacilityType* parse_type_words(std::string_view text);
const Capability* parse_capability_words(std::string_view text);

}  // namespace pilar::app
