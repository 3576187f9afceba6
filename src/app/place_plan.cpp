#include "app/place_plan.h"

#include <algorithm>
#include <array>

#include "app/place.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/place.h"
#include "i18n/words/place_page.h"
#include "interchange/typed_text.h"

namespace pilar::app {
namespace {

constexpr std::size_t kMostOffers = 200;  ///< looking for the nearest costs a walk over all of them

/// One cell: nothing said, cleared with "-", or a text.
struct PlaceCell {
  std::string_view text{};
  bool clears() const { return text == "-"; }
  bool says() const { return !text.empty(); }
};

/// The columns of one sheet.
class SheetColumns {
 public:
  explicit SheetColumns(const PlaceSheet& sheet) {
    std::vector<std::string_view> known;
    for (const auto& row : place_columns()) known.push_back(row.key);
    for (std::size_t i = 0; i < sheet.header.size(); ++i) {
      const auto& name = sheet.header[i];
      if (std::ranges::find(known, name) != known.end())
        at_.emplace(name, i);
      else if (!name.empty() && !is_answer(name))
        ignored.emplace_back(name, nearest(name, known));
    }
  }
  PlaceCell cell(const PlaceSheet::Line& line, std::string_view key) const {
    const auto column = at_.find(key);
    if (column == at_.end() || column->second >= line.fields.size()) return {};
    return {line.fields[column->second]};
  }

  std::vector<std::pair<std::string, std::string>> ignored{};

 private:
  /// The columns that answered_sheet() added before.
  static bool is_answer(std::string_view name) { return name == "hasil" || name == "kesalahan"; }
  std::map<std::string, std::size_t, std::less<>> at_{};
};

/// The column in which a use case's field stands.
std::string column_of_field(std::string_view field) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kFields{{{"code", "kode"},
                                                                                  {"name", "nama"},
                                                                                  {"type", "tipe"},
                                                                                  {"parent", "induk"},
                                                                                  {"supervisor", "dinas"},
                                                                                  {"valid_to", "tutup"},
                                                                                  {"successor", "gabung_ke"},
                                                                                  {"capabilities", "kemampuan"},
                                                                                  {"villages", "desa"}}};
  if (field.starts_with("code_")) return "kode_" + std::string(field.substr(5));
  const auto* row = std::ranges::find(kFields, field, &std::pair<std::string_view, std::string_view>::first);
  return row == kFields.end() ? std::string() : std::string(row->second);
}

class Planner {
 public:
  Planner(const PlanGround& ground, const PlaceSheet& sheet) : ground_(ground), sheet_(sheet), columns_(sheet) {
    for (const auto& [place, facts] : ground.facts)
      for (const auto& [system, code] : facts.codes) holders_.emplace(std::pair(system, code), place);
    for (const auto& node : ground.places.nodes()) codes_.push_back(node.code);
  }

  PlacePlan plan() {
    plan_.ignored = columns_.ignored;
    for (std::size_t i = 0; i < sheet_.lines.size(); ++i) begin(i);
    for (auto& draft : plan_.drafts) read_places(draft);
    for (auto& draft : plan_.drafts) read_rest(draft);
    judge();
    return std::move(plan_);
  }

 private:
  PlaceCell cell(const PlaceDraft& draft, std::string_view key) const { return columns_.cell(sheet_.lines[draft.line], key); }
  void wrong(PlaceDraft& draft, std::string column, Message message, std::vector<std::string> args = {}) {
    draft.problems.push_back({Problem::Kind::Invalid, message, std::move(column), std::move(args)});
  }
  Day today(const Node& node) const { return civil_day(ground_.now, node.zone); }

  // --- which place the line is about ---------------------------------------------------------------------------------

  void begin(std::size_t line) {
    PlaceDraft draft{line};
    for (const auto& problem : sheet_.lines[line].unreadable) draft.problems.push_back(problem);
    const auto code = cell(draft, "kode");
    const Node* known = code.says() ? ground_.places.find(code.text) : known_elsewhere(draft);
    draft.fate = known == nullptr ? PlaceFate::Added : PlaceFate::Same;
    if (known != nullptr) {
      draft.before = draft.node = *known;
      if (const auto facts = ground_.facts.find(known->key); facts != ground_.facts.end()) draft.had = draft.facts = facts->second;
    } else {
      draft.node.key = {ground_.first.value + added_};
      ++added_;
      draft.node.code = code.text;
      if (!code.says()) wrong(draft, "kode", Msg::PlaceImportNoCode);
    }
    note_first(draft);
    plan_.drafts.push_back(std::move(draft));
  }

  const Node* known_elsewhere(const PlaceDraft& draft) const {
    for (const auto& column : place_columns()) {
      if (column.column != PlaceColumn::OtherCode) continue;
      const auto holder = holders_.find(std::pair(std::string(column.system), std::string(cell(draft, column.key).text)));
      if (holder != holders_.end()) return ground_.places.find(holder->second);
    }
    return nullptr;
  }

