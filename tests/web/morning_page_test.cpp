#include <gtest/gtest.h>

#include <future>
#include <set>

#include "app/account.h"
#include "app/organisation.h"
#include "app/record.h"
#include "app/survey_link.h"
#include "app/today.h"
#include "i18n/messages.h"
#include "i18n/words/control.h"
#include "i18n/words/faskes.h"
#include "i18n/words/help.h"
#include "i18n/words/home.h"
#include "i18n/words/page.h"
#include "i18n/words/public.h"
#include "support/page_text.h"
#include "support/shipped_store.h"
#include "web/help_text.h"
#include "web/html.h"
#include "web/site.h"

namespace pilar::morning_page_test {

using test::holds;

constexpr std::int64_t kDay = 86'400'000'000LL;

/// A branch with two facilities, seen by the people who open their pages in the morning.
class MorningPageTest : public test::ShippedStoreTest {
 protected:
  MorningPageTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});  // 21 November 2026, 07.00 WIB
    app::refresh_reference(context_);
    branch_ = add({.kind = NodeKind::Branch, .code = "cabang", .name = "Cabang Uji", .valid_from = Day{10'000}});
    facility_ = add({.parent = branch_,
                     .code = "melati",
                     .name = "Puskesmas Melati",
                     .facility_type = "puskesmas",
                     .valid_from = Day{10'000},
                     .units = {"Poli Umum", "Farmasi"}});
    other_ = add({.parent = branch_,
                  .code = "kenanga",
                  .name = "Puskesmas Kenanga",
                  .facility_type = "puskesmas",
                  .valid_from = Day{10'000},
                  .units = {"Poli Umum"}});
    sari_ = sign_in("sari", Role::QualityLead, facility_);
    site_ = std::make_unique<web::Site>(context_);
  }

  FacilityKey add(const app::NewPlace& place) { return app::add_place(context_, system_, place).value(); }

  std::string sign_in(const std::string& login, Role role, FacilityKey place, UnitKey unit = {}) {
    app::NewAccount account{login, "Sari Uji", "kata sandi yang panjang", role, place};
    account.unit = unit;
    EXPECT_TRUE(app::create_account(context_, system_, account));
    return app::sign_in(context_, login, account.password).value();
  }

  http::Reply get(std::string_view target, const std::string& session) {
    const auto parsed = http::parse_target(target);
    http::Request request{.method = http::Method::Get, .path = parsed->path, .query = parsed->query};
    if (!session.empty()) request.headers.emplace_back("cookie", "pilar_sesi=" + session);
    std::promise<http::Reply> answer;
    site_->handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
    return answer.get_future().get();
  }
  std::string page(std::string_view target, const std::string& session) {
    const auto reply = get(target, session);
    EXPECT_EQ(reply.status, 200) << target << " " << reply.body;
    return reply.body;
  }
  std::string page(std::string_view target) { return page(target, sari_); }

  void enter(FacilityKey facility, std::string_view instrument, const std::map<std::string, std::string>& values, int days_ago,
             int unit = 1) {
    const auto* version = reference_.get()->latest(instrument);
    RawAnswers raw;
    for (const auto& [key, value] : values) raw[key] = {{value}, {}};
    const Instant at{clock_.now().micros - days_ago * kDay};
    const auto answers = check_answers(version->form, raw, civil_day(at, Zone::Wib), false);
    ASSERT_TRUE(answers) << say(Lang::En, answers.error().front());
    ASSERT_TRUE(app::save_record(context_, system_, {make_uuid(at), facility, {unit}, version->version, at, Channel::Staff, *answers}));
  }
  void rate(FacilityKey facility, int times, std::string_view rating, int days_ago, int unit = 1) {
    for (int i = 0; i < times; ++i) enter(facility, "kessan", {{"nilai", std::string(rating)}}, days_ago, unit);
  }
  void visit(FacilityKey facility, int visits, int days_ago) {
    enter(facility, "kunjungan-bulanan", {{"rawat_jalan", std::to_string(visits)}, {"rawat_inap", "0"}}, days_ago);
  }

  std::uint64_t statements() {
    std::uint64_t sum = 0;
    for (const auto& one : db().stats().statements) sum += one.count;
    return sum;
  }

  app::ReferenceHolder reference_;
  app::Context context_;
  Scope system_{Role::Administrator, kEverywhere, "test"};
  FacilityKey branch_, facility_, other_;
  std::string sari_;
  std::unique_ptr<web::Site> site_;
};

TEST_P(MorningPageTest, NothingWaitsOnAnEmptyDeskAndTheNextDateIsSaid) {
  const auto home = page("/beranda");
  EXPECT_TRUE(holds(home, say(Lang::Id, Msg::HomeNothing)) || holds(home, "baru 0 dari 30")) << home;
  const auto today = app::read_today(context_, Scope(Role::QualityLead, facility_, "test"));
  ASSERT_TRUE(today);
  EXPECT_EQ(today->units.size(), 2U);
  EXPECT_FALSE(today->low);
}

TEST_P(MorningPageTest, EachThingThatWaitsLeadsToItsCure) {
  rate(facility_, 35, "4", 25);              // October, visits never entered
  visit(facility_, 20, 55);                  // September: 20 visits ...
  rate(facility_, 25, "4", 55, 2);           // ... and 25 answers; then the pharmacy falls silent
  rate(facility_, 3, "5", 1);                // November so far
  enter(facility_, "kessan", {{"nilai", "1"}, {"pesan", "Obat kosong."}}, 9);
  const auto home = page("/beranda");
  EXPECT_TRUE(holds(home, "baru 4 dari 30 jawaban")) << home;
  EXPECT_TRUE(holds(home, "Kurang 26 jawaban lagi")) << home;
  EXPECT_TRUE(holds(home, "9 hari lagi"));
  EXPECT_TRUE(holds(home, "Jumlah kunjungan Oktober 2026 belum diisi"));
  EXPECT_TRUE(holds(home, "September 2026: jawaban lebih banyak daripada kunjungan"));
  EXPECT_TRUE(holds(home, "1 komentar dari penilai 1–2"));
  EXPECT_TRUE(holds(home, "/komentar?tempat=melati"));
  EXPECT_TRUE(holds(home, "Farmasi: tidak ada jawaban selama 55 hari"));
  EXPECT_LT(home.find("jawaban lebih banyak"), home.find("Jumlah kunjungan Oktober")) << "what is wrong stands on top";
}

TEST_P(MorningPageTest, ACommentThatIsNotOpenYetIsNotCounted) {
  enter(facility_, "kessan", {{"nilai", "1"}, {"pesan", "Baru kemarin."}}, 1);
  EXPECT_FALSE(holds(page("/beranda"), "komentar dari penilai"));
}

TEST_P(MorningPageTest, AnOfficerOfAUnitSeesTheUnitAlone) {
  rate(facility_, 3, "5", 1, 1);
  rate(facility_, 8, "5", 1, 2);
  const auto session = sign_in("farmasi", Role::Officer, facility_, {2});
  const auto home = page("/beranda", session);
  EXPECT_TRUE(holds(home, "Farmasi · Puskesmas Melati"));
  EXPECT_FALSE(holds(home, ">Poli Umum<"));
  enter(facility_, "apd", {{"profesi", "perawat"}, {"indikasi", "darah"}, {"patuh", "ya"}}, 25, 1);
  constexpr std::string_view kOfAnother = "Kepatuhan penggunaan APD";
  EXPECT_TRUE(holds(page("/beranda"), kOfAnother)) << "of the whole facility";
  EXPECT_FALSE(holds(page("/beranda", session), kOfAnother)) << "no empty card of another unit's observations";
}

TEST_P(MorningPageTest, ABranchSeesHowManyFacilitiesAndTheTableOfThem) {
  rate(facility_, 3, "5", 1);
  visit(facility_, 500, 1);
  rate(other_, 12, "4", 25);
  const auto session = sign_in("bpjs", Role::BranchOfficer, branch_);
  const auto home = page("/beranda", session);
  EXPECT_TRUE(holds(home, "1 dari 2 fasilitas belum cukup jawaban") || holds(home, "2 dari 2 fasilitas belum cukup jawaban")) << home;
  EXPECT_TRUE(holds(home, "/wilayah?"));
  EXPECT_TRUE(holds(page("/wilayah?bulan=2026-11", session), "/faskes/melati?bulan=2026-11"));
}

TEST_P(MorningPageTest, ABranchIsToldWhichFacilitiesDifferByMoreThanChance) {
  const auto third = add({.parent = branch_,
                          .code = "mawar",
                          .name = "Puskesmas Mawar",
                          .facility_type = "puskesmas",
                          .valid_from = Day{10'000},
                          .units = {"Poli Umum"}});
  for (const auto good : {facility_, other_}) {
    rate(good, 54, "5", 25);
    rate(good, 6, "2", 25);
  }
  rate(third, 20, "5", 25);
  rate(third, 40, "2", 25);
  const auto session = sign_in("bpjs", Role::BranchOfficer, branch_);
  const auto home = page("/beranda", session);
  EXPECT_TRUE(holds(home, "Puskesmas Mawar di bawah batas wajar.")) << home;
  EXPECT_TRUE(holds(home, "#corong"));
  const auto table = page("/wilayah?bulan=2026-10", session);
  EXPECT_TRUE(holds(table, "data-chart=\"funnel\""));
  EXPECT_TRUE(holds(table, "Di bawah batas wajar: Puskesmas Mawar."));
  EXPECT_FALSE(holds(page("/wilayah?bulan=2026-09", session), "data-chart=\"funnel\"")) << "nothing to compare";
}

TEST_P(MorningPageTest, AMorningPageIsABoundedNumberOfStatements) {
  rate(facility_, 5, "5", 1);
  page("/beranda");
  for (const char* path : {"/beranda", "/faskes/melati", "/f/melati", "/cari?q=mel"}) {
    const auto before = statements();
    page(path);
    EXPECT_LE(statements() - before, 60U) << path;
  }
  const auto session = sign_in("bpjs", Role::BranchOfficer, branch_);
  page("/beranda", session);
  const auto few = statements();
  page("/beranda", session);
  const auto of_two = statements() - few;
  std::vector<app::NewPlace> places;
  for (int i = 0; i < 40; ++i)
    places.push_back({.parent = branch_,
                      .code = "k" + std::to_string(i),
                      .name = "Klinik " + std::to_string(i),
                      .facility_type = "klinik_pratama",
                      .valid_from = Day{10'000}});
  ASSERT_TRUE(app::add_places(context_, system_, places));
  const auto many = statements();
  page("/beranda", session);
  EXPECT_LE(statements() - many, of_two) << "as many for 42 facilities as for two";
}

TEST_P(MorningPageTest, AFacilityOnOnePageForWhoMayReadIt) {
  rate(facility_, 20, "5", 25);
  rate(facility_, 6, "2", 25, 2);
  enter(facility_, "kessan", {{"nilai", "5"}, {"pesan", "Petugasnya ramah."}}, 12);
  const auto shown = page("/faskes/melati?bulan=2026-10");
  EXPECT_TRUE(holds(shown, "Puskesmas Melati"));
  EXPECT_TRUE(holds(shown, "26 jawaban"));
  EXPECT_TRUE(holds(shown, "<q>Petugasnya ramah.</q>")) << shown;
  EXPECT_TRUE(holds(shown, "/f/melati"));
  EXPECT_EQ(get("/faskes/kenanga", sari_).status, 403) << "of another facility";
  EXPECT_EQ(get("/faskes/tidak-ada", sari_).status, 404);
  EXPECT_EQ(get("/faskes/melati?bulan=2027-01", sari_).status, 422) << "a month that has not begun";
  EXPECT_EQ(get("/faskes/melati", "").status, 303);
}

TEST_P(MorningPageTest, AFacilitySaysHowLongPeopleWaitAtEachStation) {
  const auto waiting = [](const std::string& page) {
    const auto at = page.find("id=\"waktu-tunggu\"");
    return at == std::string::npos ? std::string() : page.substr(at, page.find("</table>", at) - at);
  };
  const auto none = waiting(page("/faskes/melati?bulan=2026-10"));
  for (const auto station : {Msg::StationRegistration, Msg::StationExamination, Msg::StationPharmacy})
    EXPECT_TRUE(holds(none, say(Lang::Id, station))) << none;
  EXPECT_TRUE(holds(none, say(Lang::Id, Msg::FaskesNotCollected)));
  EXPECT_FALSE(holds(none, "0%")) << "never a false zero";
  for (int i = 0; i < 40; ++i)
    enter(facility_, "kunjungan",
          {{"penjamin", "jkn"},
           {"jenis", "rawat_jalan"},
           {"mulai_tunggu_admisi", "2026-10-27T08:00:00+07:00"},
           {"mulai_layan_admisi", i < 30 ? "2026-10-27T08:08:00+07:00" : "2026-10-27T08:12:00+07:00"},
           {"selesai_admisi", "2026-10-27T08:14:00+07:00"},
           {"mulai_layan_poli", "2026-10-27T08:34:00+07:00"}},
          25);
  const auto shown = waiting(page("/faskes/melati?bulan=2026-10"));
  EXPECT_TRUE(holds(shown, "75% dalam 10 menit") || holds(shown, "75,0% dalam 10 menit")) << shown;
  EXPECT_TRUE(holds(shown, "100% dalam 60 menit") || holds(shown, "100,0% dalam 60 menit")) << shown;
  EXPECT_TRUE(holds(shown, "/hasil/kunjungan?tempat=melati&amp;bulan=2026-10&amp;ukuran=tunggu_admisi")) << shown;
  EXPECT_TRUE(holds(shown, ">40<"));
  EXPECT_TRUE(holds(shown, say(Lang::Id, Msg::FaskesNotCollected))) << "nobody noted the pharmacy";
  EXPECT_EQ(get("/hasil/kunjungan?tempat=melati&bulan=2026-10&ukuran=tunggu_admisi", sari_).status, 200);
}

TEST_P(MorningPageTest, TheControlChartJudgesTwelveMonthsAndComesAsCsv) {
  for (int month = 13; month >= 1; --month) {
    rate(facility_, 6, "4", month * 30);
    rate(facility_, 3, "3", month * 30);
    rate(facility_, 3, "5", month * 30);
  }
  const auto shown = page("/hasil/kessan?tempat=melati&bulan=2026-10");
  EXPECT_TRUE(holds(shown, "data-chart=\"spc\"")) << shown;
  EXPECT_TRUE(holds(shown, "Aturan NHS v1"));
  EXPECT_TRUE(holds(shown, "/hasil/kessan/bagan.csv?"));
  const auto csv = page("/hasil/kessan/bagan.csv?tempat=melati&bulan=2026-10");
  EXPECT_TRUE(holds(csv, "2026-10"));
  EXPECT_TRUE(holds(csv, "common")) << csv;
  EXPECT_TRUE(holds(page("/hasil/kessan?tempat=melati&unit=farmasi"), say(Lang::Id, Msg::ControlShortWords)) ||
              holds(page("/hasil/kessan?tempat=melati&unit=farmasi"), "Belum ada"));
}

TEST_P(MorningPageTest, EverybodyReadsAFacilityButNoSmallCount) {
  rate(facility_, 33, "5", 25);
  rate(facility_, 24, "4", 25);
  rate(facility_, 6, "3", 25);
  rate(facility_, 2, "2", 25);
  rate(facility_, 1, "1", 25);
  for (int i = 0; i < 14; ++i) enter(facility_, "kessan", {{"nilai", "5"}, {"janji_fotokopi", i < 2 ? "tidak" : "ditepati"}}, 25);
  const auto shown = page("/f/melati", "");
  EXPECT_TRUE(holds(shown, "80 jawaban, Oktober 2026")) << shown;
  EXPECT_TRUE(holds(shown, "1–3 Cukup ke bawah"));
  EXPECT_TRUE(holds(shown, "<b>9</b>"));
  EXPECT_TRUE(holds(shown, say(Lang::Id, Msg::PublicNearlyAll))) << "two of fourteen are not told";
  EXPECT_FALSE(holds(shown, "85,7%") || holds(shown, "86%"));
  EXPECT_FALSE(holds(shown, "<script"));
  const auto links = app::read_links(context_, system_, facility_).value();
  EXPECT_TRUE(holds(shown, "/s/"));
  EXPECT_FALSE(links.empty());
  EXPECT_EQ(get("/f/tidak-ada", "").status, 404);
  EXPECT_EQ(get("/f/cabang", "").status, 404) << "a branch has no public page";
}

TEST_P(MorningPageTest, FewerThanFiveAnswersAreNotPublished) {
  rate(facility_, 4, "1", 25);
  const auto shown = page("/f/melati", "");
  EXPECT_TRUE(holds(shown, say(Lang::Id, Msg::PublicFew)));
  EXPECT_FALSE(holds(shown, "1,0"));
}

TEST_P(MorningPageTest, SearchFindsOnlyWhatTheReaderMaySee) {
  EXPECT_TRUE(holds(page("/cari?q=melati"), "/faskes/melati"));
  EXPECT_FALSE(holds(page("/cari?q=kenanga"), "/faskes/kenanga"));
  EXPECT_TRUE(holds(page("/cari?q=KESAN"), "/instrumen/kessan")) << "an instrument by its title";
  EXPECT_TRUE(holds(page("/cari?q=corong"), "/bantuan/fasilitas")) << "a chapter by its text";
  EXPECT_FALSE(holds(page("/cari?q=sari"), "/orang/")) << "who manages no accounts finds nobody";
  const auto admin = sign_in("admin", Role::Administrator, branch_);
  EXPECT_TRUE(holds(page("/cari?q=sari", admin), "/orang/sari"));
  EXPECT_TRUE(holds(page("/cari?q=xyzzy"), "xyzzy"));
  EXPECT_TRUE(holds(page("/cari"), say(Lang::Id, Msg::SearchHint)));
  EXPECT_EQ(get("/cari?q=melati", "").status, 303);
}

std::string as_html(std::string_view text) {
  html::Out o;
  o.text(text);
  return o.take();
}

TEST_P(MorningPageTest, TheGuideHasTheSameChaptersInBothLanguages) {
  const auto id = web::help_topics(Lang::Id), en = web::help_topics(Lang::En);
  ASSERT_EQ(id.size(), en.size());
  ASSERT_GE(id.size(), 8U);
  for (std::size_t i = 0; i < id.size(); ++i) {
    EXPECT_EQ(id[i].key, en[i].key);
    EXPECT_TRUE(holds(page("/bantuan/" + id[i].key), as_html(id[i].title)));
    EXPECT_TRUE(holds(page("/bantuan/" + id[i].key + "?bahasa=en"), as_html(en[i].title)));
  }
  EXPECT_EQ(get("/bantuan/tidak-ada", sari_).status, 404);
}

TEST_P(MorningPageTest, APageLeadsToTheChapterThatSpeaksOfIt) {
  const auto admin = sign_in("admin", Role::Administrator, branch_);
  std::set<std::string> chapters;
  for (const auto& topic : web::help_topics(Lang::Id)) chapters.insert("/bantuan/" + topic.key);
  const auto leads = [&](const std::string& session, const std::string& path, const std::string& chapter) {
    EXPECT_TRUE(chapters.contains("/bantuan/" + chapter)) << chapter;
    const auto link = "href=\"/bantuan/" + chapter + "\">" + std::string(say(Lang::Id, Msg::FrameHelp));
    EXPECT_TRUE(holds(page(path, session), link)) << path;
  };
  leads(sari_, "/beranda", "beranda");
  leads(sari_, "/faskes/melati", "fasilitas");
  leads(sari_, "/hasil/kessan", "grafik");
  leads(sari_, "/hasil/kessan/mengapa", "angka");
  leads(sari_, "/survei", "kessan");
  leads(sari_, "/komentar", "kerahasiaan");
  leads(sari_, "/kamus", "indikator");
  leads(sari_, "/isi", "isi");
  leads(sari_, "/catatan/kunjungan-bulanan", "isi");
  leads(sari_, "/antrean", "tanpa-jaringan");
  leads(sari_, "/pekerjaan", "impor");
  leads(sari_, "/impor", "impor");
  leads(sari_, "/instrumen", "instrumen");
  leads(admin, "/wilayah", "fasilitas");
  leads(admin, "/wilayah/indikator", "indikator");
  leads(admin, "/token", "pengelola");
  leads(admin, "/tempat", "pengelola");
  leads(admin, "/orang", "pengelola");
  EXPECT_FALSE(holds(page("/bantuan"), say(Lang::Id, Msg::FrameHelp))) << "the guide needs no guide";
}

TEST_P(MorningPageTest, NoTourWithoutTheDemonstration) {
  EXPECT_FALSE(holds(page("/beranda?tur=1"), say(Lang::Id, Msg::TourHome)));
  add({.kind = NodeKind::Branch, .code = "cabang-contoh", .name = "Cabang Contoh", .valid_from = Day{10'000}});
  EXPECT_TRUE(holds(page("/beranda?tur=1"), say(Lang::Id, Msg::TourHome)));
  EXPECT_FALSE(holds(page("/beranda?tur=99"), "class=\"card tour\""));
}

TEST(HelpText, DrawsTheMarksItKnowsAndEscapesTheRest) {
  const auto drawn = [](std::string_view text) {
    html::Out o;
    web::draw_help(o, Lang::Id, text);
    return o.str();
  };
  EXPECT_EQ(
      drawn("## Judul\n\nTeks **tebal** dan [tautan](/beranda) <b>.\n- satu\n- dua\n1. tiga\n2. empat\n   lagi\n[buka\n**tak "
            "tutup\n```\na: <b>\n  - "
            "**c**\n```\nSudah."),
      "<h2>Judul</h2><p>Teks <strong>tebal</strong> dan <a href=\"/beranda\">tautan</a> &lt;b&gt;.</p><ul><li>satu</li><li>dua</li></ul>"
      "<ol><li>tiga</li><li>empat lagi</li></ol><p>[buka **tak tutup</p>"
      "<pre class=\"code\" tabindex=\"0\"><code>a: &lt;b&gt;\n  - **c**\n</code></pre><p>Sudah.</p>");
  EXPECT_EQ(drawn("### Kecil\n`a*b*`, *Orang*, 2 * 3 * 4, <http://[::1]/x> dan\n[settings.md](settings.md), [lain](lain.md)."),
            "<h3>Kecil</h3><p><code>a*b*</code>, <em>Orang</em>, 2 * 3 * 4, <code>http://[::1]/x</code> dan "
            "<a href=\"/bantuan/pengaturan\">Semua pengaturan</a>, lain.</p>");
  const auto table = drawn("## Batas\n| nama | arti |\n|---|---|\n| `a|b` | *satu* |\n| sendiri |\nSudah.");
  for (const auto* part : {"aria-label=\"Batas\"", "<code>a|b</code>", "<em>satu</em>", "sendiri", "<p>Sudah.</p>"})
    EXPECT_TRUE(holds(table, part)) << part << table;
  EXPECT_EQ(drawn("| nama |"), drawn("| nama |\n|---|")) << "a table without rows";
}

TEST_P(MorningPageTest, TheManualsAreReadInTheProgramAndSayTheirLanguage) {
  const auto all = page("/bantuan");
  for (const auto& manual : web::manuals(Lang::Id)) {
    EXPECT_TRUE(holds(all, "href=\"/bantuan/" + manual.key + "\">" + manual.title)) << manual.key;
    const auto read = page("/bantuan/" + manual.key);
    EXPECT_TRUE(holds(read, "lang=\"en\"")) << manual.key;
    EXPECT_TRUE(holds(read, say(Lang::Id, Msg::HelpInEnglish))) << manual.key;
    EXPECT_FALSE(holds(page("/bantuan/" + manual.key + "?bahasa=en"), say(Lang::En, Msg::HelpInEnglish))) << manual.key;
    EXPECT_FALSE(holds(read, "```") || holds(read, "|---")) << manual.key;
    for (const auto& topic : web::help_topics(Lang::Id)) EXPECT_NE(topic.key, manual.key);
  }
  EXPECT_TRUE(holds(page("/bantuan/operator"), "href=\"/bantuan/keamanan\"")) << "manuals lead to each other";
  EXPECT_TRUE(holds(page("/cari?q=systemctl"), "/bantuan/operator")) << "a manual by its text";
}

PILAR_BOTH_ENGINES(MorningPageTest);

}  // namespace pilar::morning_page_test
