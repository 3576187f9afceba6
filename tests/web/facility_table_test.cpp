#include <gtest/gtest.h>

#include <future>

#include "app/organisation.h"
#include "app/record.h"
#include "i18n/messages.h"
#include "i18n/words/table.h"
#include "store/account_store.h"
#include "store/grant_store.h"
#include "support/shipped_store.h"
#include "web/site.h"

namespace pilar::facility_table_test {
/// A branch with three facilities: one with many middling answers, one with few perfect ones, one with none.
class FacilityTableTest : public test::ShippedStoreTest {
 protected:
  FacilityTableTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});  // 21 November 2026, 07.00 WIB
    app::refresh_reference(context_);
    const auto add = [&](std::optional<FacilityKey> parent, NodeKind kind, const std::string& name) {
      return app::add_place(context_, operator_,
                            {parent, kind, "", name, kind == NodeKind::Facility ? "puskesmas" : "", Zone::Wib, Day{10'000}, {}, false})
          .value();
    };
    branch_ = add({}, NodeKind::Branch, "Cabang");
    many_ = add(branch_, NodeKind::Facility, "Puskesmas Anggrek");
    few_ = add(branch_, NodeKind::Facility, "Puskesmas Bakung");
    none_ = add(branch_, NodeKind::Facility, "Puskesmas Cempaka");
    for (int i = 0; i < 31; ++i) rate(many_, "3");
    rate(few_, "5");
    report_visits(many_, 10);
    db().shared([&](store::Tx& tx) {
      for (const auto& [login, place] : {std::pair{"cabang", branch_}, {"lain", none_}}) {
        const auto key = store::insert_account(tx, {{}, login, "Contoh", "", place, true, clock_.now()});
        store::insert_grant(tx, {{}, key, {Role::BranchOfficer, place}, "cli", clock_.now()});
        store::insert_session(tx, sha256(login), {key, clock_.now(), clock_.now(), ""});
      }
    });
    site_ = std::make_unique<web::Site>(context_);
  }

  void enter(FacilityKey facility, std::string_view instrument, const std::map<std::string, std::string>& values) {
    const auto* version = reference_.get()->latest(instrument);
    RawAnswers raw;
    for (const auto& [key, value] : values) raw[key] = {{value}, {}};
    const auto answers = check_answers(version->form, raw, civil_day(clock_.now(), Zone::Wib), false);
    ASSERT_TRUE(answers) << say(Lang::En, answers.error().front()) << " " << answers.error().front().field;
    ASSERT_TRUE(app::save_record(context_, operator_,
                                 {make_uuid(clock_.now()), facility, {0}, version->version, clock_.now(), Channel::Staff, *answers}));
  }
  void rate(FacilityKey facility, const std::string& score) { enter(facility, "kessan", {{"nilai", score}}); }
  void report_visits(FacilityKey facility, int visits) {
    enter(facility, "kunjungan-bulanan", {{"rawat_jalan", std::to_string(visits)}, {"rawat_inap", "0"}});
  }

  http::Reply get(std::string_view target, std::string_view session = "cabang") {
    auto parsed = http::parse_target(target);
    http::Request request{.method = http::Method::Get, .path = parsed->path, .query = parsed->query};
    request.headers.emplace_back("cookie", "pilar_sesi=" + std::string(session));
    std::promise<http::Reply> answer;
    site_->handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
    return answer.get_future().get();
  }
  /// The facilities of the page's CSV, in its order.
  std::vector<std::string> names(std::string_view query) {
    const auto body = get("/wilayah/data.csv?bulan=2026-11" + std::string(query)).body;
    std::vector<std::string> found;
    for (std::size_t at = body.find("Puskesmas "); at != std::string::npos; at = body.find("Puskesmas ", at + 1))
      found.push_back(body.substr(at + 10, body.find_first_of(",\r", at) - at - 10));
    return found;
  }

  app::ReferenceHolder reference_;
  app::Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  FacilityKey branch_, many_, few_, none_;
  std::unique_ptr<web::Site> site_;
};

using Names = std::vector<std::string>;

TEST_P(FacilityTableTest, FewAnswersNeverLead) {
  EXPECT_EQ(names(""), (Names{"Anggrek", "Bakung", "Cempaka"}));
  EXPECT_EQ(names("&turun=1"), (Names{"Cempaka", "Bakung", "Anggrek"}));
  EXPECT_EQ(names("&urut=3&turun=1").front(), "Anggrek") << "one perfect answer is no first place";
  EXPECT_EQ(names("&urut=3").front(), "Anggrek");
}

TEST_P(FacilityTableTest, FiltersSayWhoNeedsWhat) {
  EXPECT_EQ(names("&saring=salah"), Names{"Anggrek"}) << "31 answers from 10 visits";
  EXPECT_EQ(names("&saring=belum"), (Names{"Bakung", "Cempaka"}));
  EXPECT_EQ(names("&saring=kurang"), (Names{"Bakung", "Cempaka"}));
  EXPECT_EQ(names("&cari=bak"), Names{"Bakung"});
  const auto nothing = get("/wilayah?bulan=2026-11&cari=tidak-ada");
  EXPECT_NE(nothing.body.find(say(Lang::Id, Msg::TableNoneLeft)), std::string::npos);
}

TEST_P(FacilityTableTest, PageCsvAndWorkbookCarryTheSameFigures) {
  const auto page = get("/wilayah?bulan=2026-11");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("(5,0)"), std::string::npos) << "few answers stand in brackets";
  EXPECT_NE(page.body.find("1 jawaban. Untuk sementara dihitung perlu 30."), std::string::npos) << "what there is beside what is needed";
  EXPECT_NE(page.body.find("31 jawaban, 10 kunjungan."), std::string::npos);
  EXPECT_NE(get("/wilayah/data.csv?bulan=2026-11").body.find("Puskesmas Anggrek,10,"), std::string::npos);
  EXPECT_NE(get("/wilayah/data.csv?bulan=2026-11").body.find("Jawaban lebih banyak daripada kunjungan"), std::string::npos);
  const auto workbook = get("/wilayah/data.xlsx?bulan=2026-11");
  EXPECT_EQ(workbook.body.substr(0, 2), "PK");
}

