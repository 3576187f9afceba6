#include <gtest/gtest.h>

#include "app/indicator.h"
#include "app/organisation.h"
#include "app/record.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/indicator.h"
#include "i18n/words/indicator_table.h"
#include "i18n/words/table.h"
#include "support/site_fixture.h"

namespace pilar::indicator_table_page_test {
constexpr std::string_view kTablePageKamus = R"(kamus: uji
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
    target: 75
    responsible: {id: Kepala lab, en: Head of laboratory}
    efforts:
      - {what: {id: Pantau tiap minggu, en: Watch every week}, who: {id: Analis, en: Analyst}}
)";

/// An office above one facility with many cases, one with few, one without, and a clinic.
class IndicatorTablePageTest : public test::SiteTest {
 protected:
  IndicatorTablePageTest() : SiteTest("dinas") {
    EXPECT_TRUE(app::install_kamus(context_, operator_, kTablePageKamus, "uji.yaml"));
    district_ = place(NodeKind::District, "kab", "Dinas Kab", {}, "");
    many_ = place(NodeKind::Facility, "anggrek", "Faskes Anggrek", district_, "puskesmas");
    few_ = place(NodeKind::Facility, "bakung", "Faskes Bakung", district_, "puskesmas");
    place(NodeKind::Facility, "cempaka", "Faskes Cempaka", district_, "klinik_pratama");
    add_person("dinas", Role::DistrictOffice, district_);
    add_person("ketua", Role::QualityLead, many_);
    for (int i = 0; i < 32; ++i) examine(many_, i < 8 ? 400 : 60);
    examine(few_, 60);
  }

