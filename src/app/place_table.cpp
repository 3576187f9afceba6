#include "app/place_table.h"

#include <algorithm>
#include <array>

#include "app/place_list.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/common.h"
#include "i18n/words/place.h"
#include "i18n/words/place_page.h"
#include "store/place_store.h"

namespace pilar::app {
namespace {

constexpr std::array kPlaceColumns{
    PlaceColumnRow{PlaceColumn::Code, "kode", Msg::PlacesCode, Msg::PlaceColumnCode},
    PlaceColumnRow{PlaceColumn::Name, "nama", Msg::CommonName, Msg::PlaceColumnName},
    PlaceColumnRow{PlaceColumn::Kind, "jenis", Msg::PlacesKind, Msg::PlaceColumnKind},
    PlaceColumnRow{PlaceColumn::Type, "tipe", Msg::PlacesType, Msg::PlaceColumnType},
    PlaceColumnRow{PlaceColumn::Parent, "induk", Msg::PlaceAbove, Msg::PlaceColumnParent},
    PlaceColumnRow{PlaceColumn::Supervisor, "dinas", Msg::PlacesOffice, Msg::PlaceColumnOffice},
    PlaceColumnRow{PlaceColumn::Zone, "zona", Msg::FirstRunZone, Msg::PlaceColumnZone},
    PlaceColumnRow{PlaceColumn::From, "mulai", Msg::PlaceSince, Msg::PlaceColumnFrom},
    PlaceColumnRow{PlaceColumn::To, "tutup", Msg::PlaceCloseFrom, Msg::PlaceColumnTo},
    PlaceColumnRow{PlaceColumn::Successor, "gabung_ke", Msg::PlaceMergedInto, Msg::PlaceColumnSuccessor},
    PlaceColumnRow{PlaceColumn::MovedFrom, "pindah_mulai", Msg::PlaceMoveFrom, Msg::PlaceColumnMoved},
    PlaceColumnRow{PlaceColumn::OtherCode, "kode_bpjs", Msg::PlaceCodeBpjs, Msg::PlaceOtherCodeHint, "bpjs"},
    PlaceColumnRow{PlaceColumn::OtherCode, "kode_satusehat", Msg::PlaceCodeSatusehat, Msg::PlaceOtherCodeHint, "satusehat"},
    PlaceColumnRow{PlaceColumn::OtherCode, "kode_kemenkes", Msg::PlaceCodeKemenkes, Msg::PlaceOtherCodeHint, "kemenkes"},
    PlaceColumnRow{PlaceColumn::OtherCode, "kode_dhis2", Msg::PlaceCodeDhis2, Msg::PlaceOtherCodeHint, "dhis2"},
    PlaceColumnRow{PlaceColumn::Capabilities, "kemampuan", Msg::PlaceCapabilities, Msg::PlaceColumnCapabilities},
    PlaceColumnRow{PlaceColumn::Villages, "desa", Msg::PlaceVillages, Msg::PlaceColumnVillages},
    PlaceColumnRow{PlaceColumn::Units, "unit", Msg::PlaceUnits, Msg::PlaceColumnUnits}};

bool is_called(std::string_view wanted, std::string_view key, Message title) {
  return wanted == key || wanted == lower_ascii(say(Lang::Id, title)) || wanted == lower_ascii(say(Lang::En, title));
}

void append(std::string& list, std::string_view word) {
  if (!list.empty()) list += "; ";
  list += word;
}

/// One place as the cells of its row.
class PlaceRowWriter {
 public:
  PlaceRowWriter(Lang lang, const Organisation& places, const Node& node, const PlaceFacts& facts)
      : lang_(lang),
        places_(places),
        node_(node),
        facts_(facts) {}

  TableCell cell(const PlaceColumnRow& column) const {
    switch (column.column) {
      case PlaceColumn::Code:
        return node_.code;
      case PlaceColumn::Name:
        return node_.name;
      case PlaceColumn::Kind:
        return std::string(say(lang_, title(node_.kind)));
      case PlaceColumn::Type:
        return type();
      case PlaceColumn::Parent:
        return code_of_place(node_.parent);
      case PlaceColumn::Supervisor:
        return code_of_place(node_.supervisor);
      case PlaceColumn::Zone:
        return std::string(name(node_.zone));
      case PlaceColumn::From:
        return node_.valid_from.value == 0 ? TableCell() : TableCell(node_.valid_from);
      case PlaceColumn::To:
        return node_.valid_to ? TableCell(*node_.valid_to) : TableCell();
      case PlaceColumn::Successor:
        return code_of_place(node_.successor);
      case PlaceColumn::OtherCode:
        return other_code(column.system);
      case PlaceColumn::Capabilities:
        return capability_list();
      case PlaceColumn::Villages:
        return village_list();
      case PlaceColumn::Units:
        return unit_list();
      case PlaceColumn::MovedFrom:
        break;
    }
    return {};
  }

