#include "app/indicator.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "app/formula.h"
#include "app/indicator_fit.h"
#include "base/hash.h"
#include "base/text.h"
#include "i18n/words/access.h"
#include "i18n/words/indicator.h"
#include "i18n/words/result.h"
#include "interchange/fields.h"
#include "interchange/kamus.h"
#include "store/facility_head.h"
#include "store/indicator_store.h"
#include "store/instrument_store.h"

namespace pilar::app {
namespace {

/// What a facility said about its indicators.
struct UsesOf {
  std::vector<store::StoredUse> uses{};
  std::vector<store::StoredTarget> targets{};
};

class KamusReader {
 public:
  KamusReader(Context& context, const Scope& scope, KamusView& view)
      : scope_(scope),
        view_(view),
        now_(context.clock.now()),
        organisation_(view.reference->organisation) {}

  void read(const UsesOf& uses) {
    view_.today = civil_day(now_, view_.node == nullptr ? Zone::Wib : view_.node->zone);
    for (const auto& entry : view_.reference->indicators)
      if (is_seen_from(entry.owner)) add(entry, uses);
    for (const auto& entry : view_.own) add(entry, uses);
    std::ranges::sort(view_.lines, {},
                      [](const KamusLine& line) { return std::tuple(line.profile().area, line.profile().title.id, line.entry->id.value); });
  }

 private:
  bool is_facility() const { return view_.is_of_facility(); }
  bool is_seen_from(FacilityKey owner) const { return owner == view_.place() || organisation_.is_under(view_.place(), owner); }

  void add(const IndicatorEntry& entry, const UsesOf& uses) {
    KamusLine line{&entry, entry.published()};
    if (line.version == nullptr) line.version = may_manage_indicators(scope_, organisation_, entry.owner) ? entry.draft() : nullptr;
    if (line.version == nullptr) return;
    if (is_facility() && !is_for(line.profile(), view_.node->facility_type)) return;
    find_measure(line);
    if (is_facility()) read_use(line, uses);
    line.target = target_of(line);
    view_.lines.push_back(std::move(line));
  }

  /// A form without items: only its measure says how the sum is read.
  void make_sum(KamusLine& line) {
    auto sum = std::make_unique<InstalledVersion>();
    const auto& profile = line.profile();
    sum->form.key = profile.key;
    sum->form.over = profile.key;
    sum->form.title = profile.title;
    sum->form.source = profile.source;
    Measure measure;
    measure.key = "nilai";
    measure.kind = MeasureKind::Ratio;
    measure.title = profile.title;
    measure.target = profile.target;
    sum->form.measures.push_back(std::move(measure));
    line.form = sum.get();
    line.measure = &sum->form.measures.front();
    view_.sums.push_back(std::move(sum));
  }

  void find_measure(KamusLine& line) {
    if (!line.profile().sum_of.empty()) return make_sum(line);
    const auto formula = line.profile().counted();
    const auto* form = formula ? view_.reference->formula(formula_key(*formula)) : view_.reference->latest(line.profile().instrument());
    if (form == nullptr) return;
    const auto at = formula ? form->form.measures.begin() : std::ranges::find(form->form.measures, line.profile().measure(), &Measure::key);
    if (at == form->form.measures.end()) return;
    line.form = form;
    line.measure = &*at;
  }

  void read_use(KamusLine& line, const UsesOf& uses) const {
    line.use.mandatory = line.version->published && line.profile().mandatory;
    line.used = line.use.mandatory;
    const auto use = std::ranges::find(uses.uses, line.entry->id, &store::StoredUse::indicator);
    if (use != uses.uses.end()) {
      const bool now = use->from <= view_.today && (!use->to || view_.today < *use->to);
      line.used = line.used || (now && line.version->published);
      line.use.responsible = use->responsible;
      if (now) line.use.from = use->from;
    }
    for (const auto& target : uses.targets)
      if (target.indicator == line.entry->id) line.use.targets.push_back({target.from, target.target});
  }