TEST_P(FacilityTableTest, OpensTheMonthThatIsOverAndSaysOnceWhatNobodyAnswered) {
  const auto page = get("/wilayah");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("Cabang · Oktober 2026"), std::string::npos) << "visits of the running month cannot be reported yet";
  const auto november = get("/wilayah?bulan=2026-11").body;
  const auto skm = std::string(reference_.get()->latest("skm")->form.measures.front().title.in(Lang::Id));
  const auto said = say(Lang::Id, Msg::TableUnanswered, {"November 2026", skm});
  EXPECT_NE(november.find(said), std::string::npos);
  EXPECT_EQ(november.find("urut=4"), std::string::npos) << "no column of dashes for it";
  EXPECT_NE(november.find("urut=3"), std::string::npos) << "the rating has its own";
  EXPECT_NE(get("/wilayah/data.csv?bulan=2026-11").body.find(skm), std::string::npos) << "a file keeps its columns";
}

TEST_P(FacilityTableTest, SomebodyElsesRegionAndAMonthToComeAreRefused) {
  EXPECT_EQ(get("/wilayah?tempat=cabang", "lain").status, 403);
  EXPECT_EQ(get("/wilayah?bulan=2027-01").status, 422);
  EXPECT_EQ(get("/wilayah?bulan=x").status, 422);
  EXPECT_EQ(get("/wilayah?tempat=tidak-ada").status, 404);
  EXPECT_EQ(get("/wilayah?bulan=2026-11&halaman=99").status, 200);
}

PILAR_BOTH_ENGINES(FacilityTableTest);

}  // namespace pilar::facility_table_test