  void note_first(PlaceDraft& draft) {
    if (draft.node.code.empty()) return;
    const auto [first, is_first] = by_code_.emplace(draft.node.code, std::pair(draft.line, draft.node.key));
    if (!is_first) wrong(draft, "kode", Msg::PlaceImportTwice, {std::to_string(sheet_.lines[first->second.first].number)});
  }

  // --- places that it names ------------------------------------------------------------------------------------------

  /// The place of this code, there or coming with the file.
  std::optional<FacilityKey> named_place(PlaceDraft& draft, const char* column, std::string_view code) {
    if (const auto* node = ground_.places.find(code)) return node->key;
    if (const auto coming = by_code_.find(code); coming != by_code_.end()) return coming->second.second;
    const auto near = offers_++ < kMostOffers ? nearest(code, codes_) : std::string_view();
    wrong(draft, column, Msg::PlaceImportUnknown, {std::string(code), std::string(near)});
    return {};
  }

  void read_place(PlaceDraft& draft, const char* column, std::optional<FacilityKey>& into) {
    const auto given = cell(draft, column);
    if (given.clears())
      into.reset();
    else if (given.says())
      into = named_place(draft, column, given.text);
  }

  void read_places(PlaceDraft& draft) {
    read_place(draft, "induk", draft.node.parent);
    read_place(draft, "dinas", draft.node.supervisor);
    read_place(draft, "gabung_ke", draft.node.successor);
  }

  // --- everything else -----------------------------------------------------------------------------------------------

  void read_rest(PlaceDraft& draft) {
    if (const auto name = cell(draft, "nama"); name.says()) draft.node.name = name.text;
    read_type(draft);
    read_kind(draft);
    if (const auto zone = cell(draft, "zona"); zone.says()) {
      const auto known = parse_zone(zone.text);
      if (!known) wrong(draft, "zona", Msg::PlaceImportBadZone, {std::string(zone.text)});
      draft.node.zone = known.value_or(Zone::Wib);
    }
    if (const auto day = read_day(draft, "mulai")) draft.node.valid_from = *day;
    if (cell(draft, "tutup").clears())
      draft.node.valid_to.reset();
    else if (const auto day = read_day(draft, "tutup"))
      draft.node.valid_to = *day;
    if (!draft.node.valid_to && draft.before.successor) draft.node.successor.reset();
    read_move(draft);
    read_facts(draft);
    read_units(draft);
  }

  std::optional<Day> read_day(PlaceDraft& draft, const char* column) {
    const auto given = cell(draft, column);
    if (!given.says() || given.clears()) return {};
    const auto time = parse_local_time(given.text, DateOrder::DayFirst);
    if (!time) wrong(draft, column, Msg::PlaceImportBadDay, {std::string(given.text)});
    return time ? std::optional(time->day) : std::nullopt;
  }

  void read_type(PlaceDraft& draft) {
    const auto given = cell(draft, "tipe");
    if (!given.says()) return;
    const auto* type = parse_type_words(given.text);
    if (type != nullptr || given.clears()) {
      draft.node.facility_type = type == nullptr ? "" : std::string(type->key);
      return;
    }
    std::vector<std::string_view> known;
    for (const auto& one : facility_types()) known.insert(known.end(), {one.key, say(Lang::Id, one.title)});
    wrong(draft, "tipe", Msg::PlaceImportBadType, {std::string(given.text), std::string(nearest(given.text, known))});
  }

  void read_kind(PlaceDraft& draft) {
    const auto given = cell(draft, "jenis");
    if (!given.says()) return;  // a new place is a facility unless it says something else
    const auto kind = parse_kind_words(given.text);
    if (!kind) {
      std::vector<std::string_view> known;
      for (const auto one : node_kinds()) known.insert(known.end(), {name(one), say(Lang::Id, title(one))});
      return wrong(draft, "jenis", Msg::PlaceImportBadKind, {std::string(given.text), std::string(nearest(given.text, known))});
    }
    if (draft.fate != PlaceFate::Added && *kind != draft.before.kind)
      return wrong(draft, "jenis", Msg::PlaceImportOtherKind, {std::string(say(Lang::Id, title(draft.before.kind)))});
    draft.node.kind = *kind;
  }

  void read_move(PlaceDraft& draft) {
    const bool goes = draft.node.parent != draft.before.parent || draft.node.supervisor != draft.before.supervisor;
    if (draft.fate == PlaceFate::Added || !goes) return;
    const auto day = read_day(draft, "pindah_mulai").value_or(today(draft.node));
    const auto last = ground_.places.moved_on(draft.node.key);
    if (last && day < *last) wrong(draft, "pindah_mulai", Msg::PlaceMoveEarly);
    if (today(draft.node) < day) wrong(draft, "pindah_mulai", Msg::PlaceMoveFuture);
    draft.moved_from = day;
  }