  std::optional<Decimal> target_of(const KamusLine& line) const {
    std::optional<Decimal> own;
    for (const auto& target : line.use.targets)
      if (target.from <= view_.today) own = target.target;
    if (own) return own;
    if (line.profile().target) return line.profile().target;
    return line.measure == nullptr ? std::nullopt : line.measure->target;
  }

  const Scope& scope_;
  KamusView& view_;
  Instant now_;
  const Organisation& organisation_;
};

const IndicatorEntry* find_entry(std::span<const IndicatorEntry> entries, IndicatorKey id) {
  const auto at = std::ranges::find(entries, id, &IndicatorEntry::id);
  return at == entries.end() ? nullptr : &*at;
}

void append(Problems& to, Problems from) { std::ranges::move(from, std::back_inserter(to)); }

/// The trail in which a change of what `owner` keeps is written: its own, or that of the person's place; none where there is neither.
void append_indicator_line(store::Tx& tx, const Organisation& organisation, const Scope& scope, FacilityKey owner,
                           const store::AuditLine& line) {
  const auto place = owner == kEverywhere ? scope.root() : owner;
  if (organisation.find(place) != nullptr) store::append_audit(tx, place, line);
}

/// One change of an entry, inside its transaction.
class IndicatorSaving {
 public:
  IndicatorSaving(Context& context, store::Tx& tx, const Scope& scope, const IndicatorEdit& edit)
      : tx_(tx),
        scope_(scope),
        edit_(edit),
        profile_(edit.profile),
        reference_(reference_in(context, tx)),
        owner_(edit.owner),
        now_(context.clock.now()) {}

  Result<SavedIndicator> save() {
    if (auto wrong = find_before(); !wrong.empty()) return std::unexpected(std::move(wrong));
    if (!may_manage_indicators(scope_, reference_->organisation, owner_))
      return refuse(Problem::Kind::Forbidden, Msg::IndicatorMayNotManage);
    auto wrong = number();
    // Whoever saved meanwhile changed what would be checked; anything else is told together.
    if (wrong.empty() || before_ == nullptr) append(wrong, check_change());
    if (!wrong.empty()) return std::unexpected(std::move(wrong));
    return write();
  }

 private:
  const Node* owner_node() const { return reference_->organisation.find(owner_); }
  bool is_own() const { return owner_node() != nullptr && owner_node()->kind == NodeKind::Facility; }

  /// Finds the entry that is changed, and whose it is.
  Problems find_before() {
    if (is_own()) own_ = load_own_indicators(tx_, owner_);
    if (!edit_.id) return {};
    before_ = find_entry(own_, *edit_.id);
    if (before_ == nullptr) before_ = find_entry(reference_->indicators, *edit_.id);
    if (before_ == nullptr) return one_problem(Problem::Kind::NotFound, Msg::IndicatorUnknown, "key", {profile_.key});
    owner_ = before_->owner;
    return {};
  }

  /// The new version's name and number.
  Problems number() {
    if (before_ == nullptr) return check_new_key();
    if (before_->newest().saved_at != edit_.seen)
      return one_problem(Problem::Kind::Conflict, Msg::IndicatorVersionOld, "", {last_number()});
    profile_.key = before_->key();
    profile_.version = before_->newest().profile.version + (before_->draft() == nullptr ? 1 : 0);
    return {};
  }

  std::string last_number() const { return std::to_string(before_->newest().profile.version); }

  Problems check_new_key() {
    profile_.version = 1;
    if (!yaml::is_name(profile_.key, /*hyphens=*/true)) return one_problem(Problem::Kind::Invalid, Msg::IndicatorBadKey, "key");
    const auto same = [&](const IndicatorEntry& entry) {
      return entry.key() == profile_.key && (entry.owner == owner_ || reference_->organisation.is_under(owner_, entry.owner));
    };
    if (std::ranges::any_of(own_, same) || std::ranges::any_of(reference_->indicators, same))
      return one_problem(Problem::Kind::Conflict, Msg::IndicatorKeyTaken, "key", {profile_.key});
    return {};
  }

