#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <regex>

#include "app/account.h"
#include "app/organisation.h"
#include "app/record.h"
#include "i18n/messages.h"
#include "i18n/words/result.h"
#include "interchange/csv.h"
#include "support/page_text.h"
#include "support/shipped_store.h"
#include "web/site.h"

namespace pilar::result_page_test {

using test::holds;

constexpr std::int64_t kDay = 86'400'000'000LL;

/// A facility with two units, the shipped instruments and somebody who signed in, seen through the whole site without sockets.
class ResultPageTest : public test::ShippedStoreTest {
 protected:
  ResultPageTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});  // 21 November 2026, 07.00 WIB
    app::refresh_reference(context_);
    const Scope system(Role::Administrator, {0}, "test");
    app::NewPlace place;
    place.name = "Puskesmas Melati";
    place.facility_type = "puskesmas";
    place.valid_from = Day{10'000};
    place.units = {"Poli Umum", "Farmasi"};
    facility_ = app::add_place(context_, system, place).value();
    session_ = sign_in("sari", Role::QualityLead);
    site_ = std::make_unique<web::Site>(context_);
  }

  std::string sign_in(const std::string& login, Role role) { return sign_in(login, role, facility_); }
  std::string sign_in(const std::string& login, Role role, FacilityKey place) {
    const std::string password = "kata sandi yang panjang";
    EXPECT_TRUE(app::create_account(context_, Scope(Role::Administrator, kEverywhere, "test"), {login, "dr. Sari", password, role, place}));
    return app::sign_in(context_, login, password).value();
  }

  http::Reply get(std::string_view target, const std::string& session) {
    auto parsed = http::parse_target(target);
    http::Request request{.method = http::Method::Get, .path = parsed->path, .query = parsed->query};
    if (!session.empty()) request.headers.emplace_back("cookie", "pilar_sesi=" + session);
    std::promise<http::Reply> answer;
    site_->handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
    return answer.get_future().get();
  }
  http::Reply get(std::string_view target) { return get(target, session_); }
  std::string page(std::string_view target) {
    const auto reply = get(target);
    EXPECT_EQ(reply.status, 200) << target << " " << reply.body;
    return reply.body;
  }

  void enter(std::string_view instrument, const std::map<std::string, std::string>& values, int days_ago = 0, int unit = 1,
             Channel channel = Channel::Staff) {
    enter_at(facility_, instrument, values, days_ago, unit, channel);
  }
  void enter_at(FacilityKey facility, std::string_view instrument, const std::map<std::string, std::string>& values, int days_ago = 0,
                int unit = 0, Channel channel = Channel::Staff) {
    const auto* version = reference_.get()->latest(instrument);
    RawAnswers raw;
    for (const auto& [key, value] : values) raw[key] = {{value}, {}};
    const Instant at{clock_.now().micros - days_ago * kDay};
    const auto answers = check_answers(version->form, raw, civil_day(at, Zone::Wib), false);
    ASSERT_TRUE(answers) << say(Lang::En, answers.error().front()) << " " << answers.error().front().field;
    const app::NewRecord record{make_uuid(at), facility, {unit}, version->version, at, channel, *answers};
    ASSERT_TRUE(app::save_record(context_, Scope(Role::QualityLead, facility, "test"), record));
  }

  /// A branch "cabang" with so many facilities; "Klinik 1", "3" and "5" have one answer each, of as many points.
  FacilityKey add_branch(int facilities) {
    const Scope system(Role::Administrator, {0}, "test");
    const auto branch =
        app::add_place(context_, system, {.kind = NodeKind::Branch, .code = "cabang", .name = "Cabang", .valid_from = Day{10'000}}).value();
    std::vector<app::NewPlace> places;
    for (int i = 1; i <= facilities; ++i)
      places.push_back({.parent = branch,
                        .code = "k" + std::to_string(i),
                        .name = "Klinik " + std::to_string(i),
                        .facility_type = "klinik_pratama",
                        .valid_from = Day{10'000}});
    EXPECT_TRUE(app::add_places(context_, Scope(Role::Administrator, branch, "test"), places));
    for (const char* answered : {"1", "3", "5"})
      enter_at(reference_.get()->organisation.find("k" + std::string(answered))->key, "kessan", {{"nilai", answered}});
    return branch;
  }

  void rate(int times, std::string_view rating, int days_ago = 0, int unit = 1) {
    for (int i = 0; i < times; ++i) enter("kessan", {{"nilai", std::string(rating)}}, days_ago, unit);
  }

  app::ReferenceHolder reference_;
  app::Context context_;
  FacilityKey facility_;
  std::string session_;
  std::unique_ptr<web::Site> site_;
};

/// The published table of 29 respondents: how many answered 4 and 3, the rest 2.
constexpr struct {
  const char* unsur;
  int fours, threes;
} kPublished[] = {{"persyaratan", 18, 11}, {"prosedur", 14, 15}, {"waktu", 15, 12},  {"biaya", 29, 0},    {"produk", 15, 14},
                  {"kompetensi", 18, 11},  {"perilaku", 19, 10}, {"sarana", 18, 11}, {"pengaduan", 28, 1}};

TEST_P(ResultPageTest, ShowsThePublishedIndexFromItsRecords) {
  for (int i = 0; i < 29; ++i) {
    std::map<std::string, std::string> values;
    for (const auto& [unsur, fours, threes] : kPublished) {
      const auto& item = *reference_.get()->latest("skm")->form.find(unsur);
      const int code = i < fours ? 4 : i < fours + threes ? 3 : 2;
      values[unsur] = item.options[static_cast<std::size_t>(code - 1)].key;
    }
    enter("skm", values, i % 10);
  }
  const auto shown = page("/hasil/skm?tempat=puskesmas-melati&bulan=2026-11");
  EXPECT_TRUE(holds(shown, "91,48"));
  EXPECT_TRUE(holds(shown, "A, Sangat baik"));
  EXPECT_TRUE(holds(shown, "Waktu Penyelesaian, ") || holds(shown, ", Waktu Penyelesaian"));
  EXPECT_TRUE(holds(shown, "3,4483"));
  EXPECT_TRUE(holds(shown, "86,21"));
  EXPECT_TRUE(holds(page("/hasil/skm/mengapa?bulan=2026-11"), "× 1/9 × 25 = 91,4751"));
  EXPECT_TRUE(holds(page("/hasil/skm/mengapa?bulan=2026-11"), say(Lang::Id, Msg::ResultReadBy))) << "a sheet of proof says who made it";
  EXPECT_TRUE(holds(page("/hasil/skm/data.csv?bulan=2026-11"), ",91.48,"));
  EXPECT_TRUE(holds(page("/hasil/skm?bulan=2026-11&bahasa=en"), "91.48"));
}

TEST_P(ResultPageTest, SaysTheNeedInWords) {
  const std::string november = "/hasil/kessan?bulan=2026-11", october = "/hasil/kessan?bulan=2026-10";
  rate(12, "baik");
  EXPECT_TRUE(holds(page(november), "Jumlah kunjungan belum diisi"));
  enter("kunjungan-bulanan", {{"rawat_jalan", "20"}, {"rawat_inap", "6"}});
  EXPECT_TRUE(holds(page(november), "12 dari 26 kunjungan mengisi"));
  enter("kunjungan-bulanan", {{"rawat_jalan", "14"}, {"rawat_inap", "0"}}, 0, 2);
  EXPECT_TRUE(holds(page(november), "Baru 12 dari 30 jawaban"));
  EXPECT_TRUE(holds(page("/beranda"), "baru 12 dari 30 jawaban"));
  rate(3, "buruk", 30);
  enter("kunjungan-bulanan", {{"rawat_jalan", "2"}, {"rawat_inap", "0"}}, 30);
  EXPECT_TRUE(holds(page(october), "Jawaban lebih banyak daripada kunjungan"));
  EXPECT_TRUE(holds(page("/beranda"), "jawaban lebih banyak daripada kunjungan"));
  EXPECT_TRUE(holds(page(november + "&rentang=2"), "0 dari 2 bulan cukup"));
}

TEST_P(ResultPageTest, NothingAndLittleAreSaid) {
  EXPECT_TRUE(holds(page("/hasil/kessan?bulan=2026-11"), "Belum ada jawaban untuk November 2026"));
  EXPECT_TRUE(holds(page("/beranda"), "Belum ada isian."));
  rate(1, "sangat_baik", 0, 2);
  const auto shown = page("/hasil/kessan");
  EXPECT_TRUE(holds(shown, "5,0"));
  EXPECT_TRUE(holds(shown, "(5,0)")) << "a unit with one answer stands in brackets";
  EXPECT_TRUE(holds(shown, "data sedikit"));
  EXPECT_FALSE(std::regex_search(shown, std::regex("[>: –]-?nan"))) << "one answer has no interval";
  EXPECT_TRUE(holds(page("/hasil/kessan?rinci=penjamin:jkn"), "Belum ada jawaban")) << "nobody said who pays";
}

TEST_P(ResultPageTest, PayersStandSideBySideWithAVerdict) {
  const auto answer = [&](int times, const std::string& payer, const std::string& kept) {
    for (int i = 0; i < times; ++i) enter("kessan", {{"nilai", "baik"}, {"penjamin", payer}, {"janji_ramah", kept}});
  };
  const std::string address = "/hasil/kessan?bulan=2026-11&ukuran=ramah";
  answer(20, "jkn", "ditepati");
  answer(12, "jkn", "tidak");
  EXPECT_FALSE(holds(page(address), "menurut-penjamin")) << "one group is no comparison";
  answer(9, "umum", "ditepati");
  const auto few = page(address);
  EXPECT_TRUE(holds(few, "Menurut “Siapa yang menanggung biaya hari ini?”"));
  EXPECT_TRUE(holds(few, "(100,0%)") && holds(few, "data sedikit"));
  EXPECT_TRUE(holds(few, "Satu kelompok belum sampai 30 kasus"));
  answer(23, "umum", "ditepati");
  const auto enough = page(address);
  EXPECT_TRUE(holds(enough, "Umum atau asuransi lain lebih tinggi 37,5 poin persen daripada JKN (BPJS Kesehatan)")) << enough;
  EXPECT_TRUE(holds(enough, "jarang terjadi karena kebetulan saja"));
  EXPECT_TRUE(holds(enough, "rinci=penjamin:jkn") || holds(enough, "rinci=penjamin%3Ajkn"));
  EXPECT_TRUE(holds(page(address + "&bahasa=en"), "Chance alone seldom makes such a difference"));
  EXPECT_FALSE(holds(page(address + "&rinci=penjamin:jkn"), "menurut-penjamin")) << "one payer is chosen already";
  const auto table = page("/hasil/kessan/data.csv?bulan=2026-11&ukuran=ramah");
  EXPECT_TRUE(holds(table, "Kelompok: JKN (BPJS Kesehatan),2026-11,Puskesmas Melati,Dilayani ramah dan tidak dibedakan,,20,32,62.5,%,"))
      << table;
  EXPECT_TRUE(holds(page("/hasil/kessan?bulan=2026-11"), "menurut-penjamin")) << "the rating by payer, without a test of shares";
  EXPECT_FALSE(holds(page("/hasil/kessan?bulan=2026-11"), "poin persen"));
}

// A third payer stands in the table; the verdict is about JKN members and private patients.
TEST_P(ResultPageTest, OfSeveralPayersMembersAndPrivatePatientsAreCompared) {
  const auto review = [&](int times, const std::string& payer, const std::string& diagnosis) {
    for (int i = 0; i < times; ++i)
      enter("telaah-kasus", {{"diagnosis", diagnosis},
                             {"penjamin", payer},
                             {"terapi", "sesuai"},
                             {"obat", "sesuai"},
                             {"teknis", "sesuai"},
                             {"nonteknis", "sesuai"}});
  };
  review(31, "jkn", "ispa");
  review(30, "umum", "diare");
  review(1, "lain", "gigi");
  const auto shown = page("/hasil/telaah-kasus?bulan=2026-11&ukuran=terapi");
  const auto diagnoses = shown.find("menurut-diagnosis"), payers = shown.find("menurut-penjamin");
  ASSERT_TRUE(diagnoses != std::string::npos && payers != std::string::npos && diagnoses < payers);
  EXPECT_FALSE(holds(shown.substr(diagnoses, payers - diagnoses), "poin persen")) << "no verdict among many diagnoses";
  EXPECT_TRUE(holds(shown.substr(payers), "JKN dan Umum sama.")) << shown.substr(payers, 3000);
}

TEST_P(ResultPageTest, TableAndPageAgree) {
  rate(20, "baik");
  rate(11, "sangat_baik", 0, 2);
  const auto shown = page("/hasil/kessan?bulan=2026-11"), table = page("/hasil/kessan/data.csv?bulan=2026-11");
  EXPECT_TRUE(holds(shown, "135 ÷ 31 = 4,3548, ditampilkan 4,4"));
  EXPECT_TRUE(table.starts_with("\xEF\xBB\xBF"));
  EXPECT_TRUE(holds(table, ",4.354839,"));
  EXPECT_TRUE(holds(table, "Sangat baik,11,31,35.483871,%,,,11"));
  const auto lines = std::stoi(table.substr(table.find("Jumlah baris,") + 13));
  const auto body = table.substr(table.find("Bagian,"));
  EXPECT_EQ(std::count(body.begin(), body.end(), '\n') - 1, lines);
}

TEST_P(ResultPageTest, WhatCannotBeShownIsRefusedClearly) {
  EXPECT_EQ(get("/hasil/kessan", "").status, 303);
  EXPECT_EQ(get("/hasil/kessan?tempat=F2").status, 403);
  EXPECT_EQ(get("/catatan/kessan?tempat=F2&butir=nilai").status, 403);
  EXPECT_EQ(get("/hasil/kessan/data.csv?tempat=F2").status, 403);
  for (const char* unknown :
       {"/hasil/tidak-ada", "/hasil/kessan?tempat=mawar", "/hasil/kessan?unit=dapur", "/hasil/kessan?ukuran=apa",
        "/hasil/kessan?rinci=penjamin:siapa", "/hasil/kessan?rinci=rusak", "/instrumen/tidak-ada", "/catatan/kessan?butir=apa"})
    EXPECT_EQ(get(unknown).status, 404) << unknown;
  for (const char* wrong : {"/hasil/kessan?bulan=November", "/hasil/kessan?bulan=2026-13", "/hasil/kessan?rentang=0&bulan=2026-11",
                            "/hasil/kessan?rentang=999&bulan=2026-11", "/hasil/kessan?dari=2026-11&sampai=2026-01",
                            "/hasil/kessan?dari=1950-01&sampai=2026-01", "/hasil/kessan?dari=2026-11-31", "/hasil/kessan?waktu=kapan",
                            "/hasil/kessan?dari=2026-11-05&sampai=2026-11-04", "/catatan/kessan?hal=x"})
    EXPECT_EQ(get(wrong).status, 422) << wrong;
  const auto reader = sign_in("pembaca", Role::Surveyor);
  EXPECT_EQ(get("/hasil/kessan", reader).status, 200);
  EXPECT_EQ(get("/catatan/kessan?butir=nilai", reader).status, 403);
  EXPECT_FALSE(holds(get("/hasil/kessan", reader).body, "/catatan/"));
}

TEST_P(ResultPageTest, RecordsOfThePublicShowNobody) {
  enter("kessan", {{"nilai", "baik"}, {"pesan", "Antre lama sekali"}}, 0, 1, Channel::Public);
  enter("kessan", {{"nilai", "buruk"}, {"pesan", "Obat kosong"}}, 9, 2, Channel::Public);
  enter("kessan", {{"nilai", "cukup"}}, 10, 2, Channel::Public);
  const auto comments = page("/catatan/kessan?bulan=2026-11&butir=pesan");
  EXPECT_FALSE(holds(comments, "Antre lama sekali"));
  EXPECT_TRUE(holds(comments, "Dibuka 28 Nov 2026"));
  EXPECT_TRUE(holds(comments, "Obat kosong"));
  EXPECT_FALSE(holds(comments, ">Buruk<")) << "one question at a time";
  EXPECT_FALSE(holds(comments, ">07.00"));
  EXPECT_FALSE(holds(comments, ">kosong<")) << "only what was written";
  const auto none = page("/catatan/kessan?bulan=2026-11");
  EXPECT_FALSE(holds(none, "Obat kosong"));
  enter("kunjungan-bulanan", {{"rawat_jalan", "20"}, {"rawat_inap", "6"}});
  const auto visits = page("/catatan/kunjungan-bulanan?bulan=2026-11");
  EXPECT_TRUE(holds(visits, "26 kunjungan"));
  EXPECT_TRUE(holds(visits, ">07.00 WIB<"));
}

TEST_P(ResultPageTest, EveryPageKeepsTheSecurityPolicyInBothLanguages) {
  rate(31, "baik");
  rate(31, "sangat_baik", 31, 2);
  enter("skm", {{"waktu", "cepat"}});
  for (const std::string path : {"/beranda", "/hasil/kessan", "/hasil/kessan?ukuran=janji", "/hasil/kessan/mengapa?ukuran=sikap",
                                 "/hasil/skm", "/hasil/kunjungan-bulanan", "/hasil/kessan?rinci=kunjungan:rawat_inap",
                                 "/catatan/kessan?butir=nilai", "/instrumen", "/instrumen/kessan", "/instrumen/skm"})
    for (const std::string language : {"id", "en"}) {
      const auto shown = page(path + (holds(path, "?") ? "&" : "?") + "bahasa=" + language);
      EXPECT_TRUE(holds(shown, "<html lang=\"" + language + "\"")) << path;
      EXPECT_FALSE(std::regex_search(shown, std::regex("<[^>]* (style|on[a-z]+)="))) << path;
      EXPECT_FALSE(std::regex_search(shown, std::regex("<script(?! type=\"application/json\"| defer src=)"))) << path;
      EXPECT_FALSE(holds(shown, "{0}") || holds(shown, "{1}") || holds(shown, "nan%")) << path;
    }
}

TEST_P(ResultPageTest, AnyPeriodIsSaidOnPageReasonAndTable) {
  rate(31, "baik");           // 21 November
  rate(4, "sangat_baik", 5);  // 16 November
  rate(2, "buruk", 30);       // 22 October
  const auto says = [&](const std::string& period, std::string_view words, std::string_view cases) {
    const auto shown = page("/hasil/kessan?" + period);
    EXPECT_TRUE(holds(shown, words)) << period;
    EXPECT_TRUE(holds(shown, cases)) << period;
  };
  says("waktu=bulan-ini", "Puskesmas Melati · November 2026", "35 jawaban");
  says("waktu=bulan-lalu", "· Oktober 2026", "2 jawaban");
  says("waktu=30-hari", "· 23 Oktober–21 November 2026", "35 jawaban");
  says("waktu=triwulan-ini", "· Oktober–November 2026", "37 jawaban");
  says("waktu=tahun-ini", "· Januari–November 2026", "37 jawaban");
  says("dari=2026-10-22&sampai=2026-11-16", "· 22 Oktober–16 November 2026", "6 jawaban");
  says("dari=2026-10&sampai=2026-11-16", "· 1 Oktober–16 November 2026", "6 jawaban");
  says("dari=2026-11-16", "· 16 November 2026", "4 jawaban");
  says("bulan=2026-10&dari=2026-11-01&sampai=2026-11-21", "· Oktober 2026", "2 jawaban");
  const std::string own = "?dari=2026-10-22&sampai=2026-11-16";
  const auto shown = page("/hasil/kessan" + own);
  EXPECT_TRUE(holds(shown, "/hasil/kessan/mengapa?tempat=puskesmas-melati&amp;dari=2026-10-22&amp;sampai=2026-11-16"));
  EXPECT_TRUE(holds(shown, "waktu=30-hari&amp;tempat=puskesmas-melati"));
  EXPECT_TRUE(holds(page("/hasil/kessan/mengapa" + own), "24 ÷ 6 = 4,0000"));
  EXPECT_TRUE(holds(page("/hasil/kessan/data.csv" + own), "Waktu,2026-10-22/2026-11-16"));
  EXPECT_TRUE(holds(page("/catatan/kessan" + own + "&butir=nilai"), "22 Oktober–16 November 2026"));
  EXPECT_FALSE(holds(shown, "Jumlah kunjungan belum diisi")) << "what a month owes is said of whole months only";
}

TEST_P(ResultPageTest, ManyPartsArePagedSortedSearchedAndPrintedWhole) {
  const auto names = [](const std::string& shown, std::string_view line) {
    std::vector<std::string> out;
    const std::regex row("<tr" + std::string(line) + "><th scope=\"row\"><a[^>]*>([^<]*)</a>");
    const auto from = shown.find("id=\"bagian\"");
    const auto table = shown.substr(from, shown.find("</table>", from) - from);
    for (std::sregex_iterator at(table.begin(), table.end(), row), end; at != end; ++at) out.push_back((*at)[1]);
    return out;
  };
  const auto branch = add_branch(30);
  const std::string address = "/hasil/kessan?tempat=cabang&bulan=2026-11";
  const auto session = sign_in("cabang", Role::Surveyor, branch);
  const auto shown = [&](const std::string& more) { return get(address + more, session).body; };
  EXPECT_EQ(names(shown(""), "").size(), 25U);
  EXPECT_EQ(names(shown(""), " class=\"paper\"").size(), 5U) << "the others are printed";
  EXPECT_TRUE(holds(shown(""), "Halaman 1 dari 2") && holds(shown(""), "Tampilkan semua (30)"));
  EXPECT_EQ(names(shown("&hal=2"), "").size(), 5U);
  EXPECT_EQ(names(shown("&hal=99"), ""), names(shown("&hal=2"), ""));
  EXPECT_EQ(names(shown("&hal=semua"), "").size(), 30U);
  EXPECT_EQ(names(shown("&hal=-1&urut=apa"), ""), names(shown(""), "")) << "what cannot be read changes nothing";
  EXPECT_EQ(names(shown("&cari=KLINIK%207"), ""), std::vector<std::string>{"Klinik 7"});
  EXPECT_TRUE(holds(shown("&cari=KLINIK%207"), "Bernama “KLINIK 7”: 1 dari 30."));
  EXPECT_TRUE(holds(shown("&cari=mawar"), "Tidak ada yang bernama “mawar”."));
  EXPECT_EQ(names(shown("&urut=hasil"), "").front(), "Klinik 1");
  EXPECT_EQ(names(shown("&urut=-hasil"), "").front(), "Klinik 5");
  EXPECT_EQ(names(shown("&urut=-hasil"), "")[3], "Klinik 2") << "nothing answered stands last, whichever way";
  EXPECT_EQ(names(shown("&urut=-nama&hal=semua"), "").front(), "Klinik 9");
  EXPECT_TRUE(holds(shown("&urut=hasil"), "urut=-hasil")) << "pressed again, it turns round";
  const auto table = get("/hasil/kessan/data.csv?tempat=cabang&bulan=2026-11&cari=mawar&urut=hasil", session).body;
  EXPECT_TRUE(holds(table, "Klinik 1,") && holds(table, "Klinik 30,")) << "the table has all";
}

PILAR_BOTH_ENGINES(ResultPageTest);

TEST(Csv, QuotesAndDisarms) {
  EXPECT_EQ(csv::field("Poli \"Gigi\", lantai 2"), "\"Poli \"\"Gigi\"\", lantai 2\"");
  EXPECT_EQ(csv::field("=1+1"), "'=1+1");
  EXPECT_EQ(csv::field("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(csv::field("-12.5"), "-12.5") << "a number is a number";
  EXPECT_EQ(csv::field("-12.5+A1"), "'-12.5+A1");
  csv::Writer out;
  out.row({"a", "b,c"});
  EXPECT_EQ(out.take(),
            "\xEF\xBB\xBF"
            "a,\"b,c\"\r\n");
  EXPECT_EQ(out.take(), "");
}

}  // namespace pilar::result_page_test
