#include "app/indicator.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/audit.h"
#include "app/indicator_months.h"
#include "app/organisation.h"
#include "app/record.h"
#include "i18n/messages.h"
#include "i18n/words/indicator.h"
#include "store/organisation_store.h"
#include "support/shipped_store.h"

namespace pilar::indicator_test {

using namespace pilar::app;

constexpr std::int64_t kDayMicros = 86'400'000'000;

constexpr std::string_view kKamus = R"(kamus: uji
tag_sets:
  - key: dimensi
    title: {id: Dimensi, en: Dimensions}
    source: uji
    tags:
      - {key: aman, label: {id: Aman, en: Safe}}
indicators:
  - key: hasil-darah
    version: 1
    title: {id: Hasil darah, en: Blood results}
    source: uji
    aim: {id: Cepat, en: Quick}
    definition: {id: Definisi, en: Definition}
    type: proses
    area: ukp
    tags: [dimensi/aman]
    facility_types: [puskesmas]
    formula: laboratorium/lama_darah
    numerator: {id: Cepat, en: Quick}
    target: 95
    responsible: {id: Kepala lab, en: Head of laboratory}
    efforts:
      - {what: {id: Pantau, en: Watch}, who: {id: Analis, en: Analyst}}
)";

class IndicatorTest : public test::ShippedStoreTest {
 protected:
  IndicatorTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords, {}, SigningKey{{8}}} {
    clock_.set({1'795'219'200'000'000});  // 21 November 2026, 07.00 WIB
    refresh_reference(context_);
    payer_ = add({.kind = NodeKind::Payer, .code = "penjamin", .name = "Penjamin"});
    melati_ = add({.parent = payer_, .code = "melati", .name = "Melati", .facility_type = "puskesmas"});
    mawar_ = add({.parent = payer_, .code = "mawar", .name = "Mawar", .facility_type = "puskesmas"});
    rs_ = add({.parent = payer_, .code = "rs", .name = "RS", .facility_type = "rs"});
    const auto installed = install_kamus(context_, operator_, kKamus, "uji.yaml");
    if (!installed) ADD_FAILURE() << say(Lang::En, installed.error().front()) << " " << installed.error().front().field;
  }

  FacilityKey add(const NewPlace& place) {
    auto wanted = place;
    wanted.valid_from = Day{10'000};
    return add_place(context_, operator_, wanted).value();
  }
  static Scope team(FacilityKey facility) { return {Role::QualityLead, facility, "account:1"}; }
  KamusView kamus(FacilityKey place) { return read_kamus_of(context_, team(place), place).value(); }

  Indicator own_profile(const char* key = "obat-kosong") {
    Indicator profile;
    profile.key = key;
    profile.title = {"Obat tersedia", "Drugs available"};
    profile.formula = "laboratorium/lama";
    profile.type = IndicatorType::Outcome;
    return profile;
  }
  static Indicator complete(Indicator profile) {
    profile.aim = profile.definition = profile.numerator = profile.responsible = {"isi", ""};
    profile.source = "uji";
    profile.efforts = {{{"Pantau", ""}, {"Analis", ""}}};
    return profile;
  }
  static std::string fields(const Problems& problems) {
    std::string out;
    for (const auto& problem : problems) out += problem.field + " ";
    return out;
  }

  /// A blood test whose result took so many minutes, so many days ago.
  void examine(FacilityKey facility, int days_ago, int minutes) {
    const auto& lab = *reference_.get()->latest("laboratorium");
    const Instant at{clock_.now().micros - days_ago * kDayMicros};
    const auto moment = [&](int after) { return iso({at.micros + after * 60'000'000LL}, Zone::Wib); };
    RawAnswers raw;
    raw["jenis"].values = {"darah"};
    raw["diterima"].values = {moment(-600)};
    raw["dilaporkan"].values = {moment(-600 + minutes)};
    const auto answers = check_answers(lab.form, raw, civil_day(clock_.now(), Zone::Wib), false);
    ASSERT_TRUE(answers) << say(Lang::En, answers.error().front()) << " " << answers.error().front().field;
    ASSERT_TRUE(save_record(context_, operator_, {make_uuid(at), facility, {}, lab.version, at, Channel::Staff, *answers}));
  }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  FacilityKey payer_, melati_, mawar_, rs_;
};
PILAR_BOTH_ENGINES(IndicatorTest);

TEST_P(IndicatorTest, AContentFileIsTakenInOnceAndNeverHalf) {
  const auto again = install_kamus(context_, operator_, kKamus, "uji.yaml");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->added, 0U);
  EXPECT_EQ(again->unchanged, 1U);
  auto wrong = std::string(kKamus);
  wrong.replace(wrong.find("laboratorium/lama_darah"), 23, "laboratorium/lama_darh");
  wrong.replace(wrong.find("version: 1"), 10, "version: 2");
  wrong.replace(wrong.find("[dimensi/aman]"), 14, "[dimensi/amn]");
  const auto refused = install_kamus(context_, operator_, wrong, "uji.yaml");
  ASSERT_FALSE(refused);
  EXPECT_EQ(fields(refused.error()), "uji.yaml:hasil-darah/formula uji.yaml:hasil-darah/tags uji.yaml:hasil-darah/valid_from ");
  EXPECT_EQ(refused.error().front().message, Msg::IndicatorFormulaNear);
  EXPECT_EQ(reference_.get()->indicators.front().versions.size(), 1U);
  auto other = std::string(kKamus);
  other.replace(other.find("target: 95"), 10, "target: 90");
  const auto taken = install_kamus(context_, operator_, other, "uji.yaml");
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().front().message, Msg::IndicatorVersionTaken);
  EXPECT_FALSE(install_kamus(context_, team(melati_), kKamus, "uji.yaml")) << "for administrators";
}