  Problems check_change() const {
    Problems problems = check_fit(*reference_, reference_->tag_sets, own_, profile_);
    if (profile_.title.empty()) problems.push_back({Problem::Kind::Invalid, Msg::IndicatorFieldEmpty, "title", {}});
    if (!edit_.publish) return problems;
    const auto* last = before_ == nullptr ? nullptr : before_->published();
    auto more = check_indicator(profile_, last == nullptr ? nullptr : &last->profile);
    std::erase_if(more, [&](const Problem& problem) { return problem.field == "title" && profile_.title.empty(); });
    append(problems, std::move(more));
    return problems;
  }

  SavedIndicator write() {
    const auto id = edit_.id ? *edit_.id : store::insert_indicator(tx_, owner_, profile_.key);
    const auto state = edit_.publish ? store::IndicatorState::Published : store::IndicatorState::Draft;
    profile_.content = write_indicator(profile_);
    store::put_indicator_version(tx_, id,
                                 {id, owner_, profile_.key, profile_.version, state, profile_.content, now_, scope_.actor(), edit_.reason});
    if (edit_.publish) begin_to_count(tx_, *reference_, profile_, owner_);
    const auto detail = "{\"version\":" + std::to_string(profile_.version) + "}";
    append_indicator_line(
        tx_, reference_->organisation, scope_, owner_,
        {now_, scope_.actor(), edit_.publish ? "indicator.publish" : "indicator.draft", "indicator:" + profile_.key, detail});
    store::advance_generation(tx_);
    return {id, profile_.version};
  }

  store::Tx& tx_;
  const Scope& scope_;
  const IndicatorEdit& edit_;
  Indicator profile_;
  std::shared_ptr<const Reference> reference_;
  FacilityKey owner_;
  Instant now_;
  std::vector<IndicatorEntry> own_{};
  const IndicatorEntry* before_ = nullptr;
};

/// The facility, the indicator and the right, before a use is changed; empty when all is well.
Problems check_use(const KamusView& view, const Scope& scope, IndicatorKey indicator, const KamusLine*& line) {
  if (!view.is_of_facility()) return one_problem(Problem::Kind::Invalid, Msg::IndicatorNotFacility, "facility");
  if (!scope.may(Right::ManageIndicators, view.reference->organisation, view.node->key))
    return one_problem(Problem::Kind::Forbidden, Msg::IndicatorMayNotManage);
  const auto at = std::ranges::find_if(view.lines, [&](const KamusLine& one) { return one.entry->id == indicator; });
  if (at == view.lines.end() || !at->version->published)
    return one_problem(Problem::Kind::NotFound, Msg::IndicatorUnknown, "indicator", {std::to_string(indicator.value)});
  line = &*at;
  return {};
}

void fill_kamus(Context& context, const Scope& scope, store::Tx& tx, KamusView& view) {
  UsesOf uses;
  if (view.is_of_facility()) {
    view.own = load_own_indicators(tx, view.node->key);
    uses = {store::load_uses(tx, view.node->key), store::load_targets(tx, view.node->key)};
  }
  KamusReader(context, scope, view).read(uses);
}

/// Runs `body` with the facility's kamus and the asked line, then writes the audit line.
template <class Body>
Result<void> change_use(Context& context, const Scope& scope, FacilityKey facility, IndicatorKey indicator, const char* action,
                        Body&& body) {
  Problems wrong;
  context.db.shared([&](store::Tx& tx) {
    KamusView view;
    view.reference = reference_in(context, tx);
    view.node = view.reference->organisation.find(facility);
    fill_kamus(context, scope, tx, view);
    const KamusLine* line = nullptr;
    wrong = check_use(view, scope, indicator, line);
    if (wrong.empty()) wrong = body(tx, view, *line);
    if (!wrong.empty()) return;
    store::append_audit(tx, facility, {context.clock.now(), scope.actor(), action, "indicator:" + line->entry->key(), ""});
  });
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  return {};
}

/// A target of its own is written only where it differs from the one in force on that day.
void put_own_target(store::Tx& tx, const KamusView& view, const KamusLine& line, const UseEdit& edit) {
  std::optional<Decimal> now;
  for (const auto& target : line.use.targets) now = target.target;
  if (now == edit.target) return;
  store::put_target(tx, view.node->key, {line.entry->id, edit.target_from.value_or(view.today), edit.target});
}

}  // namespace

std::string IndicatorUse::stamp() const {
  if (!from && responsible.empty() && targets.empty()) return {};
  auto all = (from ? iso(*from) : std::string()) + "\n" + responsible;
  for (const auto& own : targets) all += "\n" + iso(own.from) + " " + (own.target ? text(*own.target) : std::string());
  return base64url(sha256(all));
}

const KamusLine* KamusView::find(std::string_view key) const {
  const KamusLine* found = nullptr;
  for (const auto& line : lines)
    if (line.entry->key() == key && (found == nullptr || (node != nullptr && line.entry->owner == node->key))) found = &line;
  return found;
}

std::vector<const KamusLine*> KamusView::parts_of(const KamusLine& line) const {
  std::vector<const KamusLine*> parts, open{&line};
  std::set<const KamusLine*> seen;
  while (!open.empty()) {
    const auto* next = open.back();
    open.pop_back();
    if (next == nullptr || !seen.insert(next).second) continue;
    if (next->profile().sum_of.empty()) parts.push_back(next);
    for (const auto& key : next->profile().sum_of) open.push_back(find(key));
  }
  return parts;
}

Result<KamusView> read_kamus_of(Context& context, const Scope& scope, FacilityKey place) {
  KamusView view;
  view.reference = context.reference.get();
  const auto& organisation = view.reference->organisation;
  view.node = organisation.find(place);
  if (view.node == nullptr && place != kEverywhere) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace);
  const bool may = view.node == nullptr ? scope.may(Right::ReadResults) : scope.may(Right::ReadResults, organisation, place);
  if (!may) return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead);
  context.db.read([&](store::Tx& tx) { fill_kamus(context, scope, tx, view); });
  return view;
}

