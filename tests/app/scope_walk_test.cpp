// More use cases, called by every role: people, tokens, imports, jobs, whole records, counts, yearly numbers.
#include <gtest/gtest.h>

#include "app/account.h"
#include "app/api_token.h"
#include "app/change_feed.h"
#include "app/comments.h"
#include "app/daily_count.h"
#include "app/entry.h"
#include "app/fhir_record.h"
#include "app/import_batch.h"
#include "app/import_run.h"
#include "app/indicator_recap.h"
#include "app/indicator_table.h"
#include "app/invitation.h"
#include "app/job.h"
#include "app/month_figures.h"
#include "app/month_report.h"
#include "app/organisation.h"
#include "app/photo.h"
#include "app/place.h"
#include "app/record.h"
#include "app/record_detail.h"
#include "app/record_reading.h"
#include "app/second_factor.h"
#include "app/validation.h"
#include "app/yearly_save.h"
#include "store/account_store.h"
#include "store/grant_store.h"
#include "store/job_store.h"
#include "support/scope_walk.h"
#include "support/shipped_store.h"

namespace pilar::scope_walk_test {

using namespace pilar::app;

using test::found;
using test::let_in;
using test::UseCase;

constexpr std::string_view kRegister = "kunjungan-bulanan";
constexpr std::string_view kVisitFile = "Tanggal;Rawat Jalan;Rawat Inap\r\n31/10/2026;120;3\r\n";

class ScopeWalkTest : public test::ShippedStoreTest {
 protected:
  ScopeWalkTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});
    refresh_reference(context_);
    today_ = civil_day(clock_.now(), Zone::Wib);
    payer_ = add_place(context_, operator_, {.kind = NodeKind::Payer, .code = "penjamin", .name = "Penjamin"}).value();
    here_ = facility_called("melati");
    there_ = facility_called("mawar");
    add_records();
    db().shared([&](store::Tx& tx) {
      const auto key = store::insert_account(tx, {{}, "orang", "Contoh", "", here_, true, clock_.now()});
      grant_ = store::insert_grant(tx, {{}, key, {Role::Officer, here_}, "cli", clock_.now()});
    });
    EXPECT_TRUE(create_token(context_, operator_, token()));
    import_ = begin_import(context_, operator_, here_, "a.csv", kVisitFile).value();
  }

  FacilityKey facility_called(const std::string& code) {
    return add_place(context_, operator_, {.parent = payer_, .code = code, .name = code, .facility_type = "puskesmas"}).value();
  }
  void add_records() {
    const auto* version = reference_.get()->latest(kRegister);
    Unit unit;
    unit.name = "Poli";
    const auto poli = save_unit(context_, operator_, {here_, reference_.get()->organisation.find(here_)->version}, unit);
    EXPECT_TRUE(poli);
    record_ = make_uuid(clock_.now());
    const Answers answers{Decimal::whole(1), Decimal::whole(2), Decimal::whole(3)};
    EXPECT_TRUE(save_record(context_, operator_, {record_, here_, *poli, version->version, clock_.now(), Channel::Staff, answers}));
  }
  NewToken token() const { return {"alat", Role::Machine, here_, 30}; }
  NewAccount nobody() const { return {"", "", "", Role::Surveyor, here_}; }
  Uuid waiting_job() {
    const auto job = new_job(context_, operator_, {here_, "uji", "berkas.csv", {}, {}});
    db().write(here_, [&](store::Write& write) { store::insert_job(write.tx(), job); });
    return job.id;
  }
  void walk_all(const std::vector<UseCase>& cases) {
    const auto from_above = [](const UseCase& use) { return use.name == "decide_month" || use.name == "read_indicator_table"; };
    for (const auto& use : cases) test::walk(use, from_above(use) ? payer_ : here_, there_, walked_);
  }

  std::vector<UseCase> people();
  std::vector<UseCase> tokens_and_jobs();
  std::vector<UseCase> records();
  std::vector<UseCase> imports();
  std::vector<UseCase> indicators();

  static constexpr std::int32_t kStale = 99;  ///< a version that nothing has: whoever is let in meets a conflict and changes nothing
  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  Day today_;
  FacilityKey payer_, here_, there_;
  store::GrantKey grant_;
  Uuid record_, import_;
  test::Walked walked_;
};

