// Use cases on facility data, called by every role. More of them: scope_walk_test.cpp.
#include <gtest/gtest.h>

#include <future>

#include "app/audit.h"
#include "app/chart_mark.h"
#include "app/event_gap.h"
#include "app/export.h"
#include "app/facility_table.h"
#include "app/instrument.h"
#include "app/integrity.h"
#include "app/month_change.h"
#include "app/month_report.h"
#include "app/month_sending.h"
#include "app/month_unit.h"
#include "app/officer_values.h"
#include "app/organisation.h"
#include "app/people.h"
#include "app/period_lock.h"
#include "app/place.h"
#include "app/place_import.h"
#include "app/place_list.h"
#include "app/place_table.h"
#include "app/record_batch.h"
#include "app/record_list.h"
#include "app/record_search.h"
#include "app/result.h"
#include "app/result_groups.h"
#include "app/survey_link.h"
#include "app/validation.h"
#include "app/yearly.h"
#include "app/yearly_office.h"
#include "base/hash.h"
#include "store/account_store.h"
#include "store/grant_store.h"
#include "store/place_store.h"
#include "support/scope_walk.h"
#include "support/shipped_store.h"

namespace pilar::scope_test {

using namespace pilar::app;

using test::let_in;
using test::UseCase;

class ScopeTest : public test::ShippedStoreTest {
 protected:
  ScopeTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});
    refresh_reference(context_);
    today_ = civil_day(clock_.now(), Zone::Wib);
    payer_ = add(NodeKind::Payer, "penjamin");
    here_ = add(NodeKind::Facility, "melati", payer_);
    there_ = add(NodeKind::Facility, "mawar", payer_);
    const auto unit = save_unit(context_, operator_, seen(), unit_called("Poli"));
    EXPECT_TRUE(unit);
    const auto saved = save_record(context_, operator_, record());
    EXPECT_TRUE(saved);
    kept_ = *saved;
  }

  FacilityKey add(NodeKind kind, const std::string& code, std::optional<FacilityKey> parent = {}) {
    NewPlace place{.parent = parent, .kind = kind, .code = code, .name = code};
    if (kind == NodeKind::Facility) place.facility_type = "puskesmas";
    return add_place(context_, operator_, place).value();
  }
  SeenPlace seen() const { return {here_, reference_.get()->organisation.find(here_)->version}; }
  const InstalledVersion& kessan() {
    reference_kept_ = reference_.get();
    return *reference_kept_->latest("kessan");
  }
  NewRecord record() {
    NewRecord record;
    record.id = make_uuid(clock_.now());
    record.facility = here_;
    record.version = kessan().version;
    record.at = {clock_.now().micros - 1'000'000};
    record.channel = Channel::Staff;
    record.answers = answers();
    return record;
  }
  Answers answers() {
    RawAnswers raw;
    raw["nilai"].values = {"4"};
    raw["penjamin"].values = {"jkn"};
    raw["kunjungan"].values = {"rawat_jalan"};
    for (const char* promise : {"janji_identitas", "janji_fotokopi", "janji_ramah"}) raw[promise].values = {"ditepati"};
    return check_answers(kessan().form, raw, today_, true).value();
  }
  Correction correction() { return {here_, kept_.id, 99, {}, kessan().version, clock_.now(), answers(), "uji"}; }
  PlaceText text() const {
    const auto& node = *reference_.get()->organisation.find(here_);
    return {node.code, node.name, node.facility_type, node.zone, node.valid_from, {}};
  }
  static Unit unit_called(const char* name) {
    Unit unit;
    unit.name = name;
    return unit;
  }
  /// Another name each time, so that there is always something to do.
  PlaceSheet sheet() { return read_place_bytes("kode,nama\nmelati,Nama " + std::to_string(++names_) + "\n").value(); }

  std::vector<UseCase> reading();
  std::vector<UseCase> writing();
  std::vector<UseCase> changing_places();
  std::vector<UseCase> keeping_indicators();
  std::vector<UseCase> keeping_months();

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  std::shared_ptr<const Reference> reference_kept_;
  Day today_;
  FacilityKey payer_, here_, there_;
  Saved kept_;
  int names_ = 0;
};

