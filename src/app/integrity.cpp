#include "app/integrity.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "app/answered.h"
#include "app/integrity_parts.h"
#include "base/text.h"
#include "domain/reason.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/indicator.h"
#include "i18n/words/integrity.h"
#include "i18n/words/page.h"
#include "i18n/words/result.h"
#include "store/facility_head.h"

namespace pilar::app {
namespace {

Problems check_integrity_place(const Scope& scope, const Organisation& organisation, const Node* node) {
  if (node == nullptr) return {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat", {}}};
  if (!scope.may(Right::ReadResults, organisation, node->key)) return {{Problem::Kind::Forbidden, Msg::AccessMayNotRead, "tempat", {}}};
  return {};
}

/// Leaves what a person with this scope may see.
void keep_visible(const Scope& scope, const Organisation& organisation, FacilityKey facility, std::vector<FoundSign>& signs) {
  std::erase_if(signs,
                [&](const FoundSign& sign) { return sign.unit && !scope.may(Right::ReadResults, organisation, facility, *sign.unit); });
  for (auto& sign : signs)
    std::erase_if(sign.records, [&](const SignRecord& one) { return !scope.may(Right::ReadRecords, organisation, facility, one.unit); });
}

/// One figure found in two ways is one sign.
void drop_repeated(std::vector<FoundSign>& signs) {
  const auto same = [](const FoundSign& a, const FoundSign& b) {
    return a.kind == SignKind::RoundNumbers && b.kind == a.kind && a.version == b.version && a.item == b.item;
  };
  for (auto at = signs.begin(); at != signs.end(); ++at)
    signs.erase(std::remove_if(at + 1, signs.end(), [&](const FoundSign& other) { return same(*at, other); }), signs.end());
}

void sort_signs(std::vector<FoundSign>& signs) {
  std::ranges::stable_sort(signs, {}, [](const FoundSign& one) {
    return std::tuple(one.checked.has_value(), one.sign.severity, one.kind, std::string_view(one.version->form.key));
  });
}

/// Everything that is found at the facility, whoever asks.
void examine(Context& context, const Scope& scope, const KamusView& kamus, IntegrityView& view) {
  const auto& reference = *view.reference;
  const Month from{view.month.value - kIntegrityMonths + 1}, to{view.month.value + 1};
  const auto ever = answered_instruments(context, reference, *view.node, {view.node->key}, from, to);
  const auto now = answered_instruments(context, reference, *view.node, {view.node->key}, view.month, to);
  const integrity::Subject subject{context, scope, reference, *view.node, kamus, view.month, view.running};
  auto left = kMostLooked;
  for (const auto* version : reference.latest_of_all()) {
    if (!ever.contains(version->instrument)) continue;
    integrity::look_at_measures(subject, *version, view.signs);
    if (!now.contains(version->instrument)) continue;
    if (!version->form.is_public) integrity::look_at_figures(subject, *version, view.signs);
    left -= integrity::look_at_records(subject, *version, left, view.signs);
  }
  view.cut = left <= 0;
  drop_repeated(view.signs);
}

Result<IntegrityView> examine_facility(Context& context, const Scope& scope, FacilityKey facility, Month month) {
  IntegrityView view;
  view.reference = context.reference.get();
  view.node = view.reference->organisation.find(facility);
  if (auto wrong = check_integrity_place(scope, view.reference->organisation, view.node); !wrong.empty())
    return std::unexpected(std::move(wrong));
  if (view.node->kind != NodeKind::Facility) return refuse(Problem::Kind::Invalid, Msg::IndicatorNotFacility, "tempat");
  view.as_of = context.clock.now();
  view.month = month;
  view.running = month_of(civil_day(view.as_of, view.node->zone));
  if (view.running < month) return refuse(Problem::Kind::NotFound, Msg::PageNotFound, "bulan");
  const auto kamus = read_kamus_of(context, scope, facility);
  if (!kamus) return std::unexpected(kamus.error());
  examine(context, scope, *kamus, view);
  context.db.read([&](store::Tx& tx) {
    const auto checks = store::load_integrity_checks(tx, facility, month);
    for (auto& sign : view.signs)
      if (const auto at = checks.find(sign.key()); at != checks.end()) sign.checked = at->second;
  });
  sort_signs(view.signs);
  return view;
}

store::StoredCount count_of(const IntegrityView& view) {
  store::StoredCount out{view.node->key, view.as_of, 0, 0, 0, 0};
  for (const auto& one : view.signs) {
    if (one.checked)
      ++out.looked;
    else
      ++(one.sign.severity == Severity::High ? out.high : one.sign.severity == Severity::Middle ? out.middle : out.low);
  }
  return out;
}

/// Counts are the same for everybody, whoever had them made.
Scope counting_scope() { return {Role::Administrator, kEverywhere, "program"}; }

std::vector<FacilityKey> facilities_of(const Organisation& organisation, const Node& node, Month month) {
  if (node.kind == NodeKind::Facility) return {node.key};
  return organisation.facilities_under(node.key, first_day(month));
}

void count_facility(Context& context, FacilityKey facility, Month month) {
  const auto view = examine_facility(context, counting_scope(), facility, month);
  if (view) context.db.shared([&](store::Tx& tx) { store::put_integrity_count(tx, month, count_of(*view)); });
}

/// In key order, kPassedAStep at most.
std::vector<FacilityKey> facilities_behind(const Organisation& organisation, FacilityKey after) {
  std::vector<FacilityKey> out;
  const auto& nodes = organisation.nodes();
  for (auto at = std::ranges::upper_bound(nodes, after, {}, &Node::key); at != nodes.end() && out.size() < kPassedAStep; ++at)
    if (at->kind == NodeKind::Facility) out.push_back(at->key);
  return out;
}

std::map<FacilityKey, store::StoredCount> counts_between(Context& context, Month month, FacilityKey first, FacilityKey last) {
  std::map<FacilityKey, store::StoredCount> counts;
  context.db.read([&](store::Tx& tx) {
    counts.clear();
    for (const auto& one : store::load_integrity_counts(tx, month, first, last)) counts.emplace(one.facility, one);
  });
  return counts;
}

}  // namespace

std::string FoundSign::key() const {
  std::string out(key_of(sign_kinds(), kind));
  out += ":" + version->form.key + ":";
  if (measure != nullptr) out += measure->key;
  if (item != nullptr) out += item->key;
  if (rule != nullptr) out += rule->key;
  if (unit) out += ":u" + std::to_string(unit->value);
  if (day) out += ":" + iso(*day);
  if (hour) out += ":h" + std::to_string(hour->micros / 3'600'000'000);
  if (like) out += ":" + iso(*like);
  for (const auto& counted : {first, second})
    if (counted.n != 0 || counted.x != 0) out += ":" + std::to_string(counted.x) + "-" + std::to_string(counted.n);
  if (oddness) out += ":" + std::to_string(static_cast<std::int64_t>(figure * 1e6));
  return out;
}

Result<IntegrityView> read_integrity(Context& context, const Scope& scope, FacilityKey facility, Month month) {
  auto view = examine_facility(context, scope, facility, month);
  if (!view) return view;
  keep_visible(scope, view->reference->organisation, facility, view->signs);
  return view;
}

bool may_check_signs(const Scope& scope, const Organisation& organisation, FacilityKey facility) {
  return scope.may(Right::ManageIndicators, organisation, facility);
}

Result<void> check_sign(Context& context, const Scope& scope, FacilityKey facility, Month month, std::string_view sign,
                        const std::string& reason) {
  auto view = read_integrity(context, scope, facility, month);
  if (!view) return std::unexpected(view.error());
  if (!may_check_signs(scope, view->reference->organisation, facility)) return refuse(Problem::Kind::Forbidden, Msg::IntegrityMayNotCheck);
  const auto found = std::ranges::find(view->signs, sign, [](const FoundSign& one) { return one.key(); });
  if (found == view->signs.end()) return refuse(Problem::Kind::NotFound, Msg::IntegritySignGone);
  const std::string why(trim(reason));
  if (auto wrong = check_reason(why, "reason", Msg::IntegrityReasonMissing); !wrong.empty()) return std::unexpected(std::move(wrong));
  const store::StoredCheck check{context.clock.now(), scope.actor(), why};
  context.db.shared([&](store::Tx& tx) {
    store::put_integrity_check(tx, facility, month, std::string(sign), check);
    store::append_audit(tx, facility, {check.at, check.actor, "integrity.check", "month:" + iso(month), ""});
  });
  count_facility(context, facility, month);
  return {};
}

std::optional<store::StoredCount> find_waiting_signs(Context& context, const Scope& scope, FacilityKey facility, Month month) {
  std::optional<store::StoredCount> count;
  if (!may_check_signs(scope, context.reference.get()->organisation, facility)) return count;
  context.db.read([&](store::Tx& tx) { count = store::find_integrity_count(tx, facility, month); });
  return count;
}

Result<OfficeIntegrity> read_office_integrity(Context& context, const Scope& scope, FacilityKey place, Month month) {
  OfficeIntegrity out;
  out.reference = context.reference.get();
  const auto& organisation = out.reference->organisation;
  out.node = organisation.find(place);
  if (auto wrong = check_integrity_place(scope, organisation, out.node); !wrong.empty()) return std::unexpected(std::move(wrong));
  out.month = month;
  out.running = month_of(civil_day(context.clock.now(), out.node->zone));
  const auto facilities = facilities_of(organisation, *out.node, month);
  if (facilities.empty()) return out;
  const auto counts = counts_between(context, month, facilities.front(), facilities.back());
  for (const auto facility : facilities) {
    IntegrityRow row{organisation.find(facility), {}};
    if (const auto at = counts.find(facility); at != counts.end()) row.count = at->second;
    out.rows.push_back(row);
  }
  std::ranges::stable_sort(out.rows, {}, [](const IntegrityRow& row) {
    const auto count = row.count.value_or(store::StoredCount{});
    return std::tuple(!row.count.has_value(), -count.high, -count.middle, std::string_view(row.node->name));
  });
  return out;
}

Result<std::size_t> count_signs(Context& context, const Scope& scope, FacilityKey place, Month month) {
  auto office = read_office_integrity(context, scope, place, month);
  if (!office) return std::unexpected(office.error());
  if (office->running < month) return refuse(Problem::Kind::NotFound, Msg::PageNotFound, "bulan");
  std::ranges::stable_sort(office->rows, {}, [](const IntegrityRow& row) { return row.count ? row.count->as_of : Instant{}; });
  if (office->rows.size() > kCountedAtOnce) office->rows.resize(kCountedAtOnce);
  for (const auto& row : office->rows) count_facility(context, row.node->key, month);
  return office->rows.size();
}

Result<WaitingFacilities> count_waiting_facilities(Context& context, const Scope& scope, FacilityKey place, Month month) {
  const auto reference = context.reference.get();
  const auto* node = reference->organisation.find(place);
  if (auto wrong = check_integrity_place(scope, reference->organisation, node); !wrong.empty()) return std::unexpected(std::move(wrong));
  std::vector<store::WaitingCount> waiting;
  context.db.read([&](store::Tx& tx) { waiting = store::load_waiting_counts(tx, month); });
  WaitingFacilities out;
  const auto facilities = facilities_of(reference->organisation, *node, month);
  for (const auto& one : waiting) {
    if (!std::ranges::binary_search(facilities, one.facility)) continue;
    ++out.all;
    if (one.high > 0) ++out.high;
  }
  return out;
}

std::optional<FacilityKey> count_signs_step(Context& context, FacilityKey after) {
  // A month is over when it is over in the westernmost zone.
  const Month over{month_of(civil_day(context.clock.now(), Zone::Wib)).value - 1};
  const auto reference = context.reference.get();
  const auto facilities = facilities_behind(reference->organisation, after);
  if (facilities.empty()) return {};
  const auto counts = counts_between(context, over, facilities.front(), facilities.back());
  std::size_t counted = 0;
  for (const auto facility : facilities) {
    if (const auto at = counts.find(facility); at != counts.end() && !at->second.is_old()) continue;
    count_facility(context, facility, over);
    if (++counted == kCountedAStep) return facility;
  }
  return facilities.back();
}

}  // namespace pilar::app