TEST_P(IndicatorTest, WhatAnAdministratorWroteOutlivesANewerProgram) {
  auto own = std::string(kKamus);
  for (auto at = own.find("hasil-darah"); at != std::string::npos; at = own.find("hasil-darah")) own.replace(at, 11, "lab-darah-120");
  ASSERT_TRUE(install_kamus(context_, operator_, own, "uji.yaml")) << "of the name and the version of a shipped one";
  install_shipped_kamus(context_, operator_);
  const auto reference = reference_.get();
  const auto entry = [&](std::string_view key) {
    return std::ranges::find(reference->indicators, key, [](const IndicatorEntry& one) { return std::string_view(one.key()); });
  };
  ASSERT_NE(entry("lab-darah-120"), reference->indicators.end());
  EXPECT_EQ(entry("lab-darah-120")->versions.size(), 1U);
  EXPECT_EQ(entry("lab-darah-120")->published()->profile.source, "uji") << "theirs stays";
  EXPECT_NE(entry("resep-benar"), reference->indicators.end()) << "the others of the same file are there";
}

TEST_P(IndicatorTest, AFacilitySeesWhatIsMeantForItsKindAndItsOwn) {
  EXPECT_NE(kamus(melati_).find("hasil-darah"), nullptr);
  EXPECT_EQ(kamus(rs_).find("hasil-darah"), nullptr);
  const auto saved = save_indicator(context_, team(melati_), {.owner = melati_, .profile = complete(own_profile()), .publish = true});
  ASSERT_TRUE(saved) << fields(saved.error());
  EXPECT_NE(kamus(melati_).find("obat-kosong"), nullptr);
  EXPECT_EQ(kamus(mawar_).find("obat-kosong"), nullptr) << "another facility's own";
  EXPECT_FALSE(read_kamus_of(context_, team(mawar_), melati_));
  const auto trail = list_audit(context_, operator_, {.facility = melati_, .action = "indicator.publish"});
  ASSERT_TRUE(trail);
  ASSERT_EQ(trail->lines.size(), 1U);
  EXPECT_EQ(trail->lines.front().line.subject, "indicator:obat-kosong");
}