  void read_facts(PlaceDraft& draft) {
    for (const auto& column : place_columns()) {
      if (column.column != PlaceColumn::OtherCode) continue;
      const auto code = cell(draft, column.key);
      if (code.says()) draft.facts.codes[std::string(column.system)] = code.clears() ? "" : std::string(code.text);
    }
    if (const auto given = cell(draft, "kemampuan"); given.says()) {
      draft.facts.capabilities.clear();
      each_part(given, [&](std::string_view part) { read_capability(draft, part); });
    }
    if (const auto given = cell(draft, "desa"); given.says()) {
      draft.facts.villages.clear();
      each_part(given, [&](std::string_view part) {
        if (auto village = parse_village(part)) draft.facts.villages.push_back(*std::move(village));
      });
    }
    draft.facts = tidy(std::move(draft.facts));
  }

  template <class Visit>
  static void each_part(const PlaceCell& given, Visit&& visit) {
    if (given.clears()) return;
    for (const auto part : split(given.text, ';'))
      if (const auto kept = trim(part); !kept.empty()) visit(kept);
  }

  void read_capability(PlaceDraft& draft, std::string_view part) {
    if (const auto* known = parse_capability_words(part)) return draft.facts.capabilities.emplace_back(known->key), void();
    std::vector<std::string_view> names;
    for (const auto& one : capabilities()) names.insert(names.end(), {one.key, say(Lang::Id, one.title)});
    wrong(draft, "kemampuan", Msg::PlaceImportBadCapability, {std::string(part), std::string(nearest(part, names))});
  }

  void read_units(PlaceDraft& draft) {
    const auto there = ground_.places.units(draft.node.key);
    each_part(cell(draft, "unit"), [&](std::string_view part) {
      const auto unit = parse_named_unit(part);
      if (!unit) return wrong(draft, "unit", Msg::PlaceImportBadUnit, {std::string(part)});
      const auto same = [&](const auto& other) { return lower_ascii(other.name) == lower_ascii(unit->name); };
      const bool is_known = draft.fate != PlaceFate::Added && std::ranges::any_of(there, same);
      if (!is_known && std::ranges::none_of(draft.units, same)) draft.units.push_back(*unit);
    });
    if (!draft.units.empty() && draft.node.kind != NodeKind::Facility) wrong(draft, "unit", Msg::PlaceUnitNowhere);
  }

  // --- whether it may be so ------------------------------------------------------------------------------------------

  bool is_changed(const PlaceDraft& draft) const {
    return draft.fate != PlaceFate::Same || draft.node != draft.before || draft.facts != draft.had || !draft.units.empty();
  }

  /// A line that is refused takes those with it that stand on it; so until no more are.
  void judge() {
    for (auto& draft : plan_.drafts) {
      if (draft.fate == PlaceFate::Same && is_changed(draft)) draft.fate = PlaceFate::Changed;
      check_place_facts(draft);
      if (!draft.problems.empty()) draft.fate = PlaceFate::Refused;
    }
    while (refuse_what_cannot_be()) continue;
  }

  void check_place_facts(PlaceDraft& draft) {
    if (draft.fate == PlaceFate::Same || draft.facts == draft.had) return;
    auto found = check_facts(draft.facts);
    for (const auto& [system, code] : draft.facts.codes) {
      const auto [holder, is_free] = holders_.emplace(std::pair(system, code), draft.node.key);
      if (!is_free && holder->second != draft.node.key)
        found.push_back({Problem::Kind::Conflict, Msg::PlaceCodeTaken, "code_" + system, {code}});
    }
    take_over(draft, std::move(found));
  }

  static void take_over(PlaceDraft& draft, Problems found) {
    for (auto& problem : found) {
      problem.field = column_of_field(problem.field);
      draft.problems.push_back(std::move(problem));
    }
  }

  bool refuse_what_cannot_be() {
    std::vector<Node> nodes;
    for (const auto& draft : plan_.drafts)
      if (draft.fate == PlaceFate::Added || draft.fate == PlaceFate::Changed) nodes.push_back(draft.node);
    const auto next = with_nodes(ground_.places, nodes);
    bool refused_any = false;
    for (auto& draft : plan_.drafts) {
      if (draft.fate != PlaceFate::Added && draft.fate != PlaceFate::Changed) continue;
      auto found = check_change(ground_.scope, ground_.places, next, draft.node);
      if (found.empty()) continue;
      take_over(draft, std::move(found));
      draft.fate = PlaceFate::Refused;
      refused_any = true;
    }
    return refused_any;
  }

  const PlanGround& ground_;
  const PlaceSheet& sheet_;
  SheetColumns columns_;
  std::map<std::pair<std::string, std::string>, FacilityKey> holders_;
  std::vector<std::string_view> codes_;
  std::map<std::string, std::pair<std::size_t, FacilityKey>, std::less<>> by_code_;
  std::int32_t added_ = 0;
  std::size_t offers_ = 0;
  PlacePlan plan_;
};

}  // namespace

PlacePlan plan_places(const PlanGround& ground, const PlaceSheet& sheet) { return Planner(ground, sheet).plan(); }

}  // namespace pilar::app
