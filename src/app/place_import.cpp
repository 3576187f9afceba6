#include "app/place_import.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <tuple>

#include "app/organisation.h"
#include "app/place.h"
#include "app/place_plan.h"
#include "app/survey_link.h"
#include "i18n/messages.h"
#include "i18n/words/place_page.h"
#include "store/facility_head.h"
#include "store/instrument_store.h"
#include "store/organisation_store.h"
#include "store/place_store.h"

namespace pilar::app {
namespace {

constexpr std::size_t kImportedAtOnce = 500;
constexpr int kMostPlans = 5;

PlaceImportReport report_of(const PlaceSheet& sheet, PlacePlan plan) {
  PlaceImportReport report;
  report.ignored = std::move(plan.ignored);
  report.rows = static_cast<std::int64_t>(plan.drafts.size());
  for (auto& draft : plan.drafts) {
    report.fates.push_back(draft.fate);
    report.added += draft.fate == PlaceFate::Added ? 1 : 0;
    report.changed += draft.fate == PlaceFate::Changed ? 1 : 0;
    report.same += draft.fate == PlaceFate::Same ? 1 : 0;
    report.refused += draft.fate == PlaceFate::Refused ? 1 : 0;
    for (auto& problem : draft.problems) {
      auto column = problem.field;
      report.faults.push_back({sheet.lines[draft.line].number, std::move(column), std::move(problem)});
    }
  }
  return report;
}

/// The organisation and everything known of it in one snapshot, and the plan made from that.
struct PlanNow {
  std::shared_ptr<const Reference> reference;
  PlacePlan plan;
};

PlanNow plan_now(Context& context, const Scope& scope, const PlaceSheet& sheet) {
  refresh_reference(context);
  PlanNow out{context.reference.get(), {}};
  FacilityKey first;
  std::map<FacilityKey, PlaceFacts> facts;
  context.db.read([&](store::Tx& tx) {
    facts = store::load_facts(tx);
    first = store::next_node(tx);
  });
  out.plan = plan_places({scope, out.reference->organisation, facts, first, context.clock.now()}, sheet);
  return out;
}

/// What changes, in an order in which every place is there before something stands on it, and gone after.
std::vector<PlaceDraft> in_order(PlanNow& now) {
  std::vector<Node> nodes;
  std::vector<PlaceDraft> drafts;
  for (auto& draft : now.plan.drafts) {
    if (draft.fate != PlaceFate::Added && draft.fate != PlaceFate::Changed) continue;
    nodes.push_back(draft.node);
    drafts.push_back(draft);
  }
  const auto next = with_nodes(now.reference->organisation, nodes);
  const auto rank = [&](const PlaceDraft& draft) {
    const bool goes = draft.node.valid_to.has_value();
    const auto depth = static_cast<int>(next.path_to(draft.node.key).size());
    const auto kind = static_cast<int>(draft.node.kind);
    return std::tuple(draft.node.successor.has_value(), goes, goes ? -kind : kind, goes ? -depth : depth, draft.line);
  };
  std::vector<std::pair<decltype(rank(drafts.front())), std::size_t>> order;
  for (std::size_t i = 0; i < drafts.size(); ++i) order.emplace_back(rank(drafts[i]), i);
  std::ranges::sort(order);
  std::vector<PlaceDraft> sorted;
  for (const auto& [key, index] : order) sorted.push_back(std::move(drafts[index]));
  return sorted;
}

/// Writes drafts inside a transaction.
class DraftWriter {
 public:
  DraftWriter(store::Tx& tx, const Reference& reference, const Scope& scope, Instant at)
      : tx_(tx),
        reference_(reference),
        scope_(scope),
        at_(at) {}

  void write(const PlaceDraft& draft) { draft.fate == PlaceFate::Added ? add(draft) : change(draft); }

 private:
  void add(const PlaceDraft& draft) {
    const auto& node = draft.node;
    store::insert_node(tx_, node, reference_.generation);
    store::insert_facts(tx_, node.key, draft.facts);
    store::FacilityHead head{.facility = node.key, .found = true, .catalogue = reference_.generation};
    note(head, "place.add");
    const auto keys = add_units(draft, 0, head);
    if (node.kind == NodeKind::Facility) insert_first_links(tx_, reference_, node.key, keys);
    store::update_head(tx_, head);
  }

  void change(const PlaceDraft& draft) {
    auto node = draft.node;
    ++node.version;
    store::update_node(tx_, node);
    if (draft.facts != draft.had) store::replace_facts(tx_, node.key, draft.facts);
    auto head = store::lock_head(tx_, node.key);
    note(head, "place.change");
    if (draft.moved_from) move(draft, head);
    if (node.valid_to != draft.before.valid_to) {
      note(head, !node.valid_to ? "place.reopen" : node.successor ? "place.merge" : "place.close");
      if (node.valid_to) store::close_links(tx_, node.key, {});
    }
    const auto units = reference_.organisation.units(node.key);
    const auto keys = add_units(draft, units.empty() ? 0 : units.back().position, head);
    if (!keys.empty()) insert_missing_links(tx_, reference_, node.key, keys);
    head.catalogue = reference_.generation;
    store::update_head(tx_, head);
  }

  void move(const PlaceDraft& draft, store::FacilityHead& head) {
    const auto& before = draft.before;
    const auto day = *draft.moved_from;
    const bool stood_there = before.valid_from < day && reference_.organisation.moved_on(before.key) != day;
    if (stood_there) store::insert_move(tx_, {before.key, day, before.parent, before.supervisor});
    note(head, "place.move");
  }

