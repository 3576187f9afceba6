#include <gtest/gtest.h>

#include "app/organisation.h"
#include "app/place.h"
#include "i18n/messages.h"
#include "i18n/words/people.h"
#include "i18n/words/place.h"
#include "i18n/words/place_page.h"
#include "support/site_fixture.h"

namespace pilar::place_page_test {
/// The pages of places as an administrator of the payer, one of a branch, and an officer see them.
class PlacePageTest : public test::SiteTest {
 protected:
  PlacePageTest() : SiteTest("pusat") {
    payer_ = add(NodeKind::Payer, "penjamin", "Penjamin");
    branch_ = add(NodeKind::Branch, "cabang", "Cabang", payer_);
    other_ = add(NodeKind::Branch, "cabang-2", "Cabang Dua", payer_);
    province_ = add(NodeKind::Province, "prov", "Dinas Prov");
    district_ = add(NodeKind::District, "kab", "Dinas Kab", province_);
    melati_ = add(NodeKind::Facility, "melati", "Puskesmas Melati", branch_, district_);
    mawar_ = add(NodeKind::Facility, "mawar", "Klinik Mawar", branch_);
    add_person("pusat", Role::Administrator, payer_);
    add_person("cabang", Role::Administrator, branch_);
    add_person("petugas", Role::Officer, melati_);
  }

  http::Reply upload(const std::string& content) {
    return SiteTest::upload("/tempat/impor", {{"csrf", csrf()}}, {"file", "tempat.csv", "text/csv", content});
  }
  const Node& node(FacilityKey key) { return *(kept_ = reference_.get())->organisation.find(key); }
  std::string version(FacilityKey key) { return std::to_string(node(key).version); }