std::vector<UseCase> ScopeWalkTest::people() {
  const std::vector<Right> rights{Right::ManageAccounts};
  const auto use = [&](std::string name, std::function<bool(const Scope&)> call) {
    return UseCase{std::move(name), rights, std::move(call)};
  };
  return {
      use("create_account", [this](const Scope& scope) { return let_in(create_account(context_, scope, nobody())); }),
      use("invite_person", [this](const Scope& scope) { return let_in(invite_person(context_, scope, nobody())); }),
      use("change_password",
          [this](const Scope& scope) { return let_in(change_password(context_, scope, "orang", "kata sandi yang panjang")); }),
      use("reset_password", [this](const Scope& scope) { return let_in(reset_password(context_, scope, "orang", kStale)); }),
      use("remove_second_factor", [this](const Scope& scope) { return let_in(remove_second_factor(context_, scope, "orang", kStale)); }),
      use("rename_account", [this](const Scope& scope) { return let_in(rename_account(context_, scope, "orang", "Nama", kStale)); }),
      use("close_account", [this](const Scope& scope) { return let_in(close_account(context_, scope, "orang", kStale)); }),
      use("reopen_account", [this](const Scope& scope) { return let_in(reopen_account(context_, scope, "orang", kStale)); }),
      use("give_role",
          [this](const Scope& scope) { return let_in(give_role(context_, scope, "orang", Grant{Role::Surveyor, here_}, kStale)); }),
      use("end_role", [this](const Scope& scope) { return let_in(end_role(context_, scope, grant_, kStale)); }),
  };
}

std::vector<UseCase> ScopeWalkTest::tokens_and_jobs() {
  return {
      {"create_token", {Right::ManageAccounts}, [this](const Scope& scope) { return let_in(create_token(context_, scope, token())); }},
      {"list_tokens", {Right::ManageAccounts}, [this](const Scope& scope) { return !list_tokens(context_, scope).empty(); }},
      {"revoke_token",
       {Right::ManageAccounts},
       [this](const Scope& scope) { return let_in(revoke_token(context_, scope, create_token(context_, operator_, token())->key)); }},
      {"load_job", {Right::Administer}, [this](const Scope& scope) { return load_job(context_, scope, waiting_job()).has_value(); }},
      {"list_jobs",
       {Right::Administer},
       [this](const Scope& scope) {
         waiting_job();
         return !list_jobs(context_, scope, {.all = true}).empty();
       }},
      {"cancel_job", {Right::Administer}, [this](const Scope& scope) { return found(cancel_job(context_, scope, waiting_job())); }},
  };
}

std::vector<UseCase> ScopeWalkTest::records() {
  const auto month = month_of(today_);
  const ExportQuery whole{std::string(kRegister), here_, month, Month{month.value + 1}};
  return {
      {"read_changes",
       {Right::ReadRecords},
       [this](const Scope& scope) { return let_in(read_changes(context_, scope, {.place = here_})); }},
      {"read_record",
       {Right::ReadRecords},
       [this](const Scope& scope) { return let_in(read_record(context_, scope, kRegister, here_, record_)); }},
      {"add_note",
       {Right::WriteRecords},
       [this](const Scope& scope) {
         const auto detail = read_record(context_, operator_, kRegister, here_, record_);
         return let_in(add_note(context_, scope, detail.value(), {make_uuid(clock_.now()), store::NoteKind::Comment, ""}));
       }},
      {"read_whole_record",
       {Right::ReadRecords},
       [this](const Scope& scope) { return let_in(read_whole_record(context_, scope, here_, record_)); }},
      {"list_whole_records",
       {Right::ReadRecords},
       [this](const Scope& scope) {
         return let_in(list_whole_records(
             context_, scope, {.instrument = std::string(kRegister), .place = here_, .from = Day{0}, .to = Day{today_.value + 1}}));
       }},
      {"export_fhir",
       {Right::ReadRecords},
       [=, this](const Scope& scope) { return let_in(export_fhir(context_, scope, whole, [](std::string_view) {})); }},
      {"export_photos",
       {Right::ReadRecords},
       [=, this](const Scope& scope) {
         return let_in(export_photos(context_, scope, whole, [](const std::string&, const std::string&, std::string_view) {}));
       }},
      {"save_photo", {Right::WriteRecords}, [this](const Scope& scope) { return let_in(save_photo(context_, scope, here_, "gambar")); }},
      {"check_entry",
       {Right::WriteRecords},
       [this](const Scope& scope) {
         const auto version = reference_.get()->latest(kRegister)->version;
         return let_in(check_entry(context_, scope, {make_uuid(clock_.now()), here_, {}, version, clock_.now(), {}}));
       }},
      {"list_low_comments",
       {Right::ReadRecords},
       [this](const Scope& scope) { return let_in(list_low_comments(context_, scope, {.place = here_, .days = unread_days(today_)})); }},
      {"mark_comments",
       {Right::WriteRecords},
       [this](const Scope& scope) { return let_in(mark_comments(context_, scope, here_, {}, true)); }},
      {"undo_marks", {Right::WriteRecords}, [this](const Scope& scope) { return let_in(undo_marks(context_, scope, here_, {1})); }},
  };
}

