#include "app/demo.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "app/account.h"
#include "app/chart_mark.h"
#include "app/demo_marks.h"
#include "app/demo_month.h"
#include "app/demo_places.h"
#include "app/demo_validation.h"
#include "app/demo_yearly.h"
#include "app/facility_table.h"
#include "app/indicator.h"
#include "app/instrument.h"
#include "app/integrity.h"
#include "app/month_figures.h"
#include "app/period_lock.h"
#include "app/result.h"
#include "app/result_groups.h"
#include "app/sign_in.h"
#include "app/upkeep.h"
#include "app/validation.h"
#include "app/yearly.h"
#include "app/yearly_office.h"
#include "domain/control.h"
#include "domain/share_gap.h"
#include "i18n/words/command.h"
#include "interchange/dhis2.h"
#include "store/audit_store.h"
#include "store/cell_store.h"
#include "store/migrate.h"
#include "store/record_store.h"
#include "support/test_store.h"

namespace pilar::demo_test {

using namespace pilar::app;

constexpr Instant kNow{1'790'000'000'000'000};  // 21 September 2026

/// A store of its own in memory, with the shipped instruments and the demonstration.
struct Stage {
  Stage() {
    refresh_reference(context);
    install_shipped_instruments(context, Scope(Role::Administrator, {0}, "test"));
    install_shipped_kamus(context, Scope(Role::Administrator, {0}, "test"));
    const auto result = make_demo(context, "rahasia-untuk-uji", DemoSize::Small, [this](int percent) { progress.push_back(percent); });
    EXPECT_TRUE(result);
    if (result) made = *result;
  }

  FixedClock clock{kNow};
  std::unique_ptr<store::Database> db = store::open({.url = "sqlite::memory:"}, clock);
  ReferenceHolder reference{};
  Context context{*db, clock, reference, SigningKey{{9}}};
  std::vector<int> progress{};
  Demo made{};
};

Stage& stage() {
  static Stage once;
  return once;
}

const Month kRunning = month_of(civil_day(kNow, Zone::Wib));
Month months_ago(int back) { return {kRunning.value - back}; }

FacilityKey place(std::string_view code) {
  const auto* node = stage().reference.get()->organisation.find(code);
  EXPECT_NE(node, nullptr) << code;
  return node->key;
}

ResultView view_of(std::string_view code, std::string_view instrument, Month from, Month to) {
  const Scope scope(Role::BranchOfficer, place("cabang-contoh"), "test");
  const ResultQuery query{.instrument = std::string(instrument), .place = place(code), .period = {first_day(from), first_day(to)}};
  auto view = read_result(stage().context, scope, query);
  EXPECT_TRUE(view);
  return view ? *std::move(view) : ResultView{};
}

/// The control chart of the ratings of a facility, as the pages draw it.
Control rating_chart(std::string_view code) {
  const auto view = view_of(code, "kessan", months_ago(0), months_ago(-1));
  const auto& measure = view.version->form.measures.front();
  std::vector<ControlMonth> months;
  for (const auto& month : view.trend) months.push_back({month.month, month.running, &month.measures.front()});
  return control_of(measure, months);
}

double mean_rating(std::string_view code, Month from, Month to) {
  return view_of(code, "kessan", from, to).measures.front().rating.mean.value_or(0);
}

/// Mean of one unsur of SKM, 1 to 4, over the whole time.
double unsur(std::string_view code, std::string_view key) {
  const auto view = view_of(code, "skm", months_ago(demo::kMonths - 1), months_ago(-1));
  for (const auto& reading : view.items)
    if (view.version->form.items[reading.item].key == key) return reading.mean.value_or(0);
  return 0;
}

Need need_of(std::string_view code, Month month) {
  const auto view = view_of(code, "kessan", month, {month.value + 1});
  return view.needs.empty() ? Need{} : view.needs.front().need;
}

/// Every comment to KESSAN of a facility.
std::vector<std::string> comments(std::string_view code) {
  const auto* version = stage().reference.get()->latest("kessan");
  const auto at = version->form.index_of("pesan").value();
  std::vector<std::string> out;
  stage().db->read([&](store::Tx& tx) {
    store::each_record(tx, place(code), version->instrument, Day{0}, Day{100'000}, [&](const store::StoredRecord& record) {
      const auto answers = from_canonical(record.answers);
      if (const auto* text = std::get_if<std::string>(&answers.at(at))) out.push_back(*text);
    });
  });
  return out;
}

TEST(Demo, TheSameDayGivesTheSameAnswers) {
  const auto reference = stage().reference.get();
  const auto period = period_of(months_ago(3));
  const demo::Chapter chapter{demo::characters().front(), place("melati-contoh"), 3, period, kNow};
  const auto first = demo::records_of(chapter, *reference), second = demo::records_of(chapter, *reference);
  ASSERT_GT(first.size(), 100U);
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].id, second[i].id);
    EXPECT_EQ(first[i].at, second[i].at);
    EXPECT_TRUE(first[i].answers == second[i].answers) << i;
  }
}