  std::shared_ptr<const app::Reference> kept_;
  FacilityKey payer_, branch_, other_, province_, district_, melati_, mawar_;
};

TEST_P(PlacePageTest, OneLevelOfEitherTreeAtATime) {
  const auto home = get("/tempat");
  EXPECT_TRUE(has(home, "Cabang Dua"));
  EXPECT_FALSE(has(home, "Puskesmas Melati")) << "one level";
  EXPECT_TRUE(has(get("/tempat?tempat=cabang"), "Puskesmas Melati"));
  EXPECT_TRUE(has(get("/tempat?pohon=dinas"), "Dinas Prov"));
  EXPECT_TRUE(has(get("/tempat?pohon=dinas&tempat=kab"), "Puskesmas Melati"));
  const auto found = get("/tempat?cari=mela");
  EXPECT_TRUE(has(found, "Puskesmas Melati"));
  EXPECT_FALSE(has(found, "Klinik Mawar"));
  EXPECT_TRUE(has(get("/tempat?cari=tidakada"), say(Lang::Id, Msg::PlacesNoneFound).substr(0, 20)));
  EXPECT_TRUE(has(get("/tempat?tipe=puskesmas&lain=kab"), "Puskesmas Melati"));
  EXPECT_FALSE(has(get("/tempat?tipe=puskesmas&lain=kab"), "Klinik Mawar"));
  EXPECT_EQ(get("/tempat?tempat=tidakada").status, 404);
  EXPECT_EQ(get("/tempat?halaman=99999999&keadaan=x&urut=x&tipe=x").status, 200);
  EXPECT_EQ(get("/tempat?tipe=puskesmas&lain=x").status, 404);
  EXPECT_EQ(header_of(get("/tempat", "petugas"), "Location"), "/tempat/melati");
  EXPECT_EQ(get("/tempat?tempat=cabang-2", "cabang").status, 404) << "nothing there to see";
  EXPECT_TRUE(has(get("/tempat", "cabang"), "Klinik Mawar"));
}

TEST_P(PlacePageTest, ThePageOfAPlaceSaysWhatIsKnown) {
  const auto page = get("/tempat/melati");
  for (const auto* text : {"Puskesmas Melati", "Cabang", "Dinas Kab", "WIB", "Nama petugas"}) EXPECT_TRUE(has(page, text)) << text;
  EXPECT_TRUE(has(page, say(Lang::Id, Msg::AuditPlaceAdded)));
  EXPECT_FALSE(has(page, "place.add"));
  const auto seen = get("/tempat/melati", "petugas");
  EXPECT_EQ(seen.status, 200);
  EXPECT_FALSE(has(seen, "/tempat/melati/ubah")) << "an officer changes nothing";
  EXPECT_EQ(get("/tempat/mawar", "petugas").status, 403);
  EXPECT_EQ(get("/tempat/penjamin", "cabang").status, 403);
  EXPECT_EQ(get("/tempat/tidakada").status, 404);
  EXPECT_EQ(get("/tempat/@" + std::to_string(melati_.value)).status, 200);
  EXPECT_EQ(get("/tempat/@99999999999999").status, 404);
}

TEST_P(PlacePageTest, APlaceIsAddedBelowItsOffice) {
  EXPECT_EQ(get("/tempat/tambah?di=cabang").status, 200);
  EXPECT_EQ(get("/tempat/tambah?di=penjamin", "cabang").status, 403);
  const Form form{{"di", "cabang"}, {"kind", "facility"},         {"name", "Puskesmas Kenanga"}, {"type", "puskesmas"},
                  {"zone", "WITA"}, {"valid_from", "2026-01-01"}, {"supervisor", "dinas kab"},   {"units", "Poli Umum\n\nFarmasi"}};
  const auto added = post("/tempat/tambah", form);
  ASSERT_EQ(added.status, 303) << added.body;
  EXPECT_EQ(header_of(added, "Location"), "/tempat/puskesmas-kenanga?sudah=tambah");
  const auto page = get("/tempat/puskesmas-kenanga?sudah=tambah");
  EXPECT_TRUE(has(page, "Dinas Kab"));
  EXPECT_TRUE(has(page, "Farmasi"));
  auto wrong = form;
  wrong[6].second = "dinas entah";
  wrong[2].second = "";
  const auto refused = post("/tempat/tambah", wrong);
  EXPECT_EQ(refused.status, 404);
  EXPECT_TRUE(has(refused, "dinas entah")) << "nothing typed is lost";
  EXPECT_EQ(post("/tempat/tambah", {{"di", "cabang"}, {"kind", "facility"}, {"name", ""}, {"valid_from", "kemarin"}}).status, 422);
  EXPECT_EQ(post("/tempat/tambah", form, "petugas").status, 403);
}

TEST_P(PlacePageTest, ACodeThatIsAPageGoesByItsKey) {
  const auto added = post("/tempat/tambah", {{"di", "cabang"},
                                             {"kind", "facility"},
                                             {"name", "Impor"},
                                             {"code", "impor"},
                                             {"type", "rs"},
                                             {"zone", "WIB"},
                                             {"valid_from", "2026-01-01"}});
  const auto where = header_of(added, "Location");
  ASSERT_TRUE(where.starts_with("/tempat/@")) << where;
  EXPECT_TRUE(has(get(where), "Impor"));
}

TEST_P(PlacePageTest, WhoComesSecondSeesBothVersions) {
  const auto seen = version(melati_);
  const Form mine{{"version", seen}, {"code", "melati"},           {"name", "Nama saya"},       {"type", "klinik_pratama"},
                  {"zone", "WIB"},   {"valid_from", "2026-01-01"}, {"capabilities", "farmasi"}, {"villages", "Sukamaju"}};
  EXPECT_EQ(post("/tempat/melati/ubah", {{"version", seen},
                                         {"code", "melati"},
                                         {"name", "Nama mereka"},
                                         {"type", "puskesmas"},
                                         {"zone", "WIB"},
                                         {"valid_from", "2026-01-01"}})
                .status,
            303);
  const auto conflict = post("/tempat/melati/ubah", mine);
  EXPECT_EQ(conflict.status, 409);
  for (const auto* text : {"Nama saya", "Nama mereka", "Sukamaju"}) EXPECT_TRUE(has(conflict, text)) << text;
  auto again = mine;
  again.front().second = version(melati_);
  EXPECT_EQ(post("/tempat/melati/ubah", again).status, 303);
  EXPECT_EQ(node(melati_).name, "Nama saya");
  EXPECT_TRUE(has(get("/tempat/melati/ubah"), "Sukamaju"));
  again.front().second = version(melati_);
  again[1].second = "mawar";
  EXPECT_EQ(post("/tempat/melati/ubah", again).status, 409) << "a code that another place has";
}

TEST_P(PlacePageTest, APlaceMovesFromADay) {
  const auto today = iso(civil_day(clock_.now(), Zone::Wib));
  EXPECT_EQ(get("/tempat/melati/pindah").status, 200);
  const auto seen = version(melati_);
  EXPECT_EQ(post("/tempat/melati/pindah", {{"version", seen}, {"parent", "Cabang Dua"}, {"supervisor", "kab"}, {"from", today}}).status,
            303);
  EXPECT_EQ(node(melati_).parent, other_);
  EXPECT_TRUE(has(get("/tempat/melati?sudah=pindah"), say(Lang::Id, Msg::PlacePast)));
  EXPECT_EQ(post("/tempat/melati/pindah", {{"version", seen}, {"parent", "cabang"}, {"from", today}}).status, 409);
  EXPECT_EQ(post("/tempat/melati/pindah", {{"version", version(melati_)}, {"parent", "melati"}, {"from", today}}).status, 404);
  EXPECT_EQ(post("/tempat/melati/pindah", {{"version", version(melati_)}, {"parent", "cabang"}, {"from", "2031-01-01"}}).status, 422);
  EXPECT_EQ(post("/tempat/melati/pindah", {{"version", version(melati_)}, {"parent", "cabang"}, {"from", today}}, "cabang").status, 403)
      << "it is no longer theirs";
  const auto trail = get("/jejak?tempat=melati");
  EXPECT_TRUE(has(trail, "Cabang Dua, Dinas Kab, " + say(Lang::Id, Msg::AuditLeft, {"Cabang, Dinas Kab"}))) << trail.body;
}

TEST_P(PlacePageTest, TheTrailSaysFromWhatToWhat) {
  app::PlaceText text{"melati-baru", "Puskesmas Melati", "klinik_pratama", Zone::Wita, node(melati_).valid_from, {}};
  ASSERT_TRUE(app::change_place(context_, operator_, {melati_, node(melati_).version}, text));
  const auto trail = get("/jejak?tempat=melati-baru");
  for (const auto& [from, to] : {std::pair("melati", "melati-baru"), std::pair("Puskesmas", "Klinik pratama"), std::pair("WIB", "WITA")})
    EXPECT_TRUE(has(trail, say(Lang::Id, Msg::AuditFromTo, {from, to}))) << from << " " << trail.body;
}

TEST_P(PlacePageTest, ClosingAndMergingAskFirstAndCanBeUndone) {
  const auto today = iso(civil_day(clock_.now(), Zone::Wib));
  const auto asked = post("/tempat/mawar/tutup", {{"version", version(mawar_)}, {"from", today}, {"successor", "melati"}});
  EXPECT_EQ(asked.status, 200);
  EXPECT_TRUE(has(asked, "Gabungkan Klinik Mawar ke Puskesmas Melati"));
  EXPECT_FALSE(node(mawar_).valid_to) << "asked, not done";
  const Form sure{{"version", version(mawar_)}, {"from", today}, {"successor", "melati"}, {"yakin", "1"}};
  EXPECT_EQ(header_of(post("/tempat/mawar/tutup", sure), "Location"), "/tempat/mawar?sudah=gabung");
  EXPECT_EQ(node(mawar_).successor, melati_);
  EXPECT_TRUE(has(get("/tempat/melati"), "Klinik Mawar"));
  EXPECT_EQ(get("/tempat/mawar/buka").status, 200);
  EXPECT_EQ(post("/tempat/mawar/buka", {{"version", "1"}}).status, 409);
  EXPECT_EQ(post("/tempat/mawar/buka", {{"version", version(mawar_)}}).status, 303);
  EXPECT_FALSE(node(mawar_).valid_to);
  EXPECT_EQ(post("/tempat/cabang/tutup", {{"version", version(branch_)}, {"from", today}, {"yakin", "1"}}).status, 409)
      << "places stand below it";
  EXPECT_EQ(get("/tempat/mawar/tutup", "petugas").status, 403);
}

TEST_P(PlacePageTest, UnitsAreAddedOrderedClosedAndRemoved) {
  const auto add_unit = [&](const std::string& name) {
    return post("/tempat/melati/unit", {{"version", version(melati_)}, {"name", name}, {"kind", "posyandu"}}).status;
  };
  EXPECT_EQ(add_unit("Posyandu Satu"), 303);
  EXPECT_EQ(add_unit("Posyandu Dua"), 303);
  EXPECT_EQ(add_unit(""), 422);
  EXPECT_EQ(post("/tempat/melati/unit", {{"version", "1"}, {"name", "X"}, {"kind", "layanan"}}).status, 409);
  const auto first = [&] { return node(melati_).key == melati_ ? kept_->organisation.units(melati_).front().name : ""; };
  EXPECT_EQ(post("/tempat/melati/unit/urut", {{"version", version(melati_)}, {"unit", "2"}, {"arah", "naik"}}).status, 303);
  EXPECT_EQ(first(), "Posyandu Dua");
  EXPECT_EQ(get("/tempat/melati/unit/1").status, 200);
  EXPECT_EQ(get("/tempat/melati/unit/99").status, 404);
  const auto seen = version(melati_);
  EXPECT_EQ(post("/tempat/melati/unit/1", {{"version", seen}, {"name", "Posyandu Tiga"}, {"kind", "pustu"}}).status, 303);
  EXPECT_EQ(post("/tempat/melati/unit/1", {{"version", seen}, {"name", "Posyandu Empat"}, {"kind", "pustu"}}).status, 409);
  for (const std::string change : {"tutup", "buka", "hapus"}) {
    EXPECT_EQ(get("/tempat/melati/unit/1/ubah?apa=" + change).status, 200) << change;
    EXPECT_EQ(post("/tempat/melati/unit/1/ubah", {{"version", version(melati_)}, {"apa", change}}).status, 303) << change;
  }
  EXPECT_EQ(get("/tempat/melati/unit/1/ubah?apa=lain").status, 404);
  EXPECT_EQ(post("/tempat/melati/unit", {{"version", version(melati_)}, {"name", "X"}, {"kind", "layanan"}}, "petugas").status, 403);
}

TEST_P(PlacePageTest, AFileIsCheckedBeforeItIsSaved) {
  EXPECT_EQ(get("/tempat/impor").status, 200);
  const auto sent = upload("kode,nama,tipe,induk\nanggrek,Anggrek,rs,cabang\nsalah,Salah,rs,cabamg\n");
  ASSERT_EQ(sent.status, 303) << sent.body;
  const auto where = header_of(sent, "Location");
  const auto page = get(where);
  EXPECT_TRUE(has(page, "cabamg"));
  EXPECT_EQ(reference_.get()->organisation.find("anggrek"), nullptr);
  EXPECT_EQ(get(where, "cabang").status, 404) << "another person's file";
  EXPECT_TRUE(has(get(where + "/hasil.csv"), "salah,Salah,rs,cabamg,ditolak,"));
  const auto saved = post(where, {});
  EXPECT_EQ(header_of(saved, "Location"), where + "?tersimpan=1");
  EXPECT_NE(reference_.get()->organisation.find("anggrek"), nullptr);
  EXPECT_TRUE(has(get(where + "?tersimpan=1"), say(Lang::Id, Msg::PlaceImportOnlyRefused).substr(0, 20)));
  EXPECT_EQ(upload("bukan tempat\n1\n").status, 422);
  EXPECT_EQ(post("/tempat/impor", {}).status, 422);
  EXPECT_EQ(get("/tempat/impor/bukan-berkas").status, 404);
  const auto csv = get("/tempat/data.csv?tempat=cabang");
  EXPECT_TRUE(has(csv, "melati,Puskesmas Melati,Faskes,Puskesmas,cabang,kab,WIB"));
  EXPECT_FALSE(has(csv, "cabang-2"));
  EXPECT_EQ(get("/tempat/data.xlsx", "petugas").status, 200);
}

TEST_P(PlacePageTest, PagesCostTheSameStatementsHoweverManyPlaces) {
  const auto cost = [&](const char* target) {
    const auto total = [&] {
      std::uint64_t count = 0;
      for (const auto& one : db().stats().statements) count += one.count;
      return count;
    };
    const auto before = total();
    EXPECT_EQ(get(target).status, 200) << target;
    return total() - before;
  };
  const std::vector<const char*> targets{"/tempat",
                                         "/tempat?tempat=cabang",
                                         "/tempat?cari=mela",
                                         "/tempat/melati",
                                         "/tempat/cabang",
                                         "/orang",
                                         "/wilayah?tempat=cabang",
                                         "/hasil/kessan?tempat=cabang",
                                         "/hasil/kessan?tempat=penjamin",
                                         "/beranda"};
  std::map<std::string, std::uint64_t> few;
  for (const auto* target : targets) cost(target);  // what a first visit does once
  for (const auto* target : targets) few[target] = cost(target);
  std::string rows = "kode,nama,tipe,induk,dinas\n";
  for (int i = 0; i < 200; ++i) rows += "n" + std::to_string(i) + ",Puskesmas " + std::to_string(i) + ",puskesmas,cabang,kab\n";
  const auto sent = upload(rows);
  ASSERT_EQ(post(header_of(sent, "Location"), {}).status, 303);
  for (const auto* target : targets) {
    const auto many = cost(target);
    EXPECT_LE(many, few[target] + 2) << target << ": " << few[target] << " with few places";
    EXPECT_LE(many, 160U) << target;
  }
}

PILAR_BOTH_ENGINES(PlacePageTest);

}  // namespace pilar::place_page_test
