#include <gtest/gtest.h>

#include "app/fill.h"
#include "app/indicator.h"
#include "app/organisation.h"
#include "app/record.h"
#include "i18n/words/formula.h"
#include "i18n/words/result.h"
#include "support/site_fixture.h"

namespace pilar::daily_count_page_test {
/// The daily count, and indicators with formulas of their own, as a quality lead makes and fills them.
class DailyCountPageTest : public test::SiteTest {
 protected:
  DailyCountPageTest() : SiteTest("ketua") {
    add_person("ketua", Role::QualityLead, add(NodeKind::Facility, "melati", "Puskesmas Melati"));
  }

  static Form profile(const char* title) {
    return {{"tempat", "melati"},
            {"seen", "0"},
            {"title", title},
            {"aim", "a"},
            {"definition", "d"},
            {"numerator", "patuh"},
            {"denominator", "peluang"},
            {"responsible", "PPI"},
            {"source", "uji"},
            {"area", "ukp"},
            {"type", "proses"},
            {"pillar", "ppk"},
            {"level", "fasilitas"},
            {"safety_goal", "0"},
            {"effort_what_1", "Ingatkan"},
            {"effort_who_1", "PPI"},
            {"apa", "terbit"}};
  }
  http::Reply publish(const char* title, const Form& more) {
    auto fields = profile(title);
    fields.insert(fields.end(), more.begin(), more.end());
    return post("/kamus/tambah", fields);
  }
};
PILAR_BOTH_ENGINES(DailyCountPageTest);

TEST_P(DailyCountPageTest, SaysWhatToDoWhereNothingIsCounted) {
  const auto empty = get("/sensus");
  EXPECT_EQ(empty.status, 200);
  EXPECT_TRUE(has(empty, words(Msg::CountEmpty)));
}

TEST_P(DailyCountPageTest, ADayIsEnteredAndCorrected) {
  ASSERT_EQ(publish("Cuci tangan", {{"way", "tally"}}).status, 303);
  ASSERT_EQ(post("/kamus/cuci-tangan/pakai", {{"tempat", "melati"}, {"responsible", ""}, {"target", ""}}).status, 303);
  while (app::fill_step(context_)) continue;
  const auto page = get("/sensus?tempat=melati");
  EXPECT_TRUE(has(page, "Cuci tangan"));
  EXPECT_TRUE(has(page, "name=\"n.cuci-tangan\""));
  const Form where{{"tempat", "melati"}, {"unit", "-"}, {"hari", "2026-11-20"}};
  const auto send = [&](const char* numerator, const char* denominator, const char* seen) {
    auto fields = where;
    fields.insert(fields.end(), {{"n.cuci-tangan", numerator}, {"d.cuci-tangan", denominator}, {"r.cuci-tangan", seen}});
    return post("/sensus", fields);
  };
  EXPECT_EQ(send("17", "20", "0").status, 303);
  EXPECT_TRUE(has(get("/sensus?tempat=melati&hari=2026-11-20"), "17 dari 20"));
  const auto half = send("18", "", "1");
  EXPECT_EQ(half.status, 422);
  EXPECT_TRUE(has(half, words(Msg::CountHalf)));
  EXPECT_TRUE(has(half, "value=\"18\""));
  const auto worded = send("banyak", "20", "1");
  EXPECT_EQ(worded.status, 422);
  EXPECT_TRUE(has(worded, "“banyak” bukan angka bulat"));
  EXPECT_EQ(send("19", "20", "0").status, 422);  // typed over something it did not see
  EXPECT_EQ(send("19", "20", "1").status, 303);
  EXPECT_TRUE(has(get("/sensus?tempat=melati&hari=2026-11-20"), "19 dari 20"));
  EXPECT_TRUE(has(get("/indikator?tempat=melati&bulan=2026-11"), "95,0%"));
  const auto above = send("21", "20", "2");
  EXPECT_EQ(above.status, 422);
  EXPECT_TRUE(has(above, "Pembilang 21 lebih besar dari penyebut 20"));
  EXPECT_TRUE(has(above, "name=\"a.cuci-tangan\""));
  EXPECT_TRUE(has(send("1", "0", "2"), "tanpa kasus tidak ada yang bisa dihitung"));
  auto said = where;
  said.insert(said.end(), {{"n.cuci-tangan", "21"}, {"d.cuci-tangan", "20"}, {"r.cuci-tangan", "2"}, {"a.cuci-tangan", "ya"}});
  EXPECT_EQ(post("/sensus", said).status, 303);
  EXPECT_TRUE(has(get("/sensus?tempat=melati&hari=2026-11-20"), "21 dari 20"));
  EXPECT_TRUE(has(get("/indikator/laporan/2026-11?tempat=melati"), words(Msg::ResultOver))) << "said wherever it stands";
  EXPECT_TRUE(has(get("/indikator?tempat=melati&bulan=2026-11"), words(Msg::ResultOver)));
  EXPECT_EQ(get("/sensus?tempat=melati&hari=kemarin").status, 422);
  EXPECT_EQ(get("/sensus?tempat=tidak-ada").status, 404);
}

TEST_P(DailyCountPageTest, AFormulaIsWrittenInTheBrowser) {
  const Form formula{{"way", "records"},
                     {"records/over", "laboratorium"},
                     {"records/kind", "ratio"},
                     {"records/numerator", "${lama} <= 60"},
                     {"records/include", "${jenis} = 'darh'"}};
  const auto wrong = publish("Darah sejam", formula);
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(has(wrong, "“darh” bukan pilihan dari “jenis”. Maksud Anda “darah”?"));
  EXPECT_TRUE(has(wrong, "${lama_darah}"));  // what can be written is listed
  auto right = formula;
  right.back().second = "${jenis} = 'darah'";
  ASSERT_EQ(publish("Darah sejam", right).status, 303);
  const auto entry = get("/kamus/darah-sejam?tempat=melati");
  EXPECT_TRUE(has(entry, "${jenis} = &#39;darah&#39;") || has(entry, "${jenis} = 'darah'"));
  while (app::fill_step(context_)) continue;
  ASSERT_EQ(post("/kamus/darah-sejam/pakai", {{"tempat", "melati"}, {"responsible", ""}, {"target", ""}}).status, 303);
  const auto key = reference_.get()->formulas.front().form.key;
  const auto result = get("/hasil/" + key + "?tempat=melati&bulan=2026-10");
  EXPECT_EQ(result.status, 200);
  EXPECT_TRUE(has(result, "Darah sejam"));
  EXPECT_EQ(get("/isi/" + key + "?tempat=melati").status, 404);  // nothing to fill in
  EXPECT_EQ(get("/catatan/" + key + "?tempat=melati&bulan=2026-10").status, 404);
  EXPECT_EQ(get("/instrumen/" + key).status, 404);
}

}  // namespace pilar::daily_count_page_test