 private:
  static TableCell filled(std::string text) { return text.empty() ? TableCell() : TableCell(std::move(text)); }

  TableCell type() const {
    const auto* row = find_facility_type(node_.facility_type);
    return row == nullptr ? TableCell() : TableCell(std::string(say(lang_, row->title)));
  }
  TableCell code_of_place(const std::optional<FacilityKey>& key) const {
    const auto* node = key ? places_.find(*key) : nullptr;
    return node == nullptr ? TableCell() : TableCell(node->code);
  }
  TableCell other_code(std::string_view system) const {
    const auto code = facts_.codes.find(system);
    return code == facts_.codes.end() ? TableCell() : TableCell(code->second);
  }
  TableCell capability_list() const {
    std::string out;
    for (const auto& key : facts_.capabilities) {
      const auto row = std::ranges::find(capabilities(), key, &Capability::key);
      append(out, row == capabilities().end() ? std::string_view(key) : say(lang_, row->title));
    }
    return filled(std::move(out));
  }
  TableCell village_list() const {
    std::string out;
    for (const auto& village : facts_.villages) append(out, text(village));
    return filled(std::move(out));
  }
  TableCell unit_list() const {
    std::string out;
    for (const auto& unit : places_.units(node_.key)) {
      if (unit.valid_to) continue;
      append(out, unit.kind == UnitKind::Service ? unit.name : unit.name + " [" + std::string(say(lang_, title(unit.kind))) + "]");
    }
    return filled(std::move(out));
  }

  Lang lang_;
  const Organisation& places_;
  const Node& node_;
  const PlaceFacts& facts_;
};

}  // namespace

std::span<const PlaceColumnRow> place_columns() { return kPlaceColumns; }

Table place_table(Lang lang, std::shared_ptr<const Reference> reference, std::vector<const Node*> places,
                  std::map<FacilityKey, PlaceFacts> facts) {
  Table out{.caption = std::string(say(lang, Msg::PlacesTitle))};
  for (const auto& column : kPlaceColumns) {
    const bool is_day = column.column == PlaceColumn::From || column.column == PlaceColumn::To;
    if (column.column != PlaceColumn::MovedFrom)
      out.columns.push_back({std::string(column.key), is_day ? TableColumn::Kind::Day : TableColumn::Kind::Text});
  }
  out.rows = [lang, reference = std::move(reference), places = std::move(places), facts = std::move(facts)](const OnTableRow& write) {
    const PlaceFacts none;
    for (const auto* node : places) {
      const auto known = facts.find(node->key);
      const PlaceRowWriter row(lang, reference->organisation, *node, known == facts.end() ? none : known->second);
      std::vector<TableCell> cells;
      for (const auto& column : kPlaceColumns)
        if (column.column != PlaceColumn::MovedFrom) cells.push_back(row.cell(column));
      write(cells);
    }
  };
  return out;
}

std::map<FacilityKey, PlaceFacts> load_place_facts(Context& context, const Scope& scope) {
  const auto reference = context.reference.get();
  const auto seen = places_with(scope, Right::ReadResults, reference->organisation);
  std::map<FacilityKey, PlaceFacts> facts;
  context.db.read([&](store::Tx& tx) { facts = store::load_facts(tx); });
  std::erase_if(facts, [&](const auto& one) { return !std::ranges::binary_search(seen, one.first, {}, &Node::key); });
  return facts;
}

std::optional<NamedUnit> parse_named_unit(std::string_view text) {
  text = trim(text);
  NamedUnit unit{std::string(text)};
  const auto open = text.rfind('[');
  if (text.ends_with(']') && open != std::string_view::npos) {
    const auto wanted = lower_ascii(trim(text.substr(open + 1, text.size() - open - 2)));
    const auto kind = std::ranges::find_if(unit_kinds(), [&](UnitKind one) { return is_called(wanted, name(one), title(one)); });
    if (kind == unit_kinds().end()) return {};
    unit = {std::string(trim(text.substr(0, open))), *kind};
  }
  if (unit.name.empty()) return {};
  return unit;
}

std::optional<NodeKind> parse_kind_words(std::string_view text) {
  const auto wanted = lower_ascii(trim(text));
  const auto kind = std::ranges::find_if(node_kinds(), [&](NodeKind one) { return is_called(wanted, name(one), title(one)); });
  if (kind == node_kinds().end()) return {};
  return *kind;
}

const FacilityType* parse_type_words(std::string_view text) {
  const auto wanted = lower_ascii(trim(text));
  const auto type = std::ranges::find_if(facility_types(), [&](const FacilityType& one) { return is_called(wanted, one.key, one.title); });
  return type == facility_types().end() ? nullptr : &*type;
}

const Capability* parse_capability_words(std::string_view text) {
  const auto wanted = lower_ascii(trim(text));
  const auto can = std::ranges::find_if(capabilities(), [&](const Capability& one) { return is_called(wanted, one.key, one.title); });
  return can == capabilities().end() ? nullptr : &*can;
}

}  // namespace pilar::app