std::vector<UseCase> ScopeTest::reading() {
  const auto month = month_of(today_);
  return {
      {"read_result",
       {Right::ReadResults},
       [=, this](const Scope& scope) {
         return let_in(read_result(context_, scope, {.instrument = "kessan", .place = here_, .period = period_of(month)}));
       }},
      {"read_facility_table",
       {Right::ReadResults},
       [=, this](const Scope& scope) { return let_in(read_facility_table(context_, scope, here_, month)); }},
      {"read_facility_shares",
       {Right::ReadResults},
       [=, this](const Scope& scope) {
         return let_in(read_facility_shares(context_, scope, here_, {"kessan/rating", month, {month.value + 1}}));
       }},
      {"read_groups",
       {Right::ReadResults},
       [=, this](const Scope& scope) {
         return let_in(read_groups(context_, scope, {.instrument = "kessan", .place = here_, .period = period_of(month)}, "rating"));
       }},
      {"read_event_days",
       {Right::ReadResults},
       [=, this](const Scope& scope) {
         const ResultQuery query{.instrument = "kessan", .place = here_, .period = period_of(month)};
         return let_in(read_event_days(context_, scope, query, kessan().form.measures.front()));
       }},
      {"read_chart_marks",
       {Right::ReadResults},
       [this](const Scope& scope) { return let_in(read_chart_marks(context_, scope, here_, {}, "kessan/rating")); }},
      {"last_record_day",
       {Right::ReadResults},
       [this](const Scope& scope) { return last_record_day(context_, scope, "kessan", here_).has_value(); }},
      {"list_records",
       {Right::ReadRecords},
       [this](const Scope& scope) {
         return let_in(list_records(context_, scope, {.instrument = "kessan", .facility = here_, .from = Day{0}, .to = today_}));
       }},
      {"search_records",
       {Right::ReadRecords},
       [this](const Scope& scope) {
         const RecordListQuery query{.instrument = "kessan", .facility = here_, .from = Day{0}, .to = today_};
         const auto found = search_records(context_, scope, query, {}, {});
         return let_in(found) && let_in(count_found(context_, scope, query, {})) &&
                let_in(each_found(context_, scope, query, {}, [](const RecordLine&) {}));
       }},
      {"export_table",
       {Right::ReadRecords},
       [=, this](const Scope& scope) {
         return let_in(export_table(context_, Lang::Id, scope, {"kessan", here_, month, Month{month.value + 1}}));
       }},
      {"list_audit", {Right::ReadAudit}, [this](const Scope& scope) { return let_in(list_audit(context_, scope, {.facility = here_})); }},
      {"AuditExport::open", {Right::ReadAudit}, [this](const Scope& scope) { return let_in(AuditExport::open(context_, scope, here_)); }},
      {"read_place", {Right::ReadResults}, [this](const Scope& scope) { return let_in(read_place(context_, scope, here_)); }},
      {"list_places",
       {Right::ReadResults},
       [this](const Scope& scope) {
         const auto list = list_places(context_, scope, {.words = "melati"});
         return list && list->all == 1;
       }},
      {"load_place_facts", {Right::ReadResults}, [this](const Scope& scope) { return load_place_facts(context_, scope).contains(here_); }},
      {"read_links", {Right::ReadResults}, [this](const Scope& scope) { return let_in(read_links(context_, scope, here_)); }},
      {"list_people", {Right::ManageAccounts}, [this](const Scope& scope) { return list_people(context_, scope, {}).all > 0; }},
      {"load_person", {Right::ManageAccounts}, [this](const Scope& scope) { return load_person(context_, scope, "orang").has_value(); }},
  };
}

std::vector<UseCase> ScopeTest::writing() {
  return {
      {"save_record", {Right::WriteRecords}, [this](const Scope& scope) { return let_in(save_record(context_, scope, record())); }},
      {"submit_record",
       {Right::WriteRecords},
       [this](const Scope& scope) {
         std::promise<bool> answer;
         submit_record(context_, scope, record(), [&](const Result<Saved>& saved, std::exception_ptr) { answer.set_value(let_in(saved)); });
         return answer.get_future().get();
       }},
      {"submit_batch",
       {Right::WriteRecords},
       [this](const Scope& scope) {
         std::promise<bool> answer;
         submit_batch(context_, scope, here_, {record()}, "uji",
                      [&](const Result<BatchResult>& result, std::exception_ptr) { answer.set_value(let_in(result)); });
         return answer.get_future().get();
       }},
      {"correct_record",
       {Right::CorrectRecords},
       [this](const Scope& scope) { return let_in(correct_record(context_, scope, correction())); }},
      {"submit_correction",
       {Right::CorrectRecords},
       [this](const Scope& scope) {
         std::promise<bool> answer;
         submit_correction(context_, scope, correction(),
                           [&](const Result<Saved>& saved, std::exception_ptr) { answer.set_value(let_in(saved)); });
         return answer.get_future().get();
       }},
      {"void_record",
       {Right::CorrectRecords},
       [this](const Scope& scope) { return let_in(void_record(context_, scope, here_, kept_.id, 99, "uji")); }},
      {"add_missing_links", {Right::ManageLinks}, [this](const Scope& scope) { return let_in(add_missing_links(context_, scope, here_)); }},
      {"open_link",
       {Right::ManageLinks},
       [this](const Scope& scope) { return let_in(open_link(context_, scope, here_, "tidakada", true)); }},
  };
}

