#include "app/validation.h"

#include <algorithm>

#include "app/validation_reading.h"
#include "base/hash.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/indicator.h"
#include "i18n/words/result.h"
#include "i18n/words/validation.h"
#include "store/facility_head.h"
#include "store/record_store.h"

namespace pilar::app {
namespace {

constexpr std::size_t kLongestSource = 300;

const store::StoredValidationRule* rule_at(const std::vector<store::StoredValidationRule>& rules, FacilityKey place) {
  const auto at = std::ranges::find(rules, place, &store::StoredValidationRule::place);
  return at == rules.end() ? nullptr : &*at;
}

/// The nearest on the way up by parents, then by the office that looks after the facility.
RuleInForce nearest_rule(const std::vector<store::StoredValidationRule>& rules, const Organisation& organisation, const Node& node) {
  std::vector<FacilityKey> way;
  for (const auto* above : organisation.path_to(node.key)) way.insert(way.begin(), above->key);
  if (node.supervisor)
    for (const auto* above : organisation.path_to(*node.supervisor)) way.insert(way.begin() + 1, above->key);
  way.push_back(kEverywhere);
  for (const auto place : way)
    if (const auto* row = rule_at(rules, place))
      return {{row->percent, row->least, row->threshold, row->source, row->mark}, place, row->at};
  throw Bug("the program brings a rule for every place");
}

/// For the audit trail: texts, as it holds codes.
std::string numbers_of(const ValidationRule& rule) {
  const auto member = [](const char* name, int value) { return "\"" + std::string(name) + "\":\"" + std::to_string(value) + "\""; };
  return "{" + member("percent", rule.percent) + "," + member("least", rule.least) + "," + member("threshold", rule.threshold) + "}";
}

/// Records of the month that count, by their ids.
std::vector<Uuid> records_of(store::Tx& tx, FacilityKey facility, InstrumentKey instrument, Month month) {
  std::vector<Uuid> ids;
  const auto days = period_of(month);
  store::each_record(tx, facility, instrument, days.from, days.to, [&](const store::StoredRecord& record) {
    if (record.state != RecordState::Voided) ids.push_back(record.id);
  });
  return ids;
}

std::vector<store::StoredValidationRule> load_rules(Context& context) {
  std::vector<store::StoredValidationRule> rules;
  context.db.read([&](store::Tx& tx) { rules = store::load_validation_rules(tx); });
  return rules;
}

store::StoredValidated drawn_row(store::Tx& tx, FacilityKey facility, const Uuid& id, std::int32_t place) {
  const auto record = store::find_record(tx, facility, id);
  require(record.has_value(), "a drawn record is there");
  store::StoredValidated row;
  row.place = place;
  row.record = id;
  row.revision = record->revision;
  row.version = record->version;
  row.unit = record->unit;
  row.at = record->at;
  row.answers = record->answers;
  return row;
}

}  // namespace

bool may_validate(const Scope& scope, const Organisation& organisation, FacilityKey facility) {
  return scope.may(Right::ManageIndicators, organisation, facility);
}

Result<RuleInForce> read_validation_rule(Context& context, const Scope& scope, FacilityKey place) {
  const auto reference = context.reference.get();
  const auto* node = reference->organisation.find(place);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "facility");
  if (!scope.may(Right::ReadResults, reference->organisation, place))
    return refuse(Problem::Kind::Forbidden, Msg::AccessMayNotRead, "facility");
  return nearest_rule(load_rules(context), reference->organisation, *node);
}

Result<void> save_validation_rule(Context& context, const Scope& scope, FacilityKey place, const ValidationRule& rule,
                                  std::optional<Instant> seen) {
  const auto reference = context.reference.get();
  const auto* node = reference->organisation.find(place);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "facility");
  if (!may_validate(scope, reference->organisation, place)) return refuse(Problem::Kind::Forbidden, Msg::ValidationMayNot);
  auto wrong = check_rule(rule);
  const std::string source(trim(rule.source));
  if (source.empty() || !is_utf8(source) || code_points(source) > kLongestSource)
    wrong.push_back({Problem::Kind::Invalid, Msg::ValidationRuleSourceWrong, "source", {std::to_string(kLongestSource)}});
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  const auto now = context.clock.now();
  Result<void> result;
  context.db.shared([&](store::Tx& tx) {
    result = {};
    const auto before = nearest_rule(store::load_validation_rules(tx), reference->organisation, *node);
    if (seen && *seen != before.at) {
      result = refuse(Problem::Kind::Conflict, Msg::ValidationRuleChanged);
      return;
    }
    store::put_validation_rule(tx,
                               {place, rule.percent, rule.least, rule.threshold, source, std::string(trim(rule.mark)), now, scope.actor()});
    const auto detail = R"({"was":)" + numbers_of(before.rule) + R"(,"is":)" + numbers_of(rule) + "}";
    store::append_audit(tx, place, {now, scope.actor(), "validation.rule", "place:" + std::to_string(place.value), detail});
  });
  return result;
}