std::vector<UseCase> ScopeWalkTest::imports() {
  const std::vector<Right> rights{Right::WriteRecords};
  const auto use = [&](std::string name, std::function<bool(const Scope&)> call) {
    return UseCase{std::move(name), rights, std::move(call)};
  };
  return {
      use("begin_import", [this](const Scope& scope) { return let_in(begin_import(context_, scope, here_, "b.csv", kVisitFile)); }),
      use("load_import", [this](const Scope& scope) { return load_import(context_, scope, import_).has_value(); }),
      use("list_imports", [this](const Scope& scope) { return !list_imports(context_, scope, 10).empty(); }),
      use("set_profile", [this](const Scope& scope) { return found(set_profile(context_, scope, import_, kStale, {})); }),
      use("start_check", [this](const Scope& scope) { return found(start_check(context_, scope, import_, kStale, Lang::Id)); }),
      use("start_writing", [this](const Scope& scope) { return found(start_writing(context_, scope, import_, kStale, true)); }),
      use("start_undo", [this](const Scope& scope) { return found(start_undo(context_, scope, import_, kStale)); }),
      use("save_profile, list_profiles and find_profile",
          [this](const Scope& scope) {
            const auto profile = profile_of(load_import(context_, operator_, import_).value());
            EXPECT_TRUE(save_profile(context_, operator_, here_, "contoh", profile));
            const bool kept = let_in(save_profile(context_, scope, here_, "contoh", profile));
            EXPECT_EQ(!list_profiles(context_, scope, here_).empty(), kept);
            EXPECT_EQ(find_profile(context_, scope, here_, "contoh").has_value(), kept);
            return kept;
          }),
      use("bring_profile", [this](const Scope& scope) { return let_in(bring_profile(context_, scope, here_, "contoh", "bukan profil")); }),
      use("rename_profile", [this](const Scope& scope) { return let_in(rename_profile(context_, scope, here_, "tiada", "baru")); }),
      use("delete_profile", [this](const Scope& scope) { return let_in(delete_profile(context_, scope, here_, "tiada")); }),
      {"undo_batch",
       {Right::CorrectRecords},
       [this](const Scope& scope) { return let_in(undo_batch(context_, scope, here_, {import_, "a.csv", true}, {}, 10)); }},
  };
}

std::vector<UseCase> ScopeWalkTest::indicators() {
  const auto month = Month{month_of(today_).value - 1};
  const auto year = 2026;
  return {
      {"read_facility_kamus",
       {Right::ReadResults},
       [this](const Scope& scope) { return let_in(read_facility_kamus(context_, scope, here_)); }},
      {"read_recap",
       {Right::ReadResults},
       [=, this](const Scope& scope) { return let_in(read_recap(context_, scope, {.place = here_, .year = year})); }},
      {"read_month_figures",
       {Right::ReadResults},
       [=, this](const Scope& scope) { return let_in(read_month_figures(context_, scope, here_, month)); }},
      {"read_daily_counts",
       {Right::ReadResults, Right::WriteRecords},
       [this](const Scope& scope) { return let_in(read_daily_counts(context_, scope, here_, {}, today_)); }},
      {"save_yearly",
       {Right::ReadResults, Right::WriteRecords},
       [=, this](const Scope& scope) { return let_in(save_yearly(context_, scope, here_, year, {})); }},
      {"copy_last_year",
       {Right::ReadResults, Right::WriteRecords},
       [=, this](const Scope& scope) { return let_in(copy_last_year(context_, scope, here_, year, Lang::Id)); }},
      {"read_indicator_table",
       {Right::ReadResults},
       [=, this](const Scope& scope) { return let_in(read_indicator_table(context_, scope, {payer_, "lab-darah-120", month})); }},
      {"decide_month",
       {Right::ManageIndicators},
       [=, this](const Scope& scope) { return let_in(decide_month(context_, scope, here_, month, MonthStep::Accept, "")); }},
      {"plan_validation",
       {Right::ManageIndicators},
       [=, this](const Scope& scope) {
         const auto kamus = read_kamus_of(context_, operator_, here_);
         return kamus && let_in(plan_validation(context_, scope, *kamus, {99}, month));
       }},
  };
}

TEST_P(ScopeWalkTest, EveryOtherUseCaseRefusesWhoHasNoRightAndWhoIsElsewhere) {
  for (const auto& cases : {people(), tokens_and_jobs(), records(), imports(), indicators()}) walk_all(cases);
  EXPECT_GT(walked_.allowed, 100);
  EXPECT_GT(walked_.refused, 100);
}

PILAR_BOTH_ENGINES(ScopeWalkTest);

}  // namespace pilar::scope_walk_test