std::vector<UseCase> ScopeTest::changing_places() {
  const Right right = Right::ManagePlaces;
  const SeenPlace stale{here_, 999};
  return {
      {"add_place",
       {right},
       [this](const Scope& scope) {
         return let_in(add_place(context_, scope, {.parent = payer_, .name = "Baru", .facility_type = "rs"}));
       }},
      {"add_places",
       {right},
       [this](const Scope& scope) {
         return let_in(add_places(context_, scope, {{.parent = payer_, .name = "Baru", .facility_type = "rs"}}));
       }},
      {"change_place", {right}, [=, this](const Scope& scope) { return let_in(change_place(context_, scope, stale, text())); }},
      {"move_place", {right}, [=, this](const Scope& scope) { return let_in(move_place(context_, scope, stale, {{}, {}, today_})); }},
      {"close_place", {right}, [=, this](const Scope& scope) { return let_in(close_place(context_, scope, stale, {today_})); }},
      {"reopen_place", {right}, [=, this](const Scope& scope) { return let_in(reopen_place(context_, scope, stale)); }},
      {"save_unit", {right}, [=, this](const Scope& scope) { return let_in(save_unit(context_, scope, stale, unit_called("Farmasi"))); }},
      {"open_unit", {right}, [=, this](const Scope& scope) { return let_in(open_unit(context_, scope, stale, {1}, false)); }},
      {"remove_unit", {right}, [=, this](const Scope& scope) { return let_in(remove_unit(context_, scope, stale, {1})); }},
      {"shift_unit", {right}, [=, this](const Scope& scope) { return let_in(shift_unit(context_, scope, stale, {1}, Step::Up)); }},
      {"check_place_import", {right}, [this](const Scope& scope) { return check_place_import(context_, scope, sheet()).refused == 0; }},
      {"run_place_import",
       {right},
       [this](const Scope& scope) {
         const auto report = run_place_import(context_, scope, sheet(), [](std::int64_t) {});
         return report && report->refused == 0;
       }},
  };
}

std::vector<UseCase> ScopeTest::keeping_indicators() {
  const Right right = Right::ManageIndicators;
  const auto month = Month{month_of(today_).value - 1};
  return {
      {"read_kamus_of", {Right::ReadResults}, [this](const Scope& scope) { return let_in(read_kamus_of(context_, scope, here_)); }},
      {"read_indicator_months",
       {Right::ReadResults},
       [=, this](const Scope& scope) { return let_in(read_indicator_months(context_, scope, here_, month)); }},
      {"read_officer_values",
       {Right::ReadResults},
       [=, this](const Scope& scope) { return let_in(read_officer_values(context_, scope, here_, month)); }},
      {"read_yearly",
       {Right::ReadResults},
       [this](const Scope& scope) { return let_in(read_yearly(context_, scope, {.facility = here_, .year = 2026})); }},
      {"read_yearly_office",
       {Right::ReadResults},
       [this](const Scope& scope) { return let_in(read_yearly_office(context_, scope, here_, 2026)); }},
      {"read_month_reports",
       {Right::ReadResults},
       [=, this](const Scope& scope) { return let_in(read_month_reports(context_, scope, here_, month)); }},
      {"read_integrity",
       {Right::ReadResults},
       [=, this](const Scope& scope) { return let_in(read_integrity(context_, scope, here_, month)); }},
      {"read_office_integrity",
       {Right::ReadResults},
       [=, this](const Scope& scope) { return let_in(read_office_integrity(context_, scope, here_, month)); }},
      {"count_waiting_facilities",
       {Right::ReadResults},
       [=, this](const Scope& scope) { return let_in(count_waiting_facilities(context_, scope, here_, month)); }},
      {"count_signs", {Right::ReadResults}, [=, this](const Scope& scope) { return let_in(count_signs(context_, scope, here_, month)); }},
      {"check_sign", {right}, [=, this](const Scope& scope) { return let_in(check_sign(context_, scope, here_, month, "x", "benar")); }},
      {"save_indicator", {right}, [this](const Scope& scope) { return let_in(save_indicator(context_, scope, {.owner = here_})); }},
      {"use_indicator", {right}, [this](const Scope& scope) { return let_in(use_indicator(context_, scope, here_, {99}, {})); }},
      {"drop_indicator", {right}, [this](const Scope& scope) { return let_in(drop_indicator(context_, scope, here_, {99})); }},
      {"save_chart_mark", {right}, [this](const Scope& scope) { return let_in(save_chart_mark(context_, scope, here_, {.number = 99})); }},
      {"remove_chart_mark", {right}, [this](const Scope& scope) { return let_in(remove_chart_mark(context_, scope, here_, 99, "uji")); }},
      {"restore_chart_mark", {right}, [this](const Scope& scope) { return let_in(restore_chart_mark(context_, scope, here_, 99)); }},
      {"send_month", {right}, [=, this](const Scope& scope) { return let_in(send_month(context_, scope, here_, month)); }},
      {"save_month_note",
       {right},
       [=, this](const Scope& scope) { return let_in(save_month_note(context_, scope, here_, month, {99}, {})); }},
  };
}