TEST(Demo, ADistrictOfTwentyTwoFacilitiesAndSomeNinetyThousandRecords) {
  const auto& tree = stage().reference.get()->organisation;
  std::map<std::string, int> types;
  for (const auto& node : tree.nodes())
    if (node.kind == NodeKind::Facility) ++types[node.facility_type];
  EXPECT_EQ(types["puskesmas"], 12);
  EXPECT_EQ(types["klinik_pratama"], 6);
  EXPECT_EQ(types["praktik_dokter"], 2);
  EXPECT_EQ(types["rs"], 2);
  EXPECT_GT(stage().made.records, 80'000U);
  EXPECT_LT(stage().made.records, 100'000U);
  for (const auto& node : tree.nodes()) EXPECT_NE(node.name.find("ontoh"), std::string::npos) << "visibly made up: " << node.name;
  EXPECT_EQ(stage().progress.back(), 100);
  EXPECT_TRUE(std::ranges::is_sorted(stage().progress));
}

TEST(Demo, NoAnswerIsFromTheFutureAndAllAreCounted) {
  const auto today = civil_day(kNow, Zone::Wib);
  std::size_t seen = 0;
  for (const auto& node : stage().reference.get()->organisation.nodes())
    stage().db->read([&](store::Tx& tx) {
      store::each_facility_record(tx, node.key, [&](const store::StoredRecord& record) {
        EXPECT_TRUE(record.at <= kNow && record.day <= today && record.channel == Channel::Demo);
        ++seen;
      });
      EXPECT_FALSE(store::check_chain(tx, node.key).broken);
    });
  EXPECT_EQ(seen, stage().made.records) << "no id was drawn twice";
  for (const char* code : {"aster-contoh", "cempaka-contoh"}) EXPECT_TRUE(recount(stage().context, place(code), 3).empty()) << code;
}

TEST(Demo, OneFacilityHasReallyImprovedAndPeopleSayWhy) {
  const auto chart = rating_chart("melati-contoh");
  EXPECT_EQ(chart.turn, Control::Turn::Better);
  ASSERT_TRUE(chart.since);
  EXPECT_LE(chart.since->value, months_ago(demo::kBetterSince - 1).value) << "from the change on";
  EXPECT_GE(chart.since->value, months_ago(demo::kBetterSince).value);
  const auto said = comments("melati-contoh");
  const auto names_it = [](const std::string& text) { return text.find("loket kedua") != std::string::npos; };
  EXPECT_GT(std::ranges::count_if(said, names_it), 10);
}

TEST(Demo, OneFallIsAFalseAlarmAndOneIsReal) {
  const auto calm = rating_chart("kenanga-contoh");
  EXPECT_EQ(calm.turn, Control::Turn::Ordinary);
  EXPECT_TRUE(calm.earlier.empty()) << "nothing was ever unusual there";
  EXPECT_LT(mean_rating("kenanga-contoh", months_ago(1), months_ago(0)), mean_rating("kenanga-contoh", months_ago(2), months_ago(1)) - 0.12)
      << "it looks like a fall";
  EXPECT_EQ(rating_chart("kamboja-contoh").turn, Control::Turn::Worse);
}

TEST(Demo, GoodToParticipantsAndPoorOnWaitingAndTheReverse) {
  const auto from = months_ago(demo::kMonths - 1), to = months_ago(-1);
  EXPECT_GT(mean_rating("teratai-contoh", from, to), mean_rating("dahlia-contoh", from, to) + 0.3);
  EXPECT_LT(unsur("teratai-contoh", "waktu"), unsur("dahlia-contoh", "waktu") - 0.3);
  EXPECT_GT(unsur("teratai-contoh", "perilaku"), unsur("dahlia-contoh", "perilaku") + 0.3);
}

TEST(Demo, WaitingTimesTellTheSameStory) {
  const auto in_time = [](std::string_view code, int from, int to) {
    return view_of(code, "kunjungan", months_ago(from), months_ago(to)).measures.front().share.value().value_or(-1);
  };
  const auto all = demo::kMonths - 1;
  EXPECT_LT(in_time("teratai-contoh", all, -1), in_time("dahlia-contoh", all, -1) - 0.3);
  EXPECT_GT(in_time("melati-contoh", demo::kBetterSince, -1), in_time("melati-contoh", all, demo::kBetterSince) + 0.15)
      << "shorter after its cause";
  EXPECT_LT(in_time("kamboja-contoh", demo::kWorseSince, -1), in_time("kamboja-contoh", all, demo::kWorseSince) - 0.05);
}

TEST(Demo, NothingIsInTheRegistersOfAMonthThatWasNotSent) {
  const auto lines = [](std::string_view code, int back) {
    return view_of(code, "kunjungan", months_ago(back), months_ago(back - 1)).records;
  };
  EXPECT_EQ(lines("cempaka-contoh", demo::kOddMonth), 0);
  EXPECT_GT(lines("cempaka-contoh", demo::kOddMonth + 1), 0);
  EXPECT_GT(lines("mawar-contoh", demo::kOddMonth), 0) << "only its report was mistyped";
}

TEST(Demo, AMonthIsNotFilledAnotherIsMistypedAndASmallOneHasNoMinimum) {
  EXPECT_EQ(need_of("cempaka-contoh", months_ago(demo::kOddMonth)).state, Need::State::VisitsUnknown);
  EXPECT_EQ(need_of("mawar-contoh", months_ago(demo::kOddMonth)).state, Need::State::MoreThanVisits);
  EXPECT_EQ(need_of("anggrek-contoh", months_ago(2)).state, Need::State::NoMinimum);
  EXPECT_LT(need_of("aster-contoh", months_ago(2)).answers, 30);
  int wrong = 0;
  for (const auto& character : demo::characters())
    for (int back = 1; back < demo::kMonths; ++back)
      if (need_of(character.code, months_ago(back)).state == Need::State::MoreThanVisits) ++wrong;
  EXPECT_EQ(wrong, 1) << "the only such mistake";
}

IntegrityView signs_of(FacilityKey facility, int back) {
  const Scope scope(Role::BranchOfficer, place("cabang-contoh"), "test");
  auto view = read_integrity(stage().context, scope, facility, months_ago(back));
  EXPECT_TRUE(view);
  return view ? *std::move(view) : IntegrityView{};
}

bool shows(const IntegrityView& view, SignKind kind, Severity severity) {
  return std::ranges::any_of(view.signs, [&](const FoundSign& one) { return one.kind == kind && one.sign.severity == severity; });
}

TEST(Demo, OfficesSeeTheLastMonthCountedAtEveryFacility) {
  const Scope scope(Role::BranchOfficer, place("cabang-contoh"), "test");
  const auto office = read_office_integrity(stage().context, scope, place("cabang-contoh"), months_ago(1));
  ASSERT_TRUE(office);
  ASSERT_FALSE(office->rows.empty());
  for (const auto& row : office->rows) {
    ASSERT_TRUE(row.count) << row.node->code;
    EXPECT_FALSE(row.count->is_old()) << row.node->code;
  }
}

TEST(Demo, EveryMadeUpFigureIsFoundAndNobodyElseIsAccused) {
  const std::map<std::string, SignKind> planted{{"flamboyan-contoh", SignKind::MonthEnd},    {"bugenvil-contoh", SignKind::Speed},
                                                {"tanjung-contoh", SignKind::CopiedMonth},   {"soka-contoh", SignKind::RoundNumbers},
                                                {"lavender-contoh", SignKind::Duplicates},   {"seruni-contoh", SignKind::OverDenominator},
                                                {"wijaya-kusuma-contoh", SignKind::TooGood}, {"sedap-malam-contoh", SignKind::Rule}};
  std::size_t found = 0;
  for (const auto& node : stage().reference.get()->organisation.nodes()) {
    if (node.kind != NodeKind::Facility) continue;
    const auto view = signs_of(node.key, demo::kFaultMonth);
    const auto fault = planted.find(node.code);
    if (fault != planted.end()) {
      EXPECT_TRUE(shows(view, fault->second, Severity::High)) << node.code;
      ++found;
      continue;
    }
    for (const auto& one : view.signs) EXPECT_NE(one.sign.severity, Severity::High) << node.code << " " << one.key();
  }
  EXPECT_EQ(found, planted.size());
  const auto mistyped = signs_of(place("mawar-contoh"), demo::kOddMonth);
  EXPECT_TRUE(std::ranges::any_of(mistyped.signs, [](const FoundSign& one) { return one.oddness == Oddness::OneTenth; }));
}

TEST(Demo, AUnitHasBeenSilent) {
  const auto* unit = stage().reference.get()->organisation.find_unit(place("melati-contoh"), "poli-gigi");
  ASSERT_NE(unit, nullptr);
  const auto today = civil_day(kNow, Zone::Wib);
  const Scope scope(Role::BranchOfficer, place("cabang-contoh"), "test");
  const auto count = [&](Day from, Day to) {
    return read_result(stage().context, scope, {.instrument = "kessan", .place = unit->facility, .unit = unit->key, .period = {from, to}})
        ->records;
  };
  EXPECT_EQ(count({today.value - demo::kSilentDays + 1}, {today.value + 1}), 0);
  EXPECT_GT(count({today.value - 60}, {today.value - demo::kSilentDays}), 10);
}

TEST(Demo, CommentsAreManyAndDifferent) {
  std::set<std::string> different;
  std::size_t all = 0;
  for (const auto& character : demo::characters()) {
    const auto said = comments(character.code);
    all += said.size();
    different.insert(said.begin(), said.end());
  }
  EXPECT_GT(all, 5'000U);
  EXPECT_GT(different.size(), 1'000U);
}

TEST(Demo, MondaysAreFullestAndPuskesmasRestOnSundays) {
  const auto* version = stage().reference.get()->latest("kessan");
  std::array<int, 7> days{};  // Sunday first
  stage().db->read([&](store::Tx& tx) {
    store::each_record(tx, place("mawar-contoh"), version->instrument, Day{0}, Day{100'000},
                       [&](const store::StoredRecord& record) { ++days.at(static_cast<std::size_t>((record.day.value + 4) % 7)); });
  });
  EXPECT_EQ(days[0], 0);
  EXPECT_EQ(std::ranges::max_element(days) - days.begin(), 1);
}

TEST(Demo, NobodyQueuesAtAPuskesmasOnASundayAndMostComeInTheMorning) {
  const auto* version = stage().reference.get()->latest("kunjungan");
  int on_sundays = 0, before_noon = 0, later = 0;
  for (const auto* code : {"melati-contoh", "mawar-contoh", "soka-contoh"})
    stage().db->read([&](store::Tx& tx) {
      store::each_record(tx, place(code), version->instrument, Day{0}, Day{100'000}, [&](const store::StoredRecord& record) {
        if ((record.day.value + 4) % 7 == 0) ++on_sundays;
        const auto noon = start_of(record.day, Zone::Wib).micros + 12LL * 3600 * 1'000'000;
        ++(record.at.micros < noon ? before_noon : later);
      });
    });
  EXPECT_EQ(on_sundays, 0);
  EXPECT_GT(before_noon, 4 * later);
}

TEST(Demo, TheAccountsSignInEachWithItsRole) {
  std::set<std::string> roles;
  for (const auto& account : stage().made.accounts) {
    const auto token = sign_in(stage().context, account.login, "rahasia-untuk-uji");
    ASSERT_TRUE(token) << account.login;
    roles.insert(account.role);
  }
  EXPECT_EQ(roles.size(), 6U);
  const auto officer = find_person(stage().context, sign_in(stage().context, "farmasi", "rahasia-untuk-uji").value());
  EXPECT_GT(officer->scope.grants().front().unit.value, 0) << "looks after one unit";
  EXPECT_TRUE(stage().made.survey.starts_with("/s/")) << stage().made.survey;
}

TEST(Demo, TheHealthOfficeSeesTheFacilitiesOfTheBranchAndNotTheBranch) {
  const auto token = sign_in(stage().context, "dinas", "rahasia-untuk-uji").value();
  const auto scope = find_person(stage().context, token)->scope;
  const auto& tree = stage().reference.get()->organisation;
  const auto today = civil_day(kNow, Zone::Wib);
  EXPECT_EQ(tree.facilities_under(place("kabupaten-contoh"), today).size(), 22U);
  EXPECT_EQ(tree.facilities_under(place("kabupaten-contoh"), today), tree.facilities_under(place("cabang-contoh"), today));
  EXPECT_TRUE(scope.may(Right::ReadResults, tree, place("melati-contoh")));
  EXPECT_FALSE(scope.may(Right::ReadResults, tree, place("cabang-contoh")));
}

TEST(Demo, YearlyTargetsAreMissingOnceCountedAnewOnceAndExceededOnce) {
  const Scope scope(Role::BranchOfficer, place("cabang-contoh"), "test");
  const auto lines = [&](std::string_view code, std::string_view key) {
    auto view = read_yearly(stage().context, scope, {.facility = place(code), .year = 2026});
    EXPECT_TRUE(view);
    const auto at = std::ranges::find(view->lines, key, &YearlyLine::key);
    EXPECT_NE(at, view->lines.end()) << code << " " << key;
    return *at;
  };
  EXPECT_TRUE(lines(demo::kLacksOne, "spm/sasaran_hipertensi/0").is_missing());
  EXPECT_TRUE(lines(demo::kLacksOne, "spm/sasaran_hipertensi/0").last_year);
  EXPECT_FALSE(lines(demo::kLacksOne, "spm/sasaran_balita/0").is_missing());
  const auto counted = lines(demo::kCountedAnew, "spm/sasaran_balita/0");
  ASSERT_EQ(counted.numbers.size(), 2U);
  ASSERT_TRUE(counted.numbers[0].origin && counted.numbers[1].origin);
  EXPECT_EQ(counted.numbers[0].origin->kind, YearlyKind::Counted);
  EXPECT_EQ(counted.numbers[1].origin->kind, YearlyKind::Projected);
  const auto view = read_yearly(stage().context, scope, {.facility = place(demo::kOverTarget), .year = 2026});
  ASSERT_TRUE(view);
  const auto course =
      std::ranges::find_if(view->courses, [](const YearlyCourse& one) { return one.measure->denominator == "sasaran_diabetes"; });
  ASSERT_NE(course, view->courses.end());
  ASSERT_NE(course->judged(), nullptr);
  EXPECT_TRUE(course->judged()->reading.share.value().value() > 1.0) << "by August eight twelfths of 171 %";
  const auto office = read_yearly_office(stage().context, scope, place("cabang-contoh"), 2026);
  ASSERT_TRUE(office);
  const auto lacking = std::ranges::count_if(office->rows, [](const YearlyFacility& row) { return !row.missing.empty(); });
  EXPECT_EQ(lacking, 1);
}

TEST(Demo, OneMonthIsValidatedAndEarlierOnesAreLocked) {
  const Scope scope(Role::Administrator, kEverywhere, "test");
  const auto period = read_period(stage().context, scope, place(std::string(demo::characters()[demo::kLockedPlace].code)));
  ASSERT_TRUE(period);
  EXPECT_EQ(period->lock.until, months_ago(demo::kLockedMonth));
  ASSERT_NE(period->locked_by(), nullptr);
  EXPECT_EQ(period->locked_by()->place->code, "kabupaten-contoh");
  const auto month = months_ago(demo::kValidatedMonth);
  std::int64_t records = 0;
  stage().db->read([&](store::Tx& tx) {
    const auto days = period_of(month);
    records =
        store::count_records(tx, place("melati-contoh"), stage().reference.get()->latest("laboratorium")->instrument, days.from, days.to);
  });
  const auto kamus = read_kamus_of(stage().context, scope, place("melati-contoh"));
  const auto validations = list_validations(stage().context, scope, *kamus, month, {month.value + 1});
  ASSERT_TRUE(validations);
  ASSERT_EQ(validations->size(), records > 0 ? 1U : 0U);
  for (const auto& one : *validations) {
    EXPECT_TRUE(one.is_closed());
    EXPECT_EQ(one.row.population, records);
    EXPECT_GT(one.reading.compared, 0);
  }
}

TEST(Demo, ChartsSayWhatWasFoundAndDoneBeforeTheShift) {
  const Scope scope(Role::Administrator, kEverywhere, "test");
  const auto since = first_day(months_ago(demo::kBetterSince));
  std::set<ChartMarkKind> kinds;
  for (const auto formula : demo::kMarkedCharts) {
    const auto list = read_chart_marks(stage().context, scope, place("melati-contoh"), {}, formula);
    ASSERT_TRUE(list) << formula;
    const auto marks = list->standing();
    EXPECT_TRUE(std::ranges::any_of(marks, [&](const ChartMark& one) { return one.kind == ChartMarkKind::Action && one.day == since; }))
        << formula << ": the action stands on the day of the shift";
    for (const auto& mark : marks) {
      EXPECT_NE(mark.text.find("(contoh)"), std::string::npos) << mark.text;
      kinds.insert(mark.kind);
    }
  }
  EXPECT_EQ(kinds, (std::set{ChartMarkKind::Action, ChartMarkKind::Audit, ChartMarkKind::Document}));
}

TEST(Demo, CasesAreReviewedForTreatmentAndMedicinesApart) {
  const auto view = view_of("melati-contoh", "telaah-kasus", months_ago(demo::kMonths - 1), months_ago(0));
  std::map<std::string, Share> shares;
  for (const auto& reading : view.measures) shares[reading.measure->key] = reading.share;
  EXPECT_GT(shares["terapi"].denominator, 30);
  EXPECT_GT(shares["obat"].denominator, 0);
  EXPECT_LT(shares["obat"].denominator, shares["terapi"].denominator) << "some were given none";
  EXPECT_GT(shares["terapi"].value(), shares["menyimpang_terapi"].value());
  EXPECT_GT(shares["menyimpang_obat"].numerator, 0);
}

TEST(Demo, UnlikeTreatmentByPayerIsFoundWhereItIsAndNowhereElse) {
  const Scope scope(Role::BranchOfficer, place("cabang-contoh"), "test");
  const auto gap_at = [&](std::string_view code) {
    const ResultQuery query{
        .instrument = "kessan", .place = place(code), .period = {first_day(months_ago(demo::kMonths - 1)), first_day(months_ago(0))}};
    const auto all = read_groups(stage().context, scope, query, "ramah");
    if (!all || all->size() != 1 || all->front().groups.size() != 2) return std::optional<ShareGap>();
    return gap_between(all->front().groups.front().reading, all->front().groups.back().reading);
  };
  const auto unlike = gap_at("kamboja-contoh"), alike = gap_at("melati-contoh");
  ASSERT_TRUE(unlike && alike);
  EXPECT_LT(unlike->difference, -0.1) << "JKN members are served less kindly";
  EXPECT_TRUE(unlike->is_beyond_chance());
  EXPECT_LT(std::abs(alike->difference), 0.15);
}

TEST(Demo, NineteenPointsOfQualityAreReviewedSomeWithProof) {
  const auto view = view_of("melati-contoh", "donabedian", months_ago(1), kRunning);
  ASSERT_EQ(view.measures.size(), 5U);
  EXPECT_EQ(view.measures.front().share.denominator, 38);
  EXPECT_EQ(view.measures.front().share.numerator, 20) << "four with proof, twelve without, three not there";
  EXPECT_EQ(view.measures.back().share.numerator, 4);
  EXPECT_EQ(view.measures.back().share.denominator, 19);
}

TEST(Demo, AMonthGoesToDhis2WithCodesThatSayTheyAreMadeUp) {
  const Scope scope(Role::Administrator, kEverywhere, "test");
  for (const auto& [at, wanted] : {std::pair{"melati-contoh", 3U}, {"kabupaten-contoh", 1U}}) {
    const auto figures = read_month_figures(stage().context, scope, place(at), months_ago(1));
    ASSERT_TRUE(figures) << at;
    std::set<std::string> coded;
    std::size_t without = 0;
    for (const auto& facility : figures->facilities) {
      if (facility.dhis2.empty()) {
        ++without;
        continue;
      }
      EXPECT_TRUE(facility.dhis2.starts_with("CONTOH-")) << facility.dhis2;
      for (const auto& figure : facility.figures)
        if (const auto* code = figure.profile->code_in(dhis2::kSystem)) {
          EXPECT_TRUE(code->numerator.starts_with("CONTOH_")) << code->numerator;
          coded.insert(figure.line->entry->key());
        }
    }
    EXPECT_EQ(coded.size(), wanted) << at;
    EXPECT_EQ(without, figures->facilities.size() > 1 ? 1U : 0U) << at << ": one facility still lacks its code";
  }
}

TEST(Demo, AStoreWithContentIsLeftAlone) {
  const auto refused = make_demo(stage().context, "", DemoSize::Small);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().message, Msg::DemoNotEmpty);
}

TEST(Demo, AClosedAccountMayNotSignIn) {
  const Scope everywhere(Role::Administrator, kEverywhere, "test");
  ASSERT_TRUE(close_account(stage().context, everywhere, "kepala"));
  EXPECT_FALSE(sign_in(stage().context, "kepala", "rahasia-untuk-uji"));
  EXPECT_TRUE(sign_in(stage().context, "admin", "rahasia-untuk-uji"));
  EXPECT_FALSE(close_account(stage().context, everywhere, "tidak-ada"));
  ASSERT_TRUE(reopen_account(stage().context, everywhere, "kepala"));
}

}  // namespace pilar::demo_test