TEST_P(IndicatorTest, ADraftCountsForNothingAndIsPublishedOnlyWhole) {
  const IndicatorEdit half{.owner = melati_, .profile = own_profile()};
  const auto draft = save_indicator(context_, team(melati_), half);
  ASSERT_TRUE(draft) << fields(draft.error());
  const auto view = kamus(melati_);
  const auto* line = view.find("obat-kosong");
  ASSERT_NE(line, nullptr);
  EXPECT_FALSE(line->version->published);
  EXPECT_FALSE(use_indicator(context_, team(melati_), melati_, draft->id, {}));
  const auto reader = read_kamus_of(context_, Scope(Role::Surveyor, melati_, "account:9"), melati_);
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->find("obat-kosong"), nullptr) << "drafts are for who may change them";
  IndicatorEdit publish{.owner = melati_, .id = draft->id, .seen = line->version->saved_at, .profile = own_profile(), .publish = true};
  const auto refused = save_indicator(context_, team(melati_), publish);
  ASSERT_FALSE(refused);
  EXPECT_EQ(fields(refused.error()), "aim definition numerator responsible source efforts ");
  publish.profile = complete(own_profile());
  const auto published = save_indicator(context_, team(melati_), publish);
  ASSERT_TRUE(published) << fields(published.error());
  EXPECT_EQ(published->version, 1) << "the draft became the version";
}

TEST_P(IndicatorTest, ANewVersionHasADateAndSomebodyFasterIsNotOverwritten) {
  const auto first = save_indicator(context_, team(melati_), {.owner = melati_, .profile = complete(own_profile()), .publish = true});
  ASSERT_TRUE(first);
  const auto seen = kamus(melati_).find("obat-kosong")->entry->newest().saved_at;
  clock_.set({clock_.now().micros + 1'000'000});
  IndicatorEdit edit{.owner = melati_, .id = first->id, .seen = seen, .profile = complete(own_profile()), .publish = true, .reason = "uji"};
  auto saved = save_indicator(context_, team(melati_), edit);
  ASSERT_FALSE(saved);
  EXPECT_EQ(fields(saved.error()), "valid_from ");
  edit.profile.valid_from = make_day(2026, 12, 1);
  ASSERT_TRUE(save_indicator(context_, team(melati_), edit));
  clock_.set({clock_.now().micros + 1'000'000});
  saved = save_indicator(context_, team(melati_), edit);
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().front().kind, Problem::Kind::Conflict);
  edit.profile.valid_from = make_day(2026, 11, 30);
  edit.seen = kamus(melati_).find("obat-kosong")->entry->newest().saved_at;
  saved = save_indicator(context_, team(melati_), edit);
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().front().message, Msg::IndicatorDateOld);
  const auto view = kamus(melati_);
  const auto* entry = view.find("obat-kosong")->entry;
  ASSERT_EQ(entry->versions.size(), 2U);
  EXPECT_EQ(entry->versions.back().reason, "uji");
  EXPECT_EQ(entry->versions.back().profile.version, 2);
}

TEST_P(IndicatorTest, WhatDoesNotFitIsRefusedWhereItStands) {
  const auto fault = [&](const Indicator& profile) {
    const auto saved = save_indicator(context_, team(melati_), {.owner = melati_, .profile = profile, .publish = true});
    return saved ? std::string("-") : fields(saved.error());
  };
  auto profile = complete(own_profile());
  profile.formula = "laboratorium/lma";
  EXPECT_EQ(fault(profile), "formula ");
  profile = complete(own_profile());
  profile.target = Decimal::whole(-1);
  EXPECT_EQ(fault(profile), "target ");
  profile.formula = "laboratorium/lama_darah";
  profile.target = Decimal::whole(101);
  EXPECT_EQ(fault(profile), "target ");
  profile.target = Decimal::whole(100);
  profile.tags = {"dimensi/amann"};
  EXPECT_EQ(fault(profile), "tags ");
  profile.tags.clear();
  profile.key = "Obat Kosong";
  EXPECT_EQ(fault(profile), "key ");
  profile.key = "hasil-darah";
  EXPECT_EQ(fault(profile), "key ") << "taken by one from above";
  profile.key.clear();
  profile.title = {};
  EXPECT_EQ(fault(profile), "key title ") << "told together";
  const auto others = save_indicator(context_, team(mawar_), {.owner = melati_, .profile = complete(own_profile()), .publish = true});
  ASSERT_FALSE(others);
  EXPECT_EQ(others.error().front().kind, Problem::Kind::Forbidden);
}