  std::vector<UnitKey> add_units(const PlaceDraft& draft, std::int32_t position, store::FacilityHead& head) {
    std::vector<Unit> units(reference_.organisation.units(draft.node.key).begin(), reference_.organisation.units(draft.node.key).end());
    std::vector<UnitKey> keys;
    std::int32_t last = 0;
    for (const auto& unit : units) last = std::max(last, unit.key.value);
    for (const auto& named : draft.units) {
      Unit unit{draft.node.key, {++last}, free_code(units, named.name), named.name};
      unit.valid_from =
          draft.fate == PlaceFate::Added ? draft.node.valid_from : std::max(draft.node.valid_from, civil_day(at_, draft.node.zone));
      unit.kind = named.kind;
      unit.position = ++position;
      keys.push_back(store::insert_unit(tx_, unit));
      note(head, "unit.add");
      units.push_back(std::move(unit));
    }
    return keys;
  }

  static std::string free_code(const std::vector<Unit>& units, std::string_view name) {
    const auto wanted = code_of(name).empty() ? std::string("unit") : code_of(name);
    auto code = wanted;
    for (int n = 2; std::ranges::find(units, code, &Unit::code) != units.end(); ++n) code = wanted + "-" + std::to_string(n);
    return code;
  }

  void note(store::FacilityHead& head, const char* action) {
    store::append_line(tx_, head, {at_, scope_.actor(), action, "place:" + std::to_string(head.facility.value), R"({"import":1})"});
  }

  store::Tx& tx_;
  const Reference& reference_;
  const Scope& scope_;
  Instant at_;
};

/// Writes from `begin` on; how many were written before somebody else changed places.
std::size_t write_drafts(Context& context, const Scope& scope, const Reference& reference, const std::vector<PlaceDraft>& drafts,
                         const std::function<void(std::int64_t)>& told) {
  auto generation = reference.generation;
  for (std::size_t at = 0; at < drafts.size(); at += kImportedAtOnce) {
    bool is_alone = true;
    std::int64_t next = generation;
    context.db.shared([&](store::Tx& tx) {
      is_alone = store::load_generation(tx) == generation;
      if (!is_alone) return;
      DraftWriter writer(tx, reference, scope, context.clock.now());
      for (auto i = at; i < std::min(at + kImportedAtOnce, drafts.size()); ++i) writer.write(drafts[i]);
      next = store::advance_generation(tx);
    });
    if (!is_alone) return at;
    generation = next;
    told(static_cast<std::int64_t>(std::min(at + kImportedAtOnce, drafts.size())));
  }
  return drafts.size();
}

std::string fate_words(Lang lang, PlaceFate fate) {
  constexpr std::array kFates{Msg::PlaceFateAdded, Msg::PlaceFateChanged, Msg::PlaceFateSame, Msg::PlaceFateRefused};
  return std::string(say(lang, kFates.at(static_cast<std::size_t>(fate))));
}

}  // namespace

PlaceImportReport check_place_import(Context& context, const Scope& scope, const PlaceSheet& sheet) {
  return report_of(sheet, plan_now(context, scope, sheet).plan);
}

Result<PlaceImportReport> run_place_import(Context& context, const Scope& scope, const PlaceSheet& sheet,
                                           const std::function<void(std::int64_t)>& told) {
  std::optional<PlaceImportReport> report;
  for (int plans = 0; plans < kMostPlans; ++plans) {
    auto now = plan_now(context, scope, sheet);
    const auto drafts = in_order(now);
    if (!report) report = report_of(sheet, std::move(now.plan));
    const auto written = write_drafts(context, scope, *now.reference, drafts, told);
    refresh_reference(context);
    if (written == drafts.size()) return *std::move(report);
  }
  return refuse(Problem::Kind::Busy, Msg::PlaceImportBusy);
}

namespace {

/// Line by line what is wrong with it, each with its column.
std::map<std::int64_t, std::string> faults_of(Lang lang, const PlaceImportReport& report) {
  std::map<std::int64_t, std::string> faults;
  for (const auto& fault : report.faults) {
    auto& words = faults[fault.line];
    words += (words.empty() ? "" : " ") + (fault.column.empty() ? "" : fault.column + ": ") + say(lang, fault.problem);
  }
  return faults;
}

}  // namespace

Table answered_sheet(Lang lang, const PlaceSheet& sheet, const PlaceImportReport& report) {
  Table out{.caption = std::string(say(lang, Msg::PlacesTitle))};
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < sheet.header.size(); ++i) {
    if (sheet.header[i] == "hasil" || sheet.header[i] == "kesalahan") continue;
    kept.push_back(i);
    out.columns.push_back({sheet.header[i]});
  }
  out.columns.push_back({"hasil"});
  out.columns.push_back({"kesalahan"});
  out.rows = [lang, &sheet, kept, fates = report.fates, faults = faults_of(lang, report)](const OnTableRow& write) {
    for (std::size_t i = 0; i < sheet.lines.size(); ++i) {
      const auto& line = sheet.lines[i];
      std::vector<TableCell> cells;
      for (const auto column : kept) cells.push_back(column < line.fields.size() ? TableCell(line.fields[column]) : TableCell());
      cells.emplace_back(fate_words(lang, fates.at(i)));
      const auto fault = faults.find(line.number);
      cells.push_back(fault == faults.end() ? TableCell() : TableCell(fault->second));
      write(cells);
    }
  };
  return out;
}

}  // namespace pilar::app