Result<KamusView> read_facility_kamus(Context& context, const Scope& scope, FacilityKey facility) {
  auto view = read_kamus_of(context, scope, facility);
  if (view && !view->is_of_facility()) return refuse(Problem::Kind::Invalid, Msg::IndicatorNotFacility, "facility");
  return view;
}

bool may_manage_indicators(const Scope& scope, const Organisation& organisation, FacilityKey owner) {
  if (owner == kEverywhere) return scope.may_program(organisation);
  return scope.may(Right::ManageIndicators, organisation, owner);
}

Result<SavedIndicator> save_indicator(Context& context, const Scope& scope, const IndicatorEdit& edit) {
  Result<SavedIndicator> result = SavedIndicator{};
  context.db.shared([&](store::Tx& tx) { result = IndicatorSaving(context, tx, scope, edit).save(); });
  if (result) refresh_reference(context);
  return result;
}

Result<void> use_indicator(Context& context, const Scope& scope, FacilityKey facility, IndicatorKey indicator, const UseEdit& edit) {
  return change_use(context, scope, facility, indicator, "indicator.use", [&](store::Tx& tx, const KamusView& view, const KamusLine& line) {
    if (edit.seen && *edit.seen != line.use.stamp()) return one_problem(Problem::Kind::Conflict, Msg::KamusUseChanged);
    if (edit.target)
      if (auto wrong = check_indicator_target(line.form == nullptr ? nullptr : &line.form->form, line.measure, *edit.target))
        return Problems{*std::move(wrong)};
    store::put_use(tx, view.node->key, {line.entry->id, line.use.from.value_or(view.today), {}, std::string(trim(edit.responsible))});
    put_own_target(tx, view, line, edit);
    return Problems{};
  });
}

Result<void> drop_indicator(Context& context, const Scope& scope, FacilityKey facility, IndicatorKey indicator) {
  return change_use(
      context, scope, facility, indicator, "indicator.drop", [&](store::Tx& tx, const KamusView& view, const KamusLine& line) {
        if (line.use.mandatory) return one_problem(Problem::Kind::Conflict, Msg::IndicatorIsMandatory);
        if (!line.used) return one_problem(Problem::Kind::Conflict, Msg::IndicatorNotInUse);
        store::put_use(tx, view.node->key, {line.entry->id, line.use.from.value_or(view.today), view.today, line.use.responsible});
        return Problems{};
      });
}

}  // namespace pilar::app
