#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "app/indicator.h"
#include "i18n/messages.h"
#include "i18n/words/command.h"
#include "i18n/words/exchange.h"
#include "i18n/words/result.h"
#include "i18n/words/settings.h"
#include "store/indicator_store.h"
#include "support/site_fixture.h"
#include "web/route.h"

namespace pilar::month_address_test {

constexpr std::string_view kMonthAddressKamus = R"(kamus: uji
indicators:
  - key: hasil-darah
    version: 1
    title: {id: Hasil darah tepat waktu, en: Blood results on time}
    source: uji
    aim: {id: Cepat, en: Quick}
    definition: {id: Hasil dalam 120 menit, en: Within 120 minutes}
    type: proses
    area: ukp
    mandatory: yes
    formula: laboratorium/lama_darah
    numerator: {id: Cepat, en: Quick}
    target: 50
    responsible: {id: Kepala lab, en: Head of laboratory}
    efforts:
      - {what: {id: Pantau tiap minggu, en: Watch every week}, who: {id: Analis, en: Analyst}}
)";

/// An address that takes ?bulan=, who asks, and the status where everything else is in order.
struct MonthRoute {
  std::string_view path, who;
  int usual = 200;
  std::string_view month = "2026-10";  ///< shown where none is asked for; empty: the address shows no choice of months
};
constexpr std::string_view kFile = {};
constexpr std::array kMonthRoutes{
    MonthRoute{"/indikator", "ketua"},
    MonthRoute{"/indikator/data.csv", "ketua", 200, kFile},
    MonthRoute{"/indikator/data.xlsx", "ketua", 200, kFile},
    MonthRoute{"/indikator/petugas", "ketua", 200, "2026-11"},
    MonthRoute{"/indikator/keutuhan", "ketua"},
    MonthRoute{"/indikator/keutuhan", "dinas"},
    MonthRoute{"/indikator/keutuhan/data.csv", "ketua", 200, kFile},
    MonthRoute{"/indikator/keutuhan/data.xlsx", "dinas", 200, kFile},
    MonthRoute{"/indikator/validasi", "ketua"},
    MonthRoute{"/indikator/validasi/data.csv", "ketua", 200, kFile},
    MonthRoute{"/indikator/validasi/data.xlsx", "ketua", 200, kFile},
    MonthRoute{"/indikator/validasi/mulai", "ketua", 404, kFile},
    MonthRoute{"/faskes/melati", "ketua"},
    MonthRoute{"/wilayah", "dinas"},
    MonthRoute{"/wilayah/data.csv", "dinas", 200, kFile},
    MonthRoute{"/wilayah/data.xlsx", "dinas", 200, kFile},
    MonthRoute{"/wilayah/indikator", "dinas"},
    MonthRoute{"/wilayah/indikator/data.csv", "dinas", 200, kFile},
    MonthRoute{"/wilayah/indikator/data.xlsx", "dinas", 200, kFile},
    MonthRoute{"/wilayah/corong", "dinas"},
    MonthRoute{"/wilayah/corong/data.csv", "dinas", 404, kFile},
    MonthRoute{"/wilayah/corong/data.xlsx", "dinas", 404, kFile},
};