  FacilityKey place(NodeKind kind, const std::string& code, const std::string& name, std::optional<FacilityKey> parent, const char* type) {
    app::NewPlace wanted{.parent = parent, .kind = kind, .code = code, .name = name, .facility_type = type};
    wanted.valid_from = Day{10'000};
    return app::add_place(context_, operator_, wanted).value();
  }
  /// A blood test in October whose result took so many minutes.
  void examine(FacilityKey facility, int minutes) {
    const auto& lab = *reference_.get()->latest("laboratorium");
    const Instant at{clock_.now().micros - 30 * 86'400'000'000 + ++examined_ * 60'000'000LL};
    RawAnswers raw;
    raw["jenis"].values = {"darah"};
    raw["diterima"].values = {iso(at, Zone::Wib)};
    raw["dilaporkan"].values = {iso({at.micros + minutes * 60'000'000LL}, Zone::Wib)};
    const auto answers = check_answers(lab.form, raw, civil_day(clock_.now(), Zone::Wib), false);
    ASSERT_TRUE(answers);
    ASSERT_TRUE(app::save_record(context_, operator_, {make_uuid(at), facility, {}, lab.version, at, Channel::Staff, *answers}));
  }
  /// The facilities of the table's CSV, in its order.
  std::vector<std::string> names(const std::string& query) {
    const auto body = get("/wilayah/indikator/data.csv?indikator=hasil-darah&bulan=2026-10" + query).body;
    std::vector<std::string> found;
    for (auto at = body.find("Faskes "); at != std::string::npos; at = body.find("Faskes ", at + 1))
      found.push_back(body.substr(at + 7, body.find_first_of(",\r", at) - at - 7));
    return found;
  }

  FacilityKey district_, many_, few_;
  int examined_ = 0;
};
PILAR_BOTH_ENGINES(IndicatorTablePageTest);

using TableNames = std::vector<std::string>;

TEST_P(IndicatorTablePageTest, ARowSaysAllAboutItsFacility) {
  const auto page = get("/wilayah/indikator?indikator=hasil-darah&bulan=2026-10");
  ASSERT_EQ(page.status, 200) << page.body;
  for (const char* part :
       {"Faskes Anggrek</a>", "75,0%", "/hasil/laboratorium?tempat=anggrek", "/indikator/laporan/2026-10?tempat=anggrek"})
    EXPECT_TRUE(has(page, part)) << part;
  EXPECT_TRUE(has(page, "(100,0%)")) << "one case stands in brackets";
  EXPECT_TRUE(has(page, words(Msg::CommonFewData)));
  EXPECT_TRUE(has(page, words(Msg::IndicatorNotCollected))) << "Cempaka has no data, which is no zero";
  EXPECT_TRUE(has(page, words(Msg::IndicatorTableNotSent)));
  EXPECT_TRUE(has(page, "75,8% (25 dari 33)")) << "sum over sum of all";
  EXPECT_TRUE(has(page, "/wilayah/indikator/data.xlsx?tempat=kab"));
  EXPECT_TRUE(has(page, "/wilayah/corong?tempat=kab")) << "to see which really differ";
  EXPECT_TRUE(has(get("/wilayah/indikator?bulan=2026-11"), words(Msg::IndicatorTableRunning)));
  EXPECT_TRUE(has(get("/wilayah/indikator?bulan=2026-10&bahasa=en"), "Blood results on time"));
}

TEST_P(IndicatorTablePageTest, FewCasesNeverLeadHoweverItIsSorted) {
  EXPECT_EQ(names(""), (TableNames{"Anggrek", "Bakung", "Cempaka"}));
  EXPECT_EQ(names("&turun=1"), (TableNames{"Cempaka", "Bakung", "Anggrek"}));
  EXPECT_EQ(names("&urut=nilai").front(), "Anggrek");
  EXPECT_EQ(names("&urut=nilai&turun=1").front(), "Anggrek") << "one perfect case is no first place";
  EXPECT_EQ(names("&urut=kasus"), (TableNames{"Bakung", "Anggrek", "Cempaka"}));
  EXPECT_EQ(get("/wilayah/indikator?indikator=hasil-darah&urut=perubahan").status, 200);
  const auto sorted = get("/wilayah/indikator?indikator=hasil-darah&bulan=2026-10&urut=nilai");
  EXPECT_TRUE(has(sorted, say(Lang::Id, Msg::IndicatorTableFewLast, {"30"})));
}

TEST_P(IndicatorTablePageTest, FiltersStandInTheAddress) {
  EXPECT_EQ(names("&saring=tercapai"), (TableNames{"Anggrek", "Bakung"}));
  EXPECT_EQ(names("&saring=belum"), TableNames{});
  EXPECT_EQ(names("&saring=tanpa-data"), TableNames{"Cempaka"});
  EXPECT_EQ(names("&saring=sedikit"), TableNames{"Bakung"});
  EXPECT_EQ(names("&tipe=puskesmas"), (TableNames{"Anggrek", "Bakung"}));
  EXPECT_EQ(names("&tipe=klinik_pratama&saring=tanpa-data"), TableNames{"Cempaka"});
  EXPECT_EQ(names("&cari=BAK"), TableNames{"Bakung"});
  EXPECT_TRUE(has(get("/wilayah/indikator?indikator=hasil-darah&cari=tidakada"), words(Msg::TableNoneLeft)));
  const auto file = get("/wilayah/indikator/data.csv?indikator=hasil-darah&bulan=2026-10&tipe=puskesmas");
  EXPECT_TRUE(has(file, "anggrek,Faskes Anggrek,Puskesmas,hasil-darah,2026-10,75,%,24,32,32,ada nilai,75,Tercapai,belum dikirim"))
      << file.body;
  EXPECT_EQ(get("/wilayah/indikator/data.xlsx?indikator=hasil-darah").status, 200);
}

TEST_P(IndicatorTablePageTest, ItIsReachedFromTheOfficesPagesAndRefusedToOthers) {
  EXPECT_TRUE(has(get("/kamus/hasil-darah"), "/wilayah/indikator?tempat=kab&amp;indikator=hasil-darah"));
  EXPECT_TRUE(has(get("/indikator"), "/wilayah/indikator?tempat=kab"));
  EXPECT_TRUE(has(get("/wilayah/corong?ukuran=laboratorium/lama_darah"), "/wilayah/indikator?tempat=kab&amp;indikator=hasil-darah"));
  EXPECT_TRUE(has(get("/wilayah"), "/wilayah/indikator?tempat=kab"));
  EXPECT_FALSE(has(get("/kamus/hasil-darah", "ketua"), "/wilayah/indikator")) << "a facility has its own page";
  EXPECT_EQ(get("/wilayah/indikator?tempat=kab", "ketua").status, 403);
  EXPECT_EQ(get("/wilayah/indikator?tempat=anggrek").status, 422);
  EXPECT_EQ(get("/wilayah/indikator?indikator=tidakada").status, 404);
  EXPECT_EQ(get("/wilayah/indikator?tempat=tidakada").status, 404);
}

}  // namespace pilar::indicator_table_page_test