// Ratings end at 5, SKM at 100 and begins at 25; a ratio may exceed 100 %.
TEST_P(IndicatorTest, ATargetThatItsMeasureCanNeverReachIsRefusedWithTheRange) {
  const auto told = [&](const char* formula, std::int64_t target) {
    auto profile = complete(own_profile());
    profile.formula = formula;
    profile.target = Decimal::whole(target);
    const auto saved = save_indicator(context_, team(melati_), {.owner = melati_, .profile = profile, .publish = true});
    return saved ? std::string("-") : say(Lang::En, saved.error().front());
  };
  EXPECT_NE(told("kessan/rating", 6).find("between 1 and 5"), std::string::npos) << told("kessan/rating", 6);
  EXPECT_NE(told("kessan/rating", 0).find("between 1 and 5"), std::string::npos);
  EXPECT_NE(told("skm/skm", 101).find("between 25 and 100"), std::string::npos) << told("skm/skm", 101);
  EXPECT_NE(told("skm/skm", 4).find("between 25 and 100"), std::string::npos) << "a mean of 1 to 4 where the index is meant";
  EXPECT_EQ(told("kessan/janji", 101), say(Lang::En, Msg::IndicatorTargetTooHigh));

  auto rating = complete(own_profile("kesan"));
  rating.formula = "kessan/rating";
  rating.target = Decimal::whole(5);
  ASSERT_TRUE(save_indicator(context_, team(melati_), {.owner = melati_, .profile = rating, .publish = true}));
  const auto id = kamus(melati_).find("kesan")->entry->id;
  const auto own = use_indicator(context_, team(melati_), melati_, id, {.target = Decimal::whole(80)});
  ASSERT_FALSE(own);
  EXPECT_EQ(own.error().front().message, Msg::IndicatorTargetOffScale);
  EXPECT_TRUE(use_indicator(context_, team(melati_), melati_, id, {.target = Decimal::make(45, 1)}));
}

TEST_P(IndicatorTest, AFacilityUsesAnIndicatorWithItsOwnTarget) {
  const auto id = kamus(melati_).find("hasil-darah")->entry->id;
  EXPECT_FALSE(kamus(melati_).find("hasil-darah")->used);
  ASSERT_TRUE(use_indicator(context_, team(melati_), melati_, id, {.responsible = " Bu Rini ", .target = Decimal::whole(90)}));
  {
    const auto view = kamus(melati_);
    const auto* line = view.find("hasil-darah");
    EXPECT_TRUE(line->used);
    EXPECT_EQ(line->use.responsible, "Bu Rini");
    EXPECT_EQ(text(*line->target), "90");
  }
  EXPECT_EQ(text(*kamus(mawar_).find("hasil-darah")->target), "95") << "nobody else's";
  clock_.set({clock_.now().micros + kDayMicros});
  ASSERT_TRUE(use_indicator(context_, team(melati_), melati_, id, {}));
  EXPECT_EQ(text(*kamus(melati_).find("hasil-darah")->target), "95") << "back to that of the profile";
  EXPECT_EQ(kamus(melati_).find("hasil-darah")->use.targets.size(), 2U) << "the history stays";
  EXPECT_FALSE(use_indicator(context_, team(melati_), melati_, id, {.target = Decimal::whole(120)}));
  EXPECT_FALSE(use_indicator(context_, Scope(Role::Officer, melati_, "account:2"), melati_, id, {}));
  EXPECT_FALSE(use_indicator(context_, operator_, payer_, id, {})) << "an office uses none";
  ASSERT_TRUE(drop_indicator(context_, team(melati_), melati_, id));
  EXPECT_FALSE(kamus(melati_).find("hasil-darah")->used);
  EXPECT_FALSE(drop_indicator(context_, team(melati_), melati_, id));
}