/// A facility and the office above it, on 21 November 2026.
class MonthAddressTest : public test::SiteTest {
 protected:
  MonthAddressTest() : SiteTest("ketua") {
    EXPECT_TRUE(app::install_kamus(context_, operator_, kMonthAddressKamus, "uji.yaml"));
    district_ = add(NodeKind::District, "kab", "Dinas Kab", {});
    melati_ = add(NodeKind::Facility, "melati", "Puskesmas Melati", district_);
    add_person("ketua", Role::QualityLead, melati_);
    add_person("dinas", Role::DistrictOffice, district_);
    const auto indicator = reference_.get()->indicators.front().id;
    db().shared([&](store::Tx& tx) { store::put_use(tx, melati_, {indicator, Day{20'000}, {}, ""}); });
  }

  static std::string not_begun(Lang lang) {
    return say(lang, Problem{Problem::Kind::Invalid, Msg::MonthNotBegun, "bulan", {month_arg(parse_month("2027-10").value())}});
  }
  static std::string chosen(std::string_view month) { return "<option value=\"" + std::string(month) + "\" selected>"; }
  static bool is_listed(std::string_view path) { return std::ranges::find(kMonthRoutes, path, &MonthRoute::path) != kMonthRoutes.end(); }

  FacilityKey district_, melati_;
};
PILAR_BOTH_ENGINES(MonthAddressTest);

TEST_P(MonthAddressTest, WithoutAMonthAPageShowsItsUsualOne) {
  for (const auto& route : kMonthRoutes)
    for (const auto* nothing : {"", "?bulan="}) {
      const auto address = std::string(route.path) + nothing;
      const auto shown = get(address, std::string(route.who));
      EXPECT_EQ(shown.status, route.usual) << address;
      EXPECT_TRUE(route.month.empty() || has(shown, chosen(route.month))) << address << shown.body;
    }
}

TEST_P(MonthAddressTest, WhatIsNoMonthOrHasNotBegunIsRefused) {
  for (const auto& route : kMonthRoutes) {
    for (const auto* wrong : {"kemarin", "2026-13", "2026-00", "2026-10-01", "2026"}) {
      const auto address = std::string(route.path) + "?bulan=" + wrong;
      const auto refused = get(address, std::string(route.who));
      EXPECT_EQ(refused.status, 422) << address;
      EXPECT_TRUE(has(refused, words(Msg::ExportBadMonth))) << address << refused.body;
    }
    const auto ahead = std::string(route.path) + "?bulan=2027-10";
    const auto refused = get(ahead, std::string(route.who));
    EXPECT_EQ(refused.status, 422) << ahead;
    EXPECT_TRUE(has(refused, not_begun(Lang::Id))) << ahead << refused.body;
    EXPECT_TRUE(has(get(ahead + "&bahasa=en", std::string(route.who)), not_begun(Lang::En))) << ahead;
  }
}

TEST_P(MonthAddressTest, TheMonthThatIsAskedForIsTheOneThatIsShown) {
  for (const auto& route : kMonthRoutes) {
    if (route.month.empty()) continue;
    for (const auto* month : {"2026-11", "2026-09", "2024-11", "2019-03"}) {
      const auto address = std::string(route.path) + "?bulan=" + month;
      const auto shown = get(address, std::string(route.who));
      EXPECT_EQ(shown.status, 200) << address;
      EXPECT_TRUE(has(shown, chosen(month))) << address << shown.body;
    }
  }
}

TEST_P(MonthAddressTest, EveryPageWithAChoiceOfMonthsIsListed) {
  int asked = 0;
  for (const auto& route : web::all_routes()) {
    const bool reads = route.may == web::May::ReadResults || route.may == web::May::ReadRecords || route.may == web::May::ManageIndicators;
    if (route.method != http::Method::Get || !reads || route.pattern.contains(":arg") || route.pattern.starts_with("/api/")) continue;
    ++asked;
    const auto is_below = [&](const MonthRoute& one) { return route.pattern.starts_with(std::string(one.path) + "/data."); };
    const bool is_file = std::ranges::any_of(kMonthRoutes, is_below);
    for (const auto* who : {"ketua", "dinas"})
      EXPECT_TRUE(is_listed(route.pattern) || !(is_file || has(get(route.pattern, who), "name=\"bulan\""))) << route.pattern << " " << who;
  }
  EXPECT_GT(asked, 20);
}

TEST_P(MonthAddressTest, AFormWithAWrongMonthDoesNothing) {
  for (const auto* wrong : {"kemarin", "2027-10"}) {
    EXPECT_EQ(post("/indikator/keutuhan/hitung", {{"tempat", "kab"}, {"bulan", wrong}}, "dinas").status, 422) << wrong;
    EXPECT_EQ(post("/indikator/validasi/mulai", {{"tempat", "melati"}, {"bulan", wrong}, {"indikator", "1"}}).status, 422) << wrong;
  }
  EXPECT_EQ(post("/indikator/keutuhan/hitung", {{"tempat", "kab"}, {"bulan", "2026-10"}}, "dinas").status, 303);
}

TEST_P(MonthAddressTest, ResultsRefuseWhatIsNoMonthAndShowOneThatIsAhead) {
  for (const auto* page : {"/hasil/kessan", "/hasil/kessan/data.csv", "/hasil/kessan/mengapa", "/hasil/kessan/tanda"}) {
    const auto refused = get(std::string(page) + "?bulan=kemarin");
    EXPECT_EQ(refused.status, 422) << page;
    EXPECT_TRUE(has(refused, words(Msg::ExportBadMonth))) << page << refused.body;
  }
  EXPECT_TRUE(has(get("/hasil/kessan?bulan=2027-10"), "Oktober 2027"));
}

TEST_P(MonthAddressTest, AnUnknownUnitIsNotTheWholeFacility) {
  for (const auto* page : {"/indikator/laporan", "/indikator/laporan/2026-10", "/indikator/sasaran", "/indikator/sasaran/data.csv"}) {
    EXPECT_EQ(get(page).status, 200) << page;
    const auto refused = get(std::string(page) + "?unit=dapur");
    EXPECT_EQ(refused.status, 404) << page;
    EXPECT_TRUE(has(refused, words(Msg::ResultUnknownUnit))) << page << refused.body;
  }
}

TEST_P(MonthAddressTest, AnUnknownYearOrStepOfTheRecapIsRefused) {
  for (const auto* page : {"/indikator/rekap", "/indikator/rekap/data.csv", "/indikator/rekap/data.xlsx"}) {
    for (const auto* wrong : {"1999", "2027", "kemarin", "99999999999999"}) {
      const auto refused = get(std::string(page) + "?tahun=" + wrong);
      EXPECT_EQ(refused.status, 422) << page << wrong;
      EXPECT_TRUE(has(refused, words(Msg::RecapBadYear))) << page << refused.body;
    }
    const auto refused = get(std::string(page) + "?langkah=minggu");
    EXPECT_EQ(refused.status, 422) << page;
    EXPECT_TRUE(has(refused, say(Lang::Id, Msg::SettingNeedsChoice, {"per bulan, per triwulan, per semester"}))) << refused.body;
    EXPECT_EQ(get(std::string(page) + "?tahun=&langkah=").status, 200) << page;
  }
  EXPECT_TRUE(has(get("/indikator/rekap?tahun=2020"), chosen("2020"))) << "older than what is offered";
}

TEST_P(MonthAddressTest, AFunnelIsOfTheMeasureAndTimeThatWereAskedFor) {
  for (const auto* page : {"/wilayah/corong", "/wilayah/corong/data.csv", "/wilayah/corong/data.xlsx"}) {
    EXPECT_EQ(get(std::string(page) + "?ukuran=kessan%2Fngawur", "dinas").status, 404) << page;
    EXPECT_TRUE(has(get(std::string(page) + "?ukuran=kessan%2Fngawur", "dinas"), "kessan/ngawur")) << page;
    for (const auto* wrong : {"rentang=2", "rentang=tiga", "sebar=kue"})
      EXPECT_EQ(get(std::string(page) + "?" + wrong, "dinas").status, 422) << page << wrong;
  }
  EXPECT_TRUE(
      has(get("/wilayah/corong?rentang=2", "dinas"), say(Lang::Id, Msg::SettingNeedsChoice, {"1 bulan, 3 bulan, 6 bulan, 12 bulan"})));
  EXPECT_EQ(get("/wilayah/corong?rentang=12&sebar=kali&ukuran=laboratorium%2Flama_darah", "dinas").status, 200);
}

}  // namespace pilar::month_address_test