Result<ValidationPlan> plan_validation(Context& context, const Scope& scope, const KamusView& kamus, IndicatorKey indicator, Month month) {
  require(kamus.node != nullptr, "a validation belongs to a facility");
  if (!may_validate(scope, kamus.reference->organisation, kamus.node->key)) return refuse(Problem::Kind::Forbidden, Msg::ValidationMayNot);
  const auto at = std::ranges::find_if(kamus.lines, [&](const KamusLine& line) { return line.entry->id == indicator; });
  if (at == kamus.lines.end() || !at->used || at->measure == nullptr)
    return refuse(Problem::Kind::NotFound, Msg::IndicatorNotInUse, "indicator");
  if (at->form->form.is_public) return refuse(Problem::Kind::Invalid, Msg::ValidationPublic, "indicator");
  ValidationPlan plan{.line = &*at, .month = month};
  const auto rule = nearest_rule(load_rules(context), kamus.reference->organisation, *kamus.node).rule;
  bool open = false;
  context.db.read([&](store::Tx& tx) {
    for (const auto& one : store::load_validations(tx, kamus.node->key, month, {month.value + 1}))
      if (one.indicator == indicator && !one.closed_at) open = true;
    plan.population = records_of(tx, kamus.node->key, at->form->instrument, month).size();
  });
  if (open) return refuse(Problem::Kind::Conflict, Msg::ValidationIsOpen, "indicator");
  if (plan.population == 0) return refuse(Problem::Kind::Invalid, Msg::ValidationNoRecords, "month", {month_arg(month)});
  plan.size = sample_size(rule, plan.population);
  return plan;
}

Result<Uuid> begin_validation(Context& context, const Scope& scope, FacilityKey facility, IndicatorKey indicator, Month month) {
  const auto kamus = read_facility_kamus(context, scope, facility);
  if (!kamus) return std::unexpected(kamus.error());
  const auto plan = plan_validation(context, scope, *kamus, indicator, month);
  if (!plan) return std::unexpected(plan.error());
  const auto rule = nearest_rule(load_rules(context), kamus->reference->organisation, *kamus->node).rule;
  const auto now = context.clock.now();
  const auto id = make_uuid(now);
  bool open = false;
  context.db.write(facility, [&](store::Write& write) {
    auto& tx = write.tx();
    open = std::ranges::any_of(store::load_validations(tx, facility, month, {month.value + 1}),
                               [&](const store::StoredValidation& one) { return one.indicator == indicator && !one.closed_at; });
    if (open) return;
    store::StoredValidation row;
    row.id = id;
    row.indicator = indicator;
    row.month = month;
    row.version = plan->line->profile().version;
    row.instrument = plan->line->form->instrument;
    row.seed = text(make_uuid(now));
    row.percent = rule.percent;
    row.least = rule.least;
    row.threshold = rule.threshold;
    row.begun_at = now;
    row.actor = scope.actor();
    const auto ids = records_of(tx, facility, row.instrument, month);
    row.population = static_cast<std::int32_t>(ids.size());
    store::insert_validation(tx, facility, row);
    std::int32_t place = 0;
    for (const auto& one : draw_sample(row.seed, ids, sample_size(rule, ids.size())))
      store::insert_validated(tx, facility, id, drawn_row(tx, facility, one, ++place));
    write.audit({now, scope.actor(), "validation.begin", "indicator:" + plan->line->entry->key(), R"({"from":")" + iso(month) + "\"}"});
  });
  if (open) return refuse(Problem::Kind::Conflict, Msg::ValidationIsOpen, "indicator");
  return id;
}

}  // namespace pilar::app
