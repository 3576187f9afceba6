#include "store/validation_store.h"

#include <array>

namespace pilar::store {
namespace {

constexpr Sql kValidationRules{"validation_rule.all",
                               "SELECT place, percent, fewest, threshold, source, mark, at, actor FROM validation_rule ORDER BY place"};
constexpr Sql kPutValidationRule{
    "validation_rule.put",
    "INSERT INTO validation_rule (place, percent, fewest, threshold, source, mark, at, actor) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (place) DO UPDATE SET percent = excluded.percent, "
    "fewest = excluded.fewest, threshold = excluded.threshold, source = excluded.source, mark = excluded.mark, "
    "at = excluded.at, actor = excluded.actor"};
constexpr Sql kInsertValidation{"validation.insert",
                                "INSERT INTO validation (facility, id, indicator, month, version, instrument, seed, population, percent, "
                                "fewest, threshold, begun_at, actor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"};
constexpr Sql kFindValidation{"validation.find",
                              "SELECT id, indicator, month, version, instrument, seed, population, percent, fewest, threshold, begun_at, "
                              "actor, closed_at FROM validation WHERE facility = $1 AND id = $2"};
constexpr Sql kValidations{
    "validation.of_months",
    "SELECT id, indicator, month, version, instrument, seed, population, percent, fewest, threshold, begun_at, actor, "
    "closed_at FROM validation WHERE facility = $1 AND month >= $2 AND month < $3 "
    "ORDER BY month DESC, begun_at DESC, id"};
constexpr Sql kCloseValidation{"validation.close",
                               "UPDATE validation SET closed_at = $3 WHERE facility = $1 AND id = $2 AND closed_at IS NULL"};
constexpr Sql kInsertValidated{"validation_record.insert",
                               "INSERT INTO validation_record (facility, validation, place, record, revision, version, unit, at, answers, "
                               "state, second, done_at, actor, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, '', 0, '', '')"};
constexpr Sql kValidated{"validation_record.of_validation",
                         "SELECT place, record, revision, version, unit, at, answers, state, second, done_at, actor, reason "
                         "FROM validation_record WHERE facility = $1 AND validation = $2 ORDER BY place"};
constexpr Sql kFinishValidated{"validation_record.finish",
                               "UPDATE validation_record SET state = $4, second = $5, done_at = $6, actor = $7, reason = $8 "
                               "WHERE facility = $1 AND validation = $2 AND place = $3 AND state = 1"};

constexpr std::array kValidationAll{&kValidationRules, &kPutValidationRule, &kInsertValidation, &kFindValidation, &kValidations,
                                    &kCloseValidation, &kInsertValidated,   &kValidated,        &kFinishValidated};

StoredValidation validation_of(const Row& row) {
  StoredValidation one;
  one.id = row.uuid(0);
  one.indicator = row.key<IndicatorKey>(1);
  one.month = {row.i32(2)};
  one.version = row.i32(3);
  one.instrument = row.key<InstrumentKey>(4);
  one.seed = row.text(5);
  one.population = row.i32(6);
  one.percent = row.i32(7);
  one.least = row.i32(8);
  one.threshold = row.i32(9);
  one.begun_at = {row.i64(10)};
  one.actor = row.text(11);
  if (!row.is_null(12)) one.closed_at = Instant{row.i64(12)};
  return one;
}

Param validation_text(const std::string& text) { return Param(std::string_view(text)); }

}  // namespace

std::vector<StoredValidationRule> load_validation_rules(Tx& tx) {
  std::vector<StoredValidationRule> all;
  tx.each(kValidationRules, {}, [&](const Row& row) {
    all.push_back({row.key<FacilityKey>(0), row.i32(1), row.i32(2), row.i32(3), std::string(row.text(4)), std::string(row.text(5)),
                   Instant{row.i64(6)}, std::string(row.text(7))});
  });
  return all;
}

void put_validation_rule(Tx& tx, const StoredValidationRule& rule) {
  tx.run(kPutValidationRule,
         {param(rule.place), param(rule.percent), param(rule.least), param(rule.threshold), validation_text(rule.source),
          validation_text(rule.mark), param(rule.at.micros), validation_text(rule.actor)});
}

void insert_validation(Tx& tx, FacilityKey facility, const StoredValidation& one) {
  tx.run(kInsertValidation, {param(facility), param(one.id), param(one.indicator), param(one.month.value), param(one.version),
                             param(one.instrument), validation_text(one.seed), param(one.population), param(one.percent), param(one.least),
                             param(one.threshold), param(one.begun_at.micros), validation_text(one.actor)});
}

std::optional<StoredValidation> find_validation(Tx& tx, FacilityKey facility, const Uuid& id) {
  std::optional<StoredValidation> found;
  tx.each(kFindValidation, {param(facility), param(id)}, [&](const Row& row) { found = validation_of(row); });
  return found;
}

std::vector<StoredValidation> load_validations(Tx& tx, FacilityKey facility, Month from, Month to) {
  std::vector<StoredValidation> all;
  tx.each(kValidations, {param(facility), param(from.value), param(to.value)}, [&](const Row& row) { all.push_back(validation_of(row)); });
  return all;
}

void close_validation(Tx& tx, FacilityKey facility, const Uuid& id, Instant at) {
  tx.run(kCloseValidation, {param(facility), param(id), param(at.micros)});
}

void insert_validated(Tx& tx, FacilityKey facility, const Uuid& validation, const StoredValidated& one) {
  tx.run(kInsertValidated, {param(facility), param(validation), param(one.place), param(one.record), param(one.revision),
                            param(one.version), param(one.unit), param(one.at.micros), validation_text(one.answers)});
}

std::vector<StoredValidated> load_validated(Tx& tx, FacilityKey facility, const Uuid& validation) {
  std::vector<StoredValidated> all;
  tx.each(kValidated, {param(facility), param(validation)}, [&](const Row& row) {
    all.push_back({row.i32(0), row.uuid(1), row.i32(2), row.key<VersionKey>(3), row.key<UnitKey>(4), Instant{row.i64(5)},
                   std::string(row.text(6)), static_cast<ValidatedState>(row.i32(7)), std::string(row.text(8)), Instant{row.i64(9)},
                   std::string(row.text(10)), std::string(row.text(11))});
  });
  return all;
}

bool finish_validated(Tx& tx, FacilityKey facility, const Uuid& validation, const StoredValidated& one) {
  return tx.run(kFinishValidated,
                {param(facility), param(validation), param(one.place), param(static_cast<std::int64_t>(one.state)),
                 validation_text(one.second), param(one.done_at.micros), validation_text(one.actor), validation_text(one.reason)}) == 1;
}

std::span<const Sql* const> validation_statements() { return kValidationAll; }

}  // namespace pilar::store