std::vector<UseCase> ScopeTest::keeping_months() {
  const auto month = Month{month_of(today_).value - 1};
  return {
      {"read_period", {Right::ReadResults}, [this](const Scope& scope) { return let_in(read_period(context_, scope, here_)); }},
      // Only whoever heads the facility, who is also who manages its accounts.
      {"lock_period",
       {Right::ManageAccounts},
       [=, this](const Scope& scope) { return let_in(lock_period(context_, scope, here_, month_of(today_), "uji")); }},
      {"open_period",
       {Right::ManageAccounts},
       [=, this](const Scope& scope) { return let_in(open_period(context_, scope, here_, month, 1, "uji")); }},
      {"close_period", {Right::ManageAccounts}, [this](const Scope& scope) { return let_in(close_period(context_, scope, here_)); }},
      {"read_month_sending",
       {Right::ReadResults},
       [this](const Scope& scope) { return let_in(read_month_sending(context_, scope, here_)); }},
      {"set_month_sending",
       {Right::ManageIndicators},
       [this](const Scope& scope) { return let_in(set_month_sending(context_, scope, here_, {})); }},
      {"read_month_effects",
       {Right::ReadResults},
       [=, this](const Scope& scope) { return let_in(read_month_effects(context_, scope, here_, month)); }},
      {"read_unit_months",
       {Right::ReadResults},
       [=, this](const Scope& scope) {
         const auto reports = read_month_reports(context_, operator_, here_, month);
         return reports && let_in(read_unit_months(context_, scope, *reports));
       }},
      {"read_validation_rule",
       {Right::ReadResults},
       [this](const Scope& scope) { return let_in(read_validation_rule(context_, scope, here_)); }},
      {"save_validation_rule",
       {Right::ManageIndicators},
       [this](const Scope& scope) { return let_in(save_validation_rule(context_, scope, here_, {})); }},
      {"list_validations",
       {Right::ReadResults},
       [=, this](const Scope& scope) {
         const auto kamus = read_kamus_of(context_, operator_, here_);
         return kamus && let_in(list_validations(context_, scope, *kamus, month, {month.value + 1}));
       }},
      {"read_validation",
       {Right::ReadResults},
       [this](const Scope& scope) { return let_in(read_validation(context_, scope, here_, Uuid{})); }},
      {"begin_validation",
       {Right::ManageIndicators},
       [=, this](const Scope& scope) { return let_in(begin_validation(context_, scope, here_, {99}, month)); }},
  };
}

TEST_P(ScopeTest, EveryUseCaseRefusesWhoHasNoRightAndWhoIsElsewhere) {
  db().shared([&](store::Tx& tx) {
    const auto key = store::insert_account(tx, {{}, "orang", "Contoh", "", here_, true, clock_.now()});
    store::insert_grant(tx, {{}, key, {Role::Officer, here_}, "cli", clock_.now()});
    store::replace_facts(tx, here_, {{{"bpjs", "1"}}, {}, {}});
  });
  test::Walked walked;
  for (const auto& cases : {reading(), writing(), changing_places(), keeping_indicators(), keeping_months()})
    for (const auto& use : cases)  // a place is added by who manages what it goes below
      test::walk(use, use.name.starts_with("add_place") ? payer_ : here_, there_, walked);
  EXPECT_GT(walked.allowed, 100);
  EXPECT_GT(walked.refused, 100);
}

PILAR_BOTH_ENGINES(ScopeTest);

}  // namespace pilar::scope_test