TEST_P(IndicatorTest, OfTwoWhoSetOneUseTheSecondIsTold) {
  const auto id = kamus(melati_).find("hasil-darah")->entry->id;
  const auto stamp = [&] { return kamus(melati_).find("hasil-darah")->use.stamp(); };
  const auto use = [&](int target, std::optional<std::string> seen) {
    return use_indicator(context_, team(melati_), melati_, id, {"Bu Rini", Decimal::whole(target), {}, std::move(seen)});
  };
  EXPECT_EQ(stamp(), "") << "it says nothing yet";
  ASSERT_TRUE(use(90, ""));
  const auto first = stamp();
  EXPECT_NE(first, "");
  const auto late = use(80, "");
  ASSERT_FALSE(late) << "it was typed over nothing";
  EXPECT_EQ(late.error().front().kind, Problem::Kind::Conflict);
  EXPECT_EQ(text(*kamus(melati_).find("hasil-darah")->target), "90");
  ASSERT_TRUE(use(80, first));
  EXPECT_NE(stamp(), first);
  EXPECT_FALSE(use(70, first));
  EXPECT_TRUE(use(70, std::nullopt)) << "whatever it is";
  EXPECT_EQ(kamus(mawar_).find("hasil-darah")->use.stamp(), "") << "nobody else's";
}

TEST_P(IndicatorTest, MonthsAreTheMeasuresOwnUnderTheIndicatorsTarget) {
  const auto id = kamus(melati_).find("hasil-darah")->entry->id;
  ASSERT_TRUE(use_indicator(context_, team(melati_), melati_, id, {.target = Decimal::whole(60)}));
  for (const int minutes : {60, 120, 121, 30}) examine(melati_, 30, minutes);
  examine(melati_, 65, 300);
  examine(mawar_, 30, 500);
  const auto october = month_of(make_day(2026, 10, 15).value());
  const auto months = read_indicator_months(context_, team(melati_), melati_, october);
  ASSERT_TRUE(months);
  ASSERT_EQ(months->series.size(), 1U);
  const auto& series = months->series.front();
  ASSERT_EQ(series.months.size(), 2U) << "begins with the first month that has anything";
  const auto* reading = series.reading(october);
  ASSERT_NE(reading, nullptr);
  EXPECT_EQ(reading->share.numerator, 3);
  EXPECT_EQ(reading->share.denominator, 4);
  EXPECT_EQ(meets_target(*reading), true);
  EXPECT_EQ(meets_target(*series.reading({october.value - 1})), false);
  EXPECT_EQ(series.reading({october.value + 1}), nullptr);
  EXPECT_EQ(series.measure->title.id, "Hasil darah");
  EXPECT_FALSE(read_indicator_months(context_, operator_, payer_, october)) << "of a facility";
}

TEST_P(IndicatorTest, TheShippedKamusHasWhatTheSourcesName) {
  install_shipped_kamus(context_, operator_);
  const auto generation = reference_.get()->generation;
  install_shipped_kamus(context_, operator_);
  EXPECT_EQ(reference_.get()->generation, generation) << "taken in once";
  const auto mandatory = [&](std::string_view type) {
    return std::ranges::count_if(reference_.get()->indicators, [&](const IndicatorEntry& entry) {
      const auto& profile = entry.newest().profile;
      return profile.mandatory && is_for(profile, type);
    });
  };
  // Permenkes 30/2022: six for a Puskesmas, four for a clinic, thirteen for a hospital.
  EXPECT_EQ(mandatory("puskesmas"), 6);
  EXPECT_EQ(mandatory("klinik_pratama"), 4);
  EXPECT_EQ(mandatory("rs"), 13);
  const auto of_table = [&](std::string_view table) {
    return std::ranges::count_if(reference_.get()->indicators, [&](const IndicatorEntry& entry) {
      return entry.newest().profile.source.find(table) != std::string::npos &&
             entry.newest().profile.source.find("Tingkat Pertama") != std::string::npos;
    });
  };
  EXPECT_GE(of_table("tabel 1.1"), 9);
  EXPECT_GE(of_table("tabel 1.2"), 3);
  EXPECT_GE(of_table("tabel 1.3"), 3);
  std::size_t spm = 0, iks = 0;
  for (const auto& entry : reference_.get()->indicators) {
    spm += entry.key().starts_with("spm-") ? 1U : 0U;
    iks += entry.key().starts_with("iks-") ? 1U : 0U;
  }
  EXPECT_EQ(spm, 12U);
  EXPECT_EQ(iks, 13U) << "twelve, and the index itself";
}

}  // namespace pilar::indicator_test
