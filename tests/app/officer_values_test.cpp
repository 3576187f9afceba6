#include "app/officer_values.h"

#include <gtest/gtest.h>

#include "app/organisation.h"
#include "app/record.h"
#include "store/instrument_store.h"
#include "store/organisation_store.h"
#include "support/shipped_store.h"

namespace pilar::officer_values_test {

using namespace pilar::app;

constexpr std::string_view kOfficerKamus = R"(kamus: uji
indicators:
  - key: hasil-darah
    version: 1
    title: {id: Hasil darah, en: Blood results}
    source: uji
    aim: {id: Cepat, en: Quick}
    definition: {id: Definisi, en: Definition}
    type: proses
    area: ukp
    level: petugas
    mandatory: yes
    records: {over: laboratorium, kind: ratio, numerator: "${lama} <= 60"}
    numerator: {id: Cepat, en: Quick}
    target: 95
    responsible: {id: Kepala lab, en: Head of laboratory}
    efforts:
      - {what: {id: Pantau, en: Watch}, who: {id: Analis, en: Analyst}}
)";

class OfficerValuesTest : public test::ShippedStoreTest {
 protected:
  OfficerValuesTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords, {}, SigningKey{{8}}} {
    clock_.set({1'795'219'200'000'000});  // 21 November 2026, 07.00 WIB
    refresh_reference(context_);
    EXPECT_TRUE(install_kamus(context_, operator_, kOfficerKamus, "uji.yaml"));
    NewPlace place{.code = "melati", .name = "Melati", .facility_type = "puskesmas"};
    place.valid_from = Day{10'000};
    melati_ = add_place(context_, operator_, place).value();
    place.code = "mawar";
    mawar_ = add_place(context_, operator_, place).value();
    context_.db.shared([&](store::Tx& tx) {
      lab_ = store::insert_unit(tx, {melati_, {}, "lab", "Laboratorium"});
      poli_ = store::insert_unit(tx, {melati_, {}, "poli", "Poli umum"});
      store::advance_generation(tx);
    });
    refresh_reference(context_);
  }

  void examine(const char* actor, UnitKey unit, int minutes) {
    const auto& lab = *reference_.get()->latest("laboratorium");
    const auto now = clock_.now();
    RawAnswers raw;
    raw["jenis"].values = {"darah"};
    raw["diterima"].values = {iso({now.micros - 600 * 60'000'000LL}, Zone::Wib)};
    raw["dilaporkan"].values = {iso({now.micros - (600 - minutes) * 60'000'000LL}, Zone::Wib)};
    const auto answers = check_answers(lab.form, raw, civil_day(now, Zone::Wib), false);
    ASSERT_TRUE(answers);
    const Scope officer{{Grant{Role::Officer, melati_}}, actor};
    ASSERT_TRUE(save_record(context_, officer, {make_uuid(now), melati_, unit, lab.version, now, Channel::Staff, *answers}));
  }
  /// "account:1 1/2, account:2 0/1".
  std::string seen(const Scope& scope) {
    const auto values = read_officer_values(context_, scope, melati_, month_of(civil_day(clock_.now(), Zone::Wib)));
    if (!values) return "refused";
    std::string out;
    for (const auto& value : values->values)
      out += (out.empty() ? "" : ", ") + value.actor + " " + std::to_string(value.reading.share.numerator) + "/" +
             std::to_string(value.reading.share.denominator);
    return out;
  }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  FacilityKey melati_, mawar_;
  UnitKey lab_, poli_;
};
PILAR_BOTH_ENGINES(OfficerValuesTest);

TEST_P(OfficerValuesTest, AreSeenByTheOfficerAndTheDirectSuperiorOnly) {
  EXPECT_EQ(seen({Role::Head, melati_, "account:9"}), "");
  examine("account:1", lab_, 30);
  examine("account:1", lab_, 90);
  examine("account:2", poli_, 90);
  EXPECT_EQ(seen({Role::Officer, melati_, "account:1"}), "account:1 1/2");
  EXPECT_EQ(seen({Role::Officer, melati_, "account:2"}), "account:2 0/1");
  EXPECT_EQ(seen({Role::Head, melati_, "account:9"}), "account:1 1/2, account:2 0/1");
  EXPECT_EQ(seen({{Grant{Role::UnitLead, melati_, lab_}}, "account:8"}), "account:1 1/2");
  EXPECT_EQ(seen({{Grant{Role::UnitLead, melati_, poli_}}, "account:8"}), "account:2 0/1");
  EXPECT_EQ(seen({Role::QualityLead, melati_, "account:7"}), "");
  EXPECT_EQ(seen({Role::Administrator, kEverywhere, "account:6"}), "");
  EXPECT_EQ(seen({Role::Head, mawar_, "account:5"}), "refused");
}

}  // namespace pilar::officer_values_test
