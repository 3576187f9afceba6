#include <gtest/gtest.h>

#include "app/audit.h"
#include "app/comments.h"
#include "app/organisation.h"
#include "app/record.h"
#include "i18n/messages.h"
#include "i18n/words/comments.h"
#include "i18n/words/home.h"
#include "support/site_fixture.h"

namespace pilar::comment_page_test {
constexpr std::int64_t kDayOfComments = 86'400'000'000LL;

/// A facility whose participants complain, and those who should read it.
class CommentPageTest : public test::SiteTest {
 protected:
  CommentPageTest() : SiteTest("sari") {
    branch_ =
        app::add_place(context_, operator_, {.kind = NodeKind::Branch, .code = "cabang", .name = "Cabang Uji", .valid_from = Day{10'000}})
            .value();
    place_ = app::add_place(context_, operator_,
                            {.parent = branch_,
                             .code = "melati",
                             .name = "Puskesmas Melati",
                             .facility_type = "puskesmas",
                             .valid_from = Day{10'000},
                             .units = {"Poli Umum", "Farmasi"}})
                 .value();
    add_person("sari", Role::QualityLead, place_);
    add_person("kepala", Role::Head, place_);
    add_person("farmasi", Role::Officer, place_, {2});
    add_person("verifikator", Role::BranchVerifier, branch_);
    add_person("bpjs", Role::BranchOfficer, branch_);
  }
  Uuid say_it(std::string_view rating, std::string_view words, int days_ago, int unit = 1) {
    const auto* version = reference_.get()->latest("kessan");
    RawAnswers raw{{"nilai", {{std::string(rating)}, {}}}};
    if (!words.empty()) raw["pesan"] = {{std::string(words)}, {}};
    const Instant at{clock_.now().micros - days_ago * kDayOfComments};
    const auto answers = check_answers(version->form, raw, civil_day(at, Zone::Wib), false);
    const auto id = make_uuid(at);
    EXPECT_TRUE(app::save_record(context_, operator_, {id, place_, {unit}, version->version, at, Channel::Public, answers.value()}));
    return id;
  }

  app::LowCommentList list(app::Reading reading = app::Reading::Unread) {
    const auto today = civil_day(clock_.now(), Zone::Wib);
    return app::list_low_comments(context_, lead(), {.place = place_, .days = app::unread_days(today), .reading = reading}).value();
  }
  Scope lead() const { return Scope(Role::QualityLead, place_, "account:1"); }

  /// All comments of the page the person sees, as the form sends them.
  static Form picks_of(const std::string& page, std::string_view name) {
    Form form{{"tempat", "melati"}};
    const auto mark = "name=\"" + std::string(name) + "\" value=\"";
    for (auto at = page.find(mark); at != std::string::npos; at = page.find(mark, at + 1)) {
      const auto from = at + mark.size();
      form.emplace_back(name, page.substr(from, page.find('"', from) - from));
    }
    return form;
  }

  FacilityKey branch_, place_;
};
PILAR_BOTH_ENGINES(CommentPageTest);

TEST_P(CommentPageTest, HomeCountsUnreadLowCommentsAndLeadsToExactlyThem) {
  say_it("1", "Obat kosong.", 9);
  say_it("2", "Antre lama.", 12, 2);
  say_it("5", "Ramah sekali.", 9);
  say_it("1", "", 9);
  say_it("1", "Belum boleh dibaca.", 3);
  say_it("1", "Dua bulan lalu.", 60);
  const auto home = get("/beranda").body;
  EXPECT_TRUE(has(home, say(Lang::Id, Msg::HomeLowComments, {"2"}))) << home;
  const auto at = home.find("/komentar?");
  ASSERT_NE(at, std::string::npos);
  auto href = home.substr(at, home.find('"', at) - at);
  for (auto amp = href.find("&amp;"); amp != std::string::npos; amp = href.find("&amp;")) href.replace(amp, 5, "&");
  const auto page = get(href).body;
  for (const auto* words : {"Obat kosong.", "Antre lama."}) EXPECT_TRUE(has(page, words)) << page;
  for (const auto* words : {"Ramah sekali.", "Belum boleh dibaca.", "Dua bulan lalu."}) EXPECT_FALSE(has(page, words)) << words;
  EXPECT_TRUE(has(get("/komentar?dari=2026-09-01&sampai=2026-11-21").body, "Dua bulan lalu."));
}

TEST_P(CommentPageTest, WhatOnePersonMarksIsReadForThePlaceAndCanBeUndone) {
  say_it("1", "Obat kosong.", 9);
  say_it("2", "Antre lama.", 12, 2);
  auto form = picks_of(get("/komentar").body, "ada");
  ASSERT_EQ(form.size(), 3U);
  form.emplace_back("aksi", "semua");
  const auto back = place_of(post("/komentar/tandai", form));
  EXPECT_TRUE(has(back, "selesai=2")) << back;
  EXPECT_FALSE(has(get("/beranda").body, "/komentar?"));
  EXPECT_FALSE(has(get("/beranda", "kepala").body, "/komentar?")) << "read for the whole place";
  const auto read = get("/komentar?baca=sudah", "kepala").body;
  EXPECT_TRUE(has(read, "Nama sari")) << read;
  EXPECT_TRUE(has(read, "21 Nov 2026") || has(read, "21 November 2026")) << read;
  const auto marked = list(app::Reading::Read);
  ASSERT_EQ(marked.comments.size(), 2U);
  EXPECT_EQ(marked.comments[0].read->at, clock_.now());
  const auto saat = back.substr(back.find("&saat=") + 6);
  EXPECT_TRUE(has(get(back).body, "/komentar/urungkan"));
  EXPECT_TRUE(has(place_of(post("/komentar/urungkan", {{"tempat", "melati"}, {"saat", saat}}, "kepala")), "selesai=0")) << "not hers";
  EXPECT_TRUE(has(place_of(post("/komentar/urungkan", {{"tempat", "melati"}, {"saat", saat}})), "selesai=2"));
  EXPECT_EQ(list().comments.size(), 2U);
  const auto trail = app::list_audit(context_, operator_, {.facility = place_, .subject = "instrument:kessan"}).value();
  ASSERT_EQ(trail.lines.size(), 2U) << "one line each";
  EXPECT_EQ(trail.lines[0].line.action, "comment.unread");
  EXPECT_EQ(trail.lines[1].line.action, "comment.read");
  EXPECT_EQ(trail.lines[1].line.detail, R"({"comments":2})");
}

TEST_P(CommentPageTest, SelectedOnesAreMarkedAndUnmarkedOneByOne) {
  say_it("1", "Obat kosong.", 9);
  say_it("1", "Kursi kurang.", 10);
  auto form = picks_of(get("/komentar").body, "pilih");
  ASSERT_EQ(form.size(), 3U);
  form.pop_back();
  form.emplace_back("aksi", "baca");
  EXPECT_TRUE(has(place_of(post("/komentar/tandai", form)), "selesai=1"));
  EXPECT_TRUE(has(place_of(post("/komentar/tandai", form)), "selesai=0")) << "read before; who read it first stays";
  EXPECT_EQ(list().comments.size(), 1U);
  auto unmark = picks_of(get("/komentar?baca=sudah").body, "pilih");
  ASSERT_EQ(unmark.size(), 2U);
  unmark.emplace_back("aksi", "belum");
  EXPECT_TRUE(has(place_of(post("/komentar/tandai", unmark)), "selesai=1"));
  EXPECT_EQ(list().comments.size(), 2U);
  const auto nothing = post("/komentar/tandai", {{"tempat", "melati"}, {"aksi", "baca"}});
  EXPECT_EQ(nothing.status, 422);
  EXPECT_TRUE(has(nothing.body, say(Lang::Id, Msg::CommentsNonePicked)));
}

TEST_P(CommentPageTest, EachSeesAndMarksOnlyWhatIsTheirs) {
  say_it("1", "Obat kosong.", 9, 2);
  say_it("1", "Poli penuh.", 9, 1);
  const auto officer = get("/komentar", "farmasi").body;
  EXPECT_TRUE(has(officer, "Obat kosong."));
  EXPECT_FALSE(has(officer, "Poli penuh."));
  EXPECT_TRUE(has(get("/beranda", "farmasi").body, say(Lang::Id, Msg::HomeLowComments, {"1"})));
  auto all = picks_of(get("/komentar").body, "pilih");
  all.emplace_back("aksi", "baca");
  EXPECT_TRUE(has(place_of(post("/komentar/tandai", all, "farmasi")), "selesai=1")) << "only the own unit's";
  const auto verifier = get("/komentar?tempat=melati", "verifikator");
  EXPECT_EQ(verifier.status, 200);
  EXPECT_FALSE(has(verifier.body, "name=\"pilih\"")) << "reads, marks nothing";
  EXPECT_EQ(post("/komentar/tandai", all, "verifikator").status, 403);
  EXPECT_EQ(get("/komentar?tempat=melati", "bpjs").status, 403);
  EXPECT_EQ(get("/komentar", "verifikator").status, 404) << "a branch has no comments of its own";
  EXPECT_EQ(get("/komentar?dari=kemarin").status, 422);
  EXPECT_EQ(get("/komentar?unit=tidak-ada").status, 404);
  auto forged = all;
  forged.emplace_back("pilih", "bukan-catatan");
  EXPECT_EQ(post("/komentar/tandai", forged).status, 422);
}

TEST_P(CommentPageTest, AVoidedCommentIsNobodysWorkAndACommentIsEscaped) {
  const auto id = say_it("1", "<b>Obat</b> kosong.", 9);
  const auto page = get("/komentar").body;
  EXPECT_TRUE(has(page, "&lt;b&gt;Obat"));
  EXPECT_FALSE(has(page, "<b>Obat"));
  EXPECT_FALSE(has(page, text(id))) << "the id of a record tells when it was made";
  ASSERT_TRUE(app::void_record(context_, operator_, place_, id, 1, "uji"));
  EXPECT_TRUE(list().comments.empty());
  EXPECT_TRUE(has(get("/komentar").body, say(Lang::Id, Msg::CommentsSeeAll)));
}

}  // namespace pilar::comment_page_test
